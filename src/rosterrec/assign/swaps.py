"""Two children whose numbers were exchanged: each row has one child's name and the other's ID."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Records


def exchanged(scored: pl.DataFrame, left: Records, right: Records) -> pl.DataFrame:
    """The four pairs of every exchange, as (left, right, swap = True).

    Left a and b, right x and y: x has a's name and b's number, y has b's name and a's number. By
    name it is a-x, b-y; by number a-y, b-x: neither may be chosen without a person.
    """
    number = left.select(a="rec", number_a="id", name_a="name_key").drop_nulls()
    row = right.select(x="rec", number_x="id", name_x="name_key").drop_nulls()
    by_name = (
        scored.filter(
            (pl.col("id_level") == "conflict") & pl.col("name_level").is_in(["equal", "variant"])
        )
        .select(a="left", x="right")
        .join(number, on="a")
        .join(row, on="x")
    )
    other = by_name.select(b="a", y="x", number_b="number_a", number_y="number_x", name_b="name_a")
    crossed = by_name.join(
        other, left_on=["number_a", "number_x"], right_on=["number_y", "number_b"]
    ).filter((pl.col("a") != pl.col("b")) & (pl.col("x") != pl.col("y")))
    pairs = [
        crossed.select(left=one, right=two)
        for one, two in (("a", "x"), ("b", "y"), ("a", "y"), ("b", "x"))
    ]
    return pl.concat(pairs).unique().with_columns(swap=pl.lit(value=True))
