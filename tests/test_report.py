"""Rows made by columns are those that xlsxwriter writes cell by cell; links are in their order."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from rosterrec.frames import LEVELS, Decision, Links
from rosterrec.pipeline import reconcile
from rosterrec.read import discover
from rosterrec.reconciliation import Reconciliation
from rosterrec.report import measures, returned, workbook
from rosterrec.report.data import write_links, write_parquet
from rosterrec.report.duties import duties
from rosterrec.report.looks import Looks
from rosterrec.report.measures import BAND, HEADER_ROW, LINES, Table, measured
from rosterrec.report.sheets import sheets
from rosterrec.report.spec import FILLED_IN, Column, Kind, Sheet, Urgency
from rosterrec.settings import load

SAMPLE = Path(__file__).parents[1] / "sample_data" / "2024-10"
DAY = dt.date(2024, 10, 15)
ALIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

#: Texts that a careless writer spoils.
HARD = [
    None, "", "张三", "=1+1", "+赵一", "-2+3", "@SUM(A1)", "＝1", "－", "\t=1", "\r甲", "00123",
    "34992120130225040X", "<b>&\"'</b>", "&amp;", "</t></is></c>", " 前", "后 ", "　全角　", "a\nb",
    "a\r\nb", "\x00\x01\x1f", "_x0041_", "_x0041_x0042_", "_xZZZZ_", "\ufffe\uffff", "𠮷𡌂", "é",
    "x" * 40_000, "𠮷" * 20_000, "x" * 32_766 + "𠮷", "&" * 32_767, "1e5", "TRUE", "#N/A",
]  # fmt: skip


@pytest.fixture(scope="module")
def october() -> Reconciliation:
    settings = load(SAMPLE, None, {"as_of": DAY, "lang": "zh"}, DAY)
    paths = discover(SAMPLE, settings, SAMPLE / "none")
    return reconcile(paths, settings, base=SAMPLE)


def speaking(rec: Reconciliation, lang: str) -> Reconciliation:
    return replace(rec, settings=rec.settings.model_copy(update={"lang": lang}))


def cell_by_cell(path: Path, tables: list[Table], lang: str) -> None:
    """The same tables, every cell written through xlsxwriter."""
    book = xlsxwriter.Workbook(path)
    looks = Looks(book)
    for table in tables:
        page = workbook.lay_out(book, looks, table, lang)
        bands = table.frame[BAND] if BAND in table.frame.columns else [False] * len(table.frame)
        for place, column in enumerate(table.columns):
            values = [None] * len(table.frame)
            if column.kind not in FILLED_IN:
                values = table.frame[column.key].to_list()
            for n, (value, band) in enumerate(zip(values, bands, strict=True), HEADER_ROW + 1):
                look = looks.cell(column.kind, band=band)
                if value is None or value == "":
                    page.write_blank(n, place, None, look)
                elif isinstance(value, dt.date):
                    page.write_datetime(n, place, value, look)
                elif isinstance(value, int):
                    page.write_number(n, place, value, look)
                elif value.startswith(ALIVE):
                    page.write_string(n, place, value, looks.quoted(column.kind, band=band))
                else:
                    page.write_string(n, place, value, look)
        for n, lines in enumerate(table.frame[LINES], HEADER_ROW + 1):
            page.set_row(n, 15 * lines)
    book.close()


def by_columns(path: Path, tables: list[Table], lang: str) -> None:
    layout = BytesIO()
    book = xlsxwriter.Workbook(layout, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2024, 10, 15)})
    looks = Looks(book)
    for table in tables:
        workbook._write_samples(workbook.lay_out(book, looks, table, lang), looks, table.columns)
    book.close()
    parts = {f"xl/worksheets/sheet{n}.xml": table for n, table in enumerate(tables, 1)}
    workbook.assemble(layout, parts, path)


def contents(path: Path) -> Iterator[Any]:
    """Everything that a reader of the file can tell of its sheets."""
    book = openpyxl.load_workbook(path)
    looks: dict[int, tuple[Any, ...]] = {}
    for page in book.worksheets:
        yield page.title, page.dimensions, page.freeze_panes, page.auto_filter.ref
        yield page.print_title_rows, page.page_setup.orientation, page.page_setup.paperSize
        for rule in page.data_validations.dataValidation:
            yield str(rule.sqref), rule.type, rule.formula1, rule.errorStyle, rule.showErrorMessage
        yield {name: column.width for name, column in page.column_dimensions.items()}
        yield {n: row.height for n, row in page.row_dimensions.items()}
        for cell in (c for row in page.iter_rows() for c in row):
            if cell.style_id not in looks:
                parts = (cell.font, cell.fill, cell.border, cell.alignment)
                looks[cell.style_id] = (*map(repr, parts), cell.number_format, cell.quotePrefix)
            value = cell.value
            if isinstance(value, str):  # openpyxl undoes this escape in shared strings alone
                value = value.replace("x005F_", "")
            yield cell.coordinate, type(value), value, looks[cell.style_id]


def assert_same(ours: Path, theirs: Path) -> None:
    for mine, expected in zip(contents(ours), contents(theirs), strict=True):
        assert mine == expected
    mine, expected = (CalamineWorkbook.from_path(path) for path in (ours, theirs))
    assert mine.sheet_names == expected.sheet_names
    for name in mine.sheet_names:
        assert (
            mine.get_sheet_by_name(name).to_python() == expected.get_sheet_by_name(name).to_python()
        )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sample_month_is_what_xlsxwriter_writes(
    october: Reconciliation, tmp_path: Path, lang: str
) -> None:
    tables = [measured(sheet, lang) for sheet in sheets(speaking(october, lang))]
    by_columns(tmp_path / "columns.xlsx", tables, lang)
    cell_by_cell(tmp_path / "cells.xlsx", tables, lang)
    assert_same(tmp_path / "columns.xlsx", tmp_path / "cells.xlsx")


def hard(rows: int, *, banded: bool) -> Sheet:
    """A sheet of hard texts, early dates and numbers, with blanks among all of them."""
    texts = [HARD[n % len(HARD)] for n in range(rows)]
    first = dt.date(1900, 1, 1)
    frame = pl.DataFrame(
        {
            "name": texts,
            "reason": texts[::-1],
            "birth_date": [first + dt.timedelta(n * 7) if n % 5 else None for n in range(rows)],
            "age": [n - 3 if n % 4 else None for n in range(rows)],
            "household": [str(n // 3) for n in range(rows)],
            "proof_date": pl.Series([None] * rows, dtype=pl.Null),
        }
    )
    columns = (
        Column("household"), Column("name", widest=16), Column("birth_date", Kind.DATE),
        Column("age", Kind.NUMBER), Column("reason", Kind.LONG, 50),
        Column("proof_date", Kind.DATE), Column("decision", Kind.CHOICE, 14),
        Column("remark", Kind.FILL, 20), Column("visited", Kind.FILL_DATE, 12),
        Column("phone", may_go=True),
    )  # fmt: skip
    return Sheet("review", frame, columns, Urgency.NOW, "household" if banded else None)


@pytest.mark.parametrize("banded", [True, False])
@pytest.mark.parametrize("rows", [1, 3, 40])
def test_hard_texts_are_what_xlsxwriter_writes(tmp_path: Path, rows: int, banded: bool) -> None:
    tables = [measured(hard(rows, banded=banded), "zh")]
    by_columns(tmp_path / "columns.xlsx", tables, "zh")
    cell_by_cell(tmp_path / "cells.xlsx", tables, "zh")
    assert_same(tmp_path / "columns.xlsx", tmp_path / "cells.xlsx")


def parts_of(path: Path) -> dict[str, bytes]:
    """What is in each part of a workbook; how it is compressed hangs on the chunks."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_chunks_leave_no_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [measured(hard(100, banded=True), "zh")]
    by_columns(tmp_path / "whole.xlsx", tables, "zh")
    monkeypatch.setattr("rosterrec.report.cells._CHUNK", 30)
    by_columns(tmp_path / "chunks.xlsx", tables, "zh")
    assert parts_of(tmp_path / "chunks.xlsx") == parts_of(tmp_path / "whole.xlsx")


def test_rows_beyond_a_sheet_stand_on_the_next(
    october: Reconciliation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "MOST_ROWS", 1000)
    workbook.write_workbook(october, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    names = [name for name in book.sheetnames if name.startswith("县外就读")]
    assert names == ["县外就读", "县外就读 2", "县外就读 3"]
    rows = [row for name in names for row in book[name].iter_rows(min_row=4, values_only=True)]
    assert len(rows) == (october.people["status"] == "outside").sum()
    assert len(set(rows)) == len(rows)
    assert all(book[name]["A3"].value == "姓名" for name in names)


def test_the_archive_has_no_clock(october: Reconciliation, tmp_path: Path) -> None:
    workbook.write_workbook(october, tmp_path / "one.xlsx")
    workbook.write_workbook(october, tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        assert {part.date_time for part in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert book.testzip() is None


def test_a_large_part_takes_wide_fields(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rosterrec.report.package._WIDE", 0)
    tables = [measured(hard(40, banded=False), "zh")]
    by_columns(tmp_path / "wide.xlsx", tables, "zh")
    assert openpyxl.load_workbook(tmp_path / "wide.xlsx").worksheets[0].max_row == 43


def test_links_stand_with_their_places_in_order(october: Reconciliation, tmp_path: Path) -> None:
    shuffled = Links(october.links.sample(fraction=1.0, shuffle=True, seed=1))
    write_links(replace(october, links=shuffled), tmp_path / "links.parquet")
    found = pl.read_parquet(tmp_path / "links.parquet")
    expected = october.links.with_columns(pl.col(pl.Enum).cast(pl.String))
    for side in ("left", "right"):
        places = pl.concat(
            records.select(
                pl.lit(str(role)).alias(f"{side}_source"),
                pl.col("rec").alias(side),
                pl.col("file", "sheet", "row").name.prefix(f"{side}_"),
            )
            for role, records in october.records.items()
        )
        expected = expected.join(places, on=[f"{side}_source", side])
    assert found.equals(expected.select(found.columns).sort(found.columns[:8]))


def test_no_links_are_an_empty_file(october: Reconciliation, tmp_path: Path) -> None:
    write_links(replace(october, links=Links(october.links.clear())), tmp_path / "links.parquet")
    found = pl.read_parquet(tmp_path / "links.parquet")
    assert found.is_empty()
    assert found.schema["weight"] == pl.Float64


def test_files_hold_codes_as_texts(october: Reconciliation, tmp_path: Path) -> None:
    write_links(october, tmp_path / "links.parquet")
    found = pl.read_parquet(tmp_path / "links.parquet")
    codes = ["left_source", "right_source", "basis", "decision", *LEVELS]
    assert {found.schema[code] for code in codes} == {pl.String()}
    assert set(found["decision"]) <= set(map(str, Decision))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_fault_of_writing() -> None:
    rows = pl.LazyFrame({"name": ["x" * 50] * 1000})
    with pytest.raises(OSError, match="No space left"):
        write_parquet(rows, Path("/dev/full"))


def pages_across(tmp_path: Path, *kinds: Kind) -> int:
    """How many pages side by side a sheet of 240 character cells takes."""
    columns = tuple(Column(key, kind) for key, kind in zip(("name", "note"), kinds, strict=True))
    frame = pl.DataFrame({"name": ["温如玉"], "note": ["甲"]})
    table = Table(Sheet("missing_proof", frame, columns, Urgency.NOW), frame, columns, (20, 220))
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        workbook.lay_out(book, Looks(book), table, "zh")
    return int(openpyxl.load_workbook(path).active.page_setup.fitToWidth or 1)


def test_a_wide_sheet_to_fill_in_is_printed_on_two_pages(tmp_path: Path) -> None:
    assert pages_across(tmp_path, Kind.TEXT, Kind.FILL) == 2


def test_a_list_of_the_same_width_is_printed_on_one(tmp_path: Path) -> None:
    assert pages_across(tmp_path, Kind.TEXT, Kind.LONG) == 1


def test_keys_at_hand_are_all_that_come_back(
    october: Reconciliation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, due = sheets(october), duties(october)
    keyed = replace(october, keys=returned.keys(october))
    monkeypatch.delattr("rosterrec.report.returned.with_keys")  # nothing is hashed once more
    assert duties(keyed).equals(due)
    assert all(a.frame.equals(b.frame) for a, b in zip(sheets(keyed), made, strict=True))
