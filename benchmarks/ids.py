"""Citizen ID numbers (GB 11643) under area codes that were never assigned, as integer columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = np.array(list("10X98765432"))
#: Sequence codes come in pairs, odd for boys; the lower are for single births, the rest for twins.
_SINGLES, _TWIN_SLOTS = 397, 47


def eight(day: Days) -> Ints:
    """Dates as numbers YYYYMMDD."""
    months = day.astype("datetime64[M]")
    years = months.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    return np.asarray(years * 10000 + month * 100 + (day - months).astype(np.int64) + 1)


def day_of(number: Ints) -> tuple[Days, npt.NDArray[np.bool_]]:
    """Dates of numbers YYYYMMDD, and which of them are real dates."""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    fits = (month >= 1) & (month <= 12) & (day >= 1)
    months = ((year - 1970) * 12 + np.where(fits, month, 1) - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (np.where(fits, day, 1) - 1)
    return days, fits & (days.astype("datetime64[M]") == months)


def check(first17: Ints) -> Ints:
    """Index into ``CHECKS`` of the eighteenth character (MOD 11-2)."""
    total = np.zeros(len(first17), np.int64)
    rest = first17.copy()
    for weight in reversed(_WEIGHTS):
        total += rest % 10 * weight
        rest //= 10
    return np.asarray(total % 11)


def text(first17: Ints) -> pl.Series:
    """The numbers with their check characters."""
    last = pl.Series(CHECKS.tolist()).gather(check(first17))
    return pl.Series(first17).cast(pl.String) + last


def characters(first17: Ints) -> npt.NDArray[np.uint8]:
    """The eighteen characters of each number as ASCII codes."""
    out = np.empty((len(first17), 18), np.uint8)
    rest = first17.copy()
    for at in range(16, -1, -1):
        out[:, at] = rest % 10 + 48
        rest //= 10
    out[:, 17] = np.array([ord(c) for c in CHECKS], np.uint8)[check(first17)]
    return out


def issue(
    area: Ints, birth: Days, male: npt.NDArray[np.bool_], twin: Ints, chance: np.random.Generator
) -> Ints:
    """Numbers without check character, each given once.

    Two numbers of a pair of twins stand side by side: same pair of sequence codes for a boy and a
    girl, neighbouring pairs for two of a sex.

    Args:
        area: six-digit code of the place of first registration; twins share it.
        birth: birthdates; twins share it.
        male: sex, which the seventeenth digit shows.
        twin: position of the twin, -1 for single births.
        chance: decides the order of registration.

    Raises:
        ValueError: if a day has more births than it has numbers.
    """
    cell = area * 100_000 + birth.astype("datetime64[D]").astype(np.int64)
    slot = np.zeros(len(area), np.int64)
    single = np.flatnonzero(twin < 0)
    slot[single] = _spread(cell[single] * 2 + male[single], _SINGLES, chance)
    first = np.flatnonzero((twin >= 0) & (twin > np.arange(len(twin))))
    second = twin[first]
    slot[first] = _SINGLES + 2 * _spread(cell[first], _TWIN_SLOTS, chance)
    slot[second] = slot[first] + (male[first] == male[second])
    sequence = 2 * slot + np.where(male, 1, 2)
    return area * 10**11 + eight(birth) * 1000 + sequence


def _spread(cell: Ints, prime: int, chance: np.random.Generator) -> Ints:
    """A number below ``prime`` for each entry, different within a cell."""
    order = np.lexsort((chance.permutation(len(cell)), cell))
    ordered = cell[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(cell) else order
    sizes = np.diff(np.r_[starts, len(cell)])
    if len(sizes) and sizes.max() > prime:
        raise ValueError("more births on a day than numbers: ask for fewer people")
    rank = np.arange(len(cell)) - np.repeat(starts, sizes)
    step = np.repeat(chance.integers(1, prime, len(starts)), sizes)
    start = np.repeat(chance.integers(0, prime, len(starts)), sizes)
    out = np.empty(len(cell), np.int64)
    out[order] = (rank * step + start) % prime
    return out
