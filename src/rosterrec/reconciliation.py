"""The frozen result that every report reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from rosterrec.frames import (
    DECISIONS,
    RECORD_KEYS,
    Finding,
    InputFile,
    Links,
    People,
    Receipt,
    Records,
    Rejects,
    Role,
    Schools,
    empty,
)
from rosterrec.months.changes import Changes
from rosterrec.settings import Settings


@dataclass(frozen=True)
class Reconciliation:
    """One run's result; every frame has its schema of ``frames.py``.

    Attributes:
        rules: explanation of each rule by code and language.
        changes: what changed since the project's earlier run, if there is one.
        decisions: what became of every standing decision (``DECISIONS``).
        mark: what the workbook says of the run that wrote it, and of the decisions it knew.
        marks: what identifies each person from month to month (``identity.marked``).
        keys: ``source, rec, key`` of records on rows that come back, as far as they are at hand.
    """

    settings: Settings
    people: People
    links: Links
    records: Mapping[Role, Records]
    schools: Schools
    rejects: Rejects
    receipts: tuple[Receipt, ...]
    inputs: tuple[InputFile, ...]
    findings: tuple[Finding, ...]
    outsiders: pl.DataFrame
    registry_check: pl.DataFrame
    corrections: pl.DataFrame
    rules: Mapping[str, Mapping[str, str]]
    changes: Changes | None = None
    decisions: pl.DataFrame = field(default_factory=lambda: empty(DECISIONS))
    mark: str = ""
    marks: pl.DataFrame | None = None
    keys: pl.DataFrame = field(default_factory=lambda: empty(RECORD_KEYS))
