"""The file itself: found, opened, proven sound, brought up to date, written act by act."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from rosterrec.disk import sync
from rosterrec.errors import LedgerError, OutputError
from rosterrec.ledger.mounts import on_a_network
from rosterrec.ledger.schema import APPLICATION_ID, MIGRATIONS, VERSION

LEDGER_NAME = "rosterrec.db"
#: Seconds to wait for another process that is writing.
PATIENCE = 30.0
_PAUSE = 0.05

_MAGIC = b"SQLite format 3\x00"
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNSOUND = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}


def find(folder: Path) -> Path:
    """The ledger of a project folder: its own, else that of the folder around it, else a new one.

    A ledger one level up serves the folders of several months.
    """
    own = folder / LEDGER_NAME
    above = folder.resolve().parent / LEDGER_NAME
    return above if not own.exists() and above.is_file() else own


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A sound ledger of this version, made or migrated where need be.

    Args:
        path: the file; made only to write.
        write: False opens it to read alone, and never changes it.

    Raises:
        LedgerError: ``ledger_damaged``, ``ledger_foreign``, ``ledger_newer``, and when reading
            ``ledger_older``.
        OutputError: ``ledger_on_network``, ``ledger_locked`` or ``ledger_unwritable``.
    """
    refuse_network(path)
    with guarded(path):
        if write:
            _make(path)
        _look_at_start(path)
        connection = _open(path, write=write)
        try:
            _prove(connection, path)
            _bring_up_to_date(connection, path, write=write)
        except BaseException:
            connection.close()
            raise
        return connection


def refuse_network(path: Path) -> None:
    """Refuse a place where SQLite's locks cannot be relied on.

    Raises:
        OutputError: ``ledger_on_network``.
    """
    if on_a_network(path.resolve().parent):
        raise OutputError("ledger_on_network", file=path.name)


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """SQLite's and the system's faults as this program's; their words may quote a row."""
    try:
        yield
    except sqlite3.Error as error:
        raise _fault(error, path) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError("ledger_unwritable", file=path.name, reason=reason) from None


@contextmanager
def act(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction: all of it is kept, or nothing."""
    with guarded(path):
        _begin(connection)
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise


def _begin(connection: sqlite3.Connection) -> None:
    """Wait for other writers a little at a time: within SQLite's own wait Ctrl-C is not heard."""
    until = time.monotonic() + PATIENCE
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if _code(error) not in _BUSY or time.monotonic() > until:
                    raise
            time.sleep(_PAUSE)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def _fault(error: sqlite3.Error, path: Path) -> LedgerError | OutputError:
    code = _code(error)
    if code in _BUSY:
        return OutputError("ledger_locked", file=path.name)
    if code in _UNSOUND or isinstance(error, sqlite3.InterfaceError):
        return LedgerError("ledger_damaged", file=path.name)
    if isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR:
        name = getattr(error, "sqlite_errorname", "")
        return OutputError("ledger_unwritable", file=path.name, reason=name)
    return LedgerError("ledger_damaged", file=path.name)


def _code(error: sqlite3.Error) -> int:
    """What kind of fault, without SQLite's finer distinctions."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def _make(path: Path) -> None:
    """An empty file that only its owner may read, unless there is one."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _open(path: Path, *, write: bool) -> sqlite3.Connection:
    mode = "rw" if write else "ro"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    for pragma in (
        "trusted_schema = OFF", "foreign_keys = ON", "recursive_triggers = ON",
        "secure_delete = ON", "synchronous = EXTRA", "cell_size_check = ON",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _look_at_start(path: Path) -> None:
    """Refuse a file that is no database at all, before SQLite touches it."""
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start and start != _MAGIC:
        raise LedgerError("ledger_foreign", file=path.name)


def _prove(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no ledger, one from a later version, and one that is damaged."""
    owner, version = pragma(connection, "application_id"), pragma(connection, "user_version")
    if owner != APPLICATION_ID:
        if owner or version or _tables(connection):
            raise LedgerError("ledger_foreign", file=path.name)
        return
    if version > VERSION:
        raise LedgerError("ledger_newer", file=path.name, version=version, known=VERSION)
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise LedgerError("ledger_damaged", file=path.name)


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """A number that the file's header holds."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    """Take the steps that an older ledger lacks, in one transaction, after a copy was kept."""
    version = pragma(connection, "user_version")
    if version == VERSION:
        return
    if not write:
        if not version:
            raise LedgerError("ledger_foreign", file=path.name)
        raise LedgerError("ledger_older", file=path.name)
    if version:
        _keep_a_copy(connection, path, version)
    with act(connection, path):
        version = pragma(connection, "user_version")  # another process may have been faster
        for step in MIGRATIONS[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _keep_a_copy(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """``rosterrec.db.v<n>.bak`` beside the ledger; whole, or not there."""
    for left_over in path.parent.glob(f".{path.name}.v*.copying-*"):
        left_over.unlink(missing_ok=True)
    fresh = path.with_name(f".{path.name}.v{version}.copying-{os.getpid()}")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        connection.execute("VACUUM INTO ?", (str(fresh),))
        with closing(sqlite3.connect(fresh)) as copy:
            is_older = pragma(copy, "user_version") == version
        if not is_older:
            fresh.unlink()
            return
        sync(fresh)
        fresh.replace(path.with_name(f"{path.name}.v{version}.bak"))
        sync(path.parent)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
