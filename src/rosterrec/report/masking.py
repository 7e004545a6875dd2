"""What a screen may show of a child unless asked for more (``domain.md`` 6).

A name keeps its ends, a birthdate its year. Of a number the area code stays, and the digits in
which two numbers differ where they are few: the slip of a hand is what a clerk has to see. The last
four digits are never shown, since beside a birthdate they give the whole number away.
"""

from __future__ import annotations

import re

import polars as pl

from rosterrec import names

#: Of a number, so many leading characters say no more than where it was given out.
_AREA = 6
#: So many places in which two numbers differ may be shown.
_FEW = 2


def masked_name(name: str | None) -> str | None:
    """张*伟, 张*, 欧阳*, 阿卜杜拉·*."""
    return None if name is None else pl.select(names.mask(pl.lit(name))).item()


def masked_names(joined: str | None) -> str | None:
    """Names joined by "|", each masked."""
    return None if joined is None else "|".join(masked_name(n) or "" for n in joined.split("|"))


def masked_number(number: str | None, other: str | None = None) -> str | None:
    """A number as stars after its area code, but for the places where another differs from it.

    Args:
        number: an ID or student number.
        other: the number it is shown beside.
    """
    if number is None:
        return None
    length = len(number)
    start = len(number) - len(number.lstrip("GLJ"))
    area = _AREA + start if length > 2 * _AREA else 0
    shown = set(range(area))
    if other is not None and len(other) == length:
        apart = [at for at in range(length) if number[at] != other[at]]
        shown |= set(apart if len(apart) <= _FEW else ())
    return "".join(c if at in shown else "*" for at, c in enumerate(number))


def masked_phone(phone: str | None) -> str | None:
    """Three digits of a telephone number."""
    return None if phone is None else phone[:3] + "*" * (len(phone) - 3)


def masked_date(date: str | None) -> str | None:
    """The year of a date."""
    return None if date is None else date[:4]


def masked_query(words: str) -> str:
    """What somebody typed to find a person, as an answer may repeat it.

    A row, a place or a person id say nothing of the child; a name or a number do.
    """
    if "!" in words or re.fullmatch(r"\d{1,6}|P[0-9a-f]{12}(-\d+)?", words):
        return words
    if re.fullmatch(r"[0-9*]{7,}[0-9Xx]", words):
        return masked_number(words) or words
    return masked_name(words) or "*"


def masked_person(name: str | None, number: str | None) -> str:
    """A child as lists of decisions show it: 张*伟 349921************."""
    parts = (masked_name(name), masked_number(number))
    return " ".join(part for part in parts if part)
