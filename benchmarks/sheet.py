"""The rows of one list while errors are made in them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks import ids
from benchmarks.ids import Days, Ints
from benchmarks.people import Homes, People
from benchmarks.plan import Plan
from benchmarks.rates import CALM, PRONE, PRONE_SHARE, RATES, By, Rate, bit, rate_in


@dataclass
class County:
    """Everything true: what the lists are copied from."""

    plan: Plan
    homes: Homes
    people: People
    names: pl.Series
    numbers: pl.Series


@dataclass
class Sheet:
    """A list: one entry per row, in the order in which rows are made.

    Attributes:
        source: registry, roster, whereabouts or filing.
        person: child of the row.
        klass: class or other batch of rows that is typed or saved together.
        name, id, student: as the list writes them.
        birth: as the list has it; ``birth_part`` is 0 for a date, 1 for the month only, 2 for none.
        male: as the list has it.
        mask: kinds of error of the row, as bits of ``rates.KINDS``.
    """

    county: County
    source: str
    person: Ints
    klass: Ints
    name: pl.Series = field(init=False)
    id: pl.Series = field(init=False)
    student: pl.Series = field(init=False)
    birth: Days = field(init=False)
    birth_part: Ints = field(init=False)
    male: npt.NDArray[np.bool_] = field(init=False)
    mask: Ints = field(init=False)

    def __post_init__(self) -> None:
        people = self.county.people
        self.name = self.county.names.gather(self.person)
        self.id = self.county.numbers.gather(self.person)
        self.student = "G" + self.id
        self.birth = people.birth[self.person]
        self.birth_part = np.zeros(len(self), np.int64)
        self.male = people.male[self.person].copy()
        self.mask = np.zeros(len(self), np.int64)

    def __len__(self) -> int:
        return len(self.person)

    def chance(self, topic: str) -> np.random.Generator:
        """A stream of random numbers for a topic of this list."""
        return self.county.plan.chance(f"{self.source} {topic}")

    def mark(self, rows: Ints, kind: str) -> None:
        """Note that the rows carry an error."""
        self.mask[rows] |= bit(kind)

    def overwrite(self, column: str, rows: Ints, values: pl.Series) -> None:
        """New texts in some rows of ``name``, ``id`` or ``student``."""
        where = pl.Series(np.arange(len(self)))
        frame = pl.DataFrame({"at": where, "old": getattr(self, column)})
        new = pl.DataFrame({"at": pl.Series(rows).cast(where.dtype), "new": values.cast(pl.String)})
        merged = frame.join(
            new.with_columns(hit=pl.lit(value=True)), on="at", how="left", maintain_order="left"
        )
        found = merged.select(pl.when("hit").then("new").otherwise("old").alias(column))
        setattr(self, column, found.to_series())

    def birth_number(self) -> Ints:
        """The dates of the rows as numbers YYYYMMDD."""
        return ids.eight(self.birth)


def strike(sheet: Sheet) -> dict[str, Ints]:
    """Rows that each error befalls, by kind: one error of a group to a row at most.

    Whole classes come first; the rest of a group is drawn row by row. A row's proneness multiplies
    the rates of all groups alike, so that one error makes another likelier.
    """
    prone = np.where(sheet.chance("prone").random(len(sheet)) < PRONE_SHARE, PRONE, CALM)
    column = {
        "registry": "registry",
        "roster": "roster",
        "whereabouts": "ledger",
        "filing": "filing",
    }
    hit: dict[str, list[Ints]] = {}
    for group in dict.fromkeys(rate.group for rate in RATES):
        free = np.ones(len(sheet), np.bool_)
        rates = [r for r in RATES if r.group == group]
        sizes = [rate_in(r, column[sheet.source], hard=sheet.county.plan.hard) for r in rates]
        for rate, size in zip(rates, sizes, strict=True):
            if rate.by is By.CLASS and size:
                rows = _classes(sheet, rate, size) & free
                free &= ~rows
                hit.setdefault(rate.kind, []).append(np.flatnonzero(rows))
        singles = [(r, s) for r, s in zip(rates, sizes, strict=True) if r.by is not By.CLASS]
        chance = sheet.chance(f"rows {group}").random(len(sheet))
        reach = np.zeros(len(sheet))
        # Rates are of all rows, but rows of a class that is spoilt already are out.
        widen = 1 / max(0.1, float(free.mean())) if len(sheet) else 1.0
        for rate, size in singles:
            fit = _eligible(sheet, rate)
            wide = np.where(fit, np.minimum(size * widen * prone * _scale(rate, fit), 0.97), 0)
            rows = free & (chance >= reach) & (chance < reach + wide)
            reach += wide
            hit.setdefault(rate.kind, []).append(np.flatnonzero(rows))
    return {kind: np.sort(np.concatenate(rows)) for kind, rows in hit.items()}


def _classes(sheet: Sheet, rate: Rate, size: float) -> npt.NDArray[np.bool_]:
    """Rows of the classes that an error befalls whole: a fixed share of them, drawn by lot."""
    classes = np.unique(sheet.klass)
    lot = sheet.chance(f"classes {rate.kind}").permutation(classes)
    return np.isin(sheet.klass, lot[: round(size * len(classes))])


def _eligible(sheet: Sheet, rate: Rate) -> npt.NDArray[np.bool_]:
    """Rows that the error can befall at all."""
    people, person = sheet.county.people, sheet.person
    if rate.by is By.RARE:
        return people.rare[person] >= 0
    if rate.by is By.MINORITY:
        return sheet.county.homes.minority[people.home[person]]
    if rate.kind == "name_former":
        return people.had_former[person]
    if rate.kind == "birth_swapped":
        number = sheet.birth_number()
        day, month = number % 100, number // 100 % 100
        return np.asarray((day <= 12) & (day != month))
    if rate.kind == "id_swapped_with_sibling":
        return _has_sibling(sheet)
    if rate.group == "name":
        return ~sheet.county.homes.minority[people.home[person]]
    return np.ones(len(sheet), np.bool_)


def _has_sibling(sheet: Sheet) -> npt.NDArray[np.bool_]:
    here = np.bincount(sheet.county.people.home[sheet.person])
    return np.asarray(here[sheet.county.people.home[sheet.person]] > 1)


def _scale(rate: Rate, fit: npt.NDArray[np.bool_]) -> float:
    """Rates speak of all rows, so the rows that can have the error have it oftener."""
    if rate.by is not By.ROW:
        return 1.0
    return len(fit) / max(1, int(fit.sum()))
