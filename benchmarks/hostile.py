"""How fast, and in how much memory, files are refused that nobody should read.

    python -m benchmarks.hostile

Runs ``rosterrec match`` on a folder with one file of ``tests/hostile/corpus.py`` at a time, and
prints the slowest and the largest: wall clock of the whole command, and the memory of it and its
child together, looked at every five milliseconds. Fails where a file is not refused with status 2.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.acceptance.township import Township, child
from tests.hostile.build import NUMBER
from tests.hostile.corpus import corpus

_COMMAND = "from rosterrec.cli import main; main()"


def memory_of(process: int) -> int:
    """Bytes in memory of a process and its children, pages that they share counted once each."""
    total = 0
    for each in (process, *_children(process)):
        try:
            words = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in words.splitlines() if line.startswith("Pss:"))
    return total * 1024


def _children(process: int) -> list[int]:
    try:
        return [
            int(w) for w in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]
    except OSError:
        return []


def refused(folder: Path) -> tuple[int, float, int, str]:
    """Exit status, seconds, most memory and what was said."""
    words = [
        sys.executable,
        "-c",
        _COMMAND,
        "match",
        str(folder),
        "--as-of",
        "2024-10-15",
        "--lang",
        "en",
    ]
    started, most = time.perf_counter(), 0
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
    ) as run:
        while run.poll() is None:
            most = max(most, memory_of(run.pid))
            time.sleep(0.005)
        seconds = time.perf_counter() - started
        said = run.stderr.read().decode() if run.stderr else ""
    return run.returncode, seconds, most, said


def main() -> None:
    """Print a table, the worst first."""
    found = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "m"
        folder.mkdir()
        town = Township(folder)
        town.neighbour().police(child("许诺", NUMBER))
        town.roster("青溪小学", "六(1)班", child("许诺", NUMBER)).write()
        for case in corpus():
            path = folder / f"00{case.name}"
            path.write_bytes(case.make())
            found.append((case.name, *refused(folder)))
            path.unlink()
    wrong = [(name, said) for name, status, _, _, said in found if status != 2]
    print(f"{len(found)} files, {len(found) - len(wrong)} refused")
    for title, place_of, scale in (("seconds", 2, 1.0), ("MB", 3, 1e6)):
        values = sorted((row[place_of] / scale for row in found), reverse=True)
        names = sorted(found, key=lambda row: row[place_of], reverse=True)[:5]
        print(f"{title}: most {values[0]:.2f}, median {values[len(values) // 2]:.2f}; "
              + ", ".join(f"{row[0]} {row[place_of] / scale:.2f}" for row in names))  # fmt: skip
    for name, said in wrong:
        print("NOT REFUSED", name, said[:200])
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
