"""A binary workbook (.xlsb) put together record by record."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from .build import PACKAGED, RELATIONS, zipped

_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET = 131, 132, 143, 144, 156
_BEGIN_PAGE, _END_PAGE, _BEGIN_CELLS, _END_CELLS, _SIZE = 129, 130, 145, 146, 148
_ROW, _ERROR, _NUMBER, _TEXT, _SHORT_TEXT, _RICH_TEXT = 0, 3, 5, 6, 17, 62
_COLUMNS, _END_COLUMNS, _COLUMN, _MERGES, _END_MERGES, _MERGED = 390, 391, 60, 177, 178, 176
_PROPERTIES, _OPAQUE = 153, 3072


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = b"", len(body)
    while rest > 127:
        size, rest = size + bytes([rest & 0x7F | 0x80]), rest >> 7
    return head + size + bytes([rest]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: str | float, text: int) -> bytes:
    place = struct.pack("<II", column, 0)
    if value == "#N/A":
        return _record(_ERROR, place + b"\x2a")
    if not isinstance(value, str):
        return _record(_NUMBER, place + struct.pack("<d", value))
    if text == _SHORT_TEXT and column:
        return _record(_SHORT_TEXT, place[4:] + _wide(value))
    if text == _RICH_TEXT:
        return _record(_RICH_TEXT, place + b"\x00" + _wide(value))
    return _record(_TEXT, place + _wide(value))


def _row(number: int, values: Sequence[str | float], odd: Odd) -> bytes:
    flags = bytes([0, 0x10 if number in odd.hidden_rows else 0, 0])
    head = struct.pack("<IIH", number - 1, 0, 300) + flags + bytes(4)
    first = odd.shift if number > 1 else 0
    cells = (_cell(i, value, odd.text) for i, value in enumerate(values, first) if value != "")
    return _record(_ROW, head) + b"".join(cells)


@dataclass(frozen=True)
class Odd:
    """What a workbook may have besides its cells; rows from 1, columns from 0.

    ``merged`` as first row, first column, last row, last column; ``text`` the kind of record that
    text cells are; ``padding`` a record of so many bytes before the
    rows, ``shift`` by how many columns the cells below the first row stand too far right.
    """

    hidden: int = 0
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    epoch_1904: bool = False
    text: int = _TEXT
    padding: int = 0
    shift: int = 0


SHORT_TEXT, RICH_TEXT = _SHORT_TEXT, _RICH_TEXT


def binary_workbook(rows: Sequence[Sequence[str | float]], odd: Odd | None = None) -> bytes:
    """A small .xlsb with one sheet."""
    odd = odd or Odd()
    width = max(map(len, rows))
    hidden = b"".join(
        _record(_COLUMN, struct.pack("<4IH", i, i, 2000, 0, 1)) for i in odd.hidden_columns
    )
    merged = b"".join(
        _record(_MERGED, struct.pack("<4I", top - 1, bottom - 1, left, right))
        for top, left, bottom, right in odd.merged
    )
    page = (
        _record(_BEGIN_PAGE) + _record(_SIZE, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))
        + (_record(_OPAQUE, bytes(odd.padding)) if odd.padding else b"")
        + _record(_COLUMNS) + hidden + _record(_END_COLUMNS) + _record(_BEGIN_CELLS)
        + b"".join(_row(n, row, odd) for n, row in enumerate(rows, 1)) + _record(_END_CELLS)
        + _record(_MERGES, struct.pack("<I", len(odd.merged))) + merged + _record(_END_MERGES)
        + _record(_END_PAGE)
    )  # fmt: skip
    sheet = struct.pack("<II", odd.hidden, 1) + _wide("rId1") + _wide("甲")
    book = (
        _record(_BEGIN_BOOK) + _record(_PROPERTIES, struct.pack("<3I", odd.epoch_1904, 0, 0))
        + _record(_BEGIN_SHEETS) + _record(_SHEET, sheet)
        + _record(_END_SHEETS) + _record(_END_BOOK)
    )  # fmt: skip
    relation = (
        f'<Relationships xmlns="{PACKAGED}"><Relationship Id="rId1" Type="{RELATIONS}/%s" '
        f'Target="%s"/></Relationships>'
    )
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped({
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": (relation % ("officeDocument", "xl/workbook.bin")).encode(),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": (relation % ("worksheet", "worksheets/sheet1.bin")).encode(),
        "xl/worksheets/sheet1.bin": page,
    })  # fmt: skip
