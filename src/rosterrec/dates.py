"""Dates as clerks write them, and the lunar calendar, as column expressions."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

from rosterrec.data import table
from rosterrec.once import once, seldom

_CLOCK: Final = r"[\sT]*[0-9]{1,2}:[0-9]{2}.*$|\([^)]*\)|[\p{Cf}'`\"]"
_SEPARATORS: Final = r"[\s./\\,、。年月\p{Pd}−]+"
_LUNAR: Final = "[农阴旧古夏]历|闰|正月|冬月|腊月|初[一二三四五六七八九十]|廿"

_ONES: Final = dict(zip("一二三四五六七八九", "123456789", strict=True))
#: Words of a date and what is read there, to be tried from the longest to the shortest.
_WORDS: Final = {
    **_ONES,
    **dict.fromkeys("〇零○", "0"),
    "正月": "1-",
    "冬月": "11-",
    "腊月": "12-",
    "十": "10",
    "廿": "20",
    **{f"{ten}十": f"{_ONES[ten]}0" for ten in "二三"},
    **{f"十{one}": f"1{digit}" for one, digit in _ONES.items()},
    **{f"{ten}十{one}": f"{_ONES[ten]}{_ONES[one]}" for ten in "二三" for one in _ONES},
    **{f"廿{one}": f"2{digit}" for one, digit in _ONES.items()},
    **{f"初{one}": digit for one, digit in {**_ONES, "十": "10"}.items()},
    **{f"{calendar}历": " " for calendar in "公阳新西农阴旧古夏"},
    **dict.fromkeys(["公元", "闰", "出生", "日", "号", "生", ":"], " "),
}
_LONGEST_FIRST: Final = dict(sorted(_WORDS.items(), key=lambda word: -len(word[0])))

_YMD: Final = "^(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}$"
_SERIAL: Final = r"^([0-9]{5})(?:-[0-9]+)?$"  # a fraction is the time of day
_YEAR: Final = "(?:19|20)[0-9]{2}"
_YEAR_MONTH: Final = (  # day 00 stands for a day that is not known
    f"^(?<year>{_YEAR})-(?<month>1[0-2]|0?[1-9])(?:-00?)?$"
    f"|^(?<compact>{_YEAR}(?:0[1-9]|1[0-2]))(?:00)?$"
)
#: A date as most exports write it.
_PLAIN: Final = "^(?:19|20)[0-9]{2}(?:[0-9]{4}|-[0-9]{2}-[0-9]{2})$"
#: Spreadsheet day numbers of 1980-01-01 and 2050-12-31, counted from 1899-12-30.
_SERIAL_RANGE: Final = (29221, 55153)


def parse(text: pl.Expr, pivot: int = 50) -> pl.Expr:
    """The date that a cell states, in any form of ``domain.md`` 1.2; null where it is not whole.

    Year, month and day in that order, with any separator or none, in digits of any width or
    Chinese numerals, with or without a time; day, month and a four-digit year where only one
    reading is possible; spreadsheet day numbers of 1980 to 2050 (1900 epoch). A lunar date is read
    as if it were solar: see ``is_lunar``.

    Args:
        text: the cell.
        pivot: two-digit years below it are 20YY, the others 19YY.
    """
    return seldom(
        text,
        lambda it: it.str.contains(_PLAIN),
        lambda it: once(_folded(it), lambda folded: _parsed(folded, pivot)),
        easy=_plain_date,
        dtype=pl.Date,
    )


def _plain_date(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all("-", "", literal=True).str.to_date("%Y%m%d", strict=False)


def _parsed(text: pl.Expr, pivot: int) -> pl.Expr:
    serial = text.str.extract(_SERIAL, 1).cast(pl.Int32, strict=False)
    counted = pl.when(serial.is_between(*_SERIAL_RANGE)).then(serial - 25569).cast(pl.Date)
    ordered = once(text, lambda it: _year_first(it, pivot))
    whole = pl.when(ordered.str.contains(_YMD)).then(ordered)
    return pl.coalesce(whole.str.to_date("%Y-%m-%d", strict=False), counted)


def _year_first(text: pl.Expr, pivot: int) -> pl.Expr:
    """Compact, two-digit-year and day-month-year forms as Y-M-D; other texts as they are."""
    last = f"^([0-9]{{1,2}})-([0-9]{{1,2}})-({_YEAR})$"
    one, two, year = (text.str.extract(last, group) for group in (1, 2, 3))
    low_one, low_two = (part.cast(pl.Int8, strict=False) for part in (one, two))
    short = text.str.extract("^([0-9]{2})-[0-9]{1,2}-[0-9]{1,2}$|^([0-9]{2})[0-9]{4}$", 1)
    compact = "^([0-9]{2})([0-9]{2})([0-9]{2})$"
    six = pl.when(~text.str.contains(_YEAR_MONTH)).then(text.str.extract(compact, 1))
    century = _century(pl.coalesce(short, six), pivot)
    return (
        pl.when((low_one > 12) | (low_one == low_two))
        .then(pl.concat_str(year, two, one, separator="-"))
        .when(low_two > 12)
        .then(pl.concat_str(year, one, two, separator="-"))
        .when(year.is_not_null())
        .then(None)
        .when(six.is_not_null())
        .then(pl.concat_str(century, text.str.replace(compact, "${1}-${2}-${3}")))
        .when(short.is_not_null())
        .then(pl.concat_str(century, text))
        .otherwise(text.str.replace("^([0-9]{4})([0-9]{2})([0-9]{2})$", "${1}-${2}-${3}"))
    )


def _century(two_digits: pl.Expr, pivot: int) -> pl.Expr:
    recent = two_digits.cast(pl.Int8, strict=False) < pivot
    return pl.when(recent).then(pl.lit("20")).otherwise(pl.lit("19"))


def month(text: pl.Expr) -> pl.Expr:
    """``YYYYMM`` of a cell that states year and month but no day (or day 00); else null."""
    return seldom(
        text,
        lambda it: _plain_date(it).is_not_null() & it.str.contains(_PLAIN),
        lambda it: once(_folded(it), _month),
        easy=lambda _: pl.lit(None, dtype=pl.String),
    )


def _month(text: pl.Expr) -> pl.Expr:
    found = text.str.extract_groups(_YEAR_MONTH)
    year, number, compact = (found.struct.field(name) for name in ("year", "month", "compact"))
    return pl.coalesce(compact, pl.concat_str(year, number.str.zfill(2)))


def is_lunar(text: pl.Expr) -> pl.Expr:
    """The cell says that its date is lunar (农历, 阴历, 腊月, 初五 ...). Missing is false."""
    return text.str.contains(_LUNAR).fill_null(value=False)


def lunar_to_solar(date: pl.Expr) -> pl.Expr:
    """The solar date of a lunar one of 1990 to 2040, given as a date of those numbers.

    A month that came twice that year is taken as the first of the two. Null outside the years, and
    for day 30 of a month of 29.
    """
    return once(date, _from_lunar)


def _from_lunar(date: pl.Expr) -> pl.Expr:
    firsts, lengths = _lunar_months()
    key = date.dt.year() * 100 + date.dt.month()
    first = key.replace_strict(firsts, default=None, return_dtype=pl.Int32)
    length = key.replace_strict(lengths, default=None, return_dtype=pl.Int32)
    day = date.dt.day().cast(pl.Int32)
    return pl.when(day <= length).then(first + day - 1).cast(pl.Date)


@cache
def _lunar_months() -> tuple[dict[int, int], dict[int, int]]:
    """First solar day (days since 1970) and length by year * 100 + month, leap months left out."""
    months = table("lunar_months").filter(pl.col("leap") == "0")
    frame = months.select(
        key=pl.col("year").cast(pl.Int32) * 100 + pl.col("month").cast(pl.Int32),
        first=pl.col("first_day").str.to_date("%Y-%m-%d").cast(pl.Int32),
        length=pl.col("length").cast(pl.Int32),
    )
    keys = frame["key"].to_list()
    return (
        dict(zip(keys, frame["first"].to_list(), strict=True)),
        dict(zip(keys, frame["length"].to_list(), strict=True)),
    )


def one_digit_differs(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """Of the eight digits YYYYMMDD exactly one is not the same."""
    return once(pl.struct(digits(a).alias("a"), digits(b).alias("b")), _one_apart)


def digits(date: pl.Expr) -> pl.Expr:
    """A date as the number YYYYMMDD."""
    return date.dt.year() * 10_000 + date.dt.month().cast(pl.Int32) * 100 + date.dt.day()


def _one_apart(numbers: pl.Expr) -> pl.Expr:
    one, other = numbers.struct.field("a"), numbers.struct.field("b")
    apart = [(one // 10**at % 10 != other // 10**at % 10).cast(pl.Int8) for at in range(8)]
    return pl.sum_horizontal(apart) == 1


def swapped(date: pl.Expr) -> pl.Expr:
    """The date with day and month exchanged; null where that is no date."""
    possible = pl.when(date.dt.day() <= 12).then(date)
    return pl.date(possible.dt.year(), possible.dt.day(), possible.dt.month())


def years_between(birth: pl.Expr, on: pl.Expr) -> pl.Expr:
    """Full years of age on a day: one more on each birthday (周岁)."""
    day = on.dt.month().cast(pl.Int32) * 100 + on.dt.day()
    birthday = birth.dt.month().cast(pl.Int32) * 100 + birth.dt.day()
    return (on.dt.year() - birth.dt.year() - (day < birthday).cast(pl.Int32)).cast(pl.Int64)


def _folded(text: pl.Expr) -> pl.Expr:
    """Digits in ASCII, parts joined by "-"; words about the calendar and the time left out."""
    plain = text.str.normalize("NFKC").str.replace_all(_CLOCK, "")
    folded = plain.str.replace_many(_LONGEST_FIRST, leftmost=True).str.strip_chars()
    whole = folded.str.replace(r"^([0-9]{6}|[0-9]{8})\.0+$", "${1}")
    return whole.str.replace_all(_SEPARATORS, "-").str.strip_chars("-")
