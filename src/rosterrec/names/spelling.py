"""Names that follow no Chinese pattern: transliterated ones, and those in Latin letters.

Of a name of three characters every one counts; of a long one, or of ten letters, most may be right
though some are not. These are compared by how much of them agrees.
"""

from __future__ import annotations

from typing import Final

import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from rosterrec.once import seldom

#: Han names longer than this are transliterated; so is any in Latin letters.
LONGEST_HAN: Final = 4
#: Share of the letters of two readings that must agree (Ratcliff-Obershelp, in percent).
_ALIKE: Final = 80
#: Jaro-Winkler similarity from which two Latin words may be one.
_LIKE_WORD: Final = 0.85


def is_long(key: pl.Expr) -> pl.Expr:
    """A folded name that is transliterated (five Han characters or more) or in Latin letters."""
    return (key.str.len_chars() > LONGEST_HAN) | key.str.contains("^[A-Z]{2,}")


def respelt(near_a: pl.Expr, near_b: pl.Expr) -> pl.Expr:
    """Long names whose readings agree for the most part, or that differ by two letters at most.

    Args:
        near_a: readings of one name, from ``near_readings``.
        near_b: of the other.
    """
    both = pl.struct(near_a.alias("a"), near_b.alias("b"))
    return both.map_batches(_respelt, return_dtype=pl.Boolean, is_elementwise=True)


def _respelt(pairs: pl.Series) -> pl.Series:
    sides = zip(*(pairs.struct.field(side).to_list() for side in ("a", "b")), strict=True)
    found = [None if a is None or b is None else _alike(a, b) for a, b in sides]
    return pl.Series(pairs.name, found, dtype=pl.Boolean)


def _alike(a: str, b: str) -> bool:
    if a.isupper() and b.isupper():
        return _words_alike(a, b)
    return any(
        fuzz.ratio(one, other, score_cutoff=_ALIKE) > 0
        for one in a.split("|")[:4]
        for other in b.split("|")[:4]
    )


def _words_alike(a: str, b: str) -> bool:
    """Every word is like that in its place in one of the orders of the other name."""
    words = a.partition("|")[0].split()
    for order in b.split("|"):
        others = order.split()
        if len(words) == len(others) and all(
            JaroWinkler.similarity(one, other) >= _LIKE_WORD
            for one, other in zip(words, others, strict=True)
        ):
            return True
    return False


def words(shown: pl.Expr) -> pl.Expr:
    """The words of a shown Latin name in capitals, and in the other order, joined by "|".

    They stand where the readings of a Han name would, so that either word is found in either place.
    Null for names that are not in Latin letters.
    """
    return seldom(
        shown,
        lambda it: ~it.str.contains(r"\p{Latin}{2}"),
        _in_both_orders,
        easy=lambda _: pl.lit(None, dtype=pl.String),
    )


def _in_both_orders(shown: pl.Expr) -> pl.Expr:
    capitals = shown.str.to_uppercase().str.replace_all(r"[^\p{L} ]", "")
    listed = capitals.str.strip_chars().str.split(" ")
    there, back = listed.list.join(" "), listed.list.reverse().list.join(" ")
    whole = pl.concat_str(
        there, pl.when(there != back).then(back), separator="|", ignore_nulls=True
    )
    return pl.when(there.str.len_chars() > 0).then(whole)


def one_word_same(near_a: pl.Expr, near_b: pl.Expr) -> pl.Expr:
    """Two Latin names, from ``words``, have a word in common."""
    a, b = (near.str.replace(r"\|.*$", "").str.split(" ") for near in (near_a, near_b))
    return near_a.str.contains("^[A-Z]") & (a.list.set_intersection(b).list.len() > 0)


def same_words(shown_a: pl.Expr, shown_b: pl.Expr) -> pl.Expr:
    """Two shown names have the same words in whatever order."""
    return _words(shown_a) == _words(shown_b)


def shortened(shown_a: pl.Expr, shown_b: pl.Expr) -> pl.Expr:
    """One shown name is the other with words left out or cut to their initials, two at least left.

    Words of both are compared from the last (the family name, or the father's), which must agree.
    """
    a, b = _list(shown_a), _list(shown_b)
    fewer, more = a.list.len() < b.list.len(), a.list.len() >= b.list.len()
    short, long = pl.when(fewer).then(a).otherwise(b), pl.when(more).then(a).otherwise(b)
    initials = long.list.eval(pl.element().str.head(1))
    covered = short.list.set_difference(long).list.set_difference(initials).list.len() == 0
    return (short.list.last() == long.list.last()) & (short.list.len() >= 2) & covered


def _list(shown: pl.Expr) -> pl.Expr:
    return shown.str.to_uppercase().str.split(" ")


def _words(shown: pl.Expr) -> pl.Expr:
    return _list(shown).list.sort().list.join(" ")
