"""A small project to do harm to, and what must hold of it whatever was done."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import polars as pl

from rosterrec.ledger import Entry, Hand, Kind, Ledger
from rosterrec.ledger import decisions as ledger_rows

COMMAND = [sys.executable, "-m", "rosterrec"]
FLAGS = ["--as-of", "2024-10-15", "--home", "青溪镇", "--county", "349921", "--lang", "zh", "-q"]
RUN_FILES = {
    "people.parquet", "links.parquet", "cases.parquet", "duties.parquet", "reconciliation.xlsx",
    "summary.json", "run.json",
}  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴", "梓涵浩然雨桐子轩思远"


def citizen(at: int) -> str:
    """An invented number of an unassigned area, with its check digit."""
    body = f"3499212013{at % 12 + 1:02d}{at % 27 + 1:02d}{at % 900 + 10:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def make(folder: Path, children: int = 60) -> Path:
    """The lists of a village: everybody on the police list, most on the roster."""
    folder.mkdir(parents=True)
    people = pl.DataFrame(
        [
            {
                "姓名": _SURNAMES[n % 10] + _GIVEN[n // 10 % 10] + _GIVEN[(n + 3) % 10],
                "公民身份号码": citizen(n),
                "户籍镇街": "青溪镇",
                "户籍社区/村": "上溪村",
                "户号": f"H{n // 2:04d}",
            }
            for n in range(children)
        ]
    )
    people.write_csv(folder / "户籍人口.csv")
    roster = people.filter(pl.int_range(pl.len()) % 5 != 0).select(
        "姓名", 身份证号="公民身份号码", 学校名称=pl.lit("青溪小学"), 班级=pl.lit("五(1)班")
    )
    roster.write_csv(folder / "五(1)班名册.csv")
    return folder


def match(folder: Path, *flags: str) -> list[str]:
    """The words of a run."""
    return [*COMMAND, "match", str(folder), *FLAGS, *flags]


def run(words: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """A command to its end."""
    return subprocess.run(
        words, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def decisions(folder: Path, count: int, who: str = "王") -> list[int]:
    """Notes of one hand, each acknowledged; their numbers."""
    with Ledger(folder / "rosterrec.db") as ledger:
        entries = [
            Entry(Kind.NOTE, f"population.{n:012x}.-.-.-", note=f"{who} {n}") for n in range(count)
        ]
        return list(ledger.add(entries, Hand(who, "decide")).added)


def copy(project: Path, to: Path) -> Path:
    """A fresh copy of a project to do harm to."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(project, to)
    return to


def faults_of(folder: Path, acknowledged: int = 0) -> list[str]:
    """What is wrong with a project after something was done to it; nothing, it is to be hoped.

    Args:
        folder: the project.
        acknowledged: so many decisions had been confirmed to their writers.
    """
    found = []
    out = folder / "rosterrec"
    for run_folder in out.glob("20*"):
        names = {path.name for path in run_folder.iterdir()}
        if names != RUN_FILES:
            found.append(f"mixed set in {run_folder.name}: {sorted(names)}")
            continue
        found += [f"torn: {name}" for name in RUN_FILES if not _whole(run_folder / name)]
    latest = out / "latest.txt"
    if latest.exists() and not (out / latest.read_text("utf-8").strip()).is_dir():
        found.append("latest.txt names no run")
    return found + _of_ledger(folder / "rosterrec.db", acknowledged)


def _of_ledger(path: Path, acknowledged: int) -> list[str]:
    if not path.exists():
        return ["decisions lost: no ledger"] if acknowledged else []
    try:
        with closing(sqlite3.connect(path)) as ledger:
            sound = ledger.execute("PRAGMA integrity_check").fetchone()[0]
            made = ledger.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            kept = ledger_rows.head(ledger).seq if made else 0
            broken = ledger_rows.broken_at(ledger) if made else None
    except sqlite3.Error as error:
        return [f"ledger: {error}"]
    found = [] if sound == "ok" and broken is None else [f"ledger: {sound}, {broken}"]
    if kept < acknowledged:
        found.append(f"decisions lost: {acknowledged - kept}")
    return found


def _whole(path: Path) -> bool:
    try:
        if path.suffix == ".parquet":
            pl.read_parquet(path)
        elif path.suffix == ".json":
            json.loads(path.read_text("utf-8"))
        else:
            with zipfile.ZipFile(path) as book:
                return book.testzip() is None
    except Exception:  # any fault of reading means that it is torn
        return False
    return True


def leftovers(folder: Path) -> list[str]:
    """Files that only an unfinished act would leave."""
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.name.startswith((".staging", ".latest", ".rosterrec"))
        or path.name.endswith(("-journal", ".new"))
    ]
