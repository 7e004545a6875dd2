"""The two records of every pair that waits, read anew from the run's inputs, with their keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from rosterrec.frames import FEATURES, Raw, Role
from rosterrec.ledger.keys import with_keys
from rosterrec.normalise import normalise
from rosterrec.report.recorded import Place, Recorded, lists_of, rows_at

Row = dict[str, Any]


@dataclass(frozen=True)
class Beside:
    """A pair as it is laid before a person.

    Attributes:
        left: the record of the police list, with ``key``.
        right: the record that may be the same child.
        pair: the pair's row of the queue.
    """

    left: Row
    right: Row
    pair: Row

    def places(self) -> tuple[Place, Place]:
        """Where the two stand."""
        return _place(self.pair, "left"), _place(self.pair, "right")

    def seen(self) -> str:
        """How far each feature agreed, as the ledger keeps it."""
        levels = {feature: self.pair[f"{feature}_level"] for feature in FEATURES}
        return json.dumps({"levels": levels}, sort_keys=True)


def beside(run: Recorded, queue: pl.DataFrame, base: Path, out: Path) -> list[Beside]:
    """Every pair of the queue with its records, in the same order.

    Args:
        run: the run.
        queue: its pairs, as ``waiting.queue`` gives them.
        base: the folder of its inputs.
        out: the folder of its results.

    Raises:
        InputError: an input is gone or has changed since the run.
    """
    rows = queue.to_dicts()
    if not rows:
        return []
    places = {_place(row, side) for row in rows for side in ("left", "right")}
    raw = lists_of(run, base, out, {place.file for place in places})
    at: dict[Place, Row] = {}
    for role in Role:
        if any(place.source == role for place in places):
            records, _ = normalise(Raw(rows_at(raw, places, role)), role, run.settings)
            for record in with_keys(records, role).iter_rows(named=True):
                at[Place(str(role), record["file"], record["sheet"], record["row"])] = record
    return [Beside(at[_place(row, "left")], at[_place(row, "right")], row) for row in rows]


def _place(row: Row, side: str) -> Place:
    return Place(*(row[f"{side}_{part}"] for part in Place._fields))
