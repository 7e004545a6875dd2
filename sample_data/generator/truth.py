"""What a careful clerk who knew everyone would find: the answers beside the lists."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from .files import Spot
from .later import Change
from .lists import Lists
from .people import Child, Seat
from .places import HOME_SCHOOLS
from .rosters import EXPORTED

MONTHS = ("2024-10", "2024-11")
_PEOPLE = ("file", "sheet", "row", "name", "id_number", "status", "proof", "flags", "person",
           "case", "registry_rows", "roster_rows", "review_allowed")  # fmt: skip
_LINKS = ("left_file", "left_sheet", "left_row", "right_file", "right_sheet", "right_row")
_OUTSIDERS = ("file", "sheet", "row", "name", "kind", "person", "case")


def write_truth(folder: Path, children: list[Child], lists: Lists, spots: list[Spot]) -> None:
    """The month's statuses, links and outsiders."""
    folder.mkdir(parents=True, exist_ok=True)
    where: dict[str, dict[str, list[Spot]]] = defaultdict(lambda: defaultdict(list))
    for spot in spots:
        where[spot.who][spot.role].append(spot)
    people = {c.key: c for c in children}
    listed = [s for s in spots if s.role == "population"]
    month = MONTHS[lists.month]
    rows = [_person(people[s.who], s, where[s.who], lists) for s in listed]
    _write(folder / f"{month}.csv", _PEOPLE, rows)
    _write(folder / f"links_{month}.csv", _LINKS, _links(listed, where))
    _write(folder / f"outsiders_{month}.csv", _OUTSIDERS, _outsiders(people, spots, lists))


def write_changes(folder: Path, changes: list[Change]) -> None:
    """What happened to whom between the months."""
    _write(folder / "changes.csv", ("person", "change"), [list(change) for change in changes])


def _write(path: Path, head: tuple[str, ...], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


def _person(child: Child, spot: Spot, own: dict[str, list[Spot]], lists: Lists) -> list[Any]:
    fate = child.fates[lists.month]
    return [
        spot.file,
        spot.sheet,
        spot.row,
        child.name_in(lists.month),
        child.id_in(lists.month),
        fate.status,
        fate.proof or "not_needed",
        ",".join(sorted(lists.flags[child.key])),
        child.key,
        _case(child, lists.month) or "",
        _rows(own["registry"]),
        _rows(own["roster"]),
        "true" if child.key in lists.review else "false",
    ]


def _case(child: Child, month: int) -> int:
    """The case the child stands for; whoever is in the exported class stands for case 45."""
    exported = Seat(*EXPORTED) in child.fates[month].roster
    return child.case or (45 if exported else 0)


def _rows(spots: list[Spot]) -> str:
    return "; ".join(f"{s.file}|{s.sheet}|{s.row}" for s in spots)


def _links(listed: list[Spot], where: dict[str, dict[str, list[Spot]]]) -> list[list[Any]]:
    return [
        [left.file, left.sheet, left.row, right.file, right.sheet, right.row]
        for left in listed
        for role in ("registry", "roster", "whereabouts", "filing")
        for right in where[left.who][role]
    ]


def _outsiders(people: dict[str, Child], spots: list[Spot], lists: Lists) -> list[list[Any]]:
    """Rows of pupils in home schools who are not on the police list."""
    home = {school.code for school in HOME_SCHOOLS}
    seats = {
        r["who"] for r in lists.registry if r["school_code"] in home and r["state"] == "正常"
    } | {r["who"] for r in lists.roster}
    found = []
    for spot in spots:
        child = people[spot.who]
        if spot.role not in {"registry", "roster"} or child.listed(lists.month):
            continue
        if spot.who in seats:
            kind = "no_household_registration" if child.case == 4 else "outsider"
            row = [spot.file, spot.sheet, spot.row, child.name, kind, child.key, child.case or ""]
            found.append(row)
    return found
