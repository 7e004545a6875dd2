"""One call of ``init``, from what was typed to an exit status."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, InputError, OutputError
from rosterrec.messages import LANGUAGES

if TYPE_CHECKING:
    from rosterrec.screen.console import Console


@dataclass(frozen=True)
class Request:
    """What was typed: the folder, whether an existing file may be replaced, how to speak."""

    folder: Path
    lang: str | None
    force: bool
    no_color: bool


def init(request: Request) -> int:
    """Write ``rosterrec.toml`` from how the folder's files are read; return the exit status."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, color=not request.no_color)
    return guarded(console, lambda: _init(request, console))


def _init(request: Request, console: Console) -> int:
    from rosterrec.settings import CONFIG_NAME, load
    from rosterrec.survey import places, survey

    if request.lang is not None and request.lang not in LANGUAGES:
        raise InputError("bad_flag", flag="--lang", value=request.lang[:40], hint="lang")
    if not request.folder.is_dir():
        raise InputError("folder_missing", folder=str(request.folder))
    path = request.folder / CONFIG_NAME
    if path.exists() and not request.force:
        raise InputError("config_exists", file=str(path))
    today = dt.datetime.now().astimezone().date()
    settings = load(request.folder, None, {"lang": request.lang}, today)
    if "lang" not in settings.model_fields_set:
        settings = settings.model_copy(update={"lang": console.lang})
    console = console.speaking(settings.lang)
    base, paths = places((request.folder,), settings, request.folder / "rosterrec")
    with console.progress() as show:

        def ask(file: str, again: bool) -> str | None:
            show("password", 0, 0)
            return console.ask_password(file, again)

        found = survey(base, paths, settings, show, ask=ask)
    for file in found.files:
        if file.refused:
            raise file.refused

    from rosterrec.report.pinning import settings_file

    names = [file.name for file in found.files]
    _write(path, settings_file(found.ready.receipts, settings, names))
    console.note("init.written", path=str(path))
    return EXIT_DONE


def _write(path: Path, words: str) -> None:
    """The file whole or not at all.

    Raises:
        OutputError: ``output_unwritable``.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(words, "utf-8")
        fresh.chmod(0o600)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise OutputError("output_unwritable", folder=str(path.parent), reason=reason) from None
