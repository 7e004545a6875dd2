"""Two records side by side on the screen, the characters in which they differ marked."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from rosterrec.report.masking import (
    masked_date,
    masked_name,
    masked_names,
    masked_number,
    masked_phone,
)
from rosterrec.screen.terminal import safe

if TYPE_CHECKING:
    import rich.console
    import rich.text

    from rosterrec.report.beside import Beside
    from rosterrec.screen.console import Console

#: From so many cells on, two numbers stand unbroken beside each other; below, one under the other.
_ROOMY = 58
_MARK = "bold reverse"
Row = dict[str, Any]


class Line(NamedTuple):
    """A field of both records as shown, and where what is shown differs.

    Attributes:
        sign: "=" the same, "≠" different, " " missing on one side.
    """

    key: str
    left: str
    right: str
    sign: str
    marks: tuple[frozenset[int], frozenset[int]]


def lines(pair: Beside, console: Console, *, reveal: bool) -> list[Line]:
    """The fields that either record has, masked unless asked otherwise."""
    found = []
    for key, left, right, shown in _fields(pair.left, pair.right, console):
        if not (left or right):
            continue
        own, other = (left, right) if reveal else (shown(left, right), shown(right, left))
        marks = _marks((left, right), (own, other)) if left and right else (frozenset(),) * 2
        sign = " " if not (left and right) else "=" if left == right else "≠"
        found.append(Line(key, safe(own or ""), safe(other or ""), sign, marks))
    return found


def show_pair(
    screen: rich.console.Console, pair: Beside, console: Console, *, reveal: bool
) -> None:
    """Draw the two records; on a narrow screen one below the other, field by field."""
    from rich.table import Table

    told = lines(pair, console, reveal=reveal)
    sources = [console.say(f"role.{place.source}") for place in pair.places()]
    if screen.width >= _ROOMY:
        table = Table(box=None, pad_edge=False, padding=(0, 1))
        table.add_column("", style="dim", no_wrap=True)
        for header in (sources[0], "", sources[1]):
            table.add_column(header, overflow="fold")
        for line in told:
            ends = (_marked(line.left, line.marks[0]), _marked(line.right, line.marks[1]))
            table.add_row(console.say(f"column.{line.key}"), ends[0], line.sign, ends[1])
        screen.print(table)
        return
    for line in told:
        screen.print(f"{line.sign} {console.say(f'column.{line.key}')}", style="dim")
        for words, marks in zip((line.left, line.right), line.marks, strict=True):
            screen.print(_marked(f"    {words or '-'}", frozenset(at + 4 for at in marks)))


def _fields(left: Row, right: Row, console: Console) -> Iterator[tuple[Any, ...]]:
    """Key, both values and how each is masked beside the other."""
    comma = console.say("word.comma")

    def values(of: Row) -> dict[str, str | None]:
        sex, born = of["sex"], of["birth"]
        grade = of["grade"] and console.say("explain.grade", n=of["grade"])
        room = of["class_name"] and console.say("explain.class_name", n=of["class_name"])
        return {
            "name": of["name"],
            "id_number": of["id"] or of["id_text"] or of["student_no"],
            "birth_date": born.isoformat() if born else of["birth_month"],
            "sex": sex and console.say(f"sex.{sex}"),
            "guardians": (of["guardians"] or "").replace("|", comma) or None,
            "phone": of["phone"], "household": of["household"], "village": of["village"],
            "school": of["school"],
            "class_name": " ".join(part for part in (grade, room) if part) or None,
        }  # fmt: skip

    masks = {
        "name": lambda it, _: masked_name(it),
        "id_number": masked_number,
        "birth_date": lambda it, _: masked_date(it),
        "guardians": lambda it, _: it and comma.join(
            (masked_names("|".join(it.split(comma))) or "").split("|")
        ),
        "phone": lambda it, _: masked_phone(it),
        "household": masked_number,
    }  # fmt: skip
    one, other = values(left), values(right)
    for key, value in one.items():
        yield key, value, other[key], masks.get(key, lambda it, _: it)


def _marks(
    whole: tuple[str, str], shown: tuple[str | None, str | None]
) -> tuple[frozenset[int], frozenset[int]]:
    """Where each differs from the other; nothing where masking changed what stands where."""
    parts = ("", "") if None in shown else shown
    if any(len(part or "") != len(value) for part, value in zip(parts, whole, strict=True)):
        return frozenset(), frozenset()
    marks: tuple[set[int], set[int]] = (set(), set())
    for what, i, j, k, m in SequenceMatcher(None, *whole, autojunk=False).get_opcodes():
        if what != "equal":
            marks[0].update(range(i, j))
            marks[1].update(range(k, m))
    return frozenset(marks[0]), frozenset(marks[1])


def _marked(words: str, marks: frozenset[int]) -> rich.text.Text:
    from rich.text import Text

    text = Text(overflow="fold")
    for at, character in enumerate(words):
        text.append(character, _MARK if at in marks else "")
    return text
