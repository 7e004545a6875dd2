"""What a run has from the runs before it: person ids that stay, and what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import polars as pl

from rosterrec.errors import InputError, RosterrecError
from rosterrec.frames import People
from rosterrec.frames.facts import Finding
from rosterrec.ledger import Decision, Ledger, Run, find, people
from rosterrec.ledger.store import LEDGER_NAME, guarded
from rosterrec.months.changes import Month, changes
from rosterrec.months.identity import Identified, identify
from rosterrec.months.told import NOTHING
from rosterrec.project import between, runs
from rosterrec.reconciliation import Reconciliation
from rosterrec.report.recorded import Recorded, recorded

#: Two lists are one project's if so much of the shorter stands on both.
_SHARED = 0.5


def named(found: Reconciliation, ledger: Ledger | None) -> tuple[Reconciliation, Identified]:
    """The run with the ids that its people have in the ledger, and what the ledger is to learn.

    Raises:
        LedgerError: the ledger is damaged.
    """
    known, told = people.NOBODY, []
    if ledger is not None:
        with guarded(ledger.path):
            known, told = people.aliases(ledger.connection), people.events(ledger.connection)
    identified = identify(found.people, known, told, found.marks)
    ids = pl.DataFrame({"person_id": found.people["person_id"], "kept": identified.ids}).filter(
        pl.col("person_id") != pl.col("kept")
    )
    result = replace(
        found,
        people=People(_renamed(found.people, ids)),
        registry_check=_renamed(found.registry_check, ids),
        corrections=_renamed(found.corrections, ids),
    )
    return result, identified


def ledger_elsewhere(
    result: Reconciliation, folder: Path, place: Path, decided: int
) -> tuple[Finding, ...]:
    """A note that another ledger was seen, where this month has one in which nothing is decided.

    Args:
        result: the run.
        folder: the month's files.
        place: where the run's ledger is, or will be.
        decided: the last decision in it.
    """
    home = folder.resolve()
    if decided or place.resolve().parent != home:
        return ()
    if (home.parent / LEDGER_NAME).is_file():
        return (Finding("ledger_above"),)
    others = sorted(path.parent for path in home.parent.glob(f"*/{LEDGER_NAME}") if path.is_file())
    seen = [other for other in others if other != home and _may_be_of_the_same(other, result)]
    return (Finding("ledger_beside", {"folder": seen[-1].name}),) if seen else ()


def _may_be_of_the_same(month: Path, result: Reconciliation) -> bool:
    """Whether another folder's newest run is of the same children; one without runs may be."""
    known = runs.runs(month / runs.OUT)
    return not known or _alike(known[-1].folder, result.people["person_id"])


def _renamed(frame: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """The same frame with the ids that are kept, where they are others."""
    if not len(ids):
        return frame
    joined = frame.join(ids, on="person_id", how="left", maintain_order="left")
    kept = joined.with_columns(person_id=pl.coalesce("kept", "person_id")).drop("kept")
    return kept.select(frame.columns)


def beside_earlier(
    result: Reconciliation,
    out: Path,
    ledger: Ledger | None,
    decided: int = 0,
    fresh: Sequence[people.Event] = (),
) -> Reconciliation:
    """The run with what changed since the project's newest run of an earlier day.

    Args:
        result: the run.
        out: its output folder.
        ledger: the project's.
        decided: the last decision that the run knows.
        fresh: merges and splits that it found.
    """
    day = result.settings.as_of
    own, *others = _places(out, ledger)
    folder = runs.before(own, day)
    earlier = None
    try:
        earlier = recorded(folder) if folder else _of_the_project(result, others)
    except InputError:
        note = Finding("earlier_unreadable", {"run": folder.name if folder else ""})
        return replace(result, findings=(*result.findings, note))
    if earlier is None:
        return result
    now = Month(result.people, result.settings)
    told = NOTHING
    if ledger is not None:
        older = between.at(ledger, earlier.folder, earlier.people)
        told = between.told(ledger, older, between.At(None, decided, result.people), fresh)
    found = changes(Month(earlier.people, earlier.settings), now, told)
    against = {"against": earlier.folder.name, **found.figures}
    return replace(result, changes=found._replace(figures=against))


def days_before(run: Recorded) -> list[tuple[dt.date, Path]]:
    """Runs of the same children on earlier days: of its own folder and of others of its ledger.

    A ledger that cannot be read leaves the run's own folder; ``match`` tells of it.
    """
    day, out = run.settings.as_of, run.folder.resolve().parent
    found = [(r.date, r.folder) for r in runs.runs(out) if r.date < day]
    people = run.people["person_id"]
    elsewhere: list[Path] = []
    with suppress(RosterrecError), _ledger_of(run) as ledger:
        elsewhere = _places(out, ledger)[1:]
    for place in elsewhere:
        last = {r.date: r.folder for r in runs.runs(place) if r.date < day}
        found += [(date, folder) for date, folder in last.items() if _alike(folder, people)]
    return sorted(found)


def standing_of(run: Recorded) -> list[Decision]:
    """What stands in the ledger that the run belongs to; nothing where there is none.

    Raises:
        LedgerError: it is damaged or from a newer version.
    """
    with _ledger_of(run) as ledger:
        return ledger.standing() if ledger else []


@contextmanager
def _ledger_of(run: Recorded) -> Iterator[Ledger | None]:
    out = run.folder.resolve().parent
    path = next((p for p in map(find, (out.parent, out)) if p.is_file()), None)
    if path is None:
        yield None
        return
    with Ledger(path, write=False) as ledger:
        yield ledger


def _alike(folder: Path, others: pl.Series) -> bool:
    """Whether a run elsewhere is of the same children."""
    try:
        ids = pl.read_parquet(folder / "people.parquet", columns=["person_id"])["person_id"]
    except (OSError, pl.exceptions.PolarsError):
        return False
    return _is_of_the_same(ids, others)


def _is_of_the_same(ids: pl.Series, others: pl.Series) -> bool:
    shared = int(ids.is_in(others.implode()).sum())
    return shared >= _SHARED * min(len(ids), len(others))


def _places(out: Path, ledger: Ledger | None) -> list[Path]:
    """The run's own output folder, then others that the ledger knows: earlier months', say."""
    if ledger is None:
        return [out]
    home = ledger.path.resolve().parent
    known = dict.fromkeys(place for run in ledger.runs() for place in _found(home, run))
    return [out, *(folder for folder in known if folder != out.resolve())]


def _found(home: Path, run: Run) -> list[Path]:
    """Where a run's output folder is; a ledger moved one folder up finds it in a month's folder."""
    place = (home / run.folder).resolve()
    if (place / run.run_id).is_dir():
        return [place]
    months = sorted(each / run.folder for each in home.iterdir())
    return [place, *(each.resolve() for each in months if (each / run.run_id).is_dir())]


def _of_the_project(result: Reconciliation, places: list[Path]) -> Recorded | None:
    """The newest earlier run that is of the same children; a ledger may serve several towns."""
    day = result.settings.as_of
    found = [run for place in places for run in runs.runs(place) if run.date < day]
    for run in sorted(found, reverse=True):
        try:
            earlier = recorded(run.folder)
        except InputError:
            continue
        if _is_of_the_same(earlier.people["person_id"], result.people["person_id"]):
            return earlier
    return None
