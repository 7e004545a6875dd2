"""The acceptance cases, each with people of its own whose ``case`` carries its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from . import fates, filings
from .chance import stream
from .ids import HOME, NEXT_DOOR, check_digit
from .people import Child, Enrolment, Fate, Home, Seat, Slip, Town
from .places import (
    JUNIOR,
    LIUHE_JUNIOR,
    NAMESAKE,
    PRIVATE,
    QINGXI,
    UNSENT,
    grade_text,
)

Row = dict[str, Any]
VILLAGE = "柏树坪村"
NO_FAMILY: Row = {"guardian": "", "father": "", "mother": "", "phone": ""}


class Cast:
    """Adds the people of the cases to the town, one by one."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.children: list[Child] = []

    def home(self, case: int, village: str = VILLAGE, family: str = "") -> Home:
        """A household for a case."""
        return self.town.household(stream("case home", case, len(self.children)), village, family)

    def add(
        self, case: int, name: str, born: str, sequence: int, home: Home | None = None, **more: Any
    ) -> Child:
        """A child of a case; the sequence code tells the sex."""
        birth = dt.datetime.strptime(born, "%Y%m%d").date()
        rng = stream("case", case, len(self.children))
        surname = more.pop("family", name[0])
        home = home or self.home(case, family=surname)
        number = self.town.ids.exact(more.pop("region", HOME), birth, sequence)
        suffix = "abcdef"[sum(c.case == case for c in self.children)]
        key, sex = f"c{case:02d}{suffix}", "男" if sequence % 2 else "女"
        given = {"name": name, "id": number, "case": case, **more}
        child = self.town.child(key, home, birth, sex, rng, **given)
        self.children.append(child)
        return child


def desk(child: Child, klass: int = 1) -> Seat:
    """The case's class at a home school."""
    return Seat(QINGXI if child.grade <= 6 else JUNIOR, child.grade, klass)


def settle(child: Child, fate: Fate, *slips: Slip) -> None:
    """What is true of the child, and what the lists have wrong."""
    child.fates.append(fate)
    child.slips.extend(slips)


def at_home(child: Child, *slips: Slip, **more: Any) -> None:
    """In class at a home school."""
    rng = stream("case fate", child.key)
    settle(child, fates.local(child, rng, place=more.pop("place", desk(child)), **more), *slips)


def only_roster(child: Child, *slips: Slip, **more: Any) -> None:
    """On a home roster that alone speaks for the child."""
    at_home(child, *slips, registry=(), flags=more.pop("flags", ("not_in_registry",)), **more)


def wrong(source: str, *flags: str, review: bool = False, **values: Any) -> Slip:
    """A mistake in one list."""
    return Slip(source, values, flags, review)


def build(town: Town) -> list[Child]:
    """Everyone of the cases, in the order of their numbers."""
    cast = Cast(town)
    parts: tuple[Callable[[Cast], None], ...] = (
        _numbers, _twins, _swaps, _damaged, _names, _namesakes, _registries, _ages, _writing,
        _births, _filings, _proofs,
    )  # fmt: skip
    for part in parts:
        part(cast)
    return cast.children


def _numbers(cast: Cast) -> None:
    one = cast.add(1, "许诺", "20130225", 40)
    wide = "`" + one.id.translate(str.maketrans("0123456789X", "０１２３４５６７８９×"))
    at_home(one, wrong("roster", name="许\u3000诺", id=wide))
    two = cast.add(2, "夏天", "20150303", 60)
    at_home(two, wrong("roster", id=""))
    three = cast.add(3, "沈悦", "20130704", 46)
    letter = wrong("roster", "temporary_number", id="", student_no="L349921201307044821")
    only_roster(three, letter)
    four = cast.add(4, "宋佳", "20150118", 22, resident=(False, False))
    no_id: Row = {"id": "", "id_type": "其他", "student_no": "J349921201501180010"}
    at_home(four, wrong("registry", **no_id), wrong("roster", **no_id))
    five = cast.add(5, "贾宁", "20120911", 88)
    at_home(five, wrong("registry", "id_old", student_no="G349921201209110867"))
    six = cast.add(6, "周子豪", "20160214", 33)
    at_home(six, wrong("registry", "id_invalid", id="349921201602140833"))
    seven = cast.add(7, "郑雅琪", "20130912", 28)
    at_home(seven, wrong("roster", "id_invalid", id="349921201390120288"))


def _twins(cast: Cast) -> None:
    home = cast.home(8, family="陈")
    settle(cast.add(8, "陈一鸣", "20150506", 11, home), Fate("not_found"))
    at_home(cast.add(8, "陈一鹤", "20150506", 13, home))
    home = cast.home(9, family="陈")
    first = cast.add(9, "陈一舟", "20150507", 11, home)
    only_roster(first, wrong("roster", name="陈一鹏", id="", student_no=""), review=True, flags=())
    settle(cast.add(9, "陈一航", "20150507", 13, home), Fate("not_found", review=True))


def _swaps(cast: Cast) -> None:
    for case, boy, girl in (
        (10, ("刘子轩", "20141102", 15), ("刘子萱", "20141102", 24)),
        (11, ("孙浩", "20120109", 17), ("孙婷", "20150721", 22)),
    ):
        home = cast.home(case, family=boy[0][0])
        pair = cast.add(case, *boy, home), cast.add(case, *girl, home)
        for child, other in (pair, pair[::-1]):
            taken: Row = {"id": other.id, "student_no": f"G{other.id}"}
            at_home(child, wrong("registry", "swapped_ids", review=True, **taken))


def _damaged(cast: Cast) -> None:
    for name, sequence in (("吴佳怡", 24), ("徐梦", 26)):
        child = cast.add(12, name, "20120305", sequence)
        cut = int(child.id[:15]) * 1000
        at_home(child, Slip("registry", {"id": cut}, ("id_damaged",), months=(0,)))
    short = cast.add(13, "吴欣怡", "20120306", 24)
    at_home(short, wrong("roster", "id_damaged", id=short.id[:15]))
    first17 = f"{HOME}19870214026"
    mother = first17 + check_digit(first17)
    for name, number in (("谢雨", "349921870214026"), ("谢晴", mother)):
        child = cast.add(14, name, "20130606", 80 if name == "谢雨" else 84)
        at_home(child, wrong("registry", "id_relative", id=number))


def _names(cast: Cast) -> None:
    at_home(cast.add(15, "张伟", "20130308", 31), wrong("registry", "name_variant", name="张玮"))
    alone = cast.add(16, "王梓涵", "20140601", 26)
    no_id: Row = {"id": "", "student_no": ""}
    strip: Row = {**no_id, **NO_FAMILY}
    only_roster(alone, wrong("roster", name="王子涵", **strip), review=True, flags=())
    exact = cast.add(17, "王子涵", "20140603", 28)
    other = cast.add(17, "王梓涵", "20140603", 26)
    only_roster(exact, wrong("roster", **no_id), flags=())
    settle(other, fates.outside(other, stream("case fate", other.key)))
    dialect = cast.add(18, "胡文静", "20131010", 42)
    at_home(dialect, wrong("registry", "name_variant", name="吴文静"))
    former = cast.add(19, "李思雨", "20131201", 20, former="王思雨")
    only_roster(former, wrong("roster", name="王思雨", **strip), review=True, flags=())


def _namesakes(cast: Cast) -> None:
    owner = cast.add(20, "赵磊", "20120617", 35)
    at_home(owner, wrong("registry", "shared_id"))
    stranger = cast.add(20, "赵雷", "20120617", 67, resident=(False, False))
    taken: Row = {"id": owner.id, "student_no": f"G{owner.id}"}
    settle(stranger, Fate("", registry=(Enrolment(Seat(LIUHE_JUNIOR, 7, 2)),)))
    stranger.slips.append(wrong("registry", **taken))
    twice = cast.add(21, "蒋涛", "20120823", 37)
    rows = (Enrolment(desk(twice)), Enrolment(Seat(PRIVATE, 7, 1)))
    at_home(twice, registry=rows, flags=("double_registry",))
    seated = cast.add(22, "王浩然", "20140909", 51)
    no_id: Row = {"id": "", "student_no": "", "village": "", **NO_FAMILY}
    only_roster(seated, wrong("roster", **no_id), review=True, flags=())
    settle(cast.add(22, "王浩然", "20140909", 73), Fate("not_found", review=True))
    home = cast.home(23, family="赵")
    other = cast.home(23, "高桥村", family="赵")
    other.mother, other.father = home.mother, home.father
    once = cast.add(23, "赵鑫磊", "20120618", 35, home)
    at_home(once, flags=("two_registrations",), review=True)
    again = cast.add(23, "赵鑫磊", "20120618", 35, other, region=NEXT_DOOR)
    settle(again, Fate("review", flags=("two_registrations",), review=True))


def _registries(cast: Cast) -> None:
    away = cast.add(24, "田甜", "20120405", 68)
    rows = (Enrolment(Seat(LIUHE_JUNIOR, 7, 1)),)
    at_home(away, registry=rows, flags=("not_in_registry",))
    ghost = cast.add(25, "金鑫", "20130912", 77)
    settle(ghost, Fate("not_found", registry=(Enrolment(desk(ghost)),), flags=("not_on_roster",)))
    home = cast.home(26, "云岭村", "金")
    unsent = cast.add(26, "金森", "20150312", 77, home)
    settle(unsent, fates.unsent(unsent, Seat(*UNSENT)))
    done = cast.add(27, "韩冰", "20090312", 29)
    row = Enrolment(Seat(JUNIOR, 9, 1), state="毕业", left="202406")
    settle(done, Fate("graduated", registry=(row,)))
    gone = cast.add(28, "杨帆", "20090520", 21)
    row = Enrolment(Seat(JUNIOR, 9, 1), state="辍学", left="202409")
    settle(gone, Fate("dropout", registry=(row,)))


def _ages(cast: Cast) -> None:
    settle(cast.add(29, "曹睿", "20180831", 11), Fate("not_found"))
    settle(cast.add(29, "彭程", "20180901", 13), Fate("not_yet_due"))
    early = cast.add(30, "董妍", "20181005", 22)
    at_home(early, place=Seat(QINGXI, 1, 1), flags=("underage",))
    later = cast.add(31, "袁野", "20180310", 15)
    settle(later, filings.deferred(later, stream("case fate", later.key)))


def _writing(cast: Cast) -> None:
    dotted = cast.add(32, "阿卜杜拉·买买提", "20140417", 55, family="买", ethnic="维吾尔族")
    heard: Row = {"name": "阿不都拉•麦麦提", "id": "", "student_no": ""}
    slips = wrong("registry", name="阿卜杜拉．买买提"), wrong("roster", review=True, **heard)
    at_home(dotted, *slips)
    rare = cast.add(33, "王䶮", "20150922", 57)
    alike = wrong("roster", review=True, name="王龑", id="", student_no="")
    at_home(rare, wrong("registry", "name_variant", name="王?"), alike)


def _births(cast: Cast) -> None:
    lunar = cast.add(34, "田恬", "20120405", 62)
    strip: Row = {"id": "", "student_no": "", **NO_FAMILY}
    only_roster(lunar, wrong("roster", birth=dt.date(2012, 3, 15), **strip), review=True, flags=())
    shifted = cast.add(35, "郑雅淇", "20130912", 24)
    early: Row = {"birth": dt.date(2013, 9, 11), "id": "", "student_no": ""}
    only_roster(shifted, wrong("roster", "birth_differs", guardian=shifted.home.mother, **early))


def _filings(cast: Cast) -> None:
    rng = stream("case filings")
    claimed = cast.add(36, "马超", "20110719", 19)
    paper = filings.paper("deceased", rng, document_no="", document_date="")
    row = (Enrolment(desk(claimed)),)
    flags = ("filing_undocumented",)
    settle(claimed, Fate("review", registry=row, filing=paper, flags=flags, review=True))
    taught = cast.add(37, "何静", "20140828", 48)
    settle(taught, fates.home_teaching(taught, rng, registry=(_home_taught(taught),)))
    severe = cast.add(38, "石磊", "20141224", 39)
    card = {**filings.certificate(severe, rng, 2), "disability_no": f"{severe.id}52"}
    card |= {"disability_kind": "智力", "id": f"{severe.id}52"}
    settle(severe, Fate("severe_disability", filing=card, flags=("propose_home_teaching",)))
    over = cast.add(44, "白露", "20130916", 64)
    settle(over, filings.suspension_over(over, rng))


def _home_taught(child: Child) -> Enrolment:
    return Enrolment(desk(child), mode="送教上门")


def _proofs(cast: Cast) -> None:
    rng = stream("case proofs")
    namesake = cast.add(39, "冯雨桐", "20140330", 44)
    told: Row = {"school": NAMESAKE.name, "school_code": NAMESAKE.code, "grade": grade_text(5)}
    told |= {"destination": "", "place": "", **fates.stamped(NAMESAKE.name, rng)}
    settle(namesake, Fate("outside", "held", ledger=told))
    stale = cast.add(40, "冯雨晴", "20140331", 46)
    told = {"proof": "是", "proof_date": dt.date(2023, 11, 8), "proof_type": "就读证明"}
    settle(stale, fates.outside_unproven(stale, rng, proof="expired", told=told))
    mixed = cast.add(41, "冯雨彤", "20140401", 48)
    named = fates.outside(mixed, rng).ledger or {}
    first17 = f"{NEXT_DOOR}20140401162"
    other = {**named, "id": first17 + check_digit(first17)}
    settle(mixed, Fate("review", ledger=other, flags=("id_conflict",), review=True))
    visitor = cast.add(42, "江一帆", "20150118", 61, region=NEXT_DOOR, resident=(False, False))
    at_home(visitor)
    home = cast.home(43, "三岔村", "罗")
    for name, born, sequence in (
        ("罗明月", "20110311", 42), ("罗明亮", "20121120", 33),
        ("罗明华", "20150622", 31), ("罗明珠", "20170809", 40),
    ):  # fmt: skip
        child = cast.add(43, name, born, sequence, home)
        refused = {"note": "家长拒绝提供证明"}
        settle(child, fates.outside_unproven(child, rng, told=refused))
