"""One call of ``sample``, from what was typed to an exit status."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.commands import handout
from rosterrec.errors import EXIT_DONE, InputError

if TYPE_CHECKING:
    import polars as pl

    from rosterrec.report.recorded import Recorded
    from rosterrec.screen.console import Console
    from rosterrec.settings import Sampling

NAME, BOOK = "sample", "sample.xlsx"
_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Request(handout.Request):
    """What was typed besides: how many of a school, by which seed."""

    per_school: int | None
    seed: str | None


def sample(request: Request) -> int:
    """Draw the proofs to telephone, and return the exit status."""
    return handout.spoken(request, lambda console: _sample(request, console))


def _sample(request: Request, console: Console) -> int:
    handout.refuse_unknown(request)
    _refuse_number(request.per_school)
    from rosterrec.report.sampling import draw

    run, key = handout.named_run(request)
    seed = request.seed or key[:8]
    limits = _limits(request, run.folder)
    proofs, spared = _held(run), _lately(run, limits.spare_days)
    drawn = draw(proofs, limits.per_school, seed, spared)
    if not len(drawn):
        console.point("sampling.none", spared=len(spared))
        return EXIT_DONE
    facts: dict[str, object] = {
        "seed": seed, **limits.model_dump(), "run_id": run.folder.name,
        "as_of": run.settings.as_of.isoformat(), "proofs": len(proofs),
        "drawn": len(drawn.filter(~drawn["is_reserve"])), "reserve": int(drawn["is_reserve"].sum()),
    }  # fmt: skip
    into = handout.handed_out(
        request, console, run, NAME, facts,
        lambda stage: _write(stage, drawn, run, (request.show, key)),
    )  # fmt: skip
    console.point("sampling.drawn", **facts, path=str(into / BOOK))
    return EXIT_DONE


def _refuse_number(per_school: int | None) -> None:
    """Refuse to draw none, or very many, of a school.

    Raises:
        InputError: ``bad_choice``.
    """
    if per_school is not None and not 1 <= per_school <= _MOST:
        value = str(per_school)
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
    from rosterrec.project.continuity import standing_of
    from rosterrec.report.sampling import calls, tested

    since = run.settings.as_of - dt.timedelta(days)
    return tested(calls(standing_of(run), since, dt.date.max))


def _write(stage: Path, drawn: pl.DataFrame, run: Recorded, how: tuple[str, str]) -> None:
    from rosterrec.report.policy import Policy
    from rosterrec.report.tasks.calls import sheet_of
    from rosterrec.report.workbook import write_tables

    lang, (show, key) = run.settings.lang, how
    sheet = sheet_of(drawn, Policy(show), key, lang)
    write_tables([sheet], stage / BOOK, lang, run.settings.as_of)
