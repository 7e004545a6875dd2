"""Levels are tried from the strongest to the weakest; the first that holds counts."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import LEVEL


def sides(column: str) -> tuple[pl.Expr, pl.Expr]:
    """The column of the left record and of the right one."""
    return pl.col(f"{column}_left"), pl.col(f"{column}_right")


def ladder(*steps: tuple[str, pl.Expr], otherwise: str | pl.Expr) -> pl.Expr:
    """The level of the first step whose condition holds; null conditions do not hold."""
    level: pl.Expr = _level(otherwise) if isinstance(otherwise, str) else otherwise
    for name, holds in reversed(steps):
        level = pl.when(holds).then(_level(name)).otherwise(level)
    return level


def _level(name: str) -> pl.Expr:
    return pl.lit(name, dtype=LEVEL)
