"""How person ids came together or apart: the merges and splits of the ledger, and whom they are of.

A run finds them; its own list says who the person is. Where its folder is gone, the ids remain.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from rosterrec.ledger.between import happened
from rosterrec.ledger.store import guarded
from rosterrec.screen.console import screen_for
from rosterrec.screen.terminal import plain, stdout

if TYPE_CHECKING:
    from rosterrec.ledger import Ledger, Run
    from rosterrec.screen.console import Console


@dataclass(frozen=True)
class Step:
    """Two ids that turned out to be one person's (``merged``), or one two persons' (``split``).

    Attributes:
        as_of: reference date of the run that found it.
        person_id: who stays, or who was there before.
        other: the id that went into that one, or came out of it.
        name: the person's, masked; None where the run's folder is gone.
        row: where the person stands on that run's police list.
    """

    event: str
    as_of: str
    run_id: str
    person_id: str
    other: str
    name: str | None
    row: int | None

    def facts(self) -> dict[str, Any]:
        """For a script."""
        return asdict(self)


def lineage(ledger: Ledger) -> list[Step]:
    """Every merge and split, oldest first."""
    with guarded(ledger.path):
        found = happened(ledger.connection)
    if not found:
        return []
    runs = {run.run: run for run in ledger.runs()}
    lists = {n: _people(ledger, runs[n]) for n in {each.run for each in found}}
    steps = []
    for (kind, person, other), number in found:
        run, (name, row) = runs[number], lists[number].get(person, (None, None))
        steps.append(Step(kind, run.as_of.isoformat(), run.run_id, person, other, name, row))
    return steps


def show_lineage(console: Console, steps: list[Step]) -> None:
    """A table of them on stdout."""
    from rich import box
    from rich.table import Table

    say = console.say
    if not steps:
        console.tell([say("lineage.none")])
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("lineage.as_of"), no_wrap=True)
    for key in ("event", "person", "ids"):
        table.add_column(say(f"lineage.{key}"), overflow="fold")
    for step in steps:
        ids = say(f"lineage.{step.event}_ids", stays=step.person_id, other=step.other)
        cells = (step.as_of, say(f"lineage.{step.event}"), _person(console, step), ids)
        table.add_row(*map(plain, cells))
    with stdout() as stream:
        if stream is not None:
            screen_for(stream, console).print(table)


def _person(console: Console, step: Step) -> str:
    if step.name is None:
        return console.say("lineage.unknown")
    return f"{step.name} {console.say('diff.row', row=step.row)}"


def _people(ledger: Ledger, run: Run) -> dict[str, tuple[str, int]]:
    """Masked name and row of everybody on a run's list, by id."""
    from rosterrec import names

    home: Path = ledger.path.resolve().parent
    path = home / run.folder / run.run_id / "people.parquet"
    try:
        people = pl.read_parquet(path, columns=["person_id", "name", "row"])
    except (OSError, pl.exceptions.PolarsError):
        return {}
    masked = people.select("person_id", names.mask(pl.col("name")), "row")
    return {person: (name, row) for person, name, row in masked.iter_rows()}
