"""Papers of a run that come back filled in: what ``tasks`` and ``sample`` share."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import InputError
from rosterrec.messages import LANGUAGES

if TYPE_CHECKING:
    from rosterrec.report.recorded import Recorded
    from rosterrec.screen.console import Console

POLICIES = ("office", "full")


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was typed: the run, where to write, how much is shown of a child, which password."""

    run: str
    out: Path | None
    into: Path | None
    show: str
    password_env: str | None
    ask_password: bool
    lang: str | None
    quiet: bool
    no_color: bool


def spoken(request: Request, work: Callable[[Console], int]) -> int:
    """The exit status of a command's work, told in the language that was asked for."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, quiet=request.quiet, color=not request.no_color)
    return guarded(console, lambda: work(console))


def refuse_unknown(request: Request, *choices: tuple[str, str, tuple[str, ...]]) -> None:
    """Refuse words that no flag knows.

    Args:
        request: whose ``--show`` and ``--lang`` are looked at.
        choices: flags of one command alone: the flag, its word, the words that it knows.

    Raises:
        InputError: ``bad_choice``.
    """
    shared = (("--show", request.show, POLICIES), ("--lang", request.lang or "zh", LANGUAGES))
    for flag, value, allowed in (*choices, *shared):
        if value not in allowed:
            raise InputError("bad_choice", flag=flag, value=value[:40], allowed=", ".join(allowed))


def named_run(request: Request) -> tuple[Recorded, str]:
    """The run that was named, and the key by which what comes back is known to be of it.

    Raises:
        InputError: ``run_unknown``, ``no_run`` or ``run_unreadable``.
    """
    from rosterrec.project import publish, runs
    from rosterrec.report.recorded import recorded

    folder = runs.find(request.run, request.out)
    run = recorded(folder)
    facts = json.loads((folder / publish.RUN_FILE).read_text("utf-8"))
    return run, str(facts["key"])


def handed_out(
    request: Request,
    console: Console,
    run: Recorded,
    name: str,
    facts: dict[str, object],
    write: Callable[[Path], None],
) -> Path:
    """Write a folder of workbooks, sealed if that was asked for, with a note of how each was.

    Args:
        request: where to write, under what password.
        console: where to ask for it.
        run: the run that they are of.
        name: of the folder in the run's, if no other was named, and of the note.
        facts: what the note says of them.
        write: writes every workbook into the folder it is given.

    Returns:
        The folder.

    Raises:
        InputError: ``tasks_among_lists`` or ``tasks_there``; a password is wanted and not there.
        OutputError: ``output_unwritable``; nothing is left behind.
    """
    from rosterrec.commands import outgoing
    from rosterrec.project import publish, runs

    into = request.into or run.folder / name
    runs.refuse_inputs(into, run.folder)
    word = outgoing.password(request.password_env, ask=request.ask_password, console=console)

    def whole(stage: Path) -> None:
        write(stage)
        outgoing.seal(stage, word)
        outgoing.note(stage, f"{name}.json", facts)

    publish.whole_folder(into, whole)
    return into
