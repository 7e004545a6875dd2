"""One run of ``match``, from what was typed to an exit status."""

from __future__ import annotations

import contextlib
import datetime as dt
import platform
import re
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterrec import __version__
from rosterrec.errors import EXIT_DONE, EXIT_FINDINGS, InputError

if TYPE_CHECKING:
    from rosterrec.cells.sandbox import Sandbox
    from rosterrec.console import Console
    from rosterrec.history import Past
    from rosterrec.ledger import Ledger
    from rosterrec.reconciliation import Reconciliation
    from rosterrec.settings import Settings


_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))")


@dataclass(frozen=True)
class Request:
    """What was typed: the folder, the flags that become settings, and how to speak.

    ``word`` is the password of the workbook, once it is known.
    """

    folder: Path
    config: Path | None
    out: Path | None
    typed: dict[str, Any]
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


@dataclass
class _Clock:
    """Wall seconds per stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    _stage: str = ""
    _since: float = 0.0

    def begin(self, stage: str) -> None:
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now


def match(request: Request) -> int:
    """Run ``match`` and return its exit status; every fault is told in one or two lines."""
    from rosterrec.console import Console
    from rosterrec.guard import default_language, guarded

    language = request.typed.get("lang") or default_language()
    console = Console(
        lang=language if language in {"zh", "en"} else "zh",
        quiet=request.quiet,
        color=not request.no_color,
    )
    return guarded(console, lambda: _match(request, console, language))


def _match(request: Request, console: Console, language: str) -> int:
    from rosterrec import history, publish

    settings = _settings(request, language)
    console = console.speaking(settings.lang)
    if request.engine != "local":
        raise InputError("engine_unknown", value=request.engine)
    if not request.folder.is_dir():
        raise InputError("folder_missing", folder=str(request.folder))
    out = request.out or request.folder / "rosterrec"
    if not request.dry_run:
        publish.writable(out)
        request = replace(request, word=_word(request, console))

    with history.opened(request.folder, out, write=not request.dry_run) as ledger:
        if ledger is not None and not request.dry_run:
            _take_in_answers(ledger, out, console)
        return _reconciled(request, console, settings, out, history.past(ledger))


def _word(request: Request, console: Console) -> str | None:
    from rosterrec import outgoing

    return outgoing.password(request.password_env, ask=request.ask_password, console=console)


def _take_in_answers(ledger: Ledger, out: Path, console: Console) -> None:
    """Take in what a clerk filled into the workbooks of earlier runs, saying so."""
    from rosterrec import history, intake
    from rosterrec.preview import show_outcome
    from rosterrec.read.password import Passwords
    from rosterrec.report.masking import masked_person

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


def _reconciled(
    request: Request, console: Console, settings: Settings, out: Path, past: Past
) -> int:
    """The run itself, unless the newest one was made of the same."""
    from rosterrec import history, publish
    from rosterrec.report.figures import needs_action

    if not request.dry_run:
        history.adopt(past.ledger, publish.newest(out))
    paths = _inputs(request, settings, out)
    facts = settings.model_dump(mode="json")
    key = publish.run_key(_contents(paths, request.folder), facts, __version__, past.head.hash)
    same = None if request.force or request.dry_run else publish.same_as_newest(out, key)
    if same and (request.word is None or publish.is_locked(same)):
        figures = _recorded(same)
        return _tell(request, console, figures | {"unchanged": True}, same, needs_action(figures))
    figures, folder = _made(request, console, settings, out, (past, paths, key))
    return _tell(request, console, figures | {"unchanged": False}, folder, needs_action(figures))


def _made(
    request: Request,
    console: Console,
    settings: Settings,
    out: Path,
    of: tuple[Past, list[Path], str],
) -> tuple[dict[str, Any], Path | None]:
    """The figures of a new run and its folder; None on a dry run."""
    from rosterrec import continuity, history, publish

    past, paths, key = of
    started = dt.datetime.now().astimezone()
    clock = _Clock()
    with _sandbox() as sandbox, console.progress() as show:
        from rosterrec.pipeline import reconcile
        from rosterrec.read import Passwords
        from rosterrec.report.figures import figures as count

        def observe(stage: str, done: int, total: int) -> None:
            clock.begin(stage)
            show(stage, done, total)

        def ask(file: str, again: bool) -> str | None:
            show("password", 0, 0)
            return console.ask_password(file, again)

        found = reconcile(
            paths, settings, base=request.folder, observe=observe, decisions=past.standing,
            passwords=Passwords(ask), sandbox=sandbox,
        )  # fmt: skip
        _refuse_strangers(found)
        found, identified = continuity.named(found, past.ledger)
        found = continuity.beside_earlier(found, out, past.ledger, past.head.seq, identified.events)
        result = _with_notes(found, past)
        result = replace(result, mark=past.mark(key))
        figures = count(result)
        folder = None
        if not request.dry_run:
            observe("write", 0, 0)
            marks = {"key": key, "started": started.isoformat(timespec="seconds")}
            folder = publish.publish(
                out,
                settings.as_of.isoformat(),
                _writer(result, figures, marks, clock, request.word),
                lambda run_id: history.recorded(
                    past, (request.folder, out), run_id, marks, figures, identified
                ),
            )
    if request.verbose:
        console.show_receipts(result.receipts)
    return figures, folder


def _sandbox() -> Sandbox:
    """The child that parses, started now, so that it is there once the stages are imported."""
    from rosterrec.cells.sandbox import Sandbox

    sandbox = Sandbox()
    sandbox.warm()
    return sandbox


def _inputs(request: Request, settings: Settings, out: Path) -> list[Path]:
    from rosterrec.read import discover

    return discover(request.folder, settings, out)


def _settings(request: Request, language: str) -> Settings:
    """The settings of the run, from the file and from what was typed."""
    from rosterrec.read.discover import legible
    from rosterrec.settings import load

    typed = dict(request.typed)
    for key in ("home", "county"):
        typed[key] = legible(typed[key]) if typed[key] else None
    roles = {role: tuple(files) for role, files in typed.pop("roles").items() if files}
    typed["as_of"] = _date(typed["as_of"])
    typed["ages"] = _ages(typed["ages"])
    typed["roles"] = roles or None
    typed["ignore"] = tuple(typed["ignore"]) if typed["ignore"] else None
    settings = load(request.folder, request.config, typed, dt.datetime.now().astimezone().date())
    if typed["lang"] is None and "lang" not in settings.model_fields_set:
        return settings.model_copy(update={"lang": language})
    return settings


def _date(text: str | None) -> dt.date | None:
    """A date as people type it: 2024-10-15, 2024.10.15, 2024/10/15, 2024年10月15日, 20241015."""
    if text is None:
        return None
    found = _DATE.fullmatch(text.strip())
    with contextlib.suppress(ValueError):
        if found:
            return dt.date(*(int(part) for part in found.groups() if part))
    raise InputError("bad_date", flag="--as-of", value=text[:40])


def _ages(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    first, _, last = text.partition("-")
    if not (first.strip().isdigit() and last.strip().isdigit()):
        raise InputError("bad_flag", flag="--ages", value=text[:40], hint="ages")
    return int(first), int(last)


def _contents(paths: list[Path], base: Path) -> list[tuple[str, str]]:
    """Name and SHA-256 of every input, to tell whether anything changed."""
    from hashlib import sha256

    from rosterrec.read.discover import relative

    found = []
    for path in paths:
        name = relative(path, base)
        try:
            found.append((name, sha256(path.read_bytes()).hexdigest()))
        except OSError:
            raise InputError("file_missing", file=name) from None
    return found


def _recorded(folder: Path) -> dict[str, Any]:
    import json

    recorded: dict[str, Any] = json.loads((folder / "summary.json").read_text("utf-8"))
    return recorded


def _with_notes(result: Reconciliation, past: Past) -> Reconciliation:
    """The run with the notes that its date is the day it was made, and that the clock went back."""
    from rosterrec import history
    from rosterrec.frames import Finding

    notes = history.clock_findings(past.ledger, lambda: dt.datetime.now().astimezone())
    if result.settings.as_of_today:
        date = result.settings.as_of.isoformat()
        notes = (Finding("as_of_today", {"date": date}), *notes)
    return replace(result, findings=(*notes, *result.findings))


def _refuse_strangers(result: Reconciliation) -> None:
    """Refuse ages that leave nobody, and a home town or county that no list knows.

    Such a run would end well and be wrong of every child.
    """
    import polars as pl

    from rosterrec.frames import Role

    settings = result.settings
    if not len(result.people):
        first, last = settings.ages
        date = settings.as_of.isoformat()
        raise InputError("all_outside_ages", first=first, last=last, date=date)
    lists = [*result.records.values(), result.schools]
    people = result.records[Role.POPULATION]
    towns = {town for frame in lists for town in frame["township"].unique().drop_nulls()}
    if settings.home and towns and settings.home not in towns:
        raise InputError("home_unmatched", value=settings.home, seen=_some(towns))
    counties = {county for frame in lists for county in frame["county"].unique().drop_nulls()}
    numbers = pl.concat([people["id"], result.schools["school_code"]])
    codes = set(numbers.str.head(6).unique().drop_nulls())
    if settings.county and settings.county not in counties | codes:
        seen = counties or set(people["id"].str.head(6).unique().drop_nulls())
        raise InputError("county_unmatched", value=settings.county, seen=_some(seen))


def _some(names: set[str]) -> str:
    """A few names to show what they look like."""
    return ", ".join(sorted(names)[:8])


def _writer(
    result: Reconciliation,
    figures: dict[str, Any],
    facts: dict[str, Any],
    clock: _Clock,
    word: str | None,
) -> Any:
    """The function that writes a run's files into its staging folder."""
    from concurrent.futures import ThreadPoolExecutor
    from hashlib import sha256

    from rosterrec import outgoing, publish
    from rosterrec.report.data import (
        write_cases,
        write_links,
        write_people,
        write_run,
        write_summary,
    )
    from rosterrec.report.duties import write_duties
    from rosterrec.report.workbook import write_workbook

    def write(stage: Path, run_id: str) -> None:
        with ThreadPoolExecutor(1) as beside:  # the workbook keeps one core busy, the data another
            data = [
                beside.submit(write_people, result, stage / "people.parquet"),
                beside.submit(write_cases, result, stage / "cases.parquet"),
                beside.submit(write_duties, result, stage / "duties.parquet"),
                beside.submit(write_links, result, stage / "links.parquet"),
            ]
            write_workbook(result, stage / "reconciliation.xlsx", figures)
            for written in data:
                written.result()
        outgoing.lock(stage / "reconciliation.xlsx", word)
        write_summary(figures, stage / "summary.json")
        workbook = sha256((stage / "reconciliation.xlsx").read_bytes()).hexdigest()
        clock.begin("end")
        finished = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        timings = {stage_: round(seconds, 3) for stage_, seconds in clock.seconds.items()}
        record = {"run_id": run_id, **facts, "finished": finished, "seconds": timings}
        record["workbook_sha256"] = workbook
        if word is not None:
            record[publish.LOCKED] = True
        write_run({**record, "python": platform.python_version()}, stage / "run.json")

    return write


def _tell(
    request: Request, console: Console, figures: dict[str, Any], folder: Path | None, action: bool
) -> int:
    """The summary to the screen, the figures to stdout if asked, and the exit status."""
    status = EXIT_FINDINGS if request.check and action else EXIT_DONE
    console.show_summary(figures, folder)
    if request.as_json:
        run_id = folder.name if folder else None
        console.print_json({**figures, "run_id": run_id, "exit": status})
    return status
