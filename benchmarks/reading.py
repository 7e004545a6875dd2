"""How long files take to read, beside the bare library's reading of the same file.

    python -m benchmarks.reading [--rows 100000] [--text-rows 1000000]

Every reading has a process of its own; seconds of wall clock and of work are the system's figures,
the child that parses included. ``bare`` is python-calamine's rows of the first sheet, or Polars
reading the text with every cell as text (decoded beforehand where it is GB18030). ``ours`` ends
with the table of cells. ``memory`` is what the largest process took above one that only imports, as
a multiple of the file's text (in UTF-8; of a workbook, the XML in it).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

BUILD = Path("build/bench/reading")
HEADINGS = [
    "序号", "姓名", "性别", "出生日期", "身份证件号", "学籍号", "学校名称", "年级", "班级",
    "户籍村", "监护人", "联系电话",
]  # fmt: skip
LIMITS = {"xlsx": 3.0, "utf-8": 2.0, "gb18030": 5.0}


def rows(count: int) -> list[list[str]]:
    """Invented pupils: as many characters and digits as a real list has."""
    chance = random.Random(7)
    names = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
    found = []
    for n in range(count):
        year, month, day = chance.randint(2008, 2018), chance.randint(1, 12), chance.randint(1, 28)
        number = f"349921{year}{month:02}{day:02}{chance.randint(0, 9999):04}"
        found.append([
            str(n + 1), "".join(chance.choices(names, k=3)), chance.choice("男女"),
            f"{year}-{month:02}-{day:02}", number, "G" + number, "青溪镇中心小学",
            chance.choice("一二三四五六") + "年级", f"{chance.randint(1, 9)}班",
            chance.choice("上中下") + "溪村", "".join(chance.choices(names, k=3)),
            f"12{chance.randint(0, 999999999):09}",
        ])  # fmt: skip
    return found


def make(kind: str, count: int) -> Path:
    """The file of that kind, invented where it is not there yet."""
    path = BUILD / f"{count}.{kind}.{'xlsx' if kind == 'xlsx' else 'csv'}"
    if path.exists():
        return path
    BUILD.mkdir(parents=True, exist_ok=True)
    lines = [HEADINGS, *rows(count)]
    if kind == "xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            page = book.add_worksheet("名单")
            for number, line in enumerate(lines):
                page.write_row(number, 0, line)
    else:
        path.write_bytes("".join(",".join(line) + "\n" for line in lines).encode(kind))
    return path


def bare(kind: str, path: Path) -> int:
    """The bare library's reading."""
    if kind == "xlsx":
        import python_calamine

        book = python_calamine.CalamineWorkbook.from_path(path)
        return len(book.get_sheet_by_index(0).to_python(skip_empty_area=False))
    import polars as pl

    data = path.read_bytes()
    if kind != "utf-8":
        data = data.decode(kind).encode()
    return len(pl.read_csv(data, has_header=False, infer_schema=False))


def ours(_kind: str, path: Path) -> int:
    """What ``rosterrec`` does with the file until it has its cells."""
    from rosterrec.read import parse

    (table,), _, _ = parse(path.name, path.read_bytes())
    return len(table.cells)


def nothing(_kind: str, _path: Path) -> int:
    """Importing alone."""
    import polars  # noqa: F401

    from rosterrec.read import parse

    return int(callable(parse))


def measured(what: str, kind: str, path: Path) -> dict[str, float]:
    """One reading in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.reading", "--child", what, kind, str(path)]
    done = subprocess.run(words, capture_output=True, check=True, text=True, env=os.environ)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _child(what: str, kind: str, path: str) -> None:
    import rosterrec.read  # noqa: F401

    started, own = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    count = {"bare": bare, "ours": ours, "nothing": nothing}[what](kind, Path(path))
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime
    work += child.ru_utime + child.ru_stime
    own_peak = int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1])  # type: ignore[index]
    peak = max(own_peak, child.ru_maxrss)
    print(json.dumps({"wall": wall, "work": work, "peak": peak / 1024, "rows": count}))


def text_size(kind: str, path: Path) -> float:
    """The file's text in MB: in UTF-8, of a workbook the XML that it packs."""
    if kind != "xlsx":
        return len(path.read_bytes().decode(kind).encode()) / 1e6
    with zipfile.ZipFile(path) as parts:
        return sum(part.file_size for part in parts.infolist()) / 1e6


def main() -> None:
    """Print a table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--text-rows", type=int, default=1_000_000)
    words.add_argument("--child", nargs=3)
    asked = words.parse_args()
    if asked.child:
        _child(*asked.child)
        return
    print(
        f"{'file':18} {'bare s':>7} {'ours s':>7} {'limit':>6} "
        f"{'ratio':>6} {'work':>6} {'memory':>7}"
    )
    for kind, limit in LIMITS.items():
        path = make(kind, asked.rows if kind == "xlsx" else asked.text_rows)
        runs = {w: [measured(w, kind, path) for _ in range(3)] for w in ("nothing", "bare", "ours")}
        best = {w: {k: sorted(r[k] for r in each)[1] for k in each[0]} for w, each in runs.items()}
        memory = (best["ours"]["peak"] - best["nothing"]["peak"]) / text_size(kind, path)
        print(
            f"{path.name:18} {best['bare']['wall']:7.2f} {best['ours']['wall']:7.2f} {limit:6.1f} "
            f"{best['ours']['wall'] / best['bare']['wall']:6.2f} "
            f"{best['ours']['work'] / best['bare']['work']:6.2f} {memory:6.1f}x"
        )


if __name__ == "__main__":
    main()
