"""What goes wrong with the birthdates of a list."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from benchmarks import ids
from benchmarks.ids import Days, Ints
from benchmarks.sheet import Sheet
from benchmarks.text import pick

_LUNAR = Path(__file__).parent.parent / "src" / "rosterrec" / "data" / "lunar_months.tsv"
MONTH_ONLY, MISSING = 1, 2
#: Which digit is wrong, from the last of the day to the tens of the year.
_PLACES = np.array([0.25, 0.25, 0.15, 0.05, 0.25, 0.05])


def spoil(sheet: Sheet, hits: dict[str, Ints]) -> None:
    """Write the wrong dates and mark the rows."""
    for kind, part in (("birth_month_only", MONTH_ONLY), ("birth_missing", MISSING)):
        rows = hits.get(kind, np.empty(0, np.int64))
        sheet.birth_part[rows] = part
        sheet.mark(rows, kind)
    late = hits.get("birth_one_day", np.empty(0, np.int64))
    _write(sheet, late, sheet.birth[late] + 1, "birth_one_day")
    _swapped(sheet, hits["birth_swapped"])
    _digit(sheet, hits["birth_digit"])
    _lunar(sheet, hits["birth_lunar"])


def _write(sheet: Sheet, rows: Ints, birth: Days, kind: str) -> None:
    sheet.birth[rows] = birth
    sheet.mark(rows, kind)


def _swapped(sheet: Sheet, rows: Ints) -> None:
    """Month and day exchanged."""
    number = ids.eight(sheet.birth[rows])
    other = number // 10000 * 10000 + number % 100 * 100 + number // 100 % 100
    day, fits = ids.day_of(other)
    _write(sheet, rows[fits], day[fits], "birth_swapped")


def _digit(sheet: Sheet, rows: Ints) -> None:
    """One digit of year, month or day wrong, so that a date remains."""
    chance = sheet.chance("birth_digit")
    number = ids.eight(sheet.birth[rows])
    wrong = number.copy()
    for _ in range(12):
        again = wrong == number
        place = 10 ** pick(chance, _PLACES, len(rows))
        digit = number // place % 10
        tried = number + (chance.integers(0, 10, len(rows)) - digit) * place
        _, fits = ids.day_of(np.asarray(tried, np.int64))
        year = tried // 10000
        wrong = np.where(again & fits & (year > 2000) & (year < 2024), tried, wrong)
    changed = wrong != number
    day, _ = ids.day_of(wrong)
    _write(sheet, rows[changed], day[changed], "birth_digit")


def _lunar(sheet: Sheet, rows: Ints) -> None:
    """The date of the farmers' calendar written as if it were the common one."""
    months = pl.read_csv(_LUNAR, separator="\t", comment_prefix="#").sort("first_day")
    first = months["first_day"].str.to_date().to_numpy().astype("datetime64[D]")
    at = np.searchsorted(first, sheet.birth[rows], side="right") - 1
    day = (sheet.birth[rows] - first[at]).astype(np.int64) + 1
    year, month = months["year"].to_numpy()[at], months["month"].to_numpy()[at]
    written, fits = ids.day_of(year.astype(np.int64) * 10000 + month * 100 + day)
    _write(sheet, rows[fits], written[fits], "birth_lunar")
