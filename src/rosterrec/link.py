"""One pass of linking two lists: the certain rows by join, the rest by levels and weights."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.assign import assign
from rosterrec.block import certain, pairs
from rosterrec.borrowed import disown
from rosterrec.compare import compare
from rosterrec.frames import Compared, Decision, Finding, Links, Pairs, Records, Role
from rosterrec.levels import family_agrees
from rosterrec.score import count_names, learn, plain_weights, score


def link(
    left: Records, right: Records, left_role: Role, right_role: Role
) -> tuple[Links, tuple[Finding, ...]]:
    """Links between two lists.

    Args:
        left: the list whose people are looked for; ``rec`` is the position.
        right: the list they are looked for in.
        left_role: what the left list is for.
        right_role: what the right list is for.

    Returns:
        Links (accepted, review, and the nearest rejected of who has neither), and findings such as
        blocking keys left out as too common.
    """
    if not len(left) or not len(right):
        return Links(frames.empty(frames.LINKS)), ()
    right = disown(left, right)
    sure = certain(left, right)
    rows_left = Records(right.filter(~pl.col("rec").is_in(sure["right"].implode())))
    open_pairs, findings = pairs(left, rows_left, settled=sure["left"])
    compared = compare(open_pairs, left, right)
    weights = learn(compared, left, right, sure["left"])
    shares = count_names(left, right)
    certain_ones = score(compare(sure, left, right), left, shares, plain_weights(len(left)))
    others = score(compared, left, shares, weights, settled=sure["left"])
    return assign(certain_ones, others, left, right, left_role, right_role), findings


def registered_twice(population: Records) -> Links:
    """People of one list with the same name, birthdate and family under two valid numbers.

    They may be one child with two household registrations; only a person can tell, so every such
    pair is review (``domain.md`` 7, case 23).
    """
    same = ["name_key", "birth"]
    known = population.drop_nulls([*same, "id"])
    twins = known.select(*same, left="rec").join(known.select(*same, right="rec"), on=same)
    pairs_of_one = twins.filter(pl.col("left") < pl.col("right")).select(*frames.PAIRS)
    compared = compare(Pairs(pairs_of_one.sort("left", "right")), population, population)
    family = compared.filter((pl.col("id_level") == "conflict") & family_agrees())
    weights = plain_weights(len(population))
    scored = score(Compared(family), population, count_names(population, population), weights)
    links = scored.with_columns(
        left_source=pl.lit(str(Role.POPULATION)),
        right_source=pl.lit(str(Role.POPULATION)),
        runner_up=pl.lit(None, dtype=pl.Float64),
        basis=pl.lit("twice_registered"),
        decision=pl.lit(str(Decision.REVIEW)),
    )
    return Links(frames.conform(links, frames.LINKS))
