"""One call of ``inspect``, from what was typed to an exit status."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, EXIT_REFUSED, InputError
from rosterrec.messages import LANGUAGES

if TYPE_CHECKING:
    from rosterrec.screen.console import Console
    from rosterrec.settings import Settings
    from rosterrec.survey import Survey


@dataclass(frozen=True)
class Request:
    """What was typed: a folder or files, and how to speak."""

    words: tuple[Path, ...]
    config: Path | None
    lang: str | None
    as_json: bool
    no_color: bool


def inspect(request: Request) -> int:
    """Say how each file would be read, and return the exit status: 2 if one cannot be."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, color=not request.no_color)
    return guarded(console, lambda: _inspect(request, console))


def _inspect(request: Request, console: Console) -> int:
    from rosterrec.settings import load
    from rosterrec.survey import places, survey

    if request.lang is not None and request.lang not in LANGUAGES:
        raise InputError("bad_flag", flag="--lang", value=request.lang[:40], hint="lang")
    folder = _folder(request.words)
    today = dt.datetime.now().astimezone().date()
    settings = load(folder, request.config, {"lang": request.lang}, today)
    console = console.speaking(
        settings.lang if "lang" in settings.model_fields_set else console.lang
    )
    base, paths = places(request.words, settings, folder / "rosterrec")
    with console.progress() as show:

        def ask(file: str, again: bool) -> str | None:
            show("password", 0, 0)
            return console.ask_password(file, again)

        whole = not request.words or request.words[0].is_dir()
        found = _dated(survey(base, paths, settings, show, whole=whole, ask=ask), settings)
    status = EXIT_REFUSED if found.refused else EXIT_DONE

    if request.as_json:
        from rosterrec.report.reading import document

        shown = document(found.files, found.ready, console.lang, found.findings)
        console.print_json({**shown, "exit": status})
        return status
    from rosterrec.screen.inspection import Inspection

    Inspection(console).show(found)
    return status


def _dated(found: Survey, settings: Settings) -> Survey:
    """The survey, noting where ages are of today: ``match`` on another day may use other rows."""
    aged = any("outside_ages" in receipt.problems for receipt in found.ready.receipts)
    if not (aged and settings.as_of_today):
        return found
    from rosterrec.frames import Finding

    note = Finding("ages_of_today", {"date": settings.as_of.isoformat()})
    return replace(found, findings=(note, *found.findings))


def _folder(words: tuple[Path, ...]) -> Path:
    """Where the settings file is looked for."""
    if not words:
        return Path()
    if not words[0].exists():
        raise InputError("folder_missing", folder=str(words[0]))
    return words[0] if words[0].is_dir() else words[0].parent
