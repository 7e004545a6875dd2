"""Files of every format, damaged at random, through the reader: refused or read, never a fault.

    python -m benchmarks.mutations [--files 20000] [--seed 1] [--first 0]

Each is one of the good files below with bytes turned, cut out, put in twice or exchanged between
files; of a zip half the time the content of one part, packed again. Of every tenth, a text, one bit
is turned: where it is read, all lines but that one must still be there. Fails where a file brings
down the reader, takes ten seconds of work (the machine may have other things to do), hangs for two
minutes, or loses a line. Prints how many ended how.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

from tests.hostile.build import (
    LIST,
    biff,
    ods_row,
    old_workbook,
    opendocument,
    protected,
    spreadsheet_2003,
    text,
    workbook,
    zipped,
)
from tests.hostile.xlsb import binary_workbook

from rosterrec.cells.sandbox import Sandbox
from rosterrec.errors import InputError
from rosterrec.read import Passwords, parse
from rosterrec.read.archive import members

#: Seconds of work, and of wall clock, that no file may take.
_SLOW, _HANGS = 10, 120


def good() -> dict[str, bytes]:
    """A small list in every format, by the file's name."""
    import polars as pl

    held = io.BytesIO()
    pl.DataFrame(list(LIST[1:]), schema=list(LIST[0]), orient="row").write_parquet(held)
    cells = "".join("<tr>" + "".join(f"<td>{c}" for c in row) for row in LIST)
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>"
        for row in LIST
    )
    lines = text(*LIST, *LIST[1:] * 30)
    return {
        "a.xlsx": workbook(), "a.xls": old_workbook(), "b.xlsx": protected("VelvetSweatshop"),
        "a.ods": opendocument("".join(ods_row(*row) for row in LIST)), "a.parquet": held.getvalue(),
        "b.xls": f"<html><table>{cells}</table></html>".encode("gbk"),
        "a.xlsb": binary_workbook(LIST), "d.xls": biff(5, *LIST), "c.xls": spreadsheet_2003(rows),
        "a.csv": lines.encode(), "b.csv": lines.encode("gbk"),
        "c.csv": lines.encode("utf-16"), "d.csv": lines.replace(",", "\t").encode("gb18030"),
        "a.zip": zipped({"a.xlsx": workbook(), "b.csv": lines.encode()}),
    }  # fmt: skip


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The file with one to eight mishaps."""
    if data.startswith(b"PK") and chance.random() < 0.5:
        return _repacked(data, others, chance)
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        _mishap(made, others, chance)
    return bytes(made)


def _mishap(made: bytearray, others: list[bytes], chance: random.Random) -> None:
    at, kind = chance.randrange(len(made) + 1), chance.randrange(6)
    size = min(chance.choice((1, 2, 4, 16, 200)), len(made) - at)
    if kind == 0 and size:
        made[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        made[at : at + size] = chance.randbytes(size)
    elif kind == 2:
        del made[at : at + size]
    elif kind == 3:
        made[at:at] = made[at : at + size] * chance.choice((1, 2, 50))
    elif kind == 4:
        other = chance.choice(others)
        start = chance.randrange(len(other))
        made[at : at + size] = other[start : start + size]
    else:
        made[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f"))


def _repacked(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        made = {name: parts.read(name) for name in parts.namelist()}
    name = chance.choice(list(made))
    part = bytearray(made[name])
    for _ in range(chance.choice((1, 2, 8))):
        _mishap(part, others, chance)
    return zipped(made | {name: bytes(part)})


def outcome(name: str, data: bytes, sandbox: Sandbox) -> str:
    """How reading ended: the refusal's code, or ``read``, ``noted`` or ``empty``."""
    try:
        tables = [
            table
            for member, content in members(name, data)
            for table in parse(member, content, sandbox=sandbox, passwords=Passwords())[0]
        ]
    except InputError as refused:
        return refused.code
    if not any(table.cells.height for table in tables):
        return "empty"
    return "noted" if any(table.notes or table.errors for table in tables) else "read"


def loses_lines(name: str, data: bytes, chance: random.Random, sandbox: Sandbox) -> bool:
    """Whether one bit that is turned makes other lines of a text vanish without a word."""
    made = bytearray(data)
    made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    try:
        (table,), _, _ = parse(name, bytes(made), sandbox=sandbox)
    except InputError:
        return False
    rows = table.cells.drop("row").iter_rows()  # a delimiter more makes a column more
    whole = sum(tuple(filter(None, row)) == LIST[1] for row in rows)
    # A turned bit may join two lines, or join the one before it and the one after.
    return whole < data.count(b"\n") - 1 - 2


def work(sandbox: Sandbox) -> tuple[int, float]:
    """The child, and the seconds of work of this process and of it."""
    child = sandbox.warm().pid
    try:
        words = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return child, time.process_time()
    ticks = int(words[11]) + int(words[12])
    return child, time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the counts."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--files", type=int, default=20_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--first", type=int, default=0, help="the number of the first file")
    asked = words.parse_args()
    files, counts, faults, slowest = good(), Counter[str](), 0, 0.0
    others, started = list(files.values()), time.perf_counter()
    with Sandbox() as sandbox:
        for number in range(asked.first, asked.first + asked.files):
            chance = random.Random(f"{asked.seed} {number}")
            name = chance.choice(list(files))
            data = mutated(files[name], others, chance)
            text_name = chance.choice(("a.csv", "b.csv", "d.csv"))
            before, (child, worked) = time.perf_counter(), work(sandbox)
            try:
                counts[outcome(name, data, sandbox)] += 1
            except Exception as fault:
                faults += 1
                print(f"FAULT in file {number} ({name}): {fault!r}")
            if number % 10 == 0 and loses_lines(text_name, files[text_name], chance, sandbox):
                faults += 1
                print(f"LOSS in file {number} ({text_name})")
            after, total = work(sandbox)
            took = total - worked if after == child else 0.0  # ended by its own limit of time
            slowest = max(slowest, took)
            if took > _SLOW or time.perf_counter() - before > _HANGS:
                faults += 1
                print(f"SLOW: file {number} ({name}) took {took:.1f} s")
    seconds = time.perf_counter() - started
    print(f"{asked.files} files in {seconds:.0f} s, slowest {slowest:.2f} s of work")
    print(", ".join(f"{code} {count}" for code, count in counts.most_common()))
    print(f"faults: {faults}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
