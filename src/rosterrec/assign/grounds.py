"""On what grounds a pair may be accepted, or must be seen by a person.

A probability alone does not put a child in school: each acceptance rests on one named pattern of
evidence, tried in this order. The rest is review where it is likely, or where an ID number agrees
and something else does not.
"""

from __future__ import annotations

import polars as pl

from rosterrec.frames import LEVELS
from rosterrec.levels import family_agrees, family_differs

#: Bits from which a pair is sure, were it the only candidate (99 in 100): the least for most
#: grounds that rest on no number.
SURE = 6.63
#: Bits (9 in 10) that suffice for a name within its own family, or with its birthdate where nobody
#: comes near and no family speaks against it: that none of all who might own the row is called
#: alike is evidence of which the bits know nothing.
LIKELY = 3.17
#: Below this (1 in 9) a pair is only the nearest candidate.
DOUBTFUL = -3.0
#: Name, birthdate and sex are the child's, and too common to tell: likely where the child has no
#: row, and perhaps its second registration where it has one.
ALIKE = "alike"
#: Number and birthdate outweigh one wrong character of the name.
TWO_WITNESSES = "id_birth_and_part_of_name"


def by_levels() -> list[str | pl.Expr]:
    """All that grounds and doubts look at: the levels, and how far the weight reaches."""
    reach = pl.sum_horizontal(pl.col("weight") >= bits for bits in (SURE, LIKELY, DOUBTFUL))
    return [*LEVELS, reach.alias("reach")]


_NAME = ["equal", "variant"]
_NEAR_NAME = [
    "former", "homophone", "near_homophone", "look_alike", "placeholder", "char_missing",
    "given_same", "respelt", "shortened",
]  # fmt: skip
_ID = ["equal", "recovered"]
_BROKEN_ID = ["slip", "partial"]


def _name(levels: list[str]) -> pl.Expr:
    return pl.col("name_level").is_in(levels)


def _id(levels: list[str]) -> pl.Expr:
    return pl.col("id_level").is_in(levels)


def _birth(levels: list[str]) -> pl.Expr:
    return pl.col("birth_level").is_in(levels)


_NO_BIRTH_CONFLICT = ~pl.col("birth_level").is_in(["different", "same_year"])
_NO_SEX_CONFLICT = pl.col("sex_level") != "different"
_NO_CONFLICT = _NO_BIRTH_CONFLICT & _NO_SEX_CONFLICT
#: No valid number speaks, or it speaks for neither side.
_OPEN_ID = ~_id(["conflict", "old_differs", *_ID])
_BIRTH_SLIP = ["equal", "implied", "lunar", "swapped", "one_day", "one_digit", "month"]


def acceptable(*, by_weight: bool = False, birth_witnesses: bool = False) -> pl.Expr:
    """The first pattern of evidence that suffices, as its code; null where none does.

    Args:
        by_weight: where nothing else suffices, the sum of the evidence does, if nobody comes near.
        birth_witnesses: the birthdates of the right list are not read out of its numbers.

    Two valid numbers that differ never suffice, however alike the rest, but where two children
    exchanged theirs (``swaps``).
    """
    patterns = _by_number() | _by_family() | _by_name()
    if birth_witnesses:
        patterns[TWO_WITNESSES] = two_witnesses()
    if by_weight:
        patterns["weight_alone"] = ~_id(["conflict"]) & (pl.col("weight") >= DOUBTFUL)
    return _first(patterns)


def alike() -> pl.Expr:
    """The name is the child's or near it, and neither birthdate nor sex is another's."""
    return _name([*_NAME, *_NEAR_NAME]) & _NO_CONFLICT


def sole_slip() -> pl.Expr:
    """The one thing that is not equal of name, birthdate and sex, as its level; else null.

    A near name; a birthdate near the other, or known by its month or not at all; another sex
    (``sex``); ``equal`` if there is none. What is not known of birthdate and sex is no slip in one
    class, or in one family.
    """
    name, birth = _name(["equal"]), _birth(["equal"])
    together = (pl.col("class_level") == "same_class") | family_agrees()
    sex = (pl.col("sex_level") == "equal") | ((pl.col("sex_level") == "missing") & together)
    unknown = _birth(["month", "missing"])
    return (
        pl.when(sex & _name(["equal", "variant", *_NEAR_NAME]) & (birth | (unknown & together)))
        .then(pl.col("name_level").cast(pl.String))
        .when(sex & name & (_birth(["lunar", "swapped", "one_day", "one_digit"]) | unknown))
        .then(pl.col("birth_level").cast(pl.String))
        .when(~_NO_SEX_CONFLICT & name & birth)
        .then(pl.lit("sex"))
    )


def _by_number() -> dict[str, pl.Expr]:
    """Grounds on which a number, whole or broken, is the child's own."""
    return {
        "id_and_name": _id(_ID) & _name(_NAME),
        "id_and_near_name": _id(_ID) & _name(_NEAR_NAME) & _NO_CONFLICT,
        # A child who took the other parent's surname; a twin would have the same one.
        "id_and_given_name": _id(_ID)
        & _name(["given_alone"])
        & _birth(["equal", "implied"])
        & _NO_SEX_CONFLICT
        & family_agrees(),
        # The family may have changed with the surname; a sister would be called otherwise.
        "id_birth_and_given_name": _id(_ID)
        & _name(["given_alone"])
        & _birth(["equal"])
        & (pl.col("sex_level") == "equal")
        & ~family_differs(),
        # Under its number and birthdate, in its class: another child would have to be a twin, and
        # this one be missing there.
        "id_and_class": _id(_ID)
        & _name(["one_char", "given_alone"])
        & _birth(["equal", "implied"])
        & (pl.col("sex_level") == "equal")
        & (pl.col("class_level") == "same_class"),
        "broken_id_and_name": _name(_NAME)
        & (
            (_id(_BROKEN_ID) & _NO_CONFLICT)
            | (_id(["slip"]) & _birth(["equal"]) & (pl.col("weight") >= LIKELY) & ~family_differs())
        ),
        "broken_id_and_near_name": _id(["slip"])
        & _name(_NEAR_NAME)
        & (_birth(["equal"]) | (_birth(["missing"]) & family_agrees()))
        & _NO_SEX_CONFLICT,
    }


def two_witnesses() -> pl.Expr:
    """Number and birthdate, each by itself, are the child's, whose name has one wrong character.

    Whoever else's row had this number typed in would have a birthdate of its own.
    """
    return (
        (_id(["equal"]) | (_id(["slip"]) & (pl.col("weight") >= LIKELY)))
        & _name(["one_char", "one_of_two", "given_alone"])
        & _birth(["equal"])
        & (pl.col("sex_level") == "equal")
        & ~family_differs()
    )


def _by_family() -> dict[str, pl.Expr]:
    """Grounds on which a child without a number of its own is of that family."""
    of_the_family = _OPEN_ID & family_agrees()
    # No two children of a family have both name and birthday in common: one thing beside them may
    # be wrong, the sex or a number that has been replaced since.
    plainly = _birth(["equal"]) & (pl.col("weight") >= LIKELY)
    one_wrong = (_OPEN_ID & ~_id(["different"])) | (_id(["old_differs"]) & _NO_SEX_CONFLICT)
    return {
        "name_birth_and_family": family_agrees()
        & _name(_NAME)
        & ((_OPEN_ID & _birth(_BIRTH_SLIP) & _NO_SEX_CONFLICT) | (plainly & one_wrong)),
        "near_name_birth_and_family": of_the_family
        & _name(_NEAR_NAME)
        & _birth(["equal"])
        & (pl.col("sex_level") == "equal"),
        "name_and_family": of_the_family
        & _name(_NAME)
        & _birth(["missing"])
        & _NO_SEX_CONFLICT
        & (pl.col("weight") >= LIKELY),
    }


def _by_name() -> dict[str, pl.Expr]:
    """Grounds on which name, birthdate or class suffice, where the evidence is sure."""
    sure, likely = (
        _OPEN_ID & _NO_SEX_CONFLICT & (pl.col("weight") >= bits) for bits in (SURE, LIKELY)
    )
    same_class = pl.col("class_level") == "same_class"
    return {
        # Such a pair has to stand clear of all others as well (``resolve``).
        "name_and_birth": _name(["equal"])
        & ((sure & _birth(["equal", "month"])) | (likely & _birth(["equal"]) & ~family_differs())),
        # One of a class is left on either list; a twin in the same class has a row of his own.
        "near_name_and_class": sure
        & _name([level for level in _NEAR_NAME if level != "respelt"])
        & same_class
        & _birth([*_BIRTH_SLIP, "missing"]),
        "name_and_class": sure & _name(_NAME) & same_class & _NO_BIRTH_CONFLICT,
    }


def _first(patterns: dict[str, pl.Expr]) -> pl.Expr:
    """The code of the first pattern that holds; null where none does."""
    return pl.coalesce(
        pl.when(condition).then(pl.lit(code)) for code, condition in patterns.items()
    )


def reviewable(*, about_the_list: bool) -> pl.Expr:
    """Why a pair must be seen by a person, as a code; null where it need not be.

    Args:
        about_the_list: rows of the right list speak of people of the left one (a ledger, filings),
            so that a namesake with another valid number is a question, not a stranger.
    """
    named = _name(_NAME)
    same_child_but_id = (
        named & _birth(["equal", "implied", "lunar", "swapped", "one_day"]) & (family_agrees())
    )
    conflict = pl.col("id_level") == "conflict"
    corroborated = family_agrees() | (pl.col("class_level") == "same_class")
    alike_but_id = _name([*_NAME, *_NEAR_NAME]) & corroborated & (pl.col("weight") >= DOUBTFUL)
    patterns = {
        "id_with_other_name": _id(_ID),
        "broken_id_with_other_name": _id(["slip"]) & ~_name(["different", "missing"]),
        # Of one family and one birthday: the child under another name, or a twin nobody lists.
        "family_and_birth": ~conflict & family_agrees() & _birth(["equal"]) & _NO_SEX_CONFLICT,
        "other_id": conflict & (named if about_the_list else same_child_but_id | alike_but_id),
        ALIKE: ~conflict
        & (pl.col("weight") >= DOUBTFUL)
        & _name(["equal"])
        & _birth(["equal"])
        & (pl.col("sex_level") == "equal"),
        "likely": ~conflict & (pl.col("weight") >= DOUBTFUL),
    }
    return _first(patterns)
