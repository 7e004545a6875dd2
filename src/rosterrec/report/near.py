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
from rosterrec.frames import (
    GROUP_OF,
    PAIRS,
    RECORDS,
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
from rosterrec.normalise import normalise
from rosterrec.report.evidence import Pair, pairs_of, rivals_for
from rosterrec.report.pairs import CONCEIVABLE
from rosterrec.report.recorded import Place, Recorded, lists_of, place_of, records_at
from rosterrec.score import count_names, plain_weights, score

Row = dict[str, Any]
_LOOKED_FOR_IN = (Role.REGISTRY, Role.ROSTER)
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
        InputError: an input is gone or has changed.
    """
    pairs = pairs_of(run, person)
    place = place_of(person, Role.POPULATION)
    places = {place, *(end for pair in pairs for end in (pair.own, pair.other))}
    seen = {pair.other.source for pair in pairs if pair.linked or _is_near(pair)}
    unseen = [role for role in _LOOKED_FOR_IN if role not in seen]
    if GROUP_OF.get(Status(person["status"])) not in _OPEN:
        unseen = []
    raw = lists_of(run, base, out, None if unseen else {end.file for end in places})
    records = records_at(run, raw, places)
    for role in unseen:
        found = _nearest(run, raw, place, records[place], role)
        if found is not None:
            pair, record = found
            pairs.append(pair)
            records[pair.other] = record
    return pairs, records


def _is_near(pair: Pair) -> bool:
    return bool(pair.evidence["probability"] >= CONCEIVABLE)


def _nearest(
    run: Recorded, raw: dict[Role, Raw], place: Place, child: Row, role: Role
) -> tuple[Pair, Row] | None:
    """The nearest row of a list, whoever's it is; none where nothing but a birthday is shared."""
    left = Records(pl.DataFrame([child], schema=RECORDS).with_columns(rec=pl.lit(0, pl.Int64)))
    right, _ = normalise(Raw(raw[role].filter(_alike(child))), role, run.settings)
    if not len(right):
        return None
    pairs = conform(right.select(left=pl.lit(0), right="rec"), PAIRS)
    compared = compare(Pairs(pairs), left, right)
    scored = score(compared, left, count_names(left, right), plain_weights(len(run.people)))
    near = scored.filter((pl.col("name_level") != "different") | family_agrees())
    if not len(near):
        return None
    best = near.sort("weight", "right", descending=[True, False]).row(0, named=True)
    record = right.row(best["right"], named=True)
    return _as_pair(run, place, place_of(record, role), best), record


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
