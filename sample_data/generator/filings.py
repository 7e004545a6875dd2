"""Children whose case rests on a document: death, absence, illness, custody and the like."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from . import fates
from .fates import seat
from .people import Child, Enrolment, Fate

Maker = Callable[[Child, random.Random], Fate]

# What each filing is called on the list, and which office's document it names.
_KINDS = {
    "deceased": ("死亡", "青派死注"),
    "missing_person": ("失踪", "青派报失"),
    "empty_registration": ("空挂户", "青派空挂"),
    "duplicate_registration": ("双重户口", "青派重户"),
    "abroad": ("出国(境)", "澄出入境"),
    "custody": ("服刑", "澄司函"),
    "deferred": ("延缓入学", "澄教缓"),
    "suspended": ("休学", "澄教休"),
}


def paper(status: str, rng: random.Random, **more: Any) -> dict[str, Any]:
    """A filing with number and date, unless ``more`` blanks them."""
    kind, office = _KINDS[status]
    date = dt.date(2024, 3, 1) + dt.timedelta(rng.randrange(180))
    date = more.pop("document_date", date)
    year = date.year if date else 2024
    number = more.pop("document_no", f"{office}〔{year}〕{rng.randrange(1, 400)}号")
    return {"kind": kind, "document_no": number, "document_date": date, **more}


def documented(status: str) -> Maker:
    """A status that a filing closes by itself."""

    def make(_child: Child, rng: random.Random) -> Fate:
        filing = paper(status, rng)
        if status == "custody" and rng.random() < 0.5:
            filing["kind"] = "专门学校"
        return Fate(status, filing=filing)

    return make


def undocumented(status: str) -> Maker:
    """A filing without number and date, and nothing else: the child is still to be found."""

    def make(_child: Child, rng: random.Random) -> Fate:
        filing = paper(status, rng, document_no="", document_date="")
        return Fate("not_found", filing=filing, flags=("filing_undocumented",))

    return make


def contradicted(status: str) -> Maker:
    """A filing without document while the registry has the child in class: a person decides."""

    def make(child: Child, rng: random.Random) -> Fate:
        filing = paper(status, rng, document_no="", document_date="")
        rows = (Enrolment(seat(child, rng)),)
        flags = ("filing_undocumented",)
        return Fate("review", filing=filing, registry=rows, flags=flags, review=True)

    return make


def contradicted_by_roster(child: Child, rng: random.Random) -> Fate:
    """Filed as an empty registration with papers, yet sitting in a home class."""
    filing, flags = paper("empty_registration", rng), ("filing_contradicted",)
    return fates.local(child, rng, filing=filing, flags=flags, review=True)


def abroad_by_registry_left(child: Child, rng: random.Random) -> Fate:
    """Gone abroad with papers; the registry has closed the row."""
    rows = (Enrolment(seat(child, rng), state="其他离校", left="202402"),)
    return Fate("abroad", filing=paper("abroad", rng), registry=rows)


def period(status: str, rng: random.Random, start: dt.date, end: dt.date) -> dict[str, Any]:
    """A filing that runs from one day to another."""
    return paper(status, rng, valid_from=start, valid_until=end, document_date=start)


def deferred(_child: Child, rng: random.Random) -> Fate:
    """Entry deferred by a year, with approval."""
    return Fate(
        "deferred",
        filing=period("deferred", rng, dt.date(2024, 8, 20), dt.date(2025, 8, 31)),
    )


def deferral_over(_child: Child, rng: random.Random) -> Fate:
    """Entry deferred until this summer, and not begun since."""
    filing = period("deferred", rng, dt.date(2023, 8, 25), dt.date(2024, 8, 31))
    return Fate("not_found", filing=filing, flags=("filing_expired",))


def suspended(child: Child, rng: random.Random) -> Fate:
    """On approved leave, taken off the roster."""
    filing = period("suspended", rng, dt.date(2024, 4, 8), dt.date(2025, 4, 7))
    return Fate("suspended", filing=filing, registry=(Enrolment(seat(child, rng), "休学"),))


def suspended_on_roster(child: Child, rng: random.Random) -> Fate:
    """On approved leave; the class still lists the child."""
    fate = suspended(child, rng)
    return dataclasses.replace(fate, roster=(fate.registry[0].seat,))


def suspension_over(child: Child, rng: random.Random) -> Fate:
    """Leave ended this summer; the child has not come back."""
    filing = period("suspended", rng, dt.date(2023, 9, 1), dt.date(2024, 8, 31))
    rows = (Enrolment(seat(child, rng), "休学"),)
    return Fate("not_found", filing=filing, registry=rows, flags=("filing_expired",))


def certificate(child: Child, rng: random.Random, grade: int) -> dict[str, Any]:
    """A row of the disability list: ID, kind and grade make the 20-digit number."""
    kind = rng.choice((1, 2, 4, 5, 6, 7)) if grade > 2 else rng.choice((5, 7))
    return {
        "kind": "残疾",
        "disability_no": f"{child.id}{kind}{grade}",
        "disability_kind": _DISABILITIES[kind - 1],
        "disability_grade": f"{'一二三四'[grade - 1]}级",
        "document_date": dt.date(2021, 1, 10) + dt.timedelta(rng.randrange(900)),
    }


_DISABILITIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")


def severe(child: Child, rng: random.Random) -> Fate:
    """Severely disabled, at no school."""
    return Fate(
        "severe_disability",
        filing=certificate(child, rng, rng.choice((1, 2))),
        flags=("propose_home_teaching",),
    )
