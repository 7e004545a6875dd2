"""The N-th write, fsync, rename or open of a run failing, for every N, by a preloaded library."""

from __future__ import annotations

import errno
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.faults.kill import Words
from benchmarks.faults.project import copy, faults_of, leftovers, run

CALLS = {
    "write": errno.ENOSPC, "fsync": errno.EIO, "rename": errno.EACCES, "open": errno.EACCES,
}  # fmt: skip

#: What may fail once and the run ends well. Opening is tried again: a lock that is there, by
#: filelock until its time is up; the workbook, by zipfile, which asks for less once it was refused.
#: Many systems cannot sync a folder; SQLite lets that pass for the folder of a journal just made.
HARMLESS = {("open", ".lock"), ("open", "reconciliation.xlsx"), ("fsync", ".")}


def built(work: Path) -> Path:
    """The library, compiled.

    Raises:
        FileNotFoundError: there is no C compiler.
    """
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise FileNotFoundError("a C compiler")
    made = work / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl"], check=True
    )
    return made


def counted(shim: Path, call: str, words: list[str], folder: Path) -> int:
    """How many calls of a kind a command makes on files of the project."""
    into = shim.with_name("count.txt")
    into.unlink(missing_ok=True)
    run(words, **_armed(shim, folder, call, 0), FAULT_COUNT=str(into))
    return int(into.read_text())


def failing(
    project: Path,
    work: Path,
    words: Words,
    shim: Path,
    call: str,
    acknowledged: int = 0,
    only: Iterable[int] | None = None,
) -> Counter[str]:
    """Fail each call of a kind in turn, on a fresh copy each; what was found wrong.

    Args:
        project: copied for every fault.
        work: where to.
        words: the command on such a copy.
        shim: the library.
        call: write, fsync, rename or open.
        acknowledged: decisions confirmed before.
        only: which calls, where not all.
    """
    folder, failed = copy(project, work), shim.with_name("failed.txt")
    total = counted(shim, call, words(folder), folder)
    found: Counter[str] = Counter({"calls": total})
    for at in only or range(1, total + 1):
        folder = copy(project, work)
        failed.unlink(missing_ok=True)
        result = run(words(folder), **_armed(shim, folder, call, at), FAULT_FILE=str(failed))
        found[f"exit {result.returncode}"] += 1
        if not failed.exists():
            found["not reached"] += 1  # such as a run that had to wait less
            continue
        name = Path(failed.read_text()).relative_to(folder.resolve()).name or "."
        if result.returncode not in ({0, 4} if (call, name) in HARMLESS else {4}):
            found[f"{call} {at}, {name}: {result.returncode} {result.stderr[-300:]}"] += 1
        found.update(f"{call} {at}: {fault}" for fault in faults_of(folder, acknowledged))
        again = run(words(folder))
        if again.returncode:
            found[f"{call} {at}: next run {again.stderr[-300:]}"] += 1
        found.update(f"{call} {at}, then: {fault}" for fault in faults_of(folder, acknowledged))
        found.update(f"{call} {at}: left over {name}" for name in leftovers(folder))
    return found


def _armed(shim: Path, folder: Path, call: str, at: int) -> dict[str, str]:
    return {
        "LD_PRELOAD": str(shim), "FAULT_DIR": str(folder.resolve()), "FAULT_CALL": call,
        "FAULT_AT": str(at), "FAULT_ERRNO": str(CALLS[call]),
    }  # fmt: skip
