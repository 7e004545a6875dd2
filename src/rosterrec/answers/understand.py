"""Filled-in rows as entries of the ledger; a row is understood as a whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from rosterrec.answers.forms import DATES
from rosterrec.answers.tokens import GONE
from rosterrec.frames import GROUP_OF, Group, Role, Status
from rosterrec.ledger import Entry, Kind
from rosterrec.ledger.agreement import ordered
from rosterrec.messages import LANGUAGES, catalogue

_ROLE = "|".join(role for role in Role if role is not Role.SCHOOLS)
_PART = r"(?:[0-9a-f]{12}|-)"
_RECORD = rf"(?:{_ROLE})(?:\.{_PART}){{4}}"
_KEY = re.compile(
    rf"(?P<known>\d{{1,12}})@(?P<run>[0-9a-f]{{0,12}}) (?P<left>{_RECORD}) "
    rf"(?P<other>{_RECORD}|-) (?P<status>[a-z_]+|-)"
)
_NOT_REACHED = "not_reached"
#: Statuses that only a document gives.
DOCUMENTED = frozenset(
    {str(s) for s, group in GROUP_OF.items() if group is Group.FILED}
    - {str(Status.SEVERE_DISABILITY)}
    | {str(Status.SUSPENDED), str(Status.DEFERRED)}
)
_LONGEST = 500
#: A name and a number as lists show them.
Shown = Callable[[str | None, str | None], str]


@dataclass(frozen=True)
class Answer:
    """An entry with where it stands, who filled it in, and what its workbook knew."""

    sheet: str
    row: int
    entry: Entry
    by: str | None
    known: int
    run: str


@dataclass(frozen=True)
class Unclear:
    """A row that was left: where it stands, and why, as a code of ``unclear`` in the messages."""

    sheet: str
    row: int
    reason: str
    column: str | None = None


@dataclass(frozen=True)
class Answers:
    """What a workbook says."""

    understood: tuple[Answer, ...]
    unclear: tuple[Unclear, ...]


class _NotUnderstoodError(Exception):
    def __init__(self, reason: str, column: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


def understand(forms: pl.DataFrame, today: dt.date, shown: Shown) -> Answers:
    """Every filled-in row as entries, or as unclear.

    Args:
        forms: the rows (``FORM``).
        today: no date may lie after it.
        shown: how lists show a name and a number, masked.
    """
    answers: list[Answer] = []
    unclear: list[Unclear] = []
    for row in forms.iter_rows(named=True):
        try:
            answers += _answers(row, today, shown)
        except _NotUnderstoodError as fault:
            unclear.append(Unclear(row["sheet"], row["row"], fault.reason, fault.column))
    return Answers(tuple(answers), tuple(unclear))


def _answers(row: dict[str, Any], today: dt.date, shown: Shown) -> list[Answer]:
    key = _KEY.fullmatch(" ".join((row["key"] or "").split()))
    if row["key"] == GONE:
        raise _NotUnderstoodError("run_gone")
    if key is None:
        raise _NotUnderstoodError("no_key")
    _check_dates(row, today)
    who = (
        shown(row["name"], row["id_number"]),
        "" if key["other"] == "-" else shown(row["candidate"], row["candidate_id"]),
    )
    entries = [
        entry
        for of in (_on_pair, _on_status, _on_proof, _on_call)
        if (entry := of(row, key, who)) is not None
    ]
    if not entries:
        entries = [_note(row, key, who)]
    by = " ".join(row["by"].split())[:60] if row["by"] else None
    return [
        Answer(row["sheet"], row["row"], entry, by, int(key["known"]), key["run"])
        for entry in entries
    ]


def _check_dates(row: dict[str, Any], today: dt.date) -> None:
    for name in DATES:
        if row[name] is None:
            continue
        day = row[f"{name}_day"]
        if day is None:
            raise _NotUnderstoodError("bad_date", name)
        if day > today:
            raise _NotUnderstoodError("date_to_come", name)
        if day.year < 2000:
            raise _NotUnderstoodError("bad_date", name)


def _on_pair(row: dict[str, Any], key: re.Match[str], who: tuple[str, str]) -> Entry | None:
    if row["decision"] is None:
        return None
    verdict = _code("choice", row["decision"])
    if verdict is None:
        raise _NotUnderstoodError("choice_unknown", "decision")
    if key["other"] == "-":
        raise _NotUnderstoodError("no_candidate", "decision")
    left, right = ordered(key["left"], key["other"])
    if left != key["left"]:
        who = who[1], who[0]
    return Entry(
        Kind.PAIR, left, right, verdict, note=_words(row["remark"]),
        left_shown=who[0], right_shown=who[1],
    )  # fmt: skip


def _on_status(row: dict[str, Any], key: re.Match[str], who: tuple[str, str]) -> Entry | None:
    attempt = Entry(
        Kind.ATTEMPT, key["left"], on_date=row["visited_day"], note=_words(row["result"]),
        left_shown=who[0],
    )  # fmt: skip
    found, visited = row["outcome"], row["visited_day"]
    if found is None:
        if row["document_no"] or row["document_date"]:
            raise _NotUnderstoodError("outcome_missing", "outcome")
        if visited is None:
            return None
        return attempt
    code = _code("outcome", found)
    if code is None:
        raise _NotUnderstoodError("choice_unknown", "outcome")
    if code == _NOT_REACHED:
        if visited is None and row["visited"] is None and not row["result"]:
            raise _NotUnderstoodError("visit_undated", "visited")
        return attempt
    if code in DOCUMENTED and not (row["document_no"] and row["document_date_day"]):
        raise _NotUnderstoodError("document_needed", "document_no")
    return Entry(
        Kind.STATUS, key["left"], verdict=code, on_date=visited,
        document_no=_words(row["document_no"]), document_date=row["document_date_day"],
        reason=_words(row["result"]), note=None if row["decision"] else _words(row["remark"]),
        seen=None if key["status"] == "-" else json.dumps({"status": key["status"]}),
        left_shown=who[0],
    )  # fmt: skip


def _on_proof(row: dict[str, Any], key: re.Match[str], who: tuple[str, str]) -> Entry | None:
    if row["got_date_day"] is None:
        if row["got_by"]:
            raise _NotUnderstoodError("proof_undated", "got_date")
        return None
    return Entry(
        Kind.PROOF, key["left"], verdict="held", on_date=row["got_date_day"],
        reason=_words(row["got_by"]), note=_words(row["remark"]), left_shown=who[0],
    )  # fmt: skip


def _on_call(row: dict[str, Any], key: re.Match[str], who: tuple[str, str]) -> Entry | None:
    """What a call about a proof found: a contact that has a result."""
    if row["call"] is None:
        if row["called_day"] is not None:
            raise _NotUnderstoodError("call_missing", "call")
        return None
    code = _code("call", row["call"])
    if code is None:
        raise _NotUnderstoodError("choice_unknown", "call")
    if row["called_day"] is None:
        raise _NotUnderstoodError("call_undated", "called")
    return Entry(
        Kind.ATTEMPT, key["left"], verdict=code, on_date=row["called_day"],
        note=_words(row["result"]), left_shown=who[0],
    )  # fmt: skip


def _note(row: dict[str, Any], key: re.Match[str], who: tuple[str, str]) -> Entry:
    words = "; ".join(part for part in (_words(row["result"]), _words(row["remark"])) if part)
    return Entry(Kind.NOTE, key["left"], note=words, left_shown=who[0])


def _words(value: str | None) -> str | None:
    return " ".join(value.split())[:_LONGEST] if value else None


def _code(table: str, words: str) -> str | None:
    """The code that words of either language stand for."""
    folded = "".join(words.split()).lower().replace("（", "(").replace("）", ")")
    for key, pair in catalogue().items():
        if key.startswith(f"{table}.") and folded in {
            "".join(pair[i].split()).lower() for i in range(len(LANGUAGES))
        }:
            return key.removeprefix(f"{table}.")
    return None
