"""Typed settings: defaults, then ``rosterrec.toml``, then flags that were typed."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rosterrec.errors import InputError
from rosterrec.frames import Role

CONFIG_NAME = "rosterrec.toml"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FilePin(_Model):
    """How files that match a pattern are to be read, where headings alone would not tell."""

    pattern: str
    role: Role | None = None
    sheet: str | None = None
    header_row: Annotated[int, Field(ge=1)] | None = None
    encoding: str | None = None
    columns: dict[str, str] = {}  # field -> heading


class Settings(_Model):
    """Everything that decides a run besides the files themselves.

    Attributes:
        as_of: reference date; statuses, ages and proof validity are as of this day.
        home: the home town; None means each child's own township as the police list has it.
        county: name or six-digit code of the home county; None means read from the lists.
        ages: first and last year of age on the police list, both included.
        cutoff: month and day by which a child must be six to enter that September.
        entry_age: full years at the cutoff at which a child is due at school.
        school_year_starts: month and day from which proofs of this school year count.
        lang: language of the outputs, zh or en.
        files: pins by file pattern.
    """

    as_of: dt.date
    home: str | None = None
    county: str | None = None
    ages: tuple[int, int] = (6, 15)
    cutoff: tuple[int, int] = (8, 31)
    entry_age: Annotated[int, Field(ge=5, le=8)] = 6
    school_year_starts: tuple[int, int] = (9, 1)
    lang: str = "zh"
    roles: dict[Role, tuple[str, ...]] = {}
    ignore: tuple[str, ...] = ()
    files: tuple[FilePin, ...] = ()

    @field_validator("lang")
    @classmethod
    def _known_language(cls, lang: str) -> str:
        if lang not in {"zh", "en"}:
            raise ValueError("zh, en")
        return lang

    @field_validator("ages")
    @classmethod
    def _ages_in_order(cls, ages: tuple[int, int]) -> tuple[int, int]:
        if not 3 <= ages[0] <= ages[1] <= 25:
            raise ValueError("6-15")
        return ages

    @field_validator("cutoff", "school_year_starts")
    @classmethod
    def _month_and_day(cls, value: tuple[int, int]) -> tuple[int, int]:
        dt.date(2024, *value)
        return value

    @property
    def school_year(self) -> int:
        """The calendar year in which the school year of ``as_of`` began."""
        starts = dt.date(self.as_of.year, *self.school_year_starts)
        return self.as_of.year if self.as_of >= starts else self.as_of.year - 1

    @property
    def school_year_start(self) -> dt.date:
        """First day of the school year of ``as_of``."""
        return dt.date(self.school_year, *self.school_year_starts)

    @property
    def cutoff_date(self) -> dt.date:
        """The day by which a child had to be ``entry_age`` to be due this school year."""
        return dt.date(self.school_year, *self.cutoff)


def load(folder: Path, config: Path | None, typed: dict[str, Any], today: dt.date) -> Settings:
    """Settings for a run: defaults, then the file, then the flags that were typed.

    Args:
        folder: where ``rosterrec.toml`` is looked for unless ``config`` names one.
        config: a settings file that must exist.
        typed: values of flags; None means the flag was not typed.
        today: reference date where neither the file nor a flag gives one.

    Raises:
        InputError: ``config_missing``, ``config_syntax``, or ``bad_setting`` naming file, line,
            key and what is allowed.
    """
    path = config or folder / CONFIG_NAME
    if config and not config.is_file():
        raise InputError("config_missing", file=str(config))
    text = path.read_text("utf-8-sig") if path.is_file() else ""
    values = _parsed(text, path.name)
    merged = {"as_of": today, **values, **{k: v for k, v in typed.items() if v is not None}}
    try:
        return Settings(**merged)
    except ValidationError as error:
        raise _refusal(error, text, path.name) from None


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = str(error).rpartition("(at ")[2].rstrip(")")
        line = "".join(c for c in where.partition(",")[0] if c.isdigit()) or "?"
        raise InputError("config_syntax", file=file, line=line) from None


def _refusal(error: ValidationError, text: str, file: str) -> InputError:
    """The first fault as an InputError, with the line on which its key stands."""
    fault = error.errors(include_url=False, include_context=False)[0]
    keys = [str(part) for part in fault["loc"] if isinstance(part, str)]
    key = ".".join(keys) or "?"
    last = keys[-1] if keys else ""
    line = next(
        (n for n, row in enumerate(text.splitlines(), 1) if row.partition("=")[0].strip() == last),
        None,
    )
    hint = fault["msg"].removeprefix("Value error, ")
    return InputError("bad_setting", file=file, line=line or "-", key=key, hint=hint)
