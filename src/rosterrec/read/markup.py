"""Workbooks that are really web pages, or XML Spreadsheet 2003: the .xls of many web exports."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from rosterrec.errors import InputError
from rosterrec.read.sniff import decode
from rosterrec.read.table import LONGEST_EXACT, Table, of_rows

_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[Ee][-+]?\d{1,3})?")
_SPREADSHEET = b'"urn:schemas-microsoft-com:office:spreadsheet"'


def read_markup(name: str, data: bytes) -> tuple[list[Table], str]:
    """Every table of a page with its sheet name, and the encoding.

    Cells that span rows are repeated downward, as merged cells of a workbook are.

    Raises:
        InputError: ``file_damaged`` where the page holds no table.
    """
    import lxml.etree
    import lxml.html

    if _SPREADSHEET in data[:4096]:
        return _spreadsheet(name, data), "utf-8"
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


def _spreadsheet(name: str, data: bytes) -> list[Table]:
    """The worksheets of an XML Spreadsheet 2003."""
    import lxml.etree

    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        book = lxml.etree.fromstring(data.lstrip(), parser)
    except (lxml.etree.LxmlError, ValueError):
        raise InputError("file_damaged", file=name) from None
    sheets = [_worksheet(page) for page in book.iter(f"{{{_SS}}}Worksheet")]
    if not sheets:
        raise InputError("file_damaged", file=name)
    return sheets


def _worksheet(page: Any) -> Table:
    """One worksheet; cells say where they stand only after a gap, and how far they are merged."""
    rows: list[list[str | None]] = []
    rounded: dict[int, list[int]] = {}
    waiting: dict[int, tuple[int, str | None]] = {}
    for row in page.iter(f"{{{_SS}}}Row"):
        rows += [[] for _ in range(len(rows), _number(row, "Index", len(rows) + 1) - 1)]
        line: list[str | None] = []
        for cell in row.iter(f"{{{_SS}}}Cell"):
            _take_waiting(line, waiting)
            line += [None] * (_number(cell, "Index", len(line) + 1) - 1 - len(line))
            data = cell.find(f"{{{_SS}}}Data")
            text = _datum(data)
            if _is_long_number(data):
                rounded.setdefault(len(line), []).append(len(rows) + 1)
            if down := _number(cell, "MergeDown", 0):
                waiting[len(line)] = (down, text)
            line += [text, *[None] * _number(cell, "MergeAcross", 0)]
        _take_waiting(line, waiting)
        rows.append(line)
    return Table(page.get(f"{{{_SS}}}Name", ""), of_rows(rows), rounded)


def _number(element: Any, attribute: str, otherwise: int) -> int:
    value = element.get(f"{{{_SS}}}{attribute}", "")
    return min(int(value), 1_048_576) if value.isdigit() else otherwise


def _datum(data: Any) -> str | None:
    """The text of a cell; a date without its midnight, a number in full."""
    if data is None:
        return None
    text = "".join(data.itertext())
    kind = data.get(f"{{{_SS}}}Type")
    if kind == "DateTime":
        return text.partition("T00:00:00")[0]
    if kind == "Number" and "E" in text.upper() and _NUMBER.fullmatch(text):
        return f"{Decimal(text):f}"
    return text


def _is_long_number(data: Any) -> bool:
    """Whether the cell is a number of more digits than a spreadsheet keeps."""
    if data is None or data.get(f"{{{_SS}}}Type") != "Number":
        return False
    text = (data.text or "").strip()
    return bool(_NUMBER.fullmatch(text)) and abs(Decimal(text)) >= Decimal(LONGEST_EXACT)


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
