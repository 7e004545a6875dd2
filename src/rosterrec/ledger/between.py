"""What happened in the ledger between two runs: decisions overturned, persons merged and split."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import polars as pl

from rosterrec.ledger.agreement import agreement
from rosterrec.ledger.entries import Decision, Kind, Verdict
from rosterrec.ledger.people import Event

#: What became of a decision that no other verdict took the place of.
RETRACTED, DISPUTED = "retracted", "disputed"

Subject = tuple[Kind, str, str]
_SAID = {"seq": pl.Int64, "left_key": pl.String, "right_key": pl.String, "verdict": pl.String}


class Overturned(NamedTuple):
    """A decision that counted, and what counts now.

    Attributes:
        key: of the child's record.
        about: pair or status.
        before: its verdict.
        now: the verdict that took its place, or ``RETRACTED``, or ``DISPUTED``.
        seq_before: its number.
        seq: the number of the entry that overturned it.
    """

    key: str
    about: str
    before: str
    now: str
    seq_before: int
    seq: int


class Happened(NamedTuple):
    """A merge or a split, and the run that found it."""

    event: Event
    run: int


def overturned(decisions: Sequence[Decision], since: int, until: int) -> list[Overturned]:
    """Decisions on pairs and statuses that counted at one entry and no more at a later one.

    One that was unsure is none: a later answer only settles it.

    Args:
        decisions: every entry ever made.
        since: the last entry that the older run knew.
        until: the last that the newer run knew.
    """
    near = _touched(decisions, since, until)
    stood, stands = _standing(near, since), _standing(near, until)
    torn, are_torn = _disputed(stood), _disputed(stands)
    now: dict[Subject, list[Decision]] = defaultdict(list)
    for each in stands:
        now[_subject(each)].append(each)
    found = []
    for old in stood:
        here = now[_subject(old)]
        verdict = _verdict(here, are_torn)
        if old.entry.verdict in {verdict, Verdict.UNSURE} or old.seq in torn:
            continue
        by = [each.seq for each in here if each.seq > since]
        by += [seq for seq in old.superseded_by if since < seq <= until]
        last = max(by, default=max(are_torn, default=until))
        entry = old.entry
        found.append(Overturned(entry.left, str(entry.kind), entry.verdict, verdict, old.seq, last))
    return found


def happened(connection: sqlite3.Connection) -> list[Happened]:
    """Every merge and split with the number of its run, oldest first."""
    found = "SELECT kind, person_id, other, run FROM person_events ORDER BY event"
    return [Happened(Event(*row[:3]), int(row[3])) for row in connection.execute(found)]


def _touched(decisions: Sequence[Decision], since: int, until: int) -> list[Decision]:
    """Decisions on records of which something was said since, or that pairs join to such ones."""
    joined: dict[str, list[str]] = defaultdict(list)
    for each in decisions:
        if each.entry.right:
            joined[each.entry.left].append(each.entry.right)
            joined[each.entry.right].append(each.entry.left)
    ahead = [d.entry.left for d in decisions if since < d.seq <= until]
    ahead += [d.entry.right for d in decisions if since < d.seq <= until and d.entry.right]
    found: set[str] = set()
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead += joined[key]
    return [d for d in decisions if d.entry.left in found]


def _standing(decisions: Iterable[Decision], at: int) -> list[Decision]:
    """What counted when that entry was the last."""
    return [
        d for d in decisions
        if d.seq <= at and d.entry.kind in {Kind.PAIR, Kind.STATUS}
        and not any(seq <= at for seq in d.superseded_by)
    ]  # fmt: skip


def _disputed(standing: Sequence[Decision]) -> frozenset[int]:
    """Numbers of those that contradict another, by themselves or by what follows from them."""
    said: dict[Subject, list[Decision]] = defaultdict(list)
    for each in standing:
        said[_subject(each)].append(each)
    split = [d.seq for those in said.values() if len(_verdicts(those)) > 1 for d in those]
    pairs = [
        (d.seq, d.entry.left, d.entry.right, str(d.entry.verdict))
        for d in standing
        if d.entry.kind is Kind.PAIR
    ]
    told = agreement(pl.DataFrame(pairs, schema=_SAID, orient="row"))
    return frozenset([*told.disputed, *split])


def _verdict(here: Sequence[Decision], torn: frozenset[int]) -> str:
    if not here:
        return RETRACTED
    if any(each.seq in torn for each in here):
        return DISPUTED
    return here[-1].entry.verdict


def _verdicts(decisions: Iterable[Decision]) -> set[str]:
    return {each.entry.verdict for each in decisions}


def _subject(decision: Decision) -> Subject:
    return decision.entry.kind, decision.entry.left, decision.entry.right
