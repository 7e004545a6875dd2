"""Levels are tried from the strongest to the weakest; the first that holds counts."""

from __future__ import annotations

import polars as pl


def sides(column: str) -> tuple[pl.Expr, pl.Expr]:
    """The column of the left record and of the right one."""
    return pl.col(f"{column}_left"), pl.col(f"{column}_right")


def ladder(*steps: tuple[str, pl.Expr], otherwise: str | pl.Expr) -> pl.Expr:
    """The name of the first step whose condition holds; null conditions do not hold.

    Steps are told apart by number, which moves a sixteenth of what names would; the names are put
    in at the end.
    """
    levels = [level for level, _ in steps]
    step = pl.lit(None, dtype=pl.UInt8)
    for number, (_, holds) in reversed(list(enumerate(steps))):
        step = pl.when(holds).then(pl.lit(number, dtype=pl.UInt8)).otherwise(step)
    if isinstance(otherwise, str):
        last = pl.lit(len(levels), dtype=pl.UInt8)
        return pl.lit(pl.Series([*levels, otherwise])).gather(step.fill_null(last))
    return pl.coalesce(pl.lit(pl.Series(levels)).gather(step), otherwise)
