"""Numbers that are one slip of the hand apart."""

from __future__ import annotations

from typing import Final

import polars as pl
from rapidfuzz.distance import OSA

from rosterrec.once import seldom

#: Of texts this long that are one slip apart, so many characters at one end are the same.
_LONG: Final = 18
_HALF: Final = (_LONG - 2) // 2


def one_slip(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """The texts are one slip of the hand apart: optimal string alignment distance 1.

    One character replaced, missing or extra, or two neighbours exchanged. Null where either is
    missing. Rows go through RapidFuzz one by one (no numpy): call it on bounded chunks.
    """
    return seldom(
        pl.struct(left.alias("left"), right.alias("right")),
        _differ_at_both_ends,
        lambda it: it.map_batches(_one_apart, return_dtype=pl.Boolean, is_elementwise=True),
        easy=lambda _: pl.lit(value=False),
        dtype=pl.Boolean,
    )


def _differ_at_both_ends(pair: pl.Expr) -> pl.Expr:
    """Long texts that differ in both halves: one slip touches two neighbours at most."""
    left, right = pair.struct.field("left"), pair.struct.field("right")
    long = pl.min_horizontal(left.str.len_chars(), right.str.len_chars()) >= _LONG
    heads_differ = left.str.head(_HALF) != right.str.head(_HALF)
    return long & heads_differ & (left.str.tail(_HALF) != right.str.tail(_HALF))


def _one_apart(pairs: pl.Series) -> pl.Series:
    left, right = (pairs.struct.field(side).to_list() for side in ("left", "right"))
    apart = [
        None if a is None or b is None else OSA.distance(a, b, score_cutoff=1) == 1
        for a, b in zip(left, right, strict=True)
    ]
    return pl.Series(pairs.name, apart, dtype=pl.Boolean)
