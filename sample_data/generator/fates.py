"""What can be true of a child, and the rows that lists then hold: one builder per status."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from .chance import stream, weighted
from .people import AS_OF, Child, Enrolment, Fate, Seat
from .places import (
    CITIES,
    COMPULSORY_ELSEWHERE,
    HOME_SCHOOLS,
    SENIOR,
    SPECIAL,
    VOCATIONAL,
    School,
    grade_text,
    home_school,
    outside_schools,
)


def seat(child: Child, rng: random.Random, school: School | None = None, grade: int = 0) -> Seat:
    """A place in the child's grade, at the home school unless another is named."""
    grade = grade or child.grade
    school = school or home_school(child.home.village, grade)
    return Seat(school, grade, rng.randrange(1, school.classes + 1))


def local(child: Child, rng: random.Random, **more: Any) -> Fate:
    """At a home school: on its roster and in the registry."""
    place = more.pop("place", None) or seat(child, rng, grade=more.pop("grade", 0))
    mode = "住校" if place.grade >= 7 and rng.random() < 0.7 else "走读"
    given = {"registry": (Enrolment(place, mode=mode),), "roster": (place,)}
    return Fate("local", **{**given, **more})


def local_as_told(child: Child, rng: random.Random) -> Fate:
    """At a home school, and the canvass says the same."""
    place = seat(child, rng)
    return local(child, rng, place=place, ledger=told(place, "本镇"))


def local_claim_differs(child: Child, rng: random.Random) -> Fate:
    """In class at home this term; the canvass still has the school of last term, far away."""
    claim = {**claim_outside(child, rng), "proof": "否"}
    return local(child, rng, ledger=claim, flags=("claim_differs",))


def unsent(_child: Child, place: Seat, **more: Any) -> Fate:
    """In a home class whose roster was not supplied."""
    given = {"registry": (Enrolment(place),), "flags": ("roster_not_supplied",)}
    return Fate("local", **{**given, **more})


def elsewhere(child: Child, rng: random.Random, grade: int = 0) -> Seat:
    """A place at a school of another township of the county."""
    grade = grade or child.grade
    schools = [s for s in COMPULSORY_ELSEWHERE if s.first <= grade <= s.last]
    weights = [4 if s.town == "城关镇" else 1 for s in schools]
    return seat(child, rng, rng.choices(schools, weights=weights)[0], grade)


def county(child: Child, rng: random.Random, **more: Any) -> Fate:
    """At another township's school, as the county's registry shows."""
    place = more.pop("place", None) or elsewhere(child, rng)
    claim = told(place, "县内外镇") if rng.random() < 0.3 else None
    given = {"registry": (Enrolment(place),), "ledger": claim, "proof": "not_needed"}
    return Fate("county", **{**given, **more})


def county_by_proof(child: Child, rng: random.Random, **more: Any) -> Fate:
    """At another township's school by a stamped proof; the registry does not show it."""
    place = elsewhere(child, rng)
    claim = {**told(place, "县内外镇"), **stamped(place.school.name, rng)}
    return Fate("county", **{"proof": "held", "ledger": claim, **more})


def told(place: Seat, destination: str) -> dict[str, Any]:
    """What the canvass wrote down about a school of the county."""
    return {
        "destination": destination,
        "place": f"{place.school.county}{place.school.town}",
        "school": place.school.name,
        "school_code": place.school.code,
        "grade": grade_text(place.grade),
    }


def stamped(school: str, rng: random.Random, month: int = 0) -> dict[str, Any]:
    """A stamped proof of this school year, from the weeks before the list was drawn up."""
    first = dt.date(2024, 9, 2) if month == 0 else AS_OF[0] + dt.timedelta(3)
    days = (AS_OF[month] - first).days - 2
    return {
        "proof": "是",
        "proof_date": first + dt.timedelta(rng.randrange(days)),
        "proof_type": rng.choices(("就读证明", "学籍证明", "学籍系统截图"), weights=(7, 2, 1))[0],
        "proof_by": school,
    }


def claim_outside(child: Child, rng: random.Random, grade: int = 0) -> dict[str, Any]:
    """What the canvass wrote down about a school in another part of the country."""
    city = weighted(stream_of_home(child), CITIES)
    grade = grade or child.grade
    school = rng.choice(outside_schools(city, grade))
    destination = "县外" if grade <= 9 else "高中"
    told = {"place": city, "school": school, "grade": grade_text(grade)}
    return {"destination": destination, **told}


def stream_of_home(child: Child) -> random.Random:
    """One stream per household: brothers and sisters go where the parents work."""
    return stream("city", child.home.number)


def outside(child: Child, rng: random.Random, **more: Any) -> Fate:
    """At school outside the county, with a proof of this school year."""
    claim = claim_outside(child, rng)
    claim |= stamped(claim["school"], rng, more.pop("month", 0))
    return Fate("outside", **{"proof": "held", "ledger": claim, **more})


def outside_unproven(child: Child, rng: random.Random, **more: Any) -> Fate:
    """At school outside the county, says the family; no proof."""
    claim = {**claim_outside(child, rng), "proof": "否", **more.pop("told", {})}
    return Fate("outside", **{"proof": "missing", "ledger": claim, **more})


def outside_still_registered(child: Child, rng: random.Random) -> Fate:
    """At school outside with proof, yet still in a home school's registry (空挂学籍)."""
    left = Enrolment(seat(child, rng))
    return outside(child, rng, registry=(left,), flags=("not_on_roster",))


def claim_differs(child: Child, rng: random.Random) -> Fate:
    """The canvass was told a school far away; the county's registry has the child in class."""
    claim = {**claim_outside(child, rng), "proof": "否"}
    return county(child, rng, ledger=claim, flags=("claim_differs",), review=True)


def not_in_registry(child: Child, rng: random.Random) -> Fate:
    """In class at home, in no registry row at all."""
    return local(child, rng, registry=(), flags=("not_in_registry",))


def registered_elsewhere(child: Child, rng: random.Random) -> Fate:
    """In class at home, registered in another township (人籍分离)."""
    away = Enrolment(elsewhere(child, rng))
    return local(child, rng, registry=(away,), flags=("not_in_registry",))


def double_registry(child: Child, rng: random.Random) -> Fate:
    """In class at home, registered there and in another township (双重学籍)."""
    place = seat(child, rng)
    rows = (Enrolment(place), Enrolment(elsewhere(child, rng)))
    return local(child, rng, place=place, registry=rows, flags=("double_registry",))


def double_roster(child: Child, rng: random.Random) -> Fate:
    """Moved to another home school; the old class still lists the child."""
    place = seat(child, rng)
    others = [s for s in HOME_SCHOOLS if s.first <= place.grade <= s.last]
    other = seat(child, rng, rng.choice([s for s in others if s is not place.school]))
    return local(child, rng, place=place, roster=(place, other), flags=("double_roster",))


def state_differs(state: str) -> Callable[[Child, random.Random], Fate]:
    """In class at home; the registry says suspended or gone, and no filing says so."""

    def make(child: Child, rng: random.Random) -> Fate:
        place = seat(child, rng)
        rows = (Enrolment(place, state=state),)
        return local(child, rng, place=place, registry=rows, flags=("reg_status_differs",))

    return make


def home_teaching(child: Child, rng: random.Random, **more: Any) -> Fate:
    """Taught at home: in the registry with that mode, on no roster."""
    rows = (Enrolment(seat(child, rng), mode="送教上门"),)
    return Fate("home_teaching", **{"registry": rows, **more})


def ghost(child: Child, rng: random.Random, **more: Any) -> Fate:
    """In a home school's registry, absent from its rosters, known nowhere else."""
    rows = (Enrolment(seat(child, rng)),)
    return Fate("not_found", **{"registry": rows, "flags": ("not_on_roster",), **more})


def nowhere(_child: Child, _rng: random.Random, **more: Any) -> Fate:
    """In no list but that of the police."""
    return Fate("not_found", **more)


def not_yet_due(_child: Child, _rng: random.Random, **more: Any) -> Fate:
    """Too young for this school year, and not in school."""
    return Fate("not_yet_due", **more)


def underage(child: Child, rng: random.Random, **more: Any) -> Fate:
    """Too young, yet in grade one."""
    return local(child, rng, grade=1, flags=("underage",), **more)


def dropout(_child: Child, rng: random.Random, **more: Any) -> Fate:
    """Left school, as the canvass says."""
    claim = {"destination": "辍学", "reason": rng.choice(("厌学", "外出务工")), "attempts": 2}
    return Fate("dropout", **{"ledger": claim, **more})


def dropout_by_registry(child: Child, rng: random.Random, **more: Any) -> Fate:
    """Left school, as the registry says."""
    grade = min(child.grade, 9)
    rows = (Enrolment(seat(child, rng, grade=grade), state="辍学", left="202409"),)
    return Fate("dropout", **{"registry": rows, **more})


def no_contact(_child: Child, rng: random.Random, attempts: int = 0, **more: Any) -> Fate:
    """Out of contact after at least three attempts."""
    claim = {"destination": "失联", "attempts": attempts or rng.randrange(3, 6)}
    return Fate("no_contact", **{"ledger": claim, **more})


def hardly_sought(child: Child, rng: random.Random) -> Fate:
    """Said to be out of contact after too few attempts: still to be found."""
    told = no_contact(child, rng, attempts=1).ledger
    return Fate("not_found", ledger=told, flags=("few_attempts",))


def graduated(child: Child, rng: random.Random, **more: Any) -> Fate:
    """Finished junior high at home or in the county; nothing known since."""
    rows = (finished(child, rng),)
    return Fate("graduated", **{"registry": rows, **more})


def finished(child: Child, rng: random.Random) -> Enrolment:
    """The registry's row of a pupil who left from grade nine this summer."""
    away = rng.random() < 0.5
    place = elsewhere(child, rng, 9) if away else seat(child, rng, grade=9)
    return Enrolment(place, state="毕业", left="202406")


def graduated_told(child: Child, _rng: random.Random) -> Fate:
    """Finished junior high elsewhere, the family says, and works now."""
    city = weighted(stream_of_home(child), CITIES)
    return Fate("graduated", ledger={"destination": "初中毕业", "place": city, "note": "务工"})


def senior_told(child: Child, rng: random.Random) -> Fate:
    """In senior or vocational school elsewhere, says the canvass."""
    claim = claim_outside(child, rng, 10)
    if rng.random() < 0.4:
        claim["destination"] = "中职"
        claim["school"] = claim["school"].replace("高级中学", "职业技术学校")
    return Fate("senior", ledger=claim)


def senior_registered(child: Child, rng: random.Random) -> Fate:
    """Finished junior high and in the county's senior or vocational school."""
    school = SENIOR if rng.random() < 0.6 else VOCATIONAL
    now = Enrolment(seat(child, rng, school, 10), mode="住校")
    return Fate("senior", registry=(finished(child, rng), now))


def senior_after(child: Child, rng: random.Random) -> Fate:
    """Finished junior high here; the canvass names the senior school."""
    return Fate("senior", registry=(finished(child, rng),), ledger=senior_told(child, rng).ledger)


def special_school(child: Child, rng: random.Random) -> Fate:
    """At the county's school for disabled children: at school elsewhere in the county."""
    return county(child, rng, place=seat(child, rng, SPECIAL), ledger=None)
