"""The rows of a table as the XML of a worksheet, made column by column.

A library that takes cells one at a time spends its time on the calls. Here each column becomes the
text of its cells at once, and the columns of a chunk of rows are joined into one text. What a cell
says and how it looks is what xlsxwriter would have written; texts stand in the cells themselves
("inline strings"), so that nothing has to be known of the other sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl
from xlsxwriter.utility import xl_col_to_name

from rosterrec.report.measures import BAND, HEADER_ROW, LINES, Table
from rosterrec.report.spec import FILLED_IN, Column

#: Cells of a chunk: enough that the work lies in the columns, few enough to stay small.
_CHUNK = 120_000
_LINE_HEIGHT, _MOST_LINES = 15, 5
#: Characters with which a spreadsheet takes a cell for a formula (OWASP ASVS 1.2.10).
_ALIVE = "^[=+\\-@\t\r＝＋－＠]"
#: An escape that a text must not seem to hold.
_ESCAPE = "_x[0-9a-fA-F]{4}_"
#: Texts that cannot be written as they are: empty, alive, marked up, out of XML's reach.
_DELICATE = rf"^$|^\s|\s$|{_ALIVE}|[&<>\x00-\x1f\x{{fffe}}\x{{ffff}}]|{_ESCAPE}"
_UNWRITABLE = [*range(9), *range(0xB, 0x20), 0xFFFE, 0xFFFF]
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {chr(n): f"_x{n:04X}_" for n in _UNWRITABLE}
#: UTF-16 units that fit into a cell.
_LONGEST = 32_767
#: A day's number counts from here, a day less before the 29 February that 1900 did not have.
_DAY_ZERO, _FIRST_TRUE_DAY = -25_569, 61
_ROW = "_row"


@dataclass(frozen=True)
class Style:
    """Numbers of the cell formats of one column, each outside and inside a shaded band."""

    plain: tuple[int, int]
    quoted: tuple[int, int]


def rows(table: Table, styles: Sequence[Style]) -> Iterator[Callable[[], bytes]]:
    """What makes the ``<row>`` elements of a table, chunk by chunk; chunks may be made at once."""
    size = max(1, _CHUNK // max(1, len(table.columns)))
    for start in range(0, len(table.frame), size):
        yield partial(_made, table, styles, start, size)


def _made(table: Table, styles: Sequence[Style], start: int, size: int) -> bytes:
    """The ``<row>`` elements of so many rows."""
    chunk = table.frame.slice(start, size).with_row_index(_ROW, start + HEADER_ROW + 2)
    chunk = chunk.with_columns(pl.col(_ROW).cast(pl.String))
    delicate = _delicate(chunk)
    chunk = chunk.with_columns(_cut(chunk[name]) for name in sorted(delicate))
    pieces = [pl.lit('<row r="'), pl.col(_ROW), _height()]
    for place, (column, style) in enumerate(zip(table.columns, styles, strict=True)):
        pieces += [pl.lit(f'<c r="{xl_col_to_name(place)}'), pl.col(_ROW)]
        pieces.append(_cell(chunk, column, style, delicate=column.key in delicate))
    joined = pl.concat_str(*pieces, pl.lit("</row>")).str.join("")
    made: bytes = chunk.select(joined.cast(pl.Binary)).item()
    return made


def most_bytes(table: Table) -> int:
    """A bound that the rows' XML cannot exceed: every character escaped, every cell the longest."""
    lengths = table.frame.select(pl.col(pl.String).str.len_bytes().sum())
    texts = sum(int(length) for length in lengths.row(0))
    return 90 * len(table.frame) * (len(table.columns) + 1) + 7 * texts


def _delicate(chunk: pl.DataFrame) -> set[str]:
    """Text columns of which a cell needs more than to be put between tags."""
    words = pl.col(pl.String).exclude(_ROW)
    found = chunk.select(
        words.str.contains(_DELICATE).any() | (words.str.len_bytes().max() > _LONGEST)
    )
    return {name for name in found.columns if found[name].item()}


def _height() -> pl.Expr:
    """The end of a row's tag: its height where it has more lines than one."""
    higher = {
        lines: f'" ht="{_LINE_HEIGHT * lines}" customHeight="1">'
        for lines in range(2, _MOST_LINES + 1)
    }
    return pl.col(LINES).replace_strict(higher, default='">', return_dtype=pl.String)


def _cell(chunk: pl.DataFrame, column: Column, style: Style, *, delicate: bool) -> pl.Expr:
    """The cells of a column, from the end of their row's number."""
    banded = BAND in chunk.columns
    blank = _opening(style.plain, "/>", banded=banded)
    if column.kind in FILLED_IN:
        return blank
    kind = chunk.schema[column.key]
    if chunk[column.key].null_count() == len(chunk):
        return blank
    values = pl.col(column.key)
    if kind == pl.String:
        filled = _text(values, style, banded=banded, delicate=delicate)
    else:
        number = _day(values) if kind == pl.Date else values
        opening = _opening(style.plain, "><v>", banded=banded)
        filled = pl.concat_str(opening, number.cast(pl.String), pl.lit("</v></c>"))
    return filled.fill_null(blank) if chunk[column.key].null_count() or delicate else filled


def _opening(numbers: tuple[int, int], rest: str, *, banded: bool) -> pl.Expr:
    """The format of a cell and what follows."""
    outside, inside = (pl.lit(f'" s="{number}"{rest}') for number in numbers)
    return pl.when(BAND).then(inside).otherwise(outside) if banded else outside


def _text(values: pl.Expr, style: Style, *, banded: bool, delicate: bool) -> pl.Expr:
    """Text cells; one without text is null."""
    tag, end = ' t="inlineStr"><is><t', pl.lit("</t></is></c>")
    if not delicate:
        return pl.concat_str(_opening(style.plain, f"{tag}>", banded=banded), values, end)
    opening = (
        pl.when(values.str.contains(_ALIVE))
        .then(_opening(style.quoted, tag, banded=banded))
        .otherwise(_opening(style.plain, tag, banded=banded))
    )
    padded = values.str.contains(r"^\s|\s$")
    kept = pl.when(padded).then(pl.lit(' xml:space="preserve">')).otherwise(pl.lit(">"))
    written = pl.when(values != "").then(_escaped(values))
    return pl.concat_str(opening, kept, written, end)


def _escaped(values: pl.Expr) -> pl.Expr:
    """Texts as they stand in XML, as spreadsheets write what XML cannot hold."""
    told_apart = values.str.replace_all(f"({_ESCAPE})", "_x005F${1}")
    return told_apart.str.replace_many(list(_ESCAPED), list(_ESCAPED.values()))


def _cut(values: pl.Series) -> pl.Series:
    """Texts as long as a cell may be; characters beyond U+FFFF count twice."""
    long = values.str.len_bytes() > _LONGEST
    if not long.any():
        return values
    cut = [
        v.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore") if is_long else v
        for v, is_long in zip(values, long, strict=True)
    ]
    return pl.Series(values.name, cut, dtype=pl.String)


def _day(dates: pl.Expr) -> pl.Expr:
    """Dates as the numbers that spreadsheets know them by."""
    number = dates.cast(pl.Int32) - _DAY_ZERO
    return pl.when(number < _FIRST_TRUE_DAY).then(number - 1).otherwise(number)
