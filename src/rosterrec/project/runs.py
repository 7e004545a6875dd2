"""The runs of a project, found by folder, run id, date, or as the newest before a day."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

from rosterrec.errors import InputError
from rosterrec.project import publish

#: Where ``match`` puts its runs unless told otherwise, in the folder of the month's files.
OUT = "rosterrec"
_RUN = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d+)")
_FEW = 6


class Run(NamedTuple):
    """A run's place: its reference date, which of that day, and its folder."""

    date: dt.date
    number: int
    folder: Path


def runs(out: Path) -> list[Run]:
    """The runs in an output folder, oldest first by reference date."""
    found = []
    for folder in out.iterdir() if out.is_dir() else ():
        named = _RUN.fullmatch(folder.name)
        if named and (folder / publish.RUN_FILE).is_file():
            found.append(Run(dt.date.fromisoformat(named[1]), int(named[2]), folder))
    return sorted(found)


def before(out: Path, day: dt.date) -> Path | None:
    """The newest run of the latest earlier day.

    A run of the same day does not count: made again, the same run would differ from itself.
    """
    earlier = [run for run in runs(out) if run.date < day]
    return earlier[-1].folder if earlier else None


def find(words: str, out: Path | None = None) -> Path:
    """The run that somebody means by a folder, a run id or a date.

    Args:
        words: a run's folder; a folder that holds runs, or the month's files beside them, for the
            newest of them; the name of a run in ``out``, or the date of some, for the last.
        out: where runs are looked for by name and date, and the newest of a folder that holds none;
            by default ``OUT`` here, by name and date alone.

    Raises:
        InputError: ``run_unknown``, with what there is; ``no_run``, where there is none.
    """
    folder = Path(words)
    if folder.is_dir():
        if (folder / publish.RUN_FILE).is_file():
            return folder
        newest = publish.newest(folder) or publish.newest(folder / OUT)
        newest = newest or (publish.newest(out) if out else None)
        if newest is None:
            raise InputError("no_run", folder=str(out or words))
        return newest
    out = out or Path(OUT)
    known = runs(out)
    if not known:
        raise InputError("no_run", folder=str(out))
    meant = [run.folder for run in known if words in {run.folder.name, run.date.isoformat()}]
    if not meant:
        there = ", ".join(run.folder.name for run in known[-_FEW:])
        raise InputError("run_unknown", run=words[:60], folder=str(out), runs=there)
    return meant[-1]


def refuse_inputs(into: Path, run: Path) -> None:
    """Refuse a folder in which the next ``match`` would take the packages for lists.

    Raises:
        InputError: ``tasks_among_lists``; ``tasks_there``, where the folder holds something.
    """
    place, month = into.resolve(), run.resolve().parent.parent
    is_result = run.resolve().parent in (place, *place.parents)
    if not is_result and month in (place, place.parent):
        raise InputError("tasks_among_lists", folder=str(into))
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise InputError("tasks_there", folder=str(into))
