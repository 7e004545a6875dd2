"""Where two folded names differ, character by character, and which characters look alike."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

from rosterrec.data import table
from rosterrec.once import once

#: Positions at which two names are compared one by one; what follows must be the same.
_POSITIONS: Final = 12


def has_placeholder(key: pl.Expr) -> pl.Expr:
    """Some character of the folded name is unknown (``?``)."""
    return key.str.contains("?", literal=True)


def matches_placeholder(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """The same but for unknown characters, each standing for exactly one.

    At least two characters long, and at least one known character is the same: a ``?`` alone never
    makes a match.
    """
    return once(_sides(a, b), _matches_placeholder)


def _matches_placeholder(sides: pl.Expr) -> pl.Expr:
    a, b, apart = (sides.struct.field(name) for name in ("a", "b", "apart"))
    length, pairs = a.str.len_chars().cast(pl.Int32), apart.str.len_chars().cast(pl.Int32) // 2
    unknown = a.str.count_matches("?", literal=True) + b.str.count_matches("?", literal=True)
    both = (unknown.cast(pl.Int32) - pairs) // 2  # a pair apart has one ?, the others two
    known = length - pairs - both
    explained = apart.str.contains(r"^(?:\?.|.\?)*$").fill_null(value=False)
    matching = explained & (unknown > 0) & (length >= 2) & (known >= 1)
    return pl.when(unknown.is_not_null()).then(matching)


def one_character_differs(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """The same length, at least two, and one character is not the same. Any text will do."""
    return once(_sides(a, b), _one_differs)


def _one_differs(sides: pl.Expr) -> pl.Expr:
    length, apart = sides.struct.field("a").str.len_chars(), sides.struct.field("apart")
    return (apart.str.len_chars() == 2).fill_null(value=False) & (length >= 2)


def differing_pair(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """The two characters where names differ in one character only, joined; "" otherwise."""
    return once(_sides(a, b), _pair)


def _pair(sides: pl.Expr) -> pl.Expr:
    apart = sides.struct.field("apart")
    return pl.when(_one_differs(sides)).then(apart).otherwise(pl.lit(""))


def one_character_missing(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """One name is the other without one of its characters, and has at least two left."""
    more = a.str.len_chars() > b.str.len_chars()
    ordered = pl.struct(
        pl.when(more).then(a).otherwise(b).alias("long"),
        pl.when(more).then(b).otherwise(a).alias("short"),
    )
    return once(ordered, _one_missing)


def _one_missing(names: pl.Expr) -> pl.Expr:
    long, short = names.struct.field("long"), names.struct.field("short")
    size = short.str.len_chars()
    without = [
        (long.str.head(at) == short.str.head(at)) & (long.str.slice(at + 1) == short.str.slice(at))
        for at in range(_POSITIONS)
    ]
    return (long.str.len_chars() == size + 1) & (size >= 2) & pl.any_horizontal(*without)


def _sides(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """``a``, ``b`` and ``apart``: both characters of every position where they differ, joined.

    ``apart`` is null where lengths differ or a difference lies beyond the positions looked at.
    """
    differ = []
    for at in range(_POSITIONS):
        here, there = a.str.slice(at, 1), b.str.slice(at, 1)
        differ.append(pl.when(here != there).then(here + there).otherwise(pl.lit("")))
    same_end = a.str.slice(_POSITIONS) == b.str.slice(_POSITIONS)
    comparable = (a.str.len_chars() == b.str.len_chars()) & same_end
    apart = pl.when(comparable).then(pl.concat_str(differ))
    return pl.struct(a.alias("a"), b.alias("b"), apart.alias("apart"))


@cache
def look_alike_pairs() -> pl.Series:
    """Two-character strings, in both orders, of characters that are easily taken for one another.

    Characters that share what makes their shape, and known confusions. One row that holds them all
    as a list, as ``is_in`` wants it: ``differing_pair(a, b).is_in(look_alike_pairs())``.
    """
    rows = table("lookalikes")["pairs"].str.split("")
    pairs = pl.DataFrame({"one": rows.list.first(), "two": rows.list.slice(1)}).explode("two")
    there, back = pairs["one"] + pairs["two"], pairs["two"] + pairs["one"]
    return pl.concat([there, back]).unique().sort().implode().alias("pairs")
