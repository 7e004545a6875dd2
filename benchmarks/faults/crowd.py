"""Several processes at one project at once."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from benchmarks.faults.project import copy, faults_of, leftovers, match
from rosterrec.ledger import Ledger

_WRITER = """
import sys
from pathlib import Path
from rosterrec.ledger import Entry, Hand, Kind, Ledger
path, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for n in range(count):
    with Ledger(path) as ledger:
        note = Entry(Kind.NOTE, f"population.{n:012x}.-.-.-", note=f"{who} {n}")
        ledger.add([note], Hand(who, "decide"))
    print(n, flush=True)
"""


def pairs(project: Path, work: Path, times: int) -> Counter[str]:
    """Two runs at once, so many times; each must succeed or be refused with exit status 4."""
    found: Counter[str] = Counter()
    for _ in range(times):
        folder = copy(project, work)
        both = [
            subprocess.Popen(
                match(folder, "--force"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            for _ in range(2)
        ]
        for process in both:
            _, said = process.communicate()
            found[f"exit {process.returncode}"] += 1
            if process.returncode not in {0, 4}:
                found[said.decode(errors="replace")[-200:]] += 1
        found.update(faults_of(folder))
        found.update(f"left over: {name}" for name in leftovers(folder))
    return found


def writers(folder: Path, count: int, each: int) -> Counter[str]:
    """So many writers of decisions at once; all that was acknowledged must be there, once."""
    path = folder / "rosterrec.db"
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path), f"w{n}", str(each)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(count)
    ]  # fmt: skip
    found: Counter[str] = Counter()
    acknowledged = set()
    for n, process in enumerate(crowd):
        said, fault = process.communicate()
        acknowledged |= {f"w{n} {line}" for line in said.split()}
        if process.returncode:
            found[f"writer failed: {fault[-200:]}"] += 1
    with Ledger(path, write=False) as ledger:
        ledger.check()
        kept = [str(d.entry.note) for d in ledger.every()]
    found["acknowledged"] = len(acknowledged)
    found["lost"] = len(acknowledged - set(kept))
    found["twice"] = len(kept) - len(set(kept))
    return found
