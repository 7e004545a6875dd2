"""Sheets as lines of cells, and writing them so that the same lines give the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

_CREATED = dt.datetime(2024, 10, 15, 8, 0)


@dataclass
class Line:
    """A row of cells; ``who`` is the person it is about, if any."""

    cells: list[Any]
    who: str = ""
    bold: bool = False


@dataclass
class Merge:
    """Rows ``top``-``bottom``, columns ``left``-``right``, from 0; the value stands top left."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """A sheet of a list, or the only one of a text file (then its name is empty)."""

    name: str
    lines: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def add(self, *cells: Any, who: str = "", bold: bool = False) -> int:
        """Append a row; its place, from 0."""
        self.lines.append(Line(list(cells), who, bold))
        return len(self.lines) - 1

    def title(self, text: str, width: int) -> None:
        """A row that is one cell across."""
        row = self.add(text, bold=True)
        self.merges.append(Merge(row, 0, row, width - 1))

    def merge_runs(self, column: int, first: int, last: int) -> None:
        """Merge equal neighbours of a column, as clerks do: only the top cell keeps the value."""
        top = first
        for row in range(first + 1, last + 2):
            value = self.lines[top].cells[column]
            if row <= last and self.lines[row].cells[column] == value:
                continue
            if row - top > 1:
                self.merges.append(Merge(top, column, row - 1, column))
                for below in range(top + 1, row):
                    self.lines[below].cells[column] = None
            top = row


def write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    """An .xlsx workbook; a whole number of 16 digits and more is stored as Excel would."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"default_date_format": "yyyy/m/d", "in_memory": True})
    book.set_properties({"created": _CREATED})
    head = book.add_format({"bold": True, "align": "center"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, 20, 13)
        for row, line in enumerate(sheet.lines):
            for column, value in enumerate(line.cells):
                _xlsx_cell(page, row, column, value, head if line.bold else None)
        for m in sheet.merges:
            _merge(page, m, sheet.lines[m.top], head)
    book.close()
    path.write_bytes(_packed(written))


def _packed(book: io.BytesIO) -> bytes:
    """The workbook compressed harder, its parts in order and all of the same date."""
    packed = io.BytesIO()
    with zipfile.ZipFile(book) as loose, zipfile.ZipFile(packed, "w") as tight:
        for part in loose.infolist():
            name = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            tight.writestr(name, loose.read(part), zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def _merge(page: Any, m: Merge, line: Line, head: Any) -> None:
    value = line.cells[m.left] or ""
    page.merge_range(m.top, m.left, m.bottom, m.right, value, head if line.bold else None)


def _xlsx_cell(page: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        page.write_datetime(row, column, value, style)
    elif isinstance(value, int):
        page.write_number(row, column, value, style)
    else:
        page.write_string(row, column, value, style)


def write_xls(path: Path, sheets: list[Sheet]) -> None:
    """An old binary workbook (BIFF 8)."""
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for row, line in enumerate(sheet.lines):
            for column, value in enumerate(line.cells):
                if value is not None and value != "":
                    page.write(row, column, value)
    stream = io.BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())


def write_csv(path: Path, sheet: Sheet, encoding: str) -> None:
    """Comma-separated text with the line ends of Windows."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerows(["" if c is None else c for c in line.cells] for line in sheet.lines)
    path.write_bytes(text.getvalue().encode(encoding))


def write_html(path: Path, sheet: Sheet) -> None:
    """What many school systems call .xls: an HTML table, in GBK."""
    spans = {(m.top, m.left): m for m in sheet.merges}
    covered = {
        (row, column)
        for m in sheet.merges
        for row in range(m.top, m.bottom + 1)
        for column in range(m.left, m.right + 1)
    } - set(spans)
    rows = []
    for row, line in enumerate(sheet.lines):
        cells = [
            _html_cell(value, spans.get((row, column)), line.bold)
            for column, value in enumerate(line.cells)
            if (row, column) not in covered
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    page = _PAGE.format(name=sheet.name, rows="\r\n".join(rows))
    path.write_bytes(page.encode("gbk", errors="xmlcharrefreplace"))


def _html_cell(value: Any, merge: Merge | None, bold: bool) -> str:
    span = ""
    if merge:
        span = f' rowspan="{merge.bottom - merge.top + 1}" colspan="{merge.right - merge.left + 1}"'
    text = "" if value is None else html.escape(str(value))
    tag = "th" if bold else "td"
    return f"<{tag}{span} style=\"mso-number-format:'\\@'\">{text}</{tag}>"


_PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet>
<x:Name>{name}</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->
</head><body><table border="1">
{rows}
</table></body></html>
"""
