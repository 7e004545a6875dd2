"""``reconciliation.xlsx``: the workbook a clerk works in.

Cells are written as what they are: text as text (an ID is never a number, a name that begins with
"=" never a formula), dates as dates. The file has no clock in it, so that two runs are the same
bytes.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from rosterrec.messages import text
from rosterrec.reconciliation import Reconciliation
from rosterrec.report.figures import figures
from rosterrec.report.labels import words_of
from rosterrec.report.looks import Looks
from rosterrec.report.sheets import sheets
from rosterrec.report.spec import Column, Kind, Sheet
from rosterrec.report.summary import write_summary_sheet

#: Characters with which a spreadsheet takes a cell for a formula (OWASP ASVS 1.2.10).
_ALIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_TITLE_ROW, _ADVICE_ROW, _HEADER_ROW = 0, 1, 2
_NARROWEST = 6
_LINE_HEIGHT, _MOST_LINES = 15, 5
#: Rows of a sheet that a spreadsheet can hold.
_MOST_ROWS = 1_048_576 - _HEADER_ROW - 1


def write_workbook(rec: Reconciliation, path: Path) -> None:
    """Write every sheet that has rows, the summary first, then in order of urgency."""
    made = sheets(rec)
    lang = rec.settings.lang
    book = xlsxwriter.Workbook(
        path,
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties(
        {
            "title": text("sheet.summary", lang),
            "created": dt.datetime.combine(rec.settings.as_of, dt.time()),
        }
    )
    looks = Looks(book)
    present = {sheet.key for sheet in made}
    write_summary_sheet(book, looks, rec, figures(rec), present)
    for sheet in made:
        write_sheet(book, looks, sheet, lang)
    book.close()


def write_sheet(book: Any, looks: Looks, sheet: Sheet, lang: str) -> None:
    """One table: title, what to do with it, header, rows; frozen, filtered, ready to print."""
    page = book.add_worksheet(text(f"sheet.{sheet.key}", lang))
    page.set_tab_color(looks.tab(sheet.urgency))
    frame = sheet.frame.head(_MOST_ROWS)
    columns = [c for c in sheet.columns if _is_filled_in(c) or _has_any(frame, c)]
    page.write_string(_TITLE_ROW, 0, text(f"sheet.{sheet.key}", lang), looks.title)
    page.write_string(_ADVICE_ROW, 0, text(f"advice.{sheet.key}", lang), looks.advice)
    bands = _bands(frame, sheet.banded_by)
    widths = {c.key: _width(frame, c, text(f"column.{c.key}", lang)) for c in columns}
    for n, lines in enumerate(_lines(frame, columns, widths), _HEADER_ROW + 1):
        page.set_row(n, _LINE_HEIGHT * lines)
    for i, column in enumerate(columns):
        header = looks.header_to_fill if _is_filled_in(column) else looks.header
        page.write_string(_HEADER_ROW, i, text(f"column.{column.key}", lang), header)
        page.set_column(i, i, widths[column.key])
        _write_column(page, looks, frame, column, i, bands)
        if column.kind is Kind.CHOICE:
            _offer(page, i, len(frame), lang)
    last = _HEADER_ROW + max(len(frame), 1)
    page.set_row(_TITLE_ROW, 24)
    page.set_row(_HEADER_ROW, 30)
    page.freeze_panes(_HEADER_ROW + 1, _frozen(columns))
    page.autofilter(_HEADER_ROW, 0, last, len(columns) - 1)
    _prepare_print(page, lang)


def _is_filled_in(column: Column) -> bool:
    return column.kind in {Kind.FILL, Kind.FILL_DATE, Kind.CHOICE}


def _has_any(frame: pl.DataFrame, column: Column) -> bool:
    """Whether the column is worth its place: one that may stand empty goes where all of it is."""
    if column.key not in frame.columns:
        return False
    values = frame[column.key]
    return not column.may_go or (values.is_not_null() & (values.cast(pl.String) != "")).any()


def _lines(frame: pl.DataFrame, columns: list[Column], widths: dict[str, float]) -> list[int]:
    """How many lines each row needs for its wrapped texts: not every program grows rows itself."""
    wrapped = [c for c in columns if c.kind in {Kind.LONG, Kind.TEXT}]
    if not wrapped:
        return [1] * len(frame)
    needed = [(_cells(pl.col(c.key)) / (widths[c.key] - 1)).ceil().fill_null(1) for c in wrapped]
    most = pl.max_horizontal(needed).clip(1, _MOST_LINES)
    return frame.select(most.cast(pl.Int64)).to_series().to_list()


def _frozen(columns: list[Column]) -> int:
    """Columns that stay in sight: up to the child's name, if it stands among the first."""
    keys = [c.key for c in columns]
    return keys.index("name") + 1 if "name" in keys[:3] else 0


def _bands(frame: pl.DataFrame, banded_by: str | None) -> list[bool]:
    """Whether each row lies in a shaded band; bands change with the column's value."""
    if banded_by is None:
        return [False] * len(frame)
    changes = pl.col(banded_by).ne_missing(pl.col(banded_by).shift()).fill_null(value=True)
    return frame.select(changes.cum_sum() % 2 == 0).to_series().to_list()


def _write_column(
    page: Any, looks: Looks, frame: pl.DataFrame, column: Column, place: int, bands: list[bool]
) -> None:
    first = _HEADER_ROW + 1
    if _is_filled_in(column):
        for n, band in enumerate(bands, first):
            page.write_blank(n, place, None, looks.cell(column.kind, band=band))
        return
    for n, (value, band) in enumerate(zip(frame[column.key], bands, strict=True), first):
        look = looks.cell(column.kind, band=band)
        if value is None or value == "":
            page.write_blank(n, place, None, look)
        elif isinstance(value, dt.date):
            page.write_datetime(n, place, value, look)
        elif isinstance(value, int | float):
            page.write_number(n, place, value, look)
        elif value.startswith(_ALIVE):
            page.write_string(n, place, value, looks.quoted(column.kind, band=band))
        else:
            page.write_string(n, place, value, look)


def _width(frame: pl.DataFrame, column: Column, heading: str) -> float:
    """Wide enough for the column's text, a Han character counting two, up to its limit."""
    least = max(cells(heading) / (1 if len(heading) <= 4 else 1.6), _NARROWEST)
    if column.kind in {Kind.DATE, Kind.FILL_DATE}:
        return max(12, least)
    if _is_filled_in(column) or column.key not in frame.columns or not len(frame):
        return max(column.widest, least)
    longest = frame.select(_cells(pl.col(column.key).cast(pl.String)).max()).item() or 0
    return max(min(longest, column.widest) + 2, least + 2)


def cells(words: str) -> int:
    """The width of a text in character cells."""
    return len(words) + sum(ord(c) > _FIRST_WIDE for c in words)


_FIRST_WIDE = 0x2E7F


def _cells(words: pl.Expr) -> pl.Expr:
    """The same for a column; Han characters take three bytes of UTF-8 and two cells."""
    return (words.str.len_bytes().cast(pl.Int64) + words.str.len_chars()) // 2


def _offer(page: Any, place: int, rows: int, lang: str) -> None:
    """A list to choose from, and nothing else accepted."""
    choices = list(words_of("choice", lang).values())
    page.data_validation(
        _HEADER_ROW + 1, place, _HEADER_ROW + max(rows, 1), place,
        {"validate": "list", "source": choices, "error_type": "stop",
         "error_message": " / ".join(choices)},
    )  # fmt: skip


def _prepare_print(page: Any, lang: str) -> None:
    """A4 landscape, one page wide, the header on every page, pages numbered."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEADER_ROW)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f"&C{text('word.page', lang)}")
