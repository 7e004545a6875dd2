"""Ranges of wrong and missed links hold what the probabilities promise."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.frames import Links
from rosterrec.report.certainty import certainty


def links(*rows: tuple[str, float, float], right: list[int] | None = None) -> Links:
    frame = pl.DataFrame(
        rows, schema=["decision", "probability", "weight"], orient="row"
    ).with_columns(
        pl.Series("right", right or range(len(rows)), dtype=pl.Int64),
        left_source=pl.lit("population"), right_source=pl.lit("registry"),
    )  # fmt: skip
    return Links(frames.conform(frame, frames.LINKS))


def test_sure_links_promise_no_wrong_one() -> None:
    found = certainty(links(*[("accepted", 1.0, 40.0)] * 50))["population-registry"]
    assert found["accepted"] == 50
    assert found["wrong"] == {"low": 0, "high": 0}


def test_a_hundred_links_of_nine_in_ten_are_ten_wrong_give_or_take() -> None:
    wrong = certainty(links(*[("accepted", 0.9, 3.2)] * 100))["population-registry"]["wrong"]
    assert wrong["low"] < 10 < wrong["high"]
    assert wrong["high"] <= 16


def test_links_may_all_be_likelier_than_said() -> None:
    wrong = certainty(links(*[("accepted", 0.99, 6.7)] * 500))["population-registry"]["wrong"]
    assert wrong["low"] == 0
    assert wrong["high"] >= 5


def test_of_those_waiting_every_row_may_have_its_owner() -> None:
    tied = ("review", 0.5, 9.0)
    found = certainty(links(tied, tied, ("review", 0.3, -1.2), right=[0, 0, 1]))
    assert found["population-registry"]["waiting"]["high"] == 2


def test_the_queue_and_the_rejected_are_estimated_apart() -> None:
    found = certainty(links(("review", 0.8, 2.0), ("rejected", 0.01, -6.6)))["population-registry"]
    assert found["waiting"]["high"] >= 1
    assert found["missed"] == {"low": 0, "high": 1}
