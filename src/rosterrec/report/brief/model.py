"""What a brief is made of, apart from any file format. Every text in it is clean."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Control characters, halves of characters, and marks that reverse the direction of writing.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+"
)


def clean(words: str) -> str:
    """Text from a list on one line, without what a page could be made to misread."""
    return _UNSAFE.sub("", words.replace("\n", " ").replace("\t", " "))


@dataclass(frozen=True)
class Title:
    """The name of the whole."""

    text: str


@dataclass(frozen=True)
class Dateline:
    """The line under the title."""

    text: str


@dataclass(frozen=True)
class Heading:
    """The name of a part; level 2 or 3."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Item:
    """One point of a list."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table whose first column names its rows.

    Attributes:
        head: the headings.
        rows: cells as text, as many as there are headings.
        numeric: columns that are numbers.
        foots: the last row is the sum of those above.
        wide: too many columns for a page held upright.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    foots: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Series:
    """One colour of a chart: what it stands for and a value for each label."""

    name: str
    colour: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Bars:
    """Stacked horizontal bars.

    Attributes:
        told: the chart in a sentence or two, for whoever cannot see it.
        data: its numbers, unless a table beside it holds them.
    """

    caption: str
    told: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    data: Table | None = None


@dataclass(frozen=True)
class Progress:
    """A share over time: of each day numerator, denominator and the percentage as text."""

    caption: str
    told: str
    days: tuple[str, ...]
    shares: tuple[tuple[int, int, str], ...]
    data: Table | None = None


Block = Title | Dateline | Heading | Paragraph | Item | Table | Bars | Progress
