"""Decisions as rows: added in a chain of hashes, superseded by later rows, read back."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from rosterrec import __version__
from rosterrec.ledger.entries import SETTLING, Decision, Entry, Hand, Kind
from rosterrec.ledger.standing import STANDS

_COLUMNS = (
    "seq", "at", "utc_offset", "who", "command", "version", "workbook", "workbook_sha256",
    "run_id", "kind", "left_key", "right_key", "verdict", "on_date", "document_no",
    "document_date", "reason", "note", "left_shown", "right_shown", "seen",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO decisions ({', '.join(_COLUMNS)}, hash) "  # noqa: S608
    f"VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})"
)
_SELECT = (
    f"SELECT {', '.join(_COLUMNS)}, hash, "  # noqa: S608
    "(SELECT group_concat(by_seq) FROM superseded s WHERE s.seq = d.seq) FROM decisions d"
)
_CHAIN = f"SELECT {', '.join(_COLUMNS)}, hash FROM decisions ORDER BY seq"  # noqa: S608
_STANDING = f" WHERE {STANDS}"

Row = tuple[int | str | None, ...]


@dataclass(frozen=True)
class Head:
    """The end of the chain: the last entry's number and hash."""

    seq: int = 0
    hash: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of entries: written, there already, and written against another hand's.

    Attributes:
        added: numbers of the new entries.
        again: entries that say what a standing one says; nothing was written.
        overturned: new entry and the entry that it supersedes.
        against: new entry and the standing entry that it contradicts.
    """

    added: tuple[int, ...]
    again: tuple[Entry, ...]
    overturned: tuple[tuple[int, int], ...]
    against: tuple[tuple[int, int], ...]


def head(connection: sqlite3.Connection) -> Head:
    """The last entry."""
    row = connection.execute("SELECT seq, hash FROM decisions ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head()


def every(connection: sqlite3.Connection) -> list[Decision]:
    """Every entry ever made, oldest first."""
    return [_decision(row) for row in connection.execute(f"{_SELECT} ORDER BY seq")]


def standing(connection: sqlite3.Connection) -> list[Decision]:
    """Entries that nothing has superseded or retracted, oldest first."""
    return [_decision(row) for row in connection.execute(f"{_SELECT}{_STANDING} ORDER BY seq")]


def add(connection: sqlite3.Connection, entries: Iterable[Entry], hand: Hand) -> Taken:
    """Write entries, inside a transaction that the caller holds.

    An entry that says what a standing one says of the same subject is not written again, nor one
    that the same hand wrote last from the same workbook, though it was retracted since. One that
    says otherwise supersedes what its writer knew, and what the same hand wrote; what another hand
    wrote meanwhile stays beside it, so that neither wins in silence.
    """
    now, offset = _clock()
    last = head(connection)
    added: list[int] = []
    again: list[Entry] = []
    overturned: list[tuple[int, int]] = []
    against: list[tuple[int, int]] = []
    for entry in entries:
        rivals = _on_subject(connection, entry)
        stands = any(_says(old.entry) == _says(entry) for old in rivals)
        if (stands and not _disputed(rivals, hand)) or _written_before(connection, entry, hand):
            again.append(entry)
            continue
        settled = [old for old in rivals if entry.kind in SETTLING]
        gone = [old.seq for old in settled if _gives_way(old, hand)]
        last = _append(connection, entry, hand, (now, offset), last, gone)
        added.append(last.seq)
        overturned += [(last.seq, seq) for seq in gone]
        against += [(last.seq, old.seq) for old in settled if old.seq not in gone]
    return Taken(tuple(added), tuple(again), tuple(overturned), tuple(against))


def retract(connection: sqlite3.Connection, seqs: Sequence[int], why: str, hand: Hand) -> list[int]:
    """Take back standing entries by new ones, inside a transaction that the caller holds.

    Returns:
        The numbers of the new entries; numbers that do not stand are left out.
    """
    stand = {decision.seq: decision.entry for decision in standing(connection)}
    now = _clock()
    last = head(connection)
    made = []
    for seq in seqs:
        old = stand.pop(seq, None)
        if old is None:
            continue
        entry = Entry(
            Kind.RETRACT, old.left, old.right, old.verdict, reason=why,
            left_shown=old.left_shown, right_shown=old.right_shown,
        )  # fmt: skip
        last = _append(connection, entry, hand, now, last, [seq])
        made.append(last.seq)
    return made


def broken_at(connection: sqlite3.Connection) -> int | None:
    """The first entry whose hash is not that of what it says and of the entry before, if any."""
    before = ""
    for number, row in enumerate(connection.execute(_CHAIN), 1):
        seq = row[0]
        gone = connection.execute(
            "SELECT seq FROM superseded WHERE by_seq = ? ORDER BY seq", (seq,)
        ).fetchall()
        if seq != number or row[-1] != _chained(before, row[:-1], [g for (g,) in gone]):
            return int(seq)
        before = row[-1]
    return None


def _append(
    connection: sqlite3.Connection,
    entry: Entry,
    hand: Hand,
    at: tuple[str, int],
    last: Head,
    gone: list[int],
) -> Head:
    row: Row = (
        last.seq + 1, *at, hand.who, hand.command, __version__, hand.workbook,
        hand.workbook_sha256, hand.run_id, str(entry.kind), entry.left, entry.right,
        entry.verdict, _text(entry.on_date), entry.document_no, _text(entry.document_date),
        entry.reason, entry.note, entry.left_shown, entry.right_shown, entry.seen,
    )  # fmt: skip
    digest = _chained(last.hash, row, sorted(gone))
    connection.execute(_INSERT, (*row, digest))
    connection.executemany(
        "INSERT INTO superseded (seq, by_seq) VALUES (?, ?)", [(g, last.seq + 1) for g in gone]
    )
    return Head(last.seq + 1, digest)


def _chained(before: str, row: Row, gone: list[int]) -> str:
    content = json.dumps([before, list(row), gone], ensure_ascii=False, separators=(",", ":"))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _on_subject(connection: sqlite3.Connection, entry: Entry) -> list[Decision]:
    found = connection.execute(
        f"{_SELECT}{_STANDING} AND kind = ? AND left_key = ? AND right_key = ? ORDER BY seq",
        (str(entry.kind), entry.left, entry.right),
    )
    return [_decision(row) for row in found]


def _written_before(connection: sqlite3.Connection, entry: Entry, hand: Hand) -> bool:
    """True where the same hand wrote the same last, from the same workbook: it was taken in."""
    if hand.workbook is None:
        return False
    found = connection.execute(
        f"{_SELECT} WHERE kind = ? AND left_key = ? AND right_key = ? AND who = ? AND run_id IS ? "
        "AND (workbook = ? OR workbook_sha256 = ?) ORDER BY seq DESC",
        (
            str(entry.kind), entry.left, entry.right, hand.who, hand.run_id, hand.workbook,
            hand.workbook_sha256,
        ),
    )  # fmt: skip
    rows = [_decision(row) for row in found]
    relevant = rows[:1] if entry.kind in SETTLING else rows
    return any(_says(old.entry) == _says(entry) for old in relevant)


def _says(entry: Entry) -> tuple[object, ...]:
    """What an entry says, apart from who it is shown as and what may be learnt from it."""
    return (
        entry.verdict, entry.on_date, entry.document_no, entry.document_date, entry.reason,
        entry.note,
    )  # fmt: skip


def _gives_way(old: Decision, hand: Hand) -> bool:
    """True where the writer knew of an entry, or made it, so that a new one takes its place."""
    if hand.known is None or old.seq <= hand.known:
        return True
    return (old.who, old.workbook) == (hand.who, hand.workbook)


def _disputed(rivals: list[Decision], hand: Hand) -> bool:
    """True where several standing entries of one subject differ and the writer knew them all."""
    differ = len({old.entry.verdict for old in rivals}) > 1
    return differ and all(_gives_way(old, hand) for old in rivals)


def _clock() -> tuple[str, int]:
    now = dt.datetime.now().astimezone()
    shift = now.utcoffset() or dt.timedelta()
    return f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}", int(shift.total_seconds() // 60)


def _text(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _decision(row: tuple[object, ...]) -> Decision:
    it = dict(zip((*_COLUMNS, "hash", "by"), row, strict=True))
    entry = Entry(
        Kind(str(it["kind"])), str(it["left_key"]), str(it["right_key"]), str(it["verdict"]),
        _date(_maybe(it["on_date"])), _maybe(it["document_no"]), _date(_maybe(it["document_date"])),
        _maybe(it["reason"]), _maybe(it["note"]), str(it["left_shown"]), str(it["right_shown"]),
        _maybe(it["seen"]),
    )  # fmt: skip
    by = tuple(int(seq) for seq in str(it["by"]).split(",")) if it["by"] else ()
    return Decision(
        int(str(it["seq"])), str(it["at"]), int(str(it["utc_offset"])), str(it["who"]),
        str(it["command"]), str(it["version"]), _maybe(it["workbook"]),
        _maybe(it["workbook_sha256"]), _maybe(it["run_id"]), entry, str(it["hash"]), by,
    )  # fmt: skip


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)
