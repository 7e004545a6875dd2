"""GB18030 or Big5: told apart by which of their pairs of bytes each uses for common characters.

Big5 keeps its common characters in A4 to C6, half of them with a second byte below A1, where GB
has kana, symbols, nothing, or rare characters. GB keeps half of its common ones from C9 on, where
Big5 has its rare ones. So every pair speaks for one of the two, and a few words are enough.
"""

from __future__ import annotations

import re
from functools import cache

from rosterrec.errors import InputError

GB, BIG5 = "gb18030", "big5hkscs"
#: So much of a text is always looked at.
SAMPLE = 256 * 1024
#: A text is taken for one of the two where the sum of what its pairs say passes this.
_SURE = 4.0
#: A cell or line proves that the other encoding is in a text where its sum passes this; GB has
#: rare characters of names where Big5 has common ones, so that more is needed there.
_PROOF = {GB: 8.0, BIG5: 5.5}
#: Lines whose sum passes the first prove it where they are more than this share.
_HINT, _MANY = 4.0, 0.02

#: Words of headings, each of which speaks for its encoding.
_WORDS = {
    GB: ["姓名", "性别", "年级", "班级", "学校", "身份证", "证件", "出生", "户"],
    BIG5: ["姓名", "性別", "年級", "班級", "學校", "身份證", "身分證", "證件", "出生", "戶"],
}
_WORD = 4.0

#: One character of four bytes (GB alone) or of two.
PAIR = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_LINE = re.compile(rb"[^\r\n]+")
#: What stands between marks that are no second byte of a pair.
_CELL = re.compile(rb'[^,\t;"]+')
#: Characters of names that only the newer GB has, and which stand where Big5 has common ones.
_NAMES = frozenset(
    c.encode("gb18030")
    for c in "玥珺瑄喆堃垚祎珵琋瑀玙璟玚珅珒珝琁琎琤瑆瑨璠璪璿畯皞禛禔翃翛翯堉媖媞婳嫚彧"
)


def encoding_of_eastern(name: str, data: bytes) -> str:
    """Which of the two a text is in, that is neither UTF-8 nor UTF-16.

    Raises:
        InputError: ``encoding_unclear``.
    """
    head = data[:SAMPLE]
    head = head[: head.rfind(b"\n") + 1] or head
    pairs = PAIR.findall(head)
    weight = sum(map(_says_big5, pairs)) + _WORD * (_words(head, BIG5) - _words(head, GB))
    if weight > _SURE and _decodes(head, BIG5):
        return BIG5
    if weight < -_SURE or not _decodes(head, BIG5):
        return GB
    raise InputError("encoding_unclear", file=name)


def refuse_other(name: str, data: bytes, used: str, lines: int = 0) -> None:
    """Refuse a text in one of the two, of which a part is in the other, after so many lines.

    Raises:
        InputError: ``encoding_mixed`` with the first such line.
    """
    hints: list[int] = []
    seen = 0
    for line in _LINE.finditer(data):
        if line.group().isascii():
            continue
        seen += 1
        weight = _says_other(line.group(), used)
        if weight > _HINT:
            hints.append(line.start())
        if weight > _PROOF[used]:
            seen = 0
            break
    if hints and (not seen or len(hints) > max(2.0, seen * _MANY)):
        at = lines + data.count(b"\n", 0, hints[-1 if not seen else 0]) + 1
        raise InputError("encoding_mixed", file=name, line=at)


def _says_other(line: bytes, used: str) -> float:
    """The most that a line, or a cell of it, says for the other encoding."""
    sign = 1.0 if used == GB else -1.0
    cells = [sign * sum(map(_says_big5, PAIR.findall(cell))) for cell in _CELL.findall(line)]
    return max(sum(cells), *cells) if cells else 0.0


def is_suspect(text: bytes) -> bool:
    """Whether a text in UTF-8, read as GB, holds what Big5 becomes by that: kana, Greek, private.

    Quick, so that a million lines need not be looked at cell by cell.
    """
    return any(lead in text for lead in _LEADS) or (
        b"\xe3" in text and any(kana in text for kana in _KANA)
    )


_LEADS = tuple(bytes([lead]) for lead in (0xCE, 0xCF, 0xD0, 0xD1, 0xEE))
_KANA = tuple(b"\xe3" + bytes([second]) for second in (0x81, 0x82, 0x83, 0x84))


def _words(head: bytes, encoding: str) -> int:
    return sum(word.encode(encoding) in head for word in _WORDS[encoding])


@cache
def _says_big5(pair: bytes) -> float:
    """How much likelier a character is in Big5 than in GB, as a logarithm."""
    first, second = pair[0], pair[1]
    if len(pair) == 4 or 0x7F < second < 0xA1:
        return -6.0  # no Big5 at all
    if first < 0xA1:
        return -4.0  # of the newer GB; of Big5 only what Hong Kong added
    if first < 0xA4:
        return 0.0  # punctuation of both
    if first > 0xC8:
        return -2.7 if second > 0xA0 else 0.5
    if first > 0xC6:
        return -3.9 if second > 0xA0 else 0.5
    if second < 0xA1:
        return 0.5 if pair in _NAMES else 4.5
    return 4.9 if first < 0xB0 else -0.45


def is_name_of_newer_gb(pair: bytes) -> bool:
    """Whether a pair is a character of names that only the newer GB has."""
    return pair in _NAMES


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
