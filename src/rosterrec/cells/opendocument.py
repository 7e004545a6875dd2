"""What the XML of an .ods workbook says of hidden rows and columns, and of merged cells."""

from __future__ import annotations

import re
from html import unescape

from rosterrec.cells.scan import LONGEST_ROW, SheetFacts
from rosterrec.errors import InputError

_ROW_END = b"</table:table-row>"
_TAG = re.compile(rb"<table:(table|table-row|table-column)(?=[\s/>])([^>]*)>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_NAME = re.compile(rb'table:name="([^"]*)"')
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,15})"')
_HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
_DOWN = re.compile(rb'table:number-rows-spanned="(\d{1,8})"')
_ACROSS = re.compile(rb'table:number-columns-spanned="(\d{1,8})"')
#: Rows and columns so many at once are what is beyond the list, to the edge of the sheet.
_FAR = 100_000
#: So often no row or cell that holds something is repeated: a reader writes it all out.
_MOST_REPEATED = 20_000
_REPEATED_CELL = re.compile(rb'columns-repeated="(\d{5,})"[^>]*>\s*<text:p')
_BETWEEN = re.compile(rb">\s+(?=</?table:)")


class ContentScan:
    """Takes the XML of all sheets in pieces, and looks at whole rows of it."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rest = b""
        self._sheets: dict[str, SheetFacts] = {}
        self._facts = SheetFacts()
        self._column = 0
        self._open = 0  # tables whose end has not come: at one that never ends the reader hangs
        self._row, self._times = 0, 1  # the row that is looked at, and how often it stands there

    def feed(self, chunk: bytes) -> None:
        """Take the next piece.

        Raises:
            InputError: ``file_bomb`` for content that is repeated more often than a list has rows,
                ``file_damaged``.
        """
        whole, end, rest = (self._rest + chunk).rpartition(_ROW_END)
        if not end and len(rest) > LONGEST_ROW:
            raise InputError("file_damaged", file=self._file)
        self._rest = rest
        self._look(whole + end)

    def end(self) -> dict[str, SheetFacts]:
        """Of each sheet by its name, what is hidden or filtered away, and what is merged.

        Raises:
            InputError: ``file_bomb``, or ``file_damaged`` for a sheet that never ends.
        """
        self._look(self._rest)
        if self._open > 0:
            raise InputError("file_damaged", file=self._file)
        return self._sheets

    def _look(self, xml: bytes) -> None:
        if any(int(count) > _MOST_REPEATED for count in _REPEATED_CELL.findall(xml)):
            raise InputError("file_bomb", file=self._file, limit=600)
        spanned = b"rows-spanned=" in xml
        self._open -= xml.count(b"</table:table>")
        for tag in _TAG.finditer(xml):
            kind, attributes = tag.groups()
            if kind == b"table":
                self._open += not attributes.endswith(b"/")
                self._begin(attributes)
                continue
            count = _number(_REPEATED, attributes)
            hidden = _HIDDEN.search(attributes) is not None and count < _FAR
            if kind == b"table-column":
                first, self._column = self._column, self._column + count
                self._facts.hidden_columns += range(first, self._column) if hidden else ()
                continue
            self._row, self._times = self._row + self._times, count
            self._facts.hidden_rows += range(self._row, self._row + count) if hidden else ()
            if spanned or count > _MOST_REPEATED:
                self._take_cells(xml[tag.end() : xml.find(_ROW_END, tag.end())])

    def _begin(self, attributes: bytes) -> None:
        name = _NAME.search(attributes)
        shown = unescape(name.group(1).decode("utf-8", "replace")) if name else ""
        self._facts = self._sheets.setdefault(shown, SheetFacts())
        self._column, self._row, self._times = 0, 0, 1

    def _take_cells(self, row: bytes) -> None:
        if self._times > _MOST_REPEATED and b"<text:p" in row:
            raise InputError("file_bomb", file=self._file, limit=600)
        if b"rows-spanned=" not in row:
            return
        place = 0
        for attributes in _CELL.findall(row):
            down, across = _number(_DOWN, attributes), _number(_ACROSS, attributes)
            if 1 < down < _FAR:
                last = self._row + down - 1
                self._facts.merged.append((self._row, place, last, place + across - 1))
            place += _number(_REPEATED, attributes)


def without_gaps(content: bytes) -> bytes:
    """The XML without white space between its rows and cells, which the reader stumbles over."""
    return _BETWEEN.sub(b">", content)


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1
