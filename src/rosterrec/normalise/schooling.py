"""Where a row says a child goes to school, in which grade and class, and in what state."""

from __future__ import annotations

import polars as pl

from rosterrec import dates, grades
from rosterrec.frames import Field, Mode, RegStatus
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
    school = _name(Field.SCHOOL)
    year = settings.school_year
    in_class = pl.coalesce(Field.CLASS_NAME, Field.GRADE)
    return [
        school.alias("school"),
        pl.col(Field.SCHOOL_CODE).pipe(school_code).alias("school_code"),
        pl.coalesce(
            grades.grade(pl.col(Field.GRADE), school, year),
            grades.grade(pl.col(Field.CLASS_NAME), school, year),
            grades.from_entry(pl.col(Field.ENTRY), school, year),
        ).alias("grade"),
        grades.class_number(in_class).alias("class_name"),
        pl.when(pl.col(Field.MODE).str.contains("送教"))
        .then(pl.lit(str(Mode.HOME)))
        .when(pl.col(Field.MODE).is_not_null())
        .then(pl.lit(str(Mode.SCHOOL)))
        .alias("mode"),
        first_match(pl.col(Field.REG_STATUS), _REG_STATUS).alias("reg_status"),
        dates.parse(pl.col(Field.LEFT_ON)).alias("left_on"),
    ]


def _name(field: Field) -> pl.Expr:
    folded = pl.col(field).str.normalize("NFKC").str.replace_all(r"\s+", "")
    return pl.when(folded.str.len_chars() > 0).then(folded)
