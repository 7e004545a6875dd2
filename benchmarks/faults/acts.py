"""The acts that harm is done to: a first run, a run anew, taking in a workbook, a migration."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.faults.project import COMMAND, copy, decisions, make, match, run

_MIGRATE = """
import sys
from pathlib import Path
from rosterrec.ledger import Ledger, store
copying = tuple(
    statement
    for n in range(40)
    for statement in (
        f"CREATE TABLE later_{n} AS SELECT * FROM decisions",
        f"CREATE INDEX later_{n}_by_key ON later_{n} (left_key, at, note)",
    )
)
store.MIGRATIONS = (*store.MIGRATIONS, copying)
store.VERSION = len(store.MIGRATIONS)
with Ledger(Path(sys.argv[1])) as ledger:
    ledger.check()
"""
FILLED = "rosterrec/filled.xlsx"


def first_run(work: Path) -> Path:
    """A project that was never run."""
    return make(work / "first")


def run_anew(work: Path, first: Path, noted: int = 5) -> Path:
    """A project with a run, and decisions made since."""
    project = copy(first, work / "again")
    _sure(match(project))
    decisions(project, noted)
    return project


def with_workbook(work: Path, first: Path, noted: int = 5) -> Path:
    """A project with a run, decisions, and a workbook filled in for everybody out of school."""
    import openpyxl

    project = run_anew(work, first, noted)
    project = project.rename(work / "filled")
    (written,) = project.glob("rosterrec/*/reconciliation.xlsx")
    book = openpyxl.load_workbook(written)
    page = book["未在校"]
    heads = {cell.value: cell.column for cell in page[3]}
    for row in range(4, page.max_row + 1):
        page.cell(row, heads["认定去向（填）"]).value = "辍学"
    book.save(project / FILLED)
    return project


def with_old_ledger(work: Path, first: Path, noted: int = 3000) -> Path:
    """A project whose ledger an update will migrate."""
    project = copy(first, work / "old")
    decisions(project, noted)
    return project


def decide(folder: Path) -> list[str]:
    """Taking in the filled workbook."""
    return [*COMMAND, "decide", str(folder / FILLED), "-q"]


def migrate(folder: Path) -> list[str]:
    """Opening the ledger with a version that has one step more."""
    return [sys.executable, "-c", _MIGRATE, str(folder / "rosterrec.db")]


def _sure(words: list[str]) -> None:
    result = run(words)
    if result.returncode:
        raise SystemExit(result.stderr)
