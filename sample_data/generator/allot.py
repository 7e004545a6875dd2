"""Who of the ordinary children goes where: fixed numbers, drawn by chance, siblings together."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable

from . import fates, filings
from .chance import stream
from .people import SCHOOL_YEAR, Child, Enrolment, Fate, Seat, Town
from .places import HOME_SCHOOLS, UNSENT, YUNLING, home_school

#: All children at school elsewhere in the first month, the 本在外.
ELSEWHERE = 3125
COUNTY = 900

Plan = tuple[tuple[Callable[[Child, random.Random], Fate], int], ...]
_COMPULSORY: Plan = (
    (fates.county_by_proof, 26),
    (fates.outside_still_registered, 12),
    (fates.claim_differs, 2),
    (fates.local_claim_differs, 3),
    (filings.contradicted_by_roster, 1),
    (fates.special_school, 5),
    (fates.not_in_registry, 8),
    (fates.registered_elsewhere, 9),
    (fates.double_registry, 3),
    (fates.double_roster, 2),
    (fates.state_differs("休学"), 1),
    (fates.state_differs("其他离校"), 2),
    (fates.home_teaching, 6),
    (fates.ghost, 3),
    (fates.nowhere, 9),
    (fates.dropout, 5),
    (fates.dropout_by_registry, 3),
    (fates.no_contact, 4),
    (fates.hardly_sought, 2),
    (filings.documented("deceased"), 4),
    (filings.documented("missing_person"), 2),
    (filings.documented("empty_registration"), 15),
    (filings.documented("duplicate_registration"), 5),
    (filings.documented("abroad"), 5),
    (filings.abroad_by_registry_left, 1),
    (filings.documented("custody"), 3),
    (filings.undocumented("deceased"), 1),
    (filings.undocumented("empty_registration"), 3),
    (filings.contradicted("empty_registration"), 2),
    (filings.suspended, 5),
    (filings.suspended_on_roster, 2),
    (filings.suspension_over, 1),
    (filings.severe, 8),
)
_FIRST_GRADE: Plan = ((filings.deferred, 5), (filings.deferral_over, 2))
_BEYOND = (
    (fates.senior_told, 0.50),
    (fates.senior_registered, 0.18),
    (fates.senior_after, 0.12),
    (fates.graduated, 0.14),
    (fates.graduated_told, 0.06),
)


def allot(children: list[Child], taken: int) -> None:
    """Decide the first month for every ordinary child; ``taken`` cases are elsewhere already."""
    waiting = [c for c in children if 1 <= c.grade <= 9]
    waiting = _special([c for c in waiting if c.grade == 1], _FIRST_GRADE, "first", waiting)
    waiting = _special(waiting, _COMPULSORY, "special", waiting)
    elsewhere = sum(c.fates[0].status in {"county", "outside"} for c in children if c.fates)
    _crowd(waiting, ELSEWHERE - taken - elsewhere)
    for child in children:
        if not child.fates:
            child.fates.append(_other_ages(child))


def _special(pool: list[Child], plan: Plan, topic: str, waiting: list[Child]) -> list[Child]:
    pool = list(pool)
    stream(topic).shuffle(pool)
    for make, number in plan:
        for _ in range(number):
            child = pool.pop()
            child.fates.append(make(child, stream("fate", child.key)))
    return [c for c in waiting if not c.fates]


def _crowd(waiting: list[Child], elsewhere: int) -> None:
    """The many without a story: households as a rule go to one place."""
    order = sorted(
        waiting,
        key=lambda c: (
            stream("drift", c.home.number).random() + stream("own", c.key).gauss(0, 0.05),
            c.key,
        ),
    )
    for place, child in enumerate(order):
        rng = stream("fate", child.key)
        if place < elsewhere - COUNTY:
            child.fates.append(fates.outside(child, rng))
        elif place < elsewhere:
            child.fates.append(fates.county(child, rng))
        else:
            child.fates.append(_at_home(child, rng))


def _at_home(child: Child, rng: random.Random) -> Fate:
    if child.grade == 4 and home_school(child.home.village, 4) is YUNLING:
        place = Seat(*UNSENT)
        if rng.random() < 0.5:
            return fates.unsent(child, place)
    asked = stream("asked", child.key).random() < 0.03
    return fates.local_as_told(child, rng) if asked else fates.local(child, rng)


def _other_ages(child: Child) -> Fate:
    rng = stream("fate", child.key)
    if child.grade < 1:
        early = child.birth.month == 9 and rng.random() < 0.1
        return fates.underage(child, rng) if early else fates.not_yet_due(child, rng)
    if child.birth.month in {5, 6, 7, 8} and rng.random() < 0.08:
        return fates.local(child, rng, grade=9)
    makers = [make for make, _ in _BEYOND]
    return rng.choices(makers, weights=[w for _, w in _BEYOND])[0](child, rng)


def certify(children: list[Child], wanted: int) -> None:
    """Disability certificates of children who attend: mild ones, and those taught at home."""
    attending = [c for c in children if c.fates[0].status == "local" and not c.fates[0].filing]
    mild = stream("mild").sample(attending, wanted)
    taught = [c for c in children if c.fates[0].status == "home_teaching"]
    for child in mild + taught:
        rng = stream("certificate", child.key)
        grade = rng.choice((3, 4)) if child in mild else rng.choice((1, 2))
        paper = filings.certificate(child, rng, grade)
        child.fates[0] = dataclasses.replace(child.fates[0], filing=paper)


def outsiders(town: Town, wanted: int) -> list[Child]:
    """Pupils of home schools whose household registration is elsewhere (外在本)."""
    made = []
    for number in range(wanted):
        rng = stream("outsider", number)
        school = rng.choice(HOME_SCHOOLS)
        grade = rng.randrange(school.first, school.last + 1)
        child = _visitor(town, f"o{number + 1:03d}", grade, rng)
        place = Seat(school, grade, rng.randrange(1, school.classes + 1))
        child.fates.append(fates.local(child, rng, place=place))
        made.append(child)
    return made


def strangers(town: Town, wanted: int) -> list[Child]:
    """Pupils of the county's other schools, who have nothing to do with the township."""
    made = []
    for number in range(wanted):
        rng = stream("stranger", number)
        grade = rng.randrange(1, 10)
        child = _visitor(town, f"s{number + 1:04d}", grade, rng)
        child.fates.append(Fate("", registry=(Enrolment(fates.elsewhere(child, rng, grade)),)))
        made.append(child)
    return made


def namesakes(town: Town, children: list[Child]) -> list[Child]:
    """Strangers of the same name and birth date as some child, with a number of their own."""
    made = []
    for status, wanted in (("outside", 4), ("not_found", 2)):
        pool = [c for c in children if c.fates[0].status == status and not c.fates[0].registry]
        for child in stream("namesake", status).sample(pool, wanted):
            rng = stream("namesake", child.key)
            home = town.household(rng, "城关镇东门社区")
            key = f"n{child.key}"
            away = (False, False)
            double = town.child(
                key, home, child.birth, child.sex, rng, name=child.name, resident=away
            )
            seat = fates.elsewhere(double, rng)
            double.fates.append(Fate("", registry=(Enrolment(seat),)))
            made.append(double)
    return made


def _visitor(town: Town, key: str, grade: int, rng: random.Random) -> Child:
    first = dt.date(SCHOOL_YEAR - grade + 1 - 7, 9, 1)
    birth = first + dt.timedelta(rng.randrange(365))
    sex = rng.choice("男女")
    village = rng.choice(("柳河镇柳树村", "白沙镇河口村", "双河镇大坝村", "霁川县麦田镇麦田村"))
    home = town.household(rng, village)
    region = "349922" if "霁川" in village else "349921"
    number = town.ids.new(region, birth, sex, rng)
    return town.child(key, home, birth, sex, rng, id=number, resident=(False, False))


def move_in(town: Town, key: str, rng: random.Random) -> Child:
    """A child whose household comes to the township between the two months."""
    birth = dt.date(2010, 9, 1) + dt.timedelta(rng.randrange(2800))
    sex = rng.choice("男女")
    home = town.household(rng)
    return town.child(key, home, birth, sex, rng, resident=(False, True))
