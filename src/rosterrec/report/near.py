"""A person's pairs with the records they speak of; and, of who is in no list, the nearest row.

A run keeps the nearest row of whoever has none, but only among rows that were still open: a row
that plainly is another child's was never a candidate. To a clerk just that row may be the question
(the twin's, in case 8 of ``domain.md`` 7), so it is looked for here, with the shipped weights.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from rosterrec.compare import compare
from rosterrec.errors import InputError
from rosterrec.frames import (
    GROUP_OF,
    PAIRS,
    Decision,
    Field,
    Group,
    Pairs,
    Raw,
    Records,
    Role,
    Status,
    conform,
)
from rosterrec.levels import family_agrees
from rosterrec.report.evidence import Pair, pairs_of, rivals_for
from rosterrec.report.pairs import CONCEIVABLE
from rosterrec.report.recorded import Place, Recorded, lists_of, normalised, place_of, rows_at
from rosterrec.score import Shares, plain_weights, score

Row = dict[str, Any]
_LOOKED_FOR_IN = (Role.REGISTRY, Role.ROSTER, Role.WHEREABOUTS, Role.FILING)
_FIRST = pl.lit(0, dtype=pl.Int64)
_OPEN = (Group.OUT, Group.REVIEW)


def gather(
    run: Recorded, person: Row, base: Path, out: Path
) -> tuple[list[Pair], dict[Place, Row]]:
    """Every pair of a person, and the record at each place they name.

    Args:
        run: the run.
        person: a row of its people.
        base: the folder of its inputs.
        out: the folder of its results.

    Raises:
        InputError: an input is gone or has changed, or the run is of another version.
    """
    pairs = pairs_of(run, person)
    place = place_of(person, Role.POPULATION)
    places = {place, *(end for pair in pairs for end in (pair.own, pair.other))}
    unseen = _unseen(person, pairs)
    files = {end.file for end in places}
    raw = lists_of(run, base, out, files | _files_of(run, unseen) if unseen else files)
    own, records = _read(run, {Role.POPULATION: rows_at(raw, places, Role.POPULATION)})
    if place in records:
        child = records[place]
        rows = _rows_of_others(raw, places, unseen, child)
        others, at = _read(run, rows) if rows else (own.clear(), {})
        records |= at
        left = Records(own.filter(pl.col("rec") == child["rec"]).with_columns(rec=_FIRST))
        sought = Records(others.filter([end.source in unseen for end in at]))
        pairs += _nearest(run, place, left, sought, list(at))
    if places - records.keys():  # another version reads the same files in another way
        raise InputError("run_unreadable", run=run.folder.name)
    return pairs, records


def _unseen(person: Row, pairs: list[Pair]) -> list[Role]:
    """The lists to look through: those without a row that comes near, of a child still open."""
    if GROUP_OF.get(Status(person["status"])) not in _OPEN:
        return []
    near = {p.other.source for p in pairs if p.linked or p.evidence["probability"] >= CONCEIVABLE}
    return [role for role in _LOOKED_FOR_IN if role not in near]


def _rows_of_others(
    raw: dict[Role, Raw], places: set[Place], unseen: list[Role], child: Row
) -> dict[Role, pl.DataFrame]:
    """The rows at the places outside the police list, and those to look through."""
    rows: dict[Role, pl.DataFrame] = {}
    for role in Role:
        parts = [rows_at(raw, places, role)] if any(p.source == role for p in places) else []
        parts += [raw[role].filter(_alike(child))] if role in unseen else []
        if parts and role is not Role.POPULATION:
            rows[role] = pl.concat(parts).unique(maintain_order=True)
    return rows


def _files_of(run: Recorded, roles: list[Role]) -> set[str]:
    """The inputs that may hold lists of some roles: all but those known to hold others."""
    ends = pl.concat(
        run.links.select(source=f"{side}_source", file=f"{side}_file") for side in ("left", "right")
    ).unique()
    known = ends.collect()
    of_others = known.filter(~pl.col("source").is_in(roles))["file"]
    of_roles = known.filter(pl.col("source").is_in(roles))["file"]
    return {entry["name"] for entry in run.summary["inputs"]} - set(of_others) | set(of_roles)


def _read(run: Recorded, rows: dict[Role, pl.DataFrame]) -> tuple[Records, dict[Place, Row]]:
    """Records of some rows, and each by its place, in the same order."""
    records, places = normalised(run, rows)
    return records, dict(zip(places, records.iter_rows(named=True), strict=True))


def _nearest(
    run: Recorded, place: Place, left: Records, right: Records, ends: list[Place]
) -> list[Pair]:
    """The nearest row of each list, whoever's it is; none where nothing but a birthday is shared.

    Args:
        run: the run.
        place: where the child stands.
        left: the child's record.
        right: the records of the lists looked through; ``rec`` is the position in ``ends``.
        ends: where records stand.
    """
    if not len(right):
        return []
    numbered = Records(right.with_columns(rec=pl.int_range(pl.len(), dtype=pl.Int64)))
    pairs = conform(numbered.select(left=pl.lit(0), right="rec"), PAIRS)
    compared = compare(Pairs(pairs), left, numbered)
    scored = score(compared, left, Shares(left, numbered), plain_weights(len(run.people)))
    near = scored.filter((pl.col("name_level") != "different") | family_agrees())
    found: dict[str, Pair] = {}
    for row in near.sort("weight", "right", descending=[True, False]).iter_rows(named=True):
        other = ends[right["rec"][row["right"]]]
        if other.source not in found:
            found[other.source] = _as_pair(run, place, other, row)
    return list(found.values())


def _as_pair(run: Recorded, place: Place, other: Place, scored: Row) -> Pair:
    """The pair as a run would have recorded it, had the row been open."""
    rivals = tuple(rivals_for(run, {other}, place).get(other, ()))
    owned = any(link["decision"] == Decision.ACCEPTED for _, link in rivals)
    decided = {
        "decision": str(Decision.REJECTED),
        "basis": "taken" if owned else "too_unlike",
        "runner_up": rivals[0][1]["weight"] if rivals else None,
    }
    return Pair(place, other, scored | decided, rivals, recorded=False)


def _alike(child: Row) -> pl.Expr:
    """Rows as read that share two characters of the name, the birthdate, the household or phone."""
    name = child["name"] or ""
    parts = {name[at : at + 2] for at in range(len(name) - 1)} or {name}
    same = [pl.col(Field.NAME).str.contains(part, literal=True) for part in sorted(parts - {""})]
    if child["birth"]:
        day = child["birth"]
        dated = rf"{day.year}\D{{0,2}}0?{day.month}\D{{0,2}}0?{day.day}"
        numbers = (Field.ID, Field.STUDENT_NO, Field.BIRTH)
        same += [pl.col(field).str.contains(dated) for field in numbers]
    for field in (Field.HOUSEHOLD, Field.PHONE):
        if child[str(field)]:
            same.append(pl.col(field) == child[str(field)])
    return pl.any_horizontal(pl.lit(value=False), *(each.fill_null(value=False) for each in same))
