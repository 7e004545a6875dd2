"""What the registry says of each child."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.evidence.beside import linked, reference, rows_of
from rosterrec.classify.places import Home, Placed
from rosterrec.frames import (
    Decision,
    Destination,
    Links,
    Mode,
    Records,
    RegStatus,
    Role,
    Stage,
)
from rosterrec.schools import school_key


def of_registry(
    children: pl.DataFrame,
    records: dict[Role, Records],
    links: Links,
    places: Placed,
    home: Home,
) -> pl.DataFrame:
    """The registry row that counts (active before the rest, on a roster before not), and all."""
    rows = rows_of(children, records, links, places, home, Role.REGISTRY)
    status = pl.col("status")
    with_supply = _ranked(rows, records[Role.ROSTER], links)
    active = status.is_in([RegStatus.ACTIVE, RegStatus.SUSPENDED])
    return with_supply.group_by("rec", maintain_order=True).agg(
        reg_status=pl.col("status").first(),
        reg_where=pl.col("where").first(),
        reg_school=pl.col("school").first(),
        reg_town=pl.col("town").first(),
        reg_county=pl.col("school_county").first(),
        reg_stage=pl.col("stage").first(),
        reg_grade=pl.col("grade").first(),
        reg_class=pl.col("class_name").first(),
        reg_key=pl.col("school_key").first(),
        reg_is_placed=pl.col("placed_by").first().is_not_null()
        | pl.col("where").first().is_not_null(),
        reg_is_supplied=pl.col("is_supplied").first(),
        reg_is_home_taught=((pl.col("mode") == Mode.HOME) & active).any(),
        reg_is_senior_any=_is_senior().any(),
        reg_active_count=pl.col("school_key").filter(active).n_unique(),
        reg_count=pl.len(),
        registry_rows=reference().str.join("; "),
        reg_is_any=pl.lit(value=True),
    )


def _ranked(rows: pl.DataFrame, rosters: pl.DataFrame, links: Links) -> pl.DataFrame:
    """The rows, the one that counts first, with whether the roster of their class was supplied."""
    listed = rosters.with_columns(school_key=school_key(pl.col("school")))
    classes = (
        listed.select("school_key", "grade", "class_name")
        .unique()
        .with_columns(supplied=pl.lit(value=True))
    )
    seen = linked(links, Role.ROSTER, Decision.ACCEPTED).join(
        listed.select("school_key", right="rec"), on="right"
    )
    status = pl.coalesce("reg_status", pl.lit(str(RegStatus.ACTIVE)))
    rank = status.replace_strict(
        {s: i for i, s in enumerate(RegStatus)}, default=9, return_dtype=pl.Int64
    )
    nearness = pl.col("where").replace_strict(
        {Destination.LOCAL: 0, Destination.COUNTY: 1}, default=2, return_dtype=pl.Int64
    )
    by_class = classes.drop_nulls("class_name")
    by_grade = classes.select("school_key", "grade", graded="supplied").unique()
    return (
        rows.join(by_class, on=["school_key", "grade", "class_name"], how="left")
        .join(by_grade, on=["school_key", "grade"], how="left")
        .join(
            seen.select("rec", "school_key", here=pl.lit(value=True)).unique(),
            on=["rec", "school_key"],
            how="left",
        )
        .with_columns(
            status=status,
            rank=rank,
            near=nearness,
            is_supplied=pl.when(pl.col("class_name").is_null())
            .then("graded")
            .otherwise("supplied")
            .fill_null(value=False),
        )
        .sort("rec", "rank", "here", "near", "right", nulls_last=True)
    )


def _is_senior() -> pl.Expr:
    return (
        pl.col("stage").is_in([Stage.SENIOR, Stage.VOCATIONAL]) | (pl.col("grade") >= 10)
    ).fill_null(value=False) & (pl.col("status").is_in([RegStatus.ACTIVE, RegStatus.SUSPENDED]))
