"""Agreement of names."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from rosterrec import names
from rosterrec.compare.ladder import ladder, sides
from rosterrec.once import seldom


def name_level() -> pl.Expr:
    """Name, from the same characters to nothing in common.

    equal; variant (traditional or variant characters); former (a former name of either); homophone
    (some reading of each is the same, tones apart); near_homophone (the same but for dialect
    confusions); respelt (a long or Latin name, transliterated or spelt another way); shortened (a
    Latin name without some of its words, or with initials); one_word (Latin names with a word in
    common); look_alike (one character replaced by
    one of similar shape); placeholder (a ? or □ stands for one character); char_missing (one
    character more or fewer); given_same (another surname); one_char (one of three or more
    characters replaced by another that is not similar);
    given_alone (the same given name of one character under another surname); one_of_two (the same
    surname with another given name of one character); different; missing.
    """
    return seldom(
        pl.struct(f"{column}_{side}" for column in _OF_NAME for side in ("left", "right")),
        lambda it: it.struct.field("name_left") == it.struct.field("name_right"),
        _name_level,
        easy=lambda it: (
            pl.when(names.has_placeholder(it.struct.field("name_key_left")))
            .then(pl.lit("placeholder"))
            .otherwise(pl.lit("equal"))
        ),
    )


#: What the name level is told from.
_OF_NAME = ("name", "name_key", "former_key", "readings", "near")


def _name_level(both: pl.Expr) -> pl.Expr:
    """The level of names that are not written the same."""
    return both.map_batches(_levels, return_dtype=pl.String, is_elementwise=True)


def _levels(pairs: pl.Series) -> pl.Series:
    """By how they are written and sound as a whole; only the rest is taken apart."""
    a, b = sides("name_key")
    long = (names.is_long(a) | names.is_long(b)).fill_null(value=False)
    known = (a == b) & ~names.has_placeholder(a)
    told = pairs.struct.unnest().with_columns(long=long, known=known)
    levels = told.select(_as_a_whole()).to_series()
    rest = levels.is_null()
    apart = (
        told.filter(rest)
        .select(a, b)
        .with_columns(pair=names.differing_pair(a, b), own=names.given(a), its=names.given(b))
    )
    return levels.scatter(rest.arg_true(), apart.select(_taken_apart()).to_series())


def _as_a_whole() -> pl.Expr:
    """The level of two names, null where nothing of the whole agrees."""
    (shown_a, shown_b), (a, b), (old_a, old_b), (read_a, read_b), (near_a, near_b) = (
        sides(column) for column in _OF_NAME
    )
    plain_a, plain_b = (x.str.replace_all(r"[\s·]", "") for x in (shown_a, shown_b))
    known, long = pl.col("known"), pl.col("long")
    return ladder(
        ("missing", a.is_null() | b.is_null()),
        ("equal", known & (plain_a == plain_b)),
        ("variant", known | _of_long(long, names.same_words, shown_a, shown_b)),
        ("placeholder", names.matches_placeholder(a, b)),
        ("former", (a == old_b) | (old_a == b)),
        ("homophone", ~long & names.share_reading(read_a, read_b)),
        ("near_homophone", ~long & names.share_reading(near_a, near_b)),
        ("respelt", _of_long(long, names.respelt, near_a, near_b)),
        ("shortened", _of_long(long, names.shortened, shown_a, shown_b)),
        ("one_word", _of_long(long, names.one_word_same, near_a, near_b)),
        otherwise=pl.lit(None, dtype=pl.String),
    )


def _of_long(
    long: pl.Expr, rule: Callable[[pl.Expr, pl.Expr], pl.Expr], a: pl.Expr, b: pl.Expr
) -> pl.Expr:
    """A rule for long names; of others it is not true."""
    return seldom(
        pl.struct(long.alias("long"), a.alias("a"), b.alias("b")),
        lambda it: ~it.struct.field("long"),
        lambda it: rule(it.struct.field("a"), it.struct.field("b")),
        easy=lambda _: pl.lit(value=False),
        dtype=pl.Boolean,
    )


def _taken_apart() -> pl.Expr:
    """The level of names that sound unlike: of ``pair``, ``own`` and ``its``, worked out once."""
    a, b = sides("name_key")
    same_given = pl.col("own") == pl.col("its")
    one_differs = pl.col("pair") != ""
    return ladder(
        ("look_alike", pl.col("pair").is_in(names.look_alike_pairs())),
        ("char_missing", names.one_character_missing(a, b) | names.one_character_missing(b, a)),
        ("given_same", same_given & (pl.col("own").str.len_chars() >= 2)),
        ("one_char", one_differs & (a.str.len_chars() >= 3)),
        ("given_alone", same_given),
        ("one_of_two", one_differs),
        otherwise="different",
    )
