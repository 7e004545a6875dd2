"""What a ledger tells of the children of two lists beside what the lists say: frames in, frame out.

Decisions that were overturned, and ids that turned out to be one person's or two persons'.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from rosterrec.frames.schema import empty

#: A decision that counted, and what took its place, of a person of either list.
OVERTURNED: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    "about": pl.String(),  # pair or status
    "decision_before": pl.String(),
    "decision": pl.String(),
    "seq_before": pl.Int64(),
    "seq": pl.Int64(),
}
#: Columns of an overturned decision that a change has, null for every other.
DECISION = ("decision_before", "decision", "seq_before", "seq")
#: ``merged``: the other is gone into the person; ``split``: the other came out of the person.
EVENTS: dict[str, pl.DataType] = {
    "event": pl.String(), "person_id": pl.String(), "other": pl.String(),
}  # fmt: skip


class Told(NamedTuple):
    """What a ledger tells.

    Attributes:
        overturned: of the schema ``OVERTURNED``.
        events: of the schema ``EVENTS``.
    """

    overturned: pl.DataFrame
    events: pl.DataFrame


NOTHING = Told(empty(OVERTURNED), empty(EVENTS))


def marked(both: pl.DataFrame, told: Told) -> pl.DataFrame:
    """Everybody of two lists with what the ledger tells of their ids.

    Args:
        both: ``person_id, row, row_before, was, now``.
        told: what it tells.

    Returns:
        The same with ``is_merged`` of the gone, ``is_split`` of the new, ``is_set_anew`` where a
        status was overturned, and empty ``DECISION``. The row that is missing is that of the
        person who stayed, or who was there before.
    """
    rows = {
        "row": _of_the_other(both.filter("now"), told.events, "merged", "row"),
        "row_before": _of_the_other(both.filter("was"), told.events, "split", "row_before"),
    }
    for column, other in rows.items():
        both = both.join(other, on="person_id", how="left", maintain_order="left")
        both = both.with_columns(**{f"found_{column}": f"other_{column}"}).drop(f"other_{column}")
    statuses = told.overturned.filter(pl.col("about") == "status")["person_id"]
    gone, new = pl.col("was") & ~pl.col("now"), pl.col("now") & ~pl.col("was")
    return both.with_columns(
        is_merged=gone & pl.col("found_row").is_not_null(),
        is_split=new & pl.col("found_row_before").is_not_null(),
        is_set_anew=pl.col("person_id").is_in(statuses.implode()),
        row=pl.when(gone).then("found_row").otherwise("row"),
        row_before=pl.when(new).then("found_row_before").otherwise("row_before"),
        **{name: pl.lit(None, OVERTURNED[name]) for name in DECISION},
    ).drop("found_row", "found_row_before")


def overturned(both: pl.DataFrame, told: Told) -> pl.DataFrame:
    """Those of whom a decision was overturned, a row for each, in the order of the decisions."""
    return told.overturned.join(
        both.drop(DECISION), on="person_id", how="inner", maintain_order="left"
    ).sort("seq_before", maintain_order=True)


def _of_the_other(people: pl.DataFrame, events: pl.DataFrame, event: str, row: str) -> pl.DataFrame:
    """For whoever is merged or split off, the row of the person of whom that is told."""
    chosen = events.filter(pl.col("event") == event)
    found = chosen.join(people.select("person_id", row), on="person_id", how="inner")
    return found.select(person_id="other", **{f"other_{row}": row}).unique(
        "person_id", keep="last", maintain_order=True
    )
