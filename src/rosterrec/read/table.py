"""What every format becomes: a sheet of text cells at the places a person sees them."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

#: A spreadsheet keeps 15 significant digits; a longer number has lost its end.
LONGEST_EXACT = 1e15


@dataclass(frozen=True)
class Table:
    """One sheet as text.

    Attributes:
        sheet: the sheet's name; "" for delimited text.
        cells: String columns c0, c1, ... and ``row`` (Int64, first row of the sheet 1); blank rows
            may be left out.
        rounded: rows per column whose cell held a number of 16 digits or more: a spreadsheet keeps
            15, so that an ID among them has lost its end.
        hidden: the sheet is hidden in the workbook.
        errors: how many cells held an error value; they are read as empty.
    """

    sheet: str
    cells: pl.DataFrame
    rounded: dict[int, list[int]] = field(default_factory=dict)
    hidden: bool = False
    errors: int = 0


def of_rows(rows: list[list[str | None]]) -> pl.DataFrame:
    """Text rows of any length as ``cells`` of a Table."""
    width = max(map(len, rows), default=0)
    columns = {
        f"c{i}": pl.Series([r[i] if i < len(r) else None for r in rows], dtype=pl.String)
        for i in range(width)
    }
    return blank_to_null(pl.DataFrame(columns, height=len(rows))).with_columns(
        row=pl.int_range(1, len(rows) + 1, dtype=pl.Int64)
    )


def blank_to_null(cells: pl.DataFrame) -> pl.DataFrame:
    """Outer white space taken off every cell, and empty cells null."""
    stripped = pl.all().str.strip_chars()
    return cells.select(pl.when(stripped.str.len_bytes() > 0).then(stripped))
