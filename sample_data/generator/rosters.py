"""The class rosters, each school in the form that its teachers are used to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from .chance import stream
from .names import adult
from .people import AS_OF, Seat
from .places import JUNIOR, QINGXI, SHIQIAO, TOWN, YUNLING, grade_text
from .sheets import Sheet, write_html, write_xlsx

Row = dict[str, Any]
#: This class sent its own export, an HTML table named .xls.
EXPORTED = (QINGXI, 3, 2)
_CN = "一二三四五六七八九"
_PAGE_BREAK = 24


def write_rosters(folder: Path, rows: list[Row], month: int) -> dict[str, list[Sheet]]:
    """One workbook per school, a sheet per class; the sheets by file name."""
    written: dict[str, list[Sheet]] = {}
    for school, form in ((QINGXI, _qingxi), (SHIQIAO, _shiqiao), (YUNLING, _yunling),
                         (JUNIOR, _junior)):  # fmt: skip
        mine = [r for r in rows if r["seat"].school is school]
        sheets, exported = [], []
        for seat, pupils in groupby(mine, key=lambda r: r["seat"]):
            if (seat.school, seat.grade, seat.klass) == EXPORTED:
                exported.append(_export(seat, list(pupils), month))
            else:
                sheets.append(form(seat, list(pupils), month))
        written[f"名册_{school.name}.xlsx"] = sheets
        write_xlsx(folder / f"名册_{school.name}.xlsx", sheets)
        for sheet in exported:
            written[f"名册_{school.name}{sheet.name}.xls"] = [sheet]
            write_html(folder / f"名册_{school.name}{sheet.name}.xls", sheet)
    return written


def _teacher(seat: Seat) -> str:
    return adult(stream("teacher", seat.school.code, seat.grade, seat.klass), "女")


def _footer(sheet: Sheet, seat: Seat, pupils: list[Row], month: int) -> None:
    boys = sum(p["sex"] == "男" for p in pupils)
    sheet.add("合计", f"{len(pupils)}人", f"男{boys}人", f"女{len(pupils) - boys}人")
    sheet.add(f"班主任签字：{_teacher(seat)}", None, None, f"填表日期：{AS_OF[month]:%Y年%m月%d日}")


def _written(birth: Any, form: str) -> Any:
    """A date in the school's way of writing; what is no date stays as it is."""
    if not isinstance(birth, dt.date):
        return birth
    parts = {"y": birth.year, "m": birth.month, "d": birth.day}
    return form.format(**parts)


def _paged(
    sheet: Sheet, head: tuple[str, ...], pupils: list[Row], cells: Callable[[int, Row], list[Any]]
) -> list[tuple[int, int]]:
    """Header and pupils, the header again on every printed page; first and last row of each."""
    blocks = []
    for start in range(0, len(pupils), _PAGE_BREAK):
        if start:
            sheet.add(None)
        sheet.add(*head, bold=True)
        first = len(sheet.lines)
        for number, pupil in enumerate(pupils[start : start + _PAGE_BREAK], start + 1):
            sheet.add(*cells(number, pupil), who=pupil["who"])
        blocks.append((first, len(sheet.lines) - 1))
    return blocks


def _qingxi(seat: Seat, pupils: list[Row], month: int) -> Sheet:
    """三(2)班: school and class in merged cells at the left, the header on every page."""
    sheet = Sheet(f"{_CN[seat.grade - 1]}({seat.klass})班")
    head = ("学校名称", "班级", "序号", "姓名", "性别", "出生日期", "身份证号", "学籍号",
            "户籍村", "家长姓名", "联系电话", "备注")  # fmt: skip
    sheet.title(f"{seat.school.name}{sheet.name}学生花名册", len(head))
    sheet.add(f"班主任：{_teacher(seat)}", None, None, None, f"日期：{AS_OF[month]:%Y.%m.%d}")

    def cells(number: int, p: Row) -> list[Any]:
        born = _written(p["birth"], "{y}年{m}月{d}日")
        who = [seat.school.name, sheet.name, number, p["name"], p["sex"], born, p["id"]]
        return [*who, p["student_no"], p["village"], p["guardian"], p["phone"]]

    for first, last in _paged(sheet, head, pupils, cells):
        sheet.merge_runs(0, first, last)
        sheet.merge_runs(1, first, last)
    _footer(sheet, seat, pupils, month)
    return sheet


def _shiqiao(seat: Seat, pupils: list[Row], month: int) -> Sheet:
    """301班: the school stands in the title alone; villages merged."""
    sheet = Sheet(f"{seat.grade}{seat.klass:02d}班")
    head = ("学号", "学生姓名", "性别", "出生年月日", "身份证号码", "户籍村", "父亲姓名",
            "母亲姓名", "家长电话")  # fmt: skip
    sheet.title(f"{seat.school.name}2024—2025学年度{grade_text(seat.grade)}学生名册", len(head))
    sheet.add(f"学校：{seat.school.name}", None, None, f"班级：{sheet.name}")
    sheet.add(*head, bold=True)
    first = len(sheet.lines)
    for number, p in enumerate(sorted(pupils, key=lambda p: p["village"]), 1):
        born = _written(p["birth"], "{y}.{m}.{d}")
        family = p["village"], p["father"], p["mother"], p["phone"]
        no = f"{seat.grade}{seat.klass:02d}{number:02d}"
        sheet.add(no, p["name"], p["sex"], born, p["id"], *family, who=p["who"])
    sheet.merge_runs(5, first, len(sheet.lines) - 1)
    _footer(sheet, seat, pupils, month)
    sheet.add("以下空白")
    return sheet


def _yunling(seat: Seat, pupils: list[Row], month: int) -> Sheet:
    """四.1: the county's form, without an ID column; births without the day."""
    sheet = Sheet(f"{_CN[seat.grade - 1]}.{seat.klass}")
    head = ("所在镇乡（街道）", "学段", "学校名称", "年级", "班级", "班内编号", "学生姓名*",
            "性别*", "民族", "学籍主号", "出生年月", "户籍社区/村", "父亲姓名", "母亲姓名",
            "是否为住宿生", "备注")  # fmt: skip
    sheet.title("义务教育阶段班级花名册", len(head))
    sheet.add(f"填报单位：{seat.school.name}", None, None, f"{AS_OF[month]:%Y-%m-%d}")
    sheet.add(*head, bold=True)
    stage = "小学" if seat.grade <= 6 else "初中"
    place = TOWN, stage, seat.school.name, grade_text(seat.grade), f"{seat.klass}班"
    for number, p in enumerate(pupils, 1):
        who = number, p["name"], p["sex"], p["ethnic"], p["student_no"]
        family = p["village"], p["father"], p["mother"]
        boards = "是" if seat.grade >= 7 else "否"
        born = _written(p["birth"], "{y}{m:02d}")
        sheet.add(*place, *who, born, *family, boards, who=p["who"])
    _footer(sheet, seat, pupils, month)
    return sheet


def _junior(seat: Seat, pupils: list[Row], month: int) -> Sheet:
    """七年级1班: dates as date cells; some sheets hold the ID as a number."""
    sheet = Sheet(f"{grade_text(seat.grade)}{seat.klass}班")
    head = ("序号", "学校名称", "班级", "学生姓名", "性别", "身份证号", "出生日期", "户籍村",
            "家长姓名", "联系电话")  # fmt: skip
    sheet.title(f"{seat.school.name}学生名册", len(head))
    sheet.add(*head, bold=True)
    for number, p in enumerate(pupils, 1):
        who = p["name"], p["sex"], p["id"], p["birth"], p["village"], p["guardian"], p["phone"]
        sheet.add(number, seat.school.name, sheet.name, *who, who=p["who"])
    _footer(sheet, seat, pupils, month)
    sheet.add(f"制表人：{_teacher(seat)}", None, "审核人：")
    return sheet


def _export(seat: Seat, pupils: list[Row], month: int) -> Sheet:
    """三(2)班 as its teacher exported it: title rows, merged villages, footer."""
    sheet = Sheet(f"{_CN[seat.grade - 1]}({seat.klass})班")
    head = ("序号", "姓名", "性别", "出生日期", "身份证号", "学籍号", "户籍村", "家长姓名",
            "联系电话")  # fmt: skip
    sheet.title(f"{seat.school.name}{sheet.name}学生名册", len(head))
    sheet.title(f"填报单位：{seat.school.name}　日期：{AS_OF[month]:%Y-%m-%d}", len(head))
    sheet.add(*head, bold=True)
    first = len(sheet.lines)
    for number, p in enumerate(sorted(pupils, key=lambda p: p["village"]), 1):
        born = _written(p["birth"], "{y}-{m:02d}-{d:02d}")
        who = p["name"], p["sex"], born, p["id"], p["student_no"]
        sheet.add(number, *who, p["village"], p["guardian"], p["phone"], who=p["who"])
    sheet.merge_runs(6, first, len(sheet.lines) - 1)
    _footer(sheet, seat, pupils, month)
    sheet.add(f"制表人：{_teacher(seat)}")
    for line in sheet.lines:
        line.cells += [None] * (len(head) - len(line.cells) if not line.bold else 0)
    sheet.lines[0].cells = sheet.lines[0].cells[:1]
    return sheet
