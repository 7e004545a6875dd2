"""A run that was written, read back; and the rows of its inputs, if these are still the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from pydantic import ValidationError

from rosterrec.disk import digest_if_readable
from rosterrec.errors import InputError
from rosterrec.frames import Raw, Records, Role
from rosterrec.normalise import normalise
from rosterrec.read import discover, read
from rosterrec.read.discover import relative
from rosterrec.settings import Settings


class Place(NamedTuple):
    """A row of a list as a person finds it."""

    source: str  # a Role
    file: str
    sheet: str
    row: int

    def shown(self) -> str:
        """As every report shows it: ``[file]sheet!row``."""
        return f"[{self.file}]{self.sheet}!{self.row}"


@dataclass(frozen=True)
class Recorded:
    """One run as its folder holds it.

    Attributes:
        folder: the run's folder.
        people: ``people.parquet``.
        links: ``links.parquet``, read where needed.
        summary: ``summary.json``.
        settings: the settings it was made with.
    """

    folder: Path
    people: pl.DataFrame
    links: pl.LazyFrame
    summary: dict[str, Any]
    settings: Settings


def recorded(folder: Path) -> Recorded:
    """The run in a folder.

    Raises:
        InputError: ``run_unreadable``, where a file is gone, damaged or of another version.
    """
    try:
        summary = json.loads((folder / "summary.json").read_text("utf-8"))
        settings = Settings.model_validate(summary["settings"])
        people = pl.read_parquet(folder / "people.parquet")
        links = pl.scan_parquet(folder / "links.parquet")
        links.collect_schema()
    except (OSError, ValueError, KeyError, ValidationError, pl.exceptions.PolarsError):
        raise InputError("run_unreadable", run=folder.name) from None
    return Recorded(folder, people, links, summary, settings)


def lists_of(
    run: Recorded, base: Path, out: Path, names: set[str] | None = None
) -> dict[Role, Raw]:
    """The run's inputs, read anew as the run did.

    Args:
        run: the run.
        base: the folder that it was made from.
        out: where its results are, which are no inputs.
        names: files to read; None for all. Every one is proven all the same.

    Raises:
        InputError: ``input_gone`` or ``input_changed``, naming the file.
    """
    files = _inputs(run, base, out)
    wanted = [path for name, path in files if names is None or name in names]
    return read(wanted, run.settings, base=base).raw


def rows_at(raw: dict[Role, Raw], places: set[Place], role: Role) -> pl.DataFrame:
    """The rows of one list, as read, that stand at some places."""
    where = ["file", "sheet", "row"]
    wanted = [place[1:] for place in places if place.source == role]
    frame = pl.DataFrame(wanted, schema={c: raw[role].schema[c] for c in where}, orient="row")
    return raw[role].join(frame, on=where, how="semi", nulls_equal=True)


def normalised(run: Recorded, rows: dict[Role, pl.DataFrame]) -> tuple[Records, list[Place]]:
    """Records of rows of several lists, numbered from 0, and the place of each.

    A record depends on its own row and the settings alone, and all lists but the police's are
    normalised alike, so that one call does for them: the police list must come alone.
    """
    role = Role.POPULATION if Role.POPULATION in rows else Role.WHEREABOUTS
    records, _ = normalise(Raw(pl.concat(rows.values())), role, run.settings)
    source = {
        where: str(of) for of, frame in rows.items()
        for where in frame.select("file", "sheet", "row").iter_rows()
    }  # fmt: skip
    places = [
        Place(source[where], *where) for where in records.select("file", "sheet", "row").iter_rows()
    ]
    return records, places


def place_of(record: dict[str, Any], source: str) -> Place:
    """Where a record stands."""
    return Place(source, record["file"], record["sheet"], record["row"])


def _inputs(run: Recorded, base: Path, out: Path) -> list[tuple[str, Path]]:
    """Name and path of every input of the run, proven to hold what it held then."""
    try:
        paths, refused = discover(base, run.settings, out), None
    except InputError as error:  # a file that the settings name is no longer there
        paths, refused = [path for path in base.rglob("*") if path.is_file()], error
    at: dict[str, list[Path]] = {}
    for path in paths:
        at.setdefault(relative(path, base), []).append(path)
    found = []
    for entry in run.summary["inputs"]:
        name = entry["name"]
        here = [path for path in at.get(name, []) if digest_if_readable(path) == entry["sha256"]]
        if not here:
            raise InputError("input_changed" if at.get(name) else "input_gone", file=name)
        found.append((name, here[0]))
    if refused is not None:
        raise refused
    return found
