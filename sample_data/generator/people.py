"""Households and children, before anything is known of where they go to school."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from . import names
from .chance import stream
from .ids import HOME, NEXT_DOOR, IdOffice
from .places import VILLAGES, School

AS_OF = (dt.date(2024, 10, 15), dt.date(2024, 11, 15))
SCHOOL_YEAR = 2024


@dataclass
class Home:
    """A household as the police and the schools know it."""

    number: str
    village: str
    group: int
    father: str
    mother: str
    head: str
    phone: str
    mother_id: str


@dataclass(frozen=True)
class Seat:
    """A place in a class."""

    school: School
    grade: int
    klass: int


@dataclass(frozen=True)
class Enrolment:
    """A row of the county's registry."""

    seat: Seat
    state: str = "正常"
    mode: str = "走读"
    left: str = ""


@dataclass(frozen=True)
class Fate:
    """What is true of a child in one month, and which lists show it.

    ``ledger`` and ``filing`` hold the columns of those lists; ``flags`` and ``review`` are what a
    careful reader of the lists must find.
    """

    status: str
    proof: str = ""
    registry: tuple[Enrolment, ...] = ()
    roster: tuple[Seat, ...] = ()
    ledger: dict[str, Any] | None = None
    filing: dict[str, Any] | None = None
    flags: tuple[str, ...] = ()
    review: bool = False


@dataclass
class Slip:
    """A mistake in the ``nth`` row that a list holds of a child."""

    source: str
    values: dict[str, Any]
    flags: tuple[str, ...] = ()
    review: bool = False
    nth: int = 0
    months: tuple[int, ...] = (0, 1)


@dataclass
class Child:
    """A person; ``key`` stays the same across months whatever the lists say."""

    key: str
    name: str
    sex: str
    birth: dt.date
    id: str
    home: Home
    ethnic: str = "汉族"
    former: str = ""
    relation: str = ""
    case: int = 0
    resident: tuple[bool, bool] = (True, True)
    fates: list[Fate] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    later_id: str = ""
    later_name: str = ""

    def id_in(self, month: int) -> str:
        """The number that the police list has that month."""
        return self.later_id or self.id if month else self.id

    def name_in(self, month: int) -> str:
        """The name that the police list has that month."""
        return self.later_name or self.name if month else self.name

    def former_in(self, month: int) -> str:
        """The former name that the police list has that month."""
        return self.name if month and self.later_name else self.former

    def listed(self, month: int) -> bool:
        """Whether the police list of that month, of children of 6 to 15, has the child."""
        return self.resident[month] and 6 <= age(self.birth, AS_OF[month]) <= 15

    @property
    def grade(self) -> int:
        """The grade due this school year: below 1 not yet, 10 and more past junior high."""
        return SCHOOL_YEAR - due_year(self.birth) + 1


def age(birth: dt.date, on: dt.date) -> int:
    """Full years on a day."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def due_year(birth: dt.date) -> int:
    """The year in which a child is six by 31 August."""
    return birth.year + 6 + ((birth.month, birth.day) > (8, 31))


class Town:
    """Makes households and children; keeps numbers and names from clashing."""

    def __init__(self) -> None:
        self.ids = IdOffice()
        self.phones: set[str] = set()
        self.households = 0
        self.children: list[Child] = []

    def phone(self, rng: random.Random) -> str:
        """A mobile number that nobody has: the middle is all zeros."""
        while True:
            number = f"13{rng.randrange(10)}0000{rng.randrange(10000):04d}"
            if number not in self.phones:
                self.phones.add(number)
                return number

    def household(self, rng: random.Random, village: str = "", family: str = "") -> Home:
        """A household, its head the father or (one in five) his father."""
        self.households += 1
        surname = family or names.surname(rng)
        father = names.adult(rng, "男", surname)
        born = dt.date(rng.randrange(1978, 1991), rng.randrange(1, 13), rng.randrange(1, 28))
        return Home(
            number=f"{340000 + self.households * 7}",
            village=village or rng.choice(VILLAGES),
            group=rng.randrange(1, 9),
            father=father,
            mother=names.adult(rng, "女"),
            head=names.adult(rng, "男", surname) if rng.random() < 0.2 else father,
            phone=self.phone(rng),
            mother_id=self.ids.new(HOME, born, "女", rng),
        )

    def child(
        self, key: str, home: Home, birth: dt.date, sex: str, rng: random.Random, **given: Any
    ) -> Child:
        """A child of the household; ``given`` overrides what would be made up."""
        if "name" not in given:
            given["name"] = self._name(home, sex, rng)
        if "id" not in given:
            region = NEXT_DOOR if rng.random() < 0.012 else HOME
            given["id"] = self.ids.new(region, birth, sex, rng)
        if "relation" not in given:
            given["relation"] = _relation(home, sex)
        made = Child(key=key, sex=sex, birth=birth, home=home, **given)
        self.children.append(made)
        return made

    def _name(self, home: Home, sex: str, rng: random.Random) -> str:
        own = {c.name for c in self.children[-8:]}
        while True:
            family = home.mother if rng.random() < 1 / 13 else home.father
            name = names.family_name(family) + names.given(sex, rng)
            if rng.random() < 0.003:
                name = names.family_name(family) + rng.choice(names.RARE)
            if name not in own:
                return name


def _relation(home: Home, sex: str) -> str:
    if home.head == home.father:
        return "子" if sex == "男" else "女"
    return "孙子" if sex == "男" else "孙女"


FIRST_BIRTH, LAST_BIRTH = dt.date(2008, 10, 16), dt.date(2018, 11, 15)


def populate(town: Town, wanted: int) -> list[Child]:
    """Ordinary families, until the first month's list holds the wanted number of children."""
    rng = stream("families")
    made: list[Child] = []
    count = 0
    while count < wanted:
        for one in _family(town, rng, len(made)):
            made.append(one)
            count += one.listed(0)
    return made


def _family(town: Town, rng: random.Random, start: int) -> list[Child]:
    home = town.household(rng)
    span = (LAST_BIRTH - FIRST_BIRTH).days
    birth = FIRST_BIRTH + dt.timedelta(rng.randrange(-900, span + 1))
    family: list[Child] = []
    ethnic = "汉族" if rng.random() < 0.97 else rng.choice(["土家族", "苗族", "回族"])
    for _ in range(rng.choices((1, 2, 3, 4), weights=(47, 39, 11, 3))[0]):
        if FIRST_BIRTH <= birth <= LAST_BIRTH:
            sex = "男" if rng.random() < 0.53 else "女"
            key = f"p{start + len(family) + 1:04d}"
            one = town.child(key, home, birth, sex, rng, ethnic=ethnic)
            family.append(one)
            if rng.random() < 0.0096:
                other = sex if rng.random() < 0.7 else "男" if sex == "女" else "女"
                number = town.ids.beside(one.id, other)
                key = f"p{start + len(family) + 1:04d}"
                family.append(town.child(key, home, birth, other, rng, id=number, ethnic=ethnic))
        birth += dt.timedelta(rng.randrange(420, 1700))
    return family
