"""The rows of a list that belong to a child, beside the child."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.places import Home, Placed, where
from rosterrec.frames import (
    Decision,
    Links,
    Records,
    Role,
)
from rosterrec.schools import school_key

#: What a row may say of where a child is.
_TOLD = [
    "file", "sheet", "row", "school", "grade", "class_name", "mode", "reg_status", "destination",
    "place", "proof", "proof_date", "attempts", "note",
]  # fmt: skip


def linked(links: Links, role: Role, decision: Decision) -> pl.DataFrame:
    """``rec`` of the child and ``right`` of the row, for one list and decision."""
    chosen = links.filter(
        (pl.col("left_source") == Role.POPULATION)
        & (pl.col("right_source") == role)
        & (pl.col("decision") == decision)
    )
    return chosen.select("right", "basis", "weight", rec="left")


def rows_of(
    children: pl.DataFrame,
    records: dict[Role, Records],
    links: Links,
    places: Placed,
    home: Home,
    role: Role,
) -> pl.DataFrame:
    """Accepted rows of one list beside their child, placed as seen from the child's home.

    Records, places and children stand where their number says.
    """
    known = linked(links, role, Decision.ACCEPTED).select("rec", "right").sort("rec", "right")
    rows = records[role].select(_TOLD)[known["right"]]
    placed = places[role].drop("rec")[known["right"]]
    homes = children.select("home")[known["rec"]]
    beside = pl.concat([known, rows, placed, homes], how="horizontal")
    return beside.with_columns(
        where=where(pl.col("town"), pl.col("school_county"), pl.col("home"), home),
        school_key=school_key(pl.col("school")),
    )


def reference(file: str = "file", sheet: str = "sheet", row: str = "row") -> pl.Expr:
    """A row as a person finds it: ``[file]sheet!row``."""
    return pl.format("[{}]{}!{}", file, pl.col(sheet).fill_null(""), row)
