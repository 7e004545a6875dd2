"""Who is left when all lists are linked: children whom no list shows, and rows that nobody claims.

A child counts as left where what is known so far would call it out of school (``classify.rules``);
a row where no child has it and it bears no valid number of a stranger.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import polars as pl

from rosterrec import dates
from rosterrec.frames import Decision, Destination, Links, Mode, Records, RegStatus, Role, of_pass
from rosterrec.link.borrowed import set_aside
from rosterrec.link.kin import KIN_NAME
from rosterrec.settings import Settings

#: Doubts about a number alone: whose the row is by what else it says has not been asked.
_ABOUT_A_NUMBER = ["id_with_other_name", "broken_id_with_other_name", "shared_id", KIN_NAME]
#: What a registry row says of a child who is accounted for, or known to have left.
_SETTLING = [RegStatus.GRADUATED, RegStatus.DROPOUT, RegStatus.SUSPENDED]
_CLASS = ["school", "grade", "class_name"]


class Left(NamedTuple):
    """The police list with the class that the registry gives its children, and who is left."""

    people: Records
    children: pl.Series


def children(records: Mapping[Role, Records], links: Links, settings: Settings) -> Left:
    """Children of school age whom no list accounts for and of whom nothing waits for a person."""
    population = records[Role.POPULATION]
    of = partial(_of, links)
    waiting = (
        links.select("left", "left_source", "decision")
        .filter(pl.col("left_source") == Role.POPULATION, pl.col("decision") == Decision.REVIEW)
        .select("left")
    )
    told = records[Role.WHEREABOUTS].filter(
        pl.col("destination").ne_missing(str(Destination.LOCAL))
    )
    registered = _beside(of(Role.REGISTRY), records[Role.REGISTRY])
    settled = [
        waiting,
        of(Role.ROSTER).select("left"),
        of(Role.WHEREABOUTS).filter(pl.col("right").is_in(told["rec"].implode())).select("left"),
        of(Role.FILING).select("left"),
        _accounted(registered, records[Role.ROSTER]),
    ]
    birth, cutoff = pl.col("birth"), pl.lit(settings.cutoff_date)
    due = dates.years_between(birth, cutoff) >= settings.entry_age
    of_age = population.select("rec", "birth").filter(due.fill_null(value=True))
    left = of_age.join(
        pl.concat(settled), left_on="rec", right_on="left", how="anti", maintain_order="left"
    )
    classes = registered.drop_nulls(_CLASS).sort("left", "right").unique("left", keep="first")
    known = classes.join(left.select(left="rec"), on="left", how="semi")
    filled = population.with_columns(
        population[column].clone().scatter(known["left"], known[column])
        for column in (_CLASS if len(known) else ())
    )
    return Left(Records(filled), left["rec"])


def _beside(pairs: pl.DataFrame, registry: Records) -> pl.DataFrame:
    """The pairs with the class and the status of their row, which stands where its number says."""
    rows = registry.select(*_CLASS, "reg_status", "mode")[pairs["right"]]
    return pl.concat([pairs, rows], how="horizontal")


def _accounted(registered: pl.DataFrame, rosters: Records) -> pl.DataFrame:
    """Children (left) whose registry row places them, or says that they have left."""
    active = pl.col("reg_status").is_null() | (pl.col("reg_status") == RegStatus.ACTIVE)
    elsewhere = registered.filter(active).join(
        rosters.select(*_CLASS).unique(), on=_CLASS, how="anti", nulls_equal=True
    )
    said = registered.filter(
        pl.col("reg_status").is_in([str(s) for s in _SETTLING])
        | (active & ((pl.col("grade") >= 10) | (pl.col("mode") == Mode.HOME)))
    )
    return pl.concat([elsewhere.select("left"), said.select("left")])


def rows(records: Mapping[Role, Records], links: Links, role: Role) -> tuple[Records, pl.Series]:
    """A list with other children's numbers set aside, and the ``rec`` of rows without a child.

    A roster's row that is a registry row's has its pupil. A valid number that nobody on the police
    list has is a stranger's.
    """
    whole = records[role]
    taken = [_of(links, role), _asked(links, role)]
    if role is Role.ROSTER:
        taken.append(_of(links, role, Role.REGISTRY))
    unowned = whole.select("rec", "id").join(
        pl.concat(taken), left_on="rec", right_on="right", how="anti", maintain_order="left"
    )
    ids = records[Role.POPULATION]["id"]
    known = ids.filter(ids.is_in(unowned["id"].drop_nulls().implode()))  # few: a million are slow
    free = unowned.filter(pl.col("id").is_null() | pl.col("id").is_in(known.implode()))
    numbered = free.filter(pl.col("id").is_not_null())["rec"]
    return set_aside(whole, numbered) if len(numbered) else whole, free["rec"]


def _of(links: Links, role: Role, left: Role = Role.POPULATION) -> pl.DataFrame:
    """Accepted pairs (left, right) of one list with another."""
    return of_pass(links, left, role, Decision.ACCEPTED, columns=["left", "right"])


def _asked(links: Links, role: Role) -> pl.DataFrame:
    """Pairs of which a person is asked already, but for a number alone."""
    asked = of_pass(
        links, Role.POPULATION, role, Decision.REVIEW, columns=["left", "right", "basis"]
    )
    return asked.filter(~pl.col("basis").is_in(_ABOUT_A_NUMBER)).select("left", "right")
