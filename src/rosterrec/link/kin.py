"""Rows that wait under one child's number and a name like a brother's or sister's.

The row may be the sibling's, with the other's number typed in; which of the two it is only a person
can tell, so that both are asked about. Of the sibling alone nothing else would be said: the number,
valid and another's, forbids the pair.
"""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.assign.grounds import TWO_WITNESSES, alike
from rosterrec.assign.resolve import BY_NUMBER_AND_NEAR_NAME
from rosterrec.compare import compare
from rosterrec.frames import Decision, Links, Pairs, Records, Role
from rosterrec.link.borrowed import OF_A_FAMILY, relatives, set_aside
from rosterrec.score import Shares, Weights, score

#: Why a row waits: its number is the child's and its name a relative's; the other way round.
KIN_NAME, KIN_NUMBER = "kin_name", "kin_number"
_OTHERS_NAME = [KIN_NAME, "id_with_other_name"]
_BY_NEAR_NAME = [*BY_NUMBER_AND_NEAR_NAME, "broken_id_and_near_name"]


def asked_of_kin(links: Links, left: Records, right: Records) -> Links:
    """The links, but rows under a number and a near name that is exactly another's wait.

    Brothers and sisters are named alike on purpose: what sounds or looks like a slip of the one's
    name may be the other's.
    """
    placed = links.select("left", "right", "decision", "basis").with_row_index("at")
    accepted = placed.filter(pl.col("decision") == Decision.ACCEPTED)
    near = accepted.filter(pl.col("basis").is_in(_BY_NEAR_NAME))
    of_kin = anothers_name(near, left, right)
    by_witnesses = pl.col("basis") == TWO_WITNESSES
    rest = near.filter(by_witnesses).join(of_kin, on="at", how="anti")
    linked = accepted.filter(~by_witnesses)["left"]
    of_others = _of_someone_without_a_row(rest, linked, left, right)
    for hit, doubt in ((of_kin, KIN_NAME), (of_others, "id_with_other_name")):
        if len(hit):
            links = frames.decided_anew(links, hit["at"], doubt, Decision.REVIEW)
    return links


def _of_someone_without_a_row(
    pairs: pl.DataFrame, linked: pl.Series, left: Records, right: Records
) -> pl.DataFrame:
    """The pairs whose row is named exactly as a person is who has no row.

    The birthdate may have been read out of the number in this one row, whatever the list does.

    Args:
        pairs: ``left, right``, and what else is to be kept.
        linked: who has a row by other grounds.
        left: the people.
        right: the list of the rows.
    """
    names = right["name_key"].gather(pairs["right"])
    namesakes = left.select("rec", "name_key").filter(pl.col("name_key").is_in(names.implode()))
    without = namesakes.filter(~pl.col("rec").is_in(linked.implode()))
    return pairs.filter(names.is_in(without["name_key"].implode()))


def anothers_name(pairs: pl.DataFrame, left: Records, right: Records) -> pl.DataFrame:
    """The pairs whose row is named exactly as another of the person's family or birthday is.

    Args:
        pairs: ``left, right``, and what else is to be kept.
        left: the people.
        right: the list of the rows.
    """
    rows = pairs.with_row_index("pair").select(
        "pair", "left", name_key=right["name_key"].gather(pairs["right"])
    )
    rows = rows.filter(pl.col("name_key") != left["name_key"].gather(rows["left"]))
    namesakes = left.filter(pl.col("name_key").is_in(rows["name_key"].unique().implode()))
    # By name and family at once: one telephone may be that of a whole school.
    named = pl.concat(
        rows.with_columns(left[kind].gather(rows["left"]))
        .join(namesakes.select("rec", "name_key", kind), on=["name_key", kind])
        .filter(pl.col("rec") != pl.col("left"))["pair"]
        for kind in (*OF_A_FAMILY, "birth")
    )
    return pairs[named.unique().sort()]


def with_kin(
    links: Links,
    left: Records,
    right: Records,
    roles: tuple[Role, Role],
    given: tuple[Shares, Weights],
) -> Links:
    """The links of a pass with the brothers and sisters whom a waiting row may be about.

    Args:
        links: what became of the pairs; a child with an accepted row is not asked about again.
        left: the list with households and telephones.
        right: the list of the rows.
        roles: what the two lists are for.
        given: how common names are, and what evidence weighs.
    """
    slim = links.select("left", "right", "decision", "basis")
    linked, asked_already = (
        slim.filter(pl.col("decision") == decision)
        for decision in (Decision.ACCEPTED, Decision.REVIEW)
    )
    waiting = asked_already.filter(pl.col("basis").is_in(_OTHERS_NAME)).select("left", "right")
    pairs = (
        _of_siblings(waiting, left)
        .join(linked, on="left", how="anti")
        .join(asked_already, on=["left", "right"], how="anti")
    )
    if not len(pairs):
        return links
    compared = compare(Pairs(pairs.sort("left", "right")), left, set_aside(right, waiting["right"]))
    # A birthdate may have been read out of the other's number: it does not unsay the very name.
    likely = alike() | (pl.col("name_level") == "equal")
    fresh = _asked(score(compared, left, *given).filter(likely), roles)
    asked = pl.col("left").is_in(fresh["left"].implode())
    kept = links.filter(~(asked & (pl.col("decision") == Decision.REJECTED)))
    return Links(frames.in_order(pl.concat([kept, fresh])))


def _asked(scored: pl.DataFrame, roles: tuple[Role, Role]) -> Links:
    """Scored pairs as links that wait for a person."""
    links = scored.with_columns(
        left_source=pl.lit(str(roles[0])),
        right_source=pl.lit(str(roles[1])),
        runner_up=pl.lit(None, dtype=pl.Float64),
        basis=pl.lit(KIN_NUMBER),
        decision=pl.lit(str(Decision.REVIEW)),
    )
    return Links(frames.conform(links, frames.LINKS))


def _of_siblings(waiting: pl.DataFrame, left: Records) -> pl.DataFrame:
    """Pairs (left, right) of the rows and the others of the families of those they wait for."""
    return (
        waiting.join(relatives(waiting["left"], left), left_on="left", right_on="of")
        .filter(pl.col("rec") != pl.col("left"))
        .select("right", left="rec")
        .unique()
        .select(*frames.PAIRS)
    )
