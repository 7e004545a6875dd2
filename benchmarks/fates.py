"""Where each child is in truth, and which lists show it: one readable table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.ids import Ints
from benchmarks.people import Bools, Homes, People
from benchmarks.places import Places
from benchmarks.plan import Plan
from benchmarks.text import pick


@dataclass(frozen=True)
class Fate:
    """One way for a child to be somewhere.

    Attributes:
        name: for the truth.
        share: per 1,000 children of its table.
        status, proof: in the codes of the contract.
        registry: state of the registry row; "" for none.
        place: whose school the registry has: home, other or senior.
        roster: whose roster has the child: home, other, or "" for none.
        mode: 就读方式 of the registry row.
        claim: 就读去向 of the ledger row; "" for none.
        proven: what the ledger holds: held, expired or missing.
        filing: 备案类别; "" for none.
        documented: the filing has document number and date.
    """

    name: str
    share: float
    status: str
    proof: str = "not_needed"
    registry: str = ""
    place: str = "home"
    roster: str = ""
    mode: str = "走读"
    claim: str = ""
    proven: str = ""
    filing: str = ""
    documented: bool = True

    @property
    def family(self) -> bool:
        """Whether brothers and sisters tend to share it."""
        return self.name.startswith(("local", "county", "outside", "empty", "abroad", "no_contact"))


_ACTIVE = "正常"
#: Grades one to nine. Shares are guesses after the sample township, except where statuses are rare.
DUE = (
    Fate("local", 625.0, "local", registry=_ACTIVE, roster="home"),
    Fate("local_not_registered", 6, "local", roster="home"),
    Fate("local_registered_elsewhere", 4, "local", registry=_ACTIVE, place="other", roster="home"),
    Fate("local_told", 9, "local", registry=_ACTIVE, roster="home", claim="本镇", proven="missing"),
    Fate("county", 165, "county", registry=_ACTIVE, place="other", roster="other"),
    Fate("county_proven", 4, "county", "held", claim="县内外镇", proven="held"),
    Fate("outside_proven", 130, "outside", "held", claim="县外", proven="held"),
    Fate("outside_left", 25, "outside", "held", registry="其他离校", claim="县外", proven="held"),
    Fate("outside_unproven", 2, "outside", "missing", claim="县外", proven="missing"),
    Fate("outside_expired", 2, "outside", "expired", claim="县外", proven="expired"),
    Fate("home_teaching", 2, "home_teaching", registry=_ACTIVE, mode="送教上门"),
    Fate("suspended", 1.5, "suspended", registry="休学", filing="休学"),
    Fate("severe_disability", 2, "severe_disability", filing="重度残疾"),
    Fate("empty_registration", 4, "empty_registration", filing="空挂户"),
    Fate("deceased", 0.7, "deceased", filing="死亡"),
    Fate("missing_person", 0.3, "missing_person", filing="失踪"),
    Fate("duplicate_registration", 1, "duplicate_registration", filing="双重户口"),
    Fate("abroad", 1.5, "abroad", filing="出国(境)"),
    Fate("custody", 0.5, "custody", filing="服刑"),
    Fate("filing_undocumented", 0.5, "not_found", filing="空挂户", documented=False),
    Fate("no_contact", 1, "no_contact", claim="失联"),
    Fate("dropout_told", 1, "dropout", claim="辍学"),
    Fate("dropout_registered", 1, "dropout", registry="辍学"),
    Fate("absent_from_roster", 2, "not_found", registry=_ACTIVE),
    Fate("nowhere", 3, "not_found"),
)  # fmt: skip
#: The first grade only, before the table above.
DEFERRED = Fate("deferred", 6, "deferred", filing="延缓入学")
#: Past the ninth grade by age.
BEYOND = (
    Fate("senior_registered", 400, "senior", registry=_ACTIVE, place="senior"),
    Fate("senior_told", 250, "senior", claim="高中"),
    Fate("senior_after", 170, "senior", registry="毕业", claim="高中"),
    Fate("graduated", 140, "graduated", registry="毕业"),
    Fate("graduated_told", 40, "graduated", claim="初中毕业"),
)
YOUNG = (Fate("not_yet_due", 1000, "not_yet_due"),)
#: Pupils from elsewhere are here because they go to school here.
OUTSIDER = (Fate("outsider", 1000, "local", registry=_ACTIVE, roster="home"),)
FATES: tuple[Fate, ...] = (*DUE, DEFERRED, *BEYOND, *YOUNG, *OUTSIDER)
#: A school year lost or won against what the birthdate says.
_LATE, _EARLY = 0.03, 0.012
#: Children who are where their brothers and sisters are; twins in one class.
_TOGETHER, _TWINS_IN_CLASS = 0.8, 0.6


@dataclass
class Fortunes:
    """What befalls each child.

    Attributes:
        fate: index into ``FATES``.
        grade: at school.
        klass: number of the class within the grade.
        home_school, other_school, senior_school: numbers of schools it can be at.
    """

    fate: Ints
    grade: Ints
    klass: Ints
    home_school: Ints
    other_school: Ints
    senior_school: Ints

    def column(self, attribute: str) -> npt.NDArray[np.object_]:
        """An attribute of each child's fate."""
        return np.array([getattr(f, attribute) for f in FATES], dtype=object)[self.fate]

    def school(self, attribute: str) -> Ints:
        """Number of the school that ``place`` or ``roster`` speaks of; -1 for none."""
        told = np.array(
            [("home", "other", "senior").index(getattr(f, attribute) or "home") for f in FATES]
        )[self.fate]
        school = np.choose(told, [self.home_school, self.other_school, self.senior_school])
        shown = np.array(
            [bool(getattr(f, "registry" if attribute == "place" else "roster")) for f in FATES]
        )
        return np.where(shown[self.fate], school, -1)


def befall(plan: Plan, homes: Homes, people: People, places: Places) -> Fortunes:
    """Draw where each child is; brothers and sisters as a rule go one way."""
    chance = plan.chance("fates")
    grade = _grades(people, chance)
    town, village = homes.town[people.home], homes.village[people.home]
    step = chance.integers(1, len(places.towns), len(people))
    step = np.where(_together(people, chance), step[homes.first[people.home]], step)
    classes = np.where(grade <= 6, *places.classes)
    klass = 1 + chance.integers(0, 1_000_000, len(people)) % classes
    second = np.flatnonzero(people.twin >= 0)[1::2]
    second = second[chance.random(len(second)) < _TWINS_IN_CLASS]
    klass[second] = klass[people.twin[second]]
    seniors = places.seniors()
    return Fortunes(
        fate=_fates(people, homes, chance),
        grade=grade,
        klass=klass,
        home_school=places.school(town, village, grade),
        other_school=places.school((town + step) % len(places.towns), village, grade),
        senior_school=chance.integers(seniors.start, seniors.stop, len(people)),
    )


def _together(people: People, chance: np.random.Generator) -> Bools:
    """Children who do as their household does."""
    return np.asarray(chance.random(len(people)) < _TOGETHER)


def _grades(people: People, chance: np.random.Generator) -> Ints:
    """Grades at school: some late, a few early, twins alike, ten for all who are past the ninth."""
    shift = chance.random(len(people))
    shift = np.where(
        people.twin >= 0, shift[np.minimum(people.twin, np.arange(len(people)))], shift
    )
    grade = people.grade - (shift < _LATE) + (shift > 1 - _EARLY)
    return np.where(people.native & (people.grade > 9), 10, grade.clip(1, 9))


def _fates(people: People, homes: Homes, chance: np.random.Generator) -> Ints:
    by_age = people.grade
    fate = np.empty(len(people), np.int64)
    for table, rows in (
        (DUE, people.native & (by_age >= 1) & (by_age <= 9)),
        (BEYOND, people.native & (by_age > 9)),
        (YOUNG, people.native & (by_age < 1)),
        (OUTSIDER, ~people.native),
    ):
        fate[rows] = _drawn(chance, table, int(rows.sum()))
    # What befalls families is drawn again for the household, so that every share stays as it is.
    family = tuple(f for f in DUE if f.family)
    of_home = np.array([FATES.index(f) for f in family])[_which(chance, family, len(homes.first))]
    alike = np.array([f.family for f in FATES])[fate] & _together(people, chance)
    fate = np.where(alike, of_home[people.home], fate)
    first = people.native & (by_age == 1) & (chance.random(len(people)) < DEFERRED.share / 1000)
    fate[first] = FATES.index(DEFERRED)
    return fate


def _drawn(chance: np.random.Generator, table: tuple[Fate, ...], size: int) -> Ints:
    return FATES.index(table[0]) + _which(chance, table, size)


def _which(chance: np.random.Generator, table: tuple[Fate, ...], size: int) -> Ints:
    return pick(chance, np.array([fate.share for fate in table]), size)
