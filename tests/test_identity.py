"""Ids that stay: through corrections, in any order, in a ledger that is only added to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rosterrec import ids
from rosterrec.errors import LedgerError
from rosterrec.ledger import Ledger, Run
from rosterrec.ledger.people import NOBODY, Event, aliases, events, keep
from rosterrec.months.identity import Identified, identify
from rosterrec.months.persons import IDENTITY

NOTHING = NOBODY


def number(sequence: int) -> str:
    return ids.complete(f"34992120140506{sequence:03d}")


def person(name: str, sequence: int | None, household: str | None = None, **facts: Any) -> Any:
    own = None if sequence is None else number(sequence)
    usual = {"birth_date": dt.date(2014, 5, 6), "village": "上溪村", "sex": "M"}
    content = f"P{name}{sequence}"
    return {"person_id": content, "name": name, "id_number": own, "household": household,
            **usual, **facts}  # fmt: skip


def people(*rows: Any) -> pl.DataFrame:
    return pl.DataFrame([{c: row.get(c) for c in IDENTITY} for row in rows], schema=IDENTITY)


def after(known: pl.DataFrame, found: Identified) -> pl.DataFrame:
    return pl.concat([known, found.aliases.select(known.columns)])


def through(*months: pl.DataFrame) -> list[list[str]]:
    known, given_ids = NOTHING, []
    for month in months:
        found = identify(month, known)
        known = after(known, found)
        given_ids.append(found.ids.to_list())
    return given_ids


def test_the_first_month_keeps_what_content_makes() -> None:
    assert through(people(person("王伟", 11))) == [["P王伟11"]]


def test_an_id_stays_through_a_corrected_number_and_then_a_corrected_name() -> None:
    months = through(
        people(person("王伟", 11, "H1")),
        people(person("王伟", 33, "H1")),
        people(person("王玮", 33, "H2")),
        people(person("王玮", 33, "H2", village="下溪村")),
    )
    assert months == [["P王伟11"]] * 4


def test_an_older_month_made_again_gives_the_older_ids() -> None:
    october, november = people(person("王伟", 11, "H1")), people(person("王伟", 33, "H1"))
    assert through(october, november, october) == [["P王伟11"]] * 3


def test_two_children_whose_numbers_were_swapped_keep_their_ids() -> None:
    before = people(person("王伟", 11, "H1"), person("王强", 33, "H1"))
    now = people(person("王强", 11, "H1"), person("王伟", 33, "H1"))
    assert through(before, now)[1] == ["P王强33", "P王伟11"]


def test_a_new_child_never_takes_the_id_of_another() -> None:
    corrected = people(person("王伟", 33, "H1"))
    stranger = {**person("李娜", 11, "H9"), "person_id": "P王伟11"}
    months = through(
        people(person("王伟", 11, "H1")), corrected, people(person("王伟", 33, "H1"), stranger)
    )
    assert months[2] == ["P王伟11", "P王伟11-2"]


def test_a_child_on_the_list_twice_keeps_both_ids() -> None:
    twice = people(person("王伟", 11, "H1"), {**person("王伟", 11, "H1"), "person_id": "P王伟11-2"})
    months = through(twice, twice, twice)
    assert months == [["P王伟11", "P王伟11-2"]] * 3


def test_an_id_is_not_given_by_name_alone() -> None:
    months = through(people(person("王伟", 11)), people(person("王伟", 33)))
    assert months == [["P王伟11"], ["P王伟33"]]


def test_two_persons_who_turn_out_to_be_one_are_a_merge_told_once() -> None:
    before = people(person("王伟", 11, "H1"), person("王伟", None, "H2"))
    known = after(NOTHING, identify(before, NOTHING))
    now = people(person("王伟", 11, "H2"))
    found = identify(now, known)
    assert found.ids.to_list() == ["P王伟11"]
    assert found.events == (Event("merged", "P王伟11", "P王伟None"),)
    assert identify(now, after(known, found), found.events).events == ()


def test_a_person_entered_again_is_a_split() -> None:
    known = after(NOTHING, identify(people(person("王伟", 11, "H1")), NOTHING))
    again = {**person("王伟", 11, "H2"), "person_id": "P王伟11-2"}
    found = identify(people(person("王伟", 11, "H1"), again), known)
    assert found.ids.to_list() == ["P王伟11", "P王伟11-2"]
    assert found.events == (Event("split", "P王伟11", "P王伟11-2"),)


def test_the_ledger_holds_aliases_as_hashes(tmp_path: Path) -> None:
    month = people(person("王伟", 11, "H1"))
    found = identify(month, NOTHING)
    run = Run("r", "k", "out", dt.date(2024, 10, 15), "s", "f", "0", {}, {}, ())
    with Ledger(tmp_path / "rosterrec.db") as ledger:
        with ledger.act() as connection:
            keep(connection, ledger.record(run), found.aliases, [Event("split", "PA", "PB")])
        again = identify(month, aliases(ledger.connection))
        assert events(ledger.connection) == [Event("split", "PA", "PB")]
    assert again.ids.to_list() == ["P王伟11"]
    assert again.aliases.is_empty()
    content = (tmp_path / "rosterrec.db").read_bytes()
    assert number(11).encode() not in content


rows = st.builds(
    person,
    st.sampled_from(["王伟", "王玮", "李娜"]),
    st.sampled_from([None, 11, 22, 33]),
    st.sampled_from([None, "H1", "H2"]),
)


@example(
    [
        [person("王玮", None, "H1")],
        [person("王玮", 11, None)],
        [person("王玮", None, "H1"), person("王玮", 11, None), person("王玮", 11, "H1")],
    ]
)
@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(rows, max_size=6), min_size=2, max_size=3))
def test_no_two_on_a_list_share_an_id_and_a_month_made_again_keeps_them(months: Any) -> None:
    known = NOTHING
    for month in months:
        numbered = [{**row, "person_id": f"{row['person_id']}-{i}"} for i, row in enumerate(month)]
        found = identify(people(*numbered), known)
        assert found.ids.is_unique().all()
        known = after(known, found)
        again = identify(people(*numbered), known)
        assert sorted(again.ids) == sorted(found.ids)
        assert again.aliases.is_empty()


def test_aliases_changed_on_the_disk_are_a_damaged_ledger(tmp_path: Path) -> None:
    found = identify(people(person("王伟", 11, "H1")), NOTHING)
    run = Run("r", "k", "out", dt.date(2024, 10, 15), "s", "f", "0", {}, {}, ())
    path = tmp_path / "rosterrec.db"
    with Ledger(path) as ledger, ledger.act() as connection:
        keep(connection, ledger.record(run), found.aliases, [])
    content = path.read_bytes()
    path.write_bytes(content.replace(b"person_id", b"person_iq"))
    with Ledger(path, write=False) as ledger, pytest.raises(LedgerError, match="ledger_damaged"):
        ledger.check()
