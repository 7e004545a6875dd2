"""Agreement of what corroborates: sex, family, place and class."""

from __future__ import annotations

import polars as pl

from rosterrec import names
from rosterrec.compare.ladder import ladder, sides


def sex_level() -> pl.Expr:
    """Sex: implied (read out of numbers that agree), equal, different, missing."""
    (a, b), (basis_a, basis_b) = sides("sex"), sides("sex_basis")
    from_numbers = (basis_a == "id") & (basis_b == "id")
    agreeing = pl.col("id_level").is_in(["equal", "recovered"])
    return ladder(
        ("implied", from_numbers & agreeing),
        ("equal", a == b),
        ("different", a != b),
        otherwise="missing",
    )


def class_level() -> pl.Expr:
    """School, grade and class, where both lists name them: same_class, same_grade, same_school."""
    (school_a, school_b), (grade_a, grade_b), (class_a, class_b) = (
        sides("school"), sides("grade"), sides("class_name"),
    )  # fmt: skip
    school, grade = school_a == school_b, grade_a == grade_b
    return ladder(
        ("same_class", school & grade & (class_a == class_b)),
        ("same_grade", school & grade),
        ("same_school", school),
        ("different", school_a != school_b),
        otherwise="missing",
    )


def same(column: str) -> pl.Expr:
    """One value on both sides: equal, different, missing."""
    a, b = sides(column)
    return ladder(("equal", a == b), ("different", a != b), otherwise="missing")


def shared(column: str) -> pl.Expr:
    """Any of the values joined by "|" is on both sides."""
    a, b = sides(column)
    return ladder(
        ("missing", a.is_null() | b.is_null()),
        ("equal", a == b),
        ("equal", names.share_reading(a, b)),
        otherwise="different",
    )
