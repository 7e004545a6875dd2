"""What people set by hand of a child: the newest that still holds, and what no longer does."""

from datetime import date

import polars as pl
import pytest

from rosterrec.frames import BY_HAND
from rosterrec.ledger.lasting import by_hand
from rosterrec.ledger.standing import STANDING
from rosterrec.settings import Settings

SEEN = '{"status": "x"}'
SETTINGS = Settings(as_of=date(2024, 10, 15))


def told(*rows: dict[str, object], recs: tuple[int, ...] = (0,)) -> pl.DataFrame:
    """Standing decisions on one child, who stands in these rows of the list."""
    plain = {"at": "2024-10-01T00:00:00Z", "left_key": "population.a", "verdict": ""}
    numbered = [{"seq": at, **plain, **row} for at, row in enumerate(rows, 1)]
    frame = pl.DataFrame(numbered, schema={**STANDING, "recs": pl.List(pl.Int64)})
    return frame.with_columns(recs=pl.lit(list(recs)))


def status(verdict: str, **more: str) -> dict[str, object]:
    return {"kind": "status", "verdict": verdict, **more}


def test_the_newest_of_equal_statuses_gives_document_and_what_was_seen() -> None:
    people, now = by_hand(
        told(
            status("deferred", document_no="1号"),
            status(
                "deferred", document_no="2号", document_date="2024-09-09", seen='{"status": "x"}'
            ),
        ),
        SETTINGS,
    )
    (row,) = people.iter_rows(named=True)
    assert (row["hand_status"], row["hand_document"], row["hand_seen"]) == (
        "deferred", "2号, 2024-09-09", "x",
    )  # fmt: skip
    assert not len(now)


def test_two_statuses_are_disputed_in_every_row_of_the_child() -> None:
    people, now = by_hand(told(status("deferred"), status("abroad"), recs=(3, 1)), SETTINGS)
    assert people["rec"].to_list() == [1, 3]
    assert people["hand_is_disputed"].to_list() == [True, True]
    assert people["hand_status"].null_count() == 2
    assert now.rows() == [(1, "disputed"), (2, "disputed")]


def test_a_status_of_last_school_year_is_over_unless_it_lasts() -> None:
    last_year = {"on_date": "2024-05-05"}
    people, now = by_hand(told(status("suspended", **last_year)), SETTINGS)
    assert (people["hand_status"].to_list(), now.rows()) == ([None], [(1, "expired")])
    people, now = by_hand(told(status("abroad", **last_year)), SETTINGS)
    assert (people["hand_status"].to_list(), now.rows()) == (["abroad"], [])


def test_the_day_it_was_written_counts_where_no_other_is_known() -> None:
    _, now = by_hand(told(status("suspended", at="2024-05-05T00:00:00Z")), SETTINGS)
    assert now.rows() == [(1, "expired")]


def test_visits_of_one_day_are_one_and_undated_ones_each_count() -> None:
    day = {"kind": "attempt", "on_date": "2024-09-09"}
    people, _ = by_hand(
        told(day, day, {"kind": "attempt"}, {"kind": "attempt"}, {**day, "verdict": "confirmed"}),
        SETTINGS,
    )
    assert people["hand_attempts"].to_list() == [3]


@pytest.mark.parametrize(
    ("results", "day"),
    [
        (("false",), date(2024, 9, 9)),
        (("true", "false"), date(2024, 9, 10)),
        (("false", "true"), None),
        (("false", "unreachable"), date(2024, 9, 9)),
        (("unreachable",), None),
    ],
)
def test_the_last_call_that_reached_somebody_tells_of_the_proof(
    results: tuple[str, ...], day: date | None
) -> None:
    calls: list[dict[str, object]] = [
        {"kind": "attempt", "verdict": result, "on_date": f"2024-09-{9 + at:02d}"}
        for at, result in enumerate(results)
    ]
    people, _ = by_hand(told(*reversed(calls)), SETTINGS)
    assert people["hand_false_on"].to_list() == [day]


def test_proofs_and_notes_of_a_child_come_together() -> None:
    people, _ = by_hand(
        told(
            {"kind": "proof", "verdict": "held", "on_date": "2024-09-09", "note": "甲"},
            {"kind": "proof", "verdict": "held", "on_date": "2024-03-03", "note": ""},
            {"kind": "note", "note": "乙"},
            {"kind": "note", "note": "甲"},
        ),
        SETTINGS,
    )
    (row,) = people.iter_rows(named=True)
    assert (row["hand_proof_date"], row["hand_note"]) == (date(2024, 9, 9), "甲; 乙")


def test_nobody_has_nothing() -> None:
    people, now = by_hand(told(), SETTINGS)
    assert (dict(people.schema), len(people), len(now)) == (BY_HAND, 0, 0)
