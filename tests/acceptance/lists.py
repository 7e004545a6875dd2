"""The lists as offices write them: headings, title rows, and the formats of the files."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

Cells = dict[str, str | int]

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
    "teacher": "包保教师",
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


def write_workbook(path: Path, sheets: list[Sheet]) -> None:
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


def write_csv(path: Path, sheets: list[Sheet]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(sheets[0].grid())


def write_html(path: Path, sheet: Sheet) -> None:
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
    return f"<td{rows} style=\"mso-number-format:'\\@'\">{cell}</td>"
