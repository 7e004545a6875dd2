"""One call of ``brief``, from what was typed to an exit status."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, InputError
from rosterrec.messages import LANGUAGES

if TYPE_CHECKING:
    from rosterrec.report.brief.model import Block
    from rosterrec.report.recorded import Recorded
    from rosterrec.screen.console import Console

PAGE, LETTER = "brief.html", "brief.docx"
_POLICIES = ("full", "office", "public")


@dataclass(frozen=True)
class Request:
    """What was typed: the run, where to write, for whom, in which words."""

    run: str
    out: Path | None
    into: Path | None
    show: str
    template: Path | None
    save_template: Path | None
    lang: str | None
    quiet: bool
    no_color: bool


def brief(request: Request) -> int:
    """Write the brief of a run, and return the exit status."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, quiet=request.quiet, color=not request.no_color)
    return guarded(console, lambda: _brief(request, console))


def _brief(request: Request, console: Console) -> int:
    _check(request)
    if request.save_template:
        return _save_template(request.save_template, console)
    from rosterrec.interrupts import held
    from rosterrec.project import publish, runs
    from rosterrec.report.brief.letter import letter
    from rosterrec.report.brief.page import page
    from rosterrec.report.recorded import recorded

    run = recorded(runs.find(request.run, request.out))
    lang = request.lang or run.settings.lang
    console = console.speaking(lang)
    blocks = _blocks(request, run, lang)
    into = request.into or run.folder
    if not into.is_dir():
        raise InputError("folder_missing", folder=str(into))
    day = run.settings.as_of
    with held():  # a page and a letter of different months would be taken for one brief
        publish.replace(into / PAGE, lambda path: _write(path, page(blocks, lang)))
        publish.replace(into / LETTER, lambda path: letter(blocks, lang, day, path))
    for name in (PAGE, LETTER):
        console.point("brief.written", path=str(into / name))
    return EXIT_DONE


def _check(request: Request) -> None:
    """Refuse words that no flag knows.

    Raises:
        InputError: ``bad_flag`` or ``bad_choice``.
    """
    if request.lang is not None and request.lang not in LANGUAGES:
        raise InputError("bad_flag", flag="--lang", value=request.lang[:40], hint="lang")
    if request.show not in _POLICIES:
        allowed = ", ".join(_POLICIES)
        raise InputError("bad_choice", flag="--show", value=request.show[:40], allowed=allowed)


def _blocks(request: Request, run: Recorded, lang: str) -> list[Block]:
    """What the brief says, from the run, from the runs before it and from the ledger."""
    from rosterrec.project.continuity import days_before, standing_of
    from rosterrec.report.brief.content import content
    from rosterrec.report.brief.history import history
    from rosterrec.report.policy import Policy
    from rosterrec.report.sampling import calls, estimate

    day, since = run.settings.as_of, run.settings.school_year_start
    checks = estimate(calls(standing_of(run), since, max(day, _made_on(run.folder))))
    return content(
        replace(run, summary={**run.summary, "checks": checks}),
        history([*days_before(run), (day, run.folder)]),
        Policy(request.show),
        lang,
        _template(request, lang),
    )


def _made_on(folder: Path) -> dt.date:
    """The day on which a run was made: what it knew of calls may be later than its own date."""
    from rosterrec.project.publish import RUN_FILE

    try:
        facts = json.loads((folder / RUN_FILE).read_text("utf-8"))
        return dt.datetime.fromisoformat(facts["started"]).date()
    except (OSError, ValueError, KeyError):
        raise InputError("run_unreadable", run=folder.name) from None


def _template(request: Request, lang: str) -> tuple[str, str]:
    """The wording and the name of its file."""
    from rosterrec.report.brief.content import shipped

    if request.template is None:
        return shipped(lang), f"brief.{lang}.txt"
    try:
        return request.template.read_text("utf-8-sig"), request.template.name
    except (OSError, UnicodeDecodeError):
        raise InputError("template_missing", file=str(request.template)) from None


def _save_template(path: Path, console: Console) -> int:
    """Write the shipped wording to a file, for a county to change."""
    from rosterrec.project import publish
    from rosterrec.report.brief.content import shipped

    if path.exists():
        raise InputError("template_exists", file=str(path))
    publish.replace(path, lambda fresh: _write(fresh, shipped(console.lang)))
    console.point("brief.saved", path=str(path))
    return EXIT_DONE


def _write(path: Path, words: str) -> None:
    path.write_text(words, "utf-8", newline="\n")
