"""Facts of the evidence that several rules ask for."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Destination, FilingKind, RegStatus, Stage


def is_so(column: str) -> pl.Expr:
    """Whether a column of facts holds; missing is no."""
    return pl.col(column).fill_null(value=False)


def on_file(kind: FilingKind) -> pl.Expr:
    """A filing of that kind, documented and in date."""
    return is_so(f"fil_is_{kind}_good")


def active() -> pl.Expr:
    """The registry row that counts is active."""
    return (pl.col("reg_status") == RegStatus.ACTIVE).fill_null(value=False)


def registry_says(status: RegStatus) -> pl.Expr:
    """The registry gives the child that state."""
    return (pl.col("reg_status") == status).fill_null(value=False)


def claims(*destinations: Destination) -> pl.Expr:
    """The ledger claims one of these."""
    return pl.col("led_claim").is_in([str(d) for d in destinations]).fill_null(value=False)


def at_senior() -> pl.Expr:
    """A roster or the registry shows a senior or vocational school."""
    return is_so("reg_is_senior_any") | (
        pl.col("ros_grade").is_between(10, 12)
        | pl.col("ros_stage").is_in([Stage.SENIOR, Stage.VOCATIONAL])
    ).fill_null(value=False)


def enrolled_on_paper() -> pl.Expr:
    """On a roster, or active in the registry."""
    return is_so("ros_is_any") | active()


def absent_from_roster() -> pl.Expr:
    """Active in the registry, of a class whose roster was supplied."""
    return active() & is_so("reg_is_supplied")


def claim_waits() -> pl.Expr:
    """The ledger row that may be the child's bears another valid number."""
    return is_so("doubt_is_ledger") & is_so("doubt_is_other_id")


def registered_elsewhere() -> pl.Expr:
    """The registry itself has the child in an active place that no supplied roster denies."""
    return active() & ~is_so("reg_is_supplied") & (pl.col("reg_where") != Destination.LOCAL)
