"""Workbooks by calamine: every cell with its type, merged cells, hidden sheets, true positions.

Only a reader that tells numbers from text can see an ID that a spreadsheet has rounded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from rosterrec.cells.binary import with_plain_cells
from rosterrec.cells.formats import Format
from rosterrec.cells.opendocument import without_gaps
from rosterrec.cells.package import Package, book_notes, inspect, repacked, sheet_parts
from rosterrec.cells.page import LONGEST_EXACT, WIDEST, Page, column_letters, text_of
from rosterrec.cells.scan import SheetFacts
from rosterrec.errors import InputError


def read_package(name: str, data: bytes, kind: Format) -> list[Page]:
    """Every worksheet of an .xlsx, .xlsm, .xlsb or .ods workbook.

    Raises:
        InputError: ``file_protected``, ``file_damaged``, or what looking it over refuses.
    """
    package = inspect(name, data)
    if any(facts.odd_cells for facts in package.sheets.values()):
        data = repacked(data, r"xl/worksheets/[^/]+\.bin", with_plain_cells)
    facts = package.named or _facts(package)
    try:
        pages = read_pages(name, data, facts, package.size)
    except InputError as refused:
        if kind is not Format.ODS or refused.code != "file_damaged":
            raise
        data = repacked(data, r"content\.xml", without_gaps)
        pages = read_pages(name, data, facts, package.size)
    notes = book_notes(package)
    for page in pages:
        page.notes += notes
    return pages


def _facts(package: Package) -> dict[str, SheetFacts]:
    parts = {name: path.lower() for name, path in sheet_parts(package).items()}
    known = {path.lower(): facts for path, facts in package.sheets.items()}
    return {name: known[path] for name, path in parts.items() if path in known}


def read_pages(name: str, data: bytes, facts: dict[str, SheetFacts], size: int) -> list[Page]:
    """Every worksheet as calamine reads it, with what was learnt of it beforehand.

    Args:
        name: the file, for the refusal.
        data: the workbook.
        facts: what is known of its sheets, by name.
        size: how many bytes it holds when nothing is packed.

    Raises:
        InputError: ``file_protected``, ``file_damaged``, or ``cell_too_far`` for a sheet that is
            larger than what fills it.
    """
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        pages: list[Page] = []
        for meta in book.sheets_metadata:
            if str(meta.typ) != "SheetTypeEnum.WorkSheet":
                continue
            sheet = book.get_sheet_by_name(meta.name)
            _refuse_far(name, sheet, size)
            hidden = str(meta.visible) != _VISIBLE
            pages.append(_page(sheet, facts.get(meta.name, SheetFacts()), hidden=hidden))
        return pages
    except InputError:
        raise
    except calamine.PasswordError:
        raise InputError("file_protected", file=name) from None
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:  # a panic of the parser is no Exception
        raise InputError("file_damaged", file=name) from None


def _refuse_far(name: str, sheet: Any, size: int) -> None:
    """Refuse a rectangle of cells far larger than the bytes can fill: all of it would be sent."""
    if not sheet.end:
        return
    row, column = sheet.end
    too_many = (row + 1) * (column + 1) > max(_MOST_CELLS, size // _LEAST_BYTES)
    if too_many or column >= WIDEST:
        raise InputError("cell_too_far", file=name, cell=f"{column_letters(column)}{row + 1}")


#: Cells of a sheet that may be there whatever the workbook's size; the bytes of one that is filled.
_MOST_CELLS, _LEAST_BYTES = 6_000_000, 4

_VISIBLE = "SheetVisibleEnum.Visible"


def _page(sheet: Any, facts: SheetFacts, *, hidden: bool) -> Page:
    merged = [
        (t + 1, left, b + 1, right) for (t, left), (b, right) in sheet.merged_cell_ranges or []
    ] or facts.merged
    page = Page(
        sheet.name, hidden=hidden, merged=merged, errors=facts.errors,
        uncalculated=facts.uncalculated, hidden_rows=facts.hidden_rows,
        hidden_columns=facts.hidden_columns,
    )  # fmt: skip
    rows = _texts(sheet, page.rounded)
    width = sheet.end[1] + 1 if sheet.end else 0
    return page.pack(_filled(rows, merged) if merged else rows, width)


def _texts(sheet: Any, rounded: dict[int, list[int]]) -> Iterator[list[str]]:
    """The rows of a sheet as text; numbers too long to be whole are noted."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield before + [
            v if type(v) is str else _noted(v, number, i, rounded)
            for i, v in enumerate(row, len(before))
        ]


def _noted(value: Any, row: int, column: int, rounded: dict[int, list[int]]) -> str:
    if type(value) in {int, float} and abs(value) >= LONGEST_EXACT:
        rounded.setdefault(column, []).append(row)
    return text_of(value)


def _filled(
    rows: Iterator[list[str]], merged: list[tuple[int, int, int, int]]
) -> Iterator[list[str]]:
    """The rows with a merged cell's text in every row that it covers.

    Downward only: a title that spans the sheet is one cell, not a name in every column.
    """
    begins: dict[int, list[tuple[int, int]]] = {}
    for top, left, bottom, _right in merged:
        if bottom > top:
            begins.setdefault(top, []).append((left, bottom))
    open_: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, 1):
        for column, (until, text) in list(open_.items()):
            if number > until:
                del open_[column]
            elif column < len(row):
                row[column] = text
        for column, until in begins.get(number, ()):
            if column < len(row):
                open_[column] = (until, row[column])
        yield row
