"""Every fault in full: ``python -m benchmarks.faults [--part NAME] [--instants N] [--pairs N]``.

Prints one line per part: what was done how often, and what was found wrong. Nothing must be.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults import acts, crowd, kill, nth
from benchmarks.faults.project import copy, match

NOTED, OLD = 5, 3000
#: What a part may count besides faults.
_HARMLESS = ("killed", "ended", "exit 0", "exit 4", "calls", "not reached", "acknowledged")


def parts(work: Path, instants: int, times: int) -> dict[str, Callable[[], Counter[str]]]:
    """Every part by its name."""
    first = acts.first_run(work)
    filled = acts.with_workbook(work, first, NOTED)
    again = acts.run_anew(work, first, NOTED)
    old = acts.with_old_ledger(work, first, OLD)
    target = work / "target"
    found: dict[str, Callable[[], Counter[str]]] = {
        "kill-first": lambda: kill.killed(first, target, match, instants),
        "kill-again": lambda: kill.killed(again, target, match, instants, NOTED),
        "kill-decide": lambda: kill.killed(filled, target, acts.decide, instants, NOTED),
        "kill-migration": lambda: kill.killed(
            old, target, acts.migrate, max(instants // 4, 1), OLD
        ),
        "pairs": lambda: crowd.pairs(again, target, times),
        "writers": lambda: crowd.writers(copy(again, target), 8, max(times // 2, 1)),
    }
    if shutil.which("cc") or shutil.which("gcc"):
        shim = nth.built(work)
        for call in nth.CALLS:
            found[f"nth-{call}-match"] = lambda call=call: nth.failing(
                again, target, match, shim, call, NOTED
            )
            found[f"nth-{call}-first"] = lambda call=call: nth.failing(
                first, target, match, shim, call
            )
            found[f"nth-{call}-decide"] = lambda call=call: nth.failing(
                filled, target, acts.decide, shim, call, NOTED
            )
    return found


def faulty(found: Counter[str]) -> Counter[str]:
    """What was found wrong among the counts."""
    return Counter({k: n for k, n in found.items() if n and k not in _HARMLESS})


def main() -> None:
    """Run every part, or those named, and print what was found."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    words.add_argument("--part", action="append", help="of this name only (a beginning suffices)")
    words.add_argument("--instants", type=int, default=200)
    words.add_argument("--pairs", type=int, default=100)
    typed = words.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, part in parts(Path(folder), typed.instants, typed.pairs).items():
            if typed.part and not name.startswith(tuple(typed.part)):
                continue
            began = time.perf_counter()
            found = part()
            faults = faulty(found)
            wrong += sum(faults.values())
            counts = ", ".join(f"{k} {found[k]}" for k in _HARMLESS if k in found)
            took = time.perf_counter() - began
            print(f"{name}: {counts}; faults {sum(faults.values())} ({took:.0f} s)", flush=True)
            for fault, times in faults.most_common(20):
                print(f"    {times} x {fault}", flush=True)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
