"""One call of ``sample``, from what was typed to an exit status."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.errors import EXIT_DONE, InputError
from rosterrec.messages import LANGUAGES, text

if TYPE_CHECKING:
    import polars as pl

    from rosterrec.console import Console
    from rosterrec.report.recorded import Recorded
    from rosterrec.settings import Sampling

FOLDER, BOOK, NOTE = "sample", "sample.xlsx", "sample.json"
_POLICIES = ("office", "full")
_MOST = 50


@dataclass(frozen=True)
class Request:
    """What was typed: the run, where to write, how many of a school, by which seed."""

    run: str
    out: Path | None
    into: Path | None
    per_school: int | None
    seed: str | None
    show: str
    password_env: str | None
    ask_password: bool
    lang: str | None
    quiet: bool
    no_color: bool


def sample(request: Request) -> int:
    """Draw the proofs to telephone, and return the exit status."""
    from rosterrec.console import Console
    from rosterrec.guard import default_language, guarded

    language = request.lang if request.lang in LANGUAGES else default_language()
    console = Console(lang=language, quiet=request.quiet, color=not request.no_color)
    return guarded(console, lambda: _sample(request, console))


def _sample(request: Request, console: Console) -> int:
    _check(request)
    from rosterrec import outgoing, publish, runs
    from rosterrec.report.recorded import recorded
    from rosterrec.report.sampling import draw

    folder = runs.find(request.run, request.out or Path(runs.OUT))
    run = recorded(folder)
    key = str(json.loads((folder / publish.RUN_FILE).read_text("utf-8"))["key"])
    seed = request.seed or key[:8]
    limits = _limits(request, folder)
    proofs, spared = _held(run), _lately(run, limits.spare_days)
    drawn = draw(proofs, limits.per_school, seed, spared)
    if not len(drawn):
        console.point("sampling.none", spared=len(spared))
        return EXIT_DONE
    into = request.into or folder / FOLDER
    runs.refuse_inputs(into, folder)
    facts = {
        "seed": seed, **limits.model_dump(), "run_id": folder.name,
        "as_of": run.settings.as_of.isoformat(), "proofs": len(proofs),
        "drawn": len(drawn.filter(~drawn["is_reserve"])), "reserve": int(drawn["is_reserve"].sum()),
    }  # fmt: skip
    word = outgoing.password(request.password_env, ask=request.ask_password, console=console)

    def write(stage: Path) -> None:
        _write(stage, drawn, run, (request.show, key))
        outgoing.seal(stage, word)
        outgoing.note(stage, NOTE, facts)

    publish.whole_folder(into, write)
    console.point("sampling.drawn", **facts, path=str(into / BOOK))
    return EXIT_DONE


def _check(request: Request) -> None:
    """Refuse what no flag knows.

    Raises:
        InputError: ``bad_choice``.
    """
    for flag, value, allowed in (
        ("--show", request.show, _POLICIES), ("--lang", request.lang or "zh", LANGUAGES),
    ):  # fmt: skip
        if value not in allowed:
            raise InputError("bad_choice", flag=flag, value=value[:40], allowed=", ".join(allowed))
    if request.per_school is not None and not 1 <= request.per_school <= _MOST:
        value = str(request.per_school)
        raise InputError("bad_choice", flag="--per-school", value=value, allowed=f"1-{_MOST}")


def _limits(request: Request, folder: Path) -> Sampling:
    """How many are drawn and who is spared: as typed, else as set beside the month's files.

    Raises:
        InputError: the settings file is not right.
    """
    from rosterrec.settings import CONFIG_NAME, load

    places = (Path(request.run), folder.resolve().parent.parent)
    month = next((place for place in places if (place / CONFIG_NAME).is_file()), places[-1])
    chosen = load(month, None, {}, dt.date.min).sample
    if request.per_school is None:
        return chosen
    return chosen.model_copy(update={"per_school": request.per_school})


def _held(run: Recorded) -> pl.DataFrame:
    import polars as pl

    from rosterrec.report.duties import HELD, duties_of

    return duties_of(run).filter(pl.col("form") == HELD)


def _lately(run: Recorded, days: int) -> list[str]:
    """Records whose proof was tested within so many days of the run."""
    from rosterrec.continuity import standing_of
    from rosterrec.report.sampling import calls, tested

    since = run.settings.as_of - dt.timedelta(days)
    return tested(calls(standing_of(run), since, dt.date.max))


def _write(stage: Path, drawn: pl.DataFrame, run: Recorded, how: tuple[str, str]) -> None:
    from rosterrec.report.policy import Policy
    from rosterrec.report.tasks.calls import sheet_of
    from rosterrec.report.workbook import write_tables

    lang, (show, key) = run.settings.lang, how
    sheet = sheet_of(drawn, Policy(show), key, text("word.reserve", lang))
    write_tables([sheet], stage / BOOK, lang, run.settings.as_of)
