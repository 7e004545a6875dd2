"""Agreement of birthdates."""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterrec import dates
from rosterrec.compare.ladder import ladder, sides
from rosterrec.frames import LEVEL
from rosterrec.once import seldom


def birth_level() -> pl.Expr:
    """Birthdate.

    implied (both read out of numbers that already agree: no second witness); equal; lunar (one is
    the other's date by the lunar calendar); swapped (day and month exchanged); one_day (the
    exporter's time zone); one_digit; month (only year and month known, and the same); same_year;
    different; missing.
    """
    (a, b), (basis_a, basis_b) = sides("birth"), sides("birth_basis")
    from_numbers = (basis_a != "stated") & (basis_b != "stated")
    agreeing = pl.col("id_level").is_in(["equal", "recovered", "slip", "partial"])
    implied = (from_numbers & agreeing).fill_null(value=False)
    return seldom(
        pl.struct(
            *(f"{column}_{side}" for column in _OF_BIRTH for side in ("left", "right")),
            same=(a == b).fill_null(value=False),
            implied=implied,
        ),
        lambda it: it.struct.field("same"),
        _birth_level,
        easy=lambda it: ladder(("implied", it.struct.field("implied")), otherwise="equal"),
        dtype=LEVEL,
    )


#: What the birth level is told from.
_OF_BIRTH = ("birth", "lunar_birth", "birth_month")


def _birth_level(sides: pl.Expr) -> pl.Expr:
    """The level of birthdates that are not the same day, or not known to be."""
    (a, b), (lunar_a, lunar_b), (month_a, month_b) = (
        (sides.struct.field(f"{column}_left"), sides.struct.field(f"{column}_right"))
        for column in _OF_BIRTH
    )
    by_month_a, by_month_b = (
        pl.coalesce(month.cast(pl.Int32), date.dt.year() * 100 + date.dt.month())
        for month, date in ((month_a, a), (month_b, b))
    )
    month_only = month_a.is_not_null() | month_b.is_not_null()
    return ladder(
        ("lunar", (a == lunar_b) | (lunar_a == b)),
        ("swapped", a == dates.swapped(b)),
        ("one_day", (a - b).abs() == pl.lit(dt.timedelta(days=1))),
        ("one_digit", dates.one_digit_differs(a, b)),
        ("month", month_only & (by_month_a == by_month_b)),
        ("missing", by_month_a.is_null() | by_month_b.is_null()),
        ("same_year", a.dt.year() == b.dt.year()),
        otherwise="different",
    )
