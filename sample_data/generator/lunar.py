"""The traditional calendar of the children's birth years, for dates that were noted in it."""

from __future__ import annotations

import datetime as dt

# New year's day, the leap month (0: none), and for each month whether it is long (30 days).
_YEARS = {
    2007: ("02-18", 0, "001001011101"),
    2008: ("02-07", 0, "100100101101"),
    2009: ("01-26", 5, "1100100101011"),
    2010: ("02-14", 0, "101010010101"),
    2011: ("02-03", 0, "101101001010"),
    2012: ("01-23", 4, "1011010101010"),
    2013: ("02-10", 0, "101011010101"),
    2014: ("01-31", 9, "0101010110101"),
    2015: ("02-19", 0, "010010111010"),
    2016: ("02-08", 0, "101001011011"),
    2017: ("01-28", 6, "0101001010111"),
    2018: ("02-16", 0, "010100101011"),
}


def lunar_as_written(solar: dt.date) -> dt.date | None:
    """The lunar date of a day, written as if it were a plain date.

    None in a leap month, and where no such day exists in the solar calendar.
    """
    for year in (solar.year, solar.year - 1):
        new_year, leap, months = _YEARS.get(year, ("12-31", 0, ""))
        start = dt.date.fromisoformat(f"{year}-{new_year}")
        for place, long in enumerate(months, 1):
            days = 29 + int(long)
            if start <= solar < start + dt.timedelta(days):
                if leap and place == leap + 1:
                    return None
                month = place - (1 if leap and place > leap else 0)
                return _date_or_none(year, month, (solar - start).days + 1)
            start += dt.timedelta(days)
    return None


def _date_or_none(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
