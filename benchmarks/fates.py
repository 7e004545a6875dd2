"""Where each child is in truth, and which lists show it: one readable table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.ids import Ints
from benchmarks.people import Homes, People
from benchmarks.places import VILLAGES, Places
from benchmarks.plan import Plan


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
    """Draw where each child is."""
    chance = plan.chance("fates")
    by_age = people.grade
    fate = np.empty(len(people), np.int64)
    for table, rows in (
        (DUE, people.native & (by_age >= 1) & (by_age <= 9)),
        (BEYOND, people.native & (by_age > 9)),
        (YOUNG, people.native & (by_age < 1)),
        (OUTSIDER, ~people.native),
    ):
        fate[rows] = _drawn(chance, table, int(rows.sum()))
    first = people.native & (by_age == 1) & (chance.random(len(people)) < DEFERRED.share / 1000)
    fate[first] = FATES.index(DEFERRED)
    shift = chance.random(len(people))
    grade = by_age - (shift < _LATE) + (shift > 1 - _EARLY)
    grade = np.where(people.native & (by_age > 9), 10, grade.clip(1, 9))
    town, village = homes.town[people.home], homes.village[people.home]
    away = (town + chance.integers(1, len(places.towns), len(people))) % len(places.towns)
    classes = np.where(grade <= 6, *places.classes)
    seniors = places.seniors()
    return Fortunes(
        fate=fate,
        grade=grade,
        klass=1 + chance.integers(0, 1_000_000, len(people)) % classes,
        home_school=places.school(town, village, grade),
        other_school=places.school(away, chance.integers(0, VILLAGES, len(people)), grade),
        senior_school=chance.integers(seniors.start, seniors.stop, len(people)),
    )


def _drawn(chance: np.random.Generator, table: tuple[Fate, ...], size: int) -> Ints:
    shares = np.cumsum([fate.share for fate in table])
    at = np.searchsorted(shares, chance.random(size) * shares[-1], side="right")
    return np.asarray(FATES.index(table[0]) + at.clip(0, len(table) - 1))
