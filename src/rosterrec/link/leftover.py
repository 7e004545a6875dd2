"""A second look at who is left where numbers are opaque: few people for few rows.

Before anybody is linked, a row may belong to anyone, and evidence has to outweigh all of them. Once
most rows have their owner, only the people still open can own the rest, so that less evidence
suffices. Where numbers are citizens' IDs this is not done: there names alone link nobody.

Damage comes together: whose number and birthdate are both wrong is not as rare as the two apart
would make him. So the rest is also asked a question that needs no such assumption: how many pairs
of a pattern would strangers make, and how many are there (the false discovery rate of a group;
Efron, *Large-Scale Inference*, 2010, ch. 4).
"""

from __future__ import annotations

import math

import polars as pl

from rosterrec.frames import FEATURES, Decision, Links, Records, Scored
from rosterrec.score import Weights, with_prior
from rosterrec.score.tables import chance, shipped

_ROUNDS = 20
#: The share of rows with an owner is known when it changes by less than this.
_SETTLED = 1.0e-4
_FEWEST = 0.01
#: Probabilities are added as whole billionths, so that their order does not matter.
_UNIT = 1_000_000_000
#: A pattern stands out if strangers would make no more than a tenth of its pairs, and so many only
#: once in a thousand lists.
_BY_STRANGERS, _BY_ACCIDENT = 0.1, 0.001


def of_the_rest(
    scored: Scored, links: Links, left: Records, right: Records, weights: Weights
) -> Scored:
    """The pairs of people and rows without an accepted link, weighed against each other alone.

    How many of the rows have their owner among the people is estimated from the pairs themselves:
    the sum of their probabilities, by repeated weighing.

    Args:
        scored: pairs of one pass.
        links: what became of them.
        left: the whole left list.
        right: the whole right list.
        weights: what the pairs were weighed by.
    """
    accepted = links.filter(pl.col("decision") == Decision.ACCEPTED)
    rest = scored.filter(
        ~pl.col("left").is_in(accepted["left"].implode()),
        ~pl.col("right").is_in(accepted["right"].implode()),
    )
    people = len(left) - accepted["left"].n_unique()
    rows = len(right) - accepted["right"].n_unique()
    if not len(rest):
        return Scored(rest)
    share = float(shipped()["prior"]["owned"])
    weighed = Scored(rest)
    for _ in range(_ROUNDS):
        before = share
        weighed = with_prior(Scored(rest), math.log2(share / people) - weights.prior)
        owners = int((weighed["probability"] * _UNIT).round(0).cast(pl.Int64).sum()) / _UNIT
        share = min(max(owners / rows, _FEWEST), 1 - _FEWEST)
        if abs(share - before) < _SETTLED:
            break
    return _outstanding(weighed, people * rows, weights)


def _outstanding(scored: Scored, strangers: int, weights: Weights) -> Scored:
    """The pairs, each weighed as its pattern tells where that stands out from chance.

    Args:
        scored: pairs of people and rows that are still open.
        strangers: how many pairs all of these people and rows make.
        weights: what u is taken from.
    """
    levels = [f"{feature}_level" for feature in FEATURES]
    patterns = scored.group_by(levels, maintain_order=True).agg(seen=pl.len().cast(pl.Float64))
    expected = strangers * chance(weights.table)
    found = patterns.with_columns(expected=expected).with_columns(
        odds=((pl.col("seen") - pl.col("expected")) / pl.col("expected")).log(2).round(6),
        accident=_at_least(pl.col("seen"), pl.col("expected")),
    )
    sure = found.filter(
        pl.col("expected") <= _BY_STRANGERS * pl.col("seen"), pl.col("accident") <= _BY_ACCIDENT
    )
    told = scored.join(
        sure.select(*levels, "odds"), on=levels, how="left", maintain_order="left", nulls_equal=True
    )
    weighed = told.with_columns(weight=pl.max_horizontal("weight", "odds")).drop("odds")
    return with_prior(Scored(weighed), 0.0)


def _at_least(seen: pl.Expr, expected: pl.Expr) -> pl.Expr:
    """A bound on the chance of so many, where so few are expected (Chernoff's, of Poisson's)."""
    return (seen - expected + seen * (expected / seen).log()).exp()
