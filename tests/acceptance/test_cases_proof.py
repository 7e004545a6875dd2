"""Cases 39 to 43: children at school elsewhere, and pupils from elsewhere."""

import pytest

from .lists import Cells
from .township import NAMESAKE_CODE, C, P, Township, W, child, citizen

YUTONG = "349921201403300445"


def claim(number: str, proof_date: str) -> Cells:
    """The ledger's row of 冯雨桐 at the namesake of the home school."""
    place = {"destination": "县外", "place": "东屏县青溪镇", "school": "青溪小学"}
    return child(
        "冯雨桐", number, **place, code=NAMESAKE_CODE, grade="五年级", proof="是",
        proof_date=proof_date,
    )  # fmt: skip


@pytest.fixture
def with_namesake(town: Township) -> Township:
    """A township whose directory holds a school of the home school's name in the next county."""
    namesake: Cells = {"code": NAMESAKE_CODE, "school": "青溪小学", "stage": "小学"}
    town.schools(namesake | {"township": "青溪镇", "county": "349922"})
    return town.neighbour().police(child("冯雨桐", YUTONG))


def test_case_39_namesake_school_is_located_by_code(with_namesake: Township) -> None:
    run = with_namesake.ledger(claim(YUTONG, "2024-09-20")).match()

    assert run.link(P("冯雨桐"), W("冯雨桐")) == "accepted"
    assert run.status("冯雨桐") == "outside"
    assert run.person("冯雨桐")["proof"] == "held"


@pytest.mark.parametrize("proof_date", ["2023-11-10", "2023-11"])
def test_case_40_proof_of_last_school_year(with_namesake: Township, proof_date: str) -> None:
    run = with_namesake.ledger(claim(YUTONG, proof_date)).match()

    assert run.status("冯雨桐") == "outside"
    assert run.person("冯雨桐")["proof"] == "expired"
    assert run.figure("missing_proof") == 1


def test_case_41_proof_names_another_id(with_namesake: Township) -> None:
    run = with_namesake.ledger(claim(citizen("20140330", 268), "2024-09-20")).match()

    assert run.link(P("冯雨桐"), W("冯雨桐")) == "review"
    assert run.status("冯雨桐") == "review"
    assert run.person("冯雨桐")["proof"] != "held"


def test_case_42_pupil_from_elsewhere(town: Township) -> None:
    pupil = child("孔令仪", "349922201501180623")
    town.neighbour().roster("青溪小学", "四(9)班", pupil)

    run = town.match()

    assert run.partners(C("孔令仪"), "accepted", "population") == []
    assert run.outsider("孔令仪") == "outsider"
    assert run.people["name"].to_list() == ["邹远航"]
    assert "孔令仪" not in {value for row in run.rejects for value in row.values()}


def test_case_43_one_family_refuses_proof(town: Township) -> None:
    siblings = {
        "罗文军": citizen("20100411", 117),
        "罗文芳": citizen("20120626", 226),
        "罗文英": citizen("20141008", 344),
        "罗文强": citizen("20161215", 433),
    }
    town.neighbour()
    for name, number in siblings.items():
        town.police(child(name, number, household="H0431", householder="罗天明"))
        refused = {"proof": "否", "note": "家长拒绝提供就读证明"}
        town.ledger(child(name, number, destination="县外", place="东屏县", **refused))

    run = town.match()

    for name in siblings:
        assert run.status(name) == "outside"
        assert run.person(name)["proof"] == "missing"
    assert run.figure("missing_proof") == 4
    assert run.summary["proof"]["families"] == 1
