"""A workbook put together: what xlsxwriter laid out, with the rows of the tables set in.

xlsxwriter writes each table with sample rows in place of its rows: one cell per column and look.
The numbers of the formats are read from them, and the rows put in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.utility import xl_rowcol_to_cell

from rosterrec.report.cells import Style, most_bytes, rows
from rosterrec.report.measures import HEADER_ROW, Table

#: Higher levels cost more than they save: level 6 a sixth of the size for six tenths more time.
_LEVEL = 2
#: The earliest day an archive can name; a clock would make two runs differ.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o600 << 16
#: Sizes from here need the archive format's wide fields.
_WIDE = (1 << 31) - 1
_SAMPLE = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"/>')
_SAMPLES = re.compile(rb'<row r="%d".*(?=</sheetData>)' % (HEADER_ROW + 2), re.DOTALL)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


def assemble(layout: BytesIO, tables: Mapping[str, Table], path: Path) -> None:
    """Write the workbook.

    Args:
        layout: the workbook without the tables' rows.
        tables: by the name of the archive's part that each belongs to.
        path: file to write.
    """
    with ZipFile(layout) as laid_out, ZipFile(path, "w", ZIP_DEFLATED) as book:
        for name in laid_out.namelist():
            content = laid_out.read(name)
            if name in tables:
                _write(book, name, _with_rows(content, tables[name]), most_bytes(tables[name]))
            else:
                _write(book, name, iter([content]), len(content))


def _write(book: ZipFile, name: str, pieces: Iterator[bytes], most: int) -> None:
    part = ZipInfo(name, _NO_TIME)
    part.compress_type = ZIP_DEFLATED
    part.create_system, part.external_attr = _UNIX, _READABLE
    part._compresslevel = _LEVEL  # type: ignore[attr-defined]
    with book.open(part, "w", force_zip64=most > _WIDE) as out:
        for piece in pieces:
            out.write(piece)


def _with_rows(content: bytes, table: Table) -> Iterator[bytes]:
    """A sheet's XML with the rows in place of the samples."""
    found = _SAMPLES.search(content)
    if found is None:
        raise AssertionError("a table was laid out without sample rows")
    last = xl_rowcol_to_cell(HEADER_ROW + len(table.frame), len(table.columns) - 1)
    dimension = b'<dimension ref="A1:%s"/>' % last.encode()
    yield _DIMENSION.sub(dimension, content[: found.start()], count=1)
    yield from _ahead(rows(table, _styles(found.group(), len(table.columns))))
    yield content[found.end() :]


def _styles(samples: bytes, columns: int) -> list[Style]:
    """The formats of each column; sample rows are plain and quoted, each outside and in a band."""
    numbers = [int(number) for number in _SAMPLE.findall(samples)]
    looks = [numbers[i : i + columns] for i in range(0, len(numbers), columns)]
    plain, plain_band, quoted, quoted_band = looks
    return [
        Style((p, pb), (q, qb))
        for p, pb, q, qb in zip(plain, plain_band, quoted, quoted_band, strict=True)
    ]


def _ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the next made while the last is compressed: neither holds up the other."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = maker.submit(next, pieces, None)
            yield piece
