"""Grade and class as schools write them, read into numbers (``domain.md`` 1.2, "Grade text").

Grades count through the school years: 1-6 primary, 7-9 junior high, 10-12 senior high.
"""

from __future__ import annotations

import polars as pl

_NUMERAL = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{str(i): i for i in range(1, 13)},
    **{f"0{i}": i for i in range(1, 10)},
    "十": 10,
    "十一": 11,
    "十二": 12,
    "十三": 13,
    "十四": 14,
    "十五": 15,
    "十六": 16,
    **{str(i): i for i in range(13, 41)},
}
_CN = "一二三四五六七八九十"


def _number(text: pl.Expr) -> pl.Expr:
    return text.replace_strict(_NUMERAL, default=None, return_dtype=pl.Int64)


def _folded(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.replace_all(r"[\s\u200b\ufeff]+", "")


def grade(text: pl.Expr, school: pl.Expr, school_year: int) -> pl.Expr:
    """The grade 1-12 named by a grade, class or sheet text; null where none can be read.

    Args:
        text: such as 三年级, 初一, 高二, 三(2)班, 302班, 八.3, 2021级, 小学2021级, 初中2023级.
        school: the school's name, which tells whether "2023级" entered primary or junior high.
        school_year: calendar year in which the school year began; cohorts count from it.
    """
    t = _folded(text)
    junior = t.str.contains("初") | (
        ~t.str.contains("小学|高") & school.str.contains("初中|中学").fill_null(value=False)
    )
    senior = t.str.contains("高中|高[一二三123]|中职|职高") | (
        school.str.contains("高中|高级中学|职").fill_null(value=False) & ~t.str.contains("初|小学")
    )
    first = pl.when(senior).then(10).when(junior).then(7).otherwise(1)
    cohort = t.str.extract(r"(20\d\d)[级届]", 1).cast(pl.Int64, strict=False)
    by_cohort = pl.lit(school_year, dtype=pl.Int64) - cohort + first
    by_stage = _number(t.str.extract(rf"(?:初中?|高中?|职高)([{_CN}\d]{{1,2}})", 1))
    by_year = _number(t.str.extract(rf"([{_CN}]{{1,2}}|\d{{1,2}})年?级", 1))
    by_class = _number(t.str.extract(rf"^(?:小学?)?([{_CN}]{{1,2}}|\d{{1,2}})[年(（.\-—_·]", 1))
    by_digits = _number(t.str.extract(r"^(\d)\d{2}班?$", 1))
    alone = _number(t.str.extract(rf"^(?:小)?([{_CN}]{{1,2}}|\d{{1,2}})$", 1))
    found = pl.coalesce(
        pl.when(cohort.is_not_null()).then(by_cohort),
        pl.when(by_stage.is_not_null()).then(
            by_stage + pl.when(t.str.contains("高")).then(9).otherwise(6)
        ),
        _within_stage(by_year, senior),
        by_class,
        by_digits,
        _within_stage(alone, senior),
    )
    return pl.when(found.is_between(1, 12)).then(found)


def _within_stage(number: pl.Expr, senior: pl.Expr) -> pl.Expr:
    """A year counted within senior school (高一, "1年级" there) as a grade through the years."""
    return pl.when(senior & (number <= 3)).then(number + 9).otherwise(number)


def from_entry(entry: pl.Expr, school: pl.Expr, school_year: int) -> pl.Expr:
    """The grade that follows from 入学年月 (YYYYMM) and the kind of school; null if impossible."""
    year = _folded(entry).str.extract(r"^(20\d\d)", 1).cast(pl.Int64, strict=False)
    first = (
        pl.when(school.str.contains("高中|高级中学|职").fill_null(value=False))
        .then(10)
        .when(school.str.contains("初中|中学").fill_null(value=False))
        .then(7)
        .otherwise(1)
    )
    found = pl.lit(school_year, dtype=pl.Int64) - year + first
    return pl.when(found.is_between(1, 12)).then(found)


def class_number(text: pl.Expr) -> pl.Expr:
    """The class within its grade as a plain number in text: 三(2)班 and 302班 give "2".

    A class that is named rather than numbered keeps its folded name.
    """
    t = _folded(text)
    number = pl.coalesce(
        _number(t.str.extract(r"^\d(\d{2})班?$", 1).str.strip_chars_start("0")),
        _number(t.str.extract(rf"[(（]([{_CN}]{{1,3}}|\d{{1,2}})[)）]", 1)),
        _number(t.str.extract(rf"[.\-—_·](\d{{1,2}}|[{_CN}]{{1,3}})班?$", 1)),
        _number(t.str.extract(rf"(?:级|^)([{_CN}]{{1,3}}|\d{{1,2}})班?$", 1)),
        _number(t.str.extract(rf"([{_CN}]{{1,3}}|\d{{1,2}})班", 1)),
    )
    named = pl.when(~t.str.contains("[级届]$")).then(t.str.strip_suffix("班"))
    return pl.coalesce(number.cast(pl.String), named)
