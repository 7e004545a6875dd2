"""A run's outputs appear whole: staged in a private folder, synced, and renamed once.

A killed or failed run leaves nothing but what was there before; what an earlier one may have left
staged is swept by the next (the order of writes is restic's: file, sync, rename, sync folder).
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from rosterrec.disk import sync
from rosterrec.errors import OutputError
from rosterrec.interrupts import held

LATEST = "latest.txt"
RUN_FILE = "run.json"
#: In a run's file: its workbook is under a password.
LOCKED = "locked"
_STAGING = ".staging-"
_LOCK = ".lock"
#: Seconds to wait for another run of the same folder.
PATIENCE = 30.0


def run_key(
    inputs: list[tuple[str, str]], settings: dict[str, Any], version: str, decided: str = ""
) -> str:
    """What makes two runs the same: the files, the settings, the version, what people decided.

    Args:
        inputs: name and content hash of each file.
        settings: the settings of the run.
        version: the program's.
        decided: hash of the last decision in the ledger.
    """
    facts = [sorted(inputs), settings, version, decided]
    content = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    return sha256(content.encode()).hexdigest()


def writable(out: Path) -> None:
    """Refuse early where outputs could not be written.

    Raises:
        OutputError: ``output_unwritable``.
    """
    place = out
    while not place.exists():
        place = place.parent
    if not place.is_dir():
        raise OutputError("output_unwritable", folder=str(out), reason=os.strerror(errno.ENOTDIR))
    if not os.access(place, os.W_OK | os.X_OK):
        raise OutputError("output_unwritable", folder=str(out), reason=os.strerror(errno.EACCES))


def newest(out: Path) -> Path | None:
    """The folder of the newest run, if there is one."""
    pointer = out / LATEST
    if not pointer.is_file():
        return None
    name = pointer.read_text("utf-8").strip()
    folder = out / name
    return folder if name and Path(name).name == name and folder.is_dir() else None


def same_as_newest(out: Path, key: str) -> Path | None:
    """The newest run's folder, if it was made from the same inputs and settings."""
    folder = newest(out)
    if folder is None:
        return None
    try:
        recorded = json.loads((folder / RUN_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return folder if recorded.get("key") == key else None


def is_locked(folder: Path) -> bool:
    """Whether a run's workbook was put under a password when it was written."""
    try:
        return bool(json.loads((folder / RUN_FILE).read_text("utf-8")).get(LOCKED))
    except (OSError, ValueError, AttributeError):
        return False


def _no_seal(_run_id: str) -> AbstractContextManager[None]:
    return nullcontext()


def publish(
    out: Path,
    name: str,
    write: Callable[[Path, str], None],
    seal: Callable[[str], AbstractContextManager[None]] = _no_seal,
) -> Path:
    """Write a run's files and let them appear under the first free ``<name>_<n>``.

    Args:
        out: the output folder, made if need be.
        name: what the run's folder begins with: the reference date.
        write: writes every file into the folder it is given; told the run's final name.
        seal: what must succeed together with the rename, around which it stands.

    Returns:
        The run's folder.

    Raises:
        OutputError: ``output_locked`` or ``output_unwritable``; nothing is left behind.
    """
    fresh = not out.exists()
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(out):
            try:
                return _publish(out, name, write, seal)
            except BaseException:
                if fresh:
                    _unmake(out)
                raise
    except OSError as error:
        raise OutputError("output_unwritable", folder=str(out), reason=_reason(error)) from None


def replace(path: Path, write: Callable[[Path], None]) -> None:
    """Write one file beside its place and put it there by one rename.

    Raises:
        OutputError: ``output_unwritable``; what stood there before is untouched.
    """
    fresh = path.with_name(f".{path.name}.new{path.suffix}")
    try:
        try:
            fresh.touch(mode=0o600)
            write(fresh)
            sync(fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        sync(path.parent)
    except OSError as error:
        reason = _reason(error)
        raise OutputError("output_unwritable", folder=str(path), reason=reason) from None


def whole_folder(into: Path, write: Callable[[Path], None]) -> None:
    """Write a folder beside its place and put it there by one rename; all of it or nothing.

    Args:
        into: the folder; not there yet, or empty.
        write: writes every file into the folder it is given.

    Raises:
        OutputError: ``output_unwritable``; nothing is left behind.
    """
    stage = into.with_name(f"{_STAGING}{into.name}-{os.getpid()}")
    try:
        into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        stage.mkdir(mode=0o700)
        try:
            write(stage)
            for file in sorted(stage.iterdir()):
                file.chmod(0o600)
                sync(file)
            if into.exists():
                into.rmdir()  # Windows renames over nothing that is there
            stage.rename(into)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        sync(into.parent)
    except OSError as error:
        raise OutputError("output_unwritable", folder=str(into), reason=_reason(error)) from None


def _unmake(out: Path) -> None:
    """Take away an output folder that a failed first run made; one that holds more stays."""
    (out / _LOCK).unlink(missing_ok=True)
    with suppress(OSError):
        out.rmdir()


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    lock = FileLock(out / _LOCK, timeout=PATIENCE, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise OutputError("output_locked", folder=str(out)) from None
    try:
        yield
    finally:
        lock.release()


def _publish(
    out: Path,
    name: str,
    write: Callable[[Path, str], None],
    seal: Callable[[str], AbstractContextManager[None]],
) -> Path:
    for left_over in out.glob(f"{_STAGING}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    final = _free(out, name)
    stage = out / f"{_STAGING}{os.getpid()}"
    stage.mkdir(mode=0o700)
    try:
        write(stage, final.name)
        for file in sorted(stage.iterdir()):
            file.chmod(0o600)
            sync(file)
        sync(stage)
        _appear(stage, final, seal)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    return final


def _appear(stage: Path, final: Path, seal: Callable[[str], AbstractContextManager[None]]) -> None:
    """The folder under its name, sealed and pointed to; Ctrl-C waits until all of it is done."""
    with ExitStack() as whole:
        try:
            with seal(final.name):
                whole.enter_context(held())
                stage.rename(final)
        except BaseException:
            shutil.rmtree(final, ignore_errors=True)
            raise
        sync(final.parent)
        _point(final.parent, final.name)


def _free(out: Path, name: str) -> Path:
    taken = [p.name.rpartition("_")[2] for p in out.glob(f"{name}_*")]
    last = max((int(n) for n in taken if n.isdigit()), default=0)
    return out / f"{name}_{last + 1}"


def _point(out: Path, name: str) -> None:
    """``latest.txt`` is replaced last, so that it never names a run that is not there."""
    fresh = out / f".{LATEST}.new"
    fresh.write_text(name + "\n", "utf-8")
    fresh.chmod(0o600)
    sync(fresh)
    fresh.replace(out / LATEST)
    sync(out)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
