"""The list of which package goes to whom, which stays in the office."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterrec.report.spec import Column, Kind, Sheet, Urgency
from rosterrec.report.tasks.book import counts
from rosterrec.report.workbook import write_tables

_COLUMNS = (
    Column("file", widest=44), Column("recipient", widest=40), Column("cases", Kind.NUMBER),
    Column("children", Kind.NUMBER), Column("long_open", Kind.NUMBER),
    Column("longest", Kind.NUMBER),
)  # fmt: skip


def write_register(
    written: list[tuple[str, str, pl.DataFrame]], day: dt.date, lang: str, path: Path
) -> None:
    """A row a package: its file, for whom it is, and its counts."""
    rows = [(file, title, *counts(duties)) for file, title, duties in written]
    frame = pl.DataFrame(rows, schema=[c.key for c in _COLUMNS], orient="row")
    write_tables([Sheet("register", frame, _COLUMNS, Urgency.RECORD)], path, lang, day)
