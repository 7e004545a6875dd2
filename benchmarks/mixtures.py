"""Small lists in six encodings and mixtures of them: right, refused or doubted, never mojibake.

    python -m benchmarks.mixtures [--files 3000] [--seed 1]

Each list has one to forty invented people, the mainland's or (in Big5) Taiwan's. Three in four are
mixed: a part continued in another encoding, one row, or one cell of it. Prints, by kind of mixture,
how many were read right, refused, doubted in all rows that are wrong, and how many were wrong
without a word; fails where a pure list is not read right without a doubt, or where more than one in
two hundred of a kind are silently wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import polars as pl

from rosterrec.data import table
from rosterrec.errors import InputError
from rosterrec.read import parse

DATA = Path(__file__).parent / "data"
SIX = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030", "big5")
KINDS = ("pure", "part", "row", "cell")
_MOST_SILENT = 0.005


class Made(NamedTuple):
    """A list: its rows as they should be read, its bytes, what it is, and in what."""

    rows: list[list[str]]
    data: bytes
    kind: str
    encodings: tuple[str, ...]


def _written(word: str, encoding: str) -> str:
    """The word as people write it who use that encoding: in Big5 in traditional characters."""
    if encoding != "big5":
        return word
    return "".join(c if _fits(c) else _TRADITIONAL.get(c, "大") for c in word)


def _fits(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


_TRADITIONAL = {new: old for old, new in table("variants").iter_rows() if _fits(old)}
_WORDS = {
    "身份证号": lambda c: f"34992120{c.randint(10, 18)}0225{c.randint(1000, 9999)}",
    "性别": lambda c: c.choice("男女"),
    "学校": lambda c: c.choice("青安明文新东西") + c.choice("溪山河") + c.choice(("小学", "中学")),
    "年级": lambda c: c.choice("一二三四五六") + "年级",
    "村": lambda c: c.choice("上中下新老大小高") + c.choice("溪坪塘坡岭湾桥") + "村",
    "序号": lambda c: str(c.randint(1, 99)),
}  # fmt: skip
_HEADINGS = (
    ("姓名", "身份证号", "学校", "年级"), ("序号", "姓名", "性别", "村", "监护人"),
    ("学校", "年级", "姓名", "监护人"), ("姓名", "村"),
)  # fmt: skip


def _table(name: str) -> pl.DataFrame:
    """A table of the invented counties: other names than the reader itself knows."""
    return pl.read_csv(DATA / f"{name}.tsv", separator="\t", comment_prefix="#", infer_schema=False)


_SURNAMES = _table("surnames").select("surname", pl.col("share").cast(pl.Float64))
_GIVEN = _table("given").filter(pl.col("use") == "child", pl.col("place") == "whole")["text"]


def _name(chance: random.Random) -> str:
    (surname,) = chance.choices(_SURNAMES["surname"], _SURNAMES["share"])
    given = chance.choice(_GIVEN)
    return surname + given[: chance.choice((1, 2, 2))]


def made(chance: random.Random) -> Made:
    """One list, pure or mixed."""
    headings = chance.choice(_HEADINGS)
    count = chance.choice((1, 1, 2, 3, 10, 40))
    plain = [list(headings)]
    plain += [[_WORDS.get(h, _name)(chance) for h in headings] for _ in range(count)]
    kind = chance.choice(KINDS)
    first, second = chance.sample(SIX, 2)
    foreign = _foreign(kind, plain, chance)
    delimiter = chance.choice(",\t;")
    rows = [
        [_written(w, second if (r, c) in foreign else first) for c, w in enumerate(row)]
        for r, row in enumerate(plain)
    ]
    mark = b"\xef\xbb\xbf" if first == "utf-8-sig" else b""
    data = mark + b"".join(
        _line(row, r, foreign, delimiter, first, second) for r, row in enumerate(rows)
    )
    return Made(rows, data, kind, (first,) if kind == "pure" else (first, second))


def _foreign(kind: str, rows: list[list[str]], chance: random.Random) -> set[tuple[int, int]]:
    """Which cells are in the second encoding."""
    at = chance.randrange(1, len(rows))
    if kind == "cell":
        words = [i for i, word in enumerate(rows[at]) if not word.isascii()]
        return {(at, chance.choice(words))}
    last = {"pure": 0, "row": at + 1, "part": len(rows)}[kind]
    return {(r, c) for r in range(at, last) for c in range(len(rows[0]))}


def _line(
    row: list[str], at: int, foreign: set[tuple[int, int]], delimiter: str, first: str, second: str
) -> bytes:
    """A row's bytes; what stands between cells, and ends the row, is as its first cell is."""
    used = [(second if (at, c) in foreign else first).removesuffix("-sig") for c in range(len(row))]
    whole = used[0] if len(set(used)) == 1 else first.removesuffix("-sig")
    cells = [word.encode(u) for word, u in zip(row, used, strict=True)]
    return delimiter.encode(whole).join(cells) + "\n".encode(whole)


def outcome(case: Made) -> str:
    """``right``, ``doubted``, ``silent``, or the refusal's code."""
    try:
        (found,), _, _ = parse("a.csv", case.data)
    except InputError as refused:
        return refused.code
    read = [[cell or "" for cell in row] for row in found.cells.drop("row").iter_rows()]
    if read == case.rows:
        return "right, doubted" if found.doubtful else "right"
    if not set(read[0]) & set(case.rows[0]):
        return "no heading known"  # refused when the headings are looked for
    if len(read) != len(case.rows):
        return "silent"
    pairs = enumerate(zip(read, case.rows, strict=True), 1)
    wrong = {number for number, (got, meant) in pairs if got != meant}
    return "doubted" if wrong <= set(found.doubtful) else "silent"


def main() -> None:
    """Print the counts."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--files", type=int, default=3000)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    counts = {kind: Counter[str]() for kind in KINDS}
    bad = 0
    for number in range(asked.files):
        case = made(random.Random(f"{asked.seed} {number}"))
        found = outcome(case)
        counts[case.kind][found] += 1
        if found == "silent" or (case.kind == "pure" and found != "right"):
            bad += 1
            print(number, case.kind, "+".join(case.encodings), found)
    for kind, found in counts.items():
        print(f"{kind}: {found.total()}; " + ", ".join(f"{k} {n}" for k, n in found.most_common()))
    silent = [found["silent"] > _MOST_SILENT * found.total() for found in counts.values()]
    pure = counts["pure"]
    sys.exit(any(silent) or pure["right"] < pure.total())


if __name__ == "__main__":
    main()
