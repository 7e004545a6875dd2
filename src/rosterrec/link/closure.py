"""What two links say together: a child found in the registry is the child its roster row shows.

Population-registry and registry-roster together give population-roster, and likewise through the
roster. Where the third side says otherwise, the side without a number waits for a person.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterrec import frames
from rosterrec.assign.resolve import BY_NUMBER
from rosterrec.compare import compare
from rosterrec.frames import Decision, Links, Pairs, Records, Role
from rosterrec.link.kin import KIN_NAME, KIN_NUMBER, anothers_name
from rosterrec.score import Shares, plain_weights, score

DECIDED = "decided"


def close(
    links: Links, records: Mapping[Role, Records], judgements: pl.DataFrame | None = None
) -> Links:
    """The links with what follows from them, and contradicting triangles put to review."""
    registry = _accepted(links, Role.POPULATION, Role.REGISTRY)
    roster = _accepted(links, Role.POPULATION, Role.ROSTER)
    between = _accepted(links, Role.REGISTRY, Role.ROSTER)
    through = [
        (
            Role.ROSTER,
            _through(registry, between, _spoken_for(links, Role.ROSTER)),
            "through_registry",
        ),
        (
            Role.REGISTRY,
            _through(roster, _turned(between), _spoken_for(links, Role.REGISTRY)),
            "through_roster",
        ),
    ]
    for role, found, basis in through:
        pairs = found if judgements is None else _unjudged(found, judgements, role)
        others = anothers_name(pairs, records[Role.POPULATION], records[role])
        pairs = pairs.join(others, on=["left", "right"], how="anti", maintain_order="left")
        links = _added(links, records, role, pairs, basis)
    return Links(frames.in_order(_contradicted(links, registry, roster, between)))


def _unjudged(pairs: pl.DataFrame, judgements: pl.DataFrame, role: Role) -> pl.DataFrame:
    """The pairs that no person judged."""
    told = judgements.filter(
        (pl.col("left_source") == Role.POPULATION) & (pl.col("right_source") == role)
    )
    return pairs.join(told, on=["left", "right"], how="anti", maintain_order="left")


def _accepted(links: Links, left: Role, right: Role) -> pl.DataFrame:
    columns = ["left", "right", "basis", "probability"]
    return frames.of_pass(links, left, right, Decision.ACCEPTED, columns=columns)


def _spoken_for(links: Links, role: Role) -> pl.DataFrame:
    """Rows (right) that no other list may give to a child: owned, or asked about among relatives.

    The other list knows no more than the number that is in question.
    """
    columns = ["right", "basis", "decision"]
    settled = (Decision.ACCEPTED, Decision.REVIEW)
    told = frames.of_pass(links, Role.POPULATION, role, *settled, columns=columns)
    return told.filter(
        (pl.col("decision") == Decision.ACCEPTED) | pl.col("basis").is_in([KIN_NAME, KIN_NUMBER])
    ).select("right")


def _turned(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select("basis", "probability", left="right", right="left")


def _through(first: pl.DataFrame, second: pl.DataFrame, direct: pl.DataFrame) -> pl.DataFrame:
    """Pairs (left, right) over a middle row, where the right row has no owner yet.

    ``chain`` is the probability that both steps are right, by the best of the ways there are.
    """
    joined = first.select("left", one="probability", middle="right").join(
        second.select("right", two="probability", middle="left"), on="middle"
    )
    free = joined.join(direct, on="right", how="anti")
    ways = free.group_by("left", "right").agg(chain=(pl.col("one") * pl.col("two")).max())
    return ways.filter(pl.len().over("right") == 1).sort("left", "right")


def _added(
    links: Links, records: Mapping[Role, Records], role: Role, pairs: pl.DataFrame, basis: str
) -> Links:
    """The links with these pairs accepted in place of what was said of the right rows before.

    Two valid numbers that differ are never joined through a third row: such a pair is review.
    """
    if not len(pairs):
        return links
    left, right = records[Role.POPULATION], records[role]
    weights = plain_weights(len(left))
    compared = compare(Pairs(pairs.select(*frames.PAIRS)), left, right)
    scored = score(compared, left, Shares(left, right), weights)
    conflict = scored["id_level"].is_in(["conflict"])
    new = scored.with_columns(
        left_source=pl.lit(str(Role.POPULATION)),
        right_source=pl.lit(str(role)),
        probability=pl.when(conflict).then("probability").otherwise(pairs["chain"]),
        runner_up=pl.lit(None, dtype=pl.Float64),
        basis=pl.when(conflict).then(pl.lit("triangle")).otherwise(pl.lit(basis)),
        decision=pl.when(conflict)
        .then(pl.lit(str(Decision.REVIEW)))
        .otherwise(pl.lit(str(Decision.ACCEPTED))),
    )
    kept = links.filter(~_replaced(links, role, pairs, ~conflict))
    return Links(pl.concat([kept, frames.conform(new, frames.LINKS)]))


def _replaced(links: Links, role: Role, pairs: pl.DataFrame, joined: pl.Series) -> pl.Series:
    """Which of the links these pairs stand in place of.

    Args:
        links: of all passes.
        role: the list of the right rows.
        pairs: what follows through a third list.
        joined: whether each is accepted. One that is not unsays nothing of its row but itself.
    """
    this_pass = (pl.col("left_source") == Role.POPULATION) & (pl.col("right_source") == role)
    of_pass = links.select(*frames.PAIRS, this_pass=this_pass).with_row_index("at")
    again = of_pass.filter("this_pass").join(pairs, on=list(frames.PAIRS), how="semi")["at"]
    nearest = pl.col("decision") == Decision.REJECTED
    return links.select(
        this_pass
        & (pl.col("basis") != DECIDED)
        & (
            pl.col("right").is_in(pairs.filter(joined)["right"].implode())
            | pl.int_range(pl.len()).is_in(again.implode())
            | (pl.col("left").is_in(pairs["left"].implode()) & nearest)
        )
    ).to_series()


_ORDER = ("left_source", "right_source", "left", "right")


def _contradicted(
    links: Links, registry: pl.DataFrame, roster: pl.DataFrame, between: pl.DataFrame
) -> Links:
    """Triangles whose two ends are different children: the side without a number becomes review."""
    ends = (
        between.join(registry.select(right="left", left="right"), on="left", suffix="_child")
        .rename({"right_child": "by_registry"})
        .join(roster.select("right", by_roster="left", roster_basis="basis"), on="right")
        .filter(pl.col("by_registry") != pl.col("by_roster"))
    )
    # What a person decided is not doubted: then it is the other side that waits.
    numbered = pl.col("roster_basis").is_in([*BY_NUMBER, DECIDED]) & (pl.col("basis") != DECIDED)
    doubted = pl.concat(
        [
            _named(ends.filter(numbered).select("left", "right"), Role.REGISTRY),
            _named(ends.filter(~numbered).select(left="by_roster", right="right"), Role.POPULATION),
        ]
    ).unique()
    if not len(doubted):
        return links
    placed = links.select(_ORDER).with_row_index("at")
    at = placed.join(doubted, on=list(_ORDER), how="semi")["at"]
    return frames.decided_anew(links, at, "triangle", Decision.REVIEW)


def _named(pairs: pl.DataFrame, left: Role) -> pl.DataFrame:
    return pairs.with_columns(
        left_source=pl.lit(str(left), dtype=frames.ROLE),
        right_source=pl.lit(str(Role.ROSTER), dtype=frames.ROLE),
    )
