"""Whatever cells and bytes hold: right or refused, every row used or rejected, never a fault."""

import csv
import datetime as dt
import io
import random
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

import polars as pl
import pytest
import xlwt
from benchmarks.mutations import good, mutated
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec import messages
from rosterrec.cells.sandbox import Sandbox
from rosterrec.errors import InputError
from rosterrec.frames import Role
from rosterrec.read import Passwords, parse
from rosterrec.read.archive import members
from rosterrec.read.sheet import Sheet, Source, read_sheet
from rosterrec.read.table import Table

from .build import ods_row, opendocument, row_xml, sheet_xml, spreadsheet_2003, workbook

AS_OF = dt.date(2024, 10, 15)
HEAD = ("姓名", "身份证号", "班级", "备注")
FILES = good()
Rows = Sequence[Sequence[str]]
QUICK = settings(deadline=None, max_examples=50)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as child:
        yield child


def lists(table: Table) -> list[Sheet]:
    """The lists of a table, which account for every row of it that holds anything."""
    source = Source("名册.xlsx", "xlsx", "", AS_OF, (Role.ROSTER, "flag"))
    found = read_sheet(table, source)
    for sheet in found:
        assert sheet.receipt.rows == sheet.receipt.used + sheet.receipt.rejected
        assert len(sheet.raw) + len(sheet.rejects) == sheet.receipt.rows
    return found


def escaped(text: str) -> str:
    """As a workbook writes what XML cannot hold, and words that look so written."""
    text = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    written = re.sub("[\x00-\x1f]", lambda found: f"_x{ord(found.group()):04X}_", text)
    return escape(written)


def in_xlsx(rows: Rows) -> bytes:
    lines = (row_xml(n, *map(escaped, row)) for n, row in enumerate(rows, 1))
    return workbook(sheet_xml("".join(lines)))


def in_ods(rows: Rows) -> bytes:
    return opendocument("".join(ods_row(*map(escape, row)) for row in rows))


def in_xml(rows: Rows) -> bytes:
    def cell(text: str) -> str:
        return f'<Cell><Data ss:Type="String">{escape(text)}</Data></Cell>'

    return spreadsheet_2003("".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows))


def in_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("甲")
    for n, row in enumerate(rows):
        for i, text in enumerate(row):
            page.write(n, i, text)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def in_csv(rows: Rows) -> bytes:
    held = io.StringIO()
    csv.writer(held, quoting=csv.QUOTE_ALL).writerows(rows)
    return held.getvalue().encode("utf-8-sig")


def in_parquet(rows: Rows) -> bytes:
    held = io.BytesIO()
    pl.DataFrame(list(rows[1:]), schema=list(rows[0]), orient="row").write_parquet(held)
    return held.getvalue()


def cells(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    text = st.lists(alphabet | ODD, max_size=4).map("".join)
    return st.lists(st.lists(text, min_size=4, max_size=4), min_size=1, max_size=5)


ODD = st.sampled_from(
    [
        "_x001B_",
        "_x005F_",
        "_xD800_",
        "_x1F",
        "=1+1",
        "\u202e",
        "\u200b",
        "\x7f",
        "\ue000",
        "𠮷",
        "□",
    ]
)
#: What XML can hold; a carriage return in it is read as the end of a line.
LEGAL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=3
)
ANY = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=3
)
WRITERS: dict[str, tuple[Callable[[Rows], bytes], st.SearchStrategy[list[list[str]]]]] = {
    "xlsx": (in_xlsx, cells(ANY)),
    "ods": (in_ods, cells(LEGAL)),
    "xml 2003": (in_xml, cells(LEGAL)),
    "xls": (in_xls, cells(ANY)),
    "csv": (in_csv, cells(LEGAL)),
    "parquet": (in_parquet, cells(ANY)),
}


def plain(text: str) -> str | None:
    """A cell as it must come back: without controls, without blanks around it."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text).strip() or None


@pytest.mark.parametrize("kind", WRITERS)
def test_whatever_cells_hold_they_come_back_and_no_row_is_lost(kind: str, sandbox: Sandbox) -> None:
    write, every = WRITERS[kind]

    @QUICK
    @given(every)
    def law(rows: list[list[str]]) -> None:
        (table,), _, _ = parse("a", write([HEAD, *rows]), sandbox=sandbox)
        expected = [tuple(map(plain, row)) for row in (HEAD, *rows)]
        # A comma within a cell of text may have been room for a column that holds nothing.
        filled = [row for row in table.cells.iter_rows() if any(row[:-1])]
        shown = [row[: len(HEAD)] for row in filled]
        assert not any(any(row[len(HEAD) : -1]) for row in filled)
        assert shown == [row for row in expected if any(row)]
        seen = [n for sheet in lists(table) for n in (*sheet.raw["row"], *sheet.rejects["row"])]
        assert len(seen) == len(set(seen)) == len(shown) - 1

    law()


def outcome(name: str, data: bytes, sandbox: Sandbox) -> str:
    """What becomes of a file: that it was read, or the sentence that refuses it."""
    try:
        for member, content in members(name, data):
            tables, _, _ = parse(member, content, sandbox=sandbox, passwords=Passwords())
            for table in tables:
                lists(table)
    except InputError as error:
        return messages.text(f"error.{error.code}", "zh", **error.facts)
    return "read"


@pytest.mark.parametrize("name", FILES)
def test_mutated_bytes_are_read_or_refused(name: str, sandbox: Sandbox) -> None:
    others = list(FILES.values())

    @QUICK
    @given(st.integers(0, 2**32))
    def law(seed: int) -> None:
        assert outcome(name, mutated(FILES[name], others, random.Random(seed)), sandbox)

    law()


def test_half_of_a_pair_of_surrogates_stays_as_it_is_written(sandbox: Sandbox) -> None:
    made = workbook(sheet_xml(row_xml(1, "a_xD800_", "b")))
    (table,), _, _ = parse("a.xlsx", made, sandbox=sandbox)
    assert table.cells.drop("row").row(0) == ("a_xD800_", "b")
