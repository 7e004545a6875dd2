"""Comma, tab, semicolon or bar separated text."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from rosterrec.cells.doubt import cells_in_doubt
from rosterrec.cells.eastern import BIG5, GB
from rosterrec.cells.encodings import encoding_of, is_utf8, pieces_in_utf8, to_utf8
from rosterrec.errors import InputError
from rosterrec.read.broken import rejoined
from rosterrec.read.table import Table, blank_to_null, numbered, of_rows

_DELIMITERS = ",\t;|"
_BOM = b"\xef\xbb\xbf"
#: A line longer than this is none of a list.
_LONGEST_LINE = 4 * 1024 * 1024
#: Nor does any list have more columns than this; a hundred thousand take gigabytes.
_WIDEST = 2_000


def read_delimited(name: str, data: bytes, encoding: str | None = None) -> tuple[Table, str, str]:
    """The text as one Table, its encoding and its delimiter; every cell verbatim.

    A quotation mark that nobody closes would make one cell of all that follows it; the line it
    stands in is then read without its marks, and so are all lines where that does not help.

    Raises:
        InputError: what ``decode`` refuses, and ``line_endless`` for lines longer than any list's.
    """
    whole = rejoined(data) if len(data) < _CLOSELY else data
    table, used, delimiter = _read(name, whole, encoding)
    if whole != data:
        table = replace(table, notes=(*table.notes, "broken_rows"))
    if encoding is None and len(data) < _CLOSELY:
        words = cells_in_doubt(data.decode(used, "replace"), used)
        table = replace(table, doubtful=_rows_with(table.cells, words))
    return table, used, delimiter


#: A text smaller than this is looked at cell by cell.
_CLOSELY = 4 * 1024 * 1024


def _read(name: str, data: bytes, encoding: str | None) -> tuple[Table, str, str]:
    plain = _plainly(name, data) if encoding is None else None
    if plain is not None:
        return plain
    used = encoding or encoding_of(name, data)
    pieces = _in_pieces(name, data, used) if encoding is None else None
    if pieces is not None:
        return pieces
    text, used = to_utf8(name, data, encoding)
    table, delimiter = _table(name, text)
    return table, used, delimiter


def _table(name: str, text: bytes) -> tuple[Table, str]:
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    _refuse_endless(name, text)
    delimiter, usual = _delimiter(name, text)
    cells = _cells(name, text, delimiter)
    if b'"' not in text:
        return Table("", cells), delimiter
    if _swallows_lines(cells, delimiter, usual):
        cells = _cells(name, _mended(text.decode(), delimiter, usual).encode(), delimiter)
    if _swallows_lines(cells, delimiter, usual):
        cells = _cells(name, text.replace(b'"', b""), delimiter)
    return Table("", _unwrapped(cells)), delimiter


def _rows_with(cells: pl.DataFrame, words: frozenset[str]) -> tuple[int, ...]:
    columns = [c for c in cells.columns if c != "row"]
    if not words or not columns:
        return ()
    every = [form for word in words for form in (word, word.strip(), word.strip(' "'))]
    found = pl.any_horizontal(pl.col(c).is_in(every) for c in columns)
    return tuple(cells.filter(found)["row"])


def _plainly(name: str, data: bytes) -> tuple[Table, str, str] | None:
    """UTF-8 with usual line ends and no quotation marks, as it is; None for anything else.

    The reader itself refuses what is not UTF-8, so that no second look at all the bytes is needed.
    """
    body = data.removeprefix(codecs.BOM_UTF8)
    if codecs.BOM_UTF8 in body:
        return None
    head = body[:_HEAD]
    whole = head[: head.rfind(b"\n") + 1] or head
    if not is_utf8(whole) or not whole.decode().strip() or b'"' in data or b"\x00" in data:
        return None
    if _ends_lines_oddly(data):
        return None
    _refuse_endless(name, data)
    delimiter, _ = _delimiter(name, whole)
    cells = _by_polars(body, delimiter, _width(name, body, delimiter))
    if cells is None:
        return None
    return Table("", cells), "utf-8-sig" if len(body) < len(data) else "utf-8", delimiter


_HEAD = 64 * 1024


def _in_pieces(name: str, data: bytes, used: str) -> tuple[Table, str, str] | None:
    """A large text of GB18030 or Big5 without quotation marks; None for anything else.

    It is never held whole in UTF-8, which its cells need room enough beside. While one piece is
    decoded, the one before it is read.
    """
    if used not in {GB, BIG5} or len(data) < _LARGE or b'"' in data or _ends_lines_oddly(data):
        return None
    delimiter, width, rows = "", 0, 0
    reading: list[tuple[Future[pl.DataFrame | None], int]] = []
    try:
        with ThreadPoolExecutor(1) as pool:
            for lines in _whole_lines(name, data, used):
                if not delimiter:
                    if not lines.strip():
                        return None
                    delimiter, _ = _delimiter(name, lines)
                    width = _width(name, lines, delimiter)
                count = lines.count(b"\n") + (not lines.endswith(b"\n"))
                reading.append((pool.submit(_piece, lines, delimiter, width, rows), count))
                rows += count
                if len(reading) > 1 and not _is_whole(*reading[-2]):
                    return None
    except UnicodeError:
        return None
    if not reading or not _is_whole(*reading[-1]):
        return None
    cells = [part for future, _ in reading if (part := future.result()) is not None]
    reading.clear()
    return Table("", pl.concat(cells)), used, delimiter


def _whole_lines(name: str, data: bytes, used: str) -> Iterator[bytes]:
    rest = b""
    for piece in pieces_in_utf8(name, data, used):
        lines, end, rest = (rest + piece).rpartition(b"\n")
        _refuse_endless(name, lines + end + rest)
        if end:
            yield lines + end
    if rest:
        yield rest


def _piece(lines: bytes, delimiter: str, width: int, before: int) -> pl.DataFrame | None:
    cells = _by_polars(lines, delimiter, width, before)
    # All columns alike, or each later step copies them.
    return None if cells is None else cells.rechunk()


def _is_whole(reading: Future[pl.DataFrame | None], count: int) -> bool:
    cells = reading.result()
    return cells is not None and cells.height == count


_LARGE = 8 * 1024 * 1024


def _ends_lines_oddly(data: bytes) -> bool:
    """Whether a carriage return stands alone."""
    return b"\r" in data and data.count(b"\r") != data.count(b"\r\n")


def _refuse_endless(name: str, data: bytes) -> None:
    """Refuse lines of megabytes: the reader makes room for many times their length."""
    at = 0
    while len(data) - at > _LONGEST_LINE:
        end = data.rfind(b"\n", at, at + _LONGEST_LINE)
        if end < 0:
            raise InputError("line_endless", file=name, line=data.count(b"\n", 0, at) + 1)
        at = end + 1


def _cells(name: str, data: bytes, delimiter: str) -> pl.DataFrame:
    cells = _by_polars(data, delimiter, _width(name, data, delimiter))
    return _by_csv(name, data.decode(), delimiter) if cells is None else cells


def _delimiter(name: str, text: bytes) -> tuple[str, int]:
    """The delimiter that divides the first lines into most cells, and how often a line has it.

    Raises:
        InputError: ``file_empty`` for nothing but white space.
    """
    head = text[:_HEAD].decode("utf-8", "replace")
    lines = [line for line in head.split("\n", 60)[:50] if line.strip()]
    if not lines:
        rest = text.decode("utf-8", "replace").strip()
        if not rest:
            raise InputError("file_empty", file=name)
        return _delimiter(name, rest.encode())
    counts = {d: sorted(line.count(d) for line in lines) for d in _DELIMITERS}
    middle = len(lines) // 2
    best = max(_DELIMITERS, key=lambda d: (counts[d][middle], counts[d][-1:] or [0]))
    return best, counts[best][middle]


def _swallows_lines(cells: pl.DataFrame, delimiter: str, usual: int) -> bool:
    """Whether a cell holds what are rows of the list."""
    if not usual:
        return False
    for column in cells.drop("row").get_columns():
        for cell in column.filter(column.str.contains("\n", literal=True)):
            if any(line.count(delimiter) >= usual for line in cell.split("\n")[1:]):
                return True
    return False


def _mended(text: str, delimiter: str, usual: int) -> str:
    """The text without the marks of lines that are whole rows and open one they never close."""
    return "\n".join(
        line.replace('"', "") if line.count('"') % 2 and line.count(delimiter) == usual else line
        for line in text.split("\n")
    )


def _width(name: str, data: bytes, delimiter: str) -> int:
    """How many cells the widest of the first lines has.

    Raises:
        InputError: ``line_endless``.
    """
    head = data[:_HEAD].split(b"\n", 60)[:50]
    counts = [line.count(delimiter.encode()) for line in head]
    widest = max(counts, default=0) + 1
    if widest > _WIDEST:
        raise InputError("line_endless", file=name, line=counts.index(widest - 1) + 1)
    return widest


def _by_polars(data: bytes, delimiter: str, width: int, before: int = 0) -> pl.DataFrame | None:
    """The fast way; None for longer rows than the first, or what is not UTF-8.

    Args:
        data: text in UTF-8.
        delimiter: what divides its cells.
        width: how many they are.
        before: how many rows stand before these.
    """
    try:
        cells = pl.read_csv(
            data,
            has_header=False,
            separator=delimiter,
            infer_schema=False,
            schema={f"c{i}": pl.String() for i in range(width)},
            missing_columns="insert",
        )
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException:  # a panic of the reader is no Exception
        return None
    clean = blank_to_null(cells) if any(space in data for space in _SPACES) else cells
    return numbered(clean, before)


#: Bytes that white space in UTF-8 holds or begins with, none of which a Han character does: where a
#: file has none of them, a dozen million cells need not be looked at.
_SPACES = (b" ", b"\t", b"\r", b"\x0b", b"\x0c", b'"', b"\xc2", b"\xe1", b"\xe2", b"\xe3")


def _by_csv(name: str, text: str, delimiter: str) -> pl.DataFrame:
    """The patient way, row by row: ragged rows keep all their cells.

    Raises:
        InputError: ``line_endless``.
    """
    csv.field_size_limit(_LONGEST_LINE)
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        if len(row) > _WIDEST:
            raise InputError("line_endless", file=name, line=len(rows) + 1)
        rows.append(row)
    return of_rows(rows)


def _unwrapped(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells without the ="..." that some exporters put around numbers to save them."""
    text = pl.col(pl.String)
    return cells.with_columns(text.str.replace(r'^="(.*)"$', "${1}"))
