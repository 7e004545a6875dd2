"""What is asked for: how many children, which seed, which setting."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np

#: The day the lists are as of, and the days between which children of 6 to 15 were born.
AS_OF: Final = dt.date(2024, 10, 15)
BORN: Final = (np.datetime64("2008-10-16"), np.datetime64("2018-10-15"))
SCHOOL_YEAR: Final = 2024
COUNTY, COUNTY_CODE = "澄溪县", 349921
#: Children to a township, and townships' worth of registry around the one that asks.
TOWN_SIZE, TOWNS_AROUND = 3000, 30
#: Pupils from other counties for each child of this one.
OUTSIDERS = 0.08


@dataclass(frozen=True)
class Plan:
    """A county to invent.

    Attributes:
        size: rows of the population list.
        seed: everything drawn hangs on it.
        hard: errors doubled, and 40 % of roster rows without an ID.
        township: the population list and the rosters are one township's, the registry its county's.
    """

    size: int
    seed: int
    hard: bool = False
    township: bool = False

    @property
    def natives(self) -> int:
        """Children whose household is registered in the county."""
        return self.size * (TOWNS_AROUND if self.township else 1)

    @property
    def everyone(self) -> int:
        """Natives and the pupils from elsewhere."""
        return self.natives + round(self.natives * OUTSIDERS)

    @property
    def towns(self) -> int:
        """Townships of the county."""
        return TOWNS_AROUND if self.township else max(4, round(self.natives / TOWN_SIZE))

    @property
    def codes(self) -> int:
        """Area codes of the county: a big one stands for a city of up to eight districts."""
        return min(8, 1 + self.natives // 150_000)

    def chance(self, topic: str) -> np.random.Generator:
        """A stream of its own for each topic, so that a change in one leaves the others alone."""
        seeds = np.random.SeedSequence([self.seed, zlib.crc32(topic.encode())])
        return np.random.Generator(np.random.PCG64(seeds))
