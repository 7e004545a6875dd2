"""What the ledger holds of decisions and runs: plain values in, plain values out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What an entry is about."""

    PAIR = "pair"
    STATUS = "status"
    PROOF = "proof"
    ATTEMPT = "attempt"
    NOTE = "note"
    RETRACT = "retract"


class Verdict(StrEnum):
    """What a person says of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Call(StrEnum):
    """What a call about a proof found; the first two say something of the proof."""

    TRUE = "true"
    FALSE = "false"
    UNREACHABLE = "unreachable"
    WRONG_NUMBER = "wrong_number"


#: Of these a person or pair has one at a time; attempts and notes add up.
SETTLING = frozenset({Kind.PAIR, Kind.STATUS, Kind.PROOF})


@dataclass(frozen=True)
class Entry:
    """One decision or finding, as it is to be written.

    Attributes:
        left: key of the record (``keys.with_keys``); of a pair, the record that is looked for.
        right: key of the other record of a pair, else "".
        verdict: of a pair a ``Verdict``; of a status its code; "held" of a proof seen;
            of an attempt "", or what a call about a proof found.
        on_date: the day of the proof, visit or finding.
        left_shown: the record as lists show it, masked.
        seen: what the lists said when it was made, as JSON: of a pair how far each feature agreed,
            of a status the one that the rules gave.
    """

    kind: Kind
    left: str
    right: str = ""
    verdict: str = ""
    on_date: dt.date | None = None
    document_no: str | None = None
    document_date: dt.date | None = None
    reason: str | None = None
    note: str | None = None
    left_shown: str = ""
    right_shown: str = ""
    seen: str | None = None

    @property
    def spoken(self) -> str:
        """What people call it: a contact that found something of a proof is a check of it."""
        return "call" if self.kind is Kind.ATTEMPT and self.verdict else str(self.kind)


@dataclass(frozen=True)
class Hand:
    """Who makes an entry, by which command, and from which workbook.

    Attributes:
        known: the last decision that the writer could know of: what was written after it, by
            another hand, is not superseded but contradicted.
    """

    who: str
    command: str
    workbook: str | None = None
    workbook_sha256: str | None = None
    run_id: str | None = None
    known: int | None = None


@dataclass(frozen=True)
class Decision:
    """An entry as it stands in the ledger."""

    seq: int
    at: str
    utc_offset: int
    who: str
    command: str
    version: str
    workbook: str | None
    workbook_sha256: str | None
    run_id: str | None
    entry: Entry
    hash: str
    superseded_by: tuple[int, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it counts: nothing has taken its place, and it is no retraction itself."""
        return not self.superseded_by and self.entry.kind is not Kind.RETRACT


@dataclass(frozen=True)
class Run:
    """A run of ``match`` as the ledger remembers it."""

    run_id: str
    run_key: str
    folder: str
    as_of: dt.date
    started: str
    finished: str
    version: str
    settings: dict[str, Any]
    figures: dict[str, Any]
    inputs: tuple[tuple[str, str], ...]  # name, sha256
    decided: int = 0
    head: str = ""
    run: int = field(default=0)  # its number, given by the ledger
