"""A workbook put together: what xlsxwriter laid out, with the rows of the tables set in.

xlsxwriter writes each table with sample rows in place of its rows: one cell per column and look.
The numbers of the formats are read from them, and the rows put in their place.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from isal import isal_zlib
from xlsxwriter.utility import xl_rowcol_to_cell

from rosterrec.report.cells import Style, most_bytes, rows
from rosterrec.report.measures import HEADER_ROW, Table

#: ISA-L's level whose files are a tenth larger than zlib's at level 2, for a quarter of the work.
_LEVEL = 1
#: Chunks of rows made while one is compressed.
_MAKERS = max(1, min(2, (os.cpu_count() or 1)))
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
    with book.open(part, "w", force_zip64=most > _WIDE) as out:
        # zipfile knows no other compressor, and treats this one as it does zlib's.
        faster = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -15)
        out._compressor = faster  # type: ignore[attr-defined]
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


def _ahead(makers: Iterator[Callable[[], bytes]]) -> Iterator[bytes]:
    """What they make, in their order, the next made while the last is compressed."""
    coming: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(_MAKERS) as pool:
        for maker in makers:
            coming.append(pool.submit(maker))
            if len(coming) > _MAKERS:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
