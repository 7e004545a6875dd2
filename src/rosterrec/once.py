"""Work an expression out once where a rule looks at it many times."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl


def once(value: pl.Expr, rule: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """``rule(value)``, with ``value`` evaluated a single time; the name stays that of ``value``.

    An eager frame evaluates every mention of an expression anew, so that rules built on rules grow
    slower by the product of their mentions. A struct's field is read instead.
    """
    name = value.meta.output_name(raise_if_undetermined=False) or "value"
    worked = pl.struct(value.alias("value")).struct.with_fields(
        rule(pl.field("value")).alias("result")
    )
    return worked.struct.field("result").alias(name)
