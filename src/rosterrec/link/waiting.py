"""The review queue: pairs that wait for a person, the most useful first. Frames in, frame out.

An answer is the more useful the more children it may settle, and among equals the less the evidence
says of it. Children without a candidate are not here: there is no pair to judge.
"""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Decision, Role, Status

_WHERE = ("file", "sheet", "row")
LEFT = tuple(f"left_{column}" for column in _WHERE)
RIGHT = ("right_source", *(f"right_{column}" for column in _WHERE))
PAIR = (*LEFT, *RIGHT)


def queue(links: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The pairs of a run that wait, the most useful first.

    Args:
        links: of the columns of ``links.parquet``.
        people: of the columns of ``people.parquet``.

    Returns:
        Pairs of a child of the police list, with ``unlocks``, the children in review who may be the
        row; ``is_waiting``, whether the child itself is in review; ``doubt``, 1 where same and
        different are as likely, 0 where one of them is certain.
    """
    in_review = people.filter(pl.col("status") == Status.REVIEW).select(
        *(pl.col(column).alias(f"left_{column}") for column in _WHERE), is_waiting=True
    )
    pairs = links.filter(
        pl.col("left_source") == Role.POPULATION, pl.col("decision") == Decision.REVIEW
    ).join(in_review, on=LEFT, how="left", maintain_order="left")
    waiting = pl.col("is_waiting").fill_null(value=False)
    told = pairs.with_columns(
        is_waiting=waiting,
        unlocks=waiting.sum().over(RIGHT).cast(pl.Int64),
        doubt=1 - (2 * pl.col("probability") - 1).abs(),
    )
    return told.sort("unlocks", "doubt", *PAIR, descending=[True, True, *([False] * len(PAIR))])


def still_open(pairs: pl.DataFrame, verdicts: pl.Series) -> pl.DataFrame:
    """The pairs that still need an answer, in the same order.

    A row that was said to be one child's is no other child's: its other pairs are settled with it.

    Args:
        pairs: as ``queue`` gives them.
        verdicts: what was said of each, null where nothing was.
    """
    told = pairs.with_columns(verdict=verdicts)
    taken = (pl.col("verdict") == "same").fill_null(value=False).any().over(RIGHT)
    return told.filter(pl.col("verdict").is_null() & ~taken).drop("verdict")


def children(pairs: pl.DataFrame) -> int:
    """How many children in review the pairs are of."""
    return pairs.filter("is_waiting").select(LEFT).n_unique()
