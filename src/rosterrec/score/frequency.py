"""How many people of the lists at hand are written, or sound, like a name."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rosterrec.frames import Records
from rosterrec.score.tables import shipped


@dataclass(frozen=True)
class Shares:
    """The share of people by name, steadied by imaginary people where lists are short.

    Few names are ever asked for, so that only those are counted.

    Attributes:
        spelling: the folded name of everybody of both lists, as its hash: numbers are counted and
            found three times as fast as texts, and one in ten million counties has two that meet.
        sound: the same of readings.
    """

    spelling: pl.Series
    sound: pl.Series

    def of_spelling(self, names: pl.Series) -> pl.Series:
        """The share of people whose folded name is each of these."""
        return _look_up(names, self.spelling)

    def of_sound(self, readings: pl.Series) -> pl.Series:
        """The share of people whose name reads like each of these."""
        return _look_up(readings, self.sound)


def count_names(left: Records, right: Records) -> Shares:
    """The names of both lists, ready to be counted."""
    spelling, sound = (
        pl.concat([left[column], right[column]]).drop_nulls().hash()
        for column in ("name_key", "readings")
    )
    return Shares(spelling, sound)


def one_bearer(everybody: pl.Series) -> float:
    """What one bearer of a name adds to its share."""
    return 1 / float(len(everybody) + shipped()["tf"]["pseudo_people"])


def _look_up(values: pl.Series, everybody: pl.Series) -> pl.Series:
    """The share of everybody who has each value; of a missing one that of a value nobody has."""
    tf = shipped()["tf"]
    extra = tf["pseudo_people"] * tf["average"]
    total = len(everybody) + tf["pseudo_people"]
    asked = pl.DataFrame({"value": pl.select(pl.when(values.is_not_null()).then(values.hash()))})
    some = everybody.filter(everybody.is_in(asked["value"].unique().implode()))
    counts = some.alias("value").value_counts(name="count")
    shares = counts.select("value", share=(pl.col("count") + extra) / total)
    found = asked.join(shares, on="value", how="left", maintain_order="left")
    return found["share"].fill_null(extra / total)
