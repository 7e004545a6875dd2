"""The field a heading names, once it is folded; whoever it speaks of besides the child is kept apart."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rosterrec.frames import Field, Role
from rosterrec.read.aliases import ALIASES, BY_ROLE, OF_NO_USE

#: Words for people who stand beside the child: what belongs to them is never the child's.
_RELATIVE = re.compile(
    r"成员\d|户主|监护|护人|父亲|母亲|父母|生父|生母|继父|继母|养父|养母|爸爸|妈妈|家长|配偶|祖父|祖母|爷爷|奶奶|"
    r"外公|外婆|姥|兄弟|姐妹|哥哥|弟弟|抚养人|赡养|照料人|看护|代理人|被委托人|受委托|亲属|联系人|紧急联系"
)
#: The same, garbled: one character of such a word is lost or wrong (监沪人, 父新, 户王, ?护人).
_PERHAPS_RELATIVE = re.compile(
    r"[父母爸妈爷奶祖婆舅姑姨叔伯婶兄弟姐妹哥嫂夫妻媳婿]|[监盐临].?人|监|户[主王丰玉生宝注](?!籍)|家[^庭乡里]|成员|联.人|"
    r"(?<!本)(?<!残疾)(?<!证)(?<!查)(?<!排)人$"
)
#: Others on a list whose name or number stands there for another reason.
_OFFICIAL = re.compile(
    r"教师|老师|主任|校长|园长|负责|责任|干部|填[表报写]|审[核批]|经办|登记人|录入|采集人|调查|核[查实对]|包保|帮[扶包]|"
    r"劝返|证明人|申请人|签[字名]|接收|单位|开户|账户|持卡|银行"
)
_NUMBER_OF = re.compile("身份|证件|公民|证号|户口簿号码")
_NAME_OF = re.compile("姓名|名字|名称")
_PHONE_OF = re.compile("电话|手机|联系方式")
_HINT = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\]]*\]|【[^】]*】|<[^<>]*>")


@cache
def normalise(heading: str) -> str:
    """A heading for comparison: width folded, without blanks, stars, hints and closing colons."""
    text = unicodedata.normalize("NFKC", heading).translate(_INVISIBLE)
    bare = _HINT.sub("", text)
    kept = bare if re.sub(r"[\s*★☆:：]", "", bare) else text
    return re.sub(r"[\s*★☆]|[:：]+$|^\d{1,2}[.、)]", "", kept).lower()


_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])


@cache
def known_headings() -> dict[str, Field]:
    """Every alias that means the same on all lists, folded, and its field."""
    return {normalise(a): field for field, aliases in ALIASES.items() for a in aliases.split()}


def speaks_of_relative(heading: str) -> bool:
    """Whether a heading is about a parent, a guardian, a householder or a contact."""
    return _RELATIVE.search(normalise(heading)) is not None


def may_be_the_childs(heading: str) -> bool:
    """Whether nothing in a heading hints at another person, even one that is spelt wrongly."""
    text = normalise(heading)
    return not any(p.search(text) for p in (_RELATIVE, _PERHAPS_RELATIVE, _OFFICIAL))


def is_of_no_use(heading: str) -> bool:
    """Whether a heading is understood and nothing is asked of it: 序号, 籍贯, 学籍辅号."""
    return re.fullmatch(OF_NO_USE, normalise(heading), re.IGNORECASE) is not None


@cache
def field_of(heading: str, role: Role | None = None) -> Field | None:
    """The field a heading names, on a list of that role.

    A guardian's or householder's number can never be taken for the child's: any heading that
    speaks of a relative and of an ID is ``guardian_id``, and one of a relative and a name is the
    guardian's.
    """
    text = normalise(heading)
    if _RELATIVE.search(text) and _NUMBER_OF.search(text):
        return None if "类型" in text else Field.GUARDIAN_ID
    by_role = BY_ROLE.get(role, {}) if role else {}
    return by_role.get(text) or known_headings().get(text) or _of_relative(text)


def _of_relative(text: str) -> Field | None:
    """What a heading says of a relative beyond the common aliases: 监护人2姓名, 家长信息手机."""
    if not _RELATIVE.search(text) or re.search("关系|单位|职业|职务|学历|民族|户口", text):
        return None
    if _PHONE_OF.search(text):
        return Field.PHONE
    if not _NAME_OF.search(text) or re.search("联系|委托", text):
        return None
    if "户主" in text:
        return Field.HOUSEHOLDER
    return Field.GUARDIAN_2 if re.search("2|二|母", text) else Field.GUARDIAN
