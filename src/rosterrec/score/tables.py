"""The table of m and u: which row of it a pair's level means, and how many bits that weighs."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from operator import mul
from typing import Any

import polars as pl

from rosterrec.frames import FEATURES, LEVELS
from rosterrec.levels import FAMILY, family_agrees
from rosterrec.once import alike

#: Levels of the ID after which the other child, were it another, would be a relative.
NUMBER_AGREES = ("equal", "recovered")
#: Levels of a broken number that hold the birthdate: stated beside it, it is no second witness.
_NUMBER_NEAR = ("slip", "partial")
#: Features that have a table of their own where the other child would be a relative.
KIN = ("name", "birth", "village")

#: m and u by "<table>.<level>".
Table = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Weights:
    """What evidence weighs in one pass.

    Attributes:
        table: m and u of every level.
        prior: bits of a pair before any evidence, for people without a certain row.
        prior_second: the same for people who have a certain row already.
        learnt_from: pairs that the table was estimated from; 0 if it is the shipped one.
    """

    table: Table
    prior: float
    prior_second: float
    learnt_from: int = 0


@cache
def shipped() -> dict[str, Any]:
    """The shipped table as it stands in ``weights.toml``."""
    return tomllib.loads(files("rosterrec.data").joinpath("weights.toml").read_text("utf-8"))


def shipped_table() -> dict[str, tuple[float, float]]:
    """Every m and u by "<table>.<level>"."""
    return {
        f"{table}.{level}": (pair[0], pair[1])
        for table, levels in shipped().items()
        if feature_of(table) in FEATURES
        for level, pair in levels.items()
    }


def is_kin() -> pl.Expr:
    """The number or the family agrees: were it another child, it would be a relative."""
    return pl.col("id_level").is_in(NUMBER_AGREES) | family_agrees()


def slot(feature: str) -> pl.Expr:
    """The row of the table, "<table>.<level>", that the feature of a pair means.

    A row that is not in the table ("birth.missing", "phone.silent") weighs nothing.
    """
    level = pl.col(f"{feature}_level").cast(pl.String)
    table = pl.lit(feature)
    if feature in KIN:
        table = pl.when(is_kin()).then(pl.lit(f"{feature}_kin")).otherwise(table)
    silent = _silent(feature)
    return pl.concat_str(
        table, pl.when(silent).then(pl.lit("silent")).otherwise(level), separator="."
    )


def _silent(feature: str) -> pl.Expr:
    """Whether a feature has nothing to add to what stands before it."""
    if feature == "birth":
        return pl.col("id_level").is_in(_NUMBER_NEAR)
    if feature not in FAMILY:
        return pl.lit(value=False)
    earlier = [pl.col(f"{f}_level") for f in FAMILY[: FAMILY.index(feature)]]
    agrees = pl.col(f"{feature}_level") == "equal"
    one_agreed = pl.any_horizontal(pl.lit(value=False), *(e == "equal" for e in earlier))
    one_spoke = pl.any_horizontal(pl.lit(value=False), *(e != "missing" for e in earlier))
    by_number = pl.col("id_level").is_in(NUMBER_AGREES)
    return by_number | one_agreed | (~agrees & (one_spoke | family_agrees()))


def bits(table: Table, feature: str) -> pl.Expr:
    """Bits of a feature's level before what hangs on the pair itself; 0 where nothing is known."""
    return slot(feature).replace_strict(
        bits_of(table, feature), default=0.0, return_dtype=pl.Float64
    )


def bits_of_pairs(compared: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The bits of every feature of every pair, as ``<feature>_weight``: once for each pattern."""
    return alike(
        compared,
        LEVELS,
        lambda it: it.select(bits(table, f).alias(f"{f}_weight") for f in FEATURES),
    )


def pattern_of(compared: pl.DataFrame) -> pl.DataFrame:
    """``pattern``: the hash of the levels of each pair. A county has a few thousand patterns."""
    return compared.select(pattern=pl.struct(LEVELS).hash())


def bits_of(table: Table, feature: str) -> dict[str, float]:
    """Bits of every row of the tables of one feature."""
    return {key: math.log2(m / u) for key, (m, u) in table.items() if feature_of(key) == feature}


def chance(table: Table) -> pl.Expr:
    """How often two strangers would agree just as far in every feature: the product of the u."""
    u = {key: pair[1] for key, pair in table.items()}
    each = (
        slot(feature).replace_strict(u, default=1.0, return_dtype=pl.Float64)
        for feature in FEATURES
    )
    return reduce(mul, each)


def table_of(key: str) -> str:
    """The table of a row: "name_kin" of "name_kin.equal"."""
    return key.partition(".")[0]


def feature_of(key: str) -> str:
    """The feature that a row is about: "name" of "name_kin.equal"."""
    return table_of(key).partition("_")[0]
