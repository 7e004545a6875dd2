"""``decide``: a clerk's workbook taken into the ledger, after saying what it would do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, EXIT_REFUSED, InputError
from rosterrec.ledger import LEDGER_NAME, Ledger, find

if TYPE_CHECKING:
    from rosterrec.screen.console import Console


@dataclass(frozen=True)
class Request:
    """What was typed."""

    workbook: Path
    folder: Path | None
    operator: str | None
    lang: str | None
    dry_run: bool
    as_json: bool
    quiet: bool
    no_color: bool


def decide(request: Request) -> int:
    """Run ``decide`` and return its exit status."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    console = Console(
        lang=request.lang or default_language(), quiet=request.quiet, color=not request.no_color
    )
    return guarded(console, lambda: _decide(request, console))


def _decide(request: Request, console: Console) -> int:
    from rosterrec.answers.intake import take_in
    from rosterrec.project import history
    from rosterrec.read.password import Passwords
    from rosterrec.report.masking import masked_person
    from rosterrec.screen.preview import show_outcome

    if request.lang not in {None, "zh", "en"}:
        raise InputError("bad_flag", flag="--lang", value=str(request.lang)[:10], hint="lang")
    if not request.workbook.is_file():
        raise InputError("file_missing", file=request.workbook.name)
    with Ledger(_ledger_of(request)) as ledger:
        hand = history.hand("decide", request.operator)
        outcome = take_in(
            ledger, request.workbook, hand, masked_person, keep=not request.dry_run,
            passwords=Passwords(console.ask_password),
        )  # fmt: skip
        show_outcome(console, outcome, ledger, kept=not request.dry_run)
    if request.as_json:
        console.print_json({"schema": "rosterrec.decide/1", **outcome.figures()})
    return EXIT_REFUSED if outcome.unclear and not outcome.answers else EXIT_DONE


def _ledger_of(request: Request) -> Path:
    """The ledger of the folder named, else the nearest above the workbook, else the one here.

    Raises:
        InputError: ``no_ledger``.
    """
    if request.folder is not None:
        if not request.folder.is_dir():
            raise InputError("folder_missing", folder=str(request.folder))
        return find(request.folder)
    for folder in request.workbook.resolve().parents:
        if (folder / LEDGER_NAME).is_file():
            return folder / LEDGER_NAME
    here = find(Path())
    if here.is_file():
        return here
    raise InputError("no_ledger", file=request.workbook.name)
