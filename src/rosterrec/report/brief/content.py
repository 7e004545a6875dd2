"""The content of a brief out of a recorded run: facts for its wording, tables, charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import polars as pl

from rosterrec.frames import Status
from rosterrec.messages import text
from rosterrec.report.brief import cases, charts, tables, wording
from rosterrec.report.brief.history import Day, open_since
from rosterrec.report.brief.model import Block, Table
from rosterrec.report.data import CASES
from rosterrec.report.policy import Policy
from rosterrec.report.recorded import Recorded


def shipped(lang: str) -> str:
    """The wording that comes with the program."""
    return files(__package__).joinpath(f"brief.{lang}.txt").read_text("utf-8")


def content(
    run: Recorded, days: Sequence[Day], policy: Policy, lang: str, template: tuple[str, str]
) -> list[Block]:
    """Everything that the brief says, in order.

    Args:
        run: the run.
        days: the project's days up to it, it the last.
        policy: how much it may show of a child.
        lang: its language.
        template: its wording, and the file it stands in.

    Raises:
        InputError: ``template_bad``; ``would_reveal``.
    """
    parts = _parts(run, days, policy, lang)
    wording_, name = template
    return wording.blocks(wording_, name, _facts(run, parts, days, lang), parts, lang)


def _parts(
    run: Recorded, days: Sequence[Day], policy: Policy, lang: str
) -> dict[str, Block | None]:
    figures, people = run.summary, run.people
    as_of = figures["as_of"]
    found: dict[str, Block | None] = {
        "table overview": tables.overview(figures, lang),
        "table villages": tables.villages(figures, lang),
        "table schools": tables.schools(figures, lang),
        "table rates": tables.rates(figures, lang),
        "table changes": tables.changes(figures, lang),
        "table corrections": tables.corrections(figures, lang),
        "table certainty": tables.certainty(figures, lang),
        "table families": None,
        "table open": None,
        "chart villages": charts.villages(figures, lang),
        "chart ages": charts.ages(figures, lang),
        "chart flows": charts.flows(figures, lang),
        "chart progress": charts.progress(days, lang),
    }
    if policy is not Policy.PUBLIC:
        since = open_since(days)
        found["table families"] = cases.families(people, _cases(run), policy, lang)
        found["table open"] = cases.open_cases(people, since, as_of, policy, lang)
    return {key: None if isinstance(p, Table) and not p.rows else p for key, p in found.items()}


def _cases(run: Recorded) -> pl.DataFrame:
    """What the lists say of open cases; what a run of an earlier version did not keep is null."""
    path = run.folder / "cases.parquet"
    try:
        kept = pl.read_parquet(path) if path.is_file() else pl.DataFrame()
    except (OSError, pl.exceptions.PolarsError):
        kept = pl.DataFrame()
    return kept.select(
        (pl.col(column) if column in kept.columns else pl.lit(None)).cast(dtype).alias(column)
        for column, dtype in CASES.items()
    ).slice(0, len(kept))


def _facts(
    run: Recorded, parts: Mapping[str, Block | None], days: Sequence[Day], lang: str
) -> dict[str, Any]:
    """What a template may speak of: the figures as in ``summary.json``, and a few words."""
    figures = run.summary
    first, last = figures["settings"]["ages"]
    certainty = figures["certainty"].values()
    sums = {
        f"{key}_{end}": sum(estimate[key][end] for estimate in certainty)
        for key in ("wrong", "missed")
        for end in ("low", "high")
    }
    changes = figures.get("changes")
    return {
        **figures,
        "place": _place(run),
        "date": tables.day(figures["as_of"], lang),
        "date_before": tables.day(changes["as_of_before"], lang) if changes else "",
        "first_age": first,
        "last_age": last,
        "has": {key.replace(" ", "_"): part is not None for key, part in parts.items()},
        "filed": _named(figures, (Status.EMPTY_REGISTRATION, Status.DECEASED,
                                  Status.MISSING_PERSON, Status.DUPLICATE_REGISTRATION,
                                  Status.ABROAD, Status.CUSTODY), lang),
        "most_listed": cases.MOST,
        "days": len(days),
        "changes": changes,
        "sure": sums,
    }  # fmt: skip


def _place(run: Recorded) -> str:
    """The home town, else the county, else what all the home schools have for a town."""
    named = run.settings.home or run.settings.county
    if named and not named.isdigit():
        return named
    here = run.people.filter(pl.col("status") == Status.LOCAL)["school_town"].drop_nulls().unique()
    return str(here[0]) if len(here) == 1 else ""


def _named(figures: Mapping[str, Any], statuses: Sequence[Status], lang: str) -> str:
    """Statuses with their counts in words, those that somebody has alone."""
    counts = [(s, figures["statuses"][s]) for s in statuses if figures["statuses"][s]]
    mark = text("word.comma", lang)
    words = (
        text("brief.counted", lang, what=text(f"status.{s}", lang), n=tables.number(n, lang))
        for s, n in counts
    )
    return mark.join(words)
