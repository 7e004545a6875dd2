"""Whether a proof of enrollment is needed, and whether it is there."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Proof, Status
from rosterrec.settings import Settings

#: Rules that rest on somebody's word alone; what a registry or roster shows needs no proof.
_ON_THE_LEDGERS_WORD = [
    "proven_outside", "proven_in_county", "claimed_outside", "claimed_in_county", "decided",
]  # fmt: skip


def current(settings: Settings) -> pl.Expr:
    """True where the ledger holds a proof dated in this school year and not after today.

    A proof of an earlier year shows where the child was, not where it is.
    """
    date = pl.col("led_proof_date")
    in_year = date.is_between(pl.lit(settings.school_year_start), pl.lit(settings.as_of))
    return (pl.col("led_is_proof") & in_year).fill_null(value=False)


def proof_state(settings: Settings) -> pl.Expr:
    """``not_needed``, ``held``, ``expired`` (dated before this school year) or ``missing``."""
    elsewhere = pl.col("status").is_in([Status.COUNTY, Status.OUTSIDE])
    needed = elsewhere & pl.col("rule").is_in(_ON_THE_LEDGERS_WORD)
    earlier = pl.col("led_proof_date") < pl.lit(settings.school_year_start)
    return (
        pl.when(~needed)
        .then(pl.lit(str(Proof.NOT_NEEDED)))
        .when(current(settings))
        .then(pl.lit(str(Proof.HELD)))
        .when((pl.col("led_is_proof") & earlier).fill_null(value=False))
        .then(pl.lit(str(Proof.EXPIRED)))
        .otherwise(pl.lit(str(Proof.MISSING)))
    )
