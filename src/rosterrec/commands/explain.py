"""One call of ``explain``, from what was typed to an exit status."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, EXIT_REFUSED, InputError
from rosterrec.messages import LANGUAGES

if TYPE_CHECKING:
    from rosterrec.report.recorded import Recorded
    from rosterrec.report.seek import Sought
    from rosterrec.screen.console import Console


@dataclass(frozen=True)
class Request:
    """What was typed: ``[FOLDER] WHO``, where the runs are, and how to speak."""

    words: tuple[str, ...]
    out: Path | None
    lang: str | None
    as_json: bool
    reveal: bool
    no_color: bool


def explain(request: Request) -> int:
    """Explain one person of the newest run, and return the exit status."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, color=not request.no_color)
    return guarded(console, lambda: _explain(request, console))


def _explain(request: Request, console: Console) -> int:
    from rosterrec.project import publish

    if request.lang is not None and request.lang not in LANGUAGES:
        raise InputError("bad_flag", flag="--lang", value=request.lang[:40], hint="lang")
    folder, who = _folder_and_who(request.words)
    if request.reveal and not request.as_json and not _on_a_terminal():
        raise InputError("reveal_needs_terminal")
    out = request.out or folder / "rosterrec"
    newest = publish.newest(out)
    if newest is None:
        raise InputError("no_run", folder=str(out))

    from rosterrec.report.recorded import recorded
    from rosterrec.report.seek import seek

    run = recorded(newest)
    console = console.speaking(request.lang or run.settings.lang)
    sought = seek(run, who, folder, out)
    if len(sought.people) != 1:
        return _refuse(console, run, who, sought)
    _tell(request, console, run, sought, (folder, out))
    return EXIT_DONE


def _folder_and_who(words: tuple[str, ...]) -> tuple[Path, str]:
    """The folder, which may be left out, and the words for a person."""
    from rosterrec.read.discover import legible

    if len(words) > 2:
        raise InputError("who_too_many")
    folder = Path(words[0]) if len(words) == 2 else Path()
    if not folder.is_dir():
        raise InputError("folder_missing", folder=str(folder))
    who = legible(words[-1]).strip()
    if not who or (len(words) == 1 and Path(words[0]).is_dir()):
        raise InputError("who_missing")
    return folder, who


def _on_a_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _refuse(console: Console, run: Recorded, who: str, sought: Sought) -> int:
    """Say that nobody, or more than one, is meant; what was typed is repeated masked."""
    from rosterrec.report.explanation import Voice, hit
    from rosterrec.report.masking import masked_query
    from rosterrec.screen.dossier import Dossier

    shown = masked_query(who)
    if not len(sought.people):
        tried = console.say("word.comma").join(
            console.say(f"sought.{kind}") for kind in sought.tried
        )
        rejects = console.say("sheet.rejects")
        raise InputError("who_unknown", who=shown, tried=tried, list=rejects, run=run.folder.name)
    console.show_error(InputError("who_several", who=shown, n=len(sought.people)))
    voice = Voice(console.lang)
    Dossier(console).choose([hit(row, voice) for row in sought.people.iter_rows(named=True)])
    return EXIT_REFUSED


def _tell(
    request: Request, console: Console, run: Recorded, sought: Sought, at: tuple[Path, Path]
) -> None:
    """The one person's document, drawn or as JSON."""
    from rosterrec.report.explanation import Voice, explanation
    from rosterrec.report.near import gather
    from rosterrec.screen.dossier import Dossier

    person = sought.people.row(0, named=True)
    pairs, records = gather(run, person, *at)
    document = explanation(run, person, pairs, records, Voice(console.lang, request.reveal))
    screen = Dossier(console)
    if sought.also:
        screen.note(console.say("explain.taken_as_row", row=person["row"], n=sought.also))
    if request.as_json:
        console.print_json(document)
        return
    screen.show(document)
    if not request.reveal:
        screen.note(console.say("explain.masked"))
