"""Odd but legal files are read right, and what is odd about them is said."""

import datetime as dt
import io
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import IO, Any

import polars as pl
import pytest
import xlsxwriter

from rosterrec.cells import wire
from rosterrec.cells.formats import Format
from rosterrec.cells.page import Page
from rosterrec.cells.sandbox import Sandbox
from rosterrec.cells.workbook import read_package
from rosterrec.errors import InputError
from rosterrec.read import Passwords, parse
from rosterrec.read.archive import members
from rosterrec.read.table import Table, of_page

from .build import (
    LIST,
    NUMBER,
    list_xml,
    ods_row,
    old_workbook,
    opendocument,
    protected,
    row_xml,
    sheet_xml,
    spreadsheet_2003,
    stored_name,
    text,
    workbook,
    zipped,
)
from .xlsb import binary_workbook


def read(name: str, data: bytes) -> Table:
    (table,), _, _ = parse(name, data)
    return table


def rows(table: Table) -> list[tuple[str | None, ...]]:
    return table.cells.drop("row").rows()


def written(fill: Callable[[xlsxwriter.Workbook], None], **options: bool) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, **options}) as book:
        fill(book)
    return held.getvalue()


def html() -> str:
    body = "".join("<tr>" + "".join(f"<td>{c}" for c in cells) for cells in LIST)
    return f"<html><table>{body}</table></html>"


def parquet() -> bytes:
    held = io.BytesIO()
    pl.DataFrame(list(LIST[1:]), schema=list(LIST[0]), orient="row").write_parquet(held)
    return held.getvalue()


TABS = "".join("\t".join(cells) + "\n" for cells in LIST)
XML_ROWS = "".join(
    "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in cells) + "</Row>"
    for cells in LIST
)
SAME = {
    "xlsx": (workbook(), "xlsx"),
    "xls": (old_workbook(), "xls"),
    "ods": (opendocument("".join(ods_row(*cells) for cells in LIST)), "ods"),
    "html": (html().encode(), "html"),
    "html gbk": (html().encode("gbk"), "html"),
    "html utf-16": (html().encode("utf-16"), "html"),
    "xml 2003": (spreadsheet_2003(XML_ROWS), "xml"),
    "xml 2003 utf-16": (spreadsheet_2003(XML_ROWS).decode().encode("utf-16"), "xml"),
    "tabs gbk": (TABS.encode("gbk"), "tsv"),
    "tabs utf-16": (TABS.encode("utf-16"), "tsv"),
    "parquet": (parquet(), "parquet"),
    "everybody's password": (protected("VelvetSweatshop"), "xlsx"),
}


@pytest.mark.parametrize("which", SAME)
def test_every_format_gives_the_same_cells_whatever_it_is_called(which: str) -> None:
    data, kind = SAME[which]
    for ending in ("xls", "csv"):
        (table,), found, _ = parse(f"名册.{ending}", data)
        assert (rows(table), found) == (list(LIST), kind)


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_text_in_every_encoding_and_with_every_line_end(encoding: str, end: str) -> None:
    data = text().replace("\r\n", end).encode(encoding)
    assert rows(read("a.csv", data)) == list(LIST)


def test_big5_is_told_from_gbk_by_its_headings() -> None:
    lines = (
        ("姓名", "性別", "出生日期", "學校", "年級"),
        ("許諾", "女", "20130225", "青溪國小", "六年級"),
    )
    for encoding in ("big5", "gbk"):
        (table,), _, used = parse("a.csv", text(*lines, *lines[1:] * 5).encode(encoding))
        assert used == {"big5": "big5hkscs", "gbk": "gb18030"}[encoding]
        assert rows(table)[:2] == list(lines)


def test_a_rare_name_of_four_bytes_stays_whole() -> None:
    assert rows(read("a.csv", text(("姓名", "班级"), ("𠮷田", "1")).encode("gb18030")))[1] == (
        "𠮷田",
        "1",
    )


def test_wrong_ending_is_said() -> None:
    assert "odd_ending" in read("名册.xlsx", old_workbook()).notes
    assert "odd_ending" in read("名册.xls", text().encode()).notes
    assert not read("名册.xlsx", workbook()).notes


@pytest.mark.parametrize("mac", [False, True])
def test_dates_count_from_either_epoch(mac: bool) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("甲").write_datetime(0, 0, dt.datetime(2012, 3, 5), day)

    table = read("a.xlsx", written(fill, date_1904=mac))
    assert rows(table) == [("2012-03-05",)]
    assert ("epoch_1904" in table.notes) is mac


def test_hidden_rows_columns_and_sheets_are_read_and_told() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("空")
        page = book.add_worksheet("甲")
        for n, cells in enumerate(LIST):
            page.write_row(n, 0, cells)
        page.set_row(1, None, None, {"hidden": True})
        page.set_column(2, 2, None, None, {"hidden": True})
        page.hide()

    tables, _, _ = parse("a.xlsx", written(fill))
    table = tables[1]
    assert (rows(table), table.hidden) == (list(LIST), True)
    assert (table.hidden_rows, table.hidden_columns) == ((2,), (2,))


def test_hidden_rows_of_old_workbooks_and_open_documents() -> None:
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("甲")
    for n, cells in enumerate(LIST):
        page.write(n, 0, cells[0])
    page.row(1).hidden = True
    page.col(3).hidden = True
    held = io.BytesIO()
    book.save(held)
    table = read("a.xls", held.getvalue())
    assert (table.hidden_rows, table.hidden_columns) == ((2,), (3,))
    lines = ods_row("a") + ods_row("b", more='table:visibility="filter"')
    assert read("a.ods", opendocument(lines)).hidden_rows == (2,)


def test_merged_cells_are_filled_down_and_told() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("甲")
        page.merge_range(1, 1, 3, 1, "上溪村")
        page.write_column(0, 2, ("姓名", "甲", "乙", "丙"))

    table = read("a.xlsx", written(fill))
    assert [row[1] for row in rows(table)] == [None, "上溪村", "上溪村", "上溪村"]
    assert table.merged == ((2, 1, 4, 1),)


def test_a_number_too_long_is_noted_where_it_stands() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("甲")
        page.write_row(2, 1, ("x", NUMBER, 349921201302250400, 7, 2.5))

    table = read("a.xlsx", written(fill))
    assert rows(table)[2][1:] == ("x", NUMBER, "349921201302250400", "7", "2.5")
    assert table.rounded == {3: [3]}


def test_formulas_without_a_value_and_cells_of_error_are_counted() -> None:
    cells = (
        '<c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    )
    table = read("a.xlsx", workbook(sheet_xml(f'<row r="1">{cells}</row>')))
    assert (table.uncalculated, table.errors) == ({0: [1]}, 1)


def test_macros_and_links_are_told_and_left_alone() -> None:
    made = workbook(xl__vbaProject_bin=b"x", xl__externalLinks__externalLink1_xml=b"<a/>")
    (table,), kind, _ = parse("a.xlsm", made)
    assert (kind, set(table.notes)) == ("xlsm", {"macros", "external_links"})


def test_control_characters_are_taken_out_and_told() -> None:
    table = of_page(Page("").pack([["许\x1f诺", "\x00b"], ["a", "\x1e"]]))
    assert (rows(table), table.notes) == ([("许诺", "b"), ("a", None)], ("control_characters",))


@pytest.mark.parametrize("mark", ["\x1e", "\x1f"])
def test_what_parts_rows_and_cells_on_the_way_parts_none_where_a_cell_holds_it(mark: str) -> None:
    escaped = f"许_x{ord(mark):04X}_诺"
    table = read("a.xlsx", workbook(sheet_xml(row_xml(1, "姓名") + row_xml(2, escaped))))
    assert (rows(table), table.notes) == ([("姓名",), ("许诺",)], ("control_characters",))


def test_a_list_far_down_the_sheet_keeps_its_row_numbers() -> None:
    made = workbook(sheet_xml(row_xml(5, "甲") + row_xml(9, "乙")))
    cells = read("a.xlsx", made).cells
    assert cells.filter(pl.col("c0").is_not_null()).rows() == [("甲", 5), ("乙", 9)]


def test_a_false_dimension_is_no_matter() -> None:
    made = workbook(sheet_xml(list_xml(), before='<dimension ref="A1:XFD1048576"/>'))
    assert rows(read("a.xlsx", made)) == list(LIST)


def test_a_zip_of_exports_is_read_as_its_files() -> None:
    made = zipped({
        "乙/名册.csv": text().encode(), "甲.xlsx": workbook(), "__MACOSX/._甲.xlsx": b"x",
        "说明.txt.docx": b"x", "乙/~$名册.xlsx": b"x",
    })  # fmt: skip
    assert [name for name, _ in members("a.zip", made)] == ["a.zip/乙/名册.csv", "a.zip/甲.xlsx"]


def test_names_in_a_zip_as_chinese_windows_writes_them() -> None:
    made = stored_name("名册.csv".encode("gbk"), text().encode("gbk"))
    ((name, data),) = members("a.zip", made)
    assert (name, rows(read(name, data))) == ("a.zip/名册.csv", list(LIST))


def test_a_password_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTERREC_PASSWORD", "青溪2024")
    table = read("a.xlsx", protected("青溪2024"))
    assert (rows(table), table.notes) == (list(LIST), ("was_protected",))


def test_a_password_as_it_is_typed_three_times_at_most() -> None:
    locked = protected("青溪2024")
    words = iter(["错", "青溪2024"])
    asked: list[bool] = []

    def ask(_file: str, again: bool) -> str:
        asked.append(again)
        return next(words)

    (table,), _, _ = parse("a.xlsx", locked, passwords=Passwords(ask))
    assert (rows(table), asked) == (list(LIST), [False, True])
    with pytest.raises(InputError) as refused:
        parse("a.xlsx", locked, passwords=Passwords(lambda _file, _again: "错"))
    assert refused.value.code == "password_wrong"


def keyring_with(monkeypatch: pytest.MonkeyPatch, word: str | None) -> None:
    keyring = ModuleType("keyring")
    held = {("rosterrec", "workbook"): word}
    monkeypatch.setattr(keyring, "get_password", lambda *who: held.get(who), raising=False)
    monkeypatch.setitem(sys.modules, "keyring", keyring)


def test_the_password_comes_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring_with(monkeypatch, "春风")
    assert rows(read("a.xlsx", protected("春风"))) == list(LIST)


def test_the_keyring_is_asked_where_the_environment_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ROSTERREC_PASSWORD", "去年的")
    keyring_with(monkeypatch, "春风")
    assert rows(read("a.xlsx", protected("春风"))) == list(LIST)


def test_a_keyring_that_holds_nothing_or_fails_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    for word in (None, "错"):
        keyring_with(monkeypatch, word)
        with pytest.raises(InputError) as refused:
            parse("a.xlsx", protected("春风"))
        assert refused.value.code == ("password_wrong" if word else "file_protected")
    monkeypatch.setitem(sys.modules, "keyring", ModuleType("keyring"))
    with pytest.raises(InputError, match="file_protected"):
        parse("a.xlsx", protected("春风"))


def test_one_child_reads_a_small_workbook_after_files_that_need_large_libraries() -> None:
    with Sandbox() as sandbox:
        for data in (parquet(), protected("VelvetSweatshop"), workbook(), html().encode()):
            (table,), _, _ = parse("a.xlsx", data, sandbox=sandbox)
            assert rows(table) == list(LIST)


@pytest.mark.skipif(sys.platform == "win32", reason="ends the child by a signal")
def test_the_child_that_dies_is_followed_by_another() -> None:
    with Sandbox() as sandbox:
        sandbox.warm().kill()
        with pytest.raises(InputError) as refused:
            parse("a.xlsx", workbook(), sandbox=sandbox)
        assert refused.value.code == "file_too_big_inside"
        (table,), _, _ = parse("a.xlsx", workbook(), sandbox=sandbox)
        assert rows(table) == list(LIST)


def test_a_file_begun_is_sent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    send = wire.send

    def noted(stream: IO[bytes], facts: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
        sent.append(facts["name"])
        send(stream, facts, parts)

    monkeypatch.setattr("rosterrec.cells.sandbox.send", noted)
    with Sandbox() as sandbox:
        book = workbook()  # a second one might bear the next second's time
        sandbox.ahead("a.xlsx", book)
        (table,), _, _ = parse("a.xlsx", book, sandbox=sandbox)
        assert rows(table) == list(LIST)
        assert sent == ["a.xlsx"]
        parse("a.xlsx", workbook(), sandbox=sandbox)
        assert sent == ["a.xlsx", "a.xlsx"]


def test_a_file_asked_for_in_place_of_the_one_begun_is_its_own() -> None:
    with Sandbox() as sandbox:
        sandbox.ahead("a.xlsx", html().encode())
        (table,), kind, _ = parse("b.xlsx", workbook(), sandbox=sandbox)
        assert (rows(table), kind) == (list(LIST), Format.XLSX)


def test_what_a_file_begun_comes_to_is_told_when_it_is_read() -> None:
    with Sandbox() as sandbox:
        sandbox.ahead("a.xlsx", workbook()[:300])
        with pytest.raises(InputError) as refused:
            parse("a.xlsx", workbook()[:300], sandbox=sandbox)
        assert refused.value.code in {"file_damaged", "file_not_whole"}


@pytest.mark.skipif(sys.platform == "win32", reason="ends the child by a signal")
def test_the_child_that_dies_over_a_file_begun_is_followed_by_another() -> None:
    with Sandbox() as sandbox:
        sandbox.ahead("a.xlsx", workbook())
        sandbox.warm().kill()
        sandbox.warm().wait()
        sandbox.ahead("b.xlsx", workbook())
        (table,), _, _ = parse("b.xlsx", workbook(), sandbox=sandbox)
        assert rows(table) == list(LIST)


def test_nobody_waits_for_a_file_begun_that_nobody_reads() -> None:
    sandbox = Sandbox()
    child = sandbox.warm()
    with sandbox:
        sandbox.ahead("a.xlsx", workbook())
    assert child.returncode is not None


def test_the_child_never_sees_polars_for_a_workbook() -> None:
    import subprocess

    code = "import sys, rosterrec.cells.parse, rosterrec.cells.biff; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("size", [400, 1_000_000])
def test_a_sheet_far_larger_than_what_fills_it_is_refused(size: int) -> None:
    """The child may have memory for it where it has loaded large libraries; we have not."""
    far = 16_383 if size == 400 else 6
    lines = [("姓名",), *[("",)] * (size - 2), ("",) * far + ("甲",)]
    with pytest.raises(InputError) as refused:
        read_package("a.xlsb", binary_workbook(lines), Format.XLSB)
    assert refused.value.code == "cell_too_far"
