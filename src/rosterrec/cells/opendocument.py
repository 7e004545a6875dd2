"""What the XML of an .ods workbook says of hidden rows and columns."""

from __future__ import annotations

import re

from rosterrec.cells.page import Page
from rosterrec.errors import InputError

_TABLE = re.compile(rb'<table:table [^>]*?table:name="([^"]*)".*?</table:table>', re.DOTALL)
_LINE = re.compile(rb"<table:table-(row|column)\b([^>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,8})"')


#: So often no row or cell that holds something is repeated.
_MOST_REPEATED = 20_000
_REPEATED_ROW = re.compile(
    rb'<table:table-row\b[^>]*?rows-repeated="(\d{5,})"[^>]*>(?:(?!</table:table-row>).)*?<text:p',
    re.DOTALL,
)
_REPEATED_CELL = re.compile(
    rb'<table:table-cell\b[^>]*?columns-repeated="(\d{5,})"[^>]*>\s*<text:p'
)


def refuse_repeated(name: str, content: bytes) -> None:
    """Refuse content that is repeated more often than a list has rows: a reader writes it all out.

    Raises:
        InputError: ``file_bomb``.
    """
    for pattern in (_REPEATED_ROW, _REPEATED_CELL):
        if any(int(count) > _MOST_REPEATED for count in pattern.findall(content)):
            raise InputError("file_bomb", file=name, limit=600)


def note_hidden(pages: list[Page], content: bytes) -> None:
    """Note on each page which rows and columns are hidden or filtered away."""
    if b"table:visibility=" not in content:
        return
    by_name = {page.sheet: page for page in pages}
    for table in _TABLE.finditer(content):
        page = by_name.get(_unescaped(table.group(1)))
        if page is not None:
            _note(page, table.group())


def _unescaped(name: bytes) -> str:
    from html import unescape

    return unescape(name.decode("utf-8", "replace"))


def _note(page: Page, table: bytes) -> None:
    at = {b"row": 1, b"column": 0}
    for kind, attributes in _LINE.findall(table):
        found = _REPEATED.search(attributes)
        count = int(found.group(1)) if found else 1
        if re.search(rb'table:visibility="(?:collapse|filter)"', attributes) and count < 100_000:
            hidden = page.hidden_rows if kind == b"row" else page.hidden_columns
            hidden += range(at[kind], at[kind] + count)
        at[kind] += count
