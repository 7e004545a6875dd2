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
_VILLAGE = "石桥 枫香 高桥 柏树坪 竹林沟 三岔 大湾 云岭 新田 杨家 李家 河口"
VILLAGES = [f"{name}村" for name in _VILLAGE.split()]
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
_SENIOR = ("第一高级中学", "第二高级中学", "职业中学")


@dataclass(frozen=True)
class Places:
    """The county's schools, numbered: four to a township, then the senior ones.

    Attributes:
        towns: names.
        directory: code, name, stage, town and county of every school and of the neighbour's.
        classes: classes to a grade of a primary and of a junior school.
    """

    towns: list[str]
    directory: pl.DataFrame
    classes: tuple[int, int]

    def school(self, town: Ints, village: Ints, grade: Ints) -> Ints:
        """The school of a place and grade."""
        primary = PER_TOWN * town + village % len(_PRIMARY)
        return np.where(grade <= 6, primary, PER_TOWN * town + len(_PRIMARY))

    def seniors(self) -> range:
        """Numbers of the senior and vocational schools."""
        first = PER_TOWN * len(self.towns)
        return range(first, first + len(_SENIOR))


def lay_out(plan: Plan) -> Places:
    """Names for everything, drawn once a county."""
    chance = plan.chance("places")
    stems = np.array([a + b for a in dict.fromkeys(_FRONT) for b in dict.fromkeys(_BACK) if a != b])
    stems = chance.permutation(stems)[: plan.towns]
    towns = [
        f"{stem}{'乡' if odd else '镇'}"
        for stem, odd in zip(stems, chance.random(len(stems)) < 0.25, strict=True)
    ]
    rows: list[tuple[str, str, str, str]] = []
    for stem, town in zip(stems, towns, strict=True):
        rows += [(f"{stem}{kind}", "小学", town, COUNTY) for kind in _PRIMARY]
        rows.append((f"{stem}初级中学", "初级中学", town, COUNTY))
    rows += [
        (f"{COUNTY}{kind}", "中等职业学校" if "职" in kind else "高级中学", "城关街道", COUNTY)
        for kind in _SENIOR
    ]
    codes = [f"{COUNTY_CODE * 10_000 + n}" for n in range(1, len(rows) + 1)]
    # The neighbour has schools of the same names: only their codes tell them apart.
    beside = [(name, stage, "麦田镇", NEIGHBOUR) for name, stage, *_ in rows[:: 4 * 7]]
    codes += [f"{NEIGHBOUR_CODE * 10_000 + n}" for n in range(1, len(beside) + 1)]
    per_grade = plan.natives / plan.towns / 10
    directory = pl.DataFrame(
        [(code, *row) for code, row in zip(codes, rows + beside, strict=True)],
        schema=["学校标识码", "学校名称", "办学类型", "所属镇街", "所属县区"],
        orient="row",
    )
    return Places(towns, directory, (max(1, round(per_grade / 150)), max(1, round(per_grade / 50))))
