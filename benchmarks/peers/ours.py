"""rosterrec: its own answer from a run as users run it, and its ranking from inside.

All that knows the inside of the engine is in ``ranked`` here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.peers.child import AS_OF, CODE, FILES
from benchmarks.peers.entry import hand_in


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

    from rosterrec.settings import Settings

    settings = Settings(as_of=dt.date.fromisoformat(AS_OF), county=CODE)
    hand_in(folder, f"ranked-{columns}", compared(folder / columns, FILES, settings))


def compared(
    folder: Path, files: tuple[str, str], settings: Any, left_as: str = "population"
) -> pl.DataFrame:
    """All pairs with their weights, caught as the engine scores them, and its decision.

    Args:
        folder: where the lists are.
        files: the two lists.
        settings: settings of a run.
        left_as: how the left list is read; as a registry nobody is too old for it.
    """
    import rosterrec.link as engine
    from rosterrec.frames import Role

    roles = (Role(left_as), Role.REGISTRY)
    sides = zip(files, roles, strict=True)
    left, right = (_records(folder / file, role, settings) for file, role in sides)
    caught: list[pl.DataFrame] = []
    score = engine.score

    def listening(*given: Any, **more: Any) -> Any:
        scored = score(*given, **more)
        caught.append(scored.select(*both, "weight"))
        return scored

    both = ["left", "right"]
    engine.score = listening
    try:
        links = engine.link(left, right, Role.POPULATION, Role.REGISTRY)[0]
    finally:
        engine.score = score
    pairs = pl.concat(caught).unique(both, keep="last")
    accepted = links.filter(pl.col("decision") == "accepted").select(*both, decided=True)
    if len(accepted.join(pairs, on=both, how="anti")):
        raise RuntimeError(
            "the engine accepts pairs that were not heard of: its inside has changed"
        )
    decided = pairs.join(accepted, on=both, how="left").sort(both)
    return decided.select(
        left_row=left["row"].gather(decided["left"]),
        right_row=right["row"].gather(decided["right"]),
        score="weight",
        decided=pl.col("decided").fill_null(value=False),
    )


def _records(path: Path, role: Any, settings: Any) -> Any:
    from rosterrec.normalise import normalise
    from rosterrec.read import read

    pinned = settings.model_copy(update={"roles": {role: (path.name,)}})
    raw = read([path], pinned, base=path.parent).raw[role]
    return normalise(raw, role, settings)[0]
