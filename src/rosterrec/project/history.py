"""What a run of ``match`` takes from the ledger, and what it leaves there."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from rosterrec import __version__
from rosterrec.frames import Finding
from rosterrec.ledger import Head, Ledger, Run, find, people
from rosterrec.ledger.entries import Hand
from rosterrec.ledger.standing import STANDING
from rosterrec.ledger.store import refuse_network
from rosterrec.months.identity import Identified
from rosterrec.project import publish


@dataclass(frozen=True)
class Past:
    """The ledger of a project as a run finds it.

    Attributes:
        ledger: open to write; None on a dry run without a ledger.
        head: the last decision.
        standing: the decisions that count (``standing.STANDING``), oldest first.
    """

    ledger: Ledger | None
    head: Head
    standing: pl.DataFrame

    def mark(self, key: str) -> str:
        """What a workbook says of the run that wrote it: what it knew, and which run it was."""
        return f"{self.head.seq}@{key[:12]}"


def place(folder: Path, out: Path) -> Path:
    """Where the ledger of a project folder is; beside the results where the folder is read-only."""
    path = find(folder)
    if path.exists() or os.access(folder, os.W_OK):
        return path
    return find(out)


@contextmanager
def opened(folder: Path, out: Path, *, write: bool) -> Iterator[Ledger | None]:
    """The project's ledger; None where there is none yet: the first run that succeeds makes it.

    Raises:
        LedgerError: it is damaged, no ledger, or from a newer version.
        OutputError: it is locked, on a network share, or cannot be written.
    """
    path = place(folder, out)
    if not path.exists():
        refuse_network(path)
        yield None
        return
    with Ledger(path, write=write) as ledger:
        yield ledger


def past(ledger: Ledger | None) -> Past:
    """What counts in the ledger now."""
    if ledger is None:
        return Past(None, Head(), pl.DataFrame(schema=STANDING))
    return Past(ledger, ledger.head(), ledger.standing_frame())


def hand(command: str, operator: str | None = None) -> Hand:
    """Whoever sits at the machine."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "?"
    return Hand(who=operator or user, command=command)


def adopt(ledger: Ledger | None, folder: Path | None) -> None:
    """Record a finished run that the ledger lacks, whether older or cut off at its last step."""
    if ledger is None or folder is None:
        return
    try:
        facts = json.loads((folder / publish.RUN_FILE).read_text("utf-8"))
        figures = json.loads((folder / "summary.json").read_text("utf-8"))
        run = _run(ledger, folder.parent, folder.name, facts, figures, Head())
    except (OSError, ValueError, KeyError):
        return
    known = ledger.run(run.run_id, run.folder)
    if known is None or known.run_key != run.run_key:
        with ledger.act():
            ledger.record(run)


@contextmanager
def recorded(
    before: Past,
    at: tuple[Path, Path],
    run_id: str,
    facts: dict[str, Any],
    figures: dict[str, Any],
    identified: Identified,
) -> Iterator[None]:
    """The run in the ledger, and by what its people are known, if what is done inside succeeds.

    Args:
        before: the ledger as the run found it.
        at: the project folder and the output folder; a first ledger is made there.
        run_id: the name of the run's folder.
        facts: key and start of the run.
        figures: its figures.
        identified: what the ledger is to learn of the people.
    """
    folder, out = at
    if before.ledger is None:
        with _first(place(folder, out)) as ledger:
            yield from _kept(ledger, before.head, out, run_id, (facts, figures, identified))
    else:
        yield from _kept(before.ledger, before.head, out, run_id, (facts, figures, identified))


@contextmanager
def _first(path: Path) -> Iterator[Ledger]:
    """A new ledger, taken away again where what is done inside fails."""
    is_new = not path.exists()
    try:
        with Ledger(path) as ledger:
            yield ledger
    except BaseException:
        if is_new:
            path.unlink(missing_ok=True)
        raise


def _kept(
    ledger: Ledger,
    head: Head,
    out: Path,
    run_id: str,
    of: tuple[dict[str, Any], dict[str, Any], Identified],
) -> Iterator[None]:
    facts, figures, identified = of
    finished = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    whole = {**facts, "finished": finished}
    run = _run(ledger, out, run_id, whole, figures, head)
    with ledger.act() as connection:
        number = ledger.record(run)
        people.keep(connection, number, identified.aliases, identified.events)
        yield


def _run(
    ledger: Ledger,
    out: Path,
    run_id: str,
    facts: dict[str, Any],
    figures: dict[str, Any],
    head: Head,
) -> Run:
    home = ledger.path.resolve().parent
    try:
        folder = Path(os.path.relpath(out.resolve(), home)).as_posix()
    except ValueError:  # another drive
        folder = str(out.resolve())
    return Run(
        run_id=run_id,
        run_key=facts["key"],
        folder=folder,
        as_of=dt.date.fromisoformat(figures["as_of"]),
        started=facts["started"],
        finished=facts["finished"],
        version=figures.get("version", __version__),
        settings=figures["settings"],
        figures={k: v for k, v in figures.items() if k not in {"settings", "inputs"}},
        inputs=tuple((each["name"], each["sha256"]) for each in figures["inputs"]),
        decided=head.seq,
        head=head.hash,
    )


def clock_findings(ledger: Ledger | None, clock: Callable[[], dt.datetime]) -> tuple[Finding, ...]:
    """A warning where the machine's clock stands before what the ledger has seen already.

    The clock is asked once the ledger was read: a run that went on beside this one may have
    finished after this one began.
    """
    runs = ledger.runs() if ledger else []
    last = max((dt.datetime.fromisoformat(run.finished) for run in runs), default=None)
    if last is None or clock() >= last:
        return ()
    return (Finding("clock_back", {"last": last.isoformat(" ", "minutes")}),)
