"""What follows from decisions on pairs, beside the same rules written out pair by pair."""

from itertools import pairwise, product

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec.ledger.agreement import agreement, ordered

P, P2, G, R = "population.a", "population.b", "registry.a", "roster.a"
KEYS = (P, P2, G, "registry.b", R, "roster.b", "roster.c")
Said = list[tuple[str, str, str]]


def settled(said: Said) -> tuple[dict[tuple[str, str], str], set[int]]:
    """Verdicts by pair, and the numbers of the disputed decisions."""
    rows = [(at, *each) for at, each in enumerate(said, 1)]
    schema = {"seq": pl.Int64, "left_key": pl.String, "right_key": pl.String, "verdict": pl.String}
    found = agreement(pl.DataFrame(rows, schema=schema, orient="row"))
    verdicts = {(left, right): told for left, right, told in found.verdicts.iter_rows()}
    assert len(verdicts) == len(found.verdicts)
    return verdicts, set(found.disputed)


def list_of(key: str) -> str:
    return key.partition(".")[0]


def by_hand(said: Said) -> tuple[dict[tuple[str, str], str], set[int]]:
    """The same by going over every pair again and again."""
    of = {(a, b): {v for *pair, v in said if pair == [a, b]} for a, b, _ in said}
    plain = {pair: min(verdicts) for pair, verdicts in of.items() if len(verdicts) == 1}
    group = grouped([pair for pair, verdict in plain.items() if verdict == "same"])
    torn = [group[a] for (a, b), v in plain.items() if v == "different" and b in group[a]]
    told = {pair: verdict for pair, verdict in plain.items() if verdict == "unsure"}
    told |= following([p for p, v in plain.items() if v == "different"], group, torn)
    for (a, b), verdict in plain.items():
        if verdict != "unsure":
            told[a, b] = "disputed" if group[a] in torn and b in group[a] else verdict
    told |= {pair: "disputed" for pair, verdicts in of.items() if len(verdicts) > 1}
    numbers = {at for at, (a, b, _) in enumerate(said, 1) if told[a, b] == "disputed"}
    return told, numbers


def grouped(same: list[tuple[str, str]]) -> dict[str, set[str]]:
    group = {key: {key} for key in KEYS}
    for a, b in same:
        if list_of(a) != list_of(b):
            joined = group[a] | group[b]
            group |= dict.fromkeys(joined, joined)
    return group


def following(
    apart: list[tuple[str, str]], group: dict[str, set[str]], torn: list[set[str]]
) -> dict[tuple[str, str], str]:
    whole = [(a, b) for a, b in apart if group[a] not in torn and group[b] not in torn]
    different = [pair for a, b in whole for pair in product(group[a], group[b])]
    same = [(a, b) for a, b in product(KEYS, KEYS) if b in group[a] and group[a] not in torn]
    told = [(pair, "different") for pair in different] + [(pair, "same") for pair in same]
    return {ordered(*pair): v for pair, v in told if list_of(pair[0]) != list_of(pair[1])}


def pairs() -> st.SearchStrategy[tuple[str, str]]:
    two = st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True)
    return two.map(lambda keys: ordered(*keys))


decisions = st.lists(
    st.tuples(pairs(), st.sampled_from(["same", "same", "different", "unsure"])).map(
        lambda it: (*it[0], it[1])
    ),
    max_size=14,
)


@settings(deadline=None)
@given(decisions)
def test_it_is_what_follows_pair_by_pair(said: Said) -> None:
    assert settled(said) == by_hand(said)


@settings(deadline=None)
@given(decisions, st.randoms())
def test_the_order_of_decisions_is_all_one(said: Said, chance: object) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settled(shuffled)[0] == settled(said)[0]


def test_same_and_different_settle_the_third_side() -> None:
    verdicts, disputed = settled([(P, G, "same"), (G, R, "different")])
    assert verdicts[P, R] == "different"
    assert not disputed


def test_two_of_the_police_list_stay_two() -> None:
    verdicts, _ = settled([(P, P2, "same"), (P, G, "same")])
    assert (P2, G) not in verdicts


def test_a_circle_that_contradicts_itself_settles_nothing() -> None:
    verdicts, disputed = settled([(P, G, "same"), (G, R, "same"), (P, R, "different")])
    assert set(verdicts.values()) == {"disputed"}
    assert disputed == {1, 2, 3}


def test_a_long_chain_is_one_child() -> None:
    lists = ("population", "registry")
    keys = [f"{lists[at % 2]}.{at:05d}" for at in range(400)]
    chain = [(*ordered(a, b), "same") for a, b in pairwise(keys)]
    verdicts, disputed = settled(chain)
    assert len(verdicts) == 200 * 200
    assert set(verdicts.values()) == {"same"}
    assert not disputed
