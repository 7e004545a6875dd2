"""What a sheet is for, told from its headings, its title and its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rosterrec.frames import Field, Role
from rosterrec.read.headings import field_of, normalise

#: Words in headings that speak for a role, with their weight.
_HEADINGS: dict[Role, tuple[tuple[str, int], ...]] = {
    Role.POPULATION: (
        ("与户主关系", 3), ("户号", 2), ("^户主", 2), ("派出所", 3), ("迁来", 3), ("公民身份号码", 2),
        ("^户籍", 1), ("曾用名", 1), ("注销", 1),
    ),
    Role.REGISTRY: (
        ("学籍状态|学生当前状态", 4), ("学籍接续标识", 4), ("学籍号|学籍主号", 1), ("^学校标识码", 1),
        ("就读方式", 2), ("入学年月", 2), ("成员1", 2), ("身份证件", 1), ("学生来源", 2),
    ),
    Role.ROSTER: (("班内|座号|^学号", 3), ("班主任", 2), ("^班级|^班号|^班别", 2), ("住宿", 1)),
    Role.WHEREABOUTS: (
        ("去向", 4), ("取证", 4), ("就读(地|省)", 3), ("劝返", 3), ("(联系|走访)次数", 2), ("未入学|失学|辍学", 3),
        ("证明单位|证明编号|证明类型", 2), ("包保|核查", 1),
        ("户类型|脱贫|监测对象|边缘易致贫|人编号", 4), ("在校生(状况|情况)", 3),
    ),
    Role.FILING: (
        ("备案", 4), ("文号", 3), ("残疾.*证号", 5), ("残疾(等级|类别)", 2), ("有效期", 2), ("(休学|延缓)", 3),
        ("批准|审批", 2), ("情形", 2),
    ),
    Role.SCHOOLS: (("办学类型|学校类型", 4), ("学段", 1), ("^学校(名称)?$", 2), ("^学校(标识码|代码)", 2), ("所属|所在", 1)),
}  # fmt: skip
#: The same for titles, file and sheet names.
_NAMES: dict[Role, tuple[tuple[str, int], ...]] = {
    Role.POPULATION: (("户籍|人口|公安|常住|police|population", 4),),
    Role.REGISTRY: (("学籍|registry", 4),),
    Role.ROSTER: (("花名册|名册|roster|班.{0,6}学生", 4), ("班$", 1)),
    Role.WHEREABOUTS: (
        ("摸排|取证|去向|控辍|辍学|台账|脱贫|监测户|监测对象|建档立卡|贫困|whereabouts|ledger", 4),
    ),
    Role.FILING: (("备案|残疾|死亡|失踪|空挂|休学|延缓|filing", 4),),
    Role.SCHOOLS: (("学校(名录|目录|一览|名单|代码)|school", 4),),
}
#: A class as the name of a sheet; a bare number or a year ("1", "2024年10月") says nothing.
_CLASS = re.compile(r"^(?!\d+$|\d{4}年)[一二三四五六七八九初高\d][\w.年级()（）]*班?$")
_LEAST = 3


def scores(headings: Iterable[str], titles: Iterable[str], sheet: str) -> dict[Role, int]:
    """How much speaks for each role; a list of persons cannot be the school directory."""
    texts = [normalise(h) for h in headings]
    words = list(titles)
    found = {
        role: sum(weight for pattern, weight in table if any(re.search(pattern, t) for t in texts))
        + sum(weight for pattern, weight in _NAMES[role] if any(_said(pattern, w) for w in words))
        for role, table in _HEADINGS.items()
    }
    if _CLASS.match(sheet.strip()):
        found[Role.ROSTER] += 3
    if any(field_of(t) is Field.NAME for t in texts):
        found[Role.SCHOOLS] = 0
    else:
        found[Role.SCHOOLS] += 3
    return found


def judged(
    headings: Iterable[str], titles: Iterable[str], sheet: str, role: Role
) -> tuple[tuple[str, ...], Role | None]:
    """The words that speak for a role, headings before names, and the role that came second."""
    heads, words = list(headings), list(titles)
    patterns = [pattern for pattern, _ in _HEADINGS[role]]
    names = [pattern for pattern, _ in _NAMES[role]]
    why = [h for h in heads if any(re.search(p, normalise(h)) for p in patterns)]
    # Of a title only the word itself: a teacher's name may stand beside it.
    found = (re.search(p, w, re.IGNORECASE) for p in names for w in words)
    why += [match.group() for match in found if match]
    rest = {r: n for r, n in scores(heads, words, sheet).items() if r is not role}
    second = max(rest, key=lambda r: rest[r])
    return tuple(dict.fromkeys(why)), second if rest[second] else None


def _said(pattern: str, words: str) -> bool:
    return re.search(pattern, words, re.IGNORECASE) is not None


def role_of(headings: Iterable[str], titles: Iterable[str], sheet: str) -> Role | None:
    """The one role with most on its side; None where none has enough, or two are level."""
    ranked = sorted(scores(headings, titles, sheet).items(), key=lambda item: -item[1])
    (best, most), (_, next_) = ranked[0], ranked[1]
    return best if most >= _LEAST and most > next_ else None
