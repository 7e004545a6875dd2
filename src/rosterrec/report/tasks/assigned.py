"""Who gets which duty: by school, by village, or by the teacher responsible for the family."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import polars as pl

from rosterrec.errors import InputError


class By(StrEnum):
    """What makes a package."""

    SCHOOL = "school"
    VILLAGE = "village"
    TEACHER = "teacher"


#: What tells two packages apart: villages of two towns may have one name, and so may teachers.
_APART = {
    By.SCHOOL: ("school",),
    By.VILLAGE: ("township", "village"),
    By.TEACHER: ("township", "teacher"),
}


class _Teacher(NamedTuple):
    town: str
    name: str


def packages(
    duties: pl.DataFrame, by: By, named: Sequence[str] = ()
) -> list[tuple[tuple[str, str], pl.DataFrame]]:
    """Duties package by package.

    Args:
        duties: the open cases (``DUTIES``).
        by: what makes a package.
        named: teachers who may take families that nobody has.

    Returns:
        Of each package its town ("" if it has none) and its name ("" for those without), in the
        order of these, and its duties.

    Raises:
        InputError: ``no_teachers``, where nobody is there to take families without a teacher.
    """
    if by is By.TEACHER:
        duties = with_teacher(duties, named)
    keys = _APART[by]
    filled = duties.with_columns(
        _name=pl.col(keys[-1]).fill_null(""),
        _town=pl.col("township").fill_null("") if len(keys) > 1 else pl.lit(""),
    )
    groups = filled.partition_by("_town", "_name", maintain_order=True, as_dict=True)
    ordered = sorted(groups.items(), key=lambda group: (not group[0][1], *map(str, group[0])))
    return [((str(town), str(name)), rows.drop("_town", "_name")) for (town, name), rows in ordered]


def with_teacher(duties: pl.DataFrame, named: Sequence[str] = ()) -> pl.DataFrame:
    """Duties with a teacher each; a family without one goes to the least busy nearby.

    A family one of whose children has a teacher is that teacher's. The others, the largest first,
    go to whoever has the fewest cases among the teachers of their village, else of their town, else
    of all; teachers named beside the list may take any.

    Raises:
        InputError: ``no_teachers``.
    """
    town = pl.col("township").fill_null("")
    family = pl.concat_str(town, pl.coalesce("household", "person_id"), separator="\n")
    told = duties.with_columns(_town=town, _family=family).with_columns(
        teacher=pl.coalesce("teacher", pl.col("teacher").drop_nulls().first().over("_family"))
    )
    left = told.filter(pl.col("teacher").is_null())
    given = told.filter(pl.col("teacher").is_not_null())
    if not len(left):
        return told.drop("_town", "_family")
    taken = _balanced(left, given, [_Teacher("", " ".join(n.split())) for n in named])
    return (
        told.join(taken, on="_family", how="left", maintain_order="left")
        .with_columns(teacher=pl.coalesce("teacher", "_taken"))
        .drop("_town", "_family", "_taken")
    )


def _balanced(left: pl.DataFrame, given: pl.DataFrame, named: list[_Teacher]) -> pl.DataFrame:
    """``_family, _taken``: the teacher that each family without one goes to."""
    busy = dict.fromkeys(named, 0)
    near: dict[tuple[str, str | None], set[_Teacher]] = {}
    counted = given.group_by("_town", "village", "teacher", maintain_order=True).len()
    for town, village, name, cases in counted.iter_rows():
        teacher = _Teacher(town, name)
        if _Teacher("", name) in busy:
            teacher = _Teacher("", name)
        busy[teacher] = busy.get(teacher, 0) + cases
        near.setdefault((town, village), set()).add(teacher)
        near.setdefault((town, None), set()).add(teacher)
    if not busy:
        raise InputError("no_teachers")
    families = (
        left.group_by("_family", "_town")
        .agg(pl.col("village").first(), cases=pl.len())
        .sort("cases", "_family", descending=[True, False])
    )
    taken = []
    for family, town, village, cases in families.iter_rows():
        here = near.get((town, village)) or near.get((town, None)) or set(busy)
        teacher = min(here | set(named), key=lambda t: (busy[t], t))
        busy[teacher] += cases
        taken.append((family, teacher.name))
    return pl.DataFrame(taken, schema={"_family": pl.String(), "_taken": pl.String()}, orient="row")
