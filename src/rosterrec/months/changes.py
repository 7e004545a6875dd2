"""What changed between two police lists and what was found of their children: frames in, frame out.

A child may have several changes: moved, and a proof obtained. The numbers foot: those before, and
the new, less the gone, are those after; so it is with every status and with missing proofs.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

import polars as pl

from rosterrec import dates, names
from rosterrec.frames import GROUP_OF, Flag, Group, Proof, Status
from rosterrec.months.persons import paired
from rosterrec.months.told import DECISION, NOTHING, OVERTURNED, Told, marked, overturned
from rosterrec.settings import Settings


class Change(StrEnum):
    """What may have happened to a child, in the order that a meeting hears it."""

    NEWLY_OUT = "newly_out"
    RETURNED = "returned"
    FOUND = "found"
    REACHED_AGE = "reached_age"
    MOVED_IN = "moved_in"
    NEW_UNSURE = "new_unsure"  # may be one of those gone: a namesake born the same day
    SPLIT = "split"  # was taken for one with somebody who stays
    PAST_AGE = "past_age"
    MOVED_OUT = "moved_out"
    GONE_UNSURE = "gone_unsure"
    MERGED = "merged"  # turned out to be somebody who stays
    MOVED = "moved"  # between home, county, outside and home teaching
    FILED = "filed"
    BEYOND = "beyond"
    PROOF_OBTAINED = "proof_obtained"
    PROOF_BY_REGISTRY = "proof_by_registry"  # the registry shows the child: none is needed now
    PROOF_EXPIRED = "proof_expired"
    PROOF_LACKING = "proof_lacking"
    REVIEW_OPENED = "review_opened"
    REVIEW_SETTLED = "review_settled"
    STATUS_CHANGED = "status_changed"
    OVERTURNED = "overturned"  # a decision that a new one, or the lists, replaced or contradict
    ID_CORRECTED = "id_corrected"  # on the police list
    ENTRY_CORRECTED = "entry_corrected"  # a number in registry or roster
    NAME_CORRECTED = "name_corrected"


NEW = (Change.REACHED_AGE, Change.MOVED_IN, Change.NEW_UNSURE, Change.SPLIT)
GONE = (Change.PAST_AGE, Change.MOVED_OUT, Change.GONE_UNSURE, Change.MERGED)

#: One row per child and change. What a child was before is null for the new, what it is now for the
#: gone, whose name and number are the old ones; of a decision that was overturned, there are a row
#: for each and what it said and says now.
CHANGES: dict[str, pl.DataType] = {
    "kind": pl.String(),
    "person_id": pl.String(),
    "name": pl.String(),
    "name_before": pl.String(),
    "id_number": pl.String(),
    "id_before": pl.String(),
    "sex": pl.String(),
    "birth_date": pl.Date(),
    "village": pl.String(),
    "status_before": pl.String(),
    "status": pl.String(),
    "proof_before": pl.String(),
    "proof": pl.String(),
    "school_before": pl.String(),
    "school": pl.String(),
    "row_before": pl.Int64(),  # on the older police list
    "row": pl.Int64(),
    **{name: OVERTURNED[name] for name in DECISION},
}

_ENROLLED = [s for s, g in GROUP_OF.items() if g is Group.ENROLLED]
_OUT = [s for s, g in GROUP_OF.items() if g is Group.OUT]
_FILED = [s for s, g in GROUP_OF.items() if g is Group.FILED]
_BEYOND = [s for s, g in GROUP_OF.items() if g is Group.BEYOND]
#: The rule under which a person's decision gave the status.
_BY_HAND = "decided"
_LACKING = [Proof.MISSING, Proof.EXPIRED]
_WRONG_NUMBER = [
    Flag.ID_INVALID, Flag.ID_DAMAGED, Flag.ID_MISSING, Flag.ID_OLD, Flag.ID_RELATIVE,
    Flag.SHARED_ID, Flag.SWAPPED_IDS, Flag.TEMPORARY_NUMBER,
]  # fmt: skip


class Month(NamedTuple):
    """The people of one run (``people.parquet``) and its settings."""

    people: pl.DataFrame
    settings: Settings


class Changes(NamedTuple):
    """What changed.

    Attributes:
        rows: of the schema ``CHANGES``, in the order of ``Change``.
        figures: counts for ``summary.json``.
    """

    rows: pl.DataFrame
    figures: dict[str, Any]


def changes(before: Month, after: Month, told: Told = NOTHING) -> Changes:
    """Everything that happened between two runs.

    Args:
        before: the older.
        after: the newer.
        told: what the ledger tells of them.
    """
    both = marked(_side_by_side(before, after), told)
    kinds = {**_movements(before, after), **_proofs(), **_corrections()}
    flagged = both.with_columns(
        condition.fill_null(value=False).alias(f"is_{kind}") for kind, condition in kinds.items()
    )
    of_kind = {kind: flagged.filter(f"is_{kind}") for kind in Change}
    turned = [of_kind[Change.OVERTURNED], overturned(both, told)]
    of_kind[Change.OVERTURNED] = pl.concat(turned, how="diagonal")
    found = [people.with_columns(kind=pl.lit(str(kind))) for kind, people in of_kind.items()]
    rows = pl.concat(frame.select(CHANGES.keys()) for frame in found).cast(CHANGES)  # type: ignore[arg-type]
    return Changes(rows, _figures(both, rows, before, after))


def _side_by_side(before: Month, after: Month) -> pl.DataFrame:
    """Everybody of either list on one row, what they were before under ``*_before``."""
    old, new = before.people, after.people
    sure, doubtful = paired(old, new)
    left = old.with_columns(
        old=pl.int_range(pl.len(), dtype=pl.Int64),
        is_unsure=pl.int_range(pl.len(), dtype=pl.Int64).is_in(doubtful["old"].implode()),
    ).select("old", pl.all().exclude("old").name.suffix("_before"))
    right = new.with_columns(
        new=pl.int_range(pl.len(), dtype=pl.Int64),
        is_unsure=pl.int_range(pl.len(), dtype=pl.Int64).is_in(doubtful["new"].implode()),
    )
    both = (
        right.join(sure.select("old", "new"), on="new", how="left", maintain_order="left")
        .join(left, on="old", how="left", maintain_order="left")
        .with_columns(was=pl.col("old").is_not_null(), now=pl.lit(value=True))
    )
    gone = left.join(sure, on="old", how="anti", maintain_order="left").with_columns(
        *(pl.col(f"{c}_before").alias(c) for c in ("person_id", "name", "id_number", "sex",
                                                   "birth_date", "village")),
        was=pl.lit(value=True), now=pl.lit(value=False),
    )  # fmt: skip
    everybody = pl.concat([both, gone], how="diagonal")
    return everybody.rename({"id_number_before": "id_before"})


def _movements(before: Month, after: Month) -> dict[Change, pl.Expr]:
    """At most one of these is true of a child who is on both lists; of others, one says why."""
    was, now = pl.col("was"), pl.col("now")
    old, new = pl.col("status_before"), pl.col("status")
    new_on, gone = ~was, ~now
    kinds = {
        Change.SPLIT: new_on & pl.col("is_split"),
        Change.REACHED_AGE: new_on & _too_young(before),
        Change.NEW_UNSURE: new_on & pl.col("is_unsure"),
        Change.MOVED_IN: new_on,
        Change.MERGED: gone & pl.col("is_merged"),
        Change.PAST_AGE: gone & _too_old(after),
        Change.GONE_UNSURE: gone & pl.col("is_unsure_before"),
        Change.MOVED_OUT: gone,
    }
    stayed = {
        Change.RETURNED: old.is_in([*_OUT, Status.SUSPENDED])
        & (old != Status.NOT_FOUND)
        & new.is_in(_ENROLLED),
        Change.FILED: new.is_in(_FILED) & ~old.is_in(_FILED),
        Change.BEYOND: new.is_in(_BEYOND) & ~old.is_in(_BEYOND),
        Change.FOUND: (old == Status.NOT_FOUND) & ~new.is_in([*_OUT, Status.REVIEW]),
        Change.MOVED: (old != new) & old.is_in(_ENROLLED) & new.is_in(_ENROLLED),
        Change.REVIEW_OPENED: (new == Status.REVIEW) & (old != Status.REVIEW),
        Change.REVIEW_SETTLED: (old == Status.REVIEW) & ~new.is_in([*_OUT, Status.REVIEW]),
        Change.STATUS_CHANGED: (old != new) & (~new.is_in(_OUT) | old.is_in(_OUT)),
    }
    newly_out = {Change.NEWLY_OUT: now & new.is_in(_OUT) & ~old.is_in(_OUT).fill_null(value=False)}
    both = {kind: was & now & condition for kind, condition in stayed.items()}
    return newly_out | _first_only(kinds) | _first_only(both)


def _first_only(kinds: dict[Change, pl.Expr]) -> dict[Change, pl.Expr]:
    """The same conditions, each only where none before it holds."""
    taken: pl.Expr = pl.lit(value=False)
    apart = {}
    for kind, condition in kinds.items():
        holds = condition.fill_null(value=False)
        apart[kind] = holds & ~taken
        taken = taken | holds
    return apart


def _too_young(month: Month) -> pl.Expr:
    """Whether a child was too young for that run's list."""
    ages, births = _ages(month.settings), month.people["birth_date"]
    below = [age < month.settings.ages[0] for age in ages]
    return _past(below, pl.col("birth_date") > pl.lit(births.max(), pl.Date))


def _too_old(month: Month) -> pl.Expr:
    """Whether a child was too old for that run's list."""
    ages, births = _ages(month.settings), month.people["birth_date"]
    above = [age > month.settings.ages[1] for age in ages]
    return _past(above, pl.col("birth_date") < pl.lit(births.min(), pl.Date))


def _ages(settings: Settings) -> list[pl.Expr]:
    days = (settings.as_of, settings.cutoff_date)
    return [dates.years_between(pl.col("birth_date"), pl.lit(day)) for day in days]


def _past(ages: list[pl.Expr], past_everybody: pl.Expr) -> pl.Expr:
    """Some police lists count ages at the reference date, some at the cutoff.

    Where the two say different things, the list itself does: whether anybody of that age is on it.
    """
    return pl.all_horizontal(ages) | (pl.any_horizontal(ages) & past_everybody)


def _proofs() -> dict[Change, pl.Expr]:
    lacked = pl.col("proof_before").is_in(_LACKING).fill_null(value=False)
    proof = pl.col("proof")
    away = pl.col("status").is_in([Status.COUNTY, Status.OUTSIDE])
    return {
        Change.PROOF_OBTAINED: lacked & (proof == Proof.HELD),
        Change.PROOF_BY_REGISTRY: lacked & away & (proof == Proof.NOT_NEEDED),
        Change.PROOF_EXPIRED: ~lacked & (proof == Proof.EXPIRED),
        Change.PROOF_LACKING: ~lacked & (proof == Proof.MISSING),
    }


def _corrections() -> dict[Change, pl.Expr]:
    """What was put right or overturned. A row that is linked no more was not corrected."""
    stayed = pl.col("was") & pl.col("now")
    still_listed = pl.all_horizontal(
        (pl.col(f"{rows}_before") == "") | (pl.col(rows) != "")
        for rows in ("registry_rows", "roster_rows")
    )

    def wrong(flags: str) -> pl.Expr:
        return pl.col(flags).fill_null("").str.split(",").list.set_intersection(
            [str(flag) for flag in _WRONG_NUMBER]
        )  # fmt: skip

    righted = wrong("flags_before").list.set_difference(wrong("flags")).list.len() > 0
    return {
        Change.OVERTURNED: stayed
        & (pl.col("rule_before") == _BY_HAND)
        & ~pl.col("is_set_anew")
        & (pl.col("status") != pl.col("status_before")),
        Change.ID_CORRECTED: stayed & pl.col("id_number").ne_missing(pl.col("id_before")),
        Change.ENTRY_CORRECTED: stayed & still_listed & righted,
        Change.NAME_CORRECTED: stayed
        & names.key(pl.col("name")).ne_missing(names.key(pl.col("name_before"))),
    }


def _figures(both: pl.DataFrame, rows: pl.DataFrame, before: Month, after: Month) -> dict[str, Any]:
    """Counts of everything, such that before, plus and minus make after."""
    counted = dict(rows["kind"].value_counts().iter_rows())
    kinds = {str(kind): int(counted.get(str(kind), 0)) for kind in Change}
    statuses = dict(before.people["status"].value_counts().iter_rows())
    flows = (
        both.select(from_=pl.col("status_before").fill_null(""), to=pl.col("status").fill_null(""))
        .filter(pl.col("from_") != pl.col("to"))
        .group_by("from_", "to")
        .len("n")
        .sort("from_", "to")
    )
    lacking, lacking_now = (
        len(month.people.filter(pl.col("proof").is_in(_LACKING))) for month in (before, after)
    )
    settled = {k: kinds[k] for k in (Change.PROOF_OBTAINED, Change.PROOF_BY_REGISTRY)}
    newly = kinds[Change.PROOF_EXPIRED] + kinds[Change.PROOF_LACKING]
    return {
        "as_of_before": before.settings.as_of.isoformat(),
        "population_before": len(before.people),
        "new": sum(kinds[kind] for kind in NEW),
        "gone": sum(kinds[kind] for kind in GONE),
        "population": len(after.people),
        "kinds": kinds,
        "statuses_before": {str(s): int(statuses.get(str(s), 0)) for s in Status},
        "flows": [{"from": f or None, "to": t or None, "n": n} for f, t, n in flows.iter_rows()],
        "missing_proof": {
            "before": lacking,
            **{str(kind).removeprefix("proof_"): n for kind, n in settled.items()},
            "no_longer_away": lacking + newly - lacking_now - sum(settled.values()),
            "newly": newly,
            "after": lacking_now,
        },
    }
