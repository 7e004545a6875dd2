"""What two links say together, and what becomes of three that contradict each other."""

from __future__ import annotations

import polars as pl
import pytest

from listed import records
from rosterrec import frames
from rosterrec.frames import Field, Links, Role
from rosterrec.ids import complete
from rosterrec.link.closure import close

P, R, C = Role.POPULATION, Role.REGISTRY, Role.ROSTER
ONE = complete("34992120150506011")
TWO = complete("34992120150506013")


def child(name: str, number: str = "") -> dict[Field, str]:
    return {Field.NAME: name, Field.ID: number, Field.BIRTH: "20150506", Field.SEX: "男"}


LISTS = {
    P: records(P, [child("陈一鸣", ONE), child("陈一鹤", TWO)]),
    R: records(R, [child("陈一鸣", ONE)]),
    C: records(C, [child("陈一鸣")]),
}


def links(*found: tuple[Role, int, Role, int, str]) -> Links:
    """Accepted links: list and record of either side, and the grounds."""
    sides = ["left_source", "left", "right_source", "right", "basis"]
    told = pl.DataFrame(
        [(str(one), left, str(other), right, basis) for one, left, other, right, basis in found],
        schema=sides,
        orient="row",
    )
    sure = told.with_columns(probability=pl.lit(0.999), decision=pl.lit("accepted"))
    return Links(frames.conform(sure, frames.LINKS))


def closed(*found: tuple[Role, int, Role, int, str]) -> dict[tuple[str, int, str, int], str]:
    """What became of each pair."""
    told = close(links(*found), LISTS)
    assert told.schema == pl.Schema(frames.LINKS)
    return {
        (left_source, left, right_source, right): decision
        for left_source, left, right_source, right, decision in told.select(
            "left_source", "left", "right_source", "right", "decision"
        ).iter_rows()
    }


def test_a_child_in_the_registry_is_the_child_that_its_roster_row_shows() -> None:
    found = closed((P, 0, R, 0, "id_and_name"), (R, 0, C, 0, "name_and_birth"))
    assert found[P, 0, C, 0] == "accepted"


@pytest.mark.parametrize(
    ("by_number", "waits"),
    [
        ("id_and_name", (R, 0, C, 0)),
        ("id_and_given_name", (R, 0, C, 0)),
        ("broken_id_and_near_name", (R, 0, C, 0)),
        ("name_and_birth", (P, 1, C, 0)),
    ],
)
def test_of_a_triangle_with_two_children_the_side_without_a_number_waits(
    by_number: str, waits: tuple[Role, int, Role, int]
) -> None:
    found = closed(
        (P, 0, R, 0, "id_and_name"), (R, 0, C, 0, "name_and_birth"), (P, 1, C, 0, by_number)
    )
    assert {pair for pair, decision in found.items() if decision == "review"} == {waits}


def test_a_row_named_exactly_as_another_child_of_that_day_is_not_given_through_a_third() -> None:
    twins = LISTS | {C: records(C, [child("陈一鹤")])}
    found = close(links((P, 0, R, 0, "id_and_name"), (R, 0, C, 0, "id_and_class")), twins)
    assert not len(found.filter((pl.col("left_source") == P) & (pl.col("right_source") == C)))


def test_two_numbers_joined_by_a_third_row_unsay_no_question_about_the_row() -> None:
    rosters = LISTS | {C: records(C, [child("陈一鸣", TWO)])}
    asked = links((P, 1, C, 0, "id_with_other_name")).with_columns(
        decision=pl.lit("review", dtype=frames.DECISION)
    )
    known = links((P, 0, R, 0, "id_and_name"), (R, 0, C, 0, "name_and_class"))
    found = close(Links(pl.concat([known, asked])), rosters).filter(pl.col("right_source") == C)
    told = found.filter(pl.col("left_source") == P).select("left", "basis", "decision")
    assert set(told.iter_rows()) == {
        (0, "triangle", "review"), (1, "id_with_other_name", "review"),
    }  # fmt: skip
