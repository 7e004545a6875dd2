"""Standing decisions brought to this month's records: what binds, and what must be looked at anew.

A decision holds for records that are as they were. Where one has changed it is stale, and nothing
is done with it but to say so; where one is on no list any more it rests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rosterrec import frames
from rosterrec.frames import Judgements, Records, Role
from rosterrec.ledger.agreement import agreement
from rosterrec.ledger.entries import Kind
from rosterrec.ledger.keys import located, role_in
from rosterrec.ledger.lasting import by_hand
from rosterrec.settings import Settings


@dataclass(frozen=True)
class Judged:
    """What people decided, as this run needs it.

    Attributes:
        pairs: what binds the linking.
        people: what was set by hand of a child (``BY_HAND``).
        decisions: what became of every standing decision (``DECISIONS``).
    """

    pairs: Judgements
    people: pl.DataFrame
    decisions: pl.DataFrame


def nobody_decided() -> Judged:
    """The judgements of an empty ledger."""
    return Judged(
        Judgements(frames.empty(frames.JUDGEMENTS)),
        frames.empty(frames.BY_HAND),
        frames.empty(frames.DECISIONS),
    )


def judge(decisions: pl.DataFrame, records: Mapping[Role, Records], settings: Settings) -> Judged:
    """Bring standing decisions to the records of a run.

    Args:
        decisions: what stands in the ledger (``STANDING``), oldest first.
        records: every list by role.
        settings: the school year that tells whether a decision still holds.
    """
    if not len(decisions):
        return nobody_decided()
    where = _where(decisions, records)
    stated = _stated(decisions, where)
    is_pair = pl.col("kind") == Kind.PAIR
    settled = agreement(stated.filter(is_pair & pl.col("state").is_in(["applied", "absent"])))
    of_people = stated.filter(~is_pair & (pl.col("state") == "applied"))
    at = where.select("recs", left_key="key")
    people, told = by_hand(of_people.join(at, on="left_key", maintain_order="left"), settings)
    disputed = pl.DataFrame({"seq": settled.disputed}).with_columns(now=pl.lit("disputed"))
    return Judged(
        _pairs(settled.verdicts, where), people, _told(stated, pl.concat([disputed, told]))
    )


def overtaken(told: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The same, statuses set by hand marked where the lists now say otherwise than they did."""
    passed = people.filter(pl.col("hand_status").is_not_null() & (pl.col("rule") != "decided"))
    is_passed = (
        (pl.col("kind") == Kind.STATUS)
        & (pl.col("state") == "applied")
        & pl.col("left").is_in(passed["rec"].implode())
    )
    return told.with_columns(state=pl.when(is_passed).then(pl.lit("overtaken")).otherwise("state"))


def _where(decisions: pl.DataFrame, records: Mapping[Role, Records]) -> pl.DataFrame:
    """How each key was found, and in which records: ``key, found, recs``, each key once."""
    keys = pl.concat([decisions["left_key"], decisions["right_key"].rename("left_key")])
    found = pl.concat(located(frame, role, keys) for role, frame in records.items())
    return found.group_by("key").agg(pl.col("found").first(), recs=pl.col("rec").drop_nulls())


def _stated(decisions: pl.DataFrame, where: pl.DataFrame) -> pl.DataFrame:
    """The decisions with their ``state``, and the first record of each side as ``left, right``."""
    for side in ("left", "right"):
        at = where.select(
            pl.col("key").alias(f"{side}_key"),
            pl.col("found").alias(f"{side}_found"),
            pl.col("recs").list.first().alias(side),
        )
        decisions = decisions.join(at, on=f"{side}_key", how="left", maintain_order="left")
    left = pl.col("left_found").fill_null("absent")
    right = pl.when(pl.col("right_key") != "").then(pl.col("right_found").fill_null("absent"))
    found = (left, pl.coalesce(right, left))
    return decisions.with_columns(
        state=pl.when(pl.any_horizontal(side == "absent" for side in found))
        .then(pl.lit("absent"))
        .when(pl.all_horizontal(side == "here" for side in found))
        .then(pl.lit("applied"))
        .otherwise(pl.lit("stale"))
    )


def _pairs(verdicts: pl.DataFrame, where: pl.DataFrame) -> Judgements:
    """The verdicts on the records that the keys name; of one list the earlier record left."""
    here = where.filter(pl.col("found") == "here")
    for side in ("left", "right"):
        at = here.select(pl.col("key").alias(f"{side}_key"), pl.col("recs").alias(side))
        verdicts = verdicts.join(at, on=f"{side}_key").explode(side)
    turned = pl.col("one_list") & (pl.col("left") > pl.col("right"))
    sources = {f"{side}_source": role_in(pl.col(f"{side}_key")) for side in ("left", "right")}
    named = verdicts.with_columns(**sources).with_columns(
        one_list=pl.col("left_source") == pl.col("right_source")
    )
    frame = named.with_columns(
        left=pl.when(turned).then("right").otherwise("left"),
        right=pl.when(turned).then("left").otherwise("right"),
    )
    return Judgements(frame.select(*frames.JUDGEMENTS).sort(*_ORDER))


_ORDER = ("left_source", "right_source", "left", "right")


def _told(stated: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """Every decision and what became of it (``DECISIONS``).

    Args:
        stated: the decisions with their state and records.
        changed: ``seq, now`` of applied ones that do not hold after all.
    """
    remark = pl.concat_str(
        *(pl.when(pl.col(part) != "").then(part) for part in ("reason", "note")),
        separator="; ", ignore_nulls=True,
    )  # fmt: skip
    now = pl.when(pl.col("state") == "applied").then("now")
    told = stated.join(changed, on="seq", how="left", maintain_order="left").with_columns(
        state=pl.coalesce(now, "state"),
        remark=pl.when(remark != "").then(remark),
        left_source=role_in(pl.col("left_key")),
        right_source=pl.when(pl.col("right_key") != "").then(role_in(pl.col("right_key"))),
    )
    return told.select(*frames.DECISIONS)
