"""Single cells of a text that may be in another encoding than the rest of it.

Nothing proves it of a short cell. But characters of names and places are nearly all common ones,
and what is read in the wrong encoding is mostly not; and where it is by chance, a name that begins
with no surname has turned into one that does. Of 91,450 different cells of an invented county nine
are doubted wrongly; of 4,000 names of two characters in Big5 within GB18030 six are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import polars as pl

from rosterrec.cells.eastern import BIG5, GB, is_name_of_newer_gb
from rosterrec.cells.surnames import COMMON, GIVEN, GIVEN_TRADITIONAL, RARER, TRADITIONAL

_UTF8, _LITTLE, _BIG = "utf-8", "utf-16-le", "utf-16-be"
#: In which other encodings a cell may be.
_OTHERS = {
    GB: (BIG5, _LITTLE, _BIG), BIG5: (GB, _LITTLE, _BIG, _UTF8), _UTF8: (GB, BIG5, _LITTLE, _BIG),
    _LITTLE: (_BIG, GB, BIG5, _UTF8), _BIG: (_LITTLE, GB, BIG5, _UTF8),
}  # fmt: skip
#: A cell is doubted that is so many times likelier in another encoding, as a logarithm to ten.
_DOUBTED = 1.2
#: A surname that the other encoding would lose, as a logarithm to ten.
_SURNAME = 2.5
#: How likely a character of its kind is in a list, as a logarithm to ten: the share of the kind
#: among all that is written, by how many there are of it.
_COMMON, _RARE, _SIGN, _NUMERAL, _RARER, _STRANGE, _PRIVATE, _NONE = (
    -3.6, -5.0, -4.5, -6.0, -7.0, -8.0, -9.0, -30.0,
)  # fmt: skip
_DIGIT, _ASCII, _LETTER = -1.5, -2.6, -4.5
#: Of those of names that only the newer GB has.
_NAME = -4.7
#: Big5 has more common characters, and fewer of its rare ones are met with.
_COMMON_BIG5, _RARE_BIG5 = -3.74, -5.6
_OF_NAMES = frozenset([_COMMON, _RARE, _NAME, _COMMON_BIG5, _RARE_BIG5])
_OF_LISTS = _OF_NAMES | {_DIGIT, _ASCII, _SIGN}
_MOST_CELLS = 50


def cells_in_doubt(text: str, used: str) -> frozenset[str]:
    """Cells, as they are read in that encoding, that may be in another one; the first fifty."""
    found: list[str] = []
    used = {"utf-8-sig": _UTF8, "utf-16": _LITTLE}.get(used, used)
    for end in "\r,\t;|":
        text = text.replace(end, "\n")
    for cell in _worth_a_look(text, used):
        if cell.isascii():
            doubted = _is_doubted_word(cell)
        else:
            doubted = any(_is_doubted(cell, used, other) for other in _OTHERS[used])
        if doubted or _CONTROL.search(cell):
            found.append(cell)
            if len(found) == _MOST_CELLS:
                break
    return frozenset(found)


def _worth_a_look(lines: str, used: str) -> list[str]:
    """Cells, one a line, that hold anything odd or could turn into a word; each once, in order."""
    cells = pl.Series([lines]).str.split("\n").explode(empty_as_null=True)
    found = cells.filter(cells.str.contains(_signs(used)))
    return found.unique(maintain_order=True).to_list()


@cache
def _signs(used: str) -> str:
    """The pattern of cells worth a look.

    They hold a control or a character that is odd in this encoding, or are short and without
    Chinese, or begin or end with what a word of the other encoding is read as.
    """
    plain = _class_of(c for c in _plain(used) if not c.isascii())
    signs = [_CONTROLS, f"[^\\x00-\\x7f{plain}]", _WORD]
    if turning := _turning(used):
        ends = "|".join(_class_of(word) for word in turning if len(word) == 2)
        signs += [f"^[{_class_of(word for word in turning if len(word) == 1)}]", f"(?:{ends})$"]
    return "|".join(signs)


def _class_of(characters: Iterable[str]) -> str:
    """Characters as a pattern has them between brackets, or one after another."""
    return "".join(f"\\x{{{ord(c):x}}}" if c.isascii() else c for c in characters)


@cache
def _plain(encoding: str) -> frozenset[str]:
    """Characters than which none is likelier: what is read as Unicode is no Chinese by chance."""
    digits = "0123456789()- /."
    if encoding == BIG5:
        return frozenset(digits + _chinese(0xA4, 0xC7, BIG5))
    if encoding == GB:
        return frozenset(digits + _chinese(0xB0, 0xD8, GB))
    more = "".join(map(chr, range(0x20, 0x7F))) + "·\ufeff"
    return frozenset(
        more + _chinese(0xA1, 0xA2, GB) + _chinese(0xA3, 0xA4, GB) + _chinese(0xB0, 0xF8, GB)
    )


def _chinese(first: int, after: int, encoding: str) -> str:
    pairs = (bytes([a, b]) for a in range(first, after) for b in range(0x40, 0xFF))
    known = (pair for pair in pairs if pair[1] > 0xA0 or encoding == BIG5)
    # Line ends keep what cannot be decoded from its neighbours, and all are decoded at once.
    found = b"\n".join(known).decode(encoding, "ignore").split("\n")
    return "".join(c for c in found if len(c) == 1 and not "\ue000" <= c <= "\uf8ff")


@cache
def _turning(used: str) -> frozenset[str]:
    """What surnames, sexes and endings of the other encoding are read as, where that is plain."""
    if used not in {GB, BIG5}:
        return frozenset()
    other = BIG5 if used == GB else GB
    words = (w.encode(other, "ignore") for w in (*_surnames(other), *_SEXES, *_ENDINGS))
    return frozenset(filter(None, (word.decode(used, "ignore") for word in words)))


def _is_doubted_word(cell: str) -> bool:
    """Whether a short word without Chinese would be a name, a sex or such in UTF-16."""
    if len(cell) not in _OF_WORDS or cell.isdecimal():
        return False
    every = (cell.encode().decode(wide, "replace") for wide in (_LITTLE, _BIG))
    odd = not cell.isalnum()
    return any(word in _SEXES or _is_name(word) or (odd and _is_common(word)) for word in every)


def _is_name(word: str) -> bool:
    return len(word) > 1 and word[0] in _SURNAMES and _GIVEN.issuperset(word[1:])


def _is_common(word: str) -> bool:
    return len(word) > 1 and all(_weight(c, _LITTLE) == _COMMON for c in word)


#: Lengths of one to three characters of UTF-16 read one byte at a time.
_OF_WORDS = frozenset([2, 4, 6])
_SEXES = frozenset("男女")
#: What many cells of lists end with, and hardly any by chance.
_ENDINGS = ("年级", "年級", "小学", "小學", "中学", "中學")
_SURNAMES = frozenset(COMMON + TRADITIONAL)
_CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
_CONTROL = re.compile(_CONTROLS)
#: A short word without Chinese.
_WORD = r"^(?:[\x00-\x7f]{2}){1,3}$"


def _is_doubted(cell: str, used: str, other: str) -> bool:
    cell = cell.strip(" \"'")
    try:
        meant = cell.encode(used).decode(other)
    except UnicodeError:
        return False
    if meant in _SEXES or meant.endswith(_ENDINGS):
        return cell not in _SEXES and not cell.endswith(_ENDINGS)
    own = [_weight(character, used) for character in cell]
    others = [_weight(character, other) for character in meant]
    if not {used, other} <= {GB, BIG5} and not _OF_LISTS.issuperset(others):
        return False
    surname, surname_there = cell[0] in _surnames(used), meant[0] in _surnames(other)
    lost = _SURNAME if surname and not surname_there else 0.0
    if sum(others) - sum(own) - lost > _DOUBTED:
        return True
    if not surname_there or not 2 <= len(meant) <= 4 or not _OF_NAMES.issuperset(others):
        return False
    return cell[0] not in _surnames(used, RARER) or _is_given(meant[1:], cell[1:])


def _is_given(meant: str, read: str) -> bool:
    return _GIVEN.issuperset(meant) and _GIVEN.isdisjoint(read)


_GIVEN = frozenset(GIVEN + GIVEN_TRADITIONAL)


@cache
def _surnames(encoding: str, more: str = "") -> frozenset[str]:
    every = frozenset(COMMON + TRADITIONAL + more)
    return frozenset(c for c in every if c.encode(encoding, "ignore"))


@cache
def _weight(character: str, encoding: str) -> float:
    """How likely the character is in a list in that encoding."""
    if " " <= character <= "~":
        return _DIGIT if character in "0123456789()- " else _ASCII
    if encoding == BIG5:
        return _in_big5(character.encode(BIG5, "ignore"))
    if encoding == GB:
        return _in_gb(character.encode(GB, "ignore"))
    return _in_unicode(character)


def _in_unicode(character: str) -> float:
    if "\u3400" <= character <= "\u9fff":
        told = max(_in_gb(character.encode(GB)), _in_big5(character.encode(BIG5, "ignore")))
        return max(told, _RARER)
    if "\ue000" <= character <= "\uf8ff" or not character.isprintable():
        return _PRIVATE
    if character < "\u1200":
        return _LETTER if character.isalpha() else _STRANGE
    chinese = character.encode("gb2312", "ignore")
    return _in_gb(chinese) if chinese else _STRANGE


def _in_gb(pair: bytes) -> float:
    if len(pair) != 2:
        return _RARER if pair else _NONE
    first, second = pair
    if second > 0xA0:
        return _in_gb2312(first, second)
    if is_name_of_newer_gb(pair):
        return _NAME
    if 0xA0 < first < 0xA8:
        return _PRIVATE
    return _STRANGE if first in {0xA8, 0xA9} else _RARER


def _in_gb2312(first: int, second: int) -> float:
    if 0xB0 <= first <= 0xD7:
        return _PRIVATE if first == 0xD7 and second > 0xF9 else _COMMON
    if 0xD8 <= first <= 0xF7:
        return _RARE
    if first < 0xA4:
        return _RARER if first < 0xA1 else _NUMERAL if first == 0xA2 else _SIGN
    return _STRANGE if first < 0xAA else _PRIVATE


def _in_big5(pair: bytes) -> float:
    if len(pair) != 2:
        return _NONE
    place = pair[0] << 8 | pair[1]
    if 0xA440 <= place <= 0xC67E:
        return _COMMON_BIG5
    if 0xC940 <= place <= 0xF9D5:
        return _RARE_BIG5
    return _SIGN if 0xA140 <= place <= 0xA3BF else _STRANGE
