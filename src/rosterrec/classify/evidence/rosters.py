"""What the class rosters say of each child."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.evidence.beside import per_child, reference, rows_of
from rosterrec.classify.places import Home, Placed
from rosterrec.frames import (
    Destination,
    Links,
    Mode,
    Records,
    Role,
)

#: What the row that counts says, by the name that evidence has for it.
_FIRST = {
    "where": "where", "school": "school", "key": "school_key", "county": "school_county",
    "stage": "stage", "grade": "grade", "class": "class_name",
}  # fmt: skip


def of_rosters(
    children: pl.DataFrame,
    records: dict[Role, Records],
    links: Links,
    places: Placed,
    home: Home,
) -> pl.DataFrame:
    """The roster row that counts (at home first) and how many schools list the child."""
    rows = rows_of(children, records, links, places, home, Role.ROSTER)
    # A roster that the directory cannot place comes from the office that runs the home schools.
    local = pl.lit(str(Destination.LOCAL))
    placed = rows.with_columns(where=pl.coalesce("where", local))
    near = pl.col("where").replace_strict(
        {Destination.LOCAL: 0, Destination.COUNTY: 1}, default=2, return_dtype=pl.Int64
    )
    at_home = (pl.col("mode") == Mode.HOME).fill_null(value=False)
    return per_child(
        placed.sort("rec", near, "right"),
        [
            *(pl.col(column).alias(f"ros_{name}") for name, column in _FIRST.items()),
            pl.coalesce("town", "home").alias("ros_town"),
            pl.lit(value=True).alias("ros_is_any"),
        ],
        [
            at_home.alias("ros_is_home_taught"),
            pl.lit(1, dtype=pl.UInt32).alias("ros_school_count"),
            pl.lit(1, dtype=pl.UInt32).alias("ros_count"),
            reference().alias("roster_rows"),
        ],
        [
            at_home.any().alias("ros_is_home_taught"),
            pl.col("school_key").n_unique().alias("ros_school_count"),
            pl.len().alias("ros_count"),
            reference().str.join("; ").alias("roster_rows"),
        ],
    )
