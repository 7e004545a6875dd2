"""What the agreement levels of a pair say together: vocabulary of scoring and of assignment."""

from __future__ import annotations

import polars as pl

#: Features that one family shares; the first that agrees, else the first that is known, counts.
FAMILY = ("guardian", "household", "phone")


def family_agrees() -> pl.Expr:
    """A guardian, the household or a telephone number is the same."""
    return pl.any_horizontal(pl.col(f"{feature}_level") == "equal" for feature in FAMILY)


def family_differs() -> pl.Expr:
    """A guardian, the household or a telephone number is another."""
    return pl.any_horizontal(pl.col(f"{feature}_level") == "different" for feature in FAMILY)
