"""Levels are tried from the strongest to the weakest; the first that holds counts."""

from __future__ import annotations

import polars as pl


def sides(column: str) -> tuple[pl.Expr, pl.Expr]:
    """The column of the left record and of the right one."""
    return pl.col(f"{column}_left"), pl.col(f"{column}_right")


def ladder(*steps: tuple[str, pl.Expr], otherwise: str | pl.Expr) -> pl.Expr:
    """The name of the first step whose condition holds; null conditions do not hold."""
    last = pl.lit(otherwise) if isinstance(otherwise, str) else otherwise
    return pl.coalesce(*(pl.when(holds).then(pl.lit(level)) for level, holds in steps), last)
