"""One package as a workbook: a cover with its counts, and the sheets to fill in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from rosterrec.messages import text
from rosterrec.report import returned
from rosterrec.report.duties import LACKING, OPEN, OUT, REVIEW
from rosterrec.report.looks import Looks
from rosterrec.report.policy import Policy, masked, prove
from rosterrec.report.spec import CARRIED_CELLS, Column, Kind, Sheet, Urgency
from rosterrec.report.workbook import write_tables

#: Numbers in a remark that could be an ID or a telephone.
_NUMBERS = "[0-9０-９]{6,}[0-9０-９Xx]"
_LONG_AGO = 30
_WHO = (
    Column("status", widest=14), Column("days", Kind.NUMBER), Column("name", widest=14),
    Column("sex", widest=6), Column("birth_date", Kind.TEXT, 12), Column("id_number", widest=20),
    Column("village", widest=14, may_go=True), Column("household", widest=14, may_go=True),
    Column("guardians", widest=20, may_go=True), Column("phone", widest=14, may_go=True),
    Column("teacher", widest=10, may_go=True),
)  # fmt: skip
_SCHOOL = (
    Column("school", widest=24, may_go=True), Column("grade", Kind.NUMBER, may_go=True),
    Column("class_name", widest=8, may_go=True),
)  # fmt: skip
_SAID = (Column("claim", Kind.LONG, 22, may_go=True), Column("note", Kind.LONG, 16, may_go=True))
_COLUMNS: dict[str, tuple[Column, ...]] = {
    OUT: (
        *_WHO, *_SCHOOL, Column("reason", Kind.LONG, 34),
        Column("flags", Kind.LONG, 24, may_go=True), *_SAID, *returned.FINDING, returned.KEY,
    ),
    LACKING: (
        *_WHO, *_SCHOOL, Column("proof", widest=10), Column("proof_date", Kind.DATE, may_go=True),
        *_SAID, Column("got_date", Kind.FILL_DATE, 16), Column("got_by", Kind.FILL, 22),
        Column("remark", Kind.FILL, 20), Column("by", Kind.FILL, 10), returned.KEY,
    ),
    REVIEW: (
        *_WHO, Column("candidate", widest=14, may_go=True),
        Column("candidate_school", widest=20, may_go=True),
        Column("candidate_row", Kind.LONG, 20, may_go=True),
        Column("likelihood", widest=12, may_go=True), Column("differs", Kind.LONG, 14, may_go=True),
        Column("why", Kind.LONG, 34), Column("decision", Kind.CHOICE, 14), *returned.SETTING,
        Column("remark", Kind.FILL, 20), Column("by", Kind.FILL, 10), returned.KEY,
    ),
}  # fmt: skip


def sheets_of(
    duties: pl.DataFrame, policy: Policy, run_key: str, lang: str, foot: str = ""
) -> list[Sheet]:
    """The sheets of a package that have rows, the longest open first, proven to give nobody away.

    What is the same in every row, and what the policy leaves nothing of, has no column.

    Args:
        duties: its rows (``DUTIES``) with ``since`` and ``days``.
        policy: who will read it.
        run_key: of the run, which the hidden column names beside the row.
        lang: of the run.
        foot: whose package it is, for the foot of the printed pages.

    Raises:
        InputError: ``would_reveal``.
    """
    shown = shown_to(_longest_open_first(duties), policy, run_key, lang)
    gone = _told_by_the_cover(duties) | (set() if policy is Policy.FULL else {"id_number"})
    made = []
    for form in OPEN:
        rows = shown.filter(pl.col("form") == form)
        if not len(rows):
            continue
        columns = tuple(_as_shown(c, policy) for c in _COLUMNS[form] if c.key not in gone)
        kept = rows.select(c.key for c in columns if c.key in rows.columns)
        made.append(
            Sheet(
                form, prove(kept, policy, form), columns, Urgency.NOW, page_cells=CARRIED_CELLS,
                least_lines=2, foot=foot,
            )
        )  # fmt: skip
    return made


def _longest_open_first(duties: pl.DataFrame) -> pl.DataFrame:
    """The rows by how long they are open, then family by family."""
    return duties.sort(
        "days", "village", "household", "row", "n",
        descending=[True, *[False] * 4], nulls_last=True,
    )  # fmt: skip


def _told_by_the_cover(duties: pl.DataFrame) -> set[str]:
    """Whom the whole package is for: the village or the teacher that all its rows have."""
    return {
        column for column in ("village", "teacher")
        if duties["township", column].n_unique() == 1 and duties[column].null_count() == 0
    }  # fmt: skip


def shown_to(duties: pl.DataFrame, policy: Policy, run_key: str, lang: str) -> pl.DataFrame:
    """Rows as a policy shows them, the key replaced by the row's number in its run."""
    shown = masked(duties, policy)
    if policy is not Policy.FULL:
        shown = shown.with_columns(
            pl.col("claim", "note").str.replace_all(_NUMBERS, "***"),
            # Some lists number a household by the ID of its head.
            pl.col("household").str.replace_all("[0-9]{17}[0-9Xx]", "***"),
        )
    return shown.with_columns(
        guardians=pl.col("guardians").str.replace_all("|", text("word.comma", lang), literal=True),
        key=pl.format("T{}@{}", "n", pl.lit(run_key[:12])),
    )


def _as_shown(column: Column, policy: Policy) -> Column:
    if column.key == "birth_date" and policy is Policy.FULL:
        return Column("birth_date", Kind.DATE)
    return column


def write_package(
    made: list[Sheet], duties: pl.DataFrame, title: str, day: dt.date, lang: str, path: Path
) -> None:
    """Write a package: the cover, then its sheets."""

    def cover(book: Any, looks: Looks) -> None:
        _cover(book, looks, duties, title, day, lang)

    write_tables(made, path, lang, day, cover)


def _cover(
    book: Any, looks: Looks, duties: pl.DataFrame, title: str, day: dt.date, lang: str
) -> None:
    page = book.add_worksheet(text("sheet.cover", lang))
    page.hide_gridlines(2)
    page.set_column(0, 0, 24)
    page.set_column(1, 4, 14)
    page.set_row(0, 24)
    page.write_string(0, 0, title, looks.title)
    page.write_string(1, 0, text("advice.cover", lang, as_of=day), looks.advice)
    page.set_row(3, 30)
    heads = ("case", "cases", "children", "long_open", "longest")
    for place, key in enumerate(heads):
        page.write_string(3, place, text(f"column.{key}", lang), looks.header)
    lines = [(text(f"sheet.{form}", lang), duties.filter(pl.col("form") == form)) for form in OPEN]
    lines = [(words, rows) for words, rows in lines if len(rows)]
    for at, (words, rows) in enumerate([*lines, (text("column.total", lang), duties)], 4):
        page.write_string(at, 0, words, looks.name if rows is not duties else looks.name_bold)
        for place, number in enumerate(counts(rows), 1):
            page.write_number(at, place, number, looks.number)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def counts(duties: pl.DataFrame) -> tuple[int, int, int, int]:
    """Cases, children, cases open longer than a month, days of the longest.

    A child beside several rows that may be its own is one case.
    """
    cases = duties.unique(["form", "person_id"])
    long = cases.filter(pl.col("days") > _LONG_AGO)
    return (
        len(cases), cases["person_id"].n_unique(), len(long),
        int(cases.select(pl.col("days").max().fill_null(0)).item()),
    )  # fmt: skip
