"""Typed settings: defaults, then ``rosterrec.toml``, then flags that were typed."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rosterrec.errors import InputError
from rosterrec.frames import Field as Datum
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
    columns: dict[Datum, str] = {}  # field -> heading


class Sampling(_Model):
    """How proofs to telephone are drawn.

    Attributes:
        per_school: how many of each school.
        spare_days: a proof that was tested within so many days is not drawn again.
    """

    per_school: Annotated[int, Field(ge=1, le=50)] = 5
    spare_days: Annotated[int, Field(ge=0, le=3650)] = 180


class Settings(_Model):
    """Everything that decides a run besides the files themselves.

    Attributes:
        as_of: reference date; statuses, ages and proof validity are as of this day.
        as_of_today: the reference date is the day of the run, since nobody named one.
        home: the home town; None means each child's own township as the police list has it.
        county: name or six-digit code of the home county; None means read from the lists.
        ages: first and last year of age on the police list, both included.
        cutoff: month and day by which a child must be six to enter that September.
        entry_age: full years at the cutoff at which a child is due at school.
        school_year_starts: month and day from which proofs of this school year count.
        numbers: what identity numbers are: citizen IDs, whose check digit and birthdate are relied
            on, or opaque ones, which may be mistyped without a trace, so that two that differ are
            not two people; without families beside them, links then rest on the weight alone.
        lang: language of the outputs, zh or en.
        files: pins by file pattern.
        sample: for ``sample`` alone: it decides nothing of a run.
        typed_roles: roles whose files were named by a flag; such a name must fit a file.
    """

    as_of: dt.date
    as_of_today: bool = False
    home: str | None = None
    county: str | None = None
    ages: tuple[int, int] = (6, 15)
    cutoff: tuple[int, int] = (8, 31)
    entry_age: Annotated[int, Field(ge=5, le=8)] = 6
    school_year_starts: tuple[int, int] = (9, 1)
    numbers: Literal["citizen", "opaque"] = "citizen"
    lang: str = "zh"
    roles: dict[Role, tuple[str, ...]] = {}
    ignore: tuple[str, ...] = ()
    files: tuple[FilePin, ...] = ()
    sample: Annotated[Sampling, Field(exclude=True)] = Sampling()
    typed_roles: Annotated[frozenset[Role], Field(exclude=True)] = frozenset()

    @field_validator("lang")
    @classmethod
    def _known_language(cls, lang: str) -> str:
        if lang not in {"zh", "en"}:
            raise ValueError("zh, en")
        return lang

    @field_validator("ages")
    @classmethod
    def _ages_in_order(cls, ages: tuple[int, int]) -> tuple[int, int]:
        if not 0 <= ages[0] <= ages[1] <= 130:
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
        InputError: ``config_missing``, ``config_encoding``, ``config_syntax``, or
            ``unknown_setting`` and ``bad_setting`` naming file, line, key and what is allowed, or
            ``bad_flag`` where the fault was typed.
    """
    path = config or folder / CONFIG_NAME
    if config and not config.is_file():
        raise InputError("config_missing", file=str(config))
    text = _text(path) if path.is_file() else ""
    values = _parsed(text, path.name)
    given = {k: v for k, v in typed.items() if v is not None}
    typed_roles = frozenset(given.get("roles", {}))
    if "roles" in given and isinstance(values.get("roles"), dict):
        given["roles"] = values["roles"] | given["roles"]  # a flag speaks for its role alone
    dated = "as_of" in values or "as_of" in given
    merged = {
        "as_of": today,
        **values,
        **given,
        "as_of_today": not dated,
        "typed_roles": typed_roles,
    }
    try:
        return Settings(**merged)
    except ValidationError as error:
        raise _refusal(error, text, path.name, given) from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("config_encoding", file=path.name) from None
    except OSError:
        raise InputError("file_missing", file=path.name) from None


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = str(error).rpartition("(at ")[2].rstrip(")")
        line = "".join(c for c in where.partition(",")[0] if c.isdigit())
        raise InputError("config_syntax", file=file, line=line or text.count("\n") + 1) from None


def _refusal(error: ValidationError, text: str, file: str, typed: dict[str, Any]) -> InputError:
    """The first fault as an InputError: the flag that was typed, or key and line in the file.

    ``hint`` is the key of a sentence that says what the setting may be; the library's own words
    are English and speak of tuples.
    """
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    keys = [str(part) for part in fault["loc"] if isinstance(part, str) and part != "[key]"]
    if keys[0] in typed and keys[0] != "roles":
        value = typed[keys[0]]
        shown = "-".join(map(str, value)) if isinstance(value, tuple) else str(value)[:40]
        return InputError("bad_flag", flag=f"--{keys[0]}", value=shown, hint=keys[0])
    facts = {"file": file, "line": _line_of(keys, text), "key": ".".join(keys)}
    if fault["type"] == "extra_forbidden":
        tables: dict[str, type[_Model]] = {"files": FilePin, "sample": Sampling}
        table = tables.get(keys[0], Settings) if len(keys) > 1 else Settings
        known = set(table.model_fields) - {
            "as_of_today",
            "typed_roles",
        }
        return InputError("unknown_setting", **facts, known=", ".join(sorted(known)))
    hint = "_".join(keys[:2]) if keys[0] == "files" else keys[0]
    return InputError("bad_setting", **facts, hint=hint)


def _line_of(keys: list[str], text: str) -> int:
    """The line on which the innermost of the keys stands, as a key or the name of a table."""
    heads = [row.partition("=")[0].strip().strip("[] ") for row in text.splitlines()]
    for key in reversed(keys):
        found = [n for n, head in enumerate(heads, 1) if head.rpartition(".")[2] == key]
        if found:
            return found[0]
    return 1
