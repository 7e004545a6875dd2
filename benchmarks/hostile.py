"""How fast, and in how much memory, files are refused that nobody should read.

    python -m benchmarks.hostile

Runs ``rosterrec match`` on a folder with one file of ``tests/hostile/corpus.py`` at a time, and
prints the slowest and the largest: wall clock of the whole command, seconds of work (the system's
figure, the child that parses included; what counts where the machine has other things to do), and
memory of it and its child together, looked at every few milliseconds: the most that was seen at one
time (pages that they share counted once), and the greatest of each of the two added up, whenever it
was (``peaks``). Fails where a file is not refused with status 2, or takes 2 seconds of work or
300 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.acceptance.township import Township, child
from tests.hostile.build import NUMBER
from tests.hostile.corpus import corpus

MOST_WORK, MOST_MEMORY = 2.0, 300.0
_COMMAND = "from rosterrec.cli import main; main()"


class Refusal(NamedTuple):
    """How a file was refused: exit status, seconds, those of work, MB at one time and of peaks."""

    name: str
    status: int
    seconds: float
    work: float
    seen: float
    peaks: float
    said: str


def _memory(process: int) -> tuple[int, int]:
    """Kilobytes of a process and its children: now, shared pages once, and of each at its most."""
    every = (process, *_children(process))
    now = sum(_kilobytes(Path(f"/proc/{each}/smaps_rollup"), "Pss:") for each in every)
    return now, sum(_kilobytes(Path(f"/proc/{each}/status"), "VmHWM:") for each in every)


def _kilobytes(path: Path, word: str) -> int:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(word))


def _children(process: int) -> list[int]:
    try:
        words = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [int(w) for w in words]


def refused(name: str, folder: Path) -> Refusal:
    """One run of the command, and what it took."""
    words = ["match", str(folder), "--as-of", "2024-10-15", "--lang", "en"]
    started, seen, peaks = time.perf_counter(), 0, 0
    with tempfile.TemporaryFile() as heard:
        run = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *words], stdout=heard, stderr=heard, env=os.environ
        )
        while True:
            ended, status, used = os.wait4(run.pid, os.WNOHANG)
            if ended:
                break
            now, most = _memory(run.pid)
            seen, peaks = max(seen, now), max(peaks, most)
            time.sleep(0.002)
        run.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        heard.seek(0)
        said = heard.read().decode()
    work = used.ru_utime + used.ru_stime
    return Refusal(name, run.returncode, seconds, work, seen / 1e3, peaks / 1e3, said)


def main() -> None:
    """Print a table, the worst first."""
    found: list[Refusal] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "m"
        folder.mkdir()
        town = Township(folder)
        town.neighbour().police(child("许诺", NUMBER))
        town.roster("青溪小学", "六(1)班", child("许诺", NUMBER)).write()
        for case in corpus():
            path = folder / f"00{case.name}"
            path.write_bytes(case.make())
            found.append(refused(case.name, folder))
            path.unlink()
    wrong = [f for f in found if f.status != 2 or f.work >= MOST_WORK or f.peaks >= MOST_MEMORY]
    print(f"{len(found)} files, {sum(f.status == 2 for f in found)} refused")
    for figure in ("seconds", "work", "seen", "peaks"):
        ranked = sorted(found, key=lambda f: -getattr(f, figure))
        values = [getattr(f, figure) for f in ranked]
        worst = ", ".join(f"{f.name} {getattr(f, figure):.2f}" for f in ranked[:5])
        print(f"{figure}: most {values[0]:.2f}, median {values[len(values) // 2]:.2f}; {worst}")
    for each in wrong:
        print("NOT AS IT SHOULD BE", each.name, each.status, each.said[:200])
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
