"""Stage 5: the weight of each level, their sum, and the probability that two rows are one child.

Fellegi-Sunter: a feature at a level weighs log2(m / u) bits; the prior adds the odds, in bits, that
a row without an owner belongs to any one person. Each row has one owner or none, so that its
candidates share one probability: each its odds over the odds of all of them and of none.
"""

from __future__ import annotations

import math

import polars as pl

from rosterrec import frames
from rosterrec.frames import FEATURES, Compared, Records, Scored
from rosterrec.score.frequency import IN_COMMON, OF_A_NAME, PARTIAL, Shares
from rosterrec.score.learn import learn, priors
from rosterrec.score.tables import Table, Weights, bits_of_pairs, is_kin, shipped_table

__all__ = [
    "Shares", "Weights", "learn", "plain_weights", "score", "with_fewer_bearers", "with_prior",
]  # fmt: skip


def score(
    compared: Compared,
    left: Records,
    shares: Shares,
    weights: Weights,
    settled: pl.Series | None = None,
) -> Scored:
    """Weights per feature, their sum with the prior, and the match probability.

    Args:
        compared: levels of pairs.
        left: records of the left list.
        shares: how common the names of both lists are.
        weights: m, u and the prior.
        settled: ``rec`` of left people who have a certain row already.
    """
    known = pl.lit(value=False)
    if settled is not None:
        known = pl.col("left").is_in(settled.implode())
    prior = pl.when(known).then(weights.prior_second).otherwise(weights.prior)
    scored = (
        pl.concat([compared, bits_of_pairs(compared, weights.table)], how="horizontal")
        .pipe(lambda it: it.with_columns(_by_rarity(it, left, shares, weights.table)))
        .with_columns(weight=_sum(prior))
        .with_columns(probability=_among_candidates())
    )
    return Scored(frames.checked(scored.select(*frames.SCORED), frames.SCORED, "Scored"))


def with_prior(scored: Scored, more: float) -> Scored:
    """The same pairs when any one of them is likelier before evidence, by so many bits."""
    weight = (pl.col("weight") + more).round(6)
    return Scored(scored.with_columns(weight=weight).with_columns(probability=_among_candidates()))


def _among_candidates() -> pl.Expr:
    """The odds of a pair over those of every candidate of its row and of no owner at all."""
    odds = (pl.col("weight") * math.log(2)).exp()
    return (odds / (1 + odds.sum().over("right"))).round(9)


def _by_rarity(compared: pl.DataFrame, left: Records, shares: Shares, table: Table) -> pl.Series:
    """``name_weight`` where names agree in what strangers share: it weighs by its own rarity.

    That is Winkler's frequency-based adjustment: equal names by how many are written so, homophones
    by how many sound so, the given name under another surname by how many bear it. Relatives do not
    choose among all names: there the table's own u holds.
    Rounded, since the last bit of a logarithm hangs on where in its column a pair stands.
    """
    weights = compared["name_weight"]
    alike = compared.select("left", "name_level", kin=is_kin()).with_row_index("at")
    asked = alike.filter(~pl.col("kin") & pl.col("name_level").is_in(list(IN_COMMON)))
    for (level,), pairs in asked.group_by("name_level"):
        u = shares.of_level(level, left.select(*OF_A_NAME)[pairs["left"]])
        m, u_of_all = table[f"name.{level}"]
        if level in PARTIAL:
            u = u.clip(upper_bound=u_of_all)
        bits = pl.select((m / u).log(2).round(6)).to_series()
        weights = weights.scatter(pairs["at"], bits)
    return weights


def with_fewer_bearers(scored: Scored, fewer: pl.DataFrame, shares: Shares, table: Table) -> Scored:
    """The pairs of some right rows as if fewer people bore their names.

    Whose row is given another owner for a trial is counted among the bearers of the name all the
    same, which makes it commoner than a stranger's.

    Args:
        scored: pairs.
        fewer: ``right``, and ``fewer``: how many of the bearers of its name are not counted.
        shares: how common the names are.
        table: m and u by which the pairs were scored.
    """
    of_pairs = scored.select("right").join(fewer, on="right", how="left", maintain_order="left")
    weight, not_counted = pl.col("name_weight"), of_pairs["fewer"].fill_null(0)
    less = weight
    for level in IN_COMMON:
        m = table[f"name.{level}"][0]
        u = m * (-weight * math.log(2)).exp() - not_counted * shares.one_bearer(level)
        less = pl.when(pl.col("name_level") == level).then((m / u).log(2).round(6)).otherwise(less)
    trial = (not_counted > 0) & ~is_kin()
    name_weight = pl.when(trial).then(less).otherwise(weight)
    more = (pl.col("weight") + name_weight - weight).round(6)
    return Scored(scored.with_columns(weight=more, name_weight=name_weight))


def _sum(prior: pl.Expr) -> pl.Expr:
    """The features added in one fixed order, so that equal evidence gives equal bits."""
    total = prior
    for feature in FEATURES:
        total = total + pl.col(f"{feature}_weight")
    return total.round(6)


def plain_weights(people: int) -> Weights:
    """The shipped weights for so many people, where there is nothing to learn from."""
    prior, second = priors(people, owned=None)
    return Weights(shipped_table(), prior, second)
