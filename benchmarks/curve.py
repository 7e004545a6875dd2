"""How time and memory grow with the size of the county.

    python -m benchmarks.curve [--sizes 10000,100000,1000000,5000000] [--seed 12] [--columns four]

runs ``rosterrec match`` on the police list and the registry of each size, files to all outputs, and
prints wall and CPU seconds and peak memory, and CPU and memory over N log N as multiples of the
second row's: a curve that grows no faster than N log N does not rise from there. The first size is
mostly the start of the program.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.peers import child, county
from benchmarks.peers.county import Asked

ROOT = Path("build/bench")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, run each size, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.curve", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000,5000000")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--columns", choices=["four", "all"], default="four")
    parser.add_argument("--root", type=Path, default=ROOT)
    typed = parser.parse_args(arguments)
    costs = {}
    for size in map(int, typed.sizes.split(",")):
        folder = county.made(Asked(size, typed.seed), typed.root)
        child.python("benchmarks.peers.county", folder, log=folder / "cut.log")
        costs[size] = child.match(folder, typed.columns, folder / "curve.log")
    print(shown(costs))
    out = typed.root / f"curve-{typed.seed}-{typed.columns}.json"
    out.write_text(json.dumps({n: asdict(cost) for n, cost in costs.items()}, indent=1), "utf-8")
    print(f"\n{out}")


def shown(costs: dict[int, child.Cost]) -> str:
    """The table of sizes and costs."""
    steady = sorted(costs)[min(1, len(costs) - 1)]

    def growth(size: int, cost: float, base: float) -> str:
        return f"{cost / base * steady * math.log(steady) / (size * math.log(size)):9.2f}"

    lines = [f"{'children':>10}{'wall s':>9}{'CPU s':>9}{'GB':>7}{'CPU/NlogN':>11}{'GB/NlogN':>10}"]
    for size, cost in costs.items():
        cpu = growth(size, cost.cpu, costs[steady].cpu)
        peak = growth(size, cost.peak, costs[steady].peak)
        figures = f"{size:10,}{cost.wall:9.1f}{cost.cpu:9.1f}{cost.peak / 1e9:7.2f}"
        lines.append(f"{figures}{cpu:>11}{peak:>10}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
