"""Rejected rows with the column and the masked value that were looked at."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.read.columns import letter
from rosterrec.read.examples import masked
from rosterrec.read.layout import Header


def with_reason(refused: pl.DataFrame, cells: pl.DataFrame, header: Header) -> pl.DataFrame:
    """Rejects of the rows, each with the first filled cell: its column, and its value masked.

    Args:
        refused: ``file, sheet, row, problem`` of each row.
        cells: the same rows as they stand on the sheet.
        header: the list's header, for the columns' headings.
    """
    if not len(refused):
        return frames.empty(frames.REJECTS)
    columns = [c for c in cells.columns if c.startswith("c")]
    names = {c: header.headings.get(int(c[1:])) or letter(int(c[1:])) for c in columns}
    first = pl.coalesce(columns)
    where = pl.coalesce(pl.when(pl.col(c).is_not_null()).then(pl.lit(names[c])) for c in columns)
    said = cells.select(column=where, value=masked(first))
    whole = refused.with_columns(column=said["column"], value=said["value"])
    return frames.conform(whole, frames.REJECTS)
