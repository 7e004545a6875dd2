"""One call of ``tasks``, from what was typed to an exit status."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.commands import handout
from rosterrec.errors import EXIT_DONE
from rosterrec.messages import text

if TYPE_CHECKING:
    import polars as pl

    from rosterrec.report.policy import Policy
    from rosterrec.report.recorded import Recorded
    from rosterrec.report.tasks.assigned import By
    from rosterrec.screen.console import Console

NAME = "tasks"
_BY = ("school", "village", "teacher")
_LONGEST_SLUG = 30


@dataclass(frozen=True, kw_only=True)
class Request(handout.Request):
    """What was typed besides: a package for whom, and who may take families."""

    by: str
    teachers: tuple[str, ...]


def tasks(request: Request) -> int:
    """Write the task packages of a run, and return the exit status."""
    return handout.spoken(request, lambda console: _tasks(request, console))


def _tasks(request: Request, console: Console) -> int:
    handout.refuse_unknown(request, ("--by", request.by, _BY))
    from rosterrec.report.policy import Policy
    from rosterrec.report.tasks.assigned import By, packages

    run, key = handout.named_run(request)
    by = By(request.by)
    given = packages(_open(run), by, request.teachers)
    if not given:
        console.point("tasks.none")
        return EXIT_DONE
    cases = sum(len(rows.unique(["form", "person_id"])) for _, rows in given)
    facts: dict[str, object] = {
        "by": request.by, "show": request.show, "run_id": run.folder.name,
        "as_of": run.settings.as_of.isoformat(), "packages": len(given), "cases": cases,
    }  # fmt: skip
    into = handout.handed_out(
        request, console, run, NAME, facts,
        lambda stage: _write(stage, given, by, run, (Policy(request.show), key)),
    )  # fmt: skip
    console.point("tasks.written", n=len(given), cases=cases, path=str(into))
    return EXIT_DONE


def _open(run: Recorded) -> pl.DataFrame:
    """Open cases with the day since which they are, and how many days that is."""
    import polars as pl

    from rosterrec.project.continuity import days_before
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
        made = sheets_of(rows, policy, key, lang, title)
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
