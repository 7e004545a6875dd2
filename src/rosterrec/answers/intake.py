"""A clerk's workbook taken into the ledger, in one transaction; and which workbooks are waiting."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterrec.answers import Answer, Shown, Unclear, read_forms, understand
from rosterrec.answers.tokens import resolved
from rosterrec.disk import digest, digest_if_readable
from rosterrec.ledger import Ledger, Taken
from rosterrec.ledger.entries import Hand
from rosterrec.read.password import Passwords

#: Files that say how workbooks beside them were when they were written (``outgoing.note``).
_NOTES = ("tasks.json", "sample.json")
_FORMATS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


@dataclass(frozen=True)
class Outcome:
    """What became of a workbook's rows.

    Attributes:
        taken: what was written, by hand (who and what the workbook knew), in order.
        unclear: rows that were left.
        answers: the rows that were understood.
    """

    workbook: str
    taken: tuple[Taken, ...]
    unclear: tuple[Unclear, ...]
    answers: tuple[Answer, ...]

    def figures(self) -> dict[str, Any]:
        """Counts for a script, and the rows left."""
        return {
            "workbook": self.workbook,
            "added": sum(len(t.added) for t in self.taken),
            "again": sum(len(t.again) for t in self.taken),
            "overturned": [list(pair) for t in self.taken for pair in t.overturned],
            "against": [list(pair) for t in self.taken for pair in t.against],
            "unclear": [
                {"sheet": u.sheet, "row": u.row, "reason": u.reason, "column": u.column}
                for u in self.unclear
            ],
        }


class _Undone(Exception):  # noqa: N818 - carries no fault
    """Ends a transaction that was only a preview."""


def take_in(
    ledger: Ledger,
    workbook: Path,
    hand: Hand,
    shown: Shown,
    *,
    keep: bool,
    passwords: Passwords | None = None,
) -> Outcome:
    """Take a workbook's rows into the ledger in one transaction.

    Args:
        ledger: open to write.
        workbook: the file.
        hand: who takes it in; a row may name somebody else.
        shown: how lists show a name and a number, masked.
        keep: False only tells what would be done.
        passwords: where to ask for the workbook's password, if it has one.

    Raises:
        InputError: the file is no workbook with forms.
    """
    today = dt.datetime.now().astimezone().date()
    forms = resolved(read_forms(workbook, passwords), _duties(ledger))
    answers = understand(forms, today, shown)
    content = digest(workbook)
    runs = {run.run_key[:12]: run.run_id for run in ledger.runs()}
    taken: list[Taken] = []
    try:
        with ledger.act():
            for answer in answers.understood:
                by = _hand(answer, hand, workbook, content, runs)
                taken.append(ledger.write([answer.entry], by))
            if not keep:
                raise _Undone
    except _Undone:
        pass
    return Outcome(workbook.name, tuple(taken), answers.unclear, answers.understood)


def _duties(ledger: Ledger) -> dict[str, list[Path]]:
    """Where the runs that the ledger knows left their duties, the newest first."""
    found: dict[str, list[Path]] = {}
    for run in reversed(ledger.runs()):
        path = ledger.path.resolve().parent / run.folder / run.run_id / "duties.parquet"
        found.setdefault(run.run_key[:12], []).append(path)
    return found


def _hand(answer: Answer, hand: Hand, workbook: Path, digest: str, runs: dict[str, str]) -> Hand:
    return Hand(
        who=answer.by or hand.who,
        command=hand.command,
        workbook=workbook.name,
        workbook_sha256=digest,
        run_id=runs.get(answer.run, answer.run or None),
        known=answer.known,
    )


def filled_in(out: Path, ledger: Ledger) -> Iterator[Path]:
    """Workbooks among the results that were changed since they were written and not taken in.

    Those of runs, and those that ``tasks`` and ``sample`` wrote beside them.
    """
    known = _as_written(out) | ledger.workbooks()
    files = sorted(
        path
        for pattern in ("*", "*/*", "*/*/*")
        for path in out.glob(pattern)
        if path.suffix.lower() in _FORMATS
        and path.is_file()
        and not any(part.startswith((".", "~$")) for part in path.relative_to(out).parts)
    )
    for path in files:
        if digest_if_readable(path) not in known:
            yield path


def _as_written(out: Path) -> set[str]:
    """Hashes of the workbooks as the program wrote them."""
    found = set()
    for record in out.glob("*/run.json"):
        try:
            found.add(json.loads(record.read_text("utf-8"))["workbook_sha256"])
        except (OSError, ValueError, KeyError):
            # An older version did not say.
            found.add(digest_if_readable(record.parent / "reconciliation.xlsx"))
    for note in (n for name in _NOTES for deep in ("*", "*/*") for n in out.glob(f"{deep}/{name}")):
        with suppress(OSError, ValueError, KeyError, AttributeError):
            found |= set(json.loads(note.read_text("utf-8"))["files"].values())
    return found
