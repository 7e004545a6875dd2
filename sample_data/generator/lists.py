"""The rows of each list in a month: the truth, with every slip a clerk made on the way."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from .chance import stream
from .ids import is_valid
from .people import SCHOOL_YEAR, Child, Enrolment, Seat
from .places import COUNTY, JUNIOR, TOWN, UNSENT, VILLAGES

Row = dict[str, Any]


@dataclass
class Lists:
    """The rows of one month by list, each with ``who``; findings and reviews by person."""

    month: int
    police: list[Row] = field(default_factory=list)
    registry: list[Row] = field(default_factory=list)
    roster: list[Row] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    filing: list[Row] = field(default_factory=list)
    flags: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    review: set[str] = field(default_factory=set)


def draw_up(children: list[Child], month: int) -> Lists:
    """All lists of a month, in the order in which their keepers have them."""
    lists = Lists(month)
    for child in children:
        _of_child(lists, child)
    lists.police.sort(key=lambda r: (r["village_order"], r["household"], r["born"], r["who"]))
    for name in ("registry", "roster", "ledger", "filing"):
        rows: list[Row] = getattr(lists, name)
        rows.sort(key=lambda r: (r["sort"], stream("shuffle", name, r["who"]).random(), r["who"]))
    return lists


def _of_child(lists: Lists, child: Child) -> None:
    fate = child.fates[lists.month]
    lists.flags[child.key].update(fate.flags)
    if fate.review:
        lists.review.add(child.key)
    if child.listed(lists.month):
        lists.police.append(_police(child, lists.month))
    for nth, enrolment in enumerate(fate.registry):
        lists.registry.append(_slipped(lists, child, "registry", _registry(child, enrolment), nth))
    for nth, seat in enumerate(fate.roster):
        if dataclasses.astuple(seat)[1:] != UNSENT[1:] or seat.school is not UNSENT[0]:
            row = _slipped(lists, child, "roster", _roster(child, seat), nth)
            lists.roster.append(_as_the_class_types(lists, row))
    if fate.ledger is not None and child.listed(lists.month):
        lists.ledger.append(_slipped(lists, child, "ledger", _person(child) | fate.ledger, 0))
    if fate.filing is not None and child.listed(lists.month):
        lists.filing.append(_slipped(lists, child, "filing", _person(child) | fate.filing, 0))


def _slipped(lists: Lists, child: Child, source: str, row: Row, nth: int) -> Row:
    """The row with this month's numbers and with the slips of that list."""
    if lists.month and child.later_id and source != "police":
        row["id"] = child.later_id
        row["student_no"] = f"G{child.later_id}"
    row["name"] = child.name_in(lists.month)
    for slip in child.slips:
        if slip.source == source and slip.nth == nth and lists.month in slip.months:
            row |= slip.values
            lists.flags[child.key].update(slip.flags)
            if slip.review:
                lists.review.add(child.key)
    return row


def _police(child: Child, month: int) -> Row:
    home = child.home
    return {
        "who": child.key,
        "village_order": VILLAGES.index(home.village),
        "household": home.number,
        "born": child.birth,
        "head": home.head,
        "relation": child.relation,
        "name": child.name_in(month),
        "former": child.former_in(month),
        "sex": child.sex,
        "ethnic": child.ethnic,
        "birth": child.birth.isoformat(),
        "id": child.id_in(month),
        "town": TOWN,
        "village": home.village,
        "address": f"{COUNTY}{TOWN}{home.village}{home.group}组",
        "father": home.father,
        "mother": home.mother,
        "phone": home.phone,
    }


def _person(child: Child) -> Row:
    """What the canvass and the filings copy of a person from the police list."""
    home = child.home
    return {
        "who": child.key,
        "sort": home.village,
        "household": home.number,
        "name": child.name,
        "sex": child.sex,
        "birth": child.birth,
        "id": child.id,
        "village": home.village,
        "guardian": home.father,
        "phone": home.phone,
    }


def _registry(child: Child, enrolment: Enrolment) -> Row:
    seat, rng = enrolment.seat, stream("registry", child.key)
    mother = rng.random() < 0.5
    first = 1 if seat.grade <= 6 else 7 if seat.grade <= 9 else 10
    year = SCHOOL_YEAR - (seat.grade - first) - (enrolment.state == "毕业")
    return {
        "who": child.key,
        "sort": (seat.school.code, seat.grade, seat.klass),
        "school_code": seat.school.code,
        "school": seat.school.name,
        "name": child.name,
        "sex": child.sex,
        "birth": child.birth,
        "id_type": "居民身份证",
        "id": child.id,
        "student_no": f"G{child.id}",
        "seat": seat,
        "entry": f"{year}09",
        "mode": enrolment.mode,
        "state": enrolment.state,
        "left": enrolment.left,
        "guardian": child.home.mother if mother else child.home.father,
        "guardian_relation": "母亲" if mother else "父亲",
        "phone": child.home.phone,
        "guardian_id": child.home.mother_id if mother and rng.random() < 0.25 else "",
    }


def _roster(child: Child, seat: Seat) -> Row:
    rng = stream("roster", child.key)
    return {
        "who": child.key,
        "sort": (seat.school.code, seat.grade, seat.klass),
        "seat": seat,
        "name": child.name,
        "sex": child.sex,
        "ethnic": child.ethnic,
        "birth": child.birth,
        "id": child.id,
        "student_no": f"G{child.id}",
        "village": child.home.village,
        "guardian": child.home.mother if rng.random() < 0.4 else child.home.father,
        "father": child.home.father,
        "mother": child.home.mother,
        "phone": child.home.phone if rng.random() < 0.85 else "",
    }


def _as_the_class_types(lists: Lists, row: Row) -> Row:
    """Whole classes that a spreadsheet spoilt: numbers cut to 15 digits, dates a day late."""
    seat: Seat = row["seat"]
    if seat.school is JUNIOR and seat.grade == 8 and is_valid(row["id"]) and row["id"].isdigit():
        row["id"] = int(row["id"][:15]) * 1000
        lists.flags[row["who"]].add("id_damaged")
    late = seat.school is JUNIOR and (seat.grade, seat.klass) == (7, 3)
    if late and isinstance(row["birth"], dt.date):
        row["birth"] += dt.timedelta(1)
        lists.flags[row["who"]].add("birth_differs")
    return row
