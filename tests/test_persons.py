"""Who on one list is who on another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec import ids
from rosterrec.months.persons import IDENTITY, paired


def number(sequence: int, birth: str = "20140506") -> str:
    return ids.complete(f"349921{birth}{sequence:03d}")


def person(name: str, **facts: Any) -> dict[str, Any]:
    usual = {"birth_date": dt.date(2014, 5, 6), "village": "上溪村", "sex": "M"}
    return {"name": name, **usual, **facts}


def people(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{c: row.get(c) for c in IDENTITY} for row in rows], schema=IDENTITY)


def bases(older: pl.DataFrame, newer: pl.DataFrame) -> list[tuple[int, int, str]]:
    return paired(older, newer).sure.rows()


def test_the_same_number_and_name_is_the_same_person() -> None:
    older = people(person("王伟", id_number=number(11)), person("李娜", id_number=number(22)))
    newer = people(person("李娜", id_number=number(22)), person("王伟", id_number=number(11)))
    assert bases(older, newer) == [(1, 0, "number_name"), (0, 1, "number_name")]


def test_a_number_corrected_within_the_household_is_the_same_person() -> None:
    older = people(person("王伟", id_number=number(11), household="H1"))
    newer = people(person("王伟", id_number=number(33), household="H1"))
    assert bases(older, newer) == [(0, 0, "name_birth_household")]


def test_two_valid_numbers_without_a_household_are_a_doubt() -> None:
    older = people(person("王伟", id_number=number(11)))
    newer = people(person("王伟", id_number=number(33)))
    found = paired(older, newer)
    assert found.sure.is_empty()
    assert found.doubtful.rows() == [(0, 0)]


def test_the_first_of_two_namesakes_is_never_taken() -> None:
    older = people(person("王伟"), person("王伟"))
    newer = people(person("王伟"))
    found = paired(older, newer)
    assert found.sure.is_empty()
    assert found.doubtful.rows() == [(0, 0), (1, 0)]


def test_a_name_and_birthdate_alone_need_to_be_alone_on_the_whole_list() -> None:
    other = person("王伟", id_number=number(11), village="下溪村")
    older = people(person("王伟", village="石桥村"), other)
    newer = people(person("王伟", village="大湾村"), other)
    assert bases(older, newer) == [(1, 1, "number_name")]


def test_swapped_numbers_of_twins_are_corrected_not_swapped_children() -> None:
    older = people(
        person("王伟", id_number=number(11), household="H1", person_id="PA"),
        person("王强", id_number=number(33), household="H1", person_id="PB"),
    )
    newer = people(
        person("王伟", id_number=number(33), household="H1", person_id="PB"),
        person("王强", id_number=number(11), household="H1", person_id="PA"),
    )
    assert {(o, n) for o, n, _ in bases(older, newer)} == {(0, 0), (1, 1)}


def test_a_name_corrected_is_the_same_person_by_number() -> None:
    older = people(person("王伟", id_number=number(11)))
    newer = people(person("王玮琪", id_number=number(11)))
    assert bases(older, newer) == [(0, 0, "number")]


def test_aliases_of_one_person_are_no_namesakes() -> None:
    older = people(
        person("王伟", id_number=number(11), person_id="PA"),
        person("王玮", id_number=number(11), person_id="PA"),
    )
    newer = people(person("王伟", id_number=number(11)))
    assert bases(older, newer) == [(0, 0, "number_name")]


names = st.sampled_from(["王伟", "王玮", "李娜", "张强"])
rows = st.builds(
    person,
    names,
    id_number=st.sampled_from([None, number(11), number(22), number(33)]),
    household=st.sampled_from([None, "H1", "H2"]),
    village=st.sampled_from([None, "上溪村", "下溪村"]),
    sex=st.sampled_from(["M", "F", None]),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(rows, max_size=8), st.lists(rows, max_size=8))
def test_nobody_is_taken_twice(older: list[dict[str, Any]], newer: list[dict[str, Any]]) -> None:
    sure = paired(people(*older), people(*newer)).sure
    assert sure["old"].is_unique().all()
    assert sure["new"].is_unique().all()


@settings(max_examples=30, deadline=None)
@given(st.lists(rows, max_size=8), st.lists(rows, max_size=8), st.randoms())
def test_the_order_of_rows_says_nothing(
    older: list[dict[str, Any]], newer: list[dict[str, Any]], dice: Any
) -> None:
    mixed = dice.sample(range(len(newer)), len(newer))
    straight = paired(people(*older), people(*newer)).sure.select("old", "new").rows()
    other = paired(people(*older), people(*(newer[i] for i in mixed))).sure
    back = [(old, mixed[new]) for old, new in other.select("old", "new").rows()]
    assert sorted(straight) == sorted(back)
