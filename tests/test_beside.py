"""What the first row of a child says, and what all of them say together."""

from __future__ import annotations

import polars as pl
import pytest

from rosterrec.classify.evidence.beside import per_child

ONE = pl.lit(1, dtype=pl.UInt32).alias("rows")
ALL = pl.len().alias("rows")


@pytest.mark.parametrize(
    ("children", "rows"),
    [([], []), ([3], [1]), ([0, 2, 2, 5], [1, 2, 1]), ([1, 1, 1, 4, 6, 6], [3, 1, 2])],
)
def test_children_stand_once_with_all_their_rows(children: list[int], rows: list[int]) -> None:
    frame = pl.DataFrame({"rec": children}, schema={"rec": pl.Int64}).with_row_index("row")
    told = per_child(frame, [pl.col("row").alias("first")], [ONE], [ALL])
    assert told["rec"].to_list() == sorted(set(children))
    assert told["first"].to_list() == [children.index(child) for child in told["rec"]]
    assert told["rows"].to_list() == rows
