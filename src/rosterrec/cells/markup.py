"""Workbooks that are really web pages: the .xls of many web exports."""

from __future__ import annotations

import re
from typing import Any

from rosterrec.cells.encodings import decode
from rosterrec.cells.page import WIDEST, Page
from rosterrec.errors import InputError

#: Cells of one table: beyond is no list.
MOST_CELLS = 4_000_000
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)


def read_markup(name: str, data: bytes, encoding: str | None = None) -> tuple[list[Page], str]:
    """Every table of a page with its sheet name, and the encoding.

    Cells that span rows are repeated downward, as merged cells of a workbook are.

    Raises:
        InputError: ``file_damaged`` where the page holds no table, ``file_bomb``.
    """
    import lxml.etree
    import lxml.html

    text, used = decode(name, data, encoding)
    names = re.findall(r"<x:Name>\s*([^<]*?)\s*</x:Name>", text)
    try:
        # The page's own charset would be wrong for text that is decoded already.
        page = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.LxmlError, ValueError):
        raise InputError("file_damaged", file=name) from None
    tables = _tables(page)
    if not tables:
        raise InputError("file_damaged", file=name)
    sheets = [names[i] if i < len(names) else "" for i in range(len(tables))]
    return [_page(name, s, t) for s, t in zip(sheets, tables, strict=True)], used


def _tables(page: Any) -> list[Any]:
    """The tables of lists: the outermost, or those inside where these only arrange the page."""
    found: list[Any] = []
    for table in page.iter("table"):
        if next(table.iterancestors("table"), None) is not None:
            continue
        inner = [t for t in table.iterdescendants("table") if t.find(".//table") is None]
        own = sum(1 for _ in _rows(table))
        arranged = inner and max(sum(1 for _ in _rows(t)) for t in inner) >= own
        found += inner if arranged else [table]
    return found


def _rows(table: Any) -> Any:
    """The rows of a table itself, not of tables inside it."""
    return (tr for tr in table.iter("tr") if next(tr.iterancestors("table"), None) is table)


def _page(name: str, sheet: str, table: Any) -> Page:
    """The rows of a table with spanned cells in their places."""
    page = Page(sheet)
    waiting: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    cells = 0
    for number, tr in enumerate(_rows(table), 1):
        row: list[str] = []
        for cell in tr.iter("td", "th"):
            take_waiting(row, waiting)
            text = " ".join(cell.text_content().split())
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if down > 1:
                waiting[len(row)] = (down - 1, text)
                page.merged.append((number, len(row), number + down - 1, len(row) + across - 1))
            row += [text, *[""] * (across - 1)]
        take_waiting(row, waiting)
        if _HIDDEN.search(tr.get("style") or ""):
            page.hidden_rows.append(number)
        page.rows.append(row)
        page.width = max(page.width, len(row))
        cells += len(row)
        if page.width > WIDEST or page.width * number > MOST_CELLS or cells > MOST_CELLS:
            raise InputError("file_bomb", file=name, limit=600)
    return page.pack()


def take_waiting(row: list[str], waiting: dict[int, tuple[int, str]]) -> None:
    """Put the texts that span down into this row where it has come to them."""
    while len(row) in waiting:
        left, text = waiting.pop(len(row))
        if left > 1:
            waiting[len(row)] = (left - 1, text)
        row.append(text)


def _span(cell: Any, attribute: str) -> int:
    value = str(cell.get(attribute, "1")).strip()
    return min(max(int(value), 1), 10_000) if value.isdecimal() and len(value) < 8 else 1
