"""A binary workbook (.xlsb) put together record by record."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from .build import PACKAGED, RELATIONS, zipped

_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET = 131, 132, 143, 144, 156
_BEGIN_PAGE, _END_PAGE, _BEGIN_CELLS, _END_CELLS, _SIZE = 129, 130, 145, 146, 148
_ROW, _NUMBER, _TEXT = 0, 5, 6


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = b"", len(body)
    while rest > 127:
        size, rest = size + bytes([rest & 0x7F | 0x80]), rest >> 7
    return head + size + bytes([rest]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: str | float) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _record(_TEXT, place + _wide(value))
    return _record(_NUMBER, place + struct.pack("<d", value))


def binary_workbook(rows: Sequence[Sequence[str | float]], state: int = 0) -> bytes:
    """A small .xlsb with one sheet; ``state`` 1 hides it."""
    width = max(map(len, rows))
    cells = b"".join(
        _record(_ROW, struct.pack("<IIH", n, 0, 300) + bytes(7))
        + b"".join(_cell(i, value) for i, value in enumerate(row))
        for n, row in enumerate(rows)
    )
    page = (
        _record(_BEGIN_PAGE) + _record(_SIZE, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))
        + _record(_BEGIN_CELLS) + cells + _record(_END_CELLS) + _record(_END_PAGE)
    )  # fmt: skip
    sheet = struct.pack("<II", state, 1) + _wide("rId1") + _wide("甲")
    book = (
        _record(_BEGIN_BOOK) + _record(_BEGIN_SHEETS) + _record(_SHEET, sheet)
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
