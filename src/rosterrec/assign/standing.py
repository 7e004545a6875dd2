"""What people decided of pairs binds before any evidence: accepted, never linked, or left open."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.frames import Decision, Links, Role, Scored

DECIDED = "decided"
#: Verdicts that leave a pair to be looked at, whatever the evidence.
_OPEN = ["unsure", "disputed"]


def verdicts(judged: pl.DataFrame, verdict: str) -> pl.DataFrame:
    """The pairs of one verdict, as (left, right)."""
    return judged.filter(pl.col("verdict") == verdict).select(*frames.PAIRS)


def unbound(pairs: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """The pairs but those that people judged, and those whose row a person gave to somebody."""
    free = pairs.join(judged, on=["left", "right"], how="anti", maintain_order="left")
    owned = verdicts(judged, "same").select("right")
    return free.join(owned, on="right", how="anti", maintain_order="left")


def left_open(judged: pl.DataFrame) -> pl.DataFrame:
    """Pairs that stay to be looked at: (left, right), but rows that a person gave to somebody."""
    waiting = judged.filter(pl.col("verdict").is_in(_OPEN)).select(*frames.PAIRS)
    return waiting.join(verdicts(judged, "same"), on="right", how="anti", maintain_order="left")


def doubted(grounded: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """Grounded pairs, those that people left open without grounds and with that as their doubt."""
    waiting = judged.filter(pl.col("verdict").is_in(_OPEN))
    marked = grounded.join(waiting, on=["left", "right"], how="left", maintain_order="left")
    is_open = pl.col("verdict").is_not_null()
    return marked.with_columns(
        basis=pl.when(~is_open).then("basis"), doubt=pl.coalesce("verdict", "doubt")
    ).drop("verdict")


def settled(scored: Scored, judged: pl.DataFrame, left_role: Role, right_role: Role) -> Links:
    """The judged pairs as links: the same accepted, the different rejected.

    Args:
        scored: the judged pairs, scored.
        judged: left, right and verdict of each.
        left_role: what the left list is for.
        right_role: what the right list is for.
    """
    became = {"same": str(Decision.ACCEPTED), "different": str(Decision.REJECTED)}
    links = scored.join(judged, on=["left", "right"]).with_columns(
        left_source=pl.lit(str(left_role)),
        right_source=pl.lit(str(right_role)),
        basis=pl.lit(DECIDED),
        decision=pl.col("verdict").replace_strict(became, return_dtype=pl.String),
    )
    return Links(frames.conform(links.sort("left", "right"), frames.LINKS))
