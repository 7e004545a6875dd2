"""Workbooks that are really web pages: the .xls of many web exports."""

from __future__ import annotations

import re

from rosterrec.errors import InputError
from rosterrec.read.sniff import decode
from rosterrec.read.table import Table, of_rows


def read_markup(name: str, data: bytes) -> tuple[list[Table], str]:
    """Every table of a page with its sheet name, and the encoding.

    Cells that span rows are repeated downward, as merged cells of a workbook are.

    Raises:
        InputError: ``file_damaged`` where the page holds no table.
    """
    import lxml.etree
    import lxml.html

    text, encoding = decode(name, data)
    names = re.findall(r"<x:Name>\s*([^<]*?)\s*</x:Name>", text)
    try:
        # The page's own charset would be wrong for text that is decoded already.
        page = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.LxmlError, ValueError):
        raise InputError("file_damaged", file=name) from None
    tables = [t for t in page.iter("table") if next(t.iterancestors("table"), None) is None]
    if not tables:
        raise InputError("file_damaged", file=name)
    sheets = [names[i] if i < len(names) else "" for i in range(len(tables))]
    return [Table(s, of_rows(_grid(t))) for s, t in zip(sheets, tables, strict=True)], encoding


def _grid(table: object) -> list[list[str | None]]:
    """The rows of a table with spanned cells in their places."""
    rows: list[list[str | None]] = []
    waiting: dict[int, tuple[int, str | None]] = {}  # column -> rows still to fill, text
    for tr in table.iter("tr"):  # type: ignore[attr-defined]
        row: list[str | None] = []
        for cell in tr.iter("td", "th"):
            _take_waiting(row, waiting)
            text = " ".join(cell.text_content().split()) or None
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if down > 1:
                waiting[len(row)] = (down - 1, text)
            row += [text, *[None] * (across - 1)]
        _take_waiting(row, waiting)
        rows.append(row)
    return rows


def _take_waiting(row: list[str | None], waiting: dict[int, tuple[int, str | None]]) -> None:
    while len(row) in waiting:
        left, text = waiting.pop(len(row))
        if left > 1:
            waiting[len(row)] = (left - 1, text)
        row.append(text)


def _span(cell: object, attribute: str) -> int:
    value = cell.get(attribute, "1")  # type: ignore[attr-defined]
    return min(max(int(value), 1), 10_000) if str(value).isdigit() else 1
