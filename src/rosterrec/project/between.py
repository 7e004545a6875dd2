"""What the ledger tells of two runs, brought to the people of their lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from rosterrec import names
from rosterrec.frames import Records, Role
from rosterrec.ledger import Ledger, Run
from rosterrec.ledger.between import happened, overturned
from rosterrec.ledger.keys import located
from rosterrec.ledger.people import Event
from rosterrec.ledger.store import guarded
from rosterrec.months.told import EVENTS, NOTHING, OVERTURNED, Told
from rosterrec.project import publish


class At(NamedTuple):
    """Where in the ledger a run stands, and whose list it was.

    Attributes:
        run: its number; None for the run that is being made.
        decided: the last decision that it knew.
        people: ``people.parquet``.
    """

    run: int | None
    decided: int
    people: pl.DataFrame


def at(ledger: Ledger, folder: Path, people: pl.DataFrame) -> At | None:
    """Where a finished run stands in a ledger; None where that does not know it."""
    found = recorded_as(ledger, folder)
    return At(found.run, found.decided, people) if found else None


def recorded_as(ledger: Ledger, folder: Path) -> Run | None:
    """A run's entry in a ledger."""
    try:
        key = json.loads((folder / publish.RUN_FILE).read_text("utf-8"))["key"]
    except (OSError, ValueError, KeyError):
        return None
    same = [run for run in ledger.runs() if (run.run_id, run.run_key) == (folder.name, key)]
    return same[-1] if same else None


def told(ledger: Ledger, older: At | None, newer: At | None, fresh: Sequence[Event] = ()) -> Told:
    """Decisions overturned and ids merged or split since the older run.

    Args:
        ledger: the ledger of both.
        older: where the older stands.
        newer: where the newer stands.
        fresh: merges and splits that the ledger is yet to learn.
    """
    if older is None or newer is None:
        return NOTHING
    with guarded(ledger.path):
        known = happened(ledger.connection)
    since, until = older.run or 0, newer.run
    events = [e.event for e in known if e.run > since and (until is None or e.run <= until)]
    said = ledger.every() if newer.decided > older.decided else []
    turned = overturned(said, older.decided, newer.decided)
    frame = pl.DataFrame(turned, schema=["key", *list(OVERTURNED)[1:]], orient="row")
    return Told(
        _of_persons(frame, older.people, newer.people),
        pl.DataFrame([*events, *fresh], schema=EVENTS, orient="row"),
    )


def _of_persons(turned: pl.DataFrame, older: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    """Overturned decisions with the person in place of the key; the newer list knows better."""
    if not len(turned):
        return NOTHING.overturned
    persons = pl.concat([_persons(newer, turned["key"]), _persons(older, turned["key"])])
    once = persons.unique("key", keep="first", maintain_order=True)
    found = turned.join(once, on="key", how="inner", maintain_order="left")
    return found.select(OVERTURNED.keys()).cast(OVERTURNED)  # type: ignore[arg-type]


def _persons(people: pl.DataFrame, keys: pl.Series) -> pl.DataFrame:
    """Whom each key names: ``key, person_id``."""
    nothing = pl.lit(None, pl.String)
    rows = people.select(
        rec=pl.int_range(pl.len(), dtype=pl.Int64),
        name_key=names.key(pl.col("name")),
        id=pl.col("id_number").replace("", None),
        id_text=nothing, birth="birth_date", birth_month=nothing, school=nothing,
        household=pl.col("household").replace("", None), village="village", guardians=nothing,
    )  # fmt: skip
    found = located(Records(rows), Role.POPULATION, keys).drop_nulls("rec")
    ids = people.select("person_id").with_row_index("rec").cast({"rec": pl.Int64})
    return found.filter(pl.col("found") != "doubtful").join(ids, on="rec").select(
        "key", "person_id"
    )  # fmt: skip
