"""The kinds of blocking keys, each with the error that it survives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rosterrec.block.keys import Side, of_all

#: Pairs that one key value may make; a value shared by more people than that tells nothing.
LARGEST_BLOCK = 10_000
#: The same for a name without the day, and for the day with half a name: among twenty people of
#: either list who share no more than that, nothing tells who is who, and in a province such pairs
#: would grow with the square of the people.
_OF_A_NAME, _OF_A_DAY = 400, 1_000
#: The same for one part of a name.
_OF_A_PART = 25


@dataclass(frozen=True)
class Kind:
    """One kind of blocking key.

    Attributes:
        left: what the left record must have, as numbers of ``keys.FACTS``; null gives no key.
        right: what it must equal on the right; by default the same.
        settled: people whose row is certain already are looked for by it as well: they may have a
            second row. The other kinds would only find strangers for them.
        numbered: it is for two valid numbers too. They differ, or the number itself would be the
            key, so that the two are different people unless much else says that they are one.
        largest: pairs that one value of it may make.
    """

    left: Side
    right: Side = ()
    settled: bool = False
    numbered: bool = True
    largest: int = LARGEST_BLOCK


def _one(*facts: str) -> Side:
    """Any of these facts."""
    return tuple(pl.col(fact) for fact in facts)


def _all(*facts: str) -> Side:
    """All of these facts."""
    return (of_all(*facts),)


def _each_name_with(fact: str) -> Side:
    """Either part of the name with this fact."""
    return of_all("surname", fact), of_all("given", fact)


KINDS: Mapping[str, Kind] = {
    # any name, any birthdate
    "id": Kind(_one("id", "old_id"), settled=True),
    # a number whose end was rounded, cut or mistyped
    "id_head": Kind(_one("id_head")),
    # a number mistyped in its first ten characters
    "id_tail": Kind(_one("id_tail")),
    # an opaque number mistyped at its end, or at its beginning; or mistyped as well as the name
    "opaque_head": Kind(_one("opaque_head")),
    "opaque_tail": Kind(_one("opaque_tail")),
    "opaque_day": Kind(_one("opaque_day")),
    # a short one mistyped in its middle; beside a part of the name, a few characters of it suffice
    "opaque_ends": Kind(_all("opaque_start", "opaque_end")),
    "opaque_start_name": Kind(_each_name_with("opaque_start"), largest=_OF_A_NAME),
    "opaque_end_name": Kind(_each_name_with("opaque_end"), largest=_OF_A_NAME),
    # number and birthdate wrong, and the name as well: one part of it that hardly anybody bears
    "opaque_rare": Kind(_each_name_with("opaque_any"), largest=_OF_A_PART),
    # no number: a homophone, a dialect slip
    "sound_day": Kind(_all("sound", "day"), settled=True),
    # no number, and the birthdate wrong
    "sound_year": Kind(_all("sound", "year"), numbered=False, largest=_OF_A_NAME),
    "name": Kind(_one("name", "former"), numbered=False, largest=_OF_A_NAME),
    # no number, and a character of the given name, or the surname, replaced
    "day_surname": Kind(_all("surname", "day"), numbered=False, largest=_OF_A_DAY),
    "day_given": Kind(_all("given", "day"), numbered=False, largest=_OF_A_DAY),
    # the birthdate by the other calendar
    "lunar": Kind(_all("sound", "lunar_day"), _all("sound", "day")),
    "by_lunar": Kind(_all("sound", "day"), _all("sound", "lunar_day")),
    # the day of birth unknown on one side
    "month": Kind(_all("sound", "month"), _all("sound", "birth_month")),
    "by_month": Kind(_all("sound", "birth_month"), _all("sound", "month")),
    # no number, and name or birthdate far off: the family tells
    "family_given": Kind(_all("guardian", "given"), settled=True),
    "family_year": Kind(_all("guardian", "year")),
    "phone": Kind(_one("phone"), settled=True),
    "household": Kind(_one("household")),
    # no number, no birthdate, no family: who is left of a class on both lists
    "class_surname": Kind(_all("class", "surname")),
    "class_given": Kind(_all("class", "given")),
}
