"""Old .xls workbooks: BIFF8 by calamine, what is older by xlrd, which knows its code pages.

calamine reads BIFF5 in code page 936 into nonsense without an error.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
from typing import Any

from rosterrec.cells.container import records
from rosterrec.cells.page import LONGEST_EXACT, Page, text_of
from rosterrec.cells.scan import SheetFacts
from rosterrec.cells.workbook import read_pages
from rosterrec.errors import InputError

_BOF, _EOF, _SHEET, _ROW, _COLUMN, _DATE_1904, _CODE_PAGE = (
    0x809,
    0x0A,
    0x85,
    0x208,
    0x7D,
    0x22,
    0x42,
)
_FORMULA, _BOOL_ERROR = 0x06, 0x205


def read_xls(name: str, data: bytes) -> list[Page]:
    """Every worksheet of an .xls workbook.

    Raises:
        InputError: ``file_protected`` or ``file_damaged``.
    """
    stream = records(name, data)
    if stream is None or stream[4:6] != b"\x00\x06":
        return _by_xlrd(name, data)
    facts, notes = _facts(stream)
    pages = read_pages(name, data, facts, len(data))
    for page in pages:
        page.notes += notes + _macros(data)
    return pages


def _macros(data: bytes) -> list[str]:
    return ["macros"] if "_VBA_PROJECT".encode("utf-16-le") in data else []


def _facts(stream: bytes) -> tuple[dict[str, SheetFacts], list[str]]:
    """What the records say of each sheet, and of the calendar."""
    sheets: dict[int, SheetFacts] = {}
    names: dict[int, str] = {}
    notes: list[str] = []
    current: SheetFacts | None = None
    at, end = 0, len(stream) - 4
    while at <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        body = at + 4
        if kind == _BOF:
            current = sheets.setdefault(at, SheetFacts()) if at in names else None
        elif kind == _SHEET and size >= 8:
            names[struct.unpack_from("<I", stream, body)[0]] = _name(stream[body + 6 : body + size])
        elif kind == _DATE_1904 and stream[body : body + 1] == b"\x01":
            notes.append("epoch_1904")
        elif current is not None:
            _take(current, kind, stream[body : body + min(size, 16)])
        at = body + size
    return {name: sheets[place] for place, name in names.items() if place in sheets}, notes


def _name(record: bytes) -> str:
    """A sheet's name: its length, whether it is wide, its characters."""
    if len(record) < 2:
        return ""
    if record[1] & 1:
        return record[2 : 2 + 2 * record[0]].decode("utf-16-le", "replace")
    return record[2 : 2 + record[0]].decode("latin-1")


def _take(facts: SheetFacts, kind: int, record: bytes) -> None:
    if kind == _ROW and len(record) >= 14 and record[12] & 0x20:
        facts.hidden_rows.append(int.from_bytes(record[:2], "little") + 1)
    elif kind == _COLUMN and len(record) >= 10 and record[8] & 1:
        first, last = struct.unpack_from("<HH", record)
        facts.hidden_columns += range(first, min(last, 254) + 1)
    elif (kind == _BOOL_ERROR and record[7:8] == b"\x01") or (
        kind == _FORMULA and record[6:7] == b"\x02" and record[12:14] == b"\xff\xff"
    ):
        facts.errors += 1


def _by_xlrd(name: str, data: bytes) -> list[Page]:
    """Every sheet of a workbook older than BIFF8."""
    import xlrd

    try:
        with _nowhere() as log:
            book = xlrd.open_workbook(
                file_contents=data, logfile=log, encoding_override=_page_of(data)
            )
            notes = ["epoch_1904"] if book.datemode else []
            return [_sheet(sheet, book.datemode, notes) for sheet in book.sheets()]
    except MemoryError:
        raise
    except Exception as error:
        locked = "ncrypt" in str(error)
        raise InputError("file_protected" if locked else "file_damaged", file=name) from None


def _nowhere() -> io.StringIO:
    return io.StringIO()


def _page_of(data: bytes) -> str | None:
    """GB18030 where the workbook names code page 936, of which it is the whole."""
    return "gb18030" if struct.pack("<HHH", _CODE_PAGE, 2, 936) in data else None


def _sheet(sheet: Any, epoch: int, notes: list[str]) -> Page:
    page = Page(sheet.name, hidden=bool(sheet.visibility), notes=list(notes))
    rows: list[list[str]] = []
    for number in range(sheet.nrows):
        cells = sheet.row(number)
        rows.append([_cell(page, cell, number + 1, i, epoch) for i, cell in enumerate(cells)])
    return page.pack(rows)


def _cell(page: Page, cell: Any, row: int, column: int, epoch: int) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        page.errors += 1
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return text_of(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, epoch)
    if cell.ctype == xlrd.XL_CELL_NUMBER and abs(cell.value) >= LONGEST_EXACT:
        page.rounded.setdefault(column, []).append(row)
    return text_of(cell.value)


def _date(serial: float, epoch: int) -> str:
    """A date as the day it counts to; what is no date stays a number."""
    start = dt.datetime(1904, 1, 1) if epoch else dt.datetime(1899, 12, 30)
    if not 0 < serial < 2_958_466:
        return text_of(serial)
    return text_of(start + dt.timedelta(days=serial))
