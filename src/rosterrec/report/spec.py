"""What a sheet of the workbook is, apart from any library that writes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class Kind(StrEnum):
    """How a column's cells are written."""

    TEXT = "text"
    LONG = "long"  # wrapped sentences
    NUMBER = "number"
    DATE = "date"
    FILL = "fill"  # empty, for the clerk to write in
    FILL_DATE = "fill_date"
    CHOICE = "choice"  # empty, with a list to choose from
    KEY = "key"  # hidden: what the row is about, for when it comes back


#: Columns that the clerk writes in.
FILLED_IN = frozenset({Kind.FILL, Kind.FILL_DATE, Kind.CHOICE})


class Urgency(StrEnum):
    """How pressing a sheet is: the colour of its tab."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"
    RECORD = "record"


@dataclass(frozen=True)
class Column:
    """A column: the message key of its heading, and how its cells are written."""

    key: str
    kind: Kind = Kind.TEXT
    widest: int = 28  # terminal cells; longer text wraps
    may_go: bool = False  # left out of a sheet in which no row has it
    offers: str = "choice"  # of a choice: the table of words to choose from


#: Character cells that a landscape A4 page holds in letters one can still read, half their size;
#: and those of a paper that is carried about, in letters of eight points.
PAGE_CELLS, CARRIED_CELLS = 270, 158


@dataclass(frozen=True)
class Sheet:
    """A table to work in.

    Attributes:
        key: message key of the sheet's name and advice.
        frame: one column per ``columns`` entry that is not to be filled in, by its key.
        banded_by: a column whose change starts a new band of colour (a household, say).
        number: which of several sheets, where one cannot hold the rows.
        page_cells: character cells that a printed page may hold: fewer, in larger letters.
        least_lines: lines that every row has room for: two, where somebody writes by hand.
        foot: what stands at the foot of every printed page, before its number.
    """

    key: str
    frame: pl.DataFrame
    columns: tuple[Column, ...]
    urgency: Urgency
    banded_by: str | None = None
    number: int = 1
    page_cells: int = PAGE_CELLS
    least_lines: int = 1
    foot: str = ""


def table(
    key: str,
    rows: pl.LazyFrame,
    columns: tuple[Column, ...],
    urgency: Urgency,
    banded_by: str | None = None,
) -> Sheet:
    """A sheet of these rows, with no column that it does not show: of a million people each tells.

    Columns that the rows do not have are left to ``measures``.
    """
    shown = {c.key for c in columns} | {banded_by}
    kept = [name for name in rows.collect_schema().names() if name in shown]
    return Sheet(key, rows.select(kept).collect(), columns, urgency, banded_by)
