"""The ledger ``rosterrec.db``: what people decided, and which runs were made.

One SQLite file per project folder, in rollback-journal mode, one transaction per act. Entries are
added and superseded, never changed; each names its records by their content (``keys``), never by
file or row, so that it holds when next month's export is sorted otherwise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from rosterrec.errors import LedgerError
from rosterrec.ledger import decisions, people, runs, store
from rosterrec.ledger.decisions import Head, Taken
from rosterrec.ledger.entries import Call, Decision, Entry, Hand, Kind, Run, Verdict
from rosterrec.ledger.store import LEDGER_NAME, find

__all__ = [
    "LEDGER_NAME",
    "Call",
    "Decision",
    "Entry",
    "Hand",
    "Head",
    "Kind",
    "Ledger",
    "Run",
    "Taken",
    "Verdict",
    "find",
]


class Ledger:
    """An open ledger; a context manager that closes it.

    Attributes:
        path: the file.
        connection: for modules that keep tables of their own in it; write inside ``act`` alone.
    """

    def __init__(self, path: Path, *, write: bool = True) -> None:
        self.path = path
        self.connection: sqlite3.Connection = store.connect(path, write=write)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    @contextmanager
    def act(self) -> Iterator[sqlite3.Connection]:
        """One transaction around everything done inside.

        Raises:
            OutputError: ``ledger_locked`` or ``ledger_unwritable``; nothing was kept.
        """
        with store.act(self.connection, self.path):
            yield self.connection

    def head(self) -> Head:
        """The last entry's number and hash: two ledgers with one head hold the same decisions."""
        with store.guarded(self.path):
            return decisions.head(self.connection)

    def standing(self) -> list[Decision]:
        """Entries that count, oldest first."""
        with store.guarded(self.path):
            return decisions.standing(self.connection)

    def every(self) -> list[Decision]:
        """Every entry ever made, oldest first."""
        with store.guarded(self.path):
            return decisions.every(self.connection)

    def add(self, entries: Iterable[Entry], hand: Hand) -> Taken:
        """Write entries in one transaction; see ``decisions.add`` for what supersedes what."""
        with self.act():
            return decisions.add(self.connection, entries, hand)

    def write(self, entries: Iterable[Entry], hand: Hand) -> Taken:
        """Write entries inside ``act``, so that several hands' are kept together."""
        return decisions.add(self.connection, entries, hand)

    def workbooks(self) -> set[str]:
        """Hashes of the workbooks from which entries came."""
        found = "SELECT DISTINCT workbook_sha256 FROM decisions WHERE workbook_sha256 IS NOT NULL"
        with store.guarded(self.path):
            return {digest for (digest,) in self.connection.execute(found)}

    def retract(self, seqs: Sequence[int], why: str, hand: Hand) -> list[int]:
        """Take entries back by new ones, in one transaction; the new numbers."""
        with self.act():
            return decisions.retract(self.connection, seqs, why, hand)

    def record(self, run: Run) -> int:
        """Write a run, inside ``act``, so that what belongs to it is kept with it; its number."""
        return runs.record(self.connection, run)

    def runs(self) -> list[Run]:
        """Every run, oldest first."""
        with store.guarded(self.path):
            return runs.runs(self.connection)

    def run(self, run_id: str, folder: str | None = None) -> Run | None:
        """The newest run of that name, in that output folder if one is named."""
        with store.guarded(self.path):
            return runs.find(self.connection, run_id, folder)

    def check(self) -> None:
        """Read every page and every entry.

        Raises:
            LedgerError: ``ledger_damaged``, or ``ledger_altered`` naming the first entry that is
                not as it was written.
        """
        with store.guarded(self.path):
            sound = self.connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            orphan = self.connection.execute("PRAGMA foreign_key_check").fetchone()
            if not sound or orphan:
                raise LedgerError("ledger_damaged", file=self.path.name)
            people.aliases(self.connection)
            broken = decisions.broken_at(self.connection)
        if broken is not None:
            raise LedgerError("ledger_altered", file=self.path.name, entry=broken)
