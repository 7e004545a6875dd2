"""Where two folded names differ, character by character, and which characters look alike."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

from rosterrec.data import table
from rosterrec.once import DataType, Rule, once, seldom

#: Positions at which two names are compared one by one; what follows must be the same.
_POSITIONS: Final = 12
#: Nearly all names are no longer, which is much quicker to compare.
_SHORT: Final = 4


def has_placeholder(key: pl.Expr) -> pl.Expr:
    """Some character of the folded name is unknown (``?``)."""
    return key.str.contains("?", literal=True)


def matches_placeholder(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """The same but for unknown characters, each standing for exactly one.

    At least two characters long, and at least one known character is the same: a ``?`` alone never
    makes a match.
    """
    return seldom(
        pl.struct(a.alias("a"), b.alias("b")),
        lambda it: ~_some_side(it, has_placeholder),
        lambda it: once(_sides(it.struct.field("a"), it.struct.field("b")), _matches_placeholder),
        easy=lambda it: pl.when(_both(it)).then(pl.lit(value=False)),
        dtype=pl.Boolean,
    )


def _some_side(sides: pl.Expr, rule: Rule) -> pl.Expr:
    """The rule holds for one side at least; a missing side is none for which it does."""
    return pl.any_horizontal(rule(sides.struct.field(s)).fill_null(value=False) for s in ("a", "b"))


def _both(sides: pl.Expr) -> pl.Expr:
    return sides.struct.field("a").is_not_null() & sides.struct.field("b").is_not_null()


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
    return _of_one_length(a, b, _one_differs, pl.lit(value=False), pl.Boolean)


def _one_differs(sides: pl.Expr) -> pl.Expr:
    length, apart = sides.struct.field("a").str.len_chars(), sides.struct.field("apart")
    return (apart.str.len_chars() == 2).fill_null(value=False) & (length >= 2)


def differing_pair(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """The two characters where names differ in one character only, joined; "" otherwise."""
    return seldom(
        pl.struct(a.alias("a"), b.alias("b")),
        lambda it: (_length(it, "a") != _length(it, "b")) | _differ_in_more(it),
        lambda it: once(_sides(it.struct.field("a"), it.struct.field("b")), _pair),
        easy=lambda _: pl.lit(""),
    )


def _differ_in_more(sides: pl.Expr) -> pl.Expr:
    """Two at least of the first characters are not the same, of texts of one length."""
    a, b = sides.struct.field("a"), sides.struct.field("b")
    apart = (a.str.slice(at, 1) != b.str.slice(at, 1) for at in range(_SHORT))
    return pl.sum_horizontal(differ.cast(pl.UInt8) for differ in apart) > 1


def _of_one_length(
    a: pl.Expr, b: pl.Expr, rule: Rule, otherwise: pl.Expr, dtype: DataType
) -> pl.Expr:
    """A rule on the sides of texts of one length; others differ by more than one character."""
    return seldom(
        pl.struct(a.alias("a"), b.alias("b")),
        lambda it: _length(it, "a") != _length(it, "b"),
        lambda it: once(_sides(it.struct.field("a"), it.struct.field("b")), rule),
        easy=lambda _: otherwise,
        dtype=dtype,
    )


def _length(sides: pl.Expr, side: str) -> pl.Expr:
    return sides.struct.field(side).str.len_chars().cast(pl.Int32)


def _pair(sides: pl.Expr) -> pl.Expr:
    apart = sides.struct.field("apart")
    return pl.when(_one_differs(sides)).then(apart).otherwise(pl.lit(""))


def one_character_missing(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """One name is the other without one of its characters, and has at least two left."""
    return seldom(
        pl.struct(a.alias("a"), b.alias("b")),
        lambda it: (_length(it, "a") - _length(it, "b")).abs() != 1,
        lambda it: once(_by_length(it), _one_missing_of_any),
        easy=lambda _: pl.lit(value=False),
        dtype=pl.Boolean,
    )


def _one_missing_of_any(names: pl.Expr) -> pl.Expr:
    return seldom(
        names,
        lambda it: _length(it, "short") <= _SHORT,
        lambda it: _one_missing(it, _POSITIONS),
        easy=lambda it: _one_missing(it, _SHORT + 1),
        dtype=pl.Boolean,
    )


def _by_length(sides: pl.Expr) -> pl.Expr:
    a, b = sides.struct.field("a"), sides.struct.field("b")
    more = _length(sides, "a") > _length(sides, "b")
    return pl.struct(
        pl.when(more).then(a).otherwise(b).alias("long"),
        pl.when(more).then(b).otherwise(a).alias("short"),
    )


def _one_missing(names: pl.Expr, positions: int) -> pl.Expr:
    long, short = names.struct.field("long"), names.struct.field("short")
    size = short.str.len_chars()
    without = [
        (long.str.head(at) == short.str.head(at)) & (long.str.slice(at + 1) == short.str.slice(at))
        for at in range(positions)
    ]
    return (long.str.len_chars() == size + 1) & (size >= 2) & pl.any_horizontal(*without)


def _sides(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """``a``, ``b`` and ``apart``: both characters of every position where they differ, joined.

    ``apart`` is null where lengths differ or a difference lies beyond the positions looked at.
    """
    both = pl.struct(a.alias("a"), b.alias("b"))
    apart = seldom(
        both,
        lambda it: pl.max_horizontal(_length(it, "a"), _length(it, "b")) <= _SHORT,
        lambda it: _apart(it, _POSITIONS),
        easy=lambda it: _apart(it, _SHORT),
    )
    return pl.struct(a.alias("a"), b.alias("b"), apart.alias("apart"))


def _apart(sides: pl.Expr, positions: int) -> pl.Expr:
    a, b = sides.struct.field("a"), sides.struct.field("b")
    differ = []
    for at in range(positions):
        here, there = a.str.slice(at, 1), b.str.slice(at, 1)
        differ.append(pl.when(here != there).then(here + there).otherwise(pl.lit("")))
    same_end = a.str.slice(positions) == b.str.slice(positions)
    comparable = (_length(sides, "a") == _length(sides, "b")) & same_end
    return pl.when(comparable).then(pl.concat_str(differ))


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
