"""Standing decisions brought to this month's records: what binds, and what must be looked at anew.

A decision holds for records that are as they were. Where one has changed it is stale, and nothing
is done with it but to say so; where one is on no list any more it rests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from rosterrec import frames
from rosterrec.frames import Judgements, Records, Role
from rosterrec.ledger.agreement import agreement
from rosterrec.ledger.entries import Decision, Kind
from rosterrec.ledger.keys import located, role_of
from rosterrec.ledger.lasting import by_hand
from rosterrec.settings import Settings

_ABOUT_PAIRS = {Kind.PAIR}


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


def judge(
    decisions: Sequence[Decision], records: Mapping[Role, Records], settings: Settings
) -> Judged:
    """Bring standing decisions to the records of a run.

    Args:
        decisions: what stands in the ledger, oldest first.
        records: every list by role.
        settings: the school year that tells whether a decision still holds.
    """
    if not decisions:
        return nobody_decided()
    where = _where(decisions, records)
    states = {d.seq: _state(d, where) for d in decisions}
    on_pairs = [d for d in decisions if d.entry.kind in _ABOUT_PAIRS]
    settled = agreement(d for d in on_pairs if states[d.seq] in {"applied", "absent"})
    states |= {seq: "disputed" for seq in settled.disputed if states[seq] == "applied"}
    of_people = [d for d in decisions if d.entry.kind not in _ABOUT_PAIRS]
    applied = [d for d in of_people if states[d.seq] == "applied"]
    people, told = by_hand(applied, {key: found[1] for key, found in where.items()}, settings)
    states |= told
    return Judged(_pairs(settled.verdicts, where), people, _told(decisions, states, where))


def overtaken(told: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The same, statuses set by hand marked where the lists now say otherwise than they did."""
    passed = people.filter(pl.col("hand_status").is_not_null() & (pl.col("rule") != "decided"))
    is_passed = (
        (pl.col("kind") == Kind.STATUS)
        & (pl.col("state") == "applied")
        & pl.col("left").is_in(passed["rec"].implode())
    )
    return told.with_columns(state=pl.when(is_passed).then(pl.lit("overtaken")).otherwise("state"))


Where = dict[str, tuple[str, list[int]]]


def _where(decisions: Sequence[Decision], records: Mapping[Role, Records]) -> Where:
    """How each key was found, and in which records."""
    named = [key for d in decisions for key in (d.entry.left, d.entry.right) if key]
    keys = pl.Series("key", named, dtype=pl.String)
    found = pl.concat(located(frame, role, keys) for role, frame in records.items())
    grouped = found.group_by("key").agg(pl.col("found").first(), pl.col("rec").drop_nulls())
    return {key: (how, recs) for key, how, recs in grouped.iter_rows()}


def _state(decision: Decision, where: Where) -> str:
    keys = [key for key in (decision.entry.left, decision.entry.right) if key]
    found = {where.get(key, ("absent", []))[0] for key in keys}
    if "absent" in found:
        return "absent"
    return "applied" if found == {"here"} else "stale"


def _pairs(verdicts: Mapping[tuple[str, str], str], where: Where) -> Judgements:
    """The verdicts on the records that the keys name; of one list the earlier record left."""
    rows = []
    for (one, other), verdict in verdicts.items():
        here = [where.get(key, ("absent", [])) for key in (one, other)]
        if any(how != "here" for how, _ in here):
            continue
        sources = role_of(one), role_of(other)
        for left in here[0][1]:
            for right in here[1][1]:
                first, second = (left, right) if sources[0] != sources[1] else sorted((left, right))
                rows.append((*sources, first, second, verdict))
    frame = pl.DataFrame(rows, schema=frames.JUDGEMENTS, orient="row")
    return Judgements(frame.sort("left_source", "right_source", "left", "right"))


def _told(decisions: Sequence[Decision], states: Mapping[int, str], where: Where) -> pl.DataFrame:
    rows = []
    for decision in decisions:
        entry = decision.entry
        lefts, rights = (where.get(key, ("", []))[1] for key in (entry.left, entry.right))
        rows.append({
            "seq": decision.seq, "kind": str(entry.kind), "verdict": entry.verdict,
            "who": decision.who, "at": decision.at, "state": states[decision.seq],
            "remark": "; ".join(part for part in (entry.reason, entry.note) if part) or None,
            "left_source": role_of(entry.left), "left": lefts[0] if lefts else None,
            "right_source": role_of(entry.right) or None, "right": rights[0] if rights else None,
        })  # fmt: skip
    return pl.DataFrame(rows, schema=frames.DECISIONS)
