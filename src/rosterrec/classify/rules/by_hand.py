"""What a person set by hand, and where people disagree."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.rules.facts import is_so


def decided() -> pl.Expr:
    """A person set this status by hand, and the lists say no more than they said then.

    该去向由人工认定，且名单情况与认定时相同。
    """
    as_then = pl.col("hand_seen").is_null() | (pl.col("hand_seen") == pl.col("listed_status"))
    return pl.col("hand_status").is_not_null() & as_then


def decisions_disagree() -> pl.Expr:
    """Two people set different statuses by hand: they must agree on one.

    两人认定的去向不同：须商定后重新认定。
    """
    return is_so("hand_is_disputed")
