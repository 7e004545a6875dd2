"""Are the children where we say they are? All lists of a county, statuses against the truth.

    python -m benchmarks.statuses --size 100000 --seed 11 [--hard] [--township]

runs ``rosterrec match`` on every list and prints what share of statuses is right, whom it calls out
of school, what it confuses by which rule, and the links of every pair of lists. The figures are
also written as ``build/bench/statuses-*.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.peers import child, county
from benchmarks.peers.county import Asked
from benchmarks.peers.table import cut

ROOT = Path("build/bench")
_OUT = ["no_contact", "dropout", "not_found"]
_SHOWN = 30


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, run, judge, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statuses", description=__doc__)
    parser.add_argument("--size", type=int, help="children; 100,000, or 3,000 of a township")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--hard", action="store_true", help="errors doubled")
    parser.add_argument("--township", action="store_true", help="one township, its whole county")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of counties and results")
    typed = parser.parse_args(arguments)
    size = typed.size or (3_000 if typed.township else 100_000)
    asked = Asked(size, typed.seed, typed.hard, typed.township)
    folder = county.made(asked, typed.root)
    cost = child.rosterrec(
        "match", folder / "lists", "--as-of", child.AS_OF, "--county", child.CODE,
        "--out", folder / "runs" / "lists", "--force", log=folder / "match.log",
    )  # fmt: skip
    runs = folder / "runs" / "lists"
    run = runs / (runs / "latest.txt").read_text("utf-8").strip()
    found = {"county": asdict(asked), "cost": asdict(cost), **judged(folder, run)}
    out = typed.root / f"statuses-{asked.name}.json"
    out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(shown(found))
    print(f"\n{out}")


def judged(folder: Path, run: Path) -> dict[str, Any]:
    """Figures of a run against the county's truth."""
    import polars as pl

    said = pl.read_parquet(run / "people.parquet").select(
        "file", "row", "rule", "needs_review", said="status", said_proof="proof"
    )
    true = pl.read_parquet(folder / "truth" / "people.parquet")
    people = true.join(said, on=["file", "row"], how="left").with_columns(
        pl.col("said").fill_null("(none)"),
        pl.col("rule").fill_null("(none)"),
        pl.col("needs_review").fill_null(value=False),
    )
    review = pl.col("said") == "review"
    right, called = pl.col("said") == pl.col("status"), pl.col("said").is_in(_OUT)
    truly, queued = pl.col("status").is_in(_OUT), review | pl.col("needs_review")
    counts = people.select(
        people=pl.len(),
        review=review.sum(),
        queued=queued.sum(),
        decided=(~review).sum(),
        right=(right & ~review).sum(),
        proof_right=(right & (pl.col("proof") == pl.col("said_proof"))).sum(),
        called_out=called.sum(),
        called_out_truly=(called & truly).sum(),
        truly_out=truly.sum(),
        truly_out_called=(truly & called).sum(),
        truly_out_called_or_queued=(truly & (called | queued)).sum(),
    ).row(0, named=True)
    seconds = json.loads((run / "run.json").read_text("utf-8"))["seconds"]
    return {
        "seconds": seconds,
        "counts": counts,
        "confusions": _grouped(people.filter(~right & ~review)),
        "reviews": _grouped(people.filter(review)),
        "links": _links(folder, run),
    }


def _grouped(people: Any) -> list[dict[str, Any]]:
    """How many by fate, true status, status given and rule; most first."""
    import polars as pl

    by = ["fate", "status", "said", "rule"]
    groups = people.group_by(by).agg(children=pl.len())
    rows: list[dict[str, Any]] = groups.sort(
        ["children", *by], descending=[True] + [False] * 4
    ).to_dicts()
    return rows


def _links(folder: Path, run: Path) -> dict[str, Any]:
    """What ``rosterrec evaluate`` says of every pair of lists."""
    import polars as pl

    from rosterrec import frames
    from rosterrec.judge import LABELS, LINKS, judge

    labels = []
    for file in sorted((folder / "truth").glob("*-*.parquet")):
        left, _, right = file.stem.partition("-")
        labels.append(
            frames.conform(
                pl.read_parquet(file).with_columns(
                    label=True, left_source=pl.lit(left), right_source=pl.lit(right),
                    left_sheet=pl.lit(""), right_sheet=pl.lit(""),
                ),
                LABELS,
            )
        )  # fmt: skip
    links = frames.conform(pl.read_parquet(run / "links.parquet"), LINKS)
    return judge(links, pl.concat(labels), complete=True)


def shown(found: dict[str, Any]) -> str:
    """The figures as text."""
    n, cost = found["counts"], found["cost"]
    stages = ", ".join(f"{k} {v:.1f}" for k, v in found["seconds"].items())
    lines = [
        f"wall {cost['wall']:.1f} s, CPU {cost['cpu']:.1f} s, peak {cost['peak'] / 1e9:.2f} GB"
        f" ({stages})",
        "",
        _line("statuses right outside review", n["right"], n["decided"]),
        _line("  their proof right as well", n["proof_right"], n["right"]),
        _line("status review", n["review"], n["people"]),
        _line("queued for review in any way", n["queued"], n["people"]),
        _line("called out of school: truly are", n["called_out_truly"], n["called_out"]),
        _line("truly out of school: called so", n["truly_out_called"], n["truly_out"]),
        _line("  or queued for review", n["truly_out_called_or_queued"], n["truly_out"]),
        "",
        *_links_shown(found["links"]),
    ]
    for title, key in (("wrong", "confusions"), ("in review", "reviews")):
        total = sum(row["children"] for row in found[key])
        lines += ["", f"{title}: {total:,} children by fate, true status, status given, rule"]
        lines += [
            f"{r['children']:7,}  {r['fate']:28}{r['status']:24}{r['said']:18}{r['rule']}"
            for r in found[key][:_SHOWN]
        ]
    return "\n".join(lines)


def _links_shown(links: dict[str, Any]) -> list[str]:
    """Each pair of lists, and what the probabilities were worth."""
    head = (
        f"{'links':34}{'precision':>11}{'recall':>9}{'F1':>9}{'with review: precision':>24}"
        f"{'recall':>9}"
    )
    pairs = [
        f"{pair['left'] + ' - ' + pair['right']:34}{_rate(pair, 'accepted', 'precision'):>11}"
        f"{_rate(pair, 'accepted', 'recall'):>9}{_rate(pair, 'accepted', 'f1'):>9}"
        f"{_rate(pair, 'with_review', 'precision'):>24}{_rate(pair, 'with_review', 'recall'):>9}"
        for pair in links["lists"]
    ]
    bands = [
        f"  {band['from']:.2f} to {band['to']:.2f}{band['true']['numerator']:>10,} of "
        f"{band['true']['denominator']:>9,}  {band['true']['percent']:>9}, promised "
        + ("-" if band["promised"] is None else f"{band['promised']:.4f}")
        for band in links["calibration"]
    ]
    return [head, *pairs, "", "links accepted by probability: share true", *bands]


def _line(words: str, part: int, whole: int) -> str:
    return f"{words:34}{cut(part / whole if whole else None, 4):>8}  ({part:,} of {whole:,})"


def _rate(pair: dict[str, Any], which: str, measure: str) -> str:
    rate = pair[which][measure]
    return cut(rate["numerator"] / rate["denominator"] if rate["denominator"] else None)


if __name__ == "__main__":
    main()
