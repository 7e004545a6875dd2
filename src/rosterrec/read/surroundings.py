"""Class, grade, school, village and township out of titles, sheet and file names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import polars as pl

from rosterrec.frames import Field, Role

_SCHOOL = re.compile(
    r"[\u4e00-\u9fff()（）]{2,24}?(?:九年一贯制学校|职业中学|职业学校|初级中学|高级中学|小学|中学|初中|高中|职中|学校|教学点)"
)
_CLASS = re.compile(
    r"(?:小学|初中|高中)?(?:[一二三四五六七八九]|\d)\s*[(（.年]\s*(?:级)?\s*[(（]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]?\s*班?"
    r"|[一二三四五六七八九]\d{1,2}班|[一二三四五六七八九]年级.{0,4}班|初[一二三].{0,4}班|\d{3}班|(?:小学|初中)?\d{4}级.{0,4}班"
)
#: A date in a title has the look of a class: 2024年9月.
_DATE = re.compile(
    r"\d{4}(?:[-—–~至]\d{4})?(?:学年度?|年)(?:\d{1,2}月)?(?:\d{1,2}日)?|第[一二]学期|[上下]学期"
)
_GRADE = re.compile(r"(?:小学|初中|高中)?[一二三四五六七八九]年级|初[一二三]|(?:小学|初中)\d{4}级")
_VILLAGE = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:村|社区|居委会|村委会)$")
_TOWNSHIP = re.compile(
    r"(?:[县区市旗_：:]|^)(?![全各本我户])([^\W\d_乡镇县区市省]{2,6}(?:镇|街道|乡))(?!镇|人口|户籍册)"
)


def with_surroundings(
    raw: pl.DataFrame, role: Role, titles: Sequence[str], sheet: str, file: str
) -> pl.DataFrame:
    """The rows with what their surroundings say where the rows do not.

    Args:
        raw: rows of one list.
        role: rosters take school, grade and class, the registry its school, the police list
            village and township.
        titles: words above the list, the sheet's name among them where it says more than they do.
        sheet: the sheet's name.
        file: the file's name without its ending.
    """
    if role is Role.ROSTER:
        # As the name of a roster's sheet "302" is a class.
        names = (*titles, f"{sheet}班" if re.fullmatch(r"[1-9]\d\d", sheet) else sheet, file)
        raw = _filled(raw, Field.SCHOOL, school_in(names))
        raw = _filled(raw, Field.CLASS_NAME, class_in(names))
        return _filled(raw, Field.GRADE, grade_in(names), where=_class_without_grade())
    if role is Role.REGISTRY and Field.SCHOOL not in raw.columns:
        return _filled(raw, Field.SCHOOL, school_in((*titles, sheet, file)))
    if role is Role.POPULATION and Field.ADDRESS not in raw.columns:
        raw = _filled(raw, Field.VILLAGE, sheet if _VILLAGE.match(sheet) else None)
        if Field.TOWNSHIP not in raw.columns:
            return _filled(raw, Field.TOWNSHIP, township_in((*titles, sheet, file)))
    return raw


def _filled(
    raw: pl.DataFrame, field: Field, text: str | None, where: pl.Expr | None = None
) -> pl.DataFrame:
    """The rows with a field, and with the text in it where they have none."""
    nothing = pl.lit(None, dtype=pl.String)
    column = pl.col(field) if field in raw.columns else nothing
    said = pl.lit(text, dtype=pl.String)
    if where is not None:
        said = pl.when(where).then(said)
    return raw.with_columns(pl.coalesce(column, said).alias(field))


def _class_without_grade() -> pl.Expr:
    """A class such as "2" or "(2)班", which does not say its grade."""
    name = pl.col(Field.CLASS_NAME)
    return name.is_null() | name.str.contains(r"^[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?班?$")


def school_in(words: Iterable[str]) -> str | None:
    """The school's name inside titles such as "填报单位：青溪小学" or "名册_青溪小学"."""
    return next((found for w in words if (found := _school(w))), None)


def _school(words: str) -> str | None:
    text = re.sub(r"^.*?[:：_]", "", words) if re.search(r"[:：_]", words) else words
    found = _SCHOOL.search(re.sub(r"\s", "", text))
    return found.group() if found and not found.group().endswith("中小学") else None


def class_in(words: Iterable[str]) -> str | None:
    """The class inside titles such as "三(2)班学生名册"."""
    return _first(_CLASS, words)


def grade_in(words: Iterable[str]) -> str | None:
    """The grade inside titles such as "三年级学生名册"."""
    return _first(_GRADE, words)


def _first(pattern: re.Pattern[str], words: Iterable[str]) -> str | None:
    for w in words:
        found = pattern.search(_DATE.sub("", re.sub(r"\s", "", w)))
        if found:
            return found.group()
    return None


def township_in(words: Iterable[str]) -> str | None:
    """The township inside titles such as "澄溪县青溪镇户籍人口"."""
    for w in words:
        found = _TOWNSHIP.search(re.sub(r"\s", "", w))
        if found:
            return found.group(1)
    return None
