"""SIGKILL at uniform instants of a command."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults.project import copy, faults_of, leftovers, run

#: Makes a copy of the project into the folder it is given; then the words to run on it.
Words = Callable[[Path], list[str]]


def kill_at(words: list[str], after: float) -> bool:
    """Start a command in its own group and kill it after so many seconds; False if it had ended."""
    process = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def killed(
    project: Path, work: Path, words: Words, instants: int, acknowledged: int = 0
) -> Counter[str]:
    """Kill a command at so many uniform instants, each on a fresh copy; what was found wrong.

    Args:
        project: copied for every kill.
        work: where to.
        words: the command on such a copy.
        instants: how many.
        acknowledged: decisions confirmed before.

    Returns:
        Counts of faults; ``killed`` and ``ended`` say how often it was hit in time.
    """
    began = time.perf_counter()
    warm = run(words(copy(project, work)))
    whole = time.perf_counter() - began
    found: Counter[str] = Counter({"exit of an undisturbed run": warm.returncode})
    for at in range(instants):
        folder = copy(project, work)
        hit = kill_at(words(folder), whole * (at + 0.5) / instants)
        found["killed" if hit else "ended"] += 1
        found.update(faults_of(folder, acknowledged))
        again = run(words(folder))
        if again.returncode:
            found[f"exit {again.returncode} of the next run: {again.stderr[-200:]}"] += 1
        found.update(faults_of(folder, acknowledged))
        found.update(f"left over: {name}" for name in leftovers(folder))
    return found
