"""The check character of an ID number (MOD 11-2: ISO 7064, GB 11643), from its first 17 digits."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

#: Weights of the first 17 digits, and the check character by remainder.
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"
#: Digits whose sum is looked up instead of worked out.
_AT_ONCE: Final = 4


def check_of(number: pl.Expr) -> pl.Expr:
    """The check character of 17 digits, given as one number; null where that is null."""
    table = pl.lit(_sums())
    total = pl.lit(0, dtype=pl.UInt16)
    for done in range(0, len(WEIGHTS), _AT_ONCE):  # from the last digit
        four = (number // 10**done % 10**_AT_ONCE).cast(pl.UInt32, strict=False)
        total += table.gather(four) * (2**done % 11)
    return pl.lit(pl.Series(list(CHECKS))).gather(total % 11)


@cache
def _sums() -> pl.Series:
    """Of every four digits their weighted sum, as if they were the last ones of the 17.

    The weight of a digit is twice that of the one after it, modulo 11: the sum of digits further
    in front is the same times a power of two.
    """
    number = pl.int_range(10**_AT_ONCE, dtype=pl.UInt16)
    digits = enumerate(reversed(WEIGHTS[-_AT_ONCE:]))
    total = pl.sum_horizontal(number // 10**at % 10 * weight for at, weight in digits)
    return pl.select(total % 11).to_series()
