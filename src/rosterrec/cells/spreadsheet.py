"""XML Spreadsheet 2003: workbooks of one XML file, mostly named .xls."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from rosterrec.cells.markup import MOST_CELLS, take_waiting
from rosterrec.cells.page import LONGEST_EXACT, WIDEST, Page
from rosterrec.errors import InputError

_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_NUMBER = re.compile(r"[-+]?\d{1,400}(?:\.\d{0,400})?(?:[Ee][-+]?\d{1,3})?")
_ERROR = "Error"
_TALLEST = 1_048_576


def read_spreadsheet(name: str, data: bytes) -> list[Page]:
    """The worksheets of an XML Spreadsheet 2003.

    Raises:
        InputError: ``file_damaged``, ``file_suspect`` for a document type of its own, or
            ``file_bomb``.
    """
    import lxml.etree

    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data.replace(b"\x00", b""), re.IGNORECASE):
        raise InputError("file_suspect", file=name)
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        book = lxml.etree.fromstring(data.lstrip(), parser)
    except (lxml.etree.LxmlError, ValueError):
        raise InputError("file_damaged", file=name) from None
    pages = [_page(name, sheet) for sheet in book.iter(f"{{{_SS}}}Worksheet")]
    if not pages:
        raise InputError("file_damaged", file=name)
    return pages


def _page(name: str, sheet: Any) -> Page:
    """One worksheet; cells say where they stand only after a gap, and how far they are merged."""
    page = Page(sheet.get(f"{{{_SS}}}Name", ""))
    visible = next(iter(sheet.iter("{urn:schemas-microsoft-com:office:excel}Visible")), None)
    page.hidden = visible is not None and "Hidden" in (visible.text or "")
    waiting: dict[int, tuple[int, str]] = {}
    _take_columns(page, sheet)
    for row in sheet.iter(f"{{{_SS}}}Row"):
        gap = _number(row, "Index", len(page.rows) + 1) - 1 - len(page.rows)
        _refuse_far(name, page, gap)
        page.rows += [[] for _ in range(gap)]
        if row.get(f"{{{_SS}}}Hidden") == "1":
            page.hidden_rows.append(len(page.rows) + 1)
        page.rows.append(_line(page, row, waiting))
        page.width = max(page.width, len(page.rows[-1]))
        _refuse_far(name, page, 0)
    return page.pack()


def _take_columns(page: Page, sheet: Any) -> None:
    at = 0
    for column in sheet.iter(f"{{{_SS}}}Column"):
        at = _number(column, "Index", at + 1)
        span = min(_number(column, "Span", 0), 255)
        if column.get(f"{{{_SS}}}Hidden") == "1":
            page.hidden_columns += range(at - 1, at + span)
        at += span


def _line(page: Page, row: Any, waiting: dict[int, tuple[int, str]]) -> list[str]:
    line: list[str] = []
    number = len(page.rows) + 1
    for cell in row.iter(f"{{{_SS}}}Cell"):
        take_waiting(line, waiting)
        line += [""] * min(_number(cell, "Index", len(line) + 1) - 1 - len(line), WIDEST)
        place = len(line)
        data = cell.find(f"{{{_SS}}}Data")
        text = _text(page, data, number, place)
        if data is None and cell.get(f"{{{_SS}}}Formula"):
            page.uncalculated.setdefault(place, []).append(number)
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        if down:
            waiting[place] = (down, text)
            page.merged.append((number, place, number + down, place + across))
        line += [text, *[""] * min(across, WIDEST)]
    take_waiting(line, waiting)
    return line


def _refuse_far(name: str, page: Page, gap: int) -> None:
    rows = len(page.rows) + gap
    if page.width > WIDEST or rows > _TALLEST or max(page.width, 1) * rows > MOST_CELLS:
        raise InputError("file_bomb", file=name, limit=600)


def _number(element: Any, attribute: str, otherwise: int) -> int:
    value = element.get(f"{{{_SS}}}{attribute}", "")
    return min(int(value), _TALLEST) if value.isdecimal() and len(value) < 9 else otherwise


def _text(page: Page, data: Any, row: int, column: int) -> str:
    """The text of a cell; a date without its midnight, a number in full."""
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{{{_SS}}}Type")
    if kind == _ERROR:
        page.errors += 1
        return ""
    if kind == "DateTime":
        return str(text.partition("T00:00:00")[0])
    if kind != "Number" or not _NUMBER.fullmatch(text.strip()):
        return text
    number = Decimal(text.strip())
    if abs(number) >= Decimal(LONGEST_EXACT):
        page.rounded.setdefault(column, []).append(row)
    return f"{number:f}" if "E" in text.upper() else text
