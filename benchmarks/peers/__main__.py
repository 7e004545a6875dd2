"""Run us and the peers beside us on one county's police list and registry.

    python -m benchmarks.peers --size 100000 --seed 11 [--hard] [--columns four|all]
        [--peers id,cascade,splink,...]

prints a table and writes it as ``build/bench/peers-*.json``. Peers always have the four columns ID,
name, birthdate and sex; ``--columns all`` gives us every column of the two lists.
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

PEERS = ("id", "cascade", "splink", "splink-1m")
ROOT = Path("build/bench")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, let everyone work, mark, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="children on the police list")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--hard", action="store_true", help="errors doubled")
    parser.add_argument("--township", action="store_true", help="one township, its whole county")
    parser.add_argument("--columns", choices=["four", "all"], default="four", help="for us")
    parser.add_argument(
        "--peers", default=",".join(PEERS), help="also: splink-100m, recordlinkage, goldenmatch"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of counties and results")
    typed = parser.parse_args(arguments)
    asked = Asked(typed.size, typed.seed, typed.hard, typed.township)
    folder = county.made(asked, typed.root)
    child.python("benchmarks.peers.county", folder, log=folder / "cut.log")
    peers = [name for name in typed.peers.split(",") if name]
    costs = _work(folder, typed.columns, peers)
    results = {
        "county": asdict(asked),
        "columns": typed.columns,
        "contestants": _marked(folder, typed.columns, costs),
    }
    out = typed.root / f"peers-{asked.name}-{typed.columns}.json"
    out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    from benchmarks.peers.table import contest

    print(contest(results))
    print(f"\n{out}")


def _work(folder: Path, columns: str, peers: Sequence[str]) -> dict[str, child.Cost]:
    """Every contestant in a process of its own; nothing heavy is loaded here before the last."""
    (folder / "entries").mkdir(exist_ok=True)
    names = ["floor", "ours", f"ranked-{columns}", *peers]
    costs = {}
    for name in names:
        log = folder / "entries" / f"{name}.log"
        if name == "ours":
            costs[name] = child.match(folder, columns, log)
        else:
            costs[name] = child.python("benchmarks.peers.contestant", name, folder, log=log)
    return costs


def _marked(folder: Path, columns: str, costs: dict[str, child.Cost]) -> dict[str, Any]:
    """Marks and costs by contestant; our ranking belongs to ours."""
    import polars as pl

    from benchmarks.peers import ours
    from benchmarks.peers.marks import Referee

    referee = Referee(folder, alike=columns == "four")
    entries = folder / "entries"
    found: dict[str, Any] = {}
    for name, cost in costs.items():
        entry: dict[str, Any] = {"cost": asdict(cost)}
        if name == "ours":
            taken = ours.decided(folder, columns)
            ranking = pl.read_parquet(entries / f"ranked-{columns}.parquet")
            marks = referee.marks(taken) | referee.ranking(ranking)
            marks["with_review"] = referee.rates(taken)
            marks["errors_with_review"] = referee.by_error(taken)
            children = taken.filter(~pl.col("decided"))["left_row"].n_unique()
            of = pl.read_parquet(folder / "truth" / "people.parquet").height
            entry |= {"marks": marks, "review": {"children": children, "of": of}}
            entry["seconds"] = ours.seconds(folder, columns)
        elif not name.startswith("ranked-") and name != "floor":
            entry["marks"] = referee.marks(pl.read_parquet(entries / f"{name}.parquet"))
            entry["seconds"] = json.loads((entries / f"{name}.json").read_text("utf-8"))
        found[name] = entry
    return found


if __name__ == "__main__":
    main()
