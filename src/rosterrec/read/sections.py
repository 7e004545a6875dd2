"""The lists on one sheet: side by side, one below another, each with its own header and titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from rosterrec.frames import Field
from rosterrec.read.columns import letter
from rosterrec.read.headings import field_of, known_headings, speaks_of_relative
from rosterrec.read.layout import (
    Cells,
    Header,
    find_header,
    head_rows,
    header_above_numbers,
    header_at,
    known,
)
from rosterrec.read.rows import cell_by_cell, column_of_numbers, in_slices, is_footer, repeated
from rosterrec.read.surroundings import class_in, school_in
from rosterrec.read.table import Table

#: Titles stand in so many rows right above a header.
_MOST_TITLES = 4
#: Headings of a statistic.
_COUNTS = (
    "^(?:学生|在校|班级|应到|实到|学籍|住校)?"
    "(?:总?人数|男生?人?数|女生?人?数|班数|占比|比例|百分比)$"
)


@dataclass(frozen=True)
class Part:
    """One list of a sheet.

    Attributes:
        table: the cells of its rows and columns, under their own column numbers.
        header: its header.
        beside: what tells lists apart that stand side by side: the letter of the first column of
            all but the first; "" for it.
        titles: rows between its own that are titles of a further page.
        aside: row in which another table begins below it, which names nobody.
    """

    table: Table
    header: Header
    beside: str = ""
    titles: tuple[int, ...] = ()
    aside: int | None = None


def parts(table: Table, header_row: int | None = None) -> list[Part]:
    """Every list of a sheet, left to right and each downward; none where no header is found.

    Args:
        table: the sheet.
        header_row: row of the header where it is pinned.
    """
    found: list[Part] = []
    for strip in _strips(table, header_row):
        header = find_header(strip, header_row)
        if header is None and header_row is None:
            header = header_above_numbers(strip)
        for block, head in _blocks(strip, header) if header else ():
            beside = f"[{letter(_first_column(block))}]" if found else ""
            found += [replace(p, beside=beside) for p in _downward(block, head)]
    return found


def _first_column(table: Table) -> int:
    return int(table.cells.columns[0][1:])


def _strips(table: Table, header_row: int | None) -> list[Table]:
    """The sheet cut at blank columns, wherever a list of its own stands to the right."""
    columns = [c for c in table.cells.columns if c != "row"]
    runs: list[list[str]] = [[]]
    for c in columns:
        if table.cells[c].null_count() == len(table.cells):
            runs.append([])
        else:
            runs[-1].append(c)
    strips: list[list[str]] = []
    for run in filter(None, runs):
        if strips and not _is_a_list(_taking(table, run), header_row):
            strips[-1] += run
        else:
            strips.append(run)
    if len(strips) > 1 and not _is_a_list(_taking(table, strips[0]), header_row):
        strips[:2] = [strips[0] + strips[1]]
    return [_taking(table, strip) for strip in strips]


def _taking(table: Table, columns: list[str]) -> Table:
    return replace(table, cells=table.cells.select(*columns, "row"))


def _is_a_list(table: Table, header_row: int | None) -> bool:
    """Whether the columns hold a list of children of their own, not the parents of those before."""
    header = find_header(table, header_row)
    return header is not None and _names_children(header.headings)


def _names_children(headings: Cells) -> bool:
    fields = {field_of(h) for h in headings.values()}
    return Field.NAME in fields and not any(map(speaks_of_relative, headings.values()))


def _blocks(table: Table, header: Header) -> Iterator[tuple[Table, Header]]:
    """A list printed side by side, its headings repeated to the right, block by block.

    Only the first block would be read otherwise, and whoever stands to the right be lost.
    """
    filled = sorted(header.headings)
    for count in (2, 3, 4):
        size, over = divmod(len(filled), count)
        blocks = [filled[n * size : (n + 1) * size] for n in range(count)]
        words = [[header.headings[i] for i in block] for block in blocks]
        named = any(field_of(h) is Field.NAME for h in words[0])
        if named and not over and all(w == words[0] for w in words):
            yield from (_block(table, header, block) for block in blocks)
            return
    yield table, header


def _block(table: Table, header: Header, columns: list[int]) -> tuple[Table, Header]:
    """The block's columns with their header; its own titles come before those of the others."""
    part = _taking(table, [f"c{i}" for i in columns])
    above = part.cells.filter(pl.col("row") < header.first).drop("row")
    own = [cell for row in above.iter_rows() for cell in row if cell]
    mine = replace(
        header,
        headings={i: header.headings[i] for i in columns},
        rows=tuple({i: row[i] for i in columns if i in row} for row in header.rows),
        titles=tuple(dict.fromkeys((*own, *header.titles))),
    )
    return part, mine


def _downward(table: Table, header: Header) -> list[Part]:
    """The lists that stand one below another in the same columns."""
    found: list[Part] = []
    pages: list[int] = []
    aside: int | None = None
    start = header
    for row, titles in _header_rows(table, header):
        above = [int(n) for n, _ in titles]
        words = tuple(word for _, cells in titles for word in cells)
        if _goes_on(table, row, start, words):
            pages += above
            continue
        below = replace(table, cells=table.cells.filter(pl.col("row") >= (above or [row])[0]))
        head = header_at(head_rows(below, row), row)
        until = (above or [head.first])[0]
        if not _names_people(head.headings):
            aside = aside or until
            continue
        found.append(Part(_between(table, start, until), start, "", tuple(pages), aside))
        start = replace(head, titles=tuple(dict.fromkeys((*words, *header.titles))))
        pages, aside = [], None
    found.append(Part(_between(table, start, None), start, "", tuple(pages), aside))
    return found


def _between(table: Table, header: Header, until: int | None) -> Table:
    row = pl.col("row")
    inside = row >= header.first if until is None else row.is_between(header.first, until, "left")
    return replace(table, cells=table.cells.filter(inside))


def _names_people(headings: Cells) -> bool:
    fields = {field_of(h) for h in headings.values()}
    return bool(fields & {Field.NAME, Field.ID, Field.STUDENT_NO, Field.DISABILITY_NO})


def _goes_on(table: Table, row: int, header: Header, titles: tuple[str, ...]) -> bool:
    """The header again, on a further page of the same class and school."""
    columns = [c for c in table.cells.columns if c != "row"]
    same = repeated(cell_by_cell(table.cells.filter(pl.col("row") == row)), header, columns)
    return bool(len(same)) and all(
        what(titles) in {None, what(header.titles)} for what in (class_in, school_in)
    )


def _header_rows(table: Table, header: Header) -> Iterator[tuple[int, list[tuple[int, list[str]]]]]:
    """Further rows that name fields, each with the titles above it: row number and words."""
    below = table.cells.filter(pl.col("row") > header.last)
    number = column_of_numbers(below)
    if number is not None:
        below = below.filter(pl.col(number).str.contains("[0-9]{14}").not_().fill_null(value=True))
    told = in_slices(below, _told)
    least = min(3, max(2, known(header.headings)))
    named, filled = pl.col("named"), pl.col("filled")
    heads = told.filter((named >= least) & (named * 2 >= filled))["row"]
    counted = told.filter(pl.col("counts") & ~pl.col("figures") & (filled >= 2))["row"]
    # Cells that name fields are not yet several fields: a row may have one word in all its cells.
    several = [
        row[-1]
        for row in below.filter(pl.col("row").is_in(heads.implode())).iter_rows()
        if known(dict(enumerate(filter(None, row[:-1])))) >= least
    ]
    after = header.last
    for row in sorted({*several, *counted}):
        if row > after:
            yield row, _titles_above(table, row, after)
            after = row


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """``row``; how many cells are filled, and name fields; whether any counts, or holds a digit."""
    word = pl.col("folded")
    return (
        cell_by_cell(rows)
        .group_by("row")
        .agg(
            filled=pl.len(),
            named=word.is_in(list(known_headings())).sum(),
            counts=word.str.contains(_COUNTS).any(),
            figures=pl.col("cell").str.contains(r"\d").any(),
        )
    )


def _titles_above(table: Table, row: int, after: int) -> list[tuple[int, list[str]]]:
    """Rows of one cell right above a header: what the list below is of."""
    rows = table.cells.filter(pl.col("row").is_between(max(after + 1, row - _MOST_TITLES), row - 1))
    found: list[tuple[int, list[str]]] = []
    for cells in rows.reverse().iter_rows():
        words = list(dict.fromkeys(cell for cell in cells[:-1] if cell))
        if not words:
            if found:
                break
            continue
        if len(words) > 1 or is_footer(words[0]):
            break
        found.insert(0, (cells[-1], words))
    return found
