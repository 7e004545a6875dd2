"""What goes wrong with the ID numbers of a list."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks import ids
from benchmarks.ids import Ints
from benchmarks.plan import COUNTY_CODE
from benchmarks.sheet import Sheet

Bytes = npt.NDArray[np.uint8]
Change = Callable[[Bytes, np.random.Generator], Bytes]

#: Rows whose student number is built on the right ID though the ID cell is empty, and on the wrong
#: number where that is what was typed; the rest have a temporary number or none.
_RECOVERABLE, _SAME_WRONG = 0.3, 0.6
#: Of relatives' numbers, those of brothers and sisters, and of the parents' those of mothers.
_SIBLINGS, _MOTHERS = 0.45, 0.65
#: The area code that the county had before it was renamed; old numbers begin with it.
_FORMER_CODE = 349930


def spoil(sheet: Sheet, hits: dict[str, Ints]) -> None:
    """Write the wrong numbers and mark the rows."""
    _missing(sheet, hits["id_missing"])
    _typed(sheet, hits["id_slip"], "id_slip", _slip)
    _typed(sheet, hits["id_transposed"], "id_transposed", _transposed)
    _relative(sheet, hits["id_relative"])
    _typed(sheet, hits.get("id_rounded", np.empty(0, np.int64)), "id_rounded", _rounded)
    _typed(sheet, hits["id_truncated"], "id_truncated", _truncated)
    _fifteen(sheet, hits["id_fifteen"])
    _other_document(sheet, hits["id_other_document"])
    _swapped(sheet, hits["id_swapped_with_sibling"])
    _old(sheet, hits["id_old"])


def _characters(sheet: Sheet, rows: Ints) -> Bytes:
    return ids.characters(sheet.county.people.id17[sheet.person[rows]])


def _texts(characters: Bytes) -> pl.Series:
    width = characters.shape[1]
    flat = np.ascontiguousarray(characters).view(f"S{width}").ravel()
    return pl.Series(flat.astype(f"U{width}").tolist(), dtype=pl.String)


def _temporary(sheet: Sheet, rows: Ints, chance: np.random.Generator) -> pl.Series:
    """Student numbers of pupils without an ID: L with four free digits, J with a check digit."""
    birth = ids.eight(sheet.county.people.birth[sheet.person[rows]])
    first17 = COUNTY_CODE * 10**11 + birth * 1000 + chance.integers(1, 1000, len(rows))
    free = pl.Series(first17).cast(pl.String) + pl.Series(chance.integers(0, 10, len(rows))).cast(
        pl.String
    )
    frame = pl.DataFrame({"j": ids.text(first17), "l": free, "u": chance.random(len(rows))})
    return frame.select(
        pl.when(pl.col("u") < 0.4)
        .then("L" + pl.col("l"))
        .when(pl.col("u") < 0.7)
        .then("J" + pl.col("j"))
    ).to_series()


def _missing(sheet: Sheet, rows: Ints) -> None:
    chance = sheet.chance("missing")
    lost = rows[chance.random(len(rows)) >= _RECOVERABLE]
    sheet.overwrite("student", lost, _temporary(sheet, lost, chance))
    sheet.overwrite("id", rows, pl.Series([None] * len(rows), dtype=pl.String))
    sheet.mark(rows, "id_missing")


def _typed(sheet: Sheet, rows: Ints, kind: str, change: Change) -> None:
    """Numbers changed character by character; where nothing changes nothing is marked."""
    right = _characters(sheet, rows)
    wrong = _texts(change(right.copy(), sheet.chance(kind)))
    changed = (wrong != sheet.id.gather(rows)).to_numpy() if len(rows) else np.empty(0, np.bool_)
    rows, wrong = rows[changed], wrong.filter(pl.Series(changed, dtype=pl.Boolean))
    sheet.overwrite("id", rows, wrong)
    also = sheet.chance(f"{kind} student").random(len(rows)) < _SAME_WRONG
    both = also & (wrong.str.len_chars() == 18).to_numpy()
    sheet.overwrite("student", rows[both], "G" + wrong.filter(pl.Series(both, dtype=pl.Boolean)))
    sheet.mark(rows, kind)


def _slip(numbers: Bytes, chance: np.random.Generator) -> Bytes:
    """One character replaced by another digit."""
    at = chance.integers(0, 18, len(numbers))
    rows = np.arange(len(numbers))
    old = numbers[rows, at]
    digit = np.where(
        old == ord("X"),
        chance.integers(0, 10, len(numbers)),
        (old - 48 + chance.integers(1, 10, len(numbers))) % 10,
    )
    numbers[rows, at] = digit + 48
    return numbers


def _transposed(numbers: Bytes, chance: np.random.Generator) -> Bytes:
    """Two different neighbours exchanged; the area code, which everybody knows, seldom."""
    prefer = np.r_[np.full(6, 0.2), np.ones(11)]
    weight = chance.random((len(numbers), 17)) * prefer
    weight[numbers[:, 1:] == numbers[:, :-1]] = 0
    at, rows = weight.argmax(axis=1), np.arange(len(numbers))
    left = numbers[rows, at].copy()
    numbers[rows, at], numbers[rows, at + 1] = numbers[rows, at + 1], left
    return numbers


def _rounded(numbers: Bytes, _: np.random.Generator) -> Bytes:
    """Fifteen digits kept, then zeros; numbers with an X stay text and come through whole."""
    rows = np.flatnonzero(numbers[:, 17] != ord("X"))
    numbers[np.ix_(rows, np.arange(15, 18))] = 48
    return numbers


def _truncated(numbers: Bytes, chance: np.random.Generator) -> Bytes:
    """The last one to four characters lost."""
    keep = chance.integers(14, 18, len(numbers))
    numbers[np.arange(18) >= keep[:, None]] = 0  # NumPy drops zeros at the end of a text
    return numbers


def _relative(sheet: Sheet, rows: Ints) -> None:
    chance = sheet.chance("id_relative")
    people, homes = sheet.county.people, sheet.county.homes
    person = sheet.person[rows]
    home = people.home[person]
    children = homes.children[home]
    step = 1 + chance.integers(0, 1_000_000, len(rows)) % np.maximum(children - 1, 1)
    sibling = homes.first[home] + (person - homes.first[home] + step) % children
    twin = people.twin[person]
    sibling = np.where((twin >= 0) & (chance.random(len(rows)) < 0.7), twin, sibling)
    parent = np.where(
        chance.random(len(rows)) < _MOTHERS, homes.mother_id[home], homes.father_id[home]
    )
    use = (children > 1) & (chance.random(len(rows)) < _SIBLINGS)
    sibling = np.where(use, sibling.clip(0, len(people) - 1), 0)
    sheet.overwrite("id", rows, ids.text(np.where(use, people.id17[sibling], parent)))
    sheet.mark(rows, "id_relative")


def _fifteen(sheet: Sheet, rows: Ints) -> None:
    """A parent's old number: no century, no check character."""
    home = sheet.county.people.home[sheet.person[rows]]
    parent = sheet.county.homes.mother_id[home]
    old = parent // 10**11 * 10**9 + parent % 10**9
    sheet.overwrite("id", rows, pl.Series(old).cast(pl.String))
    sheet.mark(rows, "id_fifteen")


def _other_document(sheet: Sheet, rows: Ints) -> None:
    chance = sheet.chance("id_other_document")
    letter = pl.Series(chance.choice(list("EGHRT"), len(rows)).tolist(), dtype=pl.String)
    digits = pl.Series(chance.integers(10**8, 10**9, len(rows))).cast(pl.String)
    sheet.overwrite("id", rows, letter + digits)
    sheet.overwrite("student", rows, _temporary(sheet, rows, chance))
    sheet.mark(rows, "id_other_document")


def _swapped(sheet: Sheet, rows: Ints) -> None:
    """Two children of a household, each with the other's number."""
    people = sheet.county.people
    order = np.lexsort((np.arange(len(sheet)), sheet.person))
    home = people.home[sheet.person[order]]
    at = np.empty(len(sheet), np.int64)
    at[order] = np.arange(len(sheet))
    # The neighbour in household order, behind where there is one, else before.
    here = at[rows]
    behind = (here + 1).clip(0, len(sheet) - 1)
    other = np.where(home[behind] == home[here], behind, (here - 1).clip(0))
    fits = (home[other] == home[here]) & (sheet.person[order[other]] != sheet.person[rows])
    one, two = rows[fits], order[other[fits]]
    # Nobody swaps twice, or after another slip; half the draws do, as each spoils two rows.
    names, total = np.unique(np.r_[one, two], return_counts=True)
    twice = names[total > 1]
    once = ~np.isin(one, twice) & ~np.isin(two, twice) & (sheet.mask[two] == 0)
    kept = sheet.chance("id_swapped").permutation(np.flatnonzero(once))[: (len(rows) + 1) // 2]
    one, two = one[kept], two[kept]
    rows = np.r_[one, two]
    sheet.overwrite("id", rows, ids.text(people.id17[sheet.person[np.r_[two, one]]]))
    sheet.mark(rows, "id_swapped_with_sibling")


def _old(sheet: Sheet, rows: Ints) -> None:
    """A student number built on a number that the police have since replaced."""
    right = sheet.county.people.id17[sheet.person[rows]]
    old = right % 10**11 + _FORMER_CODE * 10**11
    sheet.overwrite("student", rows, "G" + ids.text(old))
    sheet.mark(rows, "id_old")
