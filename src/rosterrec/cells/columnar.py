"""A Parquet file with its column names as the header row."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rosterrec.cells.page import LONGEST_EXACT, WIDEST, Page, text_of
from rosterrec.errors import InputError

if TYPE_CHECKING:
    import polars as pl

_MOST_CELLS = 30_000_000


def read_parquet(name: str, data: bytes) -> list[Page]:
    """The one list that a Parquet file is.

    Raises:
        InputError: ``file_damaged`` or ``file_bomb``.
    """
    import polars as pl

    try:
        lazy = pl.scan_parquet(io.BytesIO(data))
        height = lazy.select(pl.len()).collect().item()
        width = len(lazy.collect_schema())
        if height * max(width, 1) > _MOST_CELLS or width > WIDEST:
            raise InputError("file_bomb", file=name, limit=600)
        frame = lazy.collect()
    except (InputError, MemoryError, KeyboardInterrupt):
        raise
    except BaseException:  # a panic of the parser is no Exception
        raise InputError("file_damaged", file=name) from None
    page = Page("")
    columns = [_texts(page, i, frame[c]) for i, c in enumerate(frame.columns)]
    rows = [list(frame.columns), *map(list, zip(*columns, strict=True))]
    return [page.pack(rows)]


def _texts(page: Page, place: int, cells: pl.Series) -> list[str]:
    """A column as text; whole numbers are exact, floating ones may have lost their end."""
    import polars as pl

    if cells.dtype in {pl.Float32, pl.Float64}:
        page.rounded |= {place: [int(n) + 2 for n in (cells.abs() >= LONGEST_EXACT).arg_true()]}
        if not page.rounded[place]:
            del page.rounded[place]
    elif not cells.dtype.is_nested() and cells.dtype != pl.Binary and not cells.dtype.is_temporal():
        cells = cells.cast(pl.String)
    return [text_of(value) for value in cells.to_list()]
