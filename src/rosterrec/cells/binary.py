"""The records of a binary workbook (.xlsb): what a reader of values does not tell of them.

A record is its kind and its size, each a number in groups of seven bits, and a body of that size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from rosterrec.cells.scan import SheetFacts

_ROW, _ERROR, _FORMULA_ERROR, _COLUMN, _MERGED = 0, 3, 11, 60, 176
_BOOK_PROPERTIES, _SHEET = 153, 156
#: Cells that do not say in which column they stand: in the next one. Some web exporters write them,
#: Excel reads them, and the reader of values passes over them.
_SHORT = range(12, 19)
_SHORTENED_BY = 11
#: Text with parts in other fonts beside the cell, which the reader passes over as well: after the
#: column and the style a byte more than plain text has.
_RICH, _TEXT = 62, 6
_CELLS = range(1, 12)
_TOLD = frozenset([_ERROR, _FORMULA_ERROR, _COLUMN, _MERGED, _RICH, *_SHORT])
_HIDDEN_ROW = 0x10
_LONGEST_HEAD, _LONGEST_BODY = 6, 1 << 20
_LAST_COLUMN = 16_383
_PLACE = struct.Struct("<I")


class BinaryScan:
    """Takes a worksheet's records in pieces, cut anywhere."""

    def __init__(self) -> None:
        self._facts = SheetFacts()
        self._rest = b""
        self._skip = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next piece."""
        if self._skip >= len(chunk):
            self._skip -= len(chunk)
            return
        data = self._rest + chunk[self._skip :]
        self._rest, self._skip = b"", 0
        at = self._walk(data)
        if len(data) - at < _LONGEST_BODY:
            self._rest = data[at:]
        else:  # no record that tells anything is so long
            _, size, body = _head(data, at)
            self._skip = body + size - len(data)

    def end(self) -> SheetFacts:
        """What was found in all."""
        self._walk(self._rest + bytes(_LONGEST_HEAD))
        return self._facts

    def _walk(self, data: bytes) -> int:
        """Look at all whole records; where the first that is not whole begins."""
        at, last, end = 0, len(data) - _LONGEST_HEAD, len(data)
        hidden = self._facts.hidden_rows
        while at <= last:
            kind, size, body = data[at], data[at + 1], at + 2
            if kind > 127 or size > 127:
                kind, size, body = _head(data, at)
            after = body + size
            if after > end:
                break
            if kind == _ROW:
                if size > 11 and data[body + 11] & _HIDDEN_ROW:
                    hidden.append(_PLACE.unpack_from(data, body)[0] + 1)
            elif kind in _TOLD:
                self._take(kind, data[body:after])
            at = after
        return min(at, end)

    def _take(self, kind: int, body: bytes) -> None:
        if kind in {_ERROR, _FORMULA_ERROR}:
            self._facts.errors += 1
        elif kind in _SHORT or kind == _RICH:
            self._facts.odd_cells = True
        elif kind == _COLUMN and len(body) > 16 and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            if last < _LAST_COLUMN:  # hidden to the edge of the sheet: what is beyond the list
                self._facts.hidden_columns += range(first, min(last, first + 500) + 1)
        elif kind == _MERGED and len(body) == 16:
            top, bottom, left, right = struct.unpack("<4I", body)
            self._facts.merged.append((top + 1, left, bottom + 1, right))


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind and size of the record, and where its body begins."""
    kind = data[at]
    at += 1
    if kind > 127:
        kind = kind & 0x7F | (data[at] & 0x7F) << 7
        at += 1
    size = shift = 0
    while shift < 28:
        byte = data[at]
        size |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            break
    return kind, size, at


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, beginning and end of every whole record's body."""
    padded, at = data + bytes(_LONGEST_HEAD), 0
    while at < len(data):
        kind, size, body = _head(padded, at)
        if body + size > len(data):
            return
        yield kind, body, body + size
        at = body + size


def sheets_of(book: bytes) -> tuple[dict[str, str], bool]:
    """Each sheet's relation by the sheet's name, and whether days count from 1904."""
    found: dict[str, str] = {}
    epoch = False
    for kind, start, end in _records(book):
        if kind == _BOOK_PROPERTIES:
            epoch = bool(book[start:end][:1] and book[start] & 1)
        elif kind == _SHEET:
            relation, at = _wide(book, start + 8, end)
            name, _ = _wide(book, at, end)
            found[name] = relation
    return found, epoch


def _wide(data: bytes, at: int, end: int) -> tuple[str, int]:
    """A counted text, and what comes after it."""
    if at + 4 > end:
        return "", end
    after = at + 4 + 2 * _PLACE.unpack_from(data, at)[0]
    return data[at + 4 : min(after, end)].decode("utf-16-le", "replace"), after


def with_plain_cells(data: bytes) -> bytes:
    """A worksheet in which every cell says in which column it stands, and text is plain."""
    made = bytearray()
    column = done = 0
    for kind, start, end in _records(data):
        cell = data[start:end]
        if kind == _ROW:
            column = -1
        elif kind in _CELLS and len(cell) >= 4:
            column = _PLACE.unpack_from(cell)[0]
        elif kind in _SHORT:
            column += 1
            made += _record(kind - _SHORTENED_BY, _PLACE.pack(column) + cell)
            done = end
        elif kind == _RICH and len(cell) >= 8:
            column = _PLACE.unpack_from(cell)[0]
            made += _record(_TEXT, cell[:8] + cell[9:])
            done = end
        made += data[done:end]
        done = end
    return bytes(made + data[done:])


def _record(kind: int, body: bytes) -> bytes:
    size, count = bytearray([kind]), len(body)
    while count > 127:
        size.append(count & 0x7F | 0x80)
        count >>= 7
    return bytes([*size, count]) + body
