"""How a name is shown, folded for comparison, taken apart and masked."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

import polars as pl

from rosterrec.data import table
from rosterrec.once import once, seldom

_INVISIBLE: Final = r"[\p{Cf}\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}\x{3164}\x{2800}]"
_BLANK: Final = r"[\s\p{Cc}]+"
_DOTS: Final = r"\s*[·•‧・⋅∙▪●。]\s*"
#: What stands for a character that a system could not write; folded to one ``?``.
_HOLES: Final = r"□■◻▢☐○◯*＊\p{Co}\p{Cn}\x{FFFD}"
#: A rare character told by its parts (石+羡, ⿰石羡).
_DESCRIBED: Final = r"\(?(?:\p{Han}\+\p{Han}|[⿰-⿻]\p{Han}{2,3})\)?"
_REMARK: Final = rf"\s*[(\[【〔][^+⿰-⿻?{_HOLES})\]】〕]*(?:[)\]】〕]|$)"
_NO_NAME: Final = "[无無]|[暂暫][无無]|不详|未知|没有|空|待定|未取名|无名|(?i:null|none|n/a|na)"
_NOBODY: Final = rf"^(?:{_NO_NAME}|[^\p{{L}}?{_HOLES}]*)$"

#: A name as nine in ten lists write it: nothing to fold but variant characters.
_PLAIN: Final = r"^[\x{4E00}-\x{9FFF}]{2,4}$"
_PLAIN_NOBODY: Final = [
    "暂无", "暫无", "暂無", "暫無", "不详", "未知", "没有", "待定", "未取名", "无名",
]  # fmt: skip

_COMPOUND: Final = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|宇文|长孙|司空|"
    "轩辕|独孤|南宫|拓跋|闻人|澹台|公冶|宗政|濮阳|淳于|单于|太叔|申屠|仲孙|钟离|鲜于|"
    "闾丘|亓官|司寇|子车|颛孙|巫马|公西|漆雕|乐正|壤驷|公良|夹谷|宰父|谷梁|段干|百里|"
    "东郭|南门|呼延|羊舌|微生|梁丘|左丘|东门|西门|万俟|赫连|第五|公羊|完颜|富察|叶赫|"
    "纳兰|耶律|达奚|贺兰|哥舒|即墨|公输|沮渠|綦毋|褚师"
)
_FAMILY: Final = (
    rf"^(?:({_COMPOUND})[\p{{Han}}?{_HOLES}]{{1,2}}|(\p{{Han}})[\p{{Han}}?{_HOLES}]{{0,3}})$"
)


def display(text: pl.Expr) -> pl.Expr:
    """A name as a person sees it: width folded, nothing invisible, no remarks; null for none.

    Spaces go except between Latin words; middle dots become U+00B7 (``domain.md`` 1.2). Remarks in
    brackets such as (大) or (双胞胎), numbers, and one letter after a Chinese name are left out;
    a rare character told by its parts in brackets stays.
    """
    return seldom(text, _plain, _display)


def _plain(text: pl.Expr) -> pl.Expr:
    return text.str.contains(_PLAIN) & ~text.is_in(_PLAIN_NOBODY)


def _display(text: pl.Expr) -> pl.Expr:
    spaced = text.str.normalize("NFKC").str.replace_all(_INVISIBLE, "")
    plain = spaced.str.replace_all(_BLANK, " ").str.replace_all(_REMARK, "")
    dotted = plain.str.replace_all(r"(\p{Han})\s*\.\s*", "${1}·").str.replace_all(_DOTS, "·")
    joined = dotted.str.replace_all(rf"([\p{{Han}}?{_HOLES}])\s+", "${1}").str.replace_all(
        rf"\s+([\p{{Han}}?{_HOLES}])", "${1}"
    )
    bare = joined.str.replace(r"^[0-9]+[.、)]?\s*(\p{L})", "${1}")
    marked = bare.str.replace(r"(\p{Han})(?:[0-9]+|[A-Za-z])$", "${1}")
    shown = marked.str.strip_chars(" '`\"·,;:，；、")
    return once(shown, lambda it: pl.when(~it.str.contains(_NOBODY)).then(it))


def key(text: pl.Expr) -> pl.Expr:
    """A name folded for comparison: ``display``, simplified, without dots, spaces and diacritics.

    Traditional and variant characters are folded one by one, so that a name never depends on its
    neighbours; surnames that one family writes both ways (付 and 傅) count as variants. Whatever
    stands for a character that could not be written becomes ``?``, and so does pinyin in its place.
    Null if no letter is left.
    """
    return seldom(text, _usual, lambda it: seldom(it, _plain, _key, easy=_simplified))


def _usual(text: pl.Expr) -> pl.Expr:
    """A plain name of characters that are folded to none other."""
    return _plain(text) & ~text.str.contains(_foldable())


@cache
def _foldable() -> str:
    return f"[{''.join(c for c in _folds() if not c.isascii())}]"


def _simplified(text: pl.Expr) -> pl.Expr:
    """Each character folded."""
    return text.map_batches(_folded, return_dtype=pl.String, is_elementwise=True)


def _folded(texts: pl.Series) -> pl.Series:
    """The same, looking for characters that occur: a search for all of them is slow to set up."""
    folds, written = _folds(), set(texts.str.join("").item())
    occurring = {character: folds[character] for character in written & folds.keys()}
    return texts.str.replace_many(occurring) if occurring else texts


def _key(text: pl.Expr) -> pl.Expr:
    holes = _display(text).str.replace_all(_DESCRIBED, "?").str.replace_all(f"[{_HOLES}]", "?")
    letters = _simplified(holes).str.replace_all(r"[^\p{L}〇?]", "")
    spelt = letters.str.replace_all(r"(\p{Han})[A-Z]{2,}", "${1}?")
    plain = spelt.str.replace(r"(\p{Han})[A-Z]$", "${1}")
    nobody = rf"{_NOBODY}|^\?*$"
    return once(plain, lambda it: pl.when(~it.str.contains(nobody)).then(it))


@cache
def _folds() -> dict[str, str]:
    """Variant to usual character, and Latin letters to capitals without diacritics."""
    latin = {}
    for code in [*range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        plain = unicodedata.normalize("NFKD", chr(code)).upper()
        latin[chr(code)] = "".join(c for c in plain if not unicodedata.combining(c))
    variants = table("variants")
    return {**latin, **dict(zip(variants["from"], variants["to"], strict=True))}


def surname(name: pl.Expr) -> pl.Expr:
    """The family name, one character or a compound one (欧阳), of a folded or shown name.

    Null for names with a middle dot, of more than four characters or in Latin letters: their first
    part is the person's own.
    """
    parts = name.str.extract_groups(_FAMILY).struct
    return pl.coalesce(parts.field("1"), parts.field("2"))


def given(name: pl.Expr) -> pl.Expr:
    """What follows the family name; the whole name without dots where there is none."""
    return seldom(name, _has_short_family, lambda it: once(it, _given), easy=_after_first)


def _has_short_family(name: pl.Expr) -> pl.Expr:
    return name.str.contains(_PLAIN) & ~name.str.contains(rf"^(?:{_COMPOUND})")


def _after_first(name: pl.Expr) -> pl.Expr:
    return name.str.slice(1)


def _given(name: pl.Expr) -> pl.Expr:
    family = surname(name)
    rest = pl.when(family.is_null()).then(name.str.replace_all("·", "", literal=True))
    after = rest.otherwise(name.str.strip_prefix(family))
    return once(after, lambda it: pl.when(it != "").then(it))


def mask(name: pl.Expr) -> pl.Expr:
    """A name as circulated sheets may show it: 张*伟, 张*, 欧阳*, 阿卜杜拉·* (``domain.md`` 6).

    Of a name without a family name, such as one in Latin letters, the first character stays.
    """
    return once(name, _masked)


def _masked(name: pl.Expr) -> pl.Expr:
    parts = name.str.extract_groups(_FAMILY).struct
    compound, single = parts.field("1"), parts.field("2")
    return (
        pl.when(name.str.contains(r"^[^·]+·"))
        .then(name.str.replace("·.*$", "·*"))
        .when(compound.is_not_null())
        .then(pl.concat_str(compound, pl.lit("*")))
        .when(single.is_not_null() & (name.str.len_chars() >= 3))
        .then(name.str.replace("^(.).+(.)$", "${1}*${2}"))
        .otherwise(name.str.replace("^(.).*$", "${1}*"))
    )
