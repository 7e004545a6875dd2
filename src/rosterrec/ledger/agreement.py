"""What follows from decisions on pairs: A same B and B different C settles A and C.

Records said to be the same form groups; a pair of groups said to be different is so for every two
of their records. A group that is told apart within itself contradicts itself: nothing that it rests
on is applied, whichever was written first.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rosterrec.frames import Role
from rosterrec.ledger.entries import Verdict
from rosterrec.ledger.keys import role_in, role_of

Pair = tuple[str, str]

_PAIR = ("left_key", "right_key")
_DISPUTED = "disputed"
_ORDER = {str(role): at for at, role in enumerate(Role)}
_LAST = len(_ORDER)


@dataclass(frozen=True)
class Agreement:
    """What is settled of pairs of keys, and which decisions contradict each other.

    Attributes:
        verdicts: ``left_key, right_key, verdict``, each pair once: same, different, unsure or
            disputed.
        disputed: numbers of the decisions that contradict another.
    """

    verdicts: pl.DataFrame
    disputed: pl.Series


def agreement(decisions: pl.DataFrame) -> Agreement:
    """Everything that follows from standing decisions on pairs.

    Args:
        decisions: ``seq, left_key, right_key, verdict``.
    """
    said = decisions.group_by(_PAIR).agg(
        pl.col("verdict").first(), differ=pl.col("verdict").n_unique() > 1
    )
    plain = said.filter(~pl.col("differ")).select(*_PAIR, "verdict")
    same, apart = (plain.filter(pl.col("verdict") == v) for v in (Verdict.SAME, Verdict.DIFFERENT))
    groups = _groups(same.filter(_joins(*_PAIR)))
    plain = _grouped(plain, groups)
    torn = _torn(plain)
    told = plain.with_columns(torn=pl.col("left_group").is_in(torn.implode()) & _within())
    ranked = [
        said.filter("differ").select(*_PAIR, verdict=pl.lit(_DISPUTED)),
        told.filter(_settles() & pl.col("torn")).select(*_PAIR, verdict=pl.lit(_DISPUTED)),
        told.filter(_settles() & ~pl.col("torn")),
        _of_one(groups, torn),
        _of_two(_grouped(apart, groups), groups, torn),
        told.filter(~_settles()),
    ]
    verdicts = pl.concat(part.select(*_PAIR, "verdict") for part in ranked).unique(
        list(_PAIR), keep="first", maintain_order=True
    )
    split = verdicts.filter(pl.col("verdict") == _DISPUTED)
    return Agreement(verdicts, decisions.join(split, on=_PAIR, how="semi")["seq"])


def _settles() -> pl.Expr:
    return pl.col("verdict") != Verdict.UNSURE


def _within() -> pl.Expr:
    return pl.col("left_group") == pl.col("right_group")


def _joins(one: str, other: str) -> pl.Expr:
    """Two registrations of one child stay two people of the police list, with a status each."""
    return role_in(pl.col(one)) != role_in(pl.col(other))


def _groups(same: pl.DataFrame) -> pl.DataFrame:
    """The group of every key, named by the first of its members: ``key, group``.

    Every key takes the name of its first neighbour, and then that neighbour's own name, until
    nothing changes: chains grow shorter by half at each turn.
    """
    edges = pl.concat([same.select(key=a, other=b) for a, b in (_PAIR, _PAIR[::-1])])
    groups = edges.select("key", group="key").unique().sort("key")
    while True:
        beside = edges.join(groups, left_on="other", right_on="key")
        nearest = beside.group_by("key").agg(pl.col("group").min())
        near = groups.join(nearest, on="key", maintain_order="left").select(
            "key", group=pl.min_horizontal("group", "group_right")
        )
        grown = near.join(near, left_on="group", right_on="key", maintain_order="left").select(
            "key", group="group_right"
        )
        if grown.equals(groups):
            return groups
        groups = grown


def _grouped(pairs: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """The pairs with the groups of both keys; a key in none is one by itself."""
    for side in ("left", "right"):
        named = groups.select(pl.col("key").alias(f"{side}_key"), found="group")
        pairs = pairs.join(named, on=f"{side}_key", how="left").with_columns(
            pl.coalesce("found", f"{side}_key").alias(f"{side}_group")
        )
        pairs = pairs.drop("found")
    return pairs


def _torn(plain: pl.DataFrame) -> pl.Series:
    """Groups of which two records are said to be different."""
    return plain.filter((pl.col("verdict") == Verdict.DIFFERENT) & _within())["left_group"].unique()


def _of_one(groups: pl.DataFrame, torn: pl.Series) -> pl.DataFrame:
    """Every two records of a group are the same."""
    whole = groups.filter(~pl.col("group").is_in(torn.implode()))
    pairs = whole.join(whole, on="group").filter(pl.col("key") < pl.col("key_right"))
    return _across(pairs, Verdict.SAME)


def _of_two(apart: pl.DataFrame, groups: pl.DataFrame, torn: pl.Series) -> pl.DataFrame:
    """Every record of a group is different from every record of one that it is told apart from."""
    hurt = pl.any_horizontal(
        pl.col(f"{side}_group").is_in(torn.implode()) for side in ("left", "right")
    )
    found = apart.filter(~_within() & ~hurt).select("left_group", "right_group").unique()
    for side in ("left", "right"):
        named = groups.select(pl.col("group").alias(f"{side}_group"), pl.col("key").alias(side))
        found = found.join(named, on=f"{side}_group", how="left").with_columns(
            pl.coalesce(side, f"{side}_group").alias(side)
        )
    return _across(found.rename({"left": "key", "right": "key_right"}), Verdict.DIFFERENT)


def _across(pairs: pl.DataFrame, verdict: Verdict) -> pl.DataFrame:
    """Pairs of two lists, in the order of the lists, with what is so of them."""
    pairs = pairs.filter(_joins("key", "key_right"))
    turned = _rank("key") > _rank("key_right")
    return pairs.select(
        left_key=pl.when(turned).then("key_right").otherwise("key"),
        right_key=pl.when(turned).then("key").otherwise("key_right"),
        verdict=pl.lit(str(verdict)),
    )


def _rank(key: str) -> pl.Expr:
    return role_in(pl.col(key)).replace_strict(_ORDER, default=_LAST, return_dtype=pl.Int64)


def ordered(one: str, other: str) -> Pair:
    """Two keys in the order of their lists; two of one list in the order of the keys."""
    first, second = sorted((one, other), key=lambda key: (_ORDER.get(role_of(key), _LAST), key))
    return first, second
