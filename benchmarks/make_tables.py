"""Rebuild the tables in ``data/`` from packages whose licences allow it.

    python -m benchmarks.make_tables

needs the packages of the dependency group ``bench-tables``. Running the benchmark does not.
"""

from __future__ import annotations

import importlib.util
import itertools
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from benchmarks import vogue

DATA = Path(__file__).parent / "data"
_ENGINE = Path(__file__).parent.parent / "src" / "rosterrec" / "data"
#: Shares of the five and of the hundred commonest surnames (全国姓名报告 2020 and 2019).
FIVE, HUNDRED = 0.308, 0.859
#: How many wrong characters a right one can turn into.
_MOST = 12
#: Pairs of sounds that dialects do not keep apart, as they stand in a reading.
_FUZZY = (
    ("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"), ("r", "l"),
    ("ang", "an"), ("eng", "en"), ("ing", "in"), ("hu", "wu"), ("huang", "wang"),
)  # fmt: skip

Alternatives = dict[str, set[str]]


def main() -> None:
    """Write the three tables."""
    surnames = _surnames()
    given = list(_given())
    _write(
        "surnames.tsv",
        "Faker 40.63 zh_CN (MIT), scaled to the name reports' 30.8 % and 85.9 %; compound by hand",
        ("surname", "share"),
        [(name, f"{share:.7f}") for name, share in surnames.items()],
    )
    _write(
        "given.tsv",
        "Own order after the name reports; parents Faker, tail mingzi 1.2.3 by jieba (MIT)",
        ("use", "sex", "place", "peak", "text", "weight"),
        given,
    )
    known = {c for name in surnames for c in name} | {
        c for row in given for c in row[4] if c > "一"
    }
    _write(
        "confusions.tsv",
        "e: src/rosterrec/data; i: pycorrector 1.1.4 (Apache-2.0), pywubi, pypinyin (MIT)",
        ("character", "kind", "source", "alternatives"),
        list(_confusions(known, _favour(given, surnames))),
    )


def _write(name: str, source: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    lines = [f"# {source}", "\t".join(head), *("\t".join(row) for row in rows)]
    (DATA / name).write_text("\n".join(lines) + "\n", "utf-8")


def _surnames() -> dict[str, float]:
    """Shares of surnames: Faker's, with the sums of the first five and hundred set right."""
    from faker.providers.person.zh_CN import Provider

    plain = sorted(Provider.last_names.items(), key=lambda item: (-item[1], item[0]))
    plain = [(name, share) for name, share in plain if len(name) == 1]
    compound = {name: thousands / 1.41e6 for name, thousands in vogue.COMPOUND.items()}
    wanted = (FIVE, HUNDRED - FIVE, 1 - HUNDRED - sum(compound.values()))
    shares: dict[str, float] = {}
    for part, total in zip((plain[:5], plain[5:100], plain[100:]), wanted, strict=True):
        whole = sum(share for _, share in part)
        shares |= {name: share / whole * total for name, share in part}
    return shares | compound


def _given() -> Iterable[tuple[str, ...]]:
    """Rows of ``given.tsv``: whole names, characters by place, the long tail, minority names."""
    for sex, by_year in vogue.CHILDREN.items():
        for peak, text in by_year.items():
            for rank, name in enumerate(text.split()):
                yield "child", sex, "whole", str(peak), name, f"{1 / (rank + 12):.5f}"
    for use, table in (("child", vogue.CHARACTERS), ("parent", vogue.PARENTS)):
        for (sex, place), text in table.items():
            ranked = enumerate(dict.fromkeys(text))
            yield from ((use, sex, place, "", c, f"{1 / (rank + 9):.5f}") for rank, c in ranked)
    yield from _faker_names()
    yield from _tail()
    for kind, text in (("rare", vogue.RARE), ("beyond", vogue.BEYOND)):
        yield from (("child", "", kind, "", character, "1") for character in text)
    for sex, text in vogue.MINORITY.items():
        yield from (("minority", sex, "whole", "", name, "1") for name in text.split())


def _faker_names() -> Iterable[tuple[str, ...]]:
    from faker.providers.person.zh_CN import Provider

    for sex, names in (("M", Provider.first_names_male), ("F", Provider.first_names_female)):
        for rank, name in enumerate(names):
            yield "parent", sex, "whole", "", name, f"{1 / (rank + 12):.5f}"


def _tail() -> Iterable[tuple[str, ...]]:
    """Characters that mingzi knows for a sex, common ones first, for the tail of both places."""
    import json

    path = Path(str(importlib.util.find_spec("mingzi").origin)).parent / "data.json"  # type: ignore[union-attr]
    data = json.loads(path.read_text("utf-8"))
    often = _corpus()
    for sex, key in (("M", "male_single"), ("F", "female_single")):
        ranked = sorted(set(data[key]), key=lambda c: (-often.get(c, 0), c))
        for rank, character in enumerate(c for c in ranked if often.get(c, 0) > 20):
            yield "child", sex, "tail", "", character, f"{1 / (rank + 60):.5f}"


def _corpus() -> dict[str, int]:
    """How often jieba's corpus has each character, over all its words."""
    path = Path(str(importlib.util.find_spec("jieba").origin)).parent / "dict.txt"  # type: ignore[union-attr]
    often: dict[str, int] = defaultdict(int)
    for line in path.read_text("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        for character in word:
            often[character] += int(count)
    return often


def _favour(given: list[tuple[str, ...]], surnames: dict[str, float]) -> dict[str, float]:
    """How readily a clerk thinks of a character: often in names, else often in text."""
    favour = {c: min(n, 10**6) / 10**8 for c, n in _corpus().items()}
    for use, _, _, _, text, weight in given:
        if use == "child":
            for c in text:
                favour[c] = favour.get(c, 0) + float(weight)
    for name, share in surnames.items():
        favour[name[0]] = favour.get(name[0], 0) + share
    return favour


def _confusions(known: set[str], favour: dict[str, float]) -> Iterable[tuple[str, ...]]:
    """Rows of ``confusions.tsv`` for every character that a name can have."""
    sound = {"e": _engine_sound(), "i": _corrector("same_pinyin.txt")}
    look = {"e": _engine_look(), "i": _merged(_corrector("same_stroke.txt"), _wubi(favour))}
    readings = _readings(set(favour))
    kinds = {("near", "i"): _near(readings), ("variant", "e"): _variants()}
    every = _merged(*look.values())
    for source in "ei":
        heard = {
            c: {o for o in others if readings.get(o, set()) & readings.get(c, set())}
            for c, others in sound[source].items()
        }
        kinds["both", source] = {c: o & every.get(c, set()) for c, o in heard.items()}
        kinds["sound", source] = {c: o - every.get(c, set()) for c, o in heard.items()}
        all_heard = _merged(heard)
        kinds["look", source] = {c: o - all_heard.get(c, set()) for c, o in look[source].items()}
    for (kind, source), table in sorted(kinds.items()):
        for c in sorted(known & set(table)):
            fit = [o for o in table[c] if o != c and (kind == "variant" or favour.get(o, 0) > 1e-5)]
            best = sorted(fit, key=lambda o: (-favour.get(o, 0), o))[:_MOST]
            if best:
                yield c, kind, source, "".join(best)


def _merged(*tables: Alternatives) -> Alternatives:
    found: Alternatives = defaultdict(set)
    for table in tables:
        for character, others in table.items():
            found[character] |= others
    return found


def _engine(name: str) -> list[list[str]]:
    lines = (_ENGINE / f"{name}.tsv").read_text("utf-8").splitlines()[2:]
    return [line.split("\t") for line in lines]


def _engine_sound() -> Alternatives:
    by_reading: Alternatives = defaultdict(set)
    for readings, characters in _engine("readings"):
        for reading in readings.split():
            by_reading[reading] |= set(characters)
    return _merged(
        *(dict.fromkeys(group, group) for group in by_reading.values() if len(group) < 400)
    )


def _engine_look() -> Alternatives:
    return _merged(*({row[0][0]: set(row[0][1:])} for row in _engine("lookalikes")))


def _variants() -> Alternatives:
    return _merged(*({to: {given}} for given, to in _engine("variants") if len(given) == 1))


def _corrector(name: str) -> Alternatives:
    """Confusion sets of pycorrector: a character and those that share its sound or its strokes."""
    path = Path(str(importlib.util.find_spec("pycorrector").origin)).parent / "data" / name  # type: ignore[union-attr]
    found: Alternatives = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        head, *rest = line.split("\t")
        group = "".join(rest)
        found[head] |= set(group)
        if name == "same_stroke.txt":
            for one, other in itertools.permutations(head + group, 2):
                found[one].add(other)
    return found


def _wubi(favour: dict[str, float]) -> Alternatives:
    """Characters whose four Wubi keys differ in one: a slip of the typist's finger."""
    from pywubi import wubi

    common = sorted(c for c, f in favour.items() if f > 2e-5 and "一" <= c <= "鿿")
    by_gap: Alternatives = defaultdict(set)
    for c in common:
        code = str(wubi(c)[0])
        if len(code) == 4:
            for at in range(4):
                by_gap[f"{code[:at]}_{code[at + 1 :]}"].add(c)
    return _merged(*(dict.fromkeys(group, group) for group in by_gap.values()))


def _readings(characters: set[str]) -> Alternatives:
    from pypinyin import Style, pinyin

    return {
        c: set(pinyin(c, style=Style.NORMAL, heteronym=True)[0])
        for c in characters
        if "㐀" <= c <= "鿿"
    }


def _near(readings: Alternatives) -> Alternatives:
    """Characters that dialects say alike though their readings differ."""
    by_reading: Alternatives = defaultdict(set)
    for c, own in readings.items():
        for reading in own:
            by_reading[reading].add(c)
    found: Alternatives = defaultdict(set)
    for reading, group in by_reading.items():
        others = set().union(*(by_reading.get(r, set()) for r in _slurred(reading)))
        for c in group:
            found[c] |= others
    return found


def _slurred(reading: str) -> set[str]:
    """Readings that the dialects' pairs of sounds make of one."""
    made = set()
    for one, other in (*_FUZZY, *((b, a) for a, b in _FUZZY)):
        initial = not one.endswith(("an", "ang", "en", "eng", "in", "ing")) or one in {"huang"}
        if initial and reading.startswith(one) and not reading.startswith(one + "h"):
            made.add(other + reading[len(one) :])
        if not initial and reading.endswith(one):
            made.add(reading[: -len(one)] + other)
    return made - {reading}


if __name__ == "__main__":
    main()
