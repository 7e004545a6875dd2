"""What goes wrong with the names of a list."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks import tables
from benchmarks.ids import Ints
from benchmarks.people import Bools
from benchmarks.sheet import Sheet
from benchmarks.tables import Confusion, confusion
from benchmarks.text import WIDTH, Points, lengths, points, strings
from benchmarks.vogue import TRANSLITERATION

#: Half of the wrong characters come from tables the engine does not read; some kinds have only one.
_INDEPENDENT = 0.5
_SOURCES = {"near": "i", "variant": "e"}
_SURNAME_WEIGHT = 0.15
_WRONG = {
    "name_homophone": "sound",
    "name_near_homophone": "near",
    "name_look_alike": "look",
    "name_homophone+name_look_alike": "both",
    "name_variant": "variant",
}
_PLACEHOLDERS = "??□□□*"


def spoil(sheet: Sheet, hits: dict[str, Ints]) -> None:
    """Write the wrong names and mark the rows."""
    for kind, table in _WRONG.items():
        _wrong(sheet, hits[kind], kind, table)
    _former(sheet, hits["name_former"])
    _character_missing(sheet, hits["name_char_missing"])
    _placeholder(sheet, hits["name_placeholder"])
    _transliteration(sheet, hits["name_transliteration"])


def _points(sheet: Sheet, rows: Ints) -> Points:
    """The names of the rows as they stand in the list now."""
    return points(sheet.name.gather(rows), WIDTH)


def _write(sheet: Sheet, rows: Ints, names: Points, kind: str) -> None:
    sheet.overwrite("name", rows, strings(names))
    sheet.mark(rows, kind)


def _wrong(sheet: Sheet, rows: Ints, kind: str, table: str) -> None:
    """One character replaced by one of the table, drawn from either source of tables.

    Where the source that was drawn knows no character of the name, the other one serves.
    """
    chance = sheet.chance(kind)
    drawn = np.where(chance.random(len(rows)) < _INDEPENDENT, "i", "e")
    done = np.zeros(len(rows), np.bool_)
    for choice in (drawn, np.where(drawn == "i", "e", "i")):
        for source in _SOURCES.get(table, "ie"):
            at = np.flatnonzero(~done & (choice == source))
            done[at] = _replaced(sheet, rows[at], kind, confusion(table, source), chance)


def _replaced(
    sheet: Sheet, rows: Ints, kind: str, table: Confusion, chance: np.random.Generator
) -> Bools:
    """Replace a character of each name that the table knows; where it did."""
    names = _points(sheet, rows)
    at = np.searchsorted(table.known, names).clip(0, len(table.known) - 1)
    weight = chance.random(names.shape) * (table.known[at] == names)
    weight[:, 0] *= _SURNAME_WEIGHT
    every, place = np.arange(len(rows)), weight.argmax(axis=1)
    fits = np.asarray(weight[every, place] > 0)
    every, place = every[fits], place[fits]
    entry = at[every, place]
    # The square draws the favourite confusions oftener.
    option = (chance.random(len(every)) ** 2 * table.count[entry]).astype(np.int64)
    names[every, place] = table.options[entry, option]
    _write(sheet, rows[fits], names[fits], kind)
    return fits


def _former(sheet: Sheet, rows: Ints) -> None:
    """The other parent's surname."""
    people = sheet.county.people
    at = np.cumsum(people.had_former) - 1
    _write(sheet, rows, people.former[at[sheet.person[rows]]], "name_former")


def _character_missing(sheet: Sheet, rows: Ints) -> None:
    names = _points(sheet, rows)
    long = lengths(names) >= 3
    rows, names = rows[long], names[long]
    drop = 1 + sheet.chance("name_char_missing").integers(0, 2, len(rows))
    column = np.arange(WIDTH - 1)
    shifted = np.take_along_axis(names, column + (column >= drop[:, None]), axis=1)
    _write(sheet, rows, shifted, "name_char_missing")


def _placeholder(sheet: Sheet, rows: Ints) -> None:
    names = _points(sheet, rows)
    place = sheet.county.people.rare[sheet.person[rows]]
    odd = np.concatenate([tables.given("child", "", k).texts.ravel() for k in ("rare", "beyond")])
    every = np.arange(len(rows))
    still = np.isin(names[every, place], odd)
    sign = points(_PLACEHOLDERS, 1).ravel()
    drawn = sign[sheet.chance("name_placeholder").integers(0, len(sign), len(rows))]
    names[every, place] = np.where(still, drawn, names[every, place])
    _write(sheet, rows[still], names[still], "name_placeholder")


def _transliteration(sheet: Sheet, rows: Ints) -> None:
    """One sound of a dotted name written with another character."""
    names = _points(sheet, rows)
    chance = sheet.chance("name_transliteration")
    other: dict[int, int] = {}
    for group in TRANSLITERATION.split():
        for here, there in zip(group, group[1:] + group[0], strict=True):
            other.setdefault(ord(here), ord(there))
    known = np.array(sorted(other), np.uint32)
    turned = np.array([other[int(c)] for c in known], np.uint32)
    at = np.searchsorted(known, names).clip(0, len(known) - 1)
    weight = chance.random(names.shape) * (known[at] == names)
    every, place = np.arange(len(rows)), weight.argmax(axis=1)
    fits = weight[every, place] > 0
    names[every[fits], place[fits]] = turned[at[every[fits], place[fits]]]
    _write(sheet, rows[fits], names[fits], "name_transliteration")


def loosen(sheet: Sheet) -> None:
    """What is no error: other dots in dotted names, a blank in names of two characters."""
    chance = sheet.chance("loose")
    draw = pl.Series(chance.random(len(sheet)))
    frame = pl.DataFrame({"name": sheet.name, "draw": draw})
    name, blank = pl.col("name"), pl.lit("\u3000")
    sheet.name = frame.select(
        pl.when(name.str.contains("·") & (pl.col("draw") < 0.3))
        .then(name.str.replace("·", "•"))
        .when(name.str.contains("·") & (pl.col("draw") < 0.45))
        .then(name.str.replace("·", "．"))
        .when(
            (name.str.len_chars() == 2) & (pl.col("draw") < 0.04) & pl.lit(sheet.source == "roster")
        )
        .then(name.str.head(1) + blank + name.str.tail(1))
        .otherwise(name)
    ).to_series()
