"""Files as clerks have them, whole, through the whole reader: the same people in every format."""

import datetime as dt
from pathlib import Path

import pytest

from rosterrec.frames import Role
from rosterrec.ids import complete
from rosterrec.read import ReadResult, read
from rosterrec.settings import Settings

from .build import biff, ods_row, opendocument, row_xml, sheet_xml, workbook
from .xlsb import binary_workbook

IDS = [complete(f"34992120130225{n:03}") for n in range(41, 44)]
ROWS = (
    ("村", "户号", "姓名", "公民身份号码", "与户主关系"),
    ("上溪村", "1", "许诺", IDS[0], "子"),
    ("上溪村", "2", "田甜", IDS[1], "女"),
    ("下溪村", "3", "贾宁", IDS[2], "子"),
)


def reading(folder: Path, name: str, data: bytes) -> ReadResult:
    (folder / name).write_bytes(data)
    return read([folder / name], Settings(as_of=dt.date(2024, 10, 15)), base=folder)


def people(found: ReadResult) -> list[tuple[str | None, ...]]:
    raw = found.raw[Role.POPULATION]
    return raw.select("village", "household", "name", "id", "relation").rows()


def spanning(text: str, rows: int, *others: str) -> str:
    """A row of an .ods whose first cell reaches down."""
    first = (
        f'<table:table-cell office:value-type="string" table:number-rows-spanned="{rows}" '
        f'table:number-columns-spanned="1"><text:p>{text}</text:p></table:table-cell>'
    )
    return ods_row(*others).replace("<table:table-row >", f"<table:table-row >{first}")


def covered(*others: str) -> str:
    """A row of an .ods whose first cell is covered by one above."""
    row = ods_row(*others)
    return row.replace("<table:table-row >", "<table:table-row ><table:covered-table-cell/>")


def test_a_binary_workbook(tmp_path: Path) -> None:
    found = reading(tmp_path, "户籍.xlsb", binary_workbook(ROWS))
    assert people(found) == list(ROWS[1:])
    assert found.receipts[0].format == "xlsb"


def test_a_binary_workbook_with_a_number_that_lost_its_end(tmp_path: Path) -> None:
    rows = (*ROWS[:3], ("下溪村", "3", "贾宁", float(IDS[2][:15] + "000"), "子"))
    found = reading(tmp_path, "户籍.xlsb", binary_workbook(rows, state=1))
    assert found.raw[Role.POPULATION]["id_cell"].to_list() == ["text", "text", "number"]
    assert {"rounded_numbers", "hidden_sheet"} <= set(found.receipts[0].findings)


def test_merged_cells_of_an_open_document_are_filled_down(tmp_path: Path) -> None:
    head, first, second, third = ROWS
    lines = (
        "<table:table-column/>" + ods_row(*head)
        + spanning("上溪村", 2, *first[1:]) + covered(*second[1:]) + ods_row(*third)
    )  # fmt: skip
    found = reading(tmp_path, "户籍.ods", opendocument(lines))
    assert people(found) == list(ROWS[1:])


def test_merged_cells_below_a_row_that_stands_there_often(tmp_path: Path) -> None:
    head, first, second, _ = ROWS
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    lines = blank + ods_row(*head) + spanning("上溪村", 2, *first[1:]) + covered(*second[1:])
    found = reading(tmp_path, "户籍.ods", opendocument(lines))
    assert (people(found), found.receipts[0].header_row) == (list(ROWS[1:3]), 4)


def test_a_workbook_of_1995(tmp_path: Path) -> None:
    found = reading(tmp_path, "户籍.xls", biff(5, *ROWS))
    assert people(found) == list(ROWS[1:])
    assert found.receipts[0].format == "xls"


def test_controls_that_a_workbook_writes_in_words_are_taken_out(tmp_path: Path) -> None:
    lines = [*ROWS[:3], ("下溪村", "3", "贾_x001B_宁", IDS[2] + "_x0009_", "子")]
    made = workbook(sheet_xml("".join(row_xml(n, *row) for n, row in enumerate(lines, 1))))
    found = reading(tmp_path, "户籍.xlsx", made)
    assert people(found) == list(ROWS[1:])
    assert "control_characters" in found.receipts[0].findings


def test_words_that_only_look_like_such_a_control_stay(tmp_path: Path) -> None:
    lines = [*ROWS[:3], ("下溪_x005F_x001B_村", "3", "贾宁", IDS[2], "子")]
    made = workbook(sheet_xml("".join(row_xml(n, *row) for n, row in enumerate(lines, 1))))
    assert people(reading(tmp_path, "户籍.xlsx", made))[-1][0] == "下溪_x001B_村"


@pytest.mark.parametrize("name", ["户籍.xlsb", "户籍.csv", "户籍"])
def test_a_binary_workbook_under_another_name(name: str, tmp_path: Path) -> None:
    found = reading(tmp_path, name, binary_workbook(ROWS))
    assert people(found) == list(ROWS[1:])
    assert ("odd_ending" in found.receipts[0].findings) is (name != "户籍.xlsb")
