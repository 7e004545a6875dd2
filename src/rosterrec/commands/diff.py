"""One call of ``diff``, from what was typed to an exit status."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, InputError
from rosterrec.messages import LANGUAGES

if TYPE_CHECKING:
    from rosterrec.months.changes import Changes
    from rosterrec.months.told import Told
    from rosterrec.report.recorded import Recorded
    from rosterrec.screen.console import Console


@dataclass(frozen=True)
class Request:
    """What was typed: two runs, where runs are, where to write, and how to speak."""

    older: str
    newer: str
    out: Path | None
    book: Path | None
    password_env: str | None
    ask_password: bool
    lang: str | None
    as_json: bool
    no_color: bool


def diff(request: Request) -> int:
    """Tell what changed between two runs, and return the exit status."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, color=not request.no_color)
    return guarded(console, lambda: _diff(request, console))


def _diff(request: Request, console: Console) -> int:
    if request.lang is not None and request.lang not in LANGUAGES:
        raise InputError("bad_flag", flag="--lang", value=request.lang[:40], hint="lang")
    if request.book and request.book.suffix.lower() != ".xlsx":
        raise InputError("bad_flag", flag="--output", value=request.book.name[:40], hint="book")
    from rosterrec.months.changes import Month, changes
    from rosterrec.months.told import NOTHING
    from rosterrec.project import runs
    from rosterrec.report.recorded import recorded

    older, newer = (
        recorded(runs.find(word, request.out)) for word in (request.older, request.newer)
    )
    if older.settings.as_of > newer.settings.as_of:
        raise InputError("runs_reversed", older=older.folder.name, newer=newer.folder.name)
    console = console.speaking(request.lang or newer.settings.lang)
    months = Month(older.people, older.settings), Month(newer.people, newer.settings)
    told = _told(older, newer)
    found = changes(*months, told or NOTHING)
    _tell(request, console, found, older, newer, is_told=told is not None)
    return EXIT_DONE


def _told(older: Recorded, newer: Recorded) -> Told | None:
    """What the ledger of the newer run tells of both; None where none knows both.

    What a run holds itself cannot tell: that a decision is not in a later run may mean that it was
    taken back, or that the later month has a ledger of its own.

    Raises:
        LedgerError: it is damaged or from another version.
    """
    from rosterrec.project import between, history

    out = newer.folder.resolve().parent
    with history.opened(out.parent, out, write=False) as ledger:
        if ledger is None:
            return None
        was, now = (between.at(ledger, run.folder, run.people) for run in (older, newer))
        return between.told(ledger, was, now) if was and now else None


def _tell(
    request: Request,
    console: Console,
    found: Changes,
    older: Recorded,
    newer: Recorded,
    *,
    is_told: bool,
) -> None:
    """The changes on stdout, and in a workbook if one was asked for."""
    from rosterrec.commands import outgoing
    from rosterrec.project import publish
    from rosterrec.report.changed import document, sheet
    from rosterrec.report.workbook import write_tables
    from rosterrec.screen.bulletin import Bulletin

    told = document(found, older.folder.name, newer.folder.name, console.lang)
    told["findings"] = [] if is_told else [{"code": "overturned_untold"}]
    if request.book:
        page = sheet(found.rows, console.lang)
        word = outgoing.password(request.password_env, ask=request.ask_password, console=console)

        def write(path: Path) -> None:
            write_tables([page], path, console.lang, newer.settings.as_of)
            outgoing.lock(path, word)

        publish.replace(request.book, write)
    if request.as_json:
        console.print_json(told)
        return
    Bulletin(console).show(told, request.book)
