"""How many true links each kind of blocking key would find alone, and what it costs.

    python -m benchmarks.blocking build/county

reads the lists and the truth of a county (``benchmarks.county``) and prints, for police list
against registry, the pairs each kind makes among rows without a certain owner, the key values left
out as too common, and the share of the true links among those rows that it holds; then all kinds
together.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from rosterrec.block import both, by_kind, certain, same_number
from rosterrec.frames import Records, Role
from rosterrec.normalise import normalise
from rosterrec.read import discover, read
from rosterrec.settings import Settings

SETTINGS = Settings(as_of=dt.date(2024, 10, 15), county="349921")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, block, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.blocking", description=__doc__)
    parser.add_argument("county", type=Path, help="a folder that benchmarks.county wrote")
    folder = parser.parse_args(arguments).county
    left, right = records(folder / "lists")
    sure = certain(same_number(left, right), right)
    truth = true_pairs(folder / "truth", left, right).join(sure, on=["left", "right"], how="anti")
    open_rows = Records(right.filter(~pl.col("rec").is_in(sure["right"].implode())))
    print(
        f"{len(sure):,} certain; {len(open_rows):,} rows open, {len(truth):,} true links among them"
    )
    print(f"{'kind':20}{'pairs':>12}{'left out':>10}{'true links':>12}")
    every = [sure.clear()]
    for kind, found, too_common in by_kind(left, open_rows, sure["left"]):
        every.append(found.select(*both()))
        print(f"{kind:20}{len(found):12,}{too_common:10,}{share(truth, every[-1]):>12}")
    together = pl.concat(every).unique()
    print(f"{'together':20}{len(together):12,}{'':10}{share(truth, together):>12}")


def records(folder: Path) -> tuple[Records, Records]:
    """Police list and registry, normalised."""
    raw = read(discover(folder, SETTINGS), SETTINGS, base=folder).raw
    left, right = (
        normalise(raw[role], role, SETTINGS)[0] for role in (Role.POPULATION, Role.REGISTRY)
    )
    return left, right


def true_pairs(folder: Path, left: Records, right: Records) -> pl.DataFrame:
    """The true links as record numbers."""
    truth = pl.read_parquet(folder / "population-registry.parquet")
    for name, side in (("left", left), ("right", right)):
        place = side.select("rec", "file", "row").rename(
            {"rec": name, "file": f"{name}_file", "row": f"{name}_row"}
        )
        truth = truth.join(place, on=[f"{name}_file", f"{name}_row"])
    return truth.select("left", "right")


def share(truth: pl.DataFrame, found: pl.DataFrame) -> str:
    """Share of the true links that are among the pairs, cut after the second decimal."""
    held = truth.join(found, on=["left", "right"], how="semi").height
    return f"{held * 10_000 // max(len(truth), 1) / 100:.2f} %"


if __name__ == "__main__":
    main()
