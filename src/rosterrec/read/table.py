"""What every format becomes: a sheet of text cells at the places a person sees them."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from rosterrec.cells.page import LONGEST_EXACT, Page

__all__ = ["LONGEST_EXACT", "Table", "blank_to_null", "of_page", "of_rows"]


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
        uncalculated: rows per column that hold a formula which was never worked out; such cells
            are empty.
        hidden_rows: rows that are hidden or filtered away; they are read like any other.
        hidden_columns: columns (from 0) that are hidden; they are read like any other.
        merged: merged ranges as (first row, first column, last row, last column), rows from 1 and
            columns from 0; the text stands in all their rows.
        doubtful: rows with a cell that may be in another encoding than the rest.
        notes: codes of what else a person should know, ``finding.<code>``.
    """

    sheet: str
    cells: pl.DataFrame
    rounded: dict[int, list[int]] = field(default_factory=dict)
    hidden: bool = False
    errors: int = 0
    uncalculated: dict[int, list[int]] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    notes: tuple[str, ...] = ()
    doubtful: tuple[int, ...] = ()


def of_page(page: Page) -> Table:
    """A Table out of what the parser sent."""
    height = page.packed.count(b"\x1e")
    if height and page.width:
        read = pl.read_csv(
            page.packed, has_header=False, separator="\x1f", eol_char="\x1e", quote_char=None,
            infer_schema=False, schema={f"c{i}": pl.String() for i in range(-1, page.width)},
        )  # fmt: skip
        cells = blank_to_null(read.drop("c-1"))
    else:
        cells = pl.DataFrame(height=height)
    return Table(
        page.sheet, numbered(cells), page.rounded, page.hidden, page.errors, page.uncalculated,
        tuple(page.hidden_rows), tuple(page.hidden_columns), tuple(page.merged), tuple(page.notes),
    )  # fmt: skip


def of_rows(rows: list[list[str]]) -> pl.DataFrame:
    """Text rows of any length as ``cells`` of a Table."""
    width = max(map(len, rows), default=0)
    columns = {
        f"c{i}": pl.Series([r[i] if i < len(r) else None for r in rows], dtype=pl.String)
        for i in range(width)
    }
    return numbered(blank_to_null(pl.DataFrame(columns, height=len(rows))))


def numbered(cells: pl.DataFrame, before: int = 0) -> pl.DataFrame:
    """The cells with the number of each row, from 1 where none stand before."""
    first, after = before + 1, before + cells.height + 1
    return cells.with_columns(row=pl.int_range(first, after, dtype=pl.Int64, eager=True))


def blank_to_null(cells: pl.DataFrame) -> pl.DataFrame:
    """Outer white space taken off every cell, and empty cells null.

    Column by column, and only where there is any: most columns are clean, and two copies of all
    of a large list at once are too many.
    """
    unclean = cells.select(pl.all().str.contains(_UNCLEAN).any())
    for name in [name for name in cells.columns if unclean[name].any()]:
        stripped = pl.DataFrame({name: cells[name].str.strip_chars()})
        kept = stripped.select(pl.when(pl.col(name).str.len_bytes() > 0).then(name))
        cells.replace_column(cells.get_column_index(name), kept[name])
    return cells


_UNCLEAN = r"^$|^\s|\s$"
