"""The workbook owes the clerk: sums that can be checked, whole words, nothing alive, no noise."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rosterrec.frames import Field, Flag, Proof, Role, Status
from rosterrec.messages import catalogue

from .outcome import Run
from .test_laws import mixed
from .township import HOME, Township, child, citizen


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return mixed(tmp_path_factory.mktemp("months") / "township").match()


def pages(run: Run) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(run.folder / "reconciliation.xlsx")
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


def table(run: Run, sheet: str) -> list[dict[str, Any]]:
    """The rows below a sheet's header, by heading."""
    _title, _advice, header, *rows = pages(run)[sheet]
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


@pytest.mark.parametrize("section", ["各村情况", "各校情况"])
def test_villages_and_schools_sum_to_the_police_list(run: Run, section: str) -> None:
    rows = pages(run)["汇总"]
    first = next(n for n, row in enumerate(rows) if row[0] == section) + 2
    last = next(n for n, row in enumerate(rows) if n >= first and row[0] == "合计")
    counts = [cell for row in rows[first:last] for cell in row[1:] if isinstance(cell, int)]
    assert sum(counts) == run.town.police_count


def test_every_code_has_words_in_both_languages() -> None:
    tables = {"status": Status, "flag": Flag, "proof": Proof, "role": Role, "field": Field}
    missing = [
        f"{name}.{code}"
        for name, codes in tables.items()
        for code in codes
        if f"{name}.{code}" not in catalogue()
    ]
    assert missing == []


def test_nothing_wide_is_cut(run: Run) -> None:
    book = openpyxl.load_workbook(run.folder / "reconciliation.xlsx")
    for page in book.worksheets[1:]:
        if page.sheet_state != "visible":
            continue  # what dropdowns offer
        for cell in (c for row in page.iter_rows(min_row=4) for c in row):
            if not isinstance(cell.value, str):
                continue
            wide = len(cell.value) + sum(ord(c) > 0x2E7F for c in cell.value)
            width = page.column_dimensions[cell.column_letter].width
            assert cell.alignment.wrap_text or wide <= width, f"{page.title} {cell.coordinate}"


def test_children_out_of_school_stand_with_the_school_that_has_them(run: Run) -> None:
    rows = {row["姓名"]: row for row in table(run, "未在校")}
    assert (rows["金鑫"]["学校"], rows["金鑫"]["年级"]) == ("青溪小学", 5)


def test_a_row_with_another_name_and_number_is_not_called_near(run: Run) -> None:
    assert all("邹远航" not in (row.get("最接近的一行") or "") for row in table(run, "未在校"))


def test_a_tie_says_how_many_others_the_row_may_be(run: Run) -> None:
    tied = [row for row in table(run, "待核对") if row["姓名"] == "王浩然"]
    assert [("另有 1 人" in row["待核对原因"]) for row in tied] == [True, True]


def test_how_each_column_was_taken_is_said(run: Run) -> None:
    read = {row["文件"]: row for row in table(run, "读取情况")}
    assert "身份证号=公民身份号码" in read["户籍人口.xlsx"]["列的含义"]


def test_footers_stand_after_the_rows_that_need_a_look(town: Township) -> None:
    town.neighbour().police(
        child("合 计", "", household=""), child("老人", citizen("19500101", 11))
    )
    problems = [row["问题"] for row in table(town.match(), "未采用的行")]
    assert problems == ["年龄不在范围内", "表尾（汇总或签名），不是人"]


def test_cells_that_look_like_formulas_stay_text(town: Township) -> None:
    town.neighbour().police(
        child("=1+1", citizen("20140101", 12), mother="@SUM(A1)"),
        child("+赵一", citizen("20140102", 12), mother="-2+3"),
    )
    run = town.match()
    book = openpyxl.load_workbook(run.folder / "reconciliation.xlsx")
    alive = [
        c
        for page in book.worksheets[1:]
        for row in page.iter_rows()
        for c in row
        if c.data_type == "f"
    ]
    assert alive == []


def test_the_notes_stand_on_the_summary(town: Township) -> None:
    run = town.neighbour().match()
    cells = [str(row[0]) for row in pages(run)["汇总"]]
    assert "说明" not in cells
    (town.folder / "学校名录.csv").unlink()
    run = town.match()
    assert any("没有学校名录" in str(row[0]) for row in pages(run)["汇总"])
    assert "no_schools" in [f["code"] for f in run.summary["findings"]]


def test_an_empty_spare_sheet_is_not_worth_a_note(town: Township) -> None:
    town.neighbour().write()
    path: Path = town.folder / "学籍库.xlsx"
    book = openpyxl.load_workbook(path)
    book.create_sheet("Sheet2")
    book.save(path)
    assert town.match(*HOME).summary["findings"] == []
