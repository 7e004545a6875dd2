"""What the class rosters say of each child."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.evidence.beside import reference, rows_of
from rosterrec.classify.places import Home, Placed
from rosterrec.frames import (
    Destination,
    Links,
    Mode,
    Records,
    Role,
)


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
    return (
        placed.sort("rec", near, "right")
        .group_by("rec", maintain_order=True)
        .agg(
            ros_where=pl.col("where").first(),
            ros_school=pl.col("school").first(),
            ros_key=pl.col("school_key").first(),
            ros_town=pl.coalesce("town", "home").first(),
            ros_county=pl.col("school_county").first(),
            ros_stage=pl.col("stage").first(),
            ros_grade=pl.col("grade").first(),
            ros_class=pl.col("class_name").first(),
            ros_is_home_taught=(pl.col("mode") == Mode.HOME).any(),
            ros_school_count=pl.col("school_key").n_unique(),
            ros_count=pl.len(),
            roster_rows=reference().str.join("; "),
            ros_is_any=pl.lit(value=True),
        )
    )
