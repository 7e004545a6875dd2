"""What decisions teach: the queue of an invented county before and after its clerks decided a part.

    python -m benchmarks.learning [--size N] [--hard] [--share 0.5] SEED OTHER

decides so much of the first county's queue by its truth, runs it again with those decisions, and
holds what is left of its queue against the truth, before and after; then the queue of the other
county, with what the first one teaches. Everything stays in memory.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path
from unittest import mock

import polars as pl

from benchmarks import county
from benchmarks.plan import AS_OF, COUNTY_CODE, Plan
from rosterrec import pipeline
from rosterrec.frames import Decision, Links, Role
from rosterrec.ledger.keys import with_keys
from rosterrec.ledger.standing import STANDING
from rosterrec.link.teaching import teach
from rosterrec.pipeline import reconcile
from rosterrec.read import discover
from rosterrec.reconciliation import Reconciliation
from rosterrec.score.taught import HEARD, Taught, taught
from rosterrec.settings import Settings

_ENDS = ["left_source", "right_source", "left", "right"]
_ROWS = ["left_file", "left_row", "right_file", "right_row"]
_SURE = 1.0e-3


def run(folder: Path, decisions: pl.DataFrame | None = None) -> Reconciliation:
    """A run on a county's lists."""
    lists = folder / "lists"
    settings = Settings(as_of=AS_OF, county=str(COUNTY_CODE))
    paths = discover(lists, settings, lists / "rosterrec")
    return reconcile(paths, settings, base=lists, decisions=decisions)


def queue(found: Reconciliation, links: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """The pairs that wait, with ``same``, whether they are one child, and the keys of both."""
    waiting = links.filter(
        (pl.col("left_source") == Role.POPULATION)
        & (pl.col("right_source") != Role.POPULATION)
        & (pl.col("decision") == Decision.REVIEW)
    )
    parts = []
    for (source,), of in waiting.group_by("right_source", maintain_order=True):
        for side, role in (("left", Role.POPULATION), ("right", Role(str(source)))):
            rows = with_keys(found.records[role], role).select(
                pl.col("rec").alias(side), pl.col("file").alias(f"{side}_file"),
                pl.col("row").alias(f"{side}_row"), pl.col("key").alias(f"{side}_key"),
                pl.coalesce("household", "key").alias(f"{side}_family"),
            )  # fmt: skip
            of = of.join(rows, on=side)  # noqa: PLW2901
        truth = pl.read_parquet(folder / "truth" / f"population-{source}.parquet")
        true = truth.select(*_ROWS, same=pl.lit(value=True)).unique()
        parts.append(of.join(true, on=_ROWS, how="left"))
    return pl.concat(parts).with_columns(pl.col("same").fill_null(value=False)).sort(_ENDS)


def decided(pairs: pl.DataFrame, share: float) -> pl.DataFrame:
    """Entries that a clerk who knows the truth makes of a share of the families, as they stand."""
    chance = pl.col("left_family").hash(5) % 1_000
    verdict = pl.when("same").then(pl.lit("same")).otherwise(pl.lit("different"))
    chosen = pairs.filter(chance < 1_000 * share)
    told = chosen.with_row_index("seq", 1).select(
        "left_key", "right_key", pl.col("seq").cast(pl.Int64), kind=pl.lit("pair"),
        verdict=verdict, who=pl.lit("王"), at=pl.lit("2024-10-16T00:00:00Z"),
    )  # fmt: skip
    absent = {name: pl.lit(None, dtype) for name, dtype in STANDING.items() if name not in told}
    return told.with_columns(**absent).select(*STANDING)


def told(name: str, pairs: pl.DataFrame) -> None:
    """Print how well the likelihoods of a queue tell its truth, and how soon it is of use."""
    p, same = pl.col("probability").clip(_SURE, 1 - _SURE), pl.col("same")
    loss = -pl.when(same).then(p).otherwise(1 - p).log()
    doubtful = pairs.with_columns(doubt=(p - 0.5).abs()).sort("doubt", *_ENDS)
    tenth = doubtful.head(math.ceil(len(pairs) / 10))
    facts = pairs.select(loss=loss.mean(), wrong=((p >= 0.5) != same).sum()).row(0)
    apart = int((~pairs["same"]).sum())
    print(
        f"{name}: {len(pairs)} pairs, {apart} of two children; log loss {facts[0]:.4f}, "
        f"told wrongly {facts[1]}, of two children in the most doubtful tenth "
        f"{int((~tenth['same']).sum())}"
    )


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning", description=__doc__)
    parser.add_argument("seeds", type=int, nargs=2)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("--share", type=float, default=0.5)
    typed = parser.parse_args()
    with tempfile.TemporaryDirectory() as at:
        folders = [Path(at) / str(seed) for seed in typed.seeds]
        for folder, seed in zip(folders, typed.seeds, strict=True):
            county.make(Plan(typed.size, seed, typed.hard, False), folder)
        first, other = (run(folder) for folder in folders)
        asked = queue(first, first.links, folders[0])
        decisions = decided(asked, typed.share)
        again = run(folders[0], decisions)
        print([{"code": f.code, **f.facts} for f in again.findings if "learning" in f.code])
        with mock.patch.object(pipeline, "teach", lambda links, *_heard: (links, ())):
            untaught = run(folders[0], decisions)
        told("own queue before", queue(untaught, untaught.links, folders[0]))
        told("own queue after", queue(again, again.links, folders[0]))
        elsewhere = queue(other, other.links, folders[1])
        told("other queue before", elsewhere)
        lesson: Taught = taught(_heard(asked))
        taught_links, _ = teach(Links(other.links), [_heard(asked)], _judged(asked))
        told(f"other queue after ({lesson.lesson})", queue(other, taught_links, folders[1]))
        told("other queue, few", _by_few(other, asked, folders[1]))


def _heard(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.with_columns(family=pl.col("left_family")).select(*HEARD)


def _judged(pairs: pl.DataFrame) -> pl.DataFrame:
    verdict = pl.when("same").then(pl.lit("same")).otherwise(pl.lit("different"))
    return pairs.select(*_ENDS, verdict=verdict)


def _by_few(other: Reconciliation, asked: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """The other queue with what the first 250 decisions of the first county teach."""
    few = asked.sort(pl.col("left_key").hash(7)).head(250)
    links, _ = teach(Links(other.links), [_heard(few)], _judged(few))
    return queue(other, links, folder)


if __name__ == "__main__":
    main()
