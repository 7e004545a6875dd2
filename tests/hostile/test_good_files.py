"""Files as clerks have them, whole, through the whole reader: the same people in every format."""

import datetime as dt
import random
from pathlib import Path

import pytest

from rosterrec.frames import Role
from rosterrec.ids import complete
from rosterrec.read import ReadResult, parse, read
from rosterrec.settings import Settings

from .build import biff, ods_row, opendocument, row_xml, sheet_xml, workbook
from .xlsb import RICH_TEXT, SHORT_TEXT, Odd, binary_workbook

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
    found = reading(tmp_path, "户籍.xlsb", binary_workbook(rows, Odd(hidden=1)))
    assert found.raw[Role.POPULATION]["id_cell"].to_list() == ["text", "text", "number"]
    assert {"rounded_numbers", "hidden_sheet"} <= set(found.receipts[0].findings)


def test_merged_cells_of_a_binary_workbook_are_filled_down(tmp_path: Path) -> None:
    head, first, second, third = ROWS
    made = binary_workbook((head, first, ("", *second[1:]), third), Odd(merged=((2, 0, 3, 0),)))
    assert people(reading(tmp_path, "户籍.xlsb", made)) == list(ROWS[1:])


def test_what_is_hidden_in_a_binary_workbook_is_read_and_reported(tmp_path: Path) -> None:
    odd = Odd(hidden_rows=(3,), hidden_columns=(4,), epoch_1904=True, padding=3 << 20)
    found = reading(tmp_path, "户籍.xlsb", binary_workbook(ROWS, odd))
    assert people(found) == list(ROWS[1:])
    assert {"hidden_rows", "hidden_columns", "epoch_1904"} <= set(found.receipts[0].findings)


def test_errors_in_a_binary_workbook_are_counted(tmp_path: Path) -> None:
    rows = (*ROWS[:3], ("下溪村", "3", "贾宁", IDS[2], "#N/A"))
    assert (
        "error_cells" in reading(tmp_path, "户籍.xlsb", binary_workbook(rows)).receipts[0].findings
    )


@pytest.mark.parametrize("text", [SHORT_TEXT, RICH_TEXT])
def test_cells_of_a_binary_workbook_that_its_reader_passes_over(tmp_path: Path, text: int) -> None:
    """Some exporters leave out in which column a cell stands; some keep fonts beside the text."""
    found = reading(tmp_path, "户籍.xlsb", binary_workbook(ROWS, Odd(text=text)))
    assert people(found) == list(ROWS[1:])


def test_a_large_open_document_is_looked_at_like_a_small_one(tmp_path: Path) -> None:
    head, first, second, third = ROWS
    long = [random.Random(n).randbytes(15_000).hex() for n in range(320)]
    lines = (
        "<table:table-column/>" + ods_row(*head, "备注")
        + spanning("上溪村", 2, *first[1:]) + covered(*second[1:])
        + "".join(ods_row("下溪村", "", "", "", "", text) for text in long)
        + ods_row(*third, more='table:visibility="filter"')
    )  # fmt: skip
    made = opendocument(lines)
    found = reading(tmp_path, "户籍.ods", made)
    assert people(found) == list(ROWS[1:])
    assert "hidden_rows" in found.receipts[0].findings


def test_rows_of_an_open_document_in_an_outline(tmp_path: Path) -> None:
    group = "<table:table-row-group>{}</table:table-row-group>"
    head, *others = (ods_row(*row) for row in ROWS)
    hidden = others[1].replace("<table:table-row ", '<table:table-row table:visibility="collapse" ')
    made = opendocument(head + group.format(others[0] + hidden) + others[2])
    (table,), _, _ = parse("户籍.ods", made)
    assert table.hidden_rows == (3,)


def test_an_open_document_written_with_white_space_between_its_cells(tmp_path: Path) -> None:
    lines = "".join(ods_row(*row) for row in ROWS).replace("<table:", "\n  <table:")
    assert people(reading(tmp_path, "户籍.ods", opendocument(lines))) == list(ROWS[1:])


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
