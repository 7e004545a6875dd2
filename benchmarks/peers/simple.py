"""What is done without any software for it: join by ID, and what clerks do."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.peers.child import FILES
from benchmarks.peers.county import LEFT, RIGHT
from benchmarks.peers.entry import Timer, hand_in, lists
from rosterrec import ids

_ROWS = ["left_row", "right_row"]


def by_id(folder: Path) -> None:
    """Rows with the same valid ID."""
    timer = Timer()
    left, right = lists(folder)
    with timer.part("link"):
        pairs = _same_id(left, right).with_columns(score=1.0, decided=True)
    hand_in(folder, "id", pairs, timer)


def cascade(folder: Path) -> None:
    """The same ID; for registry rows without, the first child with that name and birthdate."""
    timer = Timer()
    left, right = lists(folder)
    with timer.part("link"):
        sure = _same_id(left, right)
        rest = right.filter(~pl.col("row").is_in(sure["right_row"].implode()))
        first = left.unique(["name", "birth"], keep="first", maintain_order=True)
        named = first.join(rest, on=["name", "birth"]).select(left_row="row", right_row="row_right")
        pairs = pl.concat([sure.with_columns(score=2.0), named.with_columns(score=1.0)])
    hand_in(folder, "cascade", pairs.with_columns(decided=True), timer)


def floor(folder: Path) -> None:
    """No contestant: both files read whole, joined by ID, and written."""
    police, registry = (pl.read_csv(folder / "all" / file, infer_schema=False) for file in FILES)
    joined = police.join(registry, left_on=LEFT["id"], right_on=RIGHT["id"], how="left")
    joined.write_csv(folder / "entries" / "floor.csv")


def _same_id(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    valid = ids.is_valid(pl.col("id"))
    joined = left.filter(valid).join(right.filter(valid), on="id")
    return joined.select(left_row="row", right_row="row_right")
