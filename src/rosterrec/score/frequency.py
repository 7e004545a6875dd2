"""How many people of the lists at hand have in common what two names agree in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import polars as pl

from rosterrec import names
from rosterrec.frames import Records
from rosterrec.score.tables import shipped

#: Columns of records that parts of a name are told from.
OF_A_NAME = ["name_key", "readings", "near"]
#: Parts of a name of which the commonness is told, as columns of records.
_PARTS: Mapping[str, pl.Expr] = MappingProxyType(
    {
        "spelling": pl.col("name_key"),
        "sound": pl.col("readings"),
        "near_sound": pl.col("near"),
        "given": names.given(pl.col("name_key")),
    }
)
#: What two names of a level have in common: whoever has it too agrees so far.
IN_COMMON: Mapping[str, str] = MappingProxyType(
    {
        "equal": "spelling",
        "homophone": "sound",
        "near_homophone": "near_sound",
        "given_same": "given",
    }
)

#: Levels at which only what is rarer than usual weighs more: a common name weighs as any does. The
#: bits err on the careful side, and would keep true pairs from being asked about.
PARTIAL = ("near_homophone", "given_same")


class Shares:
    """The share of people by each part of a name, steadied by imaginary people.

    Few names are ever asked for, so that only those are counted, and by their hashes: numbers are
    counted and found three times as fast as texts, and one in ten million counties has two that
    meet.

    Args:
        lists: records of everybody.
    """

    def __init__(self, *lists: Records) -> None:
        self._everybody = [records.select(OF_A_NAME) for records in lists]
        self._hashes = cache(self._hashed)

    def of_level(self, level: str, people: pl.DataFrame) -> pl.Series:
        """The share of people who have in common with each of these what the level asks.

        Of what is missing it is the share of what nobody has.

        Args:
            level: one of ``IN_COMMON``.
            people: their names (``OF_A_NAME``).
        """
        part = IN_COMMON[level]
        tf = shipped()["tf"]
        extra = tf["pseudo_people"] * tf[part]
        total = self._total(part)
        values = people.select(value=_PARTS[part]).to_series()
        asked = pl.DataFrame(
            {"value": pl.select(pl.when(values.is_not_null()).then(values.hash()))}
        )
        everybody = self._hashes(part)
        some = everybody.filter(everybody.is_in(asked["value"].unique().implode()))
        counts = some.alias("value").value_counts(name="count")
        shares = counts.select("value", share=(pl.col("count") + extra) / total)
        found = asked.join(shares, on="value", how="left", maintain_order="left")
        return found["share"].fill_null(extra / total)

    def one_bearer(self, level: str) -> float:
        """What one more of them adds to the share."""
        return 1 / self._total(IN_COMMON[level])

    def _total(self, part: str) -> float:
        return float(len(self._hashes(part)) + shipped()["tf"]["pseudo_people"])

    def _hashed(self, part: str) -> pl.Series:
        """The part of everybody's name, as its hash."""
        each = [people.select(part=_PARTS[part]).to_series() for people in self._everybody]
        return pl.concat(each).drop_nulls().hash()
