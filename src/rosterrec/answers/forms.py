"""A workbook's sheets as rows of what was filled in, found by heading in either language."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from rosterrec import dates
from rosterrec.errors import InputError
from rosterrec.messages import LANGUAGES, text
from rosterrec.read import parse
from rosterrec.read.password import Passwords
from rosterrec.read.table import Table

#: Columns that a clerk fills in.
FILLED = (
    "decision", "outcome", "document_no", "document_date", "visited", "result", "got_date",
    "got_by", "remark", "called", "call",
)  # fmt: skip
#: Columns beside them that say whom a row is of, and who filled it in.
BESIDE = ("key", "by", "name", "id_number", "candidate", "candidate_id")
DATES = ("document_date", "visited", "got_date", "called")

FORM: dict[str, pl.DataType] = {
    "sheet": pl.String(),
    "row": pl.Int64(),
    **dict.fromkeys((*BESIDE, *FILLED), pl.String()),
    **{f"{name}_day": pl.Date() for name in DATES},
}


def read_forms(path: Path, passwords: Passwords | None = None) -> pl.DataFrame:
    """The rows of a workbook in which something is filled in.

    Args:
        path: the workbook.
        passwords: where to ask for its password, if it has one.

    Returns:
        ``sheet, row`` as a person sees them, every column of ``FILLED`` and ``BESIDE`` as text, and
        dates as ``<column>_day`` (null where the text is no date).

    Raises:
        InputError: ``file_missing``, ``file_protected``, ``file_damaged``, or ``no_forms`` where no
            sheet has the headings of a form.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise InputError("file_missing", file=path.name) from None
    tables, _, _ = parse(path.name, data, passwords=passwords)
    found = [form for table in tables if (form := _form(table)) is not None]
    if not found:
        raise InputError("no_forms", file=path.name)
    rows = pl.concat(found)
    filled = pl.any_horizontal(pl.col(name).is_not_null() for name in FILLED)
    return rows.filter(filled).sort("sheet", "row", maintain_order=True)


def _form(table: Table) -> pl.DataFrame | None:
    """The rows under the first row that has the heading of a key or of a column to fill in."""
    names = _headings()
    columns = [name for name in table.cells.columns if name != "row"]
    for at, cells in enumerate(table.cells.select(columns).iter_rows()):
        found: dict[str, str] = {}
        for column, cell in zip(columns, cells, strict=True):
            if cell and (name := names.get(_folded(cell))):
                found.setdefault(name, column)
        if "name" in found and any(name in found for name in FILLED):
            return _rows(table, at + 1, found)
    return None


def _rows(table: Table, start: int, found: dict[str, str]) -> pl.DataFrame:
    below = table.cells.slice(start)
    texts = {
        name: pl.col(found[name]) if name in found else pl.lit(None, dtype=pl.String)
        for name in (*BESIDE, *FILLED)
    }
    rows = below.select(pl.lit(table.sheet).alias("sheet"), "row", **texts)
    return rows.with_columns(**{f"{name}_day": dates.parse(pl.col(name)) for name in DATES})


def _headings() -> dict[str, str]:
    """Column by its heading, in either language."""
    return {
        _folded(text(f"column.{name}", lang)): name
        for lang in LANGUAGES
        for name in (*BESIDE, *FILLED)
    }


def _folded(heading: str) -> str:
    return "".join(heading.split()).lower().replace("(", "（").replace(")", "）")
