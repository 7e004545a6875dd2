"""What decisions teach of pairs that wait: enough of them, of a piece, and never beyond them."""

from __future__ import annotations

import math
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec import frames
from rosterrec.frames import FEATURES, LINKS
from rosterrec.score.taught import (
    HEARD,
    LEAST,
    LEAST_OF_EACH,
    Lesson,
    Outcome,
    as_taught,
    taught,
)

Pair = tuple[str, float, float, bool]


def likelihood(weight: float, rest: float = 0.0) -> float:
    return 2**weight / (1 + 2**weight + rest)


def heard(pairs: list[Pair]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema=HEARD, orient="row")


def decided(n: int, shift: float, *, seed: int = 1, scale: float = 1.0) -> list[Pair]:
    """Pairs decided as likely as their weight and so many bits more say."""
    chance = random.Random(seed)
    found = []
    for at in range(n):
        weight = chance.uniform(-3, 6)
        same = chance.random() < likelihood(shift + scale * weight)
        found.append((f"f{at // 2}", weight, likelihood(weight), same))
    return found


def links(*rows: dict[str, object]) -> pl.DataFrame:
    return frames.conform(pl.DataFrame(list(rows)), LINKS)


def test_too_few_decisions_teach_nothing() -> None:
    found = taught(heard(decided(LEAST - 1, -3)))
    assert (found.outcome, found.lesson) == (Outcome.FEW, Lesson())
    assert found.same + found.different == LEAST - 1


def test_too_few_of_one_kind_teach_nothing() -> None:
    pairs = [(f"f{at}", 1.0, 0.6, at >= LEAST_OF_EACH - 1) for at in range(2 * LEAST)]
    found = taught(heard(pairs))
    assert (found.outcome, found.different) == (Outcome.FEW, LEAST_OF_EACH - 1)


def test_decisions_that_know_better_are_used() -> None:
    found = taught(heard(decided(600, -3)))
    assert found.outcome is Outcome.USED
    assert found.wrong_after < found.wrong_before
    assert found.lesson.shift == pytest.approx(-3, abs=1)
    assert found.lesson.scale == pytest.approx(1, abs=0.35)


def test_decisions_that_say_what_the_weights_say_change_nothing() -> None:
    found = taught(heard(decided(600, 0)))
    assert (found.outcome, found.lesson) == (Outcome.NO_HELP, Lesson())


@pytest.mark.parametrize("seed", range(5))
def test_decisions_at_random_change_nothing(seed: int) -> None:
    chance = random.Random(seed)
    pairs = [(*pair[:3], chance.random() < 0.5) for pair in decided(600, -3, seed=seed)]
    assert taught(heard(pairs)).outcome is Outcome.NO_HELP


def test_decisions_against_all_evidence_change_nothing() -> None:
    turned = [(*pair[:3], not pair[3]) for pair in decided(600, 0)]
    assert taught(heard(turned)).outcome is Outcome.NO_HELP


def test_decisions_that_contradict_each_other_change_nothing() -> None:
    pairs = decided(300, -3)
    both = pairs + [(*pair[:3], not pair[3]) for pair in pairs]
    assert taught(heard(both)).outcome is Outcome.NO_HELP


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_decisions_is_all_one(seed: int) -> None:
    pairs = decided(260, -2)
    shuffled = random.Random(seed).sample(pairs, len(pairs))
    assert taught(heard(shuffled)) == taught(heard(pairs))


def test_a_pair_that_does_not_wait_stays_as_it_is() -> None:
    pair = {"left": 1, "right": 1, "weight": 4.0, "probability": 0.9, "runner_up": 1.0,
            "name_weight": 5.0, "decision": "accepted"}  # fmt: skip
    one = links(pair)
    waits = pl.col("decision") == "review"
    assert as_taught(one, Lesson(-4, 0.5), waits).equals(one)


def test_the_weights_of_a_waiting_pair_still_add_up() -> None:
    weights = {f"{feature}_weight": float(at) for at, feature in enumerate(FEATURES)}
    total, prior = sum(weights.values()), -30.0
    one = links({"weight": total + prior, "probability": 0.5, "runner_up": 2.0, **weights})
    row = as_taught(one, Lesson(3, 0.5), pl.lit(value=True)).row(0, named=True)
    parts = sum(row[f"{feature}_weight"] for feature in FEATURES)
    assert row["weight"] == pytest.approx(parts + 0.5 * prior + 3)
    assert row["runner_up"] == pytest.approx(4.0)


def test_a_pair_without_rivals_is_as_likely_as_its_new_weight() -> None:
    one = links({"weight": 1.0, "probability": likelihood(1.0)})
    found = as_taught(one, Lesson(2, 0.5), pl.lit(value=True))
    assert found["probability"].item() == pytest.approx(likelihood(2.5), abs=1e-6)


def test_two_alike_never_both_become_likely() -> None:
    each = {"weight": 3.0, "probability": likelihood(3.0, rest=8.0)}
    found = as_taught(links(each, each), Lesson(20, 1), pl.lit(value=True))
    assert found["probability"].sum() <= 1 + 1e-6
    assert found["probability"][0] == pytest.approx(0.5, abs=1e-3)


@settings(deadline=None)
@given(
    st.lists(st.floats(-8, 12), min_size=2, max_size=6, unique=True),
    st.floats(-6, 6),
    st.floats(0.05, 3),
)
def test_the_order_of_a_rows_candidates_stays(
    weights: list[float], shift: float, scale: float
) -> None:
    odds = [2**weight for weight in weights]
    rows = [{"weight": w, "probability": o / (1 + sum(odds))}
            for w, o in zip(weights, odds, strict=True)]  # fmt: skip
    found = as_taught(links(*rows), Lesson(shift, scale), pl.lit(value=True))
    ranked = found.with_columns(before=pl.Series(weights)).sort("before")["probability"]
    assert (ranked.diff().drop_nulls() >= -1e-6).all()
    assert found["probability"].is_between(0, 1).all()
    assert not math.isnan(float(found["probability"].sum()))
