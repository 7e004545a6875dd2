"""Odd files as clerks make them, each read as a person would read it, or what is odd said."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from tests.acceptance.township import citizen

from rosterrec.errors import InputError
from rosterrec.frames import Role
from rosterrec.read import ReadResult, read
from rosterrec.settings import Settings

IDS = [citizen("20130225", n) for n in range(1, 9)]
NAMES = ["许诺", "田甜", "贾宁", "欧阳志涵", "木果·依布拉音", "王芳", "李伟", "张静"]
PUPILS = list(zip(NAMES, IDS, strict=True))
Rows = Sequence[Sequence[object]]


def reading(folder: Path, name: str, data: bytes) -> ReadResult:
    (folder / name).write_bytes(data)
    return read([folder / name], Settings(as_of=dt.date(2024, 10, 15)), base=folder)


def workbook(**sheets: Rows) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell != "":
                        page.write(number, column, cell)
    return held.getvalue()


def delimited(note: str = "", row: int = 2) -> bytes:
    lines = ["村,姓名,公民身份号码,备注,与户主关系"]
    lines += [f"上溪村,{n},{i},{note if k == row else ''},子" for k, (n, i) in enumerate(PUPILS)]
    return "\r\n".join([*lines, ""]).encode("gbk")


def test_villages_that_stand_over_their_rows_are_no_people(tmp_path: Path) -> None:
    people = [(n, i, "子") for n, i in PUPILS]
    rows = [
        ("姓名", "公民身份号码", "与户主关系"),
        ("上溪村",),
        *people[:4],
        ("下溪村",),
        *people[4:],
    ]
    found = reading(tmp_path, "户籍.xlsx", workbook(Sheet1=rows))
    people_found = found.raw[Role.POPULATION]
    assert people_found["name"].to_list() == NAMES
    assert people_found["village"].to_list() == ["上溪村"] * 4 + ["下溪村"] * 4
    assert found.rejects["problem"].to_list() == ["section", "section"]


def test_a_person_without_anything_else_is_no_village(tmp_path: Path) -> None:
    rows = [("姓名", "班级", "性别"), *((n, "1", "女") for n in NAMES), ("李村明",)]
    found = reading(tmp_path, "名册.xlsx", workbook(名册=rows))
    assert found.raw[Role.ROSTER]["name"].to_list()[-1] == "李村明"


def test_two_lists_side_by_side_under_one_title(tmp_path: Path) -> None:
    heads = ("序号", "姓名", "性别")
    rows = [("三(2)班学生名册",), (*heads, "", *heads)]
    rows += [(k, NAMES[k], "男", "", k + 4, NAMES[k + 4], "女") for k in range(4)]
    roster = reading(tmp_path, "班.xlsx", workbook(Sheet1=rows)).raw[Role.ROSTER]
    assert sorted(roster["name"]) == sorted(NAMES)
    assert set(roster["class_name"]) == {"三(2)班"}


def test_a_sheet_that_tells_nothing_of_itself_is_what_others_like_it_are(tmp_path: Path) -> None:
    def of(n: int) -> Rows:
        return [("序号", "姓名", "身份证号"), *((k, *PUPILS[k]) for k in (n, n + 1))]

    book = workbook(**{"302": of(0), "三(1)班": of(2), "四2班": of(4)})
    roster = reading(tmp_path, "青溪小学.xlsx", book).raw[Role.ROSTER]
    assert roster.select("name", "class_name").unique("class_name", maintain_order=True).rows() == [
        ("许诺", "302班"), ("贾宁", "三(1)班"), ("木果·依布拉音", "四2班"),
    ]  # fmt: skip


def test_a_sheet_beside_a_police_list_is_not_taken_for_one(tmp_path: Path) -> None:
    rows = [("序号", "姓名", "公民身份号码"), *((k, *PUPILS[k]) for k in range(4))]
    book = workbook(户籍人口=rows, 另册=rows)
    with pytest.raises(InputError) as refused:
        reading(tmp_path, "名单.xlsx", book)
    assert (refused.value.code, refused.value.facts["sheet"]) == ("role_unknown", "另册")


def test_a_text_named_after_its_class_is_a_roster(tmp_path: Path) -> None:
    lines = "序号,姓名,身份证号\n" + "".join(f"{k},{n},{i}\n" for k, (n, i) in enumerate(PUPILS))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as bundle:
        bundle.writestr("名册/三(2)班.csv", lines.encode("gbk"))
    roster = reading(tmp_path, "打包.zip", held.getvalue()).raw[Role.ROSTER]
    assert (len(roster), set(roster["class_name"])) == (8, {"三(2)班"})


def test_a_row_broken_in_two_by_a_line_end_is_one_person(tmp_path: Path) -> None:
    found = reading(tmp_path, "户籍.csv", delimited("迁入\r\n待核"))
    people = found.raw[Role.POPULATION]
    assert people["name"].to_list() == NAMES
    assert people.filter(pl.col("name") == "贾宁").select("row", "note", "relation").rows() == [
        (4, "迁入 待核", "子")
    ]
    assert people["row"].to_list()[-1] == 10
    assert "broken_rows" in found.receipts[0].findings


def test_a_title_and_a_foot_are_no_row_broken_in_two(tmp_path: Path) -> None:
    data = "青溪镇,户籍\r\n截至,2024年,10月\r\n".encode("gbk") + delimited()
    data += "制表人：,许大\r\n审核人：,张三,日期\r\n".encode("gbk")
    found = reading(tmp_path, "户籍.csv", data)
    assert found.raw[Role.POPULATION]["name"].to_list() == NAMES
    assert "broken_rows" not in found.receipts[0].findings


def test_a_comma_within_a_cell_is_put_back_where_only_one_place_fits(tmp_path: Path) -> None:
    found = reading(tmp_path, "户籍.csv", delimited("迁入,待核"))
    people = found.raw[Role.POPULATION]
    assert people["name"].to_list() == NAMES
    assert people.filter(pl.col("name") == "贾宁").select("note", "relation").rows() == [
        ("迁入,待核", "子")
    ]
    assert joined_in(found) == ["4"]
    assert "rows_wider" not in found.receipts[0].findings


def joined_in(found: ReadResult) -> list[object]:
    return [f.facts["rows"] for f in found.findings if f.code == "cells_joined"]


def comma(head: str, usual: str, odd: str) -> bytes:
    """A list in whose fourth row a cell holds a comma."""
    people = [usual.format(name=n, number=i) for n, i in PUPILS]
    people[2] = odd.format(name=NAMES[2], number=IDS[2])
    return "\n".join([head, *people, ""]).encode()


def test_a_comma_in_a_name_before_the_number(tmp_path: Path) -> None:
    data = comma("序号,姓名,公民身份号码", "7,{name},{number}", "7,贾,宁,{number}")
    people = reading(tmp_path, "户籍.csv", data).raw[Role.POPULATION]
    assert people.filter(pl.col("row") == 4).select("name", "id").rows() == [("贾,宁", IDS[2])]


@pytest.mark.parametrize(
    ("head", "usual", "odd"),
    [
        # the comma may be the householder's or the child's
        ("户主姓名,姓名,公民身份号码", "户{name},{name},{number}", "木,果,{name},{number}"),
        # nothing has moved: the last cell may be a remark without a heading
        ("姓名,公民身份号码,住址", "{name},{number},街{number}", "{name},{number},街,9号"),
        # no place fits
        ("姓名,公民身份号码,性别", "{name},{number},男", "{name},{number},男,又"),
        # two cells too many
        ("姓名,公民身份号码,性别", "{name},{number},男", "贾,宁,一,{number},男"),
        # joined with nothing, it would not be a comma within a text
        ("姓名,公民身份号码,性别", "{name},{number},男", "{name},,{number},男"),
    ],
)
def test_a_comma_that_may_stand_in_two_places_is_left_and_said(
    tmp_path: Path, head: str, usual: str, odd: str
) -> None:
    found = reading(tmp_path, "户籍.csv", comma(head, usual, odd))
    first = odd.format(name=NAMES[2], number=IDS[2]).split(",")[0]
    held = found.raw[Role.POPULATION].filter(pl.col("row") == 4)
    assert first in held.row(0)
    assert "rows_wider" in found.receipts[0].findings
    assert not joined_in(found)


def test_a_column_without_a_heading_is_no_slip(tmp_path: Path) -> None:
    lines = "".join(f"{n},{i},男,注{i}\n" for n, i in PUPILS)
    found = reading(tmp_path, "户籍.csv", ("姓名,公民身份号码,性别\n" + lines).encode())
    assert found.raw[Role.POPULATION]["name"].to_list() == NAMES
    assert not joined_in(found)


def test_numbers_written_as_powers_of_ten_are_told_like_rounded_ones(tmp_path: Path) -> None:
    rows = [("姓名", "公民身份号码"), *PUPILS[:3], ("王芳", "3.49921E+17")]
    found = reading(tmp_path, "户籍.xlsx", workbook(户籍=rows))
    assert found.raw[Role.POPULATION]["id"].to_list()[-1] == "3.49921E+17"
    assert "rounded_numbers" in found.receipts[0].findings
    plain = reading(tmp_path, "户籍2.xlsx", workbook(户籍=rows[:-1]))
    assert "rounded_numbers" not in plain.receipts[0].findings
