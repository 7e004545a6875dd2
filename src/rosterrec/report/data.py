"""What scripts read: ``people.parquet``, ``links.parquet``, ``summary.json``, ``run.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from rosterrec import frames
from rosterrec.frames import FEATURES, Role
from rosterrec.reconciliation import Reconciliation


def write_people(rec: Reconciliation, path: Path) -> None:
    """One row per person of the population list, in list order, with the contract's columns."""
    _write(rec.people.select(*frames.PEOPLE_PUBLIC), path)


def write_links(rec: Reconciliation, path: Path) -> None:
    """Every accepted, open and nearest rejected pair, with level and weight of each feature."""
    _write(placed_links(rec), path)


def placed_links(rec: Reconciliation) -> pl.DataFrame:
    """The links with file, sheet and row of both sides in place of record numbers."""
    parts = []
    for (left, right), links in rec.links.group_by("left_source", "right_source"):
        a = rec.records[Role(str(left))].select("file", "sheet", "row")[links["left"]]
        b = rec.records[Role(str(right))].select("file", "sheet", "row")[links["right"]]
        parts.append(
            pl.concat(
                [
                    links.drop("left", "right"),
                    a.select(pl.all().name.prefix("left_")),
                    b.select(pl.all().name.prefix("right_")),
                ],
                how="horizontal",
            )
        )
    if not parts:
        return pl.DataFrame(schema=dict.fromkeys(_LINK_COLUMNS, pl.String()))
    return pl.concat(parts).select(_LINK_COLUMNS).sort(_LINK_COLUMNS[:8])


_LINK_COLUMNS = [
    "left_source", "left_file", "left_sheet", "left_row",
    "right_source", "right_file", "right_sheet", "right_row",
    "weight", "probability", "runner_up", "basis", "decision",
    *(f"{feature}_level" for feature in FEATURES),
    *(f"{feature}_weight" for feature in FEATURES),
]  # fmt: skip


def _write(frame: pl.DataFrame, path: Path) -> None:
    """Parquet with fixed settings, so that the same rows are the same bytes."""
    frame.write_parquet(path, compression="zstd", compression_level=3, row_group_size=100_000)


def write_summary(figures: dict[str, Any], path: Path) -> None:
    """The figures as UTF-8 JSON."""
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8")


def write_run(facts: dict[str, Any], path: Path) -> None:
    """The facts that differ from run to run: clock, timings, run id."""
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", "utf-8")
