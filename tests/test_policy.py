"""What a paper that leaves the office may show, and that no combination gives a number away."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rosterrec import ids
from rosterrec.errors import InputError
from rosterrec.report.policy import Policy, masked, prove

NUMBER = ids.complete("34992120140506011")


def people(**columns: object) -> pl.DataFrame:
    return pl.DataFrame({"name": ["欧阳娜娜"], **{k: [v] for k, v in columns.items()}})


def test_the_office_sees_masked_names_and_the_ends_of_numbers_alone() -> None:
    shown = masked(people(id_number=NUMBER, village="上溪村"), Policy.OFFICE)
    assert shown.row(0) == ("欧阳*", f"349921********{NUMBER[-4:]}", "上溪村")


@pytest.mark.parametrize("beside", [{"birth_date": dt.date(2014, 5, 6)}, {"age": 10}, {"grade": 4}])
def test_beside_a_birthdate_or_an_age_the_end_is_hidden_too(beside: dict[str, object]) -> None:
    shown = masked(people(id_number=NUMBER, **beside), Policy.OFFICE)
    assert shown["id_number"].item() == "349921************"


def test_a_birthdate_becomes_its_year() -> None:
    shown = masked(people(birth_date=dt.date(2014, 5, 6)), Policy.OFFICE)
    assert shown["birth_date"].item() == "2014"


def test_the_public_sees_name_school_and_class_alone() -> None:
    frame = people(
        id_number=NUMBER, birth_date=dt.date(2014, 5, 6), phone="13800001111", village="上溪村",
        household="H1", guardians="王伟", note="低保户", school="青溪小学", class_name="2",
    )  # fmt: skip
    assert masked(frame, Policy.PUBLIC).row(0, named=True) == {
        "name": "欧阳*", "school": "青溪小学", "class_name": "2",
    }  # fmt: skip


def test_what_stays_in_the_office_is_whole() -> None:
    frame = people(id_number=NUMBER)
    assert masked(frame, Policy.FULL).equals(frame)
    assert prove(frame, Policy.FULL, "s").equals(frame)


@pytest.mark.parametrize(
    "columns",
    [
        {"id_number": NUMBER},
        {"note": f"证号是{NUMBER}，请核对"},
        {"id_number": f"349921********{NUMBER[-4:]}", "birth_date": dt.date(2014, 5, 6)},
        {"id_number": f"349921********{NUMBER[-4:]}", "birth_date": "2014-05-06"},
        {"id_number": f"349921********{NUMBER[-4:]}", "birth_date": "2014"},
        {"id_number": f"**************{NUMBER[-4:]}", "age": 10},
        {"id_number": f"{NUMBER[:14]}***{NUMBER[-1]}", "sex": "M"},
        {"note": f"尾号 349921********{NUMBER[-4:]}", "grade": 4},
    ],
)
def test_a_sheet_that_gives_a_number_away_is_refused(columns: dict[str, object]) -> None:
    with pytest.raises(InputError) as refusal:
        prove(people(**columns), Policy.OFFICE, "未取证")
    assert refusal.value.code == "would_reveal"
    assert NUMBER not in str(refusal.value.facts)


@pytest.mark.parametrize(
    "columns",
    [
        {"id_number": f"349921********{NUMBER[-4:]}"},
        {"id_number": "349921************", "birth_date": dt.date(2014, 5, 6), "sex": "M"},
        {"id_number": "******************", "age": 10},
        {"school": "青溪小学", "grade": 4},
        {"id_number": None, "birth_date": None},
    ],
)
def test_a_sheet_that_leaves_many_numbers_possible_is_not(columns: dict[str, object]) -> None:
    frame = people(**columns)
    assert prove(frame, Policy.OFFICE, "未取证").equals(frame)


@pytest.mark.parametrize("policy", [Policy.OFFICE, Policy.PUBLIC])
def test_what_is_masked_passes_the_proof(policy: Policy) -> None:
    frame = people(
        id_number=NUMBER, id_before=NUMBER, birth_date=dt.date(2014, 5, 6), age=10, sex="M",
        grade=4, school="青溪小学",
    )  # fmt: skip
    shown = masked(frame, policy)
    assert prove(shown, policy, "s").equals(shown)
