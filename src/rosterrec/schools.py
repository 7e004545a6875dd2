"""Schools by code and name: the vocabulary that the lists and the directory share."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Stage
from rosterrec.once import distinct, seldom
from rosterrec.words import first_match

_STAGE = {
    "九年一贯|一贯制": Stage.NINE_YEAR,
    "职业|中职|职高|职中|技校|技工|中专|卫校": Stage.VOCATIONAL,
    "特殊教育|特教|聋|盲": Stage.SPECIAL,
    "完全中学": Stage.JUNIOR,
    "高中|高级中学|一中$": Stage.SENIOR,
    "初中|初级中学|中学": Stage.JUNIOR,
    "小学|教学点|完小|中心校": Stage.PRIMARY,
}


def school_code(code: pl.Expr) -> pl.Expr:
    """A school code without blanks or a number's decimal point, upper case."""
    return seldom(code, lambda it: it.str.contains("^[0-9A-Z]+$"), _school_code)


def _school_code(code: pl.Expr) -> pl.Expr:
    folded = code.str.normalize("NFKC").str.replace_all(r"[\s'`]|\.0$", "").str.to_uppercase()
    return pl.when(folded.str.len_chars() > 0).then(folded)


def school_key(school: pl.Expr) -> pl.Expr:
    """A school's name folded for look-up: width and blanks, and the words that come and go.

    "澄溪县青溪镇中心小学" and "青溪镇中心小学" are one key: what lies above the town is left out.
    """
    return distinct(school, _school_key)


def _school_key(school: pl.Expr) -> pl.Expr:
    folded = school.str.normalize("NFKC").str.replace_all(r"[\s()（）\"'`]", "")
    short = folded.str.replace(r"^(?:[^省市县区]{1,8}省)?(?:[^省市县区]{1,8}市)?", "").str.replace(
        r"^[^省市县区镇乡]{1,8}(?:县|区)", ""
    )
    kept = pl.when(short.str.len_chars() >= 3).then(short).otherwise(folded)
    return kept.str.replace_many(
        ["初级中学", "高级中学", "第一", "第二"], ["初中", "高中", "一", "二"]
    )


def stage(text: pl.Expr, school: pl.Expr) -> pl.Expr:
    """The stage of a school by the directory's word for it, else by its name."""
    return pl.coalesce(first_match(text, _STAGE), first_match(school, _STAGE))
