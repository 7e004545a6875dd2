"""A sheet as plain rows of text with what is known of its cells: what a child process sends."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

#: A spreadsheet keeps 15 significant digits; a longer number has lost its end.
LONGEST_EXACT = 1e15
#: Columns that a spreadsheet has at most: what is wider is none, and would cost a gigabyte.
WIDEST = 16_384
#: What stands between cells and between rows on the way; no cell holds them (``pack`` sees to it).
CELL, ROW = "\x1f", "\x1e"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL_ANYWHERE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1d]")
_BATCH = 5_000


@dataclass
class Page:
    """One sheet.

    Attributes:
        sheet: its name; "" where the format has none.
        rows: text cells, "" where empty; rows may be shorter than others.
        rounded: per column, rows (from 1) that hold a number of 16 digits or more.
        uncalculated: per column, rows with a formula that was never worked out.
        errors: how many cells hold an error value.
        hidden: the sheet is hidden.
        hidden_rows: rows that are hidden or filtered away, from 1.
        hidden_columns: columns that are hidden, from 0.
        merged: merged ranges as (first row, first column, last row, last column), rows from 1.
        notes: codes of what a person should know, ``finding.<code>``.
    """

    sheet: str
    rows: list[list[str]] = field(default_factory=list)
    rounded: dict[int, list[int]] = field(default_factory=dict)
    uncalculated: dict[int, list[int]] = field(default_factory=dict)
    errors: int = 0
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    width: int = 0
    packed: bytes = b""

    def pack(self, rows: Iterable[list[str]] | None = None, width: int | None = None) -> Page:
        """The page with its rows as bytes, every row of the same width, control characters gone.

        Where the width is known, rows are taken a few thousand at a time and not all held.
        """
        held = iter(self.rows if rows is None else rows)
        if width is None:
            every = list(held)
            held, width = iter(every), max(map(len, every), default=0)
        self.width = width
        packed = bytearray()
        while batch := list(islice(held, _BATCH)):
            packed += self._packed(batch)
        self.packed = bytes(packed)
        self.rows = []
        return self

    def _packed(self, rows: list[list[str]]) -> bytes:
        text = ROW.join([*(_line(row, self.width) for row in rows), ""])
        ends = text.count(CELL) == len(rows) * self.width and text.count(ROW) == len(rows)
        if not ends or _CONTROL_ANYWHERE.search(text):
            if "control_characters" not in self.notes:
                self.notes.append("control_characters")
            clean = [[_CONTROL.sub("", cell) for cell in row] for row in rows]
            text = ROW.join([*(_line(row, self.width) for row in clean), ""])
        return text.encode("utf-8", "replace")

    def facts(self) -> dict[str, Any]:
        """What the parent is told beside the rows."""
        facts = asdict(self)
        del facts["rows"], facts["packed"]
        return facts | {"size": len(self.packed)}


def _line(row: list[str], width: int) -> str:
    """A row with a mark in front, so that an empty one is still a row."""
    return CELL.join([".", *row, *[""] * (width - len(row))])


def page_of(facts: dict[str, Any], packed: bytes) -> Page:
    """The page that ``facts`` and the bytes beside them describe."""
    known = {key: value for key, value in facts.items() if key != "size"}
    for key in ("rounded", "uncalculated"):
        known[key] = {int(column): rows for column, rows in known[key].items()}
    known["merged"] = [tuple(each) for each in known["merged"]]
    return Page(**known, packed=packed)


def text_of(value: Any) -> str:
    """A typed cell as text without damage: whole numbers without a point, dates as ISO."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return digits(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def digits(number: float) -> str:
    """A number as a spreadsheet would show it in full, without a point where it is whole.

    Of a long number the shortest digits that mean the same double, then zeros: what was typed, as
    far as it was kept, rather than the double's own tail (349921201203050000, not ...049984).
    """
    if abs(number) < LONGEST_EXACT and number == int(number):
        return str(int(number))
    if not math.isfinite(number) or number != int(number):
        return repr(number)
    return f"{Decimal(repr(number)):.0f}"


def column_number(letters: str) -> int:
    """A column's letters as its place from 0: A 0, Z 25, AA 26."""
    place = 0
    for each in letters:
        place = place * 26 + ord(each) - 64
    return place - 1


def column_letters(place: int) -> str:
    """A column's place from 0 as its letters."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
