"""Families: households with their children, births, sexes, twins and numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks import ids
from benchmarks.ids import Days, Ints
from benchmarks.places import VILLAGES
from benchmarks.plan import BORN, COUNTY_CODE, Plan
from benchmarks.text import Points, pick

Bools = npt.NDArray[np.bool_]

#: Children of 6 to 15 in a household, 1 to 4 deliveries, and how many say so.
_DELIVERIES = np.array([0.53, 0.36, 0.09, 0.02])
#: Deliveries that bring twins: 18.8 of 1,000 children are twins (``domain.md`` 2).
TWIN_DELIVERIES = 0.0188 / (2 - 0.0188)
_TWINS_OF_ONE_SEX = 0.65
_BOYS = 0.53
#: Area codes of other counties, whose children go to school here.
_ELSEWHERE = np.arange(349941, 349947)
_MINORITY = 0.015


@dataclass
class Homes:
    """Households, one entry each.

    Attributes:
        first: position of the first child; children of a household stand together.
        children: how many.
        town: township where the household is registered, or, of outsiders, lives.
        village: within the township.
        area: area code under which the children were registered.
        minority: names are given name, dot, father's name.
        father, mother: names.
        mother_side: the children have the mother's surname.
        father_id, mother_id: numbers without check character.
        phone: eleven digits that begin with 12, which no operator gives out.
    """

    first: Ints
    children: Ints
    town: Ints
    village: Ints
    area: Ints
    minority: Bools
    mother_side: Bools
    father_id: Ints
    mother_id: Ints
    phone: Ints
    father: Points
    mother: Points


@dataclass
class People:
    """Children, one entry each; ``native`` ones come first.

    Attributes:
        home: household.
        native: registered in this county, not an outsider.
        listed: on the population list.
        male: sex.
        birth: birthdate.
        twin: position of the twin, or -1.
        id17: ID number without its check character.
        name: full name.
        former: name with the other parent's surname, for those of ``had_former``.
        had_former: was once, or is somewhere, called by the other parent's surname.
        rare: position of a rare character in the name, or -1.
    """

    home: Ints
    native: Bools
    listed: Bools
    male: Bools
    birth: Days
    twin: Ints
    id17: Ints
    name: Points
    had_former: Bools
    former: Points
    rare: Ints

    def __len__(self) -> int:
        return len(self.home)

    @property
    def grade(self) -> Ints:
        """The grade by birthdate; below 1 too young, above 9 past junior high."""
        number = ids.eight(self.birth)
        year = number // 10000 + (number % 10000 > 831)
        return 2019 - year


def families(plan: Plan) -> tuple[Homes, People]:
    """Everyone but their names, which ``names.give`` adds."""
    chance = plan.chance("families")
    delivery_home, twins = _deliveries(plan, chance)
    birth = _births(delivery_home, chance)
    delivery = np.repeat(np.arange(len(twins)), 1 + twins)[: plan.everyone]
    home = delivery_home[delivery]
    twin = np.full(len(home), -1, np.int64)
    at = 1 + np.flatnonzero(delivery[1:] == delivery[:-1])
    twin[at], twin[at - 1] = at - 1, at
    male = chance.random(len(home)) < _BOYS
    alike = chance.random(len(at)) < _TWINS_OF_ONE_SEX
    male[at] = np.where(alike, male[at - 1], ~male[at - 1])
    homes = _homes(plan, home, chance)
    people = _people(plan, homes, home, male, birth[delivery], twin)
    return homes, people


def _deliveries(plan: Plan, chance: np.random.Generator) -> tuple[Ints, Ints]:
    """Household of each delivery, and whether twins came; enough for everyone."""
    guess = int(plan.everyone / 1.55) + 50
    number = 1 + pick(chance, _DELIVERIES, guess)
    home = np.repeat(np.arange(guess), number)
    return home, (chance.random(len(home)) < TWIN_DELIVERIES).astype(np.int64)


def _births(home: Ints, chance: np.random.Generator) -> Days:
    """A birthdate for each delivery: of a household at least ten months apart.

    A family's dates are laid on a ring of the ten years, so that every year has as many births.
    """
    ring = int((BORN[1] - BORN[0]).astype(int)) + 1
    gap = chance.integers(330, 1050, len(home))
    new = np.r_[True, home[1:] != home[:-1]]
    start = chance.integers(0, ring, len(home))
    steps = np.cumsum(np.where(new, 0, gap))
    base = np.flatnonzero(new)[np.cumsum(new) - 1]
    offset = (start[base] + steps - steps[base]) % ring
    return np.asarray(BORN[0] + offset)


def _homes(plan: Plan, home: Ints, chance: np.random.Generator) -> Homes:
    """The households that have at least one child among everyone."""
    children = np.bincount(home)
    size = len(children)
    first = np.r_[0, np.cumsum(children)[:-1]]
    native = first < plan.natives
    # The township that asks is the first one: it takes as many households as its list needs.
    town = chance.integers(0, plan.towns, size)
    if plan.township:
        town = np.where(first < plan.size, 0, 1 + chance.integers(0, plan.towns - 1, size))
        town = np.where(native, town, chance.integers(0, plan.towns, size))
    area = np.where(
        native,
        COUNTY_CODE + chance.integers(0, plan.codes, size),
        chance.choice(_ELSEWHERE, size),
    )
    born = np.datetime64("1976-01-01") + chance.integers(0, 5000, size)
    numbers = [
        area * 10**11
        + ids.eight(born + chance.integers(0, 1000, size)) * 1000
        + chance.integers(1, 490, size) * 2
        + male
        for male in (1, 0)
    ]
    return Homes(
        first=first,
        children=children,
        town=town,
        village=chance.integers(0, VILLAGES, size),
        area=area,
        minority=chance.random(size) < _MINORITY,
        mother_side=chance.random(size) < 1 / 13,  # mother's to father's 1:12 (``domain.md`` 3)
        father_id=numbers[0],
        mother_id=numbers[1],
        phone=12_000_000_000 + chance.integers(0, 10**9, size),
        father=np.empty((0, 0), np.uint32),
        mother=np.empty((0, 0), np.uint32),
    )


def _people(plan: Plan, homes: Homes, home: Ints, male: Bools, birth: Days, twin: Ints) -> People:
    at = np.arange(len(home))
    # A household belongs whole to one side; the last native one may run over by a child or two.
    native = homes.first[home] < plan.natives
    nothing = np.empty((0, 0), np.uint32)
    return People(
        home=home,
        native=native,
        listed=native & (at < plan.size),
        male=male,
        birth=birth,
        twin=twin,
        id17=ids.issue(homes.area[home], birth, male, twin, plan.chance("numbers")),
        name=nothing,
        had_former=np.zeros(len(home), np.bool_),
        former=nothing,
        rare=np.full(len(home), -1, np.int64),
    )
