"""What a table measures: the columns worth their place, their widths, the height of each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from rosterrec.messages import text
from rosterrec.report.spec import FILLED_IN, Column, Kind, Sheet

#: Row of the headings, from zero; title and advice stand above.
HEADER_ROW = 2
#: Rows of a table that a spreadsheet's sheet can hold.
MOST_ROWS = 1_048_576 - HEADER_ROW - 1
#: Columns that ``Table.frame`` has besides those shown.
LINES, BAND = "_lines", "_band"
_NARROWEST = 6
_MOST_LINES = 5
_FIRST_WIDE = 0x2E7F


@dataclass(frozen=True)
class Table:
    """A sheet as it will be written.

    Attributes:
        frame: the rows, with the lines each needs (``_lines``) and, where the sheet is banded,
            whether the row lies in a shaded band (``_band``).
        columns: those written, in order.
        widths: width of each column in character cells.
    """

    sheet: Sheet
    frame: pl.DataFrame
    columns: tuple[Column, ...]
    widths: tuple[float, ...]


def parts(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet, or as many numbered sheets as its rows need."""
    for number, start in enumerate(range(0, len(sheet.frame), MOST_ROWS), 1):
        yield replace(sheet, frame=sheet.frame.slice(start, MOST_ROWS), number=number)


def measured(sheet: Sheet, lang: str) -> Table:
    """The table with everything that depends on what its cells say."""
    frame = sheet.frame
    columns = tuple(c for c in sheet.columns if c.kind in FILLED_IN or _has_any(frame, c))
    lengths = frame.select(
        _cells(pl.col(c.key).cast(pl.String)).alias(c.key) for c in columns if _is_measured(c)
    )
    longest = {s.name: s.max() for s in lengths}
    widths = tuple(_width(c, text(f"column.{c.key}", lang), longest.get(c.key)) for c in columns)
    made = [_lines(lengths, columns, widths, sheet)]
    if sheet.banded_by is not None:
        made.append(_bands(frame[sheet.banded_by]))
    return Table(sheet, frame.with_columns(made), columns, widths)


def cells(words: str) -> int:
    """The width of a text in character cells."""
    return len(words) + sum(ord(c) > _FIRST_WIDE for c in words)


def _cells(words: pl.Expr) -> pl.Expr:
    """The same for a column; Han characters take three bytes of UTF-8 and two cells."""
    return (words.str.len_bytes().cast(pl.Int64) + words.str.len_chars()) // 2


def _has_any(frame: pl.DataFrame, column: Column) -> bool:
    """Whether the column is worth its place: one that may stand empty goes where all of it is."""
    if column.key not in frame.columns:
        return False
    values = frame[column.key]
    return not column.may_go or (values.is_not_null() & (values.cast(pl.String) != "")).any()


def _is_measured(column: Column) -> bool:
    return column.kind not in FILLED_IN | {Kind.DATE, Kind.KEY}


def _width(column: Column, heading: str, longest: object) -> float:
    """Wide enough for the column's text, a Han character counting two, up to its limit."""
    word = max((len(part) for part in heading.split() if part.isascii()), default=0)
    least = max(cells(heading) / (1 if len(heading) <= 4 else 1.6), word, _NARROWEST)
    if column.kind in {Kind.DATE, Kind.FILL_DATE}:
        return max(12, least)
    if column.kind in FILLED_IN:
        return max(column.widest, least)
    known = longest if isinstance(longest, int) else 0
    return max(min(known, column.widest) + 2, least + 2)


def _lines(
    lengths: pl.DataFrame, columns: tuple[Column, ...], widths: tuple[float, ...], sheet: Sheet
) -> pl.Series:
    """How many lines each row needs for its wrapped texts: not every program grows rows itself."""
    needed = [
        (pl.col(c.key) / (width - 1)).ceil().fill_null(1)
        for c, width in zip(columns, widths, strict=True)
        if c.kind in {Kind.LONG, Kind.TEXT}
    ]
    if not needed:
        rows = len(sheet.frame)
        return pl.repeat(sheet.least_lines, rows, dtype=pl.Int64, eager=True).alias(LINES)
    most = pl.max_horizontal(needed).clip(sheet.least_lines, _MOST_LINES).cast(pl.Int64)
    return lengths.select(most.alias(LINES)).to_series()


def _bands(values: pl.Series) -> pl.Series:
    """Whether each row lies in a shaded band; bands change with the value."""
    changes = values.ne_missing(values.shift())
    if len(changes):
        changes[0] = True
    return (changes.cum_sum() % 2 == 0).alias(BAND)
