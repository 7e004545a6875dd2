"""What earlier runs tell a brief: how the proofs came in, and since when a case is open."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from rosterrec.frames import GROUP_OF, Group, Proof

_OPEN = [str(s) for s, g in GROUP_OF.items() if g in {Group.OUT, Group.REVIEW}]
_LACKING = [str(Proof.MISSING), str(Proof.EXPIRED)]


class Day(NamedTuple):
    """A run of an earlier day, or the last of them: date, proof rate, ids of open cases."""

    date: dt.date
    rate: dict[str, Any]
    open: pl.Series


def is_open() -> pl.Expr:
    """A case that somebody has to work on: out of school, to be decided, without proof."""
    return pl.col("status").is_in(_OPEN) | pl.col("proof").is_in(_LACKING)


def history(runs: Sequence[tuple[dt.date, Path]]) -> list[Day]:
    """What the last run of each day says, oldest first; one that cannot be read is left out."""
    found = []
    for date, folder in dict(sorted(runs)).items():
        try:
            summary = json.loads((folder / "summary.json").read_text("utf-8"))
            people = pl.scan_parquet(folder / "people.parquet")
            ids = people.filter(is_open()).select("person_id").collect()["person_id"]
            found.append(Day(date, summary["proof"]["rate"], ids))
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
            continue
    return found


def open_since(days: Sequence[Day]) -> pl.DataFrame:
    """Of every case open on the last day, the first of the days on which it was open unbroken.

    Returns:
        ``person_id, since``.
    """
    if not days:
        return pl.DataFrame(schema={"person_id": pl.String(), "since": pl.Date()})
    *earlier, last = days
    cases = last.open.unique(maintain_order=True).to_frame("person_id")
    cases = cases.with_columns(since=pl.lit(last.date), unbroken=pl.lit(value=True))
    for day in reversed(earlier):
        cases = cases.with_columns(
            unbroken=pl.col("unbroken") & pl.col("person_id").is_in(day.open.implode())
        ).with_columns(since=pl.when("unbroken").then(pl.lit(day.date)).otherwise("since"))
    return cases.drop("unbroken")
