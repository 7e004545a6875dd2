"""The month's files other than rosters, and where each person's rows ended up in all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .lists import Lists
from .people import AS_OF
from .places import DIRECTORY, TOWN, VILLAGES, grade_text
from .rosters import write_rosters
from .sheets import Sheet, write_csv, write_xls, write_xlsx

Row = dict[str, Any]
_MERGED_VILLAGES = VILLAGES[3:5]


@dataclass(frozen=True)
class Spot:
    """Where a person's row stands: ``row`` as a person sees it, from 1."""

    role: str
    file: str
    sheet: str
    row: int
    who: str


def write_month(folder: Path, lists: Lists) -> list[Spot]:
    """Write one month's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {"population": {"户籍人口.xlsx": [_police(lists)]}}
    write_xlsx(folder / "户籍人口.xlsx", written["population"]["户籍人口.xlsx"])
    written["registry"] = _write_registry(folder, lists)
    written["roster"] = write_rosters(folder, lists.roster, lists.month)
    written["whereabouts"] = {"摸排台账.xlsx": [_ledger(lists)]}
    write_xlsx(folder / "摸排台账.xlsx", written["whereabouts"]["摸排台账.xlsx"])
    written["filing"] = {"备案.xlsx": [_filings(lists)], "残疾儿童.xlsx": [_disabled(lists)]}
    for name, sheets in written["filing"].items():
        write_xlsx(folder / name, sheets)
    write_csv(folder / "学校目录.csv", _schools(), "utf-8-sig")
    return [
        Spot(role, file, sheet.name, row, line.who)
        for role, files in written.items()
        for file, sheets in files.items()
        for sheet in sheets
        for row, line in enumerate(sheet.lines, 1)
        if line.who
    ]


def _day(month: int) -> str:
    return f"{AS_OF[month]:%Y年%m月%d日}"


def _police(lists: Lists) -> Sheet:
    head = ("序号", "户号", "户主姓名", "与户主关系", "姓名", "曾用名", "性别", "民族", "出生日期",
            "公民身份号码", "户籍镇街", "户籍村", "户籍地址", "父亲姓名", "母亲姓名",
            "联系电话")  # fmt: skip
    sheet = Sheet("户籍")
    sheet.title(f"{TOWN}户籍6—15周岁人口花名册", len(head))
    sheet.add("填报单位：青溪派出所", *[None] * 7, f"日期：{_day(lists.month)}")
    sheet.add(*head, bold=True)
    keys = ("household", "head", "relation", "name", "former", "sex", "ethnic", "birth", "id",
            "town", "village", "address", "father", "mother", "phone")  # fmt: skip
    for number, row in enumerate(lists.police, 1):
        sheet.add(number, *(row[key] for key in keys), who=row["who"])
    for village in _MERGED_VILLAGES:
        rows = [at for at, line in enumerate(sheet.lines) if village in line.cells[11:12]]
        sheet.merge_runs(11, rows[0], rows[-1])
    sheet.add("合计", None, None, None, f"{len(lists.police)}人")
    sheet.add("制表人：户籍内勤", *[None] * 7, "审核人：")
    return sheet


def _write_registry(folder: Path, lists: Lists) -> dict[str, list[Sheet]]:
    sheet = Sheet("" if lists.month else "学生信息")
    sheet.add("学校标识码", "学校名称", "姓名", "性别", "出生日期", "身份证件类型", "身份证件号",
              "全国学籍号", "年级", "班级", "入学年月", "就读方式", "学籍状态", "毕业(离校)年月",
              "成员1姓名", "成员1关系", "成员1联系电话", "成员1身份证件号")  # fmt: skip
    for r in lists.registry:
        place = r["school_code"], r["school"], r["name"], r["sex"], f"{r['birth']:%Y%m%d}"
        number = r["id_type"], r["id"], r["student_no"], *_class(r, lists.month), r["entry"]
        family = r["guardian"], r["guardian_relation"], r["phone"], r["guardian_id"]
        sheet.add(*place, *number, r["mode"], r["state"], r["left"], *family, who=r["who"])
    if lists.month:
        write_csv(folder / "学籍库.csv", sheet, "gb18030")
        return {"学籍库.csv": [sheet]}
    write_xls(folder / "学籍库.xls", [sheet])
    return {"学籍库.xls": [sheet]}


def _class(row: Row, month: int) -> tuple[str, str]:
    """Grade and class as each month's export has them: 三年级 and 2班, or 小学2022级 and 2班."""
    seat = row["seat"]
    if month == 0:
        return grade_text(seat.grade), f"{seat.klass}班"
    stage = "小学" if seat.grade <= 6 else "初中" if seat.grade <= 9 else "高中"
    return f"{stage}{row['entry'][:4]}级", f"{seat.klass}班"


def _ledger(lists: Lists) -> Sheet:
    head = ("序号", "户号", "姓名", "身份证号", "户籍村", "监护人", "联系电话", "就读去向",
            "就读省市县", "就读学校", "学校标识码", "年级", "是否取证", "证明类型", "取证时间",
            "证明单位", "联系次数", "未入学原因", "备注")  # fmt: skip
    sheet = Sheet("台账")
    sheet.title(f"{TOWN}适龄儿童少年摸排去向与就读取证台账", len(head))
    sheet.add(f"填报单位：{TOWN}中心校", *[None] * 6, f"日期：{_day(lists.month)}")
    sheet.add(*head, bold=True)
    keys = ("household", "name", "id", "village", "guardian", "phone", "destination", "place",
            "school", "school_code", "grade", "proof", "proof_type", "proof_date", "proof_by",
            "attempts", "reason", "note")  # fmt: skip
    for number, row in enumerate(lists.ledger, 1):
        cells = [_plain(row.get(key)) for key in keys]
        sheet.add(number, *cells, who=row["who"])
    sheet.add("合计", None, f"{len(lists.ledger)}人")
    return sheet


def _plain(value: Any) -> Any:
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.date) else value


def _filings(lists: Lists) -> Sheet:
    head = ("序号", "姓名", "性别", "身份证号", "户籍村", "监护人", "备案类别", "备案文号",
            "备案日期", "有效期起", "有效期止", "备注")  # fmt: skip
    sheet = Sheet("备案")
    sheet.title(f"{TOWN}适龄儿童少年特殊情况备案表", len(head))
    sheet.add(f"填报单位：{TOWN}中心校", *[None] * 5, f"日期：{_day(lists.month)}")
    sheet.add(*head, bold=True)
    keys = ("name", "sex", "id", "village", "guardian", "kind", "document_no", "document_date",
            "valid_from", "valid_until", "note")  # fmt: skip
    rows = [r for r in lists.filing if "disability_no" not in r]
    for number, row in enumerate(rows, 1):
        sheet.add(number, *(row.get(key) for key in keys), who=row["who"])
    sheet.add("审核人：", None, None, "制表人：")
    return sheet


def _disabled(lists: Lists) -> Sheet:
    head = ("序号", "姓名", "性别", "身份证号", "残疾人证号", "残疾类别", "残疾等级", "户籍村",
            "监护人", "联系电话", "发证日期")  # fmt: skip
    sheet = Sheet("残疾儿童")
    sheet.title(f"{TOWN}持证残疾儿童少年名单", len(head))
    sheet.add(*head, bold=True)
    keys = ("name", "sex", "id", "disability_no", "disability_kind", "disability_grade", "village",
            "guardian", "phone", "document_date")  # fmt: skip
    rows = [r for r in lists.filing if "disability_no" in r]
    for number, row in enumerate(rows, 1):
        sheet.add(number, *(row.get(key) for key in keys), who=row["who"])
    return sheet


def _schools() -> Sheet:
    sheet = Sheet("")
    sheet.add("学校标识码", "学校名称", "办学类型", "所属镇街", "所属县区")
    for school in DIRECTORY:
        sheet.add(school.code, school.name, school.stage, school.town, school.county)
    return sheet
