"""Stage 5: the weight of each level, their sum, and the probability that two rows are one child.

Fellegi-Sunter: a feature at a level weighs log2(m / u) bits; the prior adds log2 of one in the
number of people a row could belong to; the probability is the logistic of the sum.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from rosterrec import frames
from rosterrec.frames import FEATURES, Compared, Records, Scored

#: Levels of the ID after which birth and sex are weaker witnesses.
ID_AGREES = ("equal", "recovered", "slip", "partial")


@cache
def weights() -> dict[str, Any]:
    """The shipped table: feature -> level -> (m, u)."""
    return tomllib.loads(files("rosterrec.data").joinpath("weights.toml").read_text("utf-8"))


def score(compared: Compared, left: Records, right: Records) -> Scored:
    """Weights per feature, their sum with the prior, and the match probability.

    Args:
        compared: levels of pairs.
        left: records of the left list, for name frequencies and the prior.
        right: records of the right list.
    """
    table = weights()
    frequency = _name_frequency(left, right, table["tf"])
    names = left["name_key"][compared["left"]]
    own = names.replace_strict(*frequency, default=None, return_dtype=pl.Float64)
    people = max(len(left), len(right), table["prior"]["least_people"])
    scored = (
        compared.with_columns(
            (weight(feature, table)).alias(f"{feature}_weight") for feature in FEATURES
        )
        .with_columns(name_weight=_by_frequency(pl.lit(own), table["name"]["equal"][0]))
        .with_columns(weight=_sum(math.log2(1 / people)))
        .with_columns(probability=1 / (1 + (-pl.col("weight") * math.log(2)).exp()))
    )
    return Scored(frames.checked(scored.select(*frames.SCORED), frames.SCORED, "Scored"))


def weight(feature: str, table: dict[str, Any]) -> pl.Expr:
    """Bits of the level of one feature; 0 for missing and implied."""
    level = pl.col(f"{feature}_level")
    plain = _bits(level, table[feature])
    given = table[feature].get("given_id")
    if given is None:
        return plain
    agrees = pl.col("id_level").is_in(ID_AGREES)
    return pl.when(agrees).then(_bits(level, given)).otherwise(plain)


def _bits(level: pl.Expr, levels: dict[str, Any]) -> pl.Expr:
    bits = {
        name: math.log2(pair[0] / pair[1]) for name, pair in levels.items() if name != "given_id"
    }
    return level.replace_strict(bits, default=0.0, return_dtype=pl.Float64)


def _by_frequency(frequency: pl.Expr, m: float) -> pl.Expr:
    """Equal names weigh by their own rarity (Winkler's frequency-based adjustment)."""
    bits = (m / frequency).log(2)
    return (
        pl.when((pl.col("name_level") == "equal") & frequency.is_not_null())
        .then(bits)
        .otherwise(pl.col("name_weight"))
    )


def _name_frequency(
    left: Records, right: Records, tf: dict[str, float]
) -> tuple[pl.Series, pl.Series]:
    names = pl.concat([left["name_key"], right["name_key"]]).drop_nulls()
    counts = names.value_counts()
    total = len(names) + tf["pseudo_people"]
    share = (counts["count"] + tf["pseudo_people"] * tf["average"]) / total
    return counts["name_key"], share


def _sum(prior: float) -> pl.Expr:
    """The features added in one fixed order, so that equal evidence gives equal bits."""
    total: pl.Expr = pl.lit(prior)
    for feature in FEATURES:
        total = total + pl.col(f"{feature}_weight")
    return total.round(6)
