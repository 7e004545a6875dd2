"""Five years of months: what a long ledger costs a run.

``python -m benchmarks.months [PEOPLE RUNS DECISIONS]`` runs ``match`` on one month with an empty
ledger and with a full one, by turns, and prints the medians of both and their ratio. The ledger's
runs and decisions are recorded in it directly: of four decisions two tell strangers apart, one
joins two rows of one child, and one is of a telephone call.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import polars as pl

from benchmarks.faults import project
from rosterrec import ids
from rosterrec.frames import Role
from rosterrec.ledger import LEDGER_NAME, Entry, Hand, Kind, Ledger, Verdict
from rosterrec.ledger.keys import with_keys
from rosterrec.prepare import prepare
from rosterrec.read import discover, read
from rosterrec.settings import Settings

_DAY = dt.date(2024, 10, 15)
_REPEATS = 7
_HAND = Hand("王", "review")


def make(folder: Path, people: int) -> Path:
    """A county's lists: everybody on the police list, four of five on the roster."""
    folder.mkdir(parents=True)
    chance = random.Random(5)
    characters = "梓涵浩然雨桐子轩思远欣怡宇航佳琪俊杰"
    numbers = [
        ids.complete(
            f"349921{2010 + n % 8}{n % 12 + 1:02d}{n % 28 + 1:02d}{n // 56 % 900 + 10:03d}"
        )
        for n in range(people)
    ]
    frame = pl.DataFrame({
        "姓名": [chance.choice("王李张刘陈杨赵黄周吴") + "".join(chance.choices(characters, k=2))
               for _ in range(people)],
        "公民身份号码": numbers, "户籍镇街": "青溪镇",
        "户籍社区/村": [f"上溪{n % 20}村" for n in range(people)],
        "户号": [f"H{n // 2:05d}" for n in range(people)],
    })  # fmt: skip
    frame.write_csv(folder / "户籍人口.csv")
    frame.filter(pl.int_range(pl.len()) % 5 != 0).select(
        "姓名", 身份证号="公民身份号码", 学校名称=pl.lit("青溪小学"), 班级=pl.lit("五(1)班")
    ).write_csv(folder / "五(1)班名册.csv")
    return folder


def fill(folder: Path, runs: int, decisions: int) -> None:
    """The ledger of the folder with so many runs and decisions."""
    keys = _keys(folder)
    entries = _entries(keys[Role.POPULATION], keys[Role.ROSTER], decisions)
    with Ledger(folder / LEDGER_NAME) as ledger:
        ledger.add(entries, _HAND)
        (first, *_) = ledger.runs()
        with ledger.act():
            for at in range(runs - 1):
                ledger.record(replace(first, run_id=f"2019-01-01_{at + 1}", run_key=f"k{at}"))


def _entries(people: list[str], roster: list[str], decisions: int) -> list[Entry]:
    """Decisions on records of these keys; the roster lacks every fifth of the people."""
    chance = random.Random(7)
    on_it = [key for at, key in enumerate(people) if at % 5]
    found = []
    for at in range(decisions):
        one = chance.randrange(len(roster))
        pair, verdict = (on_it[one], roster[one]), Verdict.SAME
        if at % 4 < 2:
            pair, verdict = (chance.choice(people), roster[one]), Verdict.DIFFERENT
        entry = Entry(Kind.PAIR, *pair, str(verdict), left_shown="王*", right_shown="王*")
        if at % 4 == 3:
            day = _DAY - dt.timedelta(days=at % 40)
            entry = Entry(Kind.ATTEMPT, on_it[one], on_date=day, left_shown="王*")
        found.append(entry)
    return found


def _keys(folder: Path) -> dict[Role, list[str]]:
    settings = Settings(as_of=_DAY)
    lists = read(discover(folder, settings, folder / "rosterrec"), settings, base=folder)
    records = prepare(lists, settings).records
    return {
        role: with_keys(records[role], role)["key"].to_list()
        for role in (Role.POPULATION, Role.ROSTER)
    }


def once(folder: Path) -> tuple[float, float]:
    """Wall and CPU seconds of a run."""
    wall, before = time.perf_counter(), os.times()
    done = project.run(project.match(folder, "--force"))
    if done.returncode:
        raise SystemExit(done.stderr)
    after = os.times()
    cpu = after.children_user + after.children_system
    return time.perf_counter() - wall, cpu - before.children_user - before.children_system


def main() -> None:
    """Measure and print."""
    sizes = [int(word) for word in sys.argv[1:4]] or [10_000, 60, 20_000]
    people, runs, decisions = sizes
    seconds: dict[Path, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as at:
        empty, full = Path(at) / "empty", Path(at) / "full"
        make(empty, people)
        project.run(project.match(empty))
        shutil.copytree(empty, full)
        fill(full, runs, decisions)
        for _ in range(_REPEATS):
            for folder in (empty, full):
                seconds.setdefault(folder, []).append(once(folder))
    print(f"{people} people, {runs} runs, {decisions} decisions; medians of {_REPEATS}")
    for name, of in (("wall", 0), ("cpu", 1)):
        one, other = (statistics.median(each[of] for each in seconds[f]) for f in (empty, full))
        print(f"{name}: {one:.2f} s, {other:.2f} s, ratio {other / one:.3f}")


if __name__ == "__main__":
    main()
