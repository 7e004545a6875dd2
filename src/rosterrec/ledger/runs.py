"""Runs as rows, with their inputs."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

from rosterrec.ledger.entries import Run

_COLUMNS = (
    "run_id", "run_key", "folder", "as_of", "started", "finished", "version", "settings",
    "figures", "decided", "head",
)  # fmt: skip
_SELECT = f"SELECT run, {', '.join(_COLUMNS)} FROM runs"  # noqa: S608


def record(connection: sqlite3.Connection, run: Run) -> int:
    """Write a run, inside a transaction that the caller holds; its number."""
    cursor = connection.execute(
        f"INSERT INTO runs ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",  # noqa: S608
        (
            run.run_id, run.run_key, run.folder, run.as_of.isoformat(), run.started, run.finished,
            run.version, _json(run.settings), _json(run.figures), run.decided, run.head,
        ),
    )  # fmt: skip
    number = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO run_inputs (run, name, sha256) VALUES (?, ?, ?)",
        [(number, name, digest) for name, digest in run.inputs],
    )
    return number


def runs(connection: sqlite3.Connection) -> list[Run]:
    """Every run, oldest first."""
    return [_run(connection, row) for row in connection.execute(f"{_SELECT} ORDER BY run")]


def find(connection: sqlite3.Connection, run_id: str, folder: str | None = None) -> Run | None:
    """The newest run of that name, in that output folder if one is named."""
    found = connection.execute(
        f"{_SELECT} WHERE run_id = ? AND ? IN (folder, '*') ORDER BY run DESC LIMIT 1",
        (run_id, "*" if folder is None else folder),
    ).fetchone()
    return _run(connection, found) if found else None


def _run(connection: sqlite3.Connection, row: tuple[object, ...]) -> Run:
    it = dict(zip(("run", *_COLUMNS), row, strict=True))
    inputs = connection.execute(
        "SELECT name, sha256 FROM run_inputs WHERE run = ? ORDER BY name", (it["run"],)
    )
    return Run(
        run_id=str(it["run_id"]),
        run_key=str(it["run_key"]),
        folder=str(it["folder"]),
        as_of=dt.date.fromisoformat(str(it["as_of"])),
        started=str(it["started"]),
        finished=str(it["finished"]),
        version=str(it["version"]),
        settings=json.loads(str(it["settings"])),
        figures=json.loads(str(it["figures"])),
        inputs=tuple((name, digest) for name, digest in inputs),
        decided=int(str(it["decided"])),
        head=str(it["head"]),
        run=int(str(it["run"])),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
