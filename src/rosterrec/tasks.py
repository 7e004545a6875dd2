"""One call of ``tasks``, from what was typed to an exit status."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, InputError
from rosterrec.messages import LANGUAGES, text

if TYPE_CHECKING:
    import polars as pl

    from rosterrec.console import Console
    from rosterrec.report.policy import Policy
    from rosterrec.report.recorded import Recorded
    from rosterrec.report.tasks.assigned import By

FOLDER, NOTE = "tasks", "tasks.json"
_BY = ("school", "village", "teacher")
_POLICIES = ("office", "full")
_LONGEST_SLUG = 30


@dataclass(frozen=True)
class Request:
    """What was typed: the run, where to write, a package for whom, how much of a child is shown."""

    run: str
    out: Path | None
    into: Path | None
    by: str
    teachers: tuple[str, ...]
    show: str
    password_env: str | None
    ask_password: bool
    lang: str | None
    quiet: bool
    no_color: bool


def tasks(request: Request) -> int:
    """Write the task packages of a run, and return the exit status."""
    from rosterrec.console import Console
    from rosterrec.guard import default_language, guarded

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, quiet=request.quiet, color=not request.no_color)
    return guarded(console, lambda: _tasks(request, console))


def _tasks(request: Request, console: Console) -> int:
    _check(request)
    from rosterrec import outgoing, publish, runs
    from rosterrec.report.policy import Policy
    from rosterrec.report.recorded import recorded
    from rosterrec.report.tasks.assigned import By, packages

    folder = runs.find(request.run, request.out or Path(runs.OUT))
    run = recorded(folder)
    by = By(request.by)
    given = packages(_open(run), by, request.teachers)
    if not given:
        console.point("tasks.none")
        return EXIT_DONE
    into = request.into or folder / FOLDER
    runs.refuse_inputs(into, folder)
    key = str(json.loads((folder / publish.RUN_FILE).read_text("utf-8"))["key"])

    word = outgoing.password(request.password_env, ask=request.ask_password, console=console)
    cases = sum(len(rows.unique(["form", "person_id"])) for _, rows in given)
    facts = {
        "by": request.by, "show": request.show, "run_id": folder.name,
        "as_of": run.settings.as_of.isoformat(), "packages": len(given), "cases": cases,
    }  # fmt: skip

    def write(stage: Path) -> None:
        _write(stage, given, by, run, (Policy(request.show), key))
        outgoing.seal(stage, word)
        outgoing.note(stage, NOTE, facts)

    publish.whole_folder(into, write)
    console.point("tasks.written", n=len(given), cases=cases, path=str(into))
    return EXIT_DONE


def _check(request: Request) -> None:
    """Refuse words that no flag knows.

    Raises:
        InputError: ``bad_choice``.
    """
    for flag, value, allowed in (
        ("--by", request.by, _BY), ("--show", request.show, _POLICIES),
        ("--lang", request.lang or "zh", LANGUAGES),
    ):  # fmt: skip
        if value not in allowed:
            raise InputError("bad_choice", flag=flag, value=value[:40], allowed=", ".join(allowed))


def _open(run: Recorded) -> pl.DataFrame:
    """Open cases with the day since which they are, and how many days that is."""
    import polars as pl

    from rosterrec.continuity import days_before
    from rosterrec.report.brief.history import history, open_since
    from rosterrec.report.duties import OPEN, duties_of

    day = run.settings.as_of
    since = open_since(history([*days_before(run), (day, run.folder)]))
    return (
        duties_of(run)
        .filter(pl.col("form").is_in(OPEN))
        .join(since, on="person_id", how="left", maintain_order="left")
        .with_columns(days=(pl.lit(day) - pl.col("since").fill_null(day)).dt.total_days())
    )


def _write(
    stage: Path,
    given: list[tuple[tuple[str, str], pl.DataFrame]],
    by: By,
    run: Recorded,
    how: tuple[Policy, str],
) -> None:
    """Every package, and the list of who gets which."""
    from rosterrec.report.tasks.book import sheets_of, write_package
    from rosterrec.report.tasks.register import write_register

    lang, day = run.settings.lang, run.settings.as_of
    policy, key = how
    digits = max(3, len(str(len(given))))
    written = []
    for number, ((town, name), rows) in enumerate(given, 1):
        file = f"{number:0{digits}}-{_slug(by, name, lang)}.xlsx"
        title = _title(by, town, name, lang)
        made = sheets_of(rows, policy, key, title)
        write_package(made, rows, title, day, lang, stage / file)
        written.append((file, title, rows))
    write_register(
        written, day, lang, stage / f"{'0' * digits}-{text('sheet.register', lang)}.xlsx"
    )


def _title(by: By, town: str, name: str, lang: str) -> str:
    words = name or text(f"tasks.without_{by}", lang)
    return f"{town} {words}".strip()


def _slug(by: By, name: str, lang: str) -> str:
    """What a file is called after its counter, on any system; a person's name is in none."""
    words = name if name and by != "teacher" else text(f"tasks.{by}", lang)
    kept = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", words)).strip("-_")
    return kept[:_LONGEST_SLUG].strip("-_") or text(f"tasks.{by}", lang)
