"""Where the table is on a sheet: the header under titles, and the rows that are no persons."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

from rosterrec.frames import Field
from rosterrec.read.headings import field_of, normalise
from rosterrec.read.table import Table

#: A header stands within the first rows, or there is none.
_DEEPEST_HEADER = 30
_FOOTER = (
    r"^(?:合计|小计|总计|共计|制表|审核|填表|填报|班主任|校长|负责人|单位负责人|联系人[:：]|以下空白|"
    r"备注[:：]|说明[:：]|注[:：]|共\s*\d+\s*人|填写说明|第\s*\d+\s*页)"
)
_TOTAL = r"^(?:合计|小计|总计|共计)$"


@dataclass(frozen=True)
class Header:
    """A header row (or two joined): its first and last row, the heading of each column, titles."""

    first: int
    last: int
    headings: list[str | None]
    titles: tuple[str, ...]


def find_header(table: Table, at: int | None = None) -> Header | None:
    """The header of a sheet: the first of the rows with most known headings.

    Args:
        table: the sheet.
        at: the header's row where it is pinned.

    Returns:
        None where no row names at least two fields.
    """
    head = table.cells.filter(pl.col("row") <= max(_DEEPEST_HEADER, at or 0))
    rows = {row[-1]: list(row[:-1]) for row in head.iter_rows()}
    if at is not None:
        first = at if at in rows else None
    else:
        counts = {n: _known(cells) for n, cells in rows.items()}
        most = max(counts.values(), default=0)
        first = next((n for n, c in counts.items() if c == most), None) if most >= 2 else None
    if first is None:
        return None
    last, headings = _joined(rows, first)
    titles = tuple(
        text for n, cells in rows.items() if n < first for text in dict.fromkeys(cells) if text
    )
    return Header(first, last, headings, titles)


def unfolded(table: Table, header: Header) -> tuple[Table, Header]:
    """A list printed side by side, its headings repeated to the right, as one list.

    Only the first block would be mapped otherwise, and whoever stands to the right be lost.
    """
    filled = [(i, h) for i, h in enumerate(header.headings) if h]
    for parts in (2, 3, 4):
        size, over = divmod(len(filled), parts)
        blocks = [filled[n * size : (n + 1) * size] for n in range(parts)]
        words = [[h for _, h in block] for block in blocks]
        named = any(field_of(h) is Field.NAME for h in words[0])
        if named and not over and all(w == words[0] for w in words):
            return _stacked(table, header, blocks), replace(header, headings=list(words[0]))
    return table, header


def _stacked(table: Table, header: Header, blocks: list[list[tuple[int, str]]]) -> Table:
    below = table.cells.filter(pl.col("row") > header.last)
    parts = [
        below.select(*(pl.col(f"c{i}").alias(f"c{n}") for n, (i, _) in enumerate(block)), "row")
        for block in blocks
    ]
    rounded = {
        n: sorted({row for block in blocks for row in table.rounded.get(block[n][0], [])})
        for n in range(len(blocks[0]))
    }
    return replace(table, cells=pl.concat(parts), rounded=rounded)


def _known(cells: list[str | None]) -> int:
    return len({f for c in cells if c and len(c) <= 30 and (f := field_of(c))})


def _joined(rows: dict[int, list[str | None]], first: int) -> tuple[int, list[str | None]]:
    """Two header rows as one where the second goes on with headings; else the first alone."""
    upper, lower = rows[first], rows.get(first + 1)
    if lower is None or not _continues(upper, lower):
        return first, upper
    group: str | None = None
    headings: list[str | None] = []
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        if not below or below == above:
            headings.append(above)
        elif above is None and group is None:
            headings.append(below)
        else:
            joined = f"{group}{below}"
            headings.append(joined if field_of(joined) or not field_of(below) else below)
    return first + 1, headings


def _continues(upper: list[str | None], lower: list[str | None]) -> bool:
    """The second row has short words only, headings among them, and does not repeat the first."""
    words = [c for c in lower if c]
    if not words or [c for c in upper if c] == words:
        return False
    if any(len(w) > 20 or re.search(r"\d{4}", w) for w in words):
        return False
    group: str | None = None
    known = 0
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        if below and below != above:
            known += bool(field_of(below) or field_of(f"{group}{below}"))
    return known >= max(1, len([w for w in words if w not in upper]) // 2)


def with_kind_of_row(cells: pl.DataFrame, headings: list[str | None]) -> pl.DataFrame:
    """The rows below the header with ``problem``: ``footer``, ``repeated_header`` or null.

    A repeated header has the headings in their columns; a footer begins with a word that ends a
    table, or has a total's word in a cell of its own (a merged village may stand before it), and
    has no number of an identity. Most rows have one, in one column, and need no closer look.
    """
    columns = [c for c in cells.columns if c != "row"]
    number = _column_of_numbers(cells, columns)
    plain = pl.lit(value=False)
    if number is not None:
        plain = pl.col(number).str.contains("[0-9]{14}").fill_null(value=False)
    problems = cells.filter(~plain).select("row", problem=_kind(headings, columns)).drop_nulls()
    return cells.join(problems, on="row", how="left", maintain_order="left")


def _column_of_numbers(cells: pl.DataFrame, columns: list[str]) -> str | None:
    """The column in which most of the first rows have a long number."""
    head = cells.head(1000)
    counts = {c: int(head[c].str.contains("[0-9]{14}").sum()) for c in columns}
    best = max(counts, key=lambda c: counts[c], default=None)
    return best if best and counts[best] * 2 > head.height else None


def _kind(headings: list[str | None], columns: list[str]) -> pl.Expr:
    pairs = [(c, h) for c, h in zip(columns, headings, strict=True) if h]
    same = pl.sum_horizontal(
        (_folded(pl.col(c)) == normalise(h)).fill_null(value=False).cast(pl.Int32) for c, h in pairs
    )
    first = pl.coalesce(columns)
    numbered = pl.any_horizontal(
        pl.col(c).str.contains(r"\d{14}").fill_null(value=False) for c in columns
    )
    total = pl.any_horizontal(
        (_folded(pl.col(c)).str.contains(_TOTAL)).fill_null(value=False) for c in columns
    )
    ends = first.str.replace_all(r"\s", "").str.contains(_FOOTER).fill_null(value=False)
    return (
        pl.when(same >= max(2, len(pairs) // 2))
        .then(pl.lit("repeated_header"))
        .when((ends | total) & ~numbered)
        .then(pl.lit("footer"))
    )


def _folded(text: pl.Expr) -> pl.Expr:
    return (
        text.str.normalize("NFKC")
        .str.replace_all(r"\([^()]*\)|[\s*★☆]", "")
        .str.replace(r"[:：]+$", "")
    )
