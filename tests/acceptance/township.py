"""A township in a folder: lists written as real files, and what a run made of them.

Lists are described in field terms (``child("许诺", "3499...", birth="20130225")``) and written
under the Chinese headings, in the formats and with the title rows that the offices use.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Self

import openpyxl
import polars as pl
import xlsxwriter
from click.testing import Result
from typer.testing import CliRunner

Cells = dict[str, str | int]
Place = tuple[str, str, int]  # file, sheet, row as a person sees it

AS_OF = "2024-10-15"
HOME = ("--home", "青溪镇", "--county", "349921")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

#: Field -> heading, in the order of the columns. ``mother`` and ``code`` stand for the guardian and
#: the school's code. A column is written where a row fills it or where ``_ALWAYS`` names it.
POLICE = {
    "township": "户籍镇街",
    "village": "户籍社区/村",
    "household": "户号",
    "householder": "户主姓名",
    "relation": "与户主关系",
    "name": "姓名",
    "former": "曾用名",
    "id": "公民身份号码",
    "sex": "性别",
    "birth": "出生日期",
    "mother": "母亲姓名",
}
REGISTRY = {
    "code": "学校标识码",
    "school": "学校名称",
    "grade": "年级",
    "class_": "班级",
    "name": "姓名",
    "sex": "性别",
    "birth": "出生日期",
    "id_type": "身份证件类型",
    "id": "身份证件号",
    "student_no": "学籍号",
    "mode": "就读方式",
    "state": "学籍状态",
    "left_on": "毕业时间",
    "mother": "成员1姓名",
    "relation": "成员1关系",
}
ROSTER = {
    "school": "学校名称",
    "seat": "班内编号",
    "name": "学生姓名",
    "sex": "性别",
    "id": "身份证号",
    "birth": "出生日期",
    "student_no": "学籍主号",
    "village": "户籍社区/村",
    "mother": "母亲姓名",
    "note": "备注",
}
LEDGER = {
    "seat": "序号",
    "name": "姓名",
    "id": "身份证号",
    "village": "户籍村",
    "destination": "就读去向",
    "place": "就读省市县",
    "code": "学校标识码",
    "school": "学校",
    "grade": "年级",
    "proof": "是否取证",
    "proof_date": "取证时间",
    "note": "备注",
}
FILING = {
    "name": "姓名",
    "id": "身份证号",
    "kind": "备案类别",
    "number": "文号",
    "date": "备案日期",
    "until": "有效期至",
    "note": "备注",
}
DISABILITY = {
    "name": "姓名",
    "certificate": "残疾人证号",
    "kind": "残疾类别",
    "degree": "残疾等级",
}
SCHOOLS = {
    "code": "学校标识码",
    "school": "学校名称",
    "stage": "学段",
    "township": "所在镇乡",
    "county": "所在县",
}
_ALWAYS = {
    "population": {"township", "village", "household", "name", "id", "sex", "birth"},
    "registry": set(REGISTRY) - {"mode", "left_on", "mother", "relation"},
    "roster": {"school", "seat", "name", "id", "student_no", "note"},
    "whereabouts": set(LEDGER),
    "filing": {"name", "id", "kind", "number", "date", "until"},
    "schools": set(SCHOOLS),
}
#: name -> code, stage, township, county
KNOWN_SCHOOLS = {
    "青溪小学": ("3499210011", "小学", "青溪镇", "349921"),
    "青溪初中": ("3499210012", "初中", "青溪镇", "349921"),
    "柳河小学": ("3499210021", "小学", "柳河镇", "349921"),
    "柳河初中": ("3499210022", "初中", "柳河镇", "349921"),
    "澄溪高中": ("3499210090", "高中", "城关镇", "349921"),
    "东屏初中": ("3499220052", "初中", "东屏镇", "349922"),
    "东屏民办学校": ("3499220053", "九年一贯制", "东屏镇", "349922"),
}
#: The namesake of the home primary school, across the county border.
NAMESAKE_CODE = "3499220031"


def citizen(birth: str, sequence: int, region: str = "349921") -> str:
    """A citizen ID with the right check digit under an unassigned area code."""
    stem = f"{region}{birth}{sequence:03d}"
    total = sum(int(d) * w for d, w in zip(stem, _WEIGHTS, strict=True))
    return stem + "10X98765432"[total % 11]


def is_citizen(text: str) -> bool:
    return len(text) == 18 and text[:17].isdigit() and citizen(text[6:14], int(text[14:17])) == text


def child(name: str, number: str | int = "", **cells: str | int) -> Cells:
    """A row of any list: name and ID cell, then the other cells by field."""
    return {"name": name, "id": number, **cells}


@dataclass
class Sheet:
    role: str
    file: str
    name: str  # "" in a CSV file
    title: str
    headings: dict[str, str]
    rows: list[Cells] = field(default_factory=list)
    title_rows: int = 1

    @property
    def columns(self) -> list[str]:
        always = set(self.headings) if self.headings is DISABILITY else _ALWAYS[self.role]
        used = always.union(*({f for f, cell in row.items() if cell != ""} for row in self.rows))
        unknown = used - set(self.headings)
        assert not unknown, f"no heading for {unknown} in {self.file}"
        return [f for f in self.headings if f in used]

    @property
    def first_row(self) -> int:
        """Row number of the first pupil as a person sees it."""
        return (self.title_rows if self.title else 0) + 2

    def grid(self) -> list[list[str | int]]:
        """Header and data rows; the title stands above them."""
        columns = self.columns
        header: list[str | int] = [self.headings[f] for f in columns]
        return [header, *([row.get(f, "") for f in columns] for row in self.rows)]


class Ref:
    """A row of one list by its name as written, and other cells where namesakes need them."""

    def __init__(self, role: str, name: str, **cells: str | int) -> None:
        self.role = role
        self.cells: Cells = {"name": name, **cells}

    def __repr__(self) -> str:
        return f"{self.role} {self.cells}"

    def fits(self, role: str, row: Cells) -> bool:
        return role == self.role and all(row.get(f) == cell for f, cell in self.cells.items())


class P(Ref):
    """A row of the police list."""

    def __init__(self, name: str, **cells: str | int) -> None:
        super().__init__("population", name, **cells)


class R(Ref):
    """A row of the registry."""

    def __init__(self, name: str, **cells: str | int) -> None:
        super().__init__("registry", name, **cells)


class C(Ref):
    """A row of a class roster."""

    def __init__(self, name: str, **cells: str | int) -> None:
        super().__init__("roster", name, **cells)


class W(Ref):
    """A row of the whereabouts ledger."""

    def __init__(self, name: str, **cells: str | int) -> None:
        super().__init__("whereabouts", name, **cells)


class Township:
    """The month's folder, filled list by list and written before the run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sheets: dict[tuple[str, str], Sheet] = {}
        self._html: list[Sheet] = []
        self.schools()

    def police(self, *rows: Cells) -> Self:
        title = "青溪镇6-15周岁户籍人口名单"
        sheet = self._sheet("population", "户籍人口.xlsx", "名单", title, POLICE)
        start = len(sheet.rows)
        for number, row in enumerate(rows, start + 1):
            home: Cells = {"township": "青溪镇", "village": "上溪村", "household": f"H{number:04d}"}
            sheet.rows.append(home | _read_off_id(row) | row)
        return self

    def registry(self, *rows: Cells) -> Self:
        sheet = self._sheet("registry", "学籍库.xlsx", "学籍", "", REGISTRY)
        for row in rows:
            usual: Cells = {"school": "青溪小学", "state": "正常", "id_type": "居民身份证"}
            filled = usual | _read_off_id(row) | row
            filled.setdefault("code", KNOWN_SCHOOLS[str(filled["school"])][0])
            if filled["id"] == "" and "id_type" not in row:
                filled["id_type"] = ""
            if "mother" in filled:
                filled.setdefault("relation", "母亲")
            sheet.rows.append(filled)
        return self

    def roster(self, school: str, sheet: str, *rows: Cells) -> Self:
        title = f"{school}2024年秋季学生名册"
        target = self._sheet("roster", f"{school}名册.xlsx", sheet, title, ROSTER)
        for row in rows:
            target.rows.append({"school": school, "seat": len(target.rows) + 1} | row)
        return self

    def html_roster(self, school: str, sheet: str, *rows: Cells) -> Self:
        """A roster as old school systems export it: an HTML table in GBK, named .xls."""
        target = Sheet(
            "roster", f"{school}{sheet}.xls", sheet, f"{school}学生名册", ROSTER, title_rows=2
        )
        for row in rows:
            target.rows.append({"school": school, "seat": len(target.rows) + 1} | row)
        self._html.append(target)
        return self

    def ledger(self, *rows: Cells) -> Self:
        title = "青溪镇控辍保学摸排台账"
        sheet = self._sheet("whereabouts", "摸排台账.xlsx", "台账", title, LEDGER)
        for row in rows:
            sheet.rows.append({"seat": len(sheet.rows) + 1} | row)
        return self

    def filing(self, *rows: Cells) -> Self:
        self._sheet("filing", "备案.xlsx", "备案", "", FILING).rows.extend(rows)
        return self

    def disability(self, *rows: Cells) -> Self:
        bare = [{f: cell for f, cell in row.items() if f != "id"} for row in rows]
        self._sheet("filing", "持证残疾人名单.xlsx", "名单", "", DISABILITY).rows.extend(bare)
        return self

    def schools(self, *rows: Cells) -> Self:
        """The school directory: the known schools, once, and further rows."""
        sheet = self._sheet("schools", "学校名录.csv", "", "", SCHOOLS)
        if not sheet.rows:
            for school, (code, stage, township, county) in KNOWN_SCHOOLS.items():
                place = {"township": township, "county": county}
                sheet.rows.append({"code": code, "school": school, "stage": stage, **place})
        sheet.rows.extend(rows)
        return self

    def neighbour(self, sheet: str = "四(9)班") -> Self:
        """An ordinary pupil in all three lists, so that no list is missing or empty."""
        number = citizen("20150120", 77)
        return (
            self.police(child("邹远航", number, village="下溪村", household="H9001"))
            .registry(child("邹远航", number, grade="四年级"))
            .roster("青溪小学", sheet, child("邹远航", number))
        )

    def shuffled(self, folder: Path, seed: int) -> Township:
        """The same lists with the rows of every sheet in another order."""
        other = Township(folder)
        dice = random.Random(seed)
        for key, sheet in self._sheets.items():
            rows = dice.sample(sheet.rows, len(sheet.rows))
            other._sheets[key] = Sheet(
                sheet.role, sheet.file, sheet.name, sheet.title, sheet.headings, rows
            )
        return other

    def write(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        books: dict[str, list[Sheet]] = {}
        for (file, _), sheet in self._sheets.items():
            books.setdefault(file, []).append(sheet)
        for file, sheets in books.items():
            write = _write_csv if file.endswith(".csv") else _write_workbook
            write(self.folder / file, sheets)
        for sheet in self._html:
            _write_html(self.folder / sheet.file, sheet)
        return self

    def find(self, ref: Ref) -> Place:
        """Where the row stands; it must be one row."""
        found = [
            (sheet.file, sheet.name, sheet.first_row + number)
            for sheet in [*self._sheets.values(), *self._html]
            for number, row in enumerate(sheet.rows)
            if ref.fits(sheet.role, row)
        ]
        assert len(found) == 1, f"{ref}: {len(found)} rows"
        return found[0]

    @property
    def police_count(self) -> int:
        return sum(len(s.rows) for s in self._sheets.values() if s.role == "population")

    def match(self, *flags: str, as_of: str = AS_OF) -> Run:
        """Write the folder, run the command on it, and open what it wrote."""
        self.write()
        result = rosterrec(
            "match", str(self.folder), "--as-of", as_of, *HOME, "--lang", "zh", *flags
        )
        assert result.exit_code == 0, f"exit {result.exit_code}\n{result.output}\n{_cause(result)}"
        return Run(self, result)

    def _sheet(
        self, role: str, file: str, name: str, title: str, headings: dict[str, str]
    ) -> Sheet:
        made = Sheet(role, file, name, title, headings)
        return self._sheets.setdefault((file, name), made)


def rosterrec(*arguments: str) -> Result:
    """Run the command in process; lines are not folded, so that they can be counted."""
    from rosterrec.cli import app

    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "1000", "NO_COLOR": "1"})


def _cause(result: Result) -> str:
    return "" if result.exception is None else repr(result.exception)


def _read_off_id(row: Cells) -> Cells:
    """Birth date and sex as the police and the registry hold them, where the ID tells them."""
    number = str(row["id"])
    if not is_citizen(number) or "birth" in row:
        return {}
    return {"birth": number[6:14], "sex": "男" if int(number[16]) % 2 else "女"}


def _write_workbook(path: Path, sheets: list[Sheet]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            grid = sheet.grid()
            if sheet.title:
                page.merge_range(0, 0, 0, len(grid[0]) - 1, sheet.title)
            for number, line in enumerate(grid, 1 if sheet.title else 0):
                for column, cell in enumerate(line):
                    if isinstance(cell, int):
                        page.write_number(number, column, cell)
                    elif cell:
                        page.write_string(number, column, cell)


def _write_csv(path: Path, sheets: list[Sheet]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(sheets[0].grid())


def _write_html(path: Path, sheet: Sheet) -> None:
    header, *lines = sheet.grid()
    merged = header.index(ROSTER["village"])
    island = (
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet>"
        f"<x:Name>{sheet.name}</x:Name><x:WorksheetOptions/></x:ExcelWorksheet>"
        "</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->"
    )
    body = [
        f'<tr><td colspan="{len(header)}">{sheet.title}</td></tr>',
        f'<tr><td colspan="{len(header)}">填表日期：2024年9月5日</td></tr>',
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in header) + "</tr>",
    ]
    for number, line in enumerate(lines):
        span = _span([row[merged] for row in lines], number)
        cells = [
            _html_cell(cell, span if column == merged else 1)
            for column, cell in enumerate(line)
            if column != merged or span
        ]
        body.append("<tr>" + "".join(cells) + "</tr>")
    body += [
        f'<tr><td>合计</td><td colspan="{len(header) - 1}">{len(lines)}人</td></tr>',
        f'<tr><td colspan="{len(header)}">制表人：章文清　　审核人：易长林</td></tr>',
    ]
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel" '
        'xmlns="http://www.w3.org/TR/REC-html40"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"{island}</head><body><table border=1>{''.join(body)}</table></body></html>"
    )
    path.write_bytes(page.encode("gbk"))


def _span(values: list[str | int], number: int) -> int:
    """How many rows a merged cell covers from here; 0 where an earlier one covers this row."""
    if number and values[number - 1] == values[number]:
        return 0
    end = number
    while end < len(values) and values[end] == values[number]:
        end += 1
    return end - number


def _html_cell(cell: str | int, span: int) -> str:
    rows = f' rowspan="{span}"' if span > 1 else ""
    return f'<td{rows} style="mso-number-format:\'\\@\'">{cell}</td>'


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

    def workbook_words(self) -> set[str]:
        """Every cell of the workbook as text."""
        return {str(cell) for page in self._pages().values() for line in page for cell in line}

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
            top = next((n for n, line in enumerate(lines) if "姓名" in line or "文件" in line), None)
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
