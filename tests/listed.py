"""Lists of invented people, from rows as a reader would hand them over."""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterrec import frames
from rosterrec.frames import Field, Raw, Records, Role
from rosterrec.normalise import normalise
from rosterrec.settings import Settings

SETTINGS = Settings(as_of=dt.date(2024, 10, 15))


def raw(role: Role, rows: list[dict[Field, str]]) -> Raw:
    """A list as read, in which each row states what it has."""
    frame = pl.DataFrame(
        [{str(f): v for f, v in row.items()} for row in rows] or None,
        schema={str(f): pl.String for f in Field},
    )
    placed = frame.with_columns(
        file=pl.lit(f"{role}.csv"), sheet=pl.lit(""), id_cell=pl.lit("text"),
        row=pl.int_range(2, pl.len() + 2, dtype=pl.Int64),
    )  # fmt: skip
    return Raw(frames.conform(placed, frames.RAW))


def records(role: Role, rows: list[dict[Field, str]], settings: Settings = SETTINGS) -> Records:
    """The records of a list in which each row states what it has."""
    return normalise(raw(role, rows), role, settings)[0]
