"""``reconciliation.xlsx``: the workbook a clerk works in.

Cells are written as what they are: text as text (an ID is never a number, a name that begins with
"=" never a formula), dates as dates. The file has no clock in it, so that two runs are the same
bytes. xlsxwriter lays out the sheets; the rows of the tables are set in by ``package``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from rosterrec.messages import text
from rosterrec.reconciliation import Reconciliation
from rosterrec.report.figures import figures
from rosterrec.report.labels import words_of
from rosterrec.report.looks import Looks
from rosterrec.report.measures import HEADER_ROW, Table, measured, parts
from rosterrec.report.package import assemble
from rosterrec.report.sheets import sheets
from rosterrec.report.spec import FILLED_IN, Column, Kind, Sheet
from rosterrec.report.summary import write_summary_sheet

_TITLE_ROW, _ADVICE_ROW = 0, 1
#: Character cells of a page that is filled in by hand: more, and nobody reads it on paper.
_BY_HAND_CELLS = 225
#: Of 255 characters that a footer holds.
_LONGEST_FOOT = 80
_OFFERED = ("call", "choice", "outcome")
#: What may be done on a sheet whose other cells are protected from slips (no password).
_MAY = {
    "sort": True, "autofilter": True, "format_cells": True, "format_columns": True,
    "format_rows": True, "insert_columns": True, "insert_rows": True, "delete_columns": True,
}  # fmt: skip


def write_workbook(rec: Reconciliation, path: Path, counted: dict[str, Any] | None = None) -> None:
    """Write every sheet that has rows, the summary first, then in order of urgency.

    Args:
        rec: the run.
        path: file to write.
        counted: the run's figures, if they are at hand.
    """
    lang = rec.settings.lang
    made = sheets(rec)
    present = {sheet.key for sheet in made}

    def summary(book: Any, looks: Looks) -> None:
        write_summary_sheet(book, looks, rec, counted or figures(rec), present)

    write_tables(made, path, lang, rec.settings.as_of, summary)


def write_tables(
    made: list[Sheet],
    path: Path,
    lang: str,
    day: dt.date,
    first: Callable[[Any, Looks], None] | None = None,
) -> None:
    """Write a workbook of these sheets.

    Args:
        made: the sheets, in their order.
        path: file to write.
        lang: its language.
        day: the reference date, which stands in its properties instead of a clock.
        first: writes a sheet that stands before them.
    """
    layout = BytesIO()
    book = xlsxwriter.Workbook(layout, {"in_memory": True, "strings_to_urls": False})
    book.set_properties(
        {"title": text("sheet.summary", lang), "created": dt.datetime.combine(day, dt.time())}
    )
    looks = Looks(book)
    if first is not None:
        first(book, looks)
    tables = [measured(part, lang) for sheet in made for part in parts(sheet)]
    offered = sorted({c.offers for t in tables for c in t.columns if c.kind is Kind.CHOICE})
    for table in tables:
        page = lay_out(book, looks, table, lang)
        _write_samples(page, looks, table.columns)
    _write_choices(book, offered, lang)
    book.close()
    begin = 1 if first is None else 2
    assemble(layout, {f"xl/worksheets/sheet{n}.xml": t for n, t in enumerate(tables, begin)}, path)


def lay_out(book: Any, looks: Looks, table: Table, lang: str) -> Any:
    """A table's sheet without its rows: title, what to do with it, header; frozen, filtered."""
    sheet, columns = table.sheet, table.columns
    title = _title(sheet, lang)
    page = book.add_worksheet(title)
    page.set_tab_color(looks.tab(sheet.urgency))
    page.write_string(_TITLE_ROW, 0, title, looks.title)
    page.write_string(_ADVICE_ROW, 0, text(f"advice.{sheet.key}", lang), looks.advice)
    for i, (column, width) in enumerate(zip(columns, table.widths, strict=True)):
        header = looks.header_to_fill if column.kind in FILLED_IN else looks.header
        page.write_string(HEADER_ROW, i, text(f"column.{column.key}", lang), header)
        page.set_column(i, i, width, None, {"hidden": column.kind is Kind.KEY})
        if column.kind is Kind.CHOICE:
            _offer(page, i, len(table.frame), column.offers, lang)
        elif column.kind is Kind.FILL_DATE:
            _expect_date(page, i, len(table.frame), lang)
    last = HEADER_ROW + max(len(table.frame), 1)
    page.set_row(_TITLE_ROW, 24)
    page.set_row(HEADER_ROW, 30)
    page.freeze_panes(HEADER_ROW + 1, _frozen(columns))
    page.autofilter(HEADER_ROW, 0, last, len(columns) - 1)
    if any(column.kind is Kind.KEY for column in columns):
        page.protect("", _MAY)
    _prepare_print(page, table, lang)
    return page


def _title(sheet: Sheet, lang: str) -> str:
    """The sheet's name, numbered from the second on."""
    name = text(f"sheet.{sheet.key}", lang)
    return name if sheet.number == 1 else f"{name} {sheet.number}"


def _write_samples(page: Any, looks: Looks, columns: tuple[Column, ...]) -> None:
    """A cell of each look that a column's cells may have, in the order ``package`` reads them."""
    kinds = [(look, band) for look in (looks.cell, looks.quoted) for band in (False, True)]
    for n, (look, band) in enumerate(kinds, HEADER_ROW + 1):
        for place, column in enumerate(columns):
            page.write_blank(n, place, None, look(column.kind, band=band))


def _frozen(columns: tuple[Column, ...]) -> int:
    """Columns that stay in sight: up to the child's name, if it stands among the first."""
    keys = [c.key for c in columns]
    return keys.index("name") + 1 if "name" in keys[:3] else 0


def _offer(page: Any, place: int, rows: int, offers: str, lang: str) -> None:
    """A list to choose from, and nothing else accepted."""
    words = list(words_of(offers, lang).values())
    column = text(f"column.{offers}", lang)
    page.data_validation(
        HEADER_ROW + 1, place, HEADER_ROW + max(rows, 1), place,
        {"validate": "list", "source": f"='{text('sheet.choices', lang)}'!{_choices(offers, lang)}",
         "error_type": "stop", "error_title": column[:32],
         "error_message": " / ".join(words)[:255]},
    )  # fmt: skip


def _choices(offers: str, lang: str) -> str:
    """Where on the sheet of choices a table of words stands."""
    letter = xl_col_to_name(sorted(_OFFERED).index(offers))
    return f"${letter}$1:${letter}${len(words_of(offers, lang))}"


def _write_choices(book: Any, offered: list[str], lang: str) -> None:
    """The hidden sheet that the lists to choose from are read from."""
    if not offered:
        return
    page = book.add_worksheet(text("sheet.choices", lang))
    for at in range(len(_OFFERED)):
        page.set_column(at, at, 40 + at)  # of one width, they would be one
    for offers in offered:
        for row, words in enumerate(words_of(offers, lang).values()):
            page.write_string(row, sorted(_OFFERED).index(offers), words)
    page.hide()


def _expect_date(page: Any, place: int, rows: int, lang: str) -> None:
    """A hint that a date belongs here; what is typed otherwise is warned of, not refused."""
    page.data_validation(
        HEADER_ROW + 1, place, HEADER_ROW + max(rows, 1), place,
        {"validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1),
         "error_type": "warning", "error_message": text("word.date_expected", lang)},
    )  # fmt: skip


def _prepare_print(page: Any, table: Table, lang: str) -> None:
    """A4 landscape, header and names on every page, pages numbered; wide tables on several pages.

    Pressed onto one page, twenty columns would be too small to read on paper; of sheets that go out
    to be filled in, fewer already are.
    """
    named = _frozen(table.columns)
    shown = [w for c, w in zip(table.columns, table.widths, strict=True) if c.kind is not Kind.KEY]
    whole, again = sum(shown), sum(shown[:named])
    by_hand = any(column.kind in FILLED_IN for column in table.columns)
    room = min(table.sheet.page_cells, _BY_HAND_CELLS) if by_hand else table.sheet.page_cells
    across = 1 if whole <= room else max(2, math.ceil((whole - again) / (room - again)))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(across, 0)
    page.repeat_rows(HEADER_ROW)
    if across > 1 and named:
        page.repeat_columns(0, named - 1)
        page.print_across()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    # "&" begins a code in a footer; a name may hold one.
    foot = table.sheet.foot[:_LONGEST_FOOT].replace("&", "&&")
    page.set_footer(
        f"&L{foot}&C{text('word.page', lang)}" if foot else f"&C{text('word.page', lang)}"
    )
