"""Questions that a long list answers itself, by rows whose numbers say that they are others'."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from listed import records
from rosterrec.frames import Field, Role
from rosterrec.ids import complete
from rosterrec.link import Linked, controls, link
from rosterrec.link.coincidence import borne_out

Row = dict[Field, str]
LONG, SHORT = 3_200, 300
#: Sounds alike, and is another name.
OWN, NEAR = "梓涵", "子涵"
SURNAMES = "吴郑冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗"


def child(n: int, name: str, place: str = "349921") -> Row:
    born = dt.date(2009, 9, 1) + dt.timedelta(days=n)
    number = complete(f"{place}{born:%Y%m%d}011")
    return {Field.NAME: name, Field.ID: number, Field.BIRTH: born.isoformat(), Field.SEX: "男"}


def others(many: int) -> list[Row]:
    """Children of whom no two have name or birthday in common."""
    return [child(n, f"周{chr(0x4E00 + n)}") for n in range(many)]


def numberless(row: Row, **cells: str) -> Row:
    own = {Field[key.upper()]: cell for key, cell in cells.items()}
    return {key: cell for key, cell in row.items() if key is not Field.ID} | own


def linked(people: list[Row], rows: list[Row], role: Role = Role.REGISTRY) -> Linked:
    left, right = records(Role.POPULATION, people), records(role, rows)
    return link(left, right, Role.POPULATION, role)


def became(found: Linked, *children: int) -> set[str]:
    """What the links of these children are."""
    of_them = found.links.filter(pl.col("left").is_in(children))
    return set(of_them.select(pl.concat_str("decision", "basis", separator=" ")).to_series())


ASKED = child(LONG, f"王{OWN}")
ROW = numberless(ASKED, name=f"王{NEAR}")


def test_one_slip_is_accepted_where_no_strangers_row_is_so_alike() -> None:
    many = others(LONG)
    found = linked([*many, ASKED], [*many, ROW])
    assert became(found, LONG) == {"accepted borne_out"}
    (said,) = found.findings
    assert said.code == "borne_out_registry"
    assert said.facts == {"n": 1, "controls": LONG, "seen": 0}


def test_a_short_list_leaves_it_to_a_person() -> None:
    few = others(SHORT)
    found = linked([*few, ASKED], [*few, ROW])
    assert became(found, SHORT) == {"review likely"}
    assert found.findings == ()


@pytest.mark.parametrize(
    "slip",
    [{"birth": "2018-06-08"}, {"sex": "女"}, {"name": f"王{NEAR}"}],
    ids=["birthdate", "sex", "name"],
)
def test_any_one_of_name_birthdate_and_sex_may_be_wrong(slip: dict[str, str]) -> None:
    many = others(LONG)
    found = linked([*many, ASKED], [*many, numberless(ASKED, **slip)])
    assert became(found, LONG) == {"accepted borne_out"}


@pytest.mark.parametrize(
    ("role", "decision"),
    [(Role.WHEREABOUTS, "accepted borne_out"), (Role.FILING, "review likely")],
)
def test_in_its_family_a_row_of_the_ledger_needs_no_whole_birthdate_but_a_filing_asks(
    role: Role, decision: str
) -> None:
    many, family = others(LONG), {Field.HOUSEHOLD: "H1"}
    row = {Field.NAME: f"王{NEAR}", Field.BIRTH: "201806"} | family
    rows = [{Field.FILING_KIND: "空挂户"} | one for one in (*many, row)]
    assert became(linked([*many, ASKED | family], rows, role), LONG) == {decision}


def test_a_near_namesake_of_that_birthday_does_not_hide_whose_name_it_is() -> None:
    many, near = others(LONG), child(LONG, f"王{NEAR}", place="349922")
    found = linked([*many, ASKED, near], [*many, numberless(ASKED)])
    assert became(found, LONG) == {"accepted borne_out"}
    few = others(SHORT)
    found = linked([*few, ASKED, near], [*few, numberless(ASKED)])
    assert became(found, SHORT) == {"review likely"}


def test_two_slips_are_a_question() -> None:
    many = others(LONG)
    row = numberless(ASKED, name=f"王{NEAR}", birth="2018-06-08")
    assert "accepted" not in str(became(linked([*many, ASKED], [*many, row]), LONG))


def test_a_slip_that_strangers_show_is_a_question() -> None:
    many = others(LONG)
    asked, like_others = (
        [child(37 * n, f"{SURNAMES[n]}{OWN}", place="349922") for n in of]
        for of in (range(10), range(10, 40))
    )
    rows = [numberless(one, name=one[Field.NAME].replace(OWN, NEAR)) for one in asked]
    strangers, again = (
        [child(37 * n, f"{SURNAMES[n]}{NEAR}", place=place) for n in range(10, 40)]
        for place in ("349923", "349924")
    )
    nobodys = [numberless(child(n, f"赵{chr(0x5E00 + n)}")) for n in range(50)]
    people, waiting = [*many, *asked, *like_others], range(LONG, LONG + 10)
    without = linked(people, [*many, *rows, *nobodys])
    assert became(without, *waiting) == {"accepted borne_out"}
    for seen in (strangers, [*strangers, *again], [*strangers, *strangers]):
        beside = linked(people, [*many, *rows, *nobodys, *seen])
        assert became(beside, *waiting) == {"review likely"}


def test_whom_another_row_fits_as_well_is_asked_about() -> None:
    many = others(LONG)
    again = numberless(ASKED, name="王紫涵")
    assert became(linked([*many, ASKED], [*many, ROW, again]), LONG) == {"review likely"}


def test_whose_number_another_row_has_is_asked_about() -> None:
    many = others(LONG)
    other = ASKED | {Field.NAME: "钱多"}
    found = linked([*many, ASKED], [*many, ROW, other])
    assert "accepted borne_out" not in became(found, LONG)


def test_what_a_person_left_open_stays_open() -> None:
    many = others(LONG)
    left = records(Role.POPULATION, [*many, ASKED])
    right = records(Role.REGISTRY, [*many, ROW])
    unsure = pl.DataFrame({"left": [LONG], "right": [LONG], "verdict": ["unsure"]})
    found = link(left, right, Role.POPULATION, Role.REGISTRY, unsure)
    assert became(found, LONG) == {"review unsure"}


def test_which_rows_are_controls_does_not_hang_on_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(controls, "_CONTROLS", 500)
    monkeypatch.setattr(controls, "_FEWEST_CONTROLS", 300)
    many = others(LONG)
    one, other = (linked([*many, ASKED], rows) for rows in ([*many, ROW], [ROW, *reversed(many)]))
    assert one.findings == other.findings
    assert 300 < int(str(one.findings[0].facts["controls"])) < 700


def test_how_likely_it_is_follows_from_the_controls() -> None:
    many = others(LONG)
    found = linked([*many, ASKED], [*many, ROW])
    (probability,) = found.links.filter(pl.col("left") == LONG)["probability"]
    assert 0.99 <= probability < 1


def test_a_row_with_a_number_of_its_own_is_asked_about() -> None:
    many = others(LONG)
    own = ASKED | {Field.NAME: f"王{NEAR}"}
    found = linked([*many, numberless(ASKED)], [*many, own])
    assert became(found, LONG) == {"review likely"}


def test_a_foreign_document_is_no_missing_number() -> None:
    many = others(LONG)
    row = ROW | {Field.ID: "E12345678", Field.ID_TYPE: "护照"}
    assert "accepted borne_out" not in became(linked([*many, ASKED], [*many, row]), LONG)


def test_whose_row_a_person_named_gets_no_other() -> None:
    many = others(LONG)
    left = records(Role.POPULATION, [*many, ASKED])
    right = records(Role.REGISTRY, [*many, ROW, numberless(child(7, "钱多"))])
    same = pl.DataFrame({"left": [LONG], "right": [LONG + 1], "verdict": ["same"]})
    found = link(left, right, Role.POPULATION, Role.REGISTRY, same)
    assert "accepted borne_out" not in became(found, LONG)


def test_a_large_group_that_is_nearly_right_must_not_spoil_the_list() -> None:
    group = {"slip": "missing", "reach": 1, "family": False, "rivalled": False, "script": "plain"}
    waiting = pl.DataFrame([group] * 1_000)
    seen = pl.DataFrame([group | {"is_open": True}] * 99)
    chance = {"script": "plain", "controls": 9_998, "open": 2_000, "at_stake": 1.0}
    few, many = (
        borne_out(waiting, seen, pl.DataFrame(chance), links) for links in (10_000, 100_000)
    )
    assert not len(few)  # ten wrong ones among ten thousand links
    assert many["wrong"].to_list() == pytest.approx([0.01], abs=0.001)
