"""Agreement of names."""

from __future__ import annotations

import polars as pl

from rosterrec import names
from rosterrec.compare.ladder import ladder, sides
from rosterrec.frames import LEVEL
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
        pl.struct(f"{column}_{side}" for column in OF_NAME for side in ("left", "right")),
        lambda it: it.struct.field("name_left") == it.struct.field("name_right"),
        _name_level,
        easy=lambda it: ladder(
            ("placeholder", names.has_placeholder(it.struct.field("name_key_left"))),
            otherwise="equal",
        ),
        dtype=LEVEL,
    )


#: What the name level is told from.
OF_NAME = ("name", "name_key", "former_key", "readings", "near")


def _name_level(both: pl.Expr) -> pl.Expr:
    """The level of names that are not written the same."""
    return both.map_batches(_levels, return_dtype=LEVEL, is_elementwise=True)


def _levels(pairs: pl.Series) -> pl.Series:
    """By how they are written and sound as a whole; only the rest is taken apart."""
    a, b = sides("name_key")
    told = pairs.struct.unnest().with_columns(
        long=(names.is_long(a) | names.is_long(b)).fill_null(value=False),
        known=(a == b) & ~names.has_placeholder(a),
    )
    levels = told.select(_as_a_whole(long=False)).to_series()
    long = told["long"]  # few are: all are looked at as if they were short, and these once more
    if long.any():
        as_a_whole = told.filter(long).select(_as_a_whole(long=True)).to_series()
        levels = levels.scatter(long.arg_true(), as_a_whole)
    ends = ladder(("different", ~_share_an_end(a, b)), otherwise=pl.lit(None, dtype=LEVEL))
    levels = told.select(pl.coalesce(levels, ends)).to_series()
    rest = levels.is_null()
    apart = (
        told.filter(rest)
        .select(a, b)
        .with_columns(pair=names.differing_pair(a, b), own=names.given(a), its=names.given(b))
    )
    return levels.scatter(rest.arg_true(), apart.select(_taken_apart()).to_series())


def _as_a_whole(*, long: bool) -> pl.Expr:
    """The level of two names, null where nothing of the whole agrees.

    Args:
        long: one of them at least is long or Latin: most of it may be right though some is not.
    """
    (shown_a, shown_b), (a, b), (old_a, old_b) = (
        sides(column) for column in ("name", "name_key", "former_key")
    )
    known = pl.col("known")
    return ladder(
        ("missing", a.is_null() | b.is_null()),
        ("equal", known & _written_alike(shown_a, shown_b)),
        ("variant", known | names.same_words(shown_a, shown_b) if long else known),
        ("placeholder", names.matches_placeholder(a, b)),
        ("former", (a == old_b) | (old_a == b)),
        otherwise=_as_spelt() if long else _as_spoken(),
    )


def _written_alike(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """Known names that are the same but for dots and spaces."""
    return seldom(
        pl.struct("known", a.alias("a"), b.alias("b")),
        lambda it: ~it.struct.field("known").fill_null(value=False),
        lambda it: _bare(it.struct.field("a")) == _bare(it.struct.field("b")),
        easy=lambda _: pl.lit(value=False),
        dtype=pl.Boolean,
    )


def _bare(name: pl.Expr) -> pl.Expr:
    return name.str.replace_all(r"[\s·]", "")


def _as_spoken() -> pl.Expr:
    """The level of short names that sound alike."""
    (read_a, read_b), (near_a, near_b) = sides("readings"), sides("near")
    return ladder(
        ("homophone", names.share_reading(read_a, read_b)),
        ("near_homophone", names.share_reading(near_a, near_b)),
        otherwise=pl.lit(None, dtype=LEVEL),
    )


def _as_spelt() -> pl.Expr:
    """The level of long names that agree for the most part."""
    (shown_a, shown_b), (near_a, near_b) = sides("name"), sides("near")
    return ladder(
        ("respelt", names.respelt(near_a, near_b)),
        ("shortened", names.shortened(shown_a, shown_b)),
        ("one_word", names.one_word_same(near_a, near_b)),
        otherwise=pl.lit(None, dtype=LEVEL),
    )


def _share_an_end(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """The first or the last character is the same, as where one alone differs or is missing."""
    return (a.str.head(1) == b.str.head(1)) | (a.str.tail(1) == b.str.tail(1))


def _taken_apart() -> pl.Expr:
    """The level of names that sound unlike: of ``pair``, ``own`` and ``its``, worked out once."""
    a, b = sides("name_key")
    same_given = pl.col("own") == pl.col("its")
    one_differs = pl.col("pair") != ""
    return ladder(
        ("look_alike", _look_alike()),
        ("char_missing", names.one_character_missing(a, b)),
        ("given_same", same_given & (pl.col("own").str.len_chars() >= 2)),
        ("one_char", one_differs & (a.str.len_chars() >= 3)),
        ("given_alone", same_given),
        ("one_of_two", one_differs),
        otherwise="different",
    )


def _look_alike() -> pl.Expr:
    """The two characters in which the names differ look alike; few names differ in two alone."""
    return seldom(
        pl.col("pair"),
        lambda it: it == "",
        lambda it: it.is_in(names.look_alike_pairs()),
        easy=lambda _: pl.lit(value=False),
        dtype=pl.Boolean,
    )
