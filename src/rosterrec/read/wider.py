"""Rows of text with more cells than their header: a comma within a cell has moved the rest.

Where exactly one place for it puts every cell back under a heading that it fits, the two cells are
joined again; anything less sure is left as it stands, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from rosterrec.frames import Field
from rosterrec.read.content import PATTERNS
from rosterrec.read.layout import Header

#: So many rows that are wider than their header are a slip, not a column without a heading.
_FEW = 3
#: A column is of a kind when so many of its values at least, and so large a share of them, are.
_LEAST, _MOST = 3, 0.95
#: A column in which each word stands so often, on the average, and so few words stand, is closed.
_OFTEN, _WORDS = 4, 20
#: Kinds by which a cell is known to be in its place; a name is not one, since any text may be one.
_KINDS = (
    *(pattern for field, pattern in PATTERNS.items() if field is not Field.NAME),
    r"^\d{1,6}$",
)


def are_wider(header: Header, people: pl.DataFrame) -> bool:
    """Whether a few rows have cells beyond the last heading."""
    beyond = _beyond(header, people)
    if not beyond:
        return False
    filled = people.select(pl.any_horizontal(pl.col(c).is_not_null() for c in beyond))
    return 0 < int(filled.to_series().sum()) <= max(_FEW, people.height // 50)


def mended(header: Header, body: pl.DataFrame) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """The rows with the cells joined that a comma has parted, and the numbers of these rows.

    Args:
        header: the list's header.
        body: all rows below it, with ``problem`` where one is no person.
    """
    people = body.filter(pl.col("problem").is_null())
    if not are_wider(header, people):
        return body, ()
    first, *others = _beyond(header, body)
    width = int(first[1:])
    usual = people.filter(pl.col(c).is_null() for c in (first, *others))
    wide = people.filter(pl.col(first).is_not_null(), *(pl.col(c).is_null() for c in others))
    kinds = [_kind(usual[f"c{i}"]) for i in range(width)]
    found = wide.select("row", place=_place(kinds)).drop_nulls()
    if not len(found):
        return body, ()
    joined = body.join(found, on="row", how="left", maintain_order="left").with_columns(
        *(_moved(i) for i in range(width)),
        pl.when(pl.col("place").is_null()).then(first).alias(first),
    )
    return joined.drop("place"), tuple(found["row"])


def _beyond(header: Header, rows: pl.DataFrame) -> list[str]:
    """Columns after the last heading, in their order."""
    last = max(header.headings, default=0)
    places = (int(c[1:]) for c in rows.columns if re.fullmatch(r"c\d+", c))
    return [f"c{i}" for i in sorted(places) if i > last]


def _kind(values: pl.Series) -> str | None:
    """A pattern that a column's values fit, or its few words as one; None of free text."""
    cells = values.drop_nulls()
    if len(cells) < _LEAST:
        return None
    for pattern in _KINDS:
        if int(cells.str.contains(pattern).sum()) >= _MOST * len(cells):
            return pattern
    words = cells.unique().sort()
    if len(words) <= _WORDS and len(words) * _OFTEN <= len(cells):
        return f"^(?:{'|'.join(map(re.escape, words))})$"
    return None


def _place(kinds: list[str | None]) -> pl.Expr:
    """The column of free text whose cell goes on in the next one, where that is sure; else null.

    A number or a word of few may have been parted too ("1,1"), or a cell may be empty and too many:
    such a place is never taken, but it puts the others in doubt.
    """
    cells = [pl.col(f"c{i}") for i in range(len(kinds) + 1)]
    fits = [
        pl.all_horizontal(
            pl.lit(value=True),
            *_fitting([kind], [pl.concat_str(cells[at], cells[at + 1], ignore_nulls=True)]),
            *_fitting(kinds[:at], cells[:at]),
            *_fitting(kinds[at + 1 :], cells[at + 2 :]),
        )
        for at, kind in enumerate(kinds)
    ]
    offers = [
        pl.when(fit, cells[at].is_not_null(), cells[at + 1].is_not_null()).then(at)
        for at, (fit, kind) in enumerate(zip(fits, kinds, strict=True))
        if kind is None
    ]
    moved = ~pl.all_horizontal(pl.lit(value=True), *_fitting(kinds, cells))
    alone = pl.sum_horizontal(*fits) == 1
    return pl.when(moved & alone).then(pl.coalesce(*offers, pl.lit(None, pl.Int64)))


def _fitting(kinds: Iterable[str | None], cells: Iterable[pl.Expr]) -> list[pl.Expr]:
    """Of each column of a kind, whether the cell is empty or of it."""
    return [
        cell.is_null() | cell.str.contains(kind)
        for kind, cell in zip(kinds, cells, strict=False)
        if kind is not None
    ]


def _moved(column: int) -> pl.Expr:
    """A column's cells with those joined, or moved back, that a comma had parted or moved."""
    own, following, place = pl.col(f"c{column}"), pl.col(f"c{column + 1}"), pl.col("place")
    return (
        pl.when(place == column)
        .then(pl.concat_str(own, following, separator=","))
        .when(place < column)
        .then(following)
        .otherwise(own)
        .alias(f"c{column}")
    )
