"""Townships, villages and schools of a county that does not exist, and of the one beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.ids import Ints
from benchmarks.plan import COUNTY, COUNTY_CODE, Plan

NEIGHBOUR, NEIGHBOUR_CODE = "霁川县", 349929
_FRONT = "青柳白石龙双大金云清长高永新古三东西南北红黄黑银玉天太平安福凤竹松桃杏梅荷兰菊麻茶桥沙泉"
_BACK = "溪河沙桥泉山坪岭坝湾塘沟岗源江湖滩垭坳林田口店集渡关坡寨堡洲洞井潭港浦屯庄里冲畈圩墩堰涧"
#: Villages to a township.
VILLAGES = 12
#: Cities in which families that went away work.
CITIES = [
    "广东省广州市",
    "广东省深圳市",
    "广东省东莞市",
    "浙江省宁波市",
    "浙江省温州市",
    "江苏省苏州市",
    "上海市浦东新区",
    "福建省泉州市",
]
_PRIMARY = ("中心小学", "第二小学", "希望小学")
PER_TOWN = len(_PRIMARY) + 1
#: One senior or vocational school to so many townships, three at least.
_TOWNS_TO_SENIOR = 8


@dataclass(frozen=True)
class Places:
    """The county's schools, numbered: four to a township, then the senior ones.

    Attributes:
        towns: names.
        villages: names, twelve after twelve for the townships.
        directory: code, name, stage, town and county of every school and of the neighbour's.
        classes: classes to a grade of a primary and of a junior school.
    """

    towns: list[str]
    villages: list[str]
    directory: pl.DataFrame
    classes: tuple[int, int]

    def school(self, town: Ints, village: Ints, grade: Ints) -> Ints:
        """The school of a place and grade."""
        primary = PER_TOWN * town + village % len(_PRIMARY)
        return np.where(grade <= 6, primary, PER_TOWN * town + len(_PRIMARY))

    def village(self, town: Ints, village: Ints) -> pl.Series:
        """Names of villages; neighbouring townships have none in common."""
        return pl.Series(self.villages).gather((VILLAGES * town + village) % len(self.villages))

    def seniors(self) -> range:
        """Numbers of the senior and vocational schools."""
        first = PER_TOWN * len(self.towns)
        return range(first, first + _seniors(len(self.towns)))


def _seniors(towns: int) -> int:
    return max(3, towns // _TOWNS_TO_SENIOR)


def lay_out(plan: Plan) -> Places:
    """Names for everything, drawn once a county."""
    chance = plan.chance("places")
    stems = [a + b for a in dict.fromkeys(_FRONT) for b in dict.fromkeys(_BACK) if a != b]
    drawn = chance.permutation(np.array(stems))
    villages = [f"{stem}村" for stem in chance.permutation(np.array(stems))]
    towns = [
        f"{stem}{'乡' if odd else '镇'}"
        for stem, odd in zip(drawn[: plan.towns], chance.random(plan.towns) < 0.25, strict=True)
    ]
    per_grade = plan.natives / plan.towns / 10
    classes = (max(1, round(per_grade / 150)), max(1, round(per_grade / 50)))
    return Places(towns, villages, _directory(towns), classes)


def _directory(towns: list[str]) -> pl.DataFrame:
    """The school directory, in the order of the schools' numbers; the neighbour's come last."""
    rows: list[tuple[str, str, str, str]] = []
    for town in towns:
        rows += [(f"{town[:-1]}{kind}", "小学", town, COUNTY) for kind in _PRIMARY]
        rows.append((f"{town[:-1]}初级中学", "初级中学", town, COUNTY))
    for n in range(1, _seniors(len(towns)) + 1):
        kind, name = ("中等职业学校", "职业中学") if n % 3 == 0 else ("高级中学", "高级中学")
        rows.append((f"{COUNTY}第{_numeral(n)}{name}", kind, "城关街道", COUNTY))
    codes = [f"{COUNTY_CODE * 10_000 + n}" for n in range(1, len(rows) + 1)]
    # The neighbour has schools of the same names: only their codes tell them apart.
    beside = [(name, stage, "麦田镇", NEIGHBOUR) for name, stage, *_ in rows[:: 7 * PER_TOWN]]
    codes += [f"{NEIGHBOUR_CODE * 10_000 + n}" for n in range(1, len(beside) + 1)]
    return pl.DataFrame(
        [(code, *row) for code, row in zip(codes, rows + beside, strict=True)],
        schema=["学校标识码", "学校名称", "办学类型", "所属镇街", "所属县区"],
        orient="row",
    )


def _numeral(n: int) -> str:
    """A number below 1,000 digit by digit, as 一〇二."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(n))
