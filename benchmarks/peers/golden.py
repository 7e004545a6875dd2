"""goldenmatch with a probabilistic match key of the same fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.peers.entry import Timer, hand_in, lists


def link(folder: Path) -> None:
    """Look for an owner of every registry row; goldenmatch gives each its best."""
    import goldenmatch

    timer = Timer()
    left, right = (
        side.with_columns(pl.col("row").cast(pl.String), surname=pl.col("name").str.slice(0, 1))
        for side in lists(folder)
    )
    with timer.part("link"):
        found = goldenmatch.match_df(right, left, config=_settings(goldenmatch))
    table = pl.DataFrame(pl.from_arrow(found.matched))
    pairs = table.select(
        left_row=pl.col("ref_row").cast(pl.Int64),
        right_row=pl.col("target_row").cast(pl.Int64),
        score=pl.col("__match_score__").cast(pl.Float64),
        decided=pl.lit(value=True),
    )
    hand_in(folder, "goldenmatch", pairs, timer)


def _settings(gm: Any) -> Any:
    fields = [
        gm.MatchkeyField(field="id", scorer="levenshtein", levels=3, partial_threshold=0.94),
        gm.MatchkeyField(
            field="name", scorer="jaro_winkler", levels=3, partial_threshold=0.8, tf_adjustment=True
        ),
        gm.MatchkeyField(field="birth", scorer="levenshtein", levels=3, partial_threshold=0.8),
        gm.MatchkeyField(field="sex", scorer="exact", levels=2),
    ]
    passes = [["id"], ["name", "birth"], ["birth", "surname"], ["name"]]
    keys = [gm.BlockingKeyConfig(fields=fields_, transforms=["strip"]) for fields_ in passes]
    return gm.GoldenMatchConfig(
        matchkeys=[gm.MatchkeyConfig(name="person", type="probabilistic", fields=fields)],
        blocking=gm.BlockingConfig(keys=keys[:1], strategy="multi_pass", passes=keys),
    )
