"""What a column's values say it is, where its heading does not."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl

from rosterrec import dates
from rosterrec.frames import Field
from rosterrec.read.headings import is_of_no_use, known_headings, may_be_the_childs, normalise

#: So many values of a column are looked at.
_SAMPLE = 300
#: A field is believed of a column when so large a share of its values look like it.
ENOUGH = 0.6
#: Whoever is older than a pupil can be is a parent.
_OLDEST_PUPIL = 24
_NUMBER = r"^[`']?\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$"
#: What one value of a field looks like.
PATTERNS: dict[Field, str] = {
    Field.ID: _NUMBER,
    Field.DISABILITY_NO: _NUMBER[:-1] + r"[1-7][1-4](?:[Bb]\d)?$",
    Field.STUDENT_NO: r"^[GJLgjl]\d{17}[\dXx]$",
    Field.PHONE: r"^1[3-9]\d{9}$",
    Field.SEX: r"^(?:男|女)性?$",
    Field.SCHOOL: r"(?:小学|中学|初中|高中|学校|教学点)$",
    Field.VILLAGE: r"(?:村|社区|居委会|村委会)$",
    Field.TOWNSHIP: r"(?:镇|乡|街道)$",
    Field.GRADE: r"^(?:小学|初中)?(?:[一二三四五六七八九1-9]年级|初[一二三]|\d{4}级)$",
    Field.CLASS_NAME: r"^[一二三四五六七八九\d]{1,2}(?:年级)?[.(（]?\d{0,2}[)）]?班$",
    Field.BIRTH: r"^(?:19|20)\d{2}[-./年]?\d{1,2}[-./月]?\d{1,2}日?$",
    # One of the hundred commonest surnames, which six people in seven have.
    Field.NAME: "^(?:[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
    "[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{2,}·[\u4e00-\u9fff·]{2,})$",
}  # fmt: skip
#: Two-character words that begin like a surname and end like a place.
_PLACE = r"[村镇乡县区省市校学班组级族户社年路]$"
#: What at least some values of a column must be like, whose heading is known.
_LEAST = {
    Field.ID: r"\d{8}|\*",
    Field.NAME: r"^\D+$",
    Field.BIRTH: r"\d{2}|[一二三四五六七八九十]月",
}
#: Patterns that nothing else fits: a heading that is merely odd does not speak against them.
_SURE_PATTERNS = frozenset([Field.ID, Field.DISABILITY_NO, Field.STUDENT_NO])


def likely_field(heading: str, values: pl.Series, as_of: dt.date) -> tuple[Field, float] | None:
    """The field that a column's values look like, and how sure that is (0 to 1).

    A heading that speaks of somebody else, or that is understood as something else, is never
    overruled; and an ID is the child's only where its owners are of an age to be pupils.

    Args:
        heading: the column's heading, "" where it has none.
        values: the cells of the column.
        as_of: reference date, for ages.
    """
    cells = values.drop_nulls().head(_SAMPLE)
    if cells.is_empty() or is_of_no_use(heading):
        return None
    shares = {field: _share(cells, field) for field in PATTERNS}
    field = max(shares, key=lambda f: shares[f])
    sure = round(shares[field] * len(cells) / (len(cells) + 1), 2)
    if sure < ENOUGH or not _may_be(field, heading):
        return None
    if field is Field.ID:
        owner = _owner(cells, as_of)
        return (owner, sure) if owner else None
    if field is Field.BIRTH and not _births_of_pupils(cells, as_of):
        return None
    return field, sure


def looks_like_ids(values: pl.Series) -> bool:
    """Whether a column holds identity numbers, whoever owns them."""
    cells = values.drop_nulls().head(_SAMPLE)
    return len(cells) >= 2 and _share(cells, Field.ID) >= ENOUGH


def written_as_powers(values: pl.Series) -> bool:
    """Whether a number in the column is written like 3.49921E+17, which a spreadsheet shows."""
    return bool(values.str.contains(r"^[1-9](?:\.\d*)?[Ee]\+?1[3-9]$").any())


def unlike(field: Field, values: pl.Series) -> bool:
    """Whether a column holds nothing of what its heading says."""
    cells = values.drop_nulls().head(_SAMPLE)
    if len(cells) < 5:
        return False
    wanted = _LEAST.get(field)
    return wanted is not None and _mean(cells.str.contains(wanted)) < 0.1


def _share(cells: pl.Series, field: Field) -> float:
    fits = cells.str.contains(PATTERNS[field])
    if field is Field.NAME:
        # Names are many; a column of few words over and over is of something else.
        various = cells.n_unique() >= 0.6 * len(cells)
        fits = fits & ~cells.str.contains(_PLACE) & various
    return _mean(fits)


def _mean(flags: pl.Series) -> float:
    """The share of true values; 0 of none."""
    return float(flags.sum()) / len(flags) if len(flags) else 0.0


def _may_be(field: Field, heading: str) -> bool:
    if not heading:
        return True
    if not may_be_the_childs(heading):
        return False
    return field in _SURE_PATTERNS or not _understood(heading)


def _understood(heading: str) -> bool:
    """Whether a heading holds a word that means something on such lists."""
    text = normalise(heading)
    return any(alias in text for alias in known_headings() if len(alias) >= 2) or bool(
        re.search(r"姓|名|号|时间|日期|学校|班|年级|电话|村|镇|乡|址", text)
    )


def _owner(cells: pl.Series, as_of: dt.date) -> Field | None:
    """Whose numbers they are by the year of birth in them; None for a mixture."""
    years = cells.str.extract(r"\d{6}(\d{4})").cast(pl.Int32, strict=False).drop_nulls()
    young = _mean(years >= as_of.year - _OLDEST_PUPIL)
    if young >= 0.7:
        return Field.ID
    return Field.GUARDIAN_ID if young <= 0.3 else None


def _births_of_pupils(cells: pl.Series, as_of: dt.date) -> bool:
    years = pl.DataFrame({"c": cells}).select(dates.parse(pl.col("c")).dt.year()).to_series()
    return _mean((as_of.year - years.drop_nulls()).is_between(3, _OLDEST_PUPIL)) >= 0.9
