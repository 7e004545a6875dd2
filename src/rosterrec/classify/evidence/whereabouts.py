"""What the whereabouts ledger says of each child."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.evidence.beside import rows_of
from rosterrec.classify.places import Home, Placed
from rosterrec.frames import (
    Destination,
    Links,
    Records,
    Role,
)


def of_ledger(
    children: pl.DataFrame,
    records: dict[Role, Records],
    links: Links,
    places: Placed,
    home: Home,
) -> pl.DataFrame:
    """The ledger row that counts: the latest with a proof, else the last written."""
    rows = rows_of(children, records, links, places, home, Role.WHEREABOUTS)
    placed_elsewhere = pl.col("where").is_not_null() & pl.col("placed_by").is_not_null()
    claimed = (
        pl.when(placed_elsewhere & _plain_destination()).then("where").otherwise("destination")
    )
    chosen = rows.with_columns(claimed=pl.coalesce(claimed, "where")).sort(
        "rec", pl.col("proof").fill_null(value=False), "proof_date", "right", nulls_last=False
    )
    return chosen.group_by("rec", maintain_order=True).agg(
        led_claim=pl.col("claimed").last(),
        led_said=pl.col("destination").last(),
        led_school=pl.col("school").last(),
        led_key=pl.col("school_key").last(),
        led_town=pl.col("town").last(),
        led_county=pl.col("school_county").last(),
        led_grade=pl.col("grade").last(),
        led_class=pl.col("class_name").last(),
        led_stage=pl.col("stage").last(),
        led_place=pl.col("place").last(),
        led_is_proof=pl.col("proof").last().fill_null(value=False),
        led_proof_date=pl.col("proof_date").last(),
        led_attempts=pl.col("attempts").max(),
        led_note=pl.col("note").last(),
        led_is_any=pl.lit(value=True),
    )


def _plain_destination() -> pl.Expr:
    """The claim is a place (or silent), so that the school's true place may correct it."""
    places = [Destination.LOCAL, Destination.COUNTY, Destination.OUTSIDE]
    return pl.col("destination").is_in(places) | pl.col("destination").is_null()
