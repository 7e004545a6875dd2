"""What the lists themselves teach about m, u and the prior; the shipped table steadies it.

Strangers' u follows from how the values are spread (the chance that two rows drawn at random
agree). Which pairs are one child nobody says, but each row has one owner at most: a person whom
another beats for a row cannot be its owner. Those pairs give u where relatives are concerned; m
comes by EM (Dempster, Laird & Rubin 1977) on the counts of agreement patterns among the best pairs.
All sums are of whole numbers, so that the result does not hang on their order.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import polars as pl

from rosterrec.frames import FEATURES, LEVELS, Compared, Records
from rosterrec.score.tables import (
    KIN,
    Table,
    Weights,
    bits_of,
    bits_of_pairs,
    pattern_of,
    shipped,
    shipped_table,
    slot,
    table_of,
)

#: Fewer best pairs than this teach nothing.
LEAST_PAIRS = 200
#: Imaginary pairs spread like the shipped table that every estimate starts from.
_PSEUDO_PAIRS = 200
_ROUNDS = 12
#: EM is done when the expected number of matches changes by less than this part.
_SETTLED = 10_000
#: Posteriors are counted in millionths.
_UNIT = 1_000_000
#: No level is ever so rare, or so sure, that one pair could decide by it alone.
_RAREST = 2.0e-5
_RAREST_U = 1.0e-8
#: Imaginary random pairs that the spread of values starts from.
_PSEUDO_RANDOM = 1_000_000
#: Levels of birth by how often strangers show them against "equal": they scale with it.
_LIKE_BIRTH = ("equal", "lunar", "swapped", "one_day", "one_digit")


def learn(compared: Compared, left: Records, right: Records, settled: pl.Series) -> Weights:
    """Weights for one pass.

    Args:
        compared: levels of the pairs that blocking found among rows without a certain owner.
        left: the whole left list.
        right: the whole right list.
        settled: ``rec`` of left people whose row is certain.
    """
    people = len(left) - len(settled)
    prior, second = priors(people, owned=None)
    table = _with_spread(shipped_table(), left, right)
    first = Weights(table, prior, second)
    standing = _standing(compared, first, settled)
    best = int((standing == "best").sum())
    if best < LEAST_PAIRS:
        return first
    patterns = _patterns(compared, standing)
    kin = _u_of_kin(patterns.filter(pl.col("standing") == "beaten"), table)
    learnt, owners = _expectation_maximisation(
        patterns.filter(pl.col("standing") == "best"), kin, prior
    )
    rows = len(right) - len(settled)
    prior, second = priors(people, owned=owners / max(rows, 1))
    return Weights(learnt, prior, second, learnt_from=best)


def priors(people: int, *, owned: float | None) -> tuple[float, float]:
    """Bits of any one pair before evidence: of people without a certain row, and with one.

    Args:
        people: how many have no certain row.
        owned: the share of rows without an owner that belong to one of them; None if unknown.
    """
    shipped_prior = shipped()["prior"]
    share = shipped_prior["owned"] if owned is None else min(max(owned, 0.01), 0.99)
    many = max(people, shipped_prior["least_people"])
    return math.log2(share / many), math.log2(shipped_prior["second"] * share / many)


def _with_spread(
    table: dict[str, tuple[float, float]], left: Records, right: Records
) -> dict[str, tuple[float, float]]:
    """The table with u of strangers as the values of these lists are spread."""
    people = max(len(left), len(right), shipped()["prior"]["least_people"])
    u = {key: pair[1] for key, pair in table.items()}
    u |= dict.fromkeys(("id.equal", "id.recovered"), shipped()["prior"]["relative"] / people)
    day = _agreement(left, right, pl.col("birth"), u["birth.equal"])
    u |= {f"birth.{lv}": u[f"birth.{lv}"] * day / table["birth.equal"][1] for lv in _LIKE_BIRTH}
    for feature, value in _SPREAD.items():
        same = _agreement(left, right, value, u[f"{feature}.equal"])
        u |= {f"{feature}.equal": same, f"{feature}.different": 1 - same}
    u |= _spread_of_classes(left, right)
    return {key: (m, _bounded(u[key])) for key, (m, _) in table.items()}


#: Features whose u follows from the spread of one value.
_SPREAD = {
    "sex": pl.col("sex"),
    "guardian": pl.col("guardians").str.splitn("|", 2).struct.field("field_0"),
    "phone": pl.col("phone"),
    "household": pl.col("household"),
    "village": pl.col("village"),
}


def _spread_of_classes(left: Records, right: Records) -> dict[str, float]:
    """How often strangers share school, grade and class, each level without the narrower ones."""
    start = shipped()["class"]
    narrow = 0.0
    u: dict[str, float] = {}
    for level, parts in _CLASS_LEVELS.items():
        steady = narrow + start[level][1]
        share = _agreement(left, right, pl.concat_str(*parts, separator="|"), steady)
        u[f"class.{level}"] = share - narrow
        narrow = share
    return u | {"class.different": 1 - narrow}


_CLASS_LEVELS = {
    "same_class": ("school", "grade", "class_name"),
    "same_grade": ("school", "grade"),
    "same_school": ("school",),
}


def _bounded(share: float) -> float:
    return min(max(share, _RAREST_U), 0.999)


def _agreement(left: Records, right: Records, value: pl.Expr, start: float) -> float:
    """The chance that two rows drawn at random, one of each list, have the same value.

    Args:
        left: one list.
        right: the other.
        value: what is to be the same.
        start: the chance from elsewhere, which counts for many imaginary pairs: short lists, in
            which everybody may have one birthday, teach little.
    """
    pairs, possible = _same(left, right, value)
    return float((pairs + _PSEUDO_RANDOM * start) / (possible + _PSEUDO_RANDOM))


def _same(left: Records, right: Records, value: pl.Expr) -> tuple[int, int]:
    """How many pairs of rows, one of each list, have the same value, and how many have one."""
    roots = value.meta.root_names()
    if any(side[root].null_count() == len(side) for side in (left, right) for root in roots):
        return 0, 0
    counts = [
        side.select(v=value)
        .drop_nulls()
        .group_by(v=pl.col("v").hash())  # numbers are counted in half the time of texts
        .agg(n=pl.len().cast(pl.Int64))
        for side in (left, right)
    ]
    pairs = counts[0].join(counts[1], on="v").select((pl.col("n") * pl.col("n_right")).sum()).item()
    return pairs, int(counts[0]["n"].sum()) * int(counts[1]["n"].sum())


def _standing(compared: Compared, weights: Weights, settled: pl.Series) -> pl.Series:
    """How each pair stands among those of its row and of its person, by the first weights.

    ``best``: the one best of both, of a person without a certain row. ``beaten``: another person
    is better for the row. Null: neither, such as the second row of somebody, which teaches nothing.
    """
    total = bits_of_pairs(compared, weights.table).select(pl.sum_horizontal(pl.all()).round(6))
    pairs = compared.select("left", "right").with_columns(total.to_series().alias("weight"))
    alone = []
    for side in ("right", "left"):
        is_top = pl.col("weight") == pl.col("weight").max().over(side)
        pairs = pairs.with_columns(is_top.alias(f"top_{side}"))
        alone.append(pl.col(f"top_{side}") & (pl.col(f"top_{side}").sum().over(side) == 1))
    unsettled = ~pl.col("left").is_in(settled.implode())
    return pairs.select(
        pl.when(pl.all_horizontal(*alone) & unsettled)
        .then(pl.lit("best"))
        .when(~pl.col("top_right"))
        .then(pl.lit("beaten"))
    ).to_series()


def _patterns(compared: Compared, standing: pl.Series) -> pl.DataFrame:
    """The distinct patterns of slots, and how many pairs of each standing show each."""
    counted = (
        pattern_of(compared)
        .with_columns(standing=standing)
        .with_row_index("at")
        .group_by("pattern", "standing")
        .agg(pl.col("at").first(), n=pl.len().cast(pl.Int64))
    )
    slots = compared.select(LEVELS)[counted["at"]].select(slot(f).alias(f) for f in FEATURES)
    both = pl.concat([slots, counted.select("standing", "n")], how="horizontal")
    return both.group_by(*FEATURES, "standing").agg(pl.col("n").sum()).sort(pl.all())


def _u_of_kin(others: pl.DataFrame, table: Table) -> dict[str, tuple[float, float]]:
    """The table with u among relatives as counted on pairs that cannot be one child."""
    learnt = dict(table)
    for feature in KIN:
        counted = _counted(others[feature], others["n"])
        for key, (m, u) in table.items():
            if table_of(key) == f"{feature}_kin":
                learnt[key] = (m, _estimate(key, u, counted))
    return learnt


def _expectation_maximisation(
    best: pl.DataFrame, table: Table, prior: float
) -> tuple[dict[str, tuple[float, float]], float]:
    """The m of every level by EM among the best pairs, and how many of them are one child."""
    learnt, start = dict(table), shipped_table()
    rows = pl.concat([best[feature] for feature in FEATURES])  # each is of one feature alone
    owners = 0
    for _ in range(_ROUNDS):
        expected = best.select(_expected(learnt, prior)).to_series()
        before, owners = owners, int(expected.sum())
        if abs(owners - before) < owners // _SETTLED:
            break
        counted = _counted(rows, pl.concat([expected] * len(FEATURES)))
        for key, (_, u) in learnt.items():
            learnt[key] = (_estimate(key, start[key][0], counted, _UNIT), u)
    return learnt, owners / _UNIT


def _expected(table: Table, prior: float) -> pl.Expr:
    """How many pairs of a pattern are one child, in millionths of a pair."""
    total = pl.lit(prior)
    for feature in FEATURES:
        found = bits_of(table, feature)
        total = total + pl.col(feature).replace_strict(found, default=0.0, return_dtype=pl.Float64)
    posterior = 1 / (1 + (-total * math.log(2)).exp())
    return (posterior * pl.col("n") * _UNIT).round(0).cast(pl.Int64)


class _Counted(NamedTuple):
    """How often each row of the tables was seen, and of each table all that weigh anything."""

    rows: dict[str, int]
    tables: dict[str, int]


def _counted(rows: pl.Series, times: pl.Series) -> _Counted:
    frame = pl.DataFrame({"row": rows, "times": times})
    seen = dict(frame.group_by("row").agg(pl.col("times").sum()).iter_rows())
    tables: dict[str, int] = {}
    for row, count in seen.items():
        if _weighs(row):
            tables[table_of(row)] = tables.get(table_of(row), 0) + count
    return _Counted(seen, tables)


def _estimate(key: str, start: float, counted: _Counted, unit: int = 1) -> float:
    """The share of a level in its table, steadied by where it started."""
    steadied = counted.rows.get(key, 0) / unit + _PSEUDO_PAIRS * start
    total = counted.tables.get(table_of(key), 0) / unit
    return min(max(steadied / (total + _PSEUDO_PAIRS), _RAREST), 1 - _RAREST)


def _weighs(key: str) -> bool:
    return key.partition(".")[2] not in {"missing", "implied", "silent"}
