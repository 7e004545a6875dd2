"""What the ledger says of two runs: decisions overturned, persons merged and split."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec import ids, names
from rosterrec.frames import Records, Role
from rosterrec.ledger import Entry, Hand, Kind, Ledger
from rosterrec.ledger.between import overturned
from rosterrec.ledger.keys import with_keys
from rosterrec.project import between

CHILD, ROW, OTHER = "population.a.-.-.-", "registry.b.-.-.-", "roster.c.-.-.-"


def entry(verdict: str, left: str = CHILD, right: str = ROW, kind: Kind = Kind.PAIR) -> Entry:
    return Entry(kind, left, right if kind is Kind.PAIR else "", verdict)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "rosterrec.db")


def write(ledger: Ledger, *entries: Entry, who: str = "李", known: int | None = None) -> int:
    ledger.add(entries, Hand(who, "decide", known=known))
    return ledger.head().seq


def since(ledger: Ledger, seq: int) -> list[tuple[str, str, str, int, int]]:
    found = overturned(ledger.every(), seq, ledger.head().seq)
    return [(o.about, o.before, o.now, o.seq_before, o.seq) for o in found]


def test_another_verdict_overturns(ledger: Ledger) -> None:
    at = write(ledger, entry("same"))
    write(ledger, entry("different"))
    assert since(ledger, at) == [("pair", "same", "different", 1, 2)]
    assert since(ledger, 0) == []  # the older run knew neither
    assert since(ledger, 2) == []


def test_one_taken_back_is_overturned_unless_it_was_said_again(ledger: Ledger) -> None:
    at = write(ledger, entry("dropout", kind=Kind.STATUS))
    ledger.retract([1], "错", Hand("李", "ledger"))
    assert since(ledger, at) == [("status", "dropout", "retracted", 1, 2)]
    write(ledger, entry("dropout", kind=Kind.STATUS))
    assert since(ledger, at) == []


def test_one_that_another_hand_contradicts_is_overturned(ledger: Ledger) -> None:
    at = write(ledger, entry("same"))
    write(ledger, entry("different"), who="王", known=0)
    assert since(ledger, at) == [("pair", "same", "disputed", 1, 2)]


def test_what_follows_from_others_may_contradict_it(ledger: Ledger) -> None:
    at = write(ledger, entry("same"), entry("same", CHILD, OTHER))
    write(ledger, entry("different", ROW, OTHER))
    assert since(ledger, at) == [
        ("pair", "same", "disputed", 1, 3), ("pair", "same", "disputed", 2, 3),
    ]  # fmt: skip


def test_an_unsure_that_is_settled_and_a_dispute_that_is_ended_are_not(ledger: Ledger) -> None:
    write(ledger, entry("unsure"), entry("same", right=OTHER))
    at = write(ledger, entry("different", right=OTHER), who="王", known=0)
    write(ledger, entry("same"), entry("same", right=OTHER), who="王")
    assert since(ledger, at) == []


SAID = st.tuples(
    st.sampled_from(["population.a.-.-.-", "population.b.-.-.-"]),
    st.sampled_from(["", "registry.c.-.-.-", "roster.d.-.-.-", "roster.e.-.-.-"]),
    st.sampled_from(["same", "different"]),
    st.integers(0, 3),
)


@given(st.lists(SAID, max_size=9), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_looking_near_what_was_said_finds_all(said: list[tuple[Any, ...]], at: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "rosterrec.db") as ledger:
        for left, right, verdict, known in said:
            kind = Kind.PAIR if right else Kind.STATUS
            write(ledger, Entry(kind, left, right, verdict), who=f"{known}", known=known)
        near = since(ledger, at)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("rosterrec.ledger.between._touched", lambda every, *_: list(every))
            assert since(ledger, at) == near


def people(*rows: tuple[str, str, str | None, str]) -> pl.DataFrame:
    """Person id, name, number and household."""
    frame = pl.DataFrame(
        rows, schema=["person_id", "name", "id_number", "household"], orient="row",
        schema_overrides={"id_number": pl.String},
    )  # fmt: skip
    return frame.with_columns(birth_date=pl.lit(dt.date(2014, 5, 6)), village=pl.lit("上溪村"))


def key(name: str, number: str | None, household: str) -> str:
    """As a run names a record of the police list."""
    text = {
        "name_key": name, "id": number, "id_text": None, "birth_month": None, "school": None,
        "household": household, "village": "上溪村", "guardians": None,
    }  # fmt: skip
    frame = pl.DataFrame([text], schema=dict.fromkeys(text, pl.String))
    keyed = frame.with_columns(names.key(pl.col("name_key")), birth=pl.lit(dt.date(2014, 5, 6)))
    return str(with_keys(Records(keyed), Role.POPULATION)["key"][0])


NUMBER = ids.complete("34992120140506101")


def test_an_overturned_decision_is_of_the_person_whom_its_key_names(ledger: Ledger) -> None:
    numbered, other = key("李明", NUMBER, "H1"), key("王芳", None, "H2")
    write(ledger, entry("same", numbered), entry("same", other))
    write(ledger, entry("different", numbered), entry("different", other))
    older = people(("P1", "李明", NUMBER, "H1"), ("P2", "王芳", None, "H2"))
    newer = people(("P1", "李鸣", NUMBER, "H1"))  # a name put right; the other child is gone
    told = between.told(ledger, between.At(1, 2, older), between.At(2, 4, newer))
    assert told.overturned["person_id"].to_list() == ["P1", "P2"]
    assert between.told(ledger, None, between.At(2, 4, newer)).overturned.is_empty()


def test_a_key_that_may_be_of_two_is_told_of_neither(ledger: Ledger) -> None:
    write(ledger, entry("same", key("李明", None, "H1")))
    write(ledger, entry("different", key("李明", None, "H1")))
    twins = people(("P1", "李明", None, "H1"), ("P2", "李明", None, "H1"))
    told = between.told(ledger, between.At(1, 1, twins), between.At(2, 2, twins))
    assert told.overturned.is_empty()
