"""What was typed as settings: dates and ages as people write them, flags before the file."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from pathlib import Path
from typing import Any

from rosterrec.errors import InputError
from rosterrec.read.discover import legible
from rosterrec.settings import Settings, load

_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))")


def settings(typed: dict[str, Any], folder: Path, config: Path | None, language: str) -> Settings:
    """The settings of a run, from the file and from what was typed.

    Args:
        typed: each flag as it was typed, None where it was not; ``roles`` by role.
        folder: where the settings file is looked for.
        config: the settings file that was named, if one was.
        language: the language where neither names one.

    Raises:
        InputError: ``bad_date`` or ``bad_flag``; the settings file is not right.
    """
    given = dict(typed)
    for key in ("home", "county"):
        given[key] = legible(given[key]) if given[key] else None
    roles = {role: tuple(files) for role, files in given.pop("roles").items() if files}
    given["as_of"] = _date(given["as_of"])
    given["ages"] = _ages(given["ages"])
    given["roles"] = roles or None
    given["ignore"] = tuple(given["ignore"]) if given["ignore"] else None
    found = load(folder, config, given, dt.datetime.now().astimezone().date())
    if given["lang"] is None and "lang" not in found.model_fields_set:
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
