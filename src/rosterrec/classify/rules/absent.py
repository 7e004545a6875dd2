"""Children whom no list shows at a school."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.rules.facts import absent_from_roster, is_so, registry_says
from rosterrec.frames import RegStatus, Stage


def registry_dropout() -> pl.Expr:
    """The registry has the child as dropped out, and no list shows a return.

    学籍状态为辍学，且其他名单均未显示复学。
    """
    return registry_says(RegStatus.DROPOUT) & ~is_so("fil_is_severe")


def registry_graduated() -> pl.Expr:
    """The registry has the child as graduated from junior high; whereabouts after that unknown.

    学籍状态为初中毕业，毕业后去向不明。
    """
    return registry_says(RegStatus.GRADUATED) & ~(
        (pl.col("reg_grade") <= 6) | (pl.col("reg_stage") == Stage.PRIMARY)
    ).fill_null(value=False)


def too_young() -> pl.Expr:
    """Not six years old by the cutoff of this school year: not due yet.

    本学年截止日前未满六周岁，未到入学年龄。
    """
    return ~pl.col("is_due")


def registered_but_absent() -> pl.Expr:
    """Active in the registry, but the roster of that class does not list the child.

    学籍状态正常，但该班名册上没有该生（空挂学籍）。
    """
    return absent_from_roster()


def nowhere() -> pl.Expr:
    """On no roster, no active registry entry, no proven claim and no filing that counts.

    名册、学籍、取证台账和有效备案中均未找到。
    """
    return pl.lit(value=True)
