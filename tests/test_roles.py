"""What a list is for, told from the headings that other offices use."""

import datetime as dt
from pathlib import Path

import pytest

from rosterrec.errors import InputError
from rosterrec.frames import Role
from rosterrec.read.discover import discover
from rosterrec.read.roles import role_of
from rosterrec.settings import Settings

LISTS = {
    "脱贫户信息": (
        Role.WHEREABOUTS,
        "户编号 人编号 户类型 监测对象类别 姓名 证件类型 证件号码 与户主关系 文化程度 在校生状况 健康状况 义务教育阶段未上学原因",
    ),
    "疑似失学辍学台账": (
        Role.WHEREABOUTS,
        "序号 省 市 县 乡镇 姓名 性别 身份证件号 户籍地址 疑似辍学原因 核查结果 劝返责任人 佐证材料 是否销号",
    ),
    "Sheet1": (
        Role.FILING, "序号 姓名 性别 残疾人证号 残疾类别 残疾等级 监护人 联系电话 发证日期"
    ),
    "户籍": (Role.POPULATION, "户号 户主姓名 与户主关系 姓名 公民身份号码 曾用名 户籍地址 派出所"),
    "三(2)班": (Role.ROSTER, "班内编号 姓名 性别 身份证号 父亲姓名 母亲姓名 是否为住宿生"),
}  # fmt: skip


@pytest.mark.parametrize("sheet", LISTS)
def test_what_a_list_is_for(sheet: str) -> None:
    role, headings = LISTS[sheet]
    assert role_of(headings.split(), [sheet], sheet) is role


def flagged(**roles: str) -> Settings:
    """Settings with these files named by flags."""
    named = {Role(role): (pattern,) for role, pattern in roles.items()}
    return Settings(as_of=dt.date(2024, 10, 15), roles=named, typed_roles=frozenset(named))


def test_a_file_that_two_flags_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名\n王一\n", "utf-8")
    with pytest.raises(InputError) as refused:
        discover(tmp_path, flagged(population="a.csv", registry="a.csv"))
    assert refused.value.code == "two_roles"


def test_a_pattern_may_hold_a_file_that_another_flag_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名\n王一\n", "utf-8")
    assert discover(tmp_path, flagged(population="a.csv", registry="*.csv"))
