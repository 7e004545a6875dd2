"""rosterrec: its own answer from a run as users run it, and its ranking from inside.

All that knows the inside of the engine is in ``ranked`` here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.peers.child import AS_OF, CODE, FILES
from benchmarks.peers.entry import Timer, hand_in


def newest(folder: Path, columns: str) -> Path:
    """Folder of the newest run."""
    runs = folder / "runs" / columns
    return runs / (runs / "latest.txt").read_text("utf-8").strip()


def decided(folder: Path, columns: str) -> pl.DataFrame:
    """Pairs accepted (``decided``) or left to people, with their weight."""
    links = pl.read_parquet(newest(folder, columns) / "links.parquet")
    asked = (pl.col("left_source") == "population") & (pl.col("right_source") == "registry")
    return links.filter(asked & (pl.col("decision") != "rejected")).select(
        "left_row", "right_row", "probability",
        score="weight", decided=pl.col("decision") == "accepted",
    )  # fmt: skip


def seconds(folder: Path, columns: str) -> dict[str, float]:
    """Seconds of each stage of the newest run."""
    record = json.loads((newest(folder, columns) / "run.json").read_text("utf-8"))
    return {str(k): float(v) for k, v in record["seconds"].items()}


def ranked(folder: Path, columns: str) -> None:
    """Every pair that the engine compares, with its weight."""
    import datetime as dt

    from rosterrec.frames import Role
    from rosterrec.settings import Settings

    two = (Role.POPULATION, Role.REGISTRY)
    settings = Settings(
        as_of=dt.date.fromisoformat(AS_OF),
        county=CODE,
        roles={role: (file,) for role, file in zip(two, FILES, strict=True)},
    )
    hand_in(folder, f"ranked-{columns}", scored(folder / columns, FILES, settings), Timer())


def scored(folder: Path, files: tuple[str, str], settings: Any) -> pl.DataFrame:
    """Weights of all pairs, caught on their way to the assignment."""
    import rosterrec.link as engine
    from rosterrec.frames import Role
    from rosterrec.normalise import normalise
    from rosterrec.read import read

    raw = read([folder / file for file in files], settings, base=folder).raw
    left, right = (normalise(raw[r], r, settings)[0] for r in (Role.POPULATION, Role.REGISTRY))
    caught: list[pl.DataFrame] = []
    assign = engine.assign

    def listening(pairs: Any, *rest: Any, **more: Any) -> Any:
        caught.append(pairs)
        return assign(pairs, *rest, **more)

    engine.assign = listening
    try:
        engine.link(left, right, Role.POPULATION, Role.REGISTRY)
    finally:
        engine.assign = assign
    pairs = pl.concat(p.select("left", "right", "weight", "probability") for p in caught)
    return pairs.select(
        left_row=left["row"].gather(pairs["left"]),
        right_row=right["row"].gather(pairs["right"]),
        score="weight",
        decided=pl.col("probability") >= 0.95,
    )
