"""How much of a child a paper that leaves the office may show, and the proof of it.

``full`` stays in the office: everything. ``office`` circulates among schools and villages: masked
names, of a number the area code and, where nothing on the sheet tells the birthdate, the last four.
``public`` hangs on a wall: masked name, school, grade and class alone.
"""

from __future__ import annotations

import re
from enum import StrEnum

import polars as pl

from rosterrec import ids, names
from rosterrec.errors import InputError


class Policy(StrEnum):
    """Who reads the paper."""

    FULL = "full"
    OFFICE = "office"
    PUBLIC = "public"


#: What columns hold, by name, in every frame that reports are made of.
_NAMES = ("name", "name_before", "candidate")
_NUMBERS = ("id_number", "id_before", "candidate_id", "student_no", "document")
_BIRTHS = ("birth_date", "candidate_birth")
#: Columns that narrow a birthdate to about so many days.
_NARROWED = {"birth_date": 366, "age": 366 + 365, "grade": 3 * 365, "birth": 366}
_PRIVATE = (
    "sex", "age", "birth", "village", "township", "household", "guardians", "phone", "teacher",
    "flags", "note", "claim", "reason", "candidate_guardians", "candidate_sex", "address",
)  # fmt: skip

#: Fewer numbers than this that a masked one can be: the sheet gives the child away.
FEWEST = 100
_EVERY_DAY = 12 * 366
_VISIBLE = re.compile(r"[0-9X*]{18}")
_WHOLE = r"[1-9][0-9]{16}[0-9Xx]"


def masked(people: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """A frame as a policy shows it; ``public`` leaves private columns out."""
    if policy is Policy.FULL:
        return people
    if policy is Policy.PUBLIC:
        people = people.drop(*_PRIVATE, *_NUMBERS, *_BIRTHS, strict=False)
    columns = set(people.columns)
    tells_birth = bool(columns & {*_BIRTHS, *_NARROWED})
    changed: dict[str, pl.Expr] = {c: names.mask(pl.col(c)) for c in _NAMES if c in columns}
    for column in columns.intersection(_NUMBERS):
        changed[column] = _number(pl.col(column), with_end=not tells_birth)
    for column in columns.intersection(_BIRTHS):
        changed[column] = pl.col(column).cast(pl.Date).dt.year().cast(pl.String)
    if "guardians" in columns:
        each = pl.col("guardians").str.split("|").list.eval(names.mask(pl.element()))
        changed["guardians"] = each.list.join("|")
    return people.with_columns(**changed)


def _number(number: pl.Expr, *, with_end: bool) -> pl.Expr:
    """349921********1234, or without the end; what is no citizen ID is stars alone."""
    end = number.str.tail(4) if with_end else pl.lit("****")
    stars = number.str.replace_all(".", "*")
    return (
        pl.when(ids.is_valid(number))
        .then(pl.concat_str(number.str.head(6), pl.lit("*" * 8), end))
        .otherwise(stars)
    )


def prove(frame: pl.DataFrame, policy: Policy, sheet: str) -> pl.DataFrame:
    """The frame itself, once no row of it gives a number away, alone or by combination.

    Args:
        frame: what is to be written, as text, numbers and dates.
        policy: who will read it.
        sheet: its name, for the error.

    Raises:
        InputError: ``would_reveal``, naming the sheet and the columns that together say too much.
    """
    if policy is Policy.FULL:
        return frame
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    for column in texts:
        found = frame[column].str.extract_all(_WHOLE).explode().drop_nulls().unique()
        if len(found) and ids_in(found):
            raise InputError("would_reveal", sheet=sheet, columns=column)
    beside = _birth_columns(frame)
    days = min((days for _, days in beside), default=_EVERY_DAY)
    sexed = "sex" in frame.columns
    for column in texts:
        for shape in _shapes(frame[column]):
            if _candidates(shape, days, sexed=sexed) < FEWEST:
                both = ", ".join([column, *(name for name, _ in beside)])
                raise InputError("would_reveal", sheet=sheet, columns=both)
    return frame


def ids_in(numbers: pl.Series) -> bool:
    """Whether any of these is a valid number."""
    return bool(
        numbers.to_frame("n").select(ids.is_valid(pl.col("n").str.to_uppercase()).any()).item()
    )


def _birth_columns(frame: pl.DataFrame) -> list[tuple[str, int]]:
    """Columns that tell when somebody was born, and to how many days."""
    found = []
    for name, dtype in frame.schema.items():
        if dtype == pl.Date and name in _BIRTHS:
            found.append((name, 1))
        elif name in {*_NARROWED, *_BIRTHS}:
            whole = dtype == pl.String and frame[name].str.contains(r"\d{4}\D?\d{1,2}\D?\d").any()
            found.append((name, 1 if whole else _NARROWED.get(name, 366)))
    return found


def _shapes(values: pl.Series) -> list[str]:
    """Which places of the masked numbers in a column can be read, each pattern once."""
    cells = values.drop_nulls().str.extract(f"({_VISIBLE.pattern})", 1).drop_nulls()
    return cells.str.replace_all("[0-9X]", "0").unique().sort().to_list()


def _candidates(shape: str, days: int, *, sexed: bool) -> float:
    """How many numbers a masked one can be, the area known to all who read the sheet."""
    shown = [place == "0" for place in shape]
    if all(shown[6:14]):
        days = 1
    elif all(shown[6:10]):
        days = min(days, 31 if all(shown[10:12]) else 366)
    else:
        days = min(days, _EVERY_DAY)
    order = 10.0 ** sum(not seen for seen in shown[14:17])
    if sexed and not shown[16]:
        order /= 2
    return days * order / (11 if shown[17] else 1)
