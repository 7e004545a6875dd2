"""Fields of headings that no alias names: words around an alias, and slips of the hand.

What is left of a heading beside the alias must be harmless, word for word: a list of what may stand
there, since nobody can list what may not. So 学生身份证号 is the child's, 监沪人身份证号 nobody's.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA

from rosterrec.frames import Field
from rosterrec.read.headings import known_headings, may_be_the_childs, normalise

#: How sure a heading is that holds an alias among harmless words, and one a slip away from one.
IN_OTHER_WORDS, A_SLIP_AWAY = 0.9, 0.75
#: A slip in a shorter alias would make it another word.
_LEAST_FOR_SLIPS = 4

#: What says nothing but that the child is meant, or that a number is a number.
_CHILD = (
    "适龄|学龄|青少年|少年|儿童|幼儿|少儿|学生|孩子|小孩|子女|人员|本人|对象|被摸排|摸排|在校生|在读生|公民|居民|"
    "中国|大陆|全国|国家|中小学|正式|有效|真实|个人|基本|基础|信息|情况|第?二代|18位|十八位|号码|号|码|编号|"
    "的|全称|名称|现|原始"
)
#: What besides may stand around the words for a place, a school or a class.
_PLACE = (
    "户籍|户口|家庭|家|常住|居住|现居|所在|所属|具体|详细|目前|当前|现在|就读|在读|名|地|及|和|或|类别?|年月|填写|"
    "[/、,，;；()（）_-]|[123]"
)
#: Fields that decide who a child is.
_IDENTITY = frozenset(
    [Field.NAME, Field.FORMER_NAME, Field.ID, Field.STUDENT_NO, Field.BIRTH, Field.SEX,
     Field.DISABILITY_NO]
)  # fmt: skip
#: Fields whose headings name another person: the guard is not for them.
_OTHERS = frozenset(
    [Field.GUARDIAN, Field.GUARDIAN_2, Field.GUARDIAN_ID, Field.PHONE, Field.HOUSEHOLDER,
     Field.RELATION, Field.TEACHER]
)  # fmt: skip
#: Aliases too short or too common to be looked for inside other words.
_WHOLE_ONLY = frozenset(
    ["学生", "去向", "原因", "说明", "电话", "手机", "家长", "父亲", "母亲", "户主", "生日"]
)


@cache
def likely_fields(heading: str) -> tuple[tuple[Field, float], ...]:
    """Fields that a heading may mean, with how sure that is (0 to 1), the likeliest first."""
    text = normalise(heading)
    childs = may_be_the_childs(text)
    found: dict[Field, tuple[float, int]] = {}
    for alias, field in known_headings().items():
        if not childs and field not in _OTHERS:
            continue
        sure = _sure(text, alias, field)
        if sure:
            found[field] = max(found.get(field, (0.0, 0)), (sure, len(alias)))
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], -item[1][1]))
    return tuple((field, sure) for field, (sure, _) in ranked)


def _sure(text: str, alias: str, field: Field) -> float:
    if alias in text and alias not in _WHOLE_ONLY:
        around = text.replace(alias, "", 1)
        harmless = _CHILD if field in _IDENTITY else f"{_CHILD}|{_PLACE}"
        return IN_OTHER_WORDS if re.fullmatch(f"(?:{harmless})*", around) else 0.0
    return A_SLIP_AWAY if _a_slip_away(text, alias) else 0.0


def _a_slip_away(text: str, alias: str) -> bool:
    """One character wrong, missing, or changed for its neighbour; one too many is another word."""
    return (
        len(alias) >= _LEAST_FOR_SLIPS
        and len(alias) - 1 <= len(text) <= len(alias)
        and OSA.distance(text, alias, score_cutoff=1) <= 1
    )
