"""Citizen IDs and student numbers under area codes that no real district has."""

from __future__ import annotations

import datetime as dt
import random

HOME, NEXT_DOOR = "349921", "349922"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_digit(first17: str) -> str:
    """The 18th character of a number (GB 11643, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def is_valid(number: str) -> bool:
    """Whether the number has 18 characters, a real date and the right check digit."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    try:
        dt.datetime.strptime(number[6:14], "%Y%m%d")
    except ValueError:
        return False
    return check_digit(number[:17]) == number[17]


class IdOffice:
    """Gives out numbers, each once."""

    def __init__(self) -> None:
        self.given: set[str] = set()

    def exact(self, region: str, birth: dt.date, sequence: int) -> str:
        """The number with that sequence code.

        Raises:
            ValueError: if it has been given already.
        """
        first17 = f"{region}{birth:%Y%m%d}{sequence:03d}"
        number = first17 + check_digit(first17)
        if number in self.given:
            raise ValueError(f"given twice: sequence {sequence}")
        self.given.add(number)
        return number

    def new(self, region: str, birth: dt.date, sex: str, rng: random.Random) -> str:
        """A fresh number: odd sequence for boys, even for girls."""
        while True:
            sequence = rng.randrange(2, 90) * 2 + (sex == "男")
            first17 = f"{region}{birth:%Y%m%d}{sequence:03d}"
            if first17 + check_digit(first17) not in self.given:
                return self.exact(region, birth, sequence)

    def beside(self, twin: str, sex: str) -> str:
        """The number of a twin registered right after: same day, next fitting sequence code."""
        first14, sequence = twin[:14], int(twin[14:17])
        birth = dt.datetime.strptime(first14[6:], "%Y%m%d").date()
        for following in range(sequence + 1, 999):
            first17 = f"{first14}{following:03d}"
            fits = following % 2 == (sex == "男")
            if fits and first17 + check_digit(first17) not in self.given:
                return self.exact(first14[:6], birth, following)
        raise ValueError("no number left beside the twin")


def temporary(letter: str, birth: dt.date, rng: random.Random) -> str:
    """A student number for a pupil without an ID: J with a check digit, L with none."""
    first17 = f"{HOME}{birth:%Y%m%d}{rng.randrange(1, 60):03d}"
    right = check_digit(first17)
    if letter == "J":
        return "J" + first17 + right
    return "L" + first17 + rng.choice([d for d in "0123456789" if d != right])
