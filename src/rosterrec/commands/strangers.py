"""Settings that fit nobody on the lists: such a run would end well and be wrong of every child."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rosterrec.errors import InputError
from rosterrec.frames import Role

if TYPE_CHECKING:
    from rosterrec.reconciliation import Reconciliation

_FEW = 8


def refuse_strangers(result: Reconciliation) -> None:
    """Refuse ages that leave nobody, and a home town or county that no list knows.

    Raises:
        InputError: ``all_outside_ages``; ``home_unmatched`` or ``county_unmatched``, with some that
            the lists have.
    """
    settings = result.settings
    if not len(result.people):
        first, last = settings.ages
        date = settings.as_of.isoformat()
        raise InputError("all_outside_ages", first=first, last=last, date=date)
    lists = [*result.records.values(), result.schools]
    people = result.records[Role.POPULATION]
    towns = {town for frame in lists for town in frame["township"].unique().drop_nulls()}
    if settings.home and towns and settings.home not in towns:
        raise InputError("home_unmatched", value=settings.home, seen=_some(towns))
    counties = {county for frame in lists for county in frame["county"].unique().drop_nulls()}
    numbers = pl.concat([people["id"], result.schools["school_code"]])
    codes = set(numbers.str.head(6).unique().drop_nulls())
    known = counties | codes
    if settings.county and known and settings.county not in known:
        seen = counties or set(people["id"].str.head(6).unique().drop_nulls())
        raise InputError("county_unmatched", value=settings.county, seen=_some(seen))


def _some(names: set[str]) -> str:
    """A few names to show what they look like."""
    return ", ".join(sorted(names)[:_FEW])
