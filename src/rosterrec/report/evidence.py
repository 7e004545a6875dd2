"""All that a run knows of one person, as one document: what the screen draws and scripts read.

The pairs and their weights are those of ``links.parquet``; nothing is weighed anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from rosterrec.frames import FEATURES, Decision, Role
from rosterrec.report.recorded import Place, Recorded

Row = dict[str, Any]
_LEFT, _RIGHT = "left", "right"


@dataclass(frozen=True)
class Pair:
    """A pair of rows: the child's, or one linked to the child, and another.

    Attributes:
        own: the row on the child's side.
        other: the row it is held against.
        evidence: decision, basis, sum, and level and weight of each feature.
        rivals: other people of the police list whom the other row may be, by their place.
        recorded: the run wrote this pair down; if not, it was looked for afterwards.
    """

    own: Place
    other: Place
    evidence: Row
    rivals: tuple[tuple[Place, Row], ...] = ()
    recorded: bool = True

    @property
    def prior(self) -> float:
        """Bits before any evidence: what the features leave of the sum."""
        rest = sum(float(self.evidence[f"{feature}_weight"]) for feature in FEATURES)
        return round(float(self.evidence["weight"]) - rest, 6)

    @property
    def accepted(self) -> bool:
        """The pair is a link."""
        return bool(self.evidence["decision"] == Decision.ACCEPTED)

    @property
    def linked(self) -> bool:
        """The pair was accepted, or waits for a person."""
        return bool(self.evidence["decision"] != Decision.REJECTED)


def pairs_of(run: Recorded, person: Row) -> list[Pair]:
    """Every pair of a person, the likeliest first: own rows, and what they say of each other.

    Registry and roster rows are held against each other where that decided something for the
    child: where the pair waits for a person, or carried a link from one list to the other.
    """
    place = Place(Role.POPULATION, person["file"], person["sheet"], person["row"])
    twice = _at(place, _RIGHT) & (pl.col("left_source") == Role.POPULATION)
    direct = run.links.filter(_at(place, _LEFT) | twice).collect()
    pairs = [_pair(row, place) for row in direct.iter_rows(named=True)]
    pairs.sort(key=lambda pair: (-pair.evidence["weight"], pair.other))
    return [*_with_rivals(run, pairs, place), *_between(run, pairs)]


def _pair(row: Row, place: Place) -> Pair:
    """The pair as seen from a place, which may be either side of it."""
    left, right = _end(row, _LEFT), _end(row, _RIGHT)
    return Pair(left, right, row) if left == place else Pair(right, left, row)


def _end(row: Row, side: str) -> Place:
    return Place(*(row[f"{side}_{part}"] for part in Place._fields))


def _at(place: Place, side: str) -> pl.Expr:
    """The row of one side is the one at a place."""
    return pl.all_horizontal(
        pl.col(f"{side}_{part}").eq_missing(pl.lit(value))
        for part, value in zip(Place._fields, place, strict=True)
    )


def _any_of(places: set[Place], side: str) -> pl.Expr:
    return pl.any_horizontal(pl.lit(value=False), *(_at(place, side) for place in sorted(places)))


def _with_rivals(run: Recorded, pairs: list[Pair], place: Place) -> list[Pair]:
    """The pairs with whoever else of the police list has, or may have, the same row."""
    rows = {pair.other for pair in pairs if not pair.accepted}
    rivals = rivals_for(run, rows, place)
    return [replace(pair, rivals=tuple(rivals.get(pair.other, ()))) for pair in pairs]


def rivals_for(
    run: Recorded, rows: set[Place], place: Place
) -> dict[Place, list[tuple[Place, Row]]]:
    """Who, but for the child at a place, has or may have each of some rows; the likeliest first."""
    links = run.links.filter(
        (pl.col("left_source") == Role.POPULATION)
        & (pl.col("decision") != Decision.REJECTED)
        & ~_at(place, _LEFT)
        & _any_of(rows, _RIGHT)
    ).sort("weight", descending=True)
    rivals: dict[Place, list[tuple[Place, Row]]] = {}
    for row in links.collect().iter_rows(named=True):
        rivals.setdefault(_end(row, _RIGHT), []).append((_end(row, _LEFT), row))
    return rivals


def _between(run: Recorded, pairs: list[Pair]) -> list[Pair]:
    """What the child's registry and roster rows say of each other, where that decided anything."""
    mine = {
        role: {p.other for p in pairs if p.accepted and p.other.source == role}
        for role in (Role.REGISTRY, Role.ROSTER)
    }
    if not any(mine.values()):
        return []
    carried = {p.other for p in pairs if str(p.evidence["basis"]).startswith("through_")}
    registry, roster = (
        _any_of(mine[role], side) for role, side in ((Role.REGISTRY, _LEFT), (Role.ROSTER, _RIGHT))
    )
    waits = (pl.col("decision") == Decision.REVIEW) & (registry | roster)
    through = (
        (pl.col("decision") == Decision.ACCEPTED)
        & registry
        & roster
        & (_any_of(carried, _LEFT) | _any_of(carried, _RIGHT))
    )
    found = run.links.filter((pl.col("left_source") == Role.REGISTRY) & (waits | through))
    rows = found.sort("weight", descending=True).collect().iter_rows(named=True)
    return [Pair(_end(row, _LEFT), _end(row, _RIGHT), row) for row in rows]
