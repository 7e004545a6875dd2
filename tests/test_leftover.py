"""The second look where numbers are opaque: less evidence suffices among the few still open."""

import polars as pl

from rosterrec import frames
from rosterrec.frames import Decision, Links, Records, Scored
from rosterrec.link.leftover import of_the_rest
from rosterrec.score import plain_weights


def _records(many: int) -> Records:
    rows = pl.DataFrame({"rec": range(many)}, {"rec": pl.Int64})
    return Records(frames.conform(rows, frames.RECORDS))


def _scored(pairs: list[tuple[int, int, float]]) -> Scored:
    rows = pl.DataFrame(pairs, ["left", "right", "weight"], orient="row")
    return Scored(frames.conform(rows, frames.SCORED))


def _links(pairs: list[tuple[int, int]]) -> Links:
    rows = pl.DataFrame(pairs, {"left": pl.Int64, "right": pl.Int64}, orient="row")
    accepted = rows.with_columns(decision=pl.lit(str(Decision.ACCEPTED)))
    return Links(frames.conform(accepted, frames.LINKS))


def test_the_fewer_are_open_the_likelier_is_each():
    left, right = _records(5000), _records(5000)
    scored = _scored([(4990, 4990, -4.0)])
    weights = plain_weights(5000)
    many = of_the_rest(scored, _links([(i, i) for i in range(2000)]), left, right, weights)
    few = of_the_rest(scored, _links([(i, i) for i in range(4990)]), left, right, weights)
    assert few["weight"].item() > many["weight"].item()
    assert few["probability"].item() > many["probability"].item()


def test_linked_people_and_owned_rows_are_not_among_the_rest():
    scored = _scored([(0, 1, 2.0), (1, 0, 2.0), (2, 2, 2.0)])
    rest = of_the_rest(scored, _links([(0, 0)]), _records(3), _records(3), plain_weights(3))
    assert rest.select("left", "right").rows() == [(2, 2)]


def test_rows_that_nobody_fits_make_the_others_less_likely():
    scored = _scored([(0, 0, -4.0)])
    none = _links([])
    alone = of_the_rest(scored, none, _records(10), _records(10), plain_weights(10))
    crowded = of_the_rest(scored, none, _records(10), _records(1000), plain_weights(10))
    assert crowded["weight"].item() < alone["weight"].item()


def test_nothing_is_left_where_everyone_is_linked():
    rest = of_the_rest(_scored([]), _links([(0, 0)]), _records(1), _records(1), plain_weights(1))
    assert rest.is_empty()


def _alike(many: int) -> Scored:
    """So many pairs with one name, every number and birthdate another."""
    levels = {"id_level": "different", "name_level": "equal", "birth_level": "different"}
    rows = pl.DataFrame({"left": range(many), "right": range(many), "weight": -9.0})
    told = rows.with_columns(pl.lit(level).alias(name) for name, level in levels.items())
    return Scored(frames.conform(told, frames.SCORED))


def test_what_strangers_would_never_make_so_often_stands_for_itself():
    rest = of_the_rest(_alike(6), _links([]), _records(10), _records(10), plain_weights(10))
    assert rest["weight"].min() > 3.0


def test_what_strangers_make_as_often_is_no_evidence():
    weights = plain_weights(3000)
    rest = of_the_rest(_alike(6), _links([]), _records(3000), _records(3000), weights)
    assert rest["weight"].max() < -9.0


def test_a_single_pair_may_be_an_accident():
    rest = of_the_rest(_alike(1), _links([]), _records(40), _records(40), plain_weights(40))
    assert rest["probability"].max() < 0.5
