"""Links, which are many and wide: in order, and what is asked for of them."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.frames import Decision, Role, in_order, of_pass


def links(*rows: tuple[Role, Role, int, int, Decision]) -> pl.DataFrame:
    names = ["left_source", "right_source", "left", "right", "decision"]
    written = [(str(a), str(b), left, right, str(d)) for a, b, left, right, d in rows]
    return frames.conform(pl.DataFrame(written, schema=names, orient="row"), frames.LINKS)


POLICE, REGISTRY, ROSTER = Role.POPULATION, Role.REGISTRY, Role.ROSTER
ACCEPTED, REVIEW = Decision.ACCEPTED, Decision.REVIEW
MIXED = links(
    (REGISTRY, ROSTER, 0, 0, ACCEPTED),
    (POLICE, ROSTER, 2, 1, REVIEW),
    (POLICE, REGISTRY, 10, 3, ACCEPTED),
    (POLICE, REGISTRY, 2, 11, ACCEPTED),
    (POLICE, REGISTRY, 2, 4, REVIEW),
)


def test_links_stand_by_list_and_then_by_record() -> None:
    by = ["left_source", "right_source", "left", "right"]
    assert in_order(MIXED).equals(MIXED.sort(by))


def test_links_in_order_are_left_where_they_are() -> None:
    ordered = in_order(MIXED)
    assert in_order(ordered) is ordered


def test_of_a_pass_only_what_was_decided_so_is_told() -> None:
    accepted = of_pass(MIXED, POLICE, REGISTRY, ACCEPTED, columns=["right", "left"])
    both = of_pass(MIXED, POLICE, REGISTRY, ACCEPTED, REVIEW, columns=["left"])
    assert accepted.rows() == [(3, 10), (11, 2)]
    assert both.rows() == [(10,), (2,), (2,)]
