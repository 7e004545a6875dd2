"""One pass of linking two lists: the certain rows by join, the rest by levels and weights."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import polars as pl

from rosterrec import frames
from rosterrec.assign import assign
from rosterrec.assign.standing import left_open, settled, unbound, verdicts
from rosterrec.block import certain, pairs, same_number
from rosterrec.compare import compare
from rosterrec.frames import (
    Compared,
    Decision,
    Finding,
    IdKind,
    Links,
    Pairs,
    Records,
    Role,
    Scored,
)
from rosterrec.levels import family_agrees
from rosterrec.link.borrowed import disown, kindred, of_families
from rosterrec.link.controls import with_borne_out
from rosterrec.link.household import with_family
from rosterrec.link.kin import asked_of_kin, with_kin
from rosterrec.link.leftover import of_the_rest
from rosterrec.link.rehearsal import rehearsed
from rosterrec.once import repeats
from rosterrec.score import Shares, Weights, learn, plain_weights, score
from rosterrec.score.taught import HEARD

#: More of one family with one name and birthday are no question that a person could answer.
_MOST_NAMESAKES = 100
#: Lists whose rows each belong to one child; a ledger or a filing may speak of a child twice.
_ENROLLMENT = (Role.REGISTRY, Role.ROSTER)
#: Columns by which numbers and names are compared that do not agree.
_OF_NO_USE = ("id_text", "id_part", "old_id", "former_key", "readings", "near")
_JUDGED = {**frames.PAIRS, "verdict": pl.String()}


class Linked(NamedTuple):
    """What one pass finds.

    Attributes:
        links: accepted, review, and the nearest rejected of who has neither.
        findings: such as blocking keys left out as too common.
        heard: judged pairs as the queue would show them (``HEARD``), where that was asked for.
    """

    links: Links
    findings: tuple[Finding, ...]
    heard: pl.DataFrame


def link(
    left: Records,
    right: Records,
    left_role: Role,
    right_role: Role,
    judged: pl.DataFrame | None = None,
    *,
    hear: bool = False,
) -> Linked:
    """Link two lists.

    Args:
        left: the list whose people are looked for; ``rec`` is the position.
        right: the list they are looked for in.
        left_role: what the left list is for.
        right_role: what the right list is for.
        judged: ``left, right, verdict`` of the pairs that people judged, which binds.
        hear: look at judged pairs once more, to learn from them.
    """
    if not len(left) or not len(right):
        return Linked(Links(frames.empty(frames.LINKS)), (), frames.empty(HEARD))
    roles = left_role, right_role
    left, right = of_families(left), of_families(right)
    told = frames.empty(_JUDGED) if judged is None else judged.select(*_JUDGED)
    met = same_number(left, right)
    right = disown(left, right, met, about=right_role not in _ENROLLMENT)
    made, by = _by_evidence(left, right, certain(met, right), roles, told, hear=hear)
    links = asked_of_kin(made.links, left, right)
    if left_role is Role.POPULATION and right_role in _ENROLLMENT:
        links = _by_family(links, left, right, right_role, *by, told=told)
        links = with_kin(links, left, right, roles, by)
    findings = made.findings
    if right_role is not Role.FILING:
        links, borne_out = with_borne_out(links, left, right, roles, by, told)
        if left_role is Role.POPULATION:  # of the registry's rows among rosters nobody is asked
            findings += borne_out
    return Linked(_with_decided(links, left, right, told, roles), findings, made.heard)


def _by_evidence(
    left: Records,
    right: Records,
    settled_ones: Pairs,
    roles: tuple[Role, Role],
    told: pl.DataFrame,
    *,
    hear: bool,
) -> tuple[Linked, tuple[Shares, Weights]]:
    """What pairs say by themselves, and by what it was weighed.

    The pairs, which are many and wide, are gone when it is done.
    """
    sure = Pairs(unbound(settled_ones, told))
    owners = pl.concat([sure["left"], verdicts(told, "same")["left"]])
    # Neither the certain pairs nor the others wait for each other.
    with ThreadPoolExecutor(1) as beside:
        weighing = beside.submit(_weighed, sure, left, right)
        compared, findings = _open_pairs(left, right, sure, told, roles[1])
        weights = learn(compared, left, right, owners)
        shares, certain_ones = weighing.result()
    heard = frames.empty(HEARD)
    if hear:
        heard = rehearsed((left, right), roles, told, settled_ones, (shares, weights))
    others = score(compared, left, shares, weights, settled=owners)
    links = assign(certain_ones, others, left, right, *roles, judged=told)
    if (left["id_kind"] == IdKind.OPAQUE).any():
        links = _by_elimination(links, others, left, right, roles, (weights, told))
    return Linked(links, findings, heard), (shares, weights)


def _weighed(sure: Pairs, left: Records, right: Records) -> tuple[Shares, Scored]:
    """How common the names of both lists are, and what the certain pairs weigh.

    Their numbers and names agree: what else there is of either is not fetched.
    """
    shares = Shares(left, right)
    nothing = {c: pl.lit(None, dtype=frames.RECORDS[c]) for c in _OF_NO_USE}
    slim = (Records(records.with_columns(**nothing)) for records in (left, right))
    return shares, score(compare(sure, *slim), left, shares, plain_weights(len(left)))


def _open_pairs(
    left: Records, right: Records, sure: Pairs, told: pl.DataFrame, right_role: Role
) -> tuple[Compared, tuple[Finding, ...]]:
    """The levels of every pair that is neither certain nor decided, and what blocking left out."""
    decided = verdicts(told, "same")
    owned = pl.concat([sure["right"], decided["right"]])
    owners = pl.concat([sure["left"], decided["left"]])
    about = right_role in {Role.WHEREABOUTS, Role.FILING}
    found, findings = pairs(left, right, settled=owners, owned=owned, about=about)
    open_pairs = pl.concat([unbound(found, told), left_open(told)]).sort("left", "right")
    return compare(Pairs(open_pairs), left, right), findings


def _with_decided(
    links: Links, left: Records, right: Records, told: pl.DataFrame, roles: tuple[Role, Role]
) -> Links:
    """The links with the pairs that people said to be the same, or different."""
    said = told.filter(pl.col("verdict").is_in(["same", "different"])).sort("left", "right")
    if not len(said):
        return links
    compared = compare(Pairs(said.select(*frames.PAIRS)), left, right)
    scored = score(compared, left, Shares(left, right), plain_weights(len(left)))
    bound = settled(scored, said, *roles)
    linked = verdicts(told, "same")["left"]
    lost = (pl.col("decision") == Decision.REJECTED) & pl.col("left").is_in(linked.implode())
    return Links(frames.in_order(pl.concat([links.filter(~lost), bound])))


def _by_elimination(
    links: Links,
    scored: Scored,
    left: Records,
    right: Records,
    roles: tuple[Role, Role],
    given: tuple[Weights, pl.DataFrame],
) -> Links:
    """The links with those that are likely once so many others are settled, until none is new."""
    weights, told = given
    more = -1
    while len(links.filter(pl.col("decision") == Decision.ACCEPTED)) > more:
        more = len(links.filter(pl.col("decision") == Decision.ACCEPTED))
        rest = of_the_rest(scored, links, left, right, weights)
        links = _replaced(
            links, assign(Scored(rest.clear()), rest, left, right, *roles, judged=told)
        )
    return links


def _by_family(
    links: Links,
    left: Records,
    right: Records,
    role: Role,
    shares: Shares,
    weights: Weights,
    *,
    told: pl.DataFrame,
) -> Links:
    """The links with those that the family of linked brothers and sisters makes plain."""
    known, learnt = with_family(left, right, links)
    owned = pl.concat(
        [links["right"].filter(links["decision"] == Decision.ACCEPTED), told["right"]]
    )
    open_left = known.filter(pl.col("rec").is_in(learnt.implode()))
    open_right = right.filter(~pl.col("rec").is_in(owned.implode()))
    if not len(open_left) or not len(open_right):
        return links
    found, _ = pairs(Records(open_left), Records(open_right))
    scored = score(compare(found, known, right), known, shares, weights)
    again = assign(Scored(scored.clear()), scored, known, right, Role.POPULATION, role)
    return _replaced(links, again)


def _replaced(links: Links, again: Links) -> Links:
    """The links with a second look at some people: what it accepts, and what it queues anew."""
    accepted = again.filter(pl.col("decision") == Decision.ACCEPTED)
    settled = pl.col("left").is_in(accepted["left"].implode()) | pl.col("right").is_in(
        accepted["right"].implode()
    )
    kept = links.filter((pl.col("decision") == Decision.ACCEPTED) | ~settled)
    waiting = kept.filter(pl.col("decision") == Decision.REVIEW)
    fresh = again.filter(
        (pl.col("decision") == Decision.REVIEW)
        & ~pl.col("left").is_in(waiting["left"].implode())
        & ~pl.col("right").is_in(waiting["right"].implode())
    )
    nearest = (pl.col("decision") == Decision.REJECTED) & pl.col("left").is_in(
        fresh["left"].implode()
    )
    return Links(frames.in_order(pl.concat([kept.filter(~nearest), accepted, fresh])))


def registered_twice(population: Records, judged: pl.DataFrame | None = None) -> Links:
    """People of one list with the same name, birthdate and family under two valid numbers.

    They may be one child with two household registrations; only a person can tell, so every such
    pair is review (``domain.md`` 7, case 23).
    """
    same = ["name_key", "birth"]
    population = of_families(population)
    numbered = population.drop_nulls([*same, "id"])
    known = numbered.filter(repeats(numbered.select(pl.struct(same).hash()).to_series()))
    kin = kindred(Records(known)).join(known.select("rec", *same), on="rec")
    key = ["kin", *same]
    few = kin.filter(pl.len().over(key).is_between(2, _MOST_NAMESAKES))
    twins = few.select(*key, left="rec").join(few.select(*key, right="rec"), on=key)
    pairs_of_one = twins.filter(pl.col("left") < pl.col("right")).select(*frames.PAIRS).unique()
    compared = compare(Pairs(pairs_of_one.sort("left", "right")), population, population)
    family = compared.filter((pl.col("id_level") == "conflict") & family_agrees())
    weights = plain_weights(len(population))
    scored = score(Compared(family), population, Shares(population, population), weights)
    links = scored.with_columns(
        left_source=pl.lit(str(Role.POPULATION)),
        right_source=pl.lit(str(Role.POPULATION)),
        runner_up=pl.lit(None, dtype=pl.Float64),
        basis=pl.lit("twice_registered"),
        decision=pl.lit(str(Decision.REVIEW)),
    )
    found = Links(frames.conform(links, frames.LINKS))
    told = frames.empty(_JUDGED) if judged is None else judged.select(*_JUDGED)
    free = Links(found.join(told, on=["left", "right"], how="anti", maintain_order="left"))
    roles = (Role.POPULATION, Role.POPULATION)
    waiting = found.join(left_open(told), on=["left", "right"], how="semi")
    return Links(
        pl.concat([_with_decided(free, population, population, told, roles), waiting]).sort(
            "left", "right"
        )
    )
