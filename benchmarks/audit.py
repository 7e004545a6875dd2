"""Check a county that ``benchmarks.county`` wrote, and show the rates it reached.

    python -m benchmarks.audit OUT

Exit status 1 if an ID is invalid or not unique, a pair names a row that is not there, or a rate is
off by more than a factor of two where chance alone could not explain it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl

from benchmarks import vogue
from benchmarks.rates import KINDS, RATES, By, rate_in
from rosterrec import ids

_FILES = {
    "population": "户籍人口.csv",
    "registry": "学籍库.csv",
    "roster": "名册*.csv",
    "whereabouts": "摸排台账.csv",
    "filing": "备案.csv",
}
#: Fewer rows than this say nothing about a rate.
_ENOUGH = 25
#: Kinds that befall whole classes: a handful of classes says nothing either.
_CLASSES_OF = 20


def main(out: Path) -> int:
    """Print what was found; the exit status."""
    people = pl.read_csv(out / "lists" / _FILES["population"], infer_schema=False)
    problems = [*_numbers(people), *_rows(out), *_rates(out, people)]
    same = people.group_by("姓名", "出生日期").len().filter(pl.col("len") > 1)
    pairs = (same["len"].cast(pl.Int64) * (same["len"] - 1) // 2).sum()
    shared = people.group_by("姓名").len().filter(pl.col("len") > 1)["len"].sum()
    print(f"\n{len(people):,} children; {shared / len(people):.1%} share their name with another;")
    print(f"{pairs} pairs share name and birthdate")
    print("\n".join(problems) or "nothing wrong")
    return 1 if problems else 0


def _numbers(people: pl.DataFrame) -> list[str]:
    number = pl.col("公民身份号码")
    valid = people.select(ids.is_valid(number) & number.str.starts_with("3499")).to_series()
    found = [] if valid.all() else [f"{(~valid).sum()} IDs are not valid ones under 3499"]
    return found if people["公民身份号码"].is_unique().all() else [*found, "an ID is given twice"]


def _rows(out: Path) -> list[str]:
    """Pairs that name a row beyond the end of its file."""
    last = {}
    for pattern in _FILES.values():
        for file in (out / "lists").glob(pattern):
            last[file.name] = (
                1 + pl.scan_csv(file, infer_schema=False).select(pl.len()).collect().item()
            )
    found = []
    for file in sorted((out / "truth").glob("*-*.parquet")):
        pairs = pl.read_parquet(file)
        for side in ("left", "right"):
            end = pl.col(f"{side}_file").replace_strict(last, default=0, return_dtype=pl.Int64)
            wrong = pairs.filter(~pl.col(f"{side}_row").is_between(2, end))
            found += [f"{file.name}: {len(wrong)} {side} rows are not there"] if len(wrong) else []
    return found


def _rates(out: Path, people: pl.DataFrame) -> list[str]:
    """Print rates wanted and reached per 1,000 rows; those that are off."""
    hard = bool(json.loads((out / "county.json").read_text("utf-8"))["hard"])
    name = pl.col("姓名")
    shares = people.select(
        rare=name.str.contains(f"[{vogue.RARE}{vogue.BEYOND}]").mean(),
        minority=name.str.contains("·").mean(),
    ).row(0, named=True)
    found = []
    for source, column in (
        ("registry", "registry"),
        ("roster", "roster"),
        ("whereabouts", "ledger"),
    ):
        rows = pl.read_parquet(out / "truth" / f"{source}.parquet")
        counts = dict(rows["errors"].str.split("+").explode().value_counts().rows())
        print(f"\n{source}, {len(rows):,} rows, per 1,000: kind, wanted, reached")
        for kind in KINDS:
            mine = [r for r in RATES if kind in r.kind.split("+")]
            wanted = sum(rate_in(r, column, hard=hard) * shares.get(r.by, 1) for r in mine)
            reached = counts.get(kind, 0) / len(rows)
            least = _ENOUGH * (_CLASSES_OF if any(r.by is By.CLASS for r in mine) else 1)
            off = wanted * len(rows) >= least and not wanted / 2 <= reached <= wanted * 2
            print(f"  {kind:26}{1000 * wanted:8.1f}{1000 * reached:8.1f}{'  off' if off else ''}")
            found += [f"{source}: {kind} is off"] if off else []
    return found


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
