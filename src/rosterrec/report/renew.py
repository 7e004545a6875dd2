"""The sheet of decisions that were not applied, with the row that each is about today."""

from __future__ import annotations

import polars as pl

from rosterrec.reconciliation import Reconciliation
from rosterrec.report.labels import label
from rosterrec.report.spec import Column, Kind, Sheet, Urgency, table

_NOT_APPLIED = ["disputed", "stale", "overtaken", "expired"]


def renew(rec: Reconciliation) -> Sheet:
    """Decisions that contradict each other, whose record has changed, or whose year is over."""
    lang = rec.settings.lang
    told = rec.decisions.filter(pl.col("state").is_in(_NOT_APPLIED))
    for side in ("left", "right"):
        told = told.join(_shown(rec, told, side), on=[f"{side}_source", side], how="left")
    order = pl.col("state").replace_strict(
        {state: at for at, state in enumerate(_NOT_APPLIED)}, return_dtype=pl.Int64
    )
    worded = told.sort(order, "seq").with_columns(
        state=label(pl.col("state"), "decided", lang),
        kind=label(pl.col("kind"), "entry", lang),
        verdict=label(label(pl.col("verdict"), "choice", lang), "outcome", lang),
        at=pl.col("at").str.head(10),
    )
    columns = (
        Column("state", Kind.LONG, 30), Column("seq", Kind.NUMBER), Column("kind", widest=12),
        Column("verdict", widest=16), Column("who", widest=10), Column("at", widest=12),
        Column("remark", Kind.LONG, 24, may_go=True), Column("left_name", widest=14),
        Column("left_place", Kind.LONG, 24), Column("right_name", widest=14, may_go=True),
        Column("right_place", Kind.LONG, 24, may_go=True),
    )  # fmt: skip
    return table("renew", worded.lazy(), columns, Urgency.NOW)


def _shown(rec: Reconciliation, told: pl.DataFrame, side: str) -> pl.DataFrame:
    """Name and place of the records that decisions are about."""
    parts = []
    for role, records in rec.records.items():
        wanted = told.filter(pl.col(f"{side}_source") == role)[side].drop_nulls()
        chosen = records.filter(pl.col("rec").is_in(wanted.implode()))
        parts.append(
            chosen.select(
                pl.lit(str(role)).alias(f"{side}_source"),
                pl.col("rec").alias(side),
                pl.col("name").alias(f"{side}_name"),
                pl.format("[{}]{}!{}", "file", pl.col("sheet").fill_null(""), "row").alias(
                    f"{side}_place"
                ),
            )
        )
    return pl.concat(parts)
