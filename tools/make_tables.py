"""Rebuild the frozen tables in src/rosterrec/data from the libraries of the ``tables`` group.

Run it as ``python tools/make_tables.py``; the tables are data, so that none of these libraries is
needed where rosterrec runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lunar_python import LunarYear, Solar

DATA = Path(__file__).parent.parent / "src" / "rosterrec" / "data"
LUNAR_YEARS = range(1990, 2041)


def write(name: str, source: str, header: str, rows: Iterable[Iterable[object]]) -> None:
    """One table: a comment naming source and licence, headings, rows."""
    lines = ["\t".join(map(str, row)) for row in rows]
    text = "\n".join([f"# {source}", header.replace(" ", "\t"), *lines])
    (DATA / f"{name}.tsv").write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} rows, {len(text.encode()):,} bytes")


def lunar_months() -> None:
    """First solar day and length of every lunar month."""
    rows = []
    for year in LUNAR_YEARS:
        for month in LunarYear.fromYear(year).getMonthsInYear():
            first = Solar.fromJulianDay(month.getFirstJulianDay()).toYmd()
            number, leap = abs(month.getMonth()), int(month.isLeap())
            rows.append((year, number, leap, first, month.getDayCount()))
    write(
        "lunar_months",
        "Computed with lunar_python 1.4.8 by 6tail, MIT licence",
        "year month leap first_day length",
        rows,
    )


if __name__ == "__main__":
    lunar_months()
