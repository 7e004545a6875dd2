"""The lists of one sheet into Raw rows: header, role, columns, and what each row is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import polars as pl

from rosterrec import frames
from rosterrec.cells.page import column_letters
from rosterrec.cells.surnames import COMMON, DOUBLE
from rosterrec.errors import InputError
from rosterrec.frames import Field, Receipt, Role
from rosterrec.read import content
from rosterrec.read.columns import choose
from rosterrec.read.headings import field_of
from rosterrec.read.layout import Header
from rosterrec.read.rejects import with_reason
from rosterrec.read.roles import judged, role_of
from rosterrec.read.rows import with_kind_of_row, with_sections
from rosterrec.read.sections import Part, parts
from rosterrec.read.surroundings import with_surroundings
from rosterrec.read.table import Table
from rosterrec.read.wider import are_wider, mended
from rosterrec.settings import FilePin

#: A sheet with fewer filled rows or columns than these is a cover or a note, not a list.
_LIST_ROWS, _LIST_COLUMNS = 5, 3
#: What may be somebody's name: one of the two hundred commonest surnames and a character, or any
#: three; of four those with a surname of two.
_NAMELIKE = re.compile(
    rf"[{COMMON}][\u4e00-\u9fff]|[\u3400-\u9fff]{{3}}|(?:{DOUBLE})[\u3400-\u9fff]{{2}}"
)


@dataclass(frozen=True)
class Sheet:
    """A list as read: its raw rows, rejected rows, the receipt, and rows put together again."""

    raw: pl.DataFrame
    rejects: pl.DataFrame
    receipt: Receipt
    joined: tuple[int, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where a table comes from and what was said about it beforehand.

    ``alike``: roles of the file's other lists by their headings. ``shown``: somebody is shown the
    first values of each column.
    """

    file: str
    format: str
    encoding: str
    as_of: dt.date
    role: tuple[Role, str] | None = None
    pin: FilePin | None = None
    alike: Mapping[frozenset[str], Role] | None = None
    shown: bool = True


def read_sheet(table: Table, source: Source) -> list[Sheet]:
    """The lists of one sheet; none for a sheet that holds no list.

    Raises:
        InputError: ``role_unknown``, ``header_missing``, ``header_row_wrong``, ``column_missing``,
            ``name_column_missing`` or ``formula_uncalculated``.
    """
    pin = source.pin
    found = parts(table, pin.header_row if pin else None)
    if pin and pin.header_row and not any(_holds_headings(part.header, pin) for part in found):
        raise InputError(
            "header_row_wrong", file=source.file, sheet=table.sheet, row=pin.header_row
        )
    if not found and _looks_like_a_list(table):
        raise without_header(source.file, table.sheet, [table])
    titles = found[0].header.titles if found else ()
    return [_read(_titled(part, titles), source, alone=len(found) == 1) for part in found]


def _titled(part: Part, titles: tuple[str, ...]) -> Part:
    """A list beside another, under the title of both."""
    if not part.beside or part.header.titles:
        return part
    return replace(part, header=replace(part.header, titles=titles))


def _read(part: Part, source: Source, *, alone: bool) -> Sheet:
    """One list, with every row of it either used or rejected."""
    sheet = f"{part.table.sheet}{part.beside}"
    role = _role(part, source, sheet)
    body, joined = _mended(_body(part), part, source)
    people = body.filter(pl.col("problem").is_null())
    pins = _pinned(source, part.header, role.role, sheet)
    fields, uses = choose(part.header, people, role.role, source.as_of, pins, shown=source.shown)
    needed = Field.SCHOOL if role.role is Role.SCHOOLS else Field.NAME
    if needed not in fields:
        headings = _shown(part.header)
        raise InputError("name_column_missing", file=source.file, sheet=sheet, headings=headings)
    _refuse_uncalculated(part.table, fields, source)
    raw = with_sections(_raw(body, part, fields, source.file, sheet), body)
    titles = part.header.titles if not alone else (part.table.sheet, *part.header.titles)
    raw = with_surroundings(raw, role.role, titles, part.table.sheet, PurePath(source.file).stem)
    used, refused = sifted(raw, body, part.header, role.role)
    if len(used) + len(refused) != len(body):
        raise AssertionError("rows used and rejected do not add up")
    last = part.table.cells["row"].max()
    receipt = Receipt(
        file=source.file, sheet=sheet, format=source.format, encoding=source.encoding,
        role=role.role, role_basis=role.basis, header_row=part.header.last,
        mapping={str(f): part.header.headings.get(i, "") for f, i in fields.items()},
        unmapped=tuple(u.heading for u in uses if not u.field and u.heading),
        rows=len(body), used=len(used), rejected=len(refused),
        findings=_oddities(part, fields, people), hidden=part.table.hidden, columns=uses,
        role_why=role.why, role_runner_up=str(role.runner_up or ""),
        last_row=last if isinstance(last, int) else part.header.last,
    )  # fmt: skip
    return Sheet(used, refused, receipt, joined)


def _mended(body: pl.DataFrame, part: Part, source: Source) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """The rows, and the numbers of those in which a comma had parted a cell."""
    return mended(part.header, body) if source.format == "csv" else (body, ())


def _looks_like_a_list(table: Table) -> bool:
    columns = [c for c in table.cells.columns if c != "row"]
    if not columns:
        return False
    filled = table.cells.select(pl.sum_horizontal(pl.col(c).is_not_null() for c in columns))
    return int((filled.to_series() >= _LIST_COLUMNS).sum()) >= _LIST_ROWS


@dataclass(frozen=True)
class _Role:
    role: Role
    basis: str
    why: tuple[str, ...] = ()
    runner_up: Role | None = None


def _role(part: Part, source: Source, sheet: str) -> _Role:
    if source.role:
        return _Role(*source.role)
    headings = list(part.header.headings.values())
    stem = PurePath(source.file).stem
    words = (*part.header.titles, stem, part.table.sheet)
    role = role_of(headings, words, part.table.sheet or stem)
    if role is None and source.alike and (known := source.alike.get(frozenset(headings))):
        return _Role(known, "headings", tuple(headings[:4]))
    if role is None:
        shown = _shown(part.header)
        raise InputError("role_unknown", file=source.file, sheet=sheet, headings=shown)
    why, runner_up = judged(headings, words, part.table.sheet or stem, role)
    return _Role(role, "headings", why, runner_up)


def _shown(header: Header) -> str:
    return ", ".join(dict.fromkeys(header.headings.values()))[:200]


def without_header(file: str, sheet: str, tables: Sequence[Table]) -> InputError:
    """The refusal of a list in which no headings are known.

    What its first row of several words says is told only where these can be headings: a list
    without any begins with a person.
    """
    words = _first_words(tables)
    if not words or any(re.search(r"\d{4}", w) or w in {"男", "女"} for w in words):
        return InputError("header_missing", file=file, sheet=sheet)
    shown = ", ".join(
        w[:8] if field_of(w) or not _NAMELIKE.fullmatch(w) else w[0] + "…" for w in words
    )
    return InputError("role_unknown", file=file, sheet=sheet, headings=shown[:120])


def _first_words(tables: Sequence[Table]) -> list[str]:
    for table in tables:
        for cells in table.cells.drop("row").head(10).iter_rows():
            words = [w for w in cells if w]
            if len(words) >= 2:
                return words
    return []


def _holds_headings(header: Header, pin: FilePin) -> bool:
    words = set(header.headings.values())
    return bool(words & set(pin.columns.values())) or any(field_of(w) for w in words)


def _pinned(source: Source, header: Header, role: Role, sheet: str) -> dict[Field, int]:
    """Columns by the headings that the settings name; one of several files may lack a heading."""
    if source.pin is None:
        return {}
    places = {h: i for i, h in reversed(header.headings.items())}
    known = {field_of(h, role) for h in places}
    for field, heading in source.pin.columns.items():
        if heading not in places and field not in known:
            raise InputError(
                "column_missing", file=source.file, sheet=sheet, column=heading,
                headings=_shown(header),
            )  # fmt: skip
    return {field: places[h] for field, h in source.pin.columns.items() if h in places}


def _body(part: Part) -> pl.DataFrame:
    """The rows below the header that hold anything, with what kind of row each is."""
    cells = part.table.cells
    columns = [c for c in cells.columns if c != "row"]
    below = cells.filter(
        (pl.col("row") > part.header.last)
        & pl.any_horizontal(pl.col(c).is_not_null() for c in columns)
    )
    kinds = with_kind_of_row(below, part.header)
    title = pl.when(pl.col("row").is_in(part.titles)).then(pl.lit("title"))
    known = kinds.with_columns(problem=pl.coalesce(title, "problem"))
    if part.aside is None:
        return known
    numbered = pl.any_horizontal(pl.col(c).str.contains(r"\d{14}") for c in columns)
    after = (pl.col("row") >= part.aside) & ~numbered.fill_null(value=False)
    other = pl.when(after).then(pl.lit("other_table"))
    return known.with_columns(problem=pl.coalesce("problem", other))


def _raw(
    body: pl.DataFrame, part: Part, fields: dict[Field, int], file: str, sheet: str
) -> pl.DataFrame:
    """All rows below the header with their fields, and ``problem`` where a row is no person."""
    number = next((fields[f] for f in (Field.ID, Field.DISABILITY_NO) if f in fields), None)
    rounded = part.table.rounded.get(number, []) if number is not None else []
    return body.select(
        "row",
        "problem",
        *(pl.col(f"c{i}").alias(str(field)) for field, i in fields.items()),
        file=pl.lit(file),
        sheet=pl.lit(sheet),
        id_cell=pl.when(pl.col("row").is_in(rounded))
        .then(pl.lit("number"))
        .otherwise(pl.lit("text")),
    )


def sifted(
    raw: pl.DataFrame, body: pl.DataFrame, header: Header, role: Role
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that can be used, and Rejects: footers, repeated headers, rows that name nobody."""
    naming = (
        (Field.SCHOOL, Field.SCHOOL_CODE)
        if role is Role.SCHOOLS
        else (Field.NAME, Field.ID, Field.STUDENT_NO, Field.DISABILITY_NO)
    )
    whole = frames.conform(raw, {**frames.RAW, "problem": pl.String()})
    nobody = pl.all_horizontal(pl.col(field).is_null() for field in naming)
    marked = whole.with_columns(
        problem=pl.coalesce("problem", pl.when(nobody).then(pl.lit("no_name_no_id")))
    )
    used = marked.filter(pl.col("problem").is_null()).drop("problem")
    bad = marked["problem"].is_not_null()
    refused = with_reason(marked.filter(bad), body.filter(bad), header)
    return used, refused


def _oddities(part: Part, fields: dict[Field, int], people: pl.DataFrame) -> tuple[str, ...]:
    """Codes of what a person should know about the sheet."""
    table = part.table
    number = fields.get(Field.ID, -1)
    unlike = any(content.unlike(f, people[f"c{i}"]) for f, i in fields.items())
    holds = {
        "hidden_sheet": table.hidden,
        "rounded_numbers": bool(table.rounded.get(number))
        or (number >= 0 and content.written_as_powers(people[f"c{number}"])),
        "error_cells": table.errors > 0,
        "unlike_heading": unlike,
        "hidden_rows": bool(table.hidden_rows),
        "hidden_columns": bool(table.hidden_columns),
        "uncalculated": bool(table.uncalculated),
        "other_table": part.aside is not None,
        "rows_wider": are_wider(part.header, people) and not table.sheet,
    }
    return (*(code for code, true in holds.items() if true), *table.notes)


def _refuse_uncalculated(table: Table, fields: dict[Field, int], source: Source) -> None:
    """Refuse a name or number that is a formula nobody has worked out: the cell has no value."""
    for field in (Field.NAME, Field.ID, Field.STUDENT_NO, Field.BIRTH):
        if rows := table.uncalculated.get(fields.get(field, -1)):
            raise InputError(
                "formula_uncalculated", file=source.file, sheet=table.sheet, row=rows[0],
                n=len(rows), column=column_letters(fields[field]),
            )  # fmt: skip
