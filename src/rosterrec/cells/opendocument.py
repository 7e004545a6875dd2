"""What the XML of an .ods workbook says of hidden rows and columns, and of merged cells."""

from __future__ import annotations

import re
from html import unescape

from rosterrec.cells.scan import SheetFacts
from rosterrec.errors import InputError

_TABLE = re.compile(rb'<table:table [^>]*?table:name="([^"]*)".*?</table:table>', re.DOTALL)
#: A row, a column, or a cell (``cell`` of its own, or ``covered`` by one that is merged).
_PIECE = re.compile(rb"<table:(?:table-)?(row|column|cell|covered)(?:-table-cell)?\b([^>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,8})"')
_HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
_DOWN = re.compile(rb'table:number-rows-spanned="(\d{1,8})"')
_ACROSS = re.compile(rb'table:number-columns-spanned="(\d{1,8})"')
#: Rows and columns so many at once are what is beyond the list, to the edge of the sheet.
_FAR = 100_000

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


def sheet_facts(content: bytes) -> dict[str, SheetFacts]:
    """Of each sheet by its name, what is hidden or filtered away, and what is merged."""
    if b"table:visibility=" not in content and b"rows-spanned=" not in content:
        return {}
    return {
        unescape(table.group(1).decode("utf-8", "replace")): _facts(table.group())
        for table in _TABLE.finditer(content)
    }


def _facts(table: bytes) -> SheetFacts:
    facts = SheetFacts()
    column = place = 0
    row, times = 0, 1  # the row that is looked at, and how often it stands there
    for kind, attributes in _PIECE.findall(table):
        count = _number(_REPEATED, attributes)
        hidden = _HIDDEN.search(attributes) is not None and count < _FAR
        if kind == b"column":
            facts.hidden_columns += range(column, column + count) if hidden else ()
            column += count
        elif kind == b"row":
            row, times, place = row + times, count, 0
            facts.hidden_rows += range(row, row + count) if hidden else ()
        else:
            down, across = _number(_DOWN, attributes), _number(_ACROSS, attributes)
            if 1 < down < _FAR:
                facts.merged.append((row, place, row + down - 1, place + across - 1))
            place += count
    return facts


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1
