"""A township in a folder: lists in field terms, written as real files, and the run on them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Self

from .lists import (
    DISABILITY,
    FILING,
    LEDGER,
    POLICE,
    REGISTRY,
    ROSTER,
    SCHOOLS,
    Cells,
    Sheet,
    write_csv,
    write_html,
    write_workbook,
)
from .outcome import Place, Run, cause, rosterrec

AS_OF = "2024-10-15"
HOME = ("--home", "青溪镇", "--county", "349921")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

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
    if len(text) != 18 or not text[:17].isdigit():
        return False
    return citizen(text[6:14], int(text[14:17]), text[:6]) == text


def child(name: str, number: str | int = "", /, **cells: str | int) -> Cells:
    """A row of any list: name and ID cell, then the other cells by field."""
    return {"name": name, "id": number, **cells}


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
            usual: Cells = {"school": "青溪小学", "class_": "1班", "state": "正常"}
            usual["id_type"] = "居民身份证"
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
            target.rows.append(_seated(target, school=school) | row)
        return self

    def html_roster(self, school: str, sheet: str, *rows: Cells) -> Self:
        """A roster as old school systems export it: an HTML table in GBK, named .xls."""
        target = Sheet(
            "roster", f"{school}{sheet}.xls", sheet, f"{school}学生名册", ROSTER, title_rows=2
        )
        for row in rows:
            target.rows.append(_seated(target, school=school) | row)
        self._html.append(target)
        return self

    def ledger(self, *rows: Cells) -> Self:
        title = "青溪镇控辍保学摸排台账"
        sheet = self._sheet("whereabouts", "摸排台账.xlsx", "台账", title, LEDGER)
        for row in rows:
            sheet.rows.append(_seated(sheet) | row)
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
                place: Cells = {"township": township, "county": county}
                sheet.rows.append({"code": code, "school": school, "stage": stage, **place})
        sheet.rows.extend(rows)
        return self

    def neighbour(self, sheet: str = "四(9)班") -> Self:
        """An ordinary pupil of that class in all three lists, so that no list is empty."""
        grade = "一二三四五六七八九".index(sheet[0]) + 1
        school = "青溪小学" if grade <= 6 else "青溪初中"
        number = citizen(f"{2019 - grade}0120", 77)
        place: Cells = {"school": school, "grade": f"{sheet[0]}年级", "class_": f"{sheet[2]}班"}
        return (
            self.police(child("邹远航", number, village="下溪村", household="H9001"))
            .registry(child("邹远航", number, **place))
            .roster(school, sheet, child("邹远航", number))
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
            write = write_csv if file.endswith(".csv") else write_workbook
            write(self.folder / file, sheets)
        for sheet in self._html:
            write_html(self.folder / sheet.file, sheet)
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
        """Write the folder unless it is there, run the command on it, and open what it wrote."""
        if not self.folder.exists() or not any(p.is_file() for p in self.folder.iterdir()):
            self.write()
        result = rosterrec(
            "match", str(self.folder), "--as-of", as_of, *HOME, "--lang", "zh", *flags
        )
        assert result.exit_code == 0, f"exit {result.exit_code}\n{result.output}\n{cause(result)}"
        return Run(self, result)

    def _sheet(
        self, role: str, file: str, name: str, title: str, headings: dict[str, str]
    ) -> Sheet:
        made = Sheet(role, file, name, title, headings)
        return self._sheets.setdefault((file, name), made)


def _seated(sheet: Sheet, **cells: str | int) -> Cells:
    """The next running number of the sheet, and the cells that all its rows share."""
    return {"seat": len(sheet.rows) + 1, **cells}


def _read_off_id(row: Cells) -> Cells:
    """Birth date and sex as the police and the registry hold them, where the ID tells them."""
    number = str(row["id"])
    if not is_citizen(number) or "birth" in row:
        return {}
    return {"birth": number[6:14], "sex": "男" if int(number[16]) % 2 else "女"}
