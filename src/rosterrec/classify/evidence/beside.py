"""The rows of a list that belong to a child, beside the child."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterrec.classify.places import Home, Placed, where
from rosterrec.frames import (
    Decision,
    Links,
    Records,
    Role,
    of_pass,
)
from rosterrec.schools import school_key

#: What a row may say of where a child is.
_TOLD = [
    "file", "sheet", "row", "school", "grade", "class_name", "mode", "reg_status", "destination",
    "place", "proof", "proof_date", "attempts", "note",
]  # fmt: skip


def linked(links: Links, role: Role, decision: Decision) -> pl.DataFrame:
    """``rec`` of the child and ``right`` of the row, for one list and decision."""
    columns = ["right", "basis", "weight", "left"]
    return of_pass(links, Role.POPULATION, role, decision, columns=columns).rename({"left": "rec"})


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


def per_child(
    rows: pl.DataFrame, first: Sequence[pl.Expr], one: Sequence[pl.Expr], all_: Sequence[pl.Expr]
) -> pl.DataFrame:
    """One row per child, in the order of their rows: what the first says, and all say together.

    Nearly every child has one row, of which an aggregation would make a group.

    Args:
        rows: rows beside their child (``rec``), those of one child together.
        first: of a child's rows, what the first says.
        one: what a child's only row says.
        all_: the same columns of several rows, as aggregations.
    """
    child = rows["rec"]
    begins = child.ne_missing(child.shift(1))
    again = ~begins | ~begins.shift(-1, fill_value=True)
    made = rows.filter(begins).select("rec", *first, *one)
    together = rows.filter(again).group_by("rec", maintain_order=True).agg(*all_).drop("rec")
    at = again.filter(begins).arg_true()
    return made.with_columns(
        made[column.name].scatter(at, column.cast(made.schema[column.name])) for column in together
    )


def reference(file: str = "file", sheet: str = "sheet", row: str = "row") -> pl.Expr:
    """A row as a person finds it: ``[file]sheet!row``."""
    return pl.format("[{}]{}!{}", file, pl.col(sheet).fill_null(""), row)
