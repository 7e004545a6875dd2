"""A second look at who is left where numbers are opaque: few people for few rows.

Before anybody is linked, a row may belong to anyone, and evidence has to outweigh all of them. Once
most rows have their owner, only the people still open can own the rest, so that less evidence
suffices. Where numbers are citizens' IDs this is not done: there names alone link nobody.
"""

from __future__ import annotations

import math

import polars as pl

from rosterrec.frames import Decision, Links, Records, Scored
from rosterrec.score import Weights, with_prior
from rosterrec.score.tables import shipped

_ROUNDS = 20
#: The share of rows with an owner is known when it changes by less than this.
_SETTLED = 1.0e-4
_FEWEST = 0.01
#: Probabilities are added as whole billionths, so that their order does not matter.
_UNIT = 1_000_000_000


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
    return weighed
