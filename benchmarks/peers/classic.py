"""The package recordlinkage: expectation maximisation over agree and disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.peers.entry import Timer, hand_in, lists

_RULES = [["id"], ["name", "birth"], ["birth", "surname"], ["name", "year"]]


def link(folder: Path) -> None:
    """Index by four keys, compare, fit, predict."""
    timer = Timer()
    left, right = lists(folder)
    with timer.part("prepare"):
        sides = [_prepared(side) for side in (left, right)]
    with timer.part("link"):
        import recordlinkage as rl

        compare = rl.Compare()
        compare.exact("id", "id", label="id")
        compare.string("name", "name", method="jarowinkler", threshold=0.8, label="name")
        compare.exact("birth", "birth", label="birth")
        compare.exact("sex", "sex", label="sex")
        pairs = classify(sides, _RULES, compare)
    hand_in(folder, "recordlinkage", pairs, timer)


def classify(sides: list[Any], rules: list[list[str]], compare: Any) -> pl.DataFrame:
    """Pairs that share a key, scored by ECM, decided at one half."""
    import recordlinkage as rl

    index = rl.Index()
    for rule in rules:
        index.block(left_on=rule, right_on=rule)
    features = compare.compute(index.index(*sides), *sides)
    model = rl.ECMClassifier()
    model.fit(features)
    chance = model.prob(features)
    return pl.DataFrame(
        {
            "left_row": features.index.get_level_values(0).to_numpy(),
            "right_row": features.index.get_level_values(1).to_numpy(),
            "score": chance.to_numpy(),
        }
    ).with_columns(decided=pl.col("score") >= 0.5)


def _prepared(rows: pl.DataFrame) -> Any:
    frame = rows.with_columns(
        surname=pl.col("name").str.slice(0, 1), year=pl.col("birth").str.slice(0, 4)
    )
    return frame.to_pandas().set_index("row")
