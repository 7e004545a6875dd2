"""Where a row says a child goes to school, in which grade and class, and in what state."""

from __future__ import annotations

import polars as pl

from rosterrec import dates, grades
from rosterrec.frames import Field, Mode, RegStatus
from rosterrec.normalise.blanks import without_blanks
from rosterrec.once import distinct
from rosterrec.schools import school_code
from rosterrec.settings import Settings
from rosterrec.words import first_match

#: 学籍状态 in words. 在籍离校 is a pupil who is gone; 在校不在籍 is one who is there.
_REG_STATUS = {
    "休学": RegStatus.SUSPENDED,
    "辍学": RegStatus.DROPOUT,
    "在籍离校|离校|转出|迁出|删除|注销|死亡|开除|撤销": RegStatus.LEFT,
    "毕业|结业": RegStatus.GRADUATED,
    "正常|在籍在校|在校|在读|转入|复学|借读": RegStatus.ACTIVE,
}


def schooling(settings: Settings) -> list[pl.Expr]:
    """``school, school_code, grade, class_name, mode, reg_status, left_on`` of a Raw."""
    school = without_blanks(Field.SCHOOL)
    year = settings.school_year
    in_class = pl.coalesce(Field.CLASS_NAME, Field.GRADE)
    return [
        school.alias("school"),
        pl.col(Field.SCHOOL_CODE).pipe(school_code).alias("school_code"),
        distinct(
            pl.struct(Field.GRADE, Field.CLASS_NAME, Field.ENTRY, school.alias(Field.SCHOOL)),
            lambda it: _grade(it, year),
            pl.Int64,
        ).alias("grade"),
        distinct(in_class, grades.class_number).alias("class_name"),
        distinct(pl.col(Field.MODE), _mode).alias("mode"),
        distinct(pl.col(Field.REG_STATUS), lambda it: first_match(it, _REG_STATUS)).alias(
            "reg_status"
        ),
        dates.parse(pl.col(Field.LEFT_ON)).alias("left_on"),
    ]


def _grade(row: pl.Expr, year: int) -> pl.Expr:
    """The grade by its own column, else by the class, else by when the child entered."""
    stated, in_class, entry, school = (
        row.struct.field(f) for f in (Field.GRADE, Field.CLASS_NAME, Field.ENTRY, Field.SCHOOL)
    )
    return pl.coalesce(
        grades.grade(stated, school, year),
        grades.grade(in_class, school, year),
        grades.from_entry(entry, school, year),
    )


def _reg_status(text: pl.Expr) -> pl.Expr:
    return first_match(text, _REG_STATUS)


def _mode(text: pl.Expr) -> pl.Expr:
    home = text.str.contains("送教")
    known = pl.when(text.is_not_null()).then(pl.lit(str(Mode.SCHOOL)))
    return pl.when(home).then(pl.lit(str(Mode.HOME))).otherwise(known)
