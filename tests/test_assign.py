"""Assignment on literal pairs: who gets a row, and when nobody does."""

import polars as pl
import pytest

from rosterrec.assign.resolve import resolve


def pairs(*rows: tuple[int, int, float, str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "left": pl.Int64,
            "right": pl.Int64,
            "weight": pl.Float64,
            "basis": pl.String,
            "doubt": pl.String,
        },
        orient="row",
    )


def decisions(frame: pl.DataFrame, *, many: bool = False) -> dict[tuple[int, int], str]:
    found = resolve(frame, many=many)
    return {
        (left, right): d for left, right, d in found.select("left", "right", "decision").iter_rows()
    }


def test_a_pair_without_rivals_is_accepted_on_its_grounds() -> None:
    assert decisions(pairs((1, 1, 10.0, "id_and_name", None))) == {(1, 1): "accepted"}


def test_a_tie_between_two_people_is_review_for_both() -> None:
    frame = pairs((1, 1, 9.0, "name_and_birth", "likely"), (2, 1, 9.0, "name_and_birth", "likely"))
    assert decisions(frame) == {(1, 1): "review", (2, 1): "review"}


def test_a_tie_is_named_as_such() -> None:
    frame = pairs(
        (1, 1, 9.0, None, "likely"), (2, 1, 9.0, None, "likely"), (3, 3, 9.0, None, "likely")
    )
    found = resolve(frame, many=False).sort("left")
    assert found["basis"].to_list() == ["tied", "tied", "likely"]


def test_name_and_birthdate_must_stand_well_clear_of_a_near_namesake() -> None:
    frame = pairs((1, 1, 12.0, "name_and_birth", "likely"), (2, 1, 5.0, None, "likely"))
    assert decisions(frame)[1, 1] == "review"


def test_a_person_linked_by_number_no_longer_rivals_for_another_row() -> None:
    frame = pairs(
        (1, 1, 9.0, "name_birth_and_family", "likely"),
        (2, 1, 8.0, "name_birth_and_family", "likely"),
        (2, 2, 20.0, "id_and_name", "id"),
    )
    assert decisions(frame) == {(1, 1): "accepted", (2, 2): "accepted"}


def test_a_row_does_not_fall_to_a_poor_candidate_because_the_good_one_is_taken() -> None:
    frame = pairs(
        (1, 1, 20.0, "id_and_name", None),
        (1, 2, 12.0, None, "likely"),
        (2, 2, 3.0, "near_name_birth_and_family", "likely"),
    )
    assert decisions(frame).get((2, 2)) != "accepted"


def test_two_rows_with_the_persons_number_are_two_registrations() -> None:
    frame = pairs((1, 1, 20.0, "id_and_name", None), (1, 2, 20.0, "id_and_name", None))
    assert decisions(frame) == {(1, 1): "accepted", (1, 2): "accepted"}


def test_a_second_row_by_name_belongs_to_the_person_already_linked() -> None:
    frame = pairs(
        (1, 1, 20.0, "id_and_name", None), (1, 2, 12.0, "name_birth_and_family", "likely")
    )
    assert decisions(frame) == {(1, 1): "accepted", (1, 2): "accepted"}


def test_a_number_under_a_near_name_waits_while_the_persons_own_name_is_there() -> None:
    frame = pairs((1, 1, 20.0, "id_and_name", None), (1, 2, 14.0, "id_and_near_name", None))
    assert decisions(frame) == {(1, 1): "accepted", (1, 2): "review"}


def test_a_ledger_may_speak_of_one_person_many_times() -> None:
    frame = pairs(
        (1, 1, 9.0, "name_birth_and_family", "likely"),
        (1, 2, 9.0, "name_birth_and_family", "likely"),
    )
    assert decisions(frame, many=True) == {(1, 1): "accepted", (1, 2): "accepted"}
    assert set(decisions(frame).values()) == {"review"}


def test_who_has_nothing_keeps_the_nearest_candidate_as_rejected() -> None:
    frame = pairs((1, 1, -3.0, None, None), (1, 2, -9.0, None, None))
    assert decisions(frame) == {(1, 1): "rejected"}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_pairs_decides_nothing(seed: int) -> None:
    frame = pairs(
        (1, 1, 9.0, "name_and_birth", "likely"),
        (2, 1, 9.0, "name_and_birth", "likely"),
        (2, 2, 20.0, "id_and_name", None),
        (3, 2, 2.0, None, "likely"),
        (3, 3, 1.0, None, "likely"),
    )
    shuffled = frame.sample(fraction=1, shuffle=True, seed=seed)
    assert decisions(shuffled) == decisions(frame)


def test_a_second_row_alike_in_all_but_a_number_is_asked_about() -> None:
    """A child with a row may be registered twice; a row merely near is a stranger's."""
    frame = pairs(
        (1, 1, 20.0, "id_and_name", "id"),
        (1, 2, 1.0, None, "alike"),
        (2, 3, 20.0, "id_and_name", "id"),
        (2, 4, 1.0, None, "likely"),
    )
    found = resolve(frame, many=False)
    asked = found.filter(found["decision"] == "review").select("left", "right", "basis")
    assert asked.rows() == [(1, 2, "second_row")]


def test_a_row_alike_in_all_but_a_number_is_likely_that_of_a_child_without_one() -> None:
    found = resolve(pairs((1, 1, 1.0, None, "alike")), many=False)
    assert found.select("decision", "basis").rows() == [("review", "likely")]


def test_a_second_row_nearer_to_another_child_is_not_asked_about() -> None:
    frame = pairs(
        (1, 1, 20.0, "id_and_name", "id"), (1, 2, 1.0, None, "alike"), (2, 2, 9.0, None, "likely")
    )
    assert decisions(frame) == {(1, 1): "accepted", (2, 2): "review"}
