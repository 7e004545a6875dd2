"""One run of ``match``, from what was typed to an exit status."""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterrec import __version__
from rosterrec.commands.flags import Typed, settings
from rosterrec.disk import digest
from rosterrec.errors import EXIT_DONE, EXIT_FINDINGS, InputError
from rosterrec.stopwatch import Stopwatch

if TYPE_CHECKING:
    from rosterrec.cells.sandbox import Sandbox
    from rosterrec.commands.outputs import Outputs
    from rosterrec.ledger import Ledger
    from rosterrec.months.identity import Identified
    from rosterrec.pipeline import Observer
    from rosterrec.project.history import Past
    from rosterrec.reconciliation import Reconciliation
    from rosterrec.screen.console import Console
    from rosterrec.settings import Settings


#: Inputs that are hashed at once.
_AT_ONCE = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class Request:
    """What was typed: the folder, the flags that become settings, and how to speak.

    ``word`` is the password of the workbook, once it is known.
    """

    folder: Path
    config: Path | None
    out: Path | None
    typed: Typed
    engine: str
    as_json: bool
    check: bool
    dry_run: bool
    quiet: bool
    verbose: bool
    no_color: bool
    force: bool
    password_env: str | None = None
    ask_password: bool = False
    word: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class _Call:
    """A request that may be carried out: what it means, where to write, what the ledger knows."""

    request: Request
    console: Console
    settings: Settings
    out: Path
    past: Past


def match(request: Request) -> int:
    """Run ``match`` and return its exit status; every fault is told in one or two lines."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    language = request.typed.lang or default_language()
    console = Console(
        lang=language if language in {"zh", "en"} else "zh",
        quiet=request.quiet,
        color=not request.no_color,
    )
    return guarded(console, lambda: _match(request, console, language))


def _match(request: Request, console: Console, language: str) -> int:
    from rosterrec.commands import outgoing
    from rosterrec.project import history, publish

    chosen = settings(request.typed, request.folder, request.config, language)
    console = console.speaking(chosen.lang)
    if request.engine != "local":
        raise InputError("engine_unknown", value=request.engine)
    if not request.folder.is_dir():
        raise InputError("folder_missing", folder=str(request.folder))
    out = request.out or request.folder / "rosterrec"
    if not request.dry_run:
        publish.writable(out)
        word = outgoing.password(request.password_env, ask=request.ask_password, console=console)
        request = replace(request, word=word)

    with history.opened(request.folder, out, write=not request.dry_run) as ledger:
        if ledger is not None and not request.dry_run:
            _take_in_answers(ledger, out, console)
        return _reconciled(_Call(request, console, chosen, out, history.past(ledger)))


def _take_in_answers(ledger: Ledger, out: Path, console: Console) -> None:
    """Take in what a clerk filled into the workbooks of earlier runs, saying so."""
    from rosterrec.answers import intake
    from rosterrec.project import history
    from rosterrec.read.password import Passwords
    from rosterrec.report.masking import masked_person
    from rosterrec.screen.preview import show_outcome

    passwords = Passwords(console.ask_password)
    for path in intake.filled_in(out, ledger):
        try:
            outcome = intake.take_in(
                ledger, path, history.hand("match"), masked_person, keep=True, passwords=passwords
            )
        except InputError as error:
            console.show_error(error)  # another file among the results, or one still being saved
            continue
        show_outcome(console, outcome, ledger, kept=True)


def _reconciled(call: _Call) -> int:
    """The run itself, unless the newest one was made of the same."""
    from rosterrec.project import history, publish
    from rosterrec.read import discover

    request, past = call.request, call.past
    if not request.dry_run:
        history.adopt(past.ledger, publish.newest(call.out))
    paths = discover(request.folder, call.settings, call.out)
    facts = call.settings.model_dump(mode="json")
    key = publish.run_key(_contents(paths, request.folder), facts, __version__, past.head.hash)
    anew = request.force or request.dry_run
    same = None if anew else publish.same_as_newest(call.out, key)
    if same and (request.word is None or publish.is_locked(same)):
        return _tell(call, _recorded(same) | {"unchanged": True}, same)
    figures, folder = _made(call, paths, key)
    return _tell(call, figures | {"unchanged": False}, folder)


def _contents(paths: list[Path], base: Path) -> list[tuple[str, str]]:
    """Name and SHA-256 of every input, to tell whether anything changed."""
    from rosterrec.read.discover import relative

    def of_file(path: Path) -> tuple[str, str]:
        name = relative(path, base)
        try:
            return name, digest(path)
        except OSError:
            raise InputError("file_missing", file=name) from None

    with ThreadPoolExecutor(_AT_ONCE) as at_once:
        return list(at_once.map(of_file, paths))


def _recorded(folder: Path) -> dict[str, Any]:
    import json

    recorded: dict[str, Any] = json.loads((folder / "summary.json").read_text("utf-8"))
    return recorded


def _made(call: _Call, paths: list[Path], key: str) -> tuple[dict[str, Any], Path | None]:
    """The figures of a new run and its folder; None on a dry run."""
    started = dt.datetime.now().astimezone()
    watch = Stopwatch()
    with _sandbox() as sandbox, call.console.progress() as show:

        def observe(stage: str, done: int, total: int) -> None:
            watch.begin(stage)
            show(stage, done, total)

        found = _found(call, paths, sandbox, observe, show)
        from rosterrec.report import returned
        from rosterrec.report.figures import figures as count

        with ThreadPoolExecutor(1) as beside:  # hashing waits for nobody
            keys = beside.submit(returned.keys, found)
            result, identified = _continued(call, found)
            result = replace(result, mark=call.past.mark(key))
            figures = count(result)
        result = replace(result, keys=keys.result())
        folder = None
        if not call.request.dry_run:
            from rosterrec.commands.outputs import Outputs

            observe("write", 0, 0)
            marks = {"key": key, "started": started.isoformat(timespec="seconds")}
            made = Outputs(result, figures, marks, watch, call.request.word)
            folder = _published(call, made, identified)
    if call.request.verbose:
        from rosterrec.screen.overview import show_receipts

        show_receipts(call.console, result.receipts)
    return figures, folder


def _sandbox() -> Sandbox:
    """The child that parses, started now, so that it is there once the stages are imported."""
    from rosterrec.cells.sandbox import Sandbox

    sandbox = Sandbox()
    sandbox.warm()
    return sandbox


def _found(
    call: _Call, paths: list[Path], sandbox: Sandbox, observe: Observer, show: Observer
) -> Reconciliation:
    """What the lists say."""
    from rosterrec.read import Passwords, begin

    begin(paths, call.settings, call.request.folder, sandbox)
    from rosterrec.commands.strangers import refuse_strangers
    from rosterrec.pipeline import reconcile

    def ask(file: str, again: bool) -> str | None:
        show("password", 0, 0)
        return call.console.ask_password(file, again)

    found = reconcile(
        paths, call.settings, base=call.request.folder, observe=observe,
        decisions=call.past.standing, passwords=Passwords(ask), sandbox=sandbox,
    )  # fmt: skip
    refuse_strangers(found)
    return found


def _continued(call: _Call, found: Reconciliation) -> tuple[Reconciliation, Identified]:
    """The same beside what earlier runs knew of the same people."""
    from rosterrec.project import continuity

    past = call.past
    named, identified = continuity.named(found, past.ledger)
    events = identified.events
    named = continuity.beside_earlier(named, call.out, past.ledger, past.head.seq, events)
    return _with_notes(call, named), identified


def _with_notes(call: _Call, result: Reconciliation) -> Reconciliation:
    """The run with notes on its date, on the machine's clock, and on a ledger that was not used."""
    from rosterrec.frames import Finding
    from rosterrec.project import continuity, history

    past, folder = call.past, call.request.folder
    notes = history.clock_findings(past.ledger, lambda: dt.datetime.now().astimezone())
    place = history.place(folder, call.out)
    notes += continuity.ledger_elsewhere(result, folder, place, past.head.seq)
    if result.settings.as_of_today:
        date = result.settings.as_of.isoformat()
        notes = (Finding("as_of_today", {"date": date}), *notes)
    return replace(result, findings=(*notes, *result.findings))


def _published(call: _Call, made: Outputs, identified: Identified) -> Path:
    """The run's folder, in its place and in the ledger."""
    from rosterrec.project import history, publish

    at = (call.request.folder, call.out)
    return publish.publish(
        call.out,
        call.settings.as_of.isoformat(),
        made.write,
        lambda run_id: history.recorded(
            call.past, at, run_id, made.facts, made.figures, identified
        ),
    )


def _tell(call: _Call, figures: dict[str, Any], folder: Path | None) -> int:
    """The summary to the screen, the figures to stdout if asked, and the exit status."""
    from rosterrec.report.figures import needs_action
    from rosterrec.screen.overview import show_summary

    status = EXIT_FINDINGS if call.request.check and needs_action(figures) else EXIT_DONE
    show_summary(call.console, figures, folder)
    if call.request.as_json:
        run_id = folder.name if folder else None
        call.console.print_json({**figures, "run_id": run_id, "exit": status})
    return status
