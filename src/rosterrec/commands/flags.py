"""What was typed as settings: dates and ages as people write them, flags before the file."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rosterrec.errors import InputError

if TYPE_CHECKING:
    from rosterrec.settings import Settings

_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))")


class Lists(NamedTuple):
    """Files and patterns that were typed for each role; None where none was."""

    population: list[str] | None
    registry: list[str] | None
    roster: list[str] | None
    whereabouts: list[str] | None
    filing: list[str] | None
    schools: list[str] | None


class Typed(NamedTuple):
    """The flags that become settings, as they were typed; None where one was not."""

    as_of: str | None
    home: str | None
    county: str | None
    ages: str | None
    lang: str | None
    ignore: list[str] | None
    lists: Lists


def settings(typed: Typed, folder: Path, config: Path | None, language: str) -> Settings:
    """The settings of a run, from the file and from what was typed.

    Args:
        typed: what was typed.
        folder: where the settings file is looked for.
        config: the settings file that was named, if one was.
        language: the language where neither names one.

    Raises:
        InputError: ``bad_date`` or ``bad_flag``; the settings file is not right.
    """
    from rosterrec.read.discover import legible
    from rosterrec.settings import load

    roles = {role: tuple(files) for role, files in typed.lists._asdict().items() if files}
    given = {
        "as_of": _date(typed.as_of),
        "home": legible(typed.home) if typed.home else None,
        "county": legible(typed.county) if typed.county else None,
        "ages": _ages(typed.ages),
        "lang": typed.lang,
        "ignore": tuple(typed.ignore) if typed.ignore else None,
        "roles": roles or None,
    }
    found = load(folder, config, given, dt.datetime.now().astimezone().date())
    if typed.lang is None and "lang" not in found.model_fields_set:
        return found.model_copy(update={"lang": language})
    return found


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
