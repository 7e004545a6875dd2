"""What people set by hand of children: the newest that still holds."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

import polars as pl

from rosterrec import frames
from rosterrec.frames import Status
from rosterrec.ledger.entries import Call, Decision, Kind
from rosterrec.settings import Settings

#: Statuses that no new school year changes; the others must be found out anew each year.
LASTING = frozenset({
    Status.GRADUATED, Status.SENIOR, Status.SEVERE_DISABILITY, Status.EMPTY_REGISTRATION,
    Status.DECEASED, Status.MISSING_PERSON, Status.DUPLICATE_REGISTRATION, Status.ABROAD,
    Status.CUSTODY,
})  # fmt: skip

#: Results of calls that say something of the proof.
_TELLING = frozenset({Call.TRUE, Call.FALSE})


def by_hand(
    decisions: Iterable[Decision], recs: Mapping[str, list[int]], settings: Settings
) -> tuple[pl.DataFrame, dict[int, str]]:
    """What was set of each child (``BY_HAND``), and the decisions that no longer hold or disagree.

    Args:
        decisions: those about one record, which is as it was.
        recs: the records that a key names.
        settings: the school year.
    """
    per_child: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for rec in recs[decision.entry.left]:
            per_child[rec].append(decision)
    told: dict[int, str] = {}
    rows = []
    for rec, those in sorted(per_child.items()):
        told |= {d.seq: "expired" for d in those if not _holds(d, settings)}
        row = _row([d for d in those if d.seq not in told])
        if row["hand_is_disputed"]:
            told |= {d.seq: "disputed" for d in those if _is(d, Kind.STATUS) and d.seq not in told}
        rows.append({"rec": rec, **row})
    return pl.DataFrame(rows, schema=frames.BY_HAND), told


def _is(decision: Decision, kind: Kind) -> bool:
    return decision.entry.kind == kind


def _holds(decision: Decision, settings: Settings) -> bool:
    entry = decision.entry
    if entry.kind not in {Kind.STATUS, Kind.ATTEMPT} or entry.verdict in LASTING:
        return True
    made = dt.date.fromisoformat(decision.at[:10])
    return (entry.on_date or entry.document_date or made) >= settings.school_year_start


def _row(those: list[Decision]) -> dict[str, object]:
    statuses = [d.entry for d in those if _is(d, Kind.STATUS)]
    differ = len({s.verdict for s in statuses}) > 1
    status = statuses[-1] if statuses and not differ else None
    proofs = [d.entry.on_date for d in those if _is(d, Kind.PROOF) and d.entry.on_date]
    visits = {(d.entry.on_date, d.seq if d.entry.on_date is None else 0)
              for d in those if _is(d, Kind.ATTEMPT) and not d.entry.verdict}  # fmt: skip
    notes = [d.entry.note for d in those if d.entry.note]
    document = [status.document_no, _text(status.document_date)] if status else []
    return {
        "hand_status": status.verdict if status else None,
        "hand_seen": json.loads(status.seen)["status"] if status and status.seen else None,
        "hand_document": ", ".join(part for part in document if part) or None,
        "hand_is_disputed": differ,
        "hand_proof_date": max(proofs) if proofs else None,
        "hand_false_on": _false_on(those),
        "hand_attempts": len(visits),
        "hand_note": "; ".join(dict.fromkeys(notes)) or None,
    }


def _false_on(those: list[Decision]) -> dt.date | None:
    """The day of the last call that reached somebody, where it found the proof false."""
    calls = [
        (d.entry.on_date, d.seq, d.entry.verdict)
        for d in those
        if _is(d, Kind.ATTEMPT) and d.entry.on_date and d.entry.verdict in _TELLING
    ]
    day, _, verdict = max(calls, default=(None, 0, ""))
    return day if verdict == Call.FALSE else None


def _text(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()
