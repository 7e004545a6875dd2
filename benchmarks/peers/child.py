"""A command in a process of its own, with what it cost.

This module and whoever starts children keep to the standard library until the last child is done:
a child's peak memory counts from its parent's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: The two lists of a county, its day and its code.
FILES = ("户籍人口.csv", "学籍库.csv")
AS_OF, CODE = "2024-10-15", "349921"


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds on the clock, seconds of all cores, peak memory in bytes."""

    wall: float
    cpu: float
    peak: int


def run(command: Sequence[str | Path], log: Path) -> Cost:
    """Run a command to its end, its talk in a log.

    Raises:
        RuntimeError: it failed; the last lines of the log say why.
    """
    began = time.perf_counter()
    with log.open("wb") as talk:
        process = subprocess.Popen([str(c) for c in command], stdout=talk, stderr=talk)
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = log.read_text("utf-8", "replace").splitlines()[-6:]
        raise RuntimeError("\n".join([f"exit status {process.returncode}: {command[0]}", *tail]))
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def python(module: str, *arguments: str | Path, log: Path) -> Cost:
    """Run a module of Python to its end."""
    return run([sys.executable, "-m", module, *arguments], log)


def rosterrec(*arguments: str | Path, log: Path) -> Cost:
    """Run the command that users run."""
    return run([Path(sys.executable).with_name("rosterrec"), *arguments], log)


def match(folder: Path, columns: str, log: Path) -> Cost:
    """Run ``rosterrec match`` on the two lists for the first time.

    What earlier runs left, a ledger of everybody above all, is taken away: it would be one list
    more to compare.
    """
    runs = folder / "runs" / columns
    shutil.rmtree(runs, ignore_errors=True)
    for left in (folder / columns).glob("rosterrec.db*"):
        left.unlink()
    return rosterrec(
        "match", folder / columns, "-p", FILES[0], "-r", FILES[1], "--as-of", AS_OF,
        "--county", CODE, "--out", runs, log=log,
    )  # fmt: skip
