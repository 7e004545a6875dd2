"""The command run in process, and what a run wrote, read back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import openpyxl
import polars as pl
from typer.testing import CliRunner, Result

if TYPE_CHECKING:
    from .township import Ref, Township

_SAMPLES = Path(__file__).parents[2] / "sample_data"
Place = tuple[str, str, int]  # file, sheet, row as a person sees it


def rosterrec(*arguments: str) -> Result:
    """Run the command in process; lines are not folded, so that they can be counted."""
    from rosterrec.cli import app

    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "1000", "NO_COLOR": "1"})


def sample_month(name: str, project: Path) -> Path:
    """A month of the sample township, copied: a run leaves a ledger beside its lists."""
    return Path(shutil.copytree(_SAMPLES / name, project / name))


def cause(result: Result) -> str:
    return "" if result.exception is None else repr(result.exception)


class Run:
    """What one run wrote, read back from its folder."""

    def __init__(self, town: Township, result: Result) -> None:
        self.town = town
        self.stdout = result.stdout
        out = town.folder / "rosterrec"
        self.folder = out / (out / "latest.txt").read_text(encoding="utf-8").strip()
        self.people = pl.read_parquet(self.folder / "people.parquet")
        self.links = pl.read_parquet(self.folder / "links.parquet")
        self.summary: dict[str, Any] = json.loads(
            (self.folder / "summary.json").read_text(encoding="utf-8")
        )

    def person(self, name: str, number: str = "") -> dict[str, Any]:
        """The one people row of that name (and ID)."""
        rows = self.people.filter(pl.col("name") == name)
        if number:
            rows = rows.filter(pl.col("id_number") == number)
        assert rows.height == 1, f"{rows.height} people rows for one person"
        return rows.row(0, named=True)

    def status(self, name: str, number: str = "") -> str:
        return str(self.person(name, number)["status"])

    def flags(self, name: str, number: str = "") -> set[str]:
        return set(filter(None, (self.person(name, number)["flags"] or "").split(",")))

    def link(self, one: Ref, other: Ref) -> str | None:
        """The decision on the pair, in whichever order the run lists it; None without a pair."""
        wanted = {self.town.find(one), self.town.find(other)}
        found = {row["decision"] for row in self._pairs() if set(_ends(row)) == wanted}
        assert len(found) <= 1, f"{one} with {other}: {found}"
        return found.pop() if found else None

    def partners(self, ref: Ref, decision: str, source: str = "") -> list[Place]:
        """Rows (of one list, where ``source`` names it) that the row has that decision with."""
        here = self.town.find(ref)
        found: set[Place] = set()
        for row in self._pairs():
            if row["decision"] != decision or here not in _ends(row):
                continue
            left, right = _ends(row)
            there, role = (right, "right_source") if left == here else (left, "left_source")
            if source in ("", row[role]):
                found.add(there)
        return sorted(found)

    def figure(self, key: str) -> Any:
        """A figure of summary.json by its key, wherever in it the key stands."""
        found = list(_search(self.summary, key))
        assert found, f"no {key} in summary.json"
        return found[0]

    @property
    def outsiders(self) -> list[dict[str, Any]]:
        """Rows of the workbook's sheet 外在本; each cell under its heading."""
        return self._table("外在本")

    def outsider(self, name: str) -> str | None:
        """The kind of that outsider, as a code; None where nobody of that name is listed."""
        rows = [row for row in self.outsiders if name in row.values()]
        assert len(rows) <= 1, "listed twice"
        if not rows:
            return None
        words = {str(cell) for cell in rows[0].values()}
        unregistered = any("无户籍" in w or w == "no_household_registration" for w in words)
        return "no_household_registration" if unregistered else "outsider"

    @property
    def rejects(self) -> list[dict[str, Any]]:
        """Rows of the workbook's sheet of rows that were not used."""
        return self._table("拒", "未采用", "未使用", "不能用", "未读入", "剔除")

    def _pairs(self) -> list[dict[str, Any]]:
        return self.links.to_dicts()

    def _pages(self) -> dict[str, list[tuple[Any, ...]]]:
        book = openpyxl.load_workbook(self.folder / "reconciliation.xlsx")
        pages = {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}
        book.close()
        return pages

    def _table(self, *titles: str) -> list[dict[str, Any]]:
        for title, lines in self._pages().items():
            if not any(word in title for word in titles):
                continue
            top = next(
                (n for n, line in enumerate(lines) if "姓名" in line or "文件" in line), None
            )
            assert top is not None, f"no header in the sheet {title}"
            return [
                {str(h): cell for h, cell in zip(lines[top], line, strict=True) if h is not None}
                for line in lines[top + 1 :]
                if any(cell is not None for cell in line)
            ]
        return []


def _ends(row: dict[str, Any]) -> tuple[Place, Place]:
    left, right = (
        (PurePath(row[f"{s}_file"]).name, row[f"{s}_sheet"] or "", row[f"{s}_row"])
        for s in ("left", "right")
    )
    return left, right


def _search(node: Any, key: str) -> Any:
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        for below in node.values():
            yield from _search(below, key)
    elif isinstance(node, list):
        for below in node:
            yield from _search(below, key)
