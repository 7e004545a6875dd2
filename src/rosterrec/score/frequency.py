"""How many people of the lists at hand are written, or sound, like a pair's left name."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Records
from rosterrec.score.tables import shipped


def spelling_share(rows: pl.Series, left: Records, right: Records) -> pl.Series:
    """The share of people whose folded name is that of each left row."""
    return _share(rows, left, right, "name_key")


def sound_share(rows: pl.Series, left: Records, right: Records) -> pl.Series:
    """The share of people whose name reads the same as that of each left row."""
    return _share(rows, left, right, "readings")


def _share(rows: pl.Series, left: Records, right: Records, column: str) -> pl.Series:
    """Imaginary people with an average name steady the share where lists are short."""
    tf = shipped()["tf"]
    values = pl.concat([left[column], right[column]]).drop_nulls()
    counts = values.value_counts(name="count").rename({values.name: "value"})
    total = len(values) + tf["pseudo_people"]
    found = pl.DataFrame({"value": left[column][rows]}).join(
        counts, on="value", how="left", maintain_order="left"
    )
    many = pl.col("count").fill_null(0) + tf["pseudo_people"] * tf["average"]
    return found.select(many / total).to_series()
