"""One call of ``review``, from what was typed to an exit status."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, InputError
from rosterrec.messages import LANGUAGES

if TYPE_CHECKING:
    from rosterrec.commands.reviewing import Review
    from rosterrec.ledger import Ledger
    from rosterrec.report.recorded import Recorded
    from rosterrec.screen.console import Console


@dataclass(frozen=True)
class Request:
    """What was typed."""

    folder: Path
    out: Path | None
    operator: str | None
    lang: str | None
    reveal: bool
    no_color: bool


def review(request: Request) -> int:
    """Walk the review queue of the newest run, and return the exit status."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, color=not request.no_color)
    return guarded(console, lambda: _review(request, console))


def _review(request: Request, console: Console) -> int:
    from rosterrec.ledger import Ledger
    from rosterrec.project import history, publish
    from rosterrec.screen import keyboard

    if request.lang is not None and request.lang not in LANGUAGES:
        raise InputError("bad_flag", flag="--lang", value=request.lang[:40], hint="lang")
    if not keyboard.on_a_terminal():
        raise InputError("review_needs_terminal")
    if not request.folder.is_dir():
        raise InputError("folder_missing", folder=str(request.folder))
    out = request.out or request.folder / "rosterrec"
    newest = publish.newest(out)
    if newest is None:
        raise InputError("no_run", folder=str(out))

    from rosterrec.report.recorded import recorded

    run = recorded(newest)
    console = console.speaking(request.lang or run.settings.lang)
    with Ledger(history.place(request.folder, out)) as ledger:
        sitting = _sitting(request, console, run, ledger, out)
        if not len(sitting.remaining()):
            console.tell([console.say("review.nothing")])
            return EXIT_DONE
        try:
            with keyboard.keyboard() as keys:
                sitting.walk(keys)
        finally:
            left = len(sitting.remaining())
            console.tell([console.say("review.end", answered=sitting.answered, left=left)])
    return EXIT_DONE


def _sitting(
    request: Request, console: Console, run: Recorded, ledger: Ledger, out: Path
) -> Review:
    """The queue with its records, and what was said of it since the run."""
    from rosterrec.commands.reviewing import Review, answered_since
    from rosterrec.link import waiting
    from rosterrec.project import history
    from rosterrec.report.beside import beside

    pairs = waiting.queue(run.links.collect(), run.people)
    records = beside(run, pairs, request.folder, out)
    verdicts = answered_since(ledger.standing_frame(), _known(ledger, run), records)
    hand = history.hand("review", request.operator)
    hand = replace(hand, run_id=run.folder.name, known=ledger.head().seq)
    return Review(console, ledger, hand, pairs, records, verdicts, request.reveal)


def _known(ledger: Ledger, run: Recorded) -> int:
    """The last decision that the run knew; 0 where the ledger does not know the run."""
    from rosterrec.project import publish

    try:
        key = json.loads((run.folder / publish.RUN_FILE).read_text("utf-8"))["key"]
    except (OSError, ValueError, KeyError):
        raise InputError("run_unreadable", run=run.folder.name) from None
    return max((each.decided for each in ledger.runs() if each.run_key == key), default=0)
