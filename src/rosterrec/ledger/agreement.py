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

_PAIR = ("left", "right")
_GROUPS = ("left_group", "right_group")
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
    keys = _keys(decisions)
    numbered = _numbered(decisions, keys)
    verdicts = _verdicts(numbered, keys["role"])
    split = verdicts.filter(pl.col("verdict") == _DISPUTED)
    named = verdicts.select(
        *(keys["key"].gather(verdicts[side]).alias(f"{side}_key") for side in _PAIR), "verdict"
    )
    return Agreement(named, numbered.join(split, on=_PAIR, how="semi")["seq"])


def _keys(decisions: pl.DataFrame) -> pl.DataFrame:
    """Every key once, in the order of the lists, with the list that it is of: ``key, role, at``."""
    keys = pl.concat([decisions["left_key"], decisions["right_key"].rename("left_key")]).unique()
    role = role_in(pl.col("key"))
    rank = role.replace_strict(_ORDER, default=_LAST, return_dtype=pl.Int64)
    known = keys.to_frame("key").with_columns(role=role, rank=rank).sort("rank", "key")
    return known.with_row_index("at").select("key", "role", pl.col("at").cast(pl.Int64))


def _numbered(decisions: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """The decisions with their keys as numbers, ``left`` and ``right``: thousands are compared."""
    decisions = decisions.select("seq", "left_key", "right_key", "verdict")
    for side in _PAIR:
        at = keys.select(pl.col("key").alias(f"{side}_key"), pl.col("at").alias(side))
        decisions = decisions.join(at, on=f"{side}_key", maintain_order="left")
    return decisions.select("seq", *_PAIR, "verdict")


def _verdicts(decisions: pl.DataFrame, roles: pl.Series) -> pl.DataFrame:
    """What is settled of each pair: ``left, right, verdict``."""
    said = decisions.group_by(_PAIR).agg(
        pl.col("verdict").first(), differ=pl.col("verdict").n_unique() > 1
    )
    plain = said.filter(~pl.col("differ")).select(*_PAIR, "verdict")
    groups = _groups(_of_two_lists(plain.filter(pl.col("verdict") == Verdict.SAME), roles))
    plain = _grouped(plain, groups)
    apart = plain.filter(pl.col("verdict") == Verdict.DIFFERENT)
    torn = apart.filter(_within())["left_group"].unique()
    settles, hurt = pl.col("verdict") != Verdict.UNSURE, pl.col("left_group").is_in(torn.implode())
    contradicted = settles & hurt & _within()
    disputed = pl.lit(_DISPUTED).alias("verdict")
    ranked = [
        said.filter("differ").select(*_PAIR, disputed),
        plain.filter(contradicted).select(*_PAIR, disputed),
        plain.filter(settles & ~contradicted),
        _of_one(groups, torn, roles),
        _of_two(apart, groups, torn, roles),
        plain.filter(~settles),
    ]
    every = pl.concat(part.select(*_PAIR, "verdict") for part in ranked)
    return every.unique(list(_PAIR), keep="first", maintain_order=True)


def _within() -> pl.Expr:
    return pl.col("left_group") == pl.col("right_group")


def _of_two_lists(pairs: pl.DataFrame, roles: pl.Series) -> pl.DataFrame:
    """Two registrations of one child stay two people of the police list, with a status each."""
    return pairs.filter(roles.gather(pairs["left"]) != roles.gather(pairs["right"]))


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
    for side, group in zip(_PAIR, _GROUPS, strict=True):
        named = groups.select(pl.col("key").alias(side), pl.col("group").alias(group))
        pairs = pairs.join(named, on=side, how="left").with_columns(pl.coalesce(group, side))
    return pairs


def _of_one(groups: pl.DataFrame, torn: pl.Series, roles: pl.Series) -> pl.DataFrame:
    """Every two records of a group are the same."""
    whole = groups.filter(~pl.col("group").is_in(torn.implode())).rename({"key": "left"})
    pairs = whole.join(whole.rename({"left": "right"}), on="group")
    pairs = pairs.filter(pl.col("left") < pl.col("right"))
    return _of_two_lists(pairs, roles).with_columns(verdict=pl.lit(str(Verdict.SAME)))


def _of_two(
    apart: pl.DataFrame, groups: pl.DataFrame, torn: pl.Series, roles: pl.Series
) -> pl.DataFrame:
    """Every record of a group is different from every record of one that it is told apart from."""
    hurt = pl.any_horizontal(pl.col(group).is_in(torn.implode()) for group in _GROUPS)
    found = apart.filter(~_within() & ~hurt).select(*_GROUPS).unique()
    for side, group in zip(_PAIR, _GROUPS, strict=True):
        members = groups.select(pl.col("group").alias(group), pl.col("key").alias(side))
        found = found.join(members, on=group, how="left").with_columns(pl.coalesce(side, group))
    pairs = found.select(
        left=pl.min_horizontal(_PAIR), right=pl.max_horizontal(_PAIR),
        verdict=pl.lit(str(Verdict.DIFFERENT)),
    )  # fmt: skip
    return _of_two_lists(pairs, roles)


def ordered(one: str, other: str) -> Pair:
    """Two keys in the order of their lists; two of one list in the order of the keys."""
    first, second = sorted((one, other), key=lambda key: (_ORDER.get(role_of(key), _LAST), key))
    return first, second
