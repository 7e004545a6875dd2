"""Which rows wait for a person."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.evidence.beside import linked
from rosterrec.frames import (
    Decision,
    FilingKind,
    Links,
    Role,
    Status,
)

#: Doubts about a row with the child's number.
_SHARED = ["shared_id", "id_with_other_name", "kin_name"]


def _by_registry(links: Links) -> pl.DataFrame:
    """Roster rows that wait, as the child's own where the registry row they wait for is his."""
    between = links.filter(
        (pl.col("left_source") == Role.REGISTRY) & (pl.col("decision") == Decision.REVIEW)
    )
    owned = linked(links, Role.REGISTRY, Decision.ACCEPTED).select(child="rec", left="right")
    return between.join(owned, on="left").with_columns(left=pl.col("child")).select(links.columns)


def doubts(links: Links) -> pl.DataFrame:
    """Which lists hold a row for the child that waits for a person, and which kind of doubt."""
    waiting = links.filter(
        (pl.col("left_source") == Role.POPULATION) & (pl.col("decision") == Decision.REVIEW)
    )
    own = waiting.filter(pl.col("right_source") == Role.POPULATION)
    twice = pl.concat([own.select(rec="left"), own.select(rec="right")]).unique()
    others = pl.concat(
        [waiting.filter(pl.col("right_source") != Role.POPULATION), _by_registry(links)]
    )
    per_child = others.group_by(rec="left").agg(
        doubt_is_open=pl.lit(value=True),
        doubt_is_swap=(pl.col("basis") == "swapped_ids").any(),
        doubt_is_shared=pl.col("basis").is_in(_SHARED).any(),
        doubt_is_other_id=(pl.col("basis") == "other_id").any(),
        doubt_is_ledger=(pl.col("right_source") == Role.WHEREABOUTS).any(),
    )
    return per_child.join(
        twice.with_columns(doubt_is_twice=pl.lit(value=True)), on="rec", how="full", coalesce=True
    )


def twice(links: Links, evidence: pl.DataFrame) -> pl.DataFrame:
    """Children of whom a person said that they are on the list twice, until one is off it."""
    pairs = linked(links, Role.POPULATION, Decision.ACCEPTED).select("rec", other="right")
    off = pl.col(f"fil_is_{FilingKind.DUPLICATE}_good").fill_null(value=False) | (
        pl.col("hand_status") == Status.DUPLICATE_REGISTRATION
    ).fill_null(value=False)
    gone = evidence.select("rec", off=off).filter("off")["rec"].implode()
    open_ones = pairs.filter(~pl.col("rec").is_in(gone) & ~pl.col("other").is_in(gone))
    both = pl.concat([open_ones.select("rec"), open_ones.select(rec="other")]).unique()
    return both.with_columns(hand_is_twice=pl.lit(value=True))
