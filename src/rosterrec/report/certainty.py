"""How many links are likely wrong, and how many were likely missed, as ranges.

Every link has a probability, so that the numbers of wrong and of missed links can be estimated
without anybody's labels (fastLink does likewise). Errors of one row keep company, which makes the
evidence look more independent than it is, for a child as much as against it: the outer ends of the
ranges allow for that.
"""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from rosterrec.frames import Decision, Links

#: Evidence counts by this share of its bits where the chance of a missed link is to be bounded.
_DEPENDENT = 0.4
#: The odds of accepted links may be so many times as good as said, all together: an owner shows
#: himself, so that a row which one person alone fits is his more surely than the odds know.
_TOO_CAREFUL = 24.0
#: Standard deviations on either side: nineteen times in twenty.
_SPREAD = 1.96


def certainty(links: Links) -> dict[str, dict[str, Any]]:
    """Per pair of lists the expected wrong and missed links and what the queue holds.

    Returns:
        By "left-right": ``wrong`` (of the accepted), ``waiting`` (true ones in review) and
        ``missed`` (true ones among the nearest rejected), each with ``low`` and ``high``, whole
        numbers that hold what is expected; ``high`` of those waiting is the number of their rows.
    """
    found: dict[str, dict[str, Any]] = {}
    sources = pl.col("left_source", "right_source")
    told = links.select(sources, "right", "basis", "decision", "probability", "weight")
    passes = links.select(sources).unique().select(sources.cast(pl.String)).sort(sources)
    for left, right in passes.iter_rows():
        if left == right:
            continue
        of_pass = told.filter((pl.col("left_source") == left) & (pl.col("right_source") == right))
        found[f"{left}-{right}"] = _estimates(of_pass)
    return found


def _estimates(links: pl.DataFrame) -> dict[str, Any]:
    accepted = int((links["decision"] == Decision.ACCEPTED).sum())
    links = links.filter(pl.col("basis").ne_missing("decided"))  # a person is not wrong by chance
    chance = {
        decision: links.filter(pl.col("decision") == decision)["probability"]
        for decision in Decision
    }
    rejected = links.filter(pl.col("decision") == Decision.REJECTED)["weight"]
    most_missed = (1 / (1 + (-rejected * _DEPENDENT * math.log(2)).exp())).sum()
    wrong, missed = _range(1 - chance[Decision.ACCEPTED]), _range(chance[Decision.REJECTED])
    return {
        "accepted": accepted,
        "wrong": {**wrong, "low": _range(_fewest_wrong(chance[Decision.ACCEPTED]))["low"]},
        "waiting": {**_range(chance[Decision.REVIEW]), "high": _rows(links)},
        "missed": {**missed, "high": max(missed["high"], math.ceil(round(float(most_missed), 3)))},
    }


def _fewest_wrong(chances: pl.Series) -> pl.Series:
    """How likely each accepted link is wrong if all are likelier than said."""
    wrong = 1 - chances
    return wrong / (wrong + chances * _TOO_CAREFUL)


def _rows(links: pl.DataFrame) -> int:
    """The rows that wait: each has one owner at most, and in a queue nearly all have one."""
    return links.filter(pl.col("decision") == Decision.REVIEW)["right"].n_unique()


def _range(chances: pl.Series) -> dict[str, int]:
    """The range of a number of events with these chances, independent of each other."""
    mean = float(chances.sum())
    spread = _SPREAD * math.sqrt(float((chances * (1 - chances)).sum()))
    return {
        "low": math.floor(round(max(mean - spread, 0.0), 3)),
        "high": math.ceil(round(mean + spread, 3)),
    }
