"""What every contestant reads and writes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

#: A pair by the rows of both files. ``score`` ranks; ``decided`` is the contestant's own answer.
PAIRS = {
    "left_row": pl.Int64(),
    "right_row": pl.Int64(),
    "score": pl.Float64(),
    "decided": pl.Boolean(),
}


class Timer:
    """Seconds of the parts of a contestant's work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 3)


def lists(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The police list and the registry: row, id, name, birth, sex as text."""
    left, right = (
        pl.read_csv(folder / "peers" / f"{side}.csv", infer_schema=False).with_columns(
            pl.col("row").cast(pl.Int64)
        )
        for side in ("left", "right")
    )
    return left, right


def hand_in(folder: Path, name: str, pairs: pl.DataFrame, timer: Timer | None = None) -> None:
    """Leave the pairs and the timings where the referee looks."""
    out = folder / "entries"
    out.mkdir(exist_ok=True)
    typed = pairs.select(pl.col(c).cast(t) for c, t in PAIRS.items())
    typed.write_parquet(out / f"{name}.parquet")
    seconds = timer.seconds if timer else {}
    (out / f"{name}.json").write_text(json.dumps(seconds), "utf-8")
