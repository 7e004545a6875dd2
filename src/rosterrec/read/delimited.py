"""Comma, tab, semicolon or bar separated text."""

from __future__ import annotations

import csv
import io

import polars as pl

from rosterrec.read.table import Table, blank_to_null, of_rows

_DELIMITERS = ",\t;|"


def read_delimited(text: str) -> Table:
    """The text as one Table; every cell verbatim, rows longer than the rest included.

    A quotation mark that nobody closes would make one cell of all that follows it; the line it
    stands in is then read without its marks, and so are all lines where that does not help.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    delimiter, usual = _delimiter(text)
    cells = _cells(text, delimiter)
    if '"' not in text:
        return Table("", cells)
    if _swallows_lines(cells, delimiter, usual):
        cells = _cells(_mended(text, delimiter, usual), delimiter)
    if _swallows_lines(cells, delimiter, usual):
        cells = _cells(text.replace('"', ""), delimiter)
    return Table("", _unwrapped(cells))


def _cells(text: str, delimiter: str) -> pl.DataFrame:
    cells = _by_polars(text, delimiter)
    return _by_csv(text, delimiter) if cells is None else cells


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter that divides the first lines into most cells, and how often a line has it."""
    lines = [line for line in text.split("\n", 60)[:50] if line.strip()]
    counts = {d: sorted(line.count(d) for line in lines) for d in _DELIMITERS}
    middle = len(lines) // 2
    best = max(_DELIMITERS, key=lambda d: (counts[d][middle], counts[d][-1:] or [0]))
    return best, counts[best][middle]


def _swallows_lines(cells: pl.DataFrame, delimiter: str, usual: int) -> bool:
    """Whether a cell holds what are rows of the list."""
    if not usual:
        return False
    for column in cells.drop("row").get_columns():
        for cell in column.filter(column.str.contains("\n", literal=True)):
            if any(line.count(delimiter) >= usual for line in cell.split("\n")[1:]):
                return True
    return False


def _mended(text: str, delimiter: str, usual: int) -> str:
    """The text without the marks of lines that are whole rows and open one they never close."""
    return "\n".join(
        line.replace('"', "") if line.count('"') % 2 and line.count(delimiter) == usual else line
        for line in text.split("\n")
    )


def _by_polars(text: str, delimiter: str) -> pl.DataFrame | None:
    """The fast way; None where rows have more cells than the first lines show."""
    head = text.split("\n", 60)[:50]
    width = max((line.count(delimiter) for line in head), default=0) + 1
    try:
        cells = pl.read_csv(
            text.encode(),
            has_header=False,
            separator=delimiter,
            infer_schema=False,
            schema={f"c{i}": pl.String() for i in range(width)},
            missing_columns="insert",
        )
    except pl.exceptions.PolarsError:
        return None
    return blank_to_null(cells).with_columns(row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _by_csv(text: str, delimiter: str) -> pl.DataFrame:
    """The patient way, row by row: ragged rows keep all their cells."""
    rows: list[list[str | None]] = [
        list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)
    ]
    return of_rows(rows)


def _unwrapped(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells without the ="..." that some exporters put around numbers to save them."""
    text = pl.col(pl.String)
    return cells.with_columns(text.str.replace(r'^="(.*)"$', "${1}"))
