"""The rows of a list that belong to a child, beside the child."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.places import Home, place, where
from rosterrec.frames import (
    Decision,
    Links,
    Records,
    Role,
    Schools,
)
from rosterrec.schools import school_key


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
    schools: Schools,
    home: Home,
    role: Role,
) -> pl.DataFrame:
    """Accepted rows of one list beside their child, placed as seen from the child's home."""
    known = linked(links, role, Decision.ACCEPTED).select("rec", "right")
    rows = records[role].rename({"rec": "right"})
    placed = place(records[role], role, schools, home).rename({"rec": "right"})
    beside = (
        known.join(rows, on="right")
        .join(placed, on="right")
        .join(children.select("rec", "home"), on="rec")
    )
    return beside.with_columns(
        where=where(pl.col("town"), pl.col("school_county"), pl.col("home"), home),
        school_key=school_key(pl.col("school")),
    ).sort("rec", "right")


def reference(file: str = "file", sheet: str = "sheet", row: str = "row") -> pl.Expr:
    """A row as a person finds it: ``[file]sheet!row``."""
    return pl.format("[{}]{}!{}", file, pl.col(sheet).fill_null(""), row)
