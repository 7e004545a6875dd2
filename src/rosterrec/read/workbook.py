"""Workbooks by calamine: every cell with its type, merged cells, hidden sheets, true positions.

Only a reader that tells numbers from text can see an ID that a spreadsheet has rounded.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from decimal import Decimal
from typing import Any

import polars as pl

from rosterrec.errors import InputError
from rosterrec.read.table import LONGEST_EXACT, Table, blank_to_null


def read_workbook(name: str, data: bytes) -> list[Table]:
    """Every worksheet of an .xlsx, .xlsm, .xlsb, .xls or .ods workbook.

    Raises:
        InputError: ``file_protected`` or ``file_damaged``.
    """
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(book.get_sheet_by_name(meta.name), hidden=str(meta.visible) != _VISIBLE)
            for meta in book.sheets_metadata
            if str(meta.typ) == "SheetTypeEnum.WorkSheet"
        ]
    except calamine.PasswordError:
        raise InputError("file_protected", file=name) from None
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:  # a panic of the parser is no Exception
        raise InputError("file_damaged", file=name) from None


_VISIBLE = "SheetVisibleEnum.Visible"


def _sheet(sheet: Any, *, hidden: bool) -> Table:
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    width = max(map(len, rows), default=0)
    columns: dict[str, pl.Series] = {}
    rounded: dict[int, list[int]] = {}
    for i in range(width):
        values = [row[i] if i < len(row) else "" for row in rows]
        long = [n for n, v in enumerate(values, 1) if _is_rounded(v)]
        if long:
            rounded[i] = long
        columns[f"c{i}"] = pl.Series(
            [v if type(v) is str else text_of(v) for v in values], dtype=pl.String
        )
    cells = blank_to_null(pl.DataFrame(columns, height=len(rows)))
    numbered = cells.with_columns(row=pl.int_range(1, len(rows) + 1, dtype=pl.Int64))
    return Table(sheet.name, numbered, rounded, hidden)


def _is_rounded(value: Any) -> bool:
    return type(value) in {int, float} and abs(value) >= LONGEST_EXACT


def _fill_merged(rows: list[list[Any]], ranges: list[Any]) -> None:
    """Write a merged cell's value into every row it covers.

    Downward only: a title that spans the sheet is one cell, not a name in every column.
    """
    for (top, left), (bottom, _right) in ranges:
        if bottom > top and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row):
                    row[left] = rows[top][left]


def text_of(value: Any) -> str | None:
    """A typed cell as text without damage: whole numbers without a point, dates as ISO."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _digits(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _digits(number: float) -> str:
    """A number as a spreadsheet would show it in full, without a point where it is whole.

    Of a long number the shortest digits that mean the same double, then zeros: what was typed, as
    far as it was kept, rather than the double's own tail (349921201203050000, not ...049984).
    """
    if not math.isfinite(number) or number != int(number):
        return repr(number)
    return f"{Decimal(repr(number)):.0f}"
