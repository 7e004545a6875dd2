"""Where a list's headings stand: one row, or several that belong together, under titles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import polars as pl

from rosterrec.frames import Field
from rosterrec.read.content import looks_like_ids
from rosterrec.read.headings import field_of, is_of_no_use, normalise, speaks_of_relative
from rosterrec.read.table import Table

#: A header stands within the first rows, or there is none.
_DEEPEST_HEADER = 30
_LONGEST_HEADING = 30
#: A header of more rows than these is none.
_MOST_ROWS = 3

#: The cells of one row that hold anything, by the number of their column.
Cells = dict[int, str]


@dataclass(frozen=True)
class Header:
    """A header: its first and last row, what heads each column, its rows as written, the titles.

    Columns are numbered from 0, as the cells of a ``Table`` are.
    """

    first: int
    last: int
    headings: Cells
    rows: tuple[Cells, ...]
    titles: tuple[str, ...]


def find_header(table: Table, at: int | None = None) -> Header | None:
    """The header of a list: the first of the rows that have many known headings.

    Not the one with most: a second list below may have more columns than the first.

    Args:
        table: the sheet, or a part of it.
        at: the header's row where it is known.

    Returns:
        None where no row names at least two fields.
    """
    rows = head_rows(table, at)
    first = at if at in rows else None
    if at is None:
        counts = {n: known(cells) for n, cells in rows.items()}
        most = max(counts.values(), default=0)
        first = next((n for n, c in counts.items() if c >= 2 and _may_head(rows[n], c, most)), None)
    return None if first is None else header_at(rows, first)


def header_above_numbers(table: Table) -> Header | None:
    """The row of words right above a column of identity numbers, where no heading is known.

    A list without any headings begins with a person, whose number stands in that column.
    """
    columns = [c for c in table.cells.columns if c != "row"]
    numbers = [c for c in columns if looks_like_ids(table.cells[c])]
    if not numbers:
        return None
    first = table.cells.filter(pl.col(numbers[0]).str.contains(r"\d{17}"))["row"].min()
    above = {n: c for n, c in head_rows(table).items() if isinstance(first, int) and n < first}
    words = above.get(max(above, default=0), {})
    named = int(numbers[0][1:]) in words and len(words) >= 2
    if not named or any(re.search(r"\d{2}|^[男女]$", w) for w in words.values()):
        return None
    return header_at(above, max(above))


def head_rows(table: Table, at: int | None = None) -> dict[int, Cells]:
    """The rows among which a header is looked for, by their number, blank ones left out."""
    start = int(table.cells["row"].min() or 1) - 1  # type: ignore[arg-type]
    deepest = max(start + _DEEPEST_HEADER, (at or 0) + _MOST_ROWS)
    head = table.cells.filter(pl.col("row") <= deepest)
    numbers = [int(c[1:]) for c in head.columns if c != "row"]
    rows = {
        row[-1]: {i: cell for i, cell in zip(numbers, row[:-1], strict=True) if cell}
        for row in head.iter_rows()
    }
    return {n: cells for n, cells in rows.items() if cells}


def _may_head(cells: Cells, named: int, most: int) -> bool:
    """A row with the most known headings, or one of headings alone, a person's name among them.

    School and class are headings too, but may stand above the list with what they are.
    """
    if named == most:
        return True
    person = any(field_of(c) in {Field.NAME, Field.ID} for c in cells.values())
    words = sum(bool(field_of(c)) or is_of_no_use(c) for c in cells.values())
    return person and named * 2 >= most - 1 and words * 2 > len(cells)


def known(cells: Cells) -> int:
    """How many different fields a row's cells name."""
    return len({f for c in cells.values() if len(c) <= _LONGEST_HEADING and (f := field_of(c))})


def header_at(rows: dict[int, Cells], first: int) -> Header:
    """The header that begins in a row, with the rows above it that head groups of columns."""
    last, headings = first, rows[first]
    group = rows.get(first - 1, {})
    if _heads_groups(group, headings):
        headings, first = _joined(group, headings), first - 1
    while (below := rows.get(last + 1)) and last + 1 - first < _MOST_ROWS:
        if not _continues(headings, below):
            break
        headings, last = _joined(headings, below), last + 1
    titles = (text for n, cells in rows.items() if n < first for text in cells.values())
    return Header(
        first,
        last,
        headings,
        tuple(rows[n] for n in range(first, last + 1) if n in rows),
        tuple(dict.fromkeys(titles)),
    )


def _heads_groups(above: Cells, headings: Cells) -> bool:
    """The row above says whose each of the headings is that stand here twice."""
    twice = any(n > 1 for n in Counter(headings.values()).values())
    whose = any(speaks_of_relative(words) for words in above.values())
    return twice and whose and len(set(above.values())) >= 2 and not _has_data(above)


def _has_data(cells: Cells) -> bool:
    return any(len(c) > 20 or re.search(r"\d{4}", c) for c in cells.values())


def _joined(upper: Cells, lower: Cells) -> Cells:
    """Two header rows as one; a group's heading stands before those of its columns."""
    group = ""
    headings: Cells = {}
    for i in sorted({*upper, *lower}):
        group = upper.get(i, group)
        below = lower.get(i)
        if below is None or below == upper.get(i):
            headings[i] = upper[i]
        else:
            headings[i] = _under(group, below)
    return headings


def _under(group: str, heading: str) -> str:
    """A heading under a group's: with it where only both together say what the column is."""
    together = f"{group}{heading}"
    if speaks_of_relative(group) or field_of(together) or not field_of(heading):
        return together
    return heading


def _continues(upper: Cells, lower: Cells) -> bool:
    """The second row has short words only, headings among them, and says more than the first."""
    if list(upper.values()) == list(lower.values()) or _has_data(lower) or _replaces(upper, lower):
        return False
    group = ""
    found = new = 0
    for i in sorted({*upper, *lower}):
        group = upper.get(i, group)
        below = lower.get(i)
        if below and normalise(below) and below != upper.get(i):
            new += below not in upper.values()
            found += bool(field_of(below) or field_of(f"{group}{below}"))
    return found >= max(1, new // 2)


def _replaces(upper: Cells, lower: Cells) -> bool:
    """Whether words stand only below headings that are complete without them, and say otherwise.

    So stands a person whose name or class happens to be a heading's word; alone, such a word is
    never a row of headings.
    """
    below = [i for i, word in lower.items() if word != upper.get(i)]
    return all(_is_complete(upper, lower, i) for i in below) and (
        len(below) < 2
        or any(field_of(_under(upper[i], lower[i])) != field_of(upper[i]) for i in below)
    )


def _is_complete(upper: Cells, lower: Cells, i: int) -> bool:
    """Whether a heading is known and heads one column; a group's has empty cells beside it."""
    heading = upper.get(i)
    if heading is None or upper.get(i - 1) == heading:
        return False
    groups = i + 1 in lower and upper.get(i + 1, heading) == heading
    return not groups and (field_of(heading) is not None or is_of_no_use(heading))
