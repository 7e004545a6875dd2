"""What evidence weighs, and what the lists teach about it."""

from __future__ import annotations

import math

import polars as pl
import pytest

from rosterrec import frames
from rosterrec.frames import FEATURES, Compared, Records
from rosterrec.score import Shares, plain_weights, score, with_fewer_bearers
from rosterrec.score.learn import LEAST_PAIRS, learn, priors
from rosterrec.score.tables import bits, shipped_table, slot

NOTHING = dict.fromkeys((f"{f}_level" for f in FEATURES), "missing")


def compared(*rows: dict[str, object]) -> Compared:
    full = [{"left": i, "right": i, **NOTHING, **row} for i, row in enumerate(rows)]
    return Compared(frames.conform(pl.DataFrame(full), frames.COMPARED))


def people(n: int, name: str = "王伟") -> Records:
    rows = pl.DataFrame({"rec": range(n), "name_key": [f"{name}{i}" for i in range(n)]})
    return Records(frames.conform(rows, frames.RECORDS))


def weighed(*rows: dict[str, object]) -> pl.DataFrame:
    side = people(len(rows))
    return score(compared(*rows), side, Shares(side, side), plain_weights(len(rows)))


def test_missing_weighs_nothing() -> None:
    found = weighed({})
    assert all(found[f"{feature}_weight"].item() == 0 for feature in FEATURES)
    assert found["weight"].item() == pytest.approx(priors(1, owned=None)[0], abs=1e-5)


def test_a_family_counts_once() -> None:
    one = weighed({"guardian_level": "equal"})["weight"].item()
    three = weighed(dict.fromkeys(("guardian_level", "phone_level", "household_level"), "equal"))
    assert three["weight"].item() == one


def test_among_relatives_a_differing_given_name_speaks_against_a_pair() -> None:
    stranger = weighed({"name_level": "one_char"})["name_weight"].item()
    sibling = weighed({"name_level": "one_char", "guardian_level": "equal"})["name_weight"].item()
    assert sibling < 0 < stranger


def test_a_birthdate_beside_a_broken_number_is_no_second_witness() -> None:
    rows = compared({"id_level": "partial", "birth_level": "equal"})
    assert rows.select(slot("birth")).item() == "birth.silent"
    assert rows.select(bits(shipped_table(), "birth")).item() == 0


def test_two_candidates_alike_share_the_probability_of_their_row() -> None:
    alike = {"name_level": "equal", "birth_level": "equal", "guardian_level": "equal"}
    found = weighed({**alike, "right": 0}, {**alike, "right": 0})
    assert found["probability"].to_list() == pytest.approx([0.5, 0.5], abs=0.01)


def test_probability_is_the_odds_over_those_of_nobody() -> None:
    found = weighed({"name_level": "equal", "birth_level": "equal"})
    odds = 2 ** found["weight"].item()
    assert found["probability"].item() == pytest.approx(odds / (1 + odds))


def matches(n: int, share_equal: float) -> Compared:
    equal = {"name_level": "equal", "birth_level": "equal", "sex_level": "equal"}
    slipped = {**equal, "birth_level": "one_day"}
    return compared(*(equal if i < n * share_equal else slipped for i in range(n)))


@pytest.mark.parametrize("share", [0.6, 0.9])
def test_em_finds_how_often_birthdates_agree(share: float) -> None:
    n = 5_000
    side = people(n)
    learnt = learn(matches(n, share), side, side, pl.Series([], dtype=pl.Int64))
    assert learnt.learnt_from == n
    assert learnt.table["birth.equal"][0] == pytest.approx(share, abs=0.05)


def test_too_few_pairs_leave_the_shipped_table() -> None:
    side = people(LEAST_PAIRS - 1)
    learnt = learn(matches(LEAST_PAIRS - 1, 0.1), side, side, pl.Series([], dtype=pl.Int64))
    assert learnt.learnt_from == 0
    assert learnt.table["birth.equal"][0] == shipped_table()["birth.equal"][0]


def test_more_people_make_a_chance_agreement_likelier() -> None:
    town, county = priors(3_000, owned=0.6)[0], priors(300_000, owned=0.6)[0]
    assert county == pytest.approx(town - math.log2(100))


def test_a_name_counts_on_both_lists_and_a_strange_one_like_nobodys() -> None:
    once_, twice = people(3), people(2)
    shares = Shares(once_, twice)
    asked = frames.conform(
        pl.DataFrame({"name_key": ["王伟0", "王伟2", "李娜", None]}), frames.RECORDS
    )
    both, one, nobody, missing = shares.of_level("equal", asked)
    assert nobody == missing
    assert both - one == pytest.approx(one - nobody)
    assert one > nobody > 0


def test_what_only_a_trial_makes_common_is_not_counted_among_the_bearers_of_a_name() -> None:
    namesakes = Records(people(9).with_columns(name_key=pl.lit("王伟")))
    shares, weights = Shares(namesakes, namesakes), plain_weights(9)
    levels = ["equal", "equal", "equal", "variant"]
    pairs = compared(*({"name_level": level} for level in levels))
    scored = score(pairs, namesakes, shares, weights)
    fewer = pl.DataFrame({"right": [1, 2, 3], "fewer": [1, 2, 1]})
    trial = with_fewer_bearers(scored, fewer, shares, weights.table)
    more = (trial["name_weight"] - scored["name_weight"]).to_list()
    extra = 0.4  # imaginary bearers of any name
    expected = [math.log2((18 + extra) / (18 - n + extra)) for n in (0, 1, 2)]
    assert more == pytest.approx([*expected, 0], abs=1e-5)
    assert (trial["weight"] - scored["weight"]).to_list() == pytest.approx(more, abs=1e-5)


def given(rare: str, common: str) -> Records:
    """Somebody with a rare given name, and ten thousand with a common one."""
    keys = [f"王{rare}", *[f"李{common}"] * 10_000]
    rows = pl.DataFrame({"rec": range(len(keys)), "name_key": keys})
    return Records(frames.conform(rows, frames.RECORDS))


def test_a_rare_given_name_under_another_surname_weighs_more_than_a_common_one() -> None:
    everybody = given("雨桐", "浩然")
    pairs = compared(*[{"name_level": "given_same"}] * 2)
    weights = plain_weights(2)
    rare, common = score(pairs, everybody, Shares(everybody, everybody), weights)["name_weight"]
    m, u = weights.table["name.given_same"]
    assert rare > math.log2(m / u)
    assert common == pytest.approx(math.log2(m / u), abs=1e-5)


def test_among_relatives_a_rare_given_name_weighs_as_any_other() -> None:
    everybody = given("雨桐", "浩然")
    pairs = compared(*[{"name_level": "given_same", "guardian_level": "equal"}] * 2)
    rare, common = score(pairs, everybody, Shares(everybody, everybody), plain_weights(2))[
        "name_weight"
    ]
    assert rare == common
