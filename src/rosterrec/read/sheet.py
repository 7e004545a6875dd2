"""One sheet into Raw rows: header, role, columns, and what each row is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from rosterrec import frames
from rosterrec.cells.page import column_letters
from rosterrec.errors import InputError
from rosterrec.frames import Field, Receipt, Role
from rosterrec.read.headings import field_of, mapping
from rosterrec.read.layout import Header, find_header, unfolded, with_kind_of_row
from rosterrec.read.roles import role_of
from rosterrec.read.table import Table
from rosterrec.settings import FilePin

#: A sheet with fewer filled rows or columns than these is a cover or a note, not a list.
_LIST_ROWS, _LIST_COLUMNS = 5, 3
_SCHOOL = re.compile(
    r"[\u4e00-\u9fff()（）]{2,24}?(?:九年一贯制学校|职业中学|职业学校|初级中学|高级中学|小学|中学|初中|高中|职中|学校|教学点)"
)
_CLASS = re.compile(
    r"(?:小学|初中|高中)?(?:[一二三四五六七八九]|\d)\s*[(（.年]\s*(?:级)?\s*[(（]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]?\s*班?"
    r"|[一二三四五六七八九]年级.{0,4}班|初[一二三].{0,4}班|\d{3}班"
)

#: What may be somebody's name: one of the hundred commonest surnames and one or two characters.
_NAMELIKE = re.compile(
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
    "[\u4e00-\u9fff]{1,2}"
)


@dataclass(frozen=True)
class Sheet:
    """A sheet as read: its raw rows, rejected rows, and the receipt."""

    raw: pl.DataFrame
    rejects: pl.DataFrame
    receipt: Receipt


@dataclass(frozen=True)
class Source:
    """Where a table comes from and what was said about it beforehand."""

    file: str
    format: str
    encoding: str
    role: tuple[Role, str] | None = None
    pin: FilePin | None = None


def read_sheet(table: Table, source: Source) -> Sheet | None:
    """The rows of one sheet; None for a sheet that holds no list.

    Raises:
        InputError: ``role_unknown``, ``header_missing``, ``header_row_wrong``, ``column_missing``,
            ``name_column_missing`` or ``formula_uncalculated``.
    """
    pin = source.pin
    header = find_header(table, pin.header_row if pin else None)
    if pin and pin.header_row and (header is None or not _holds_headings(header, pin)):
        raise InputError(
            "header_row_wrong", file=source.file, sheet=table.sheet, row=pin.header_row
        )
    if header is None:
        if _looks_like_a_list(table):
            raise without_header(source.file, table.sheet, [table])
        return None
    table, header = unfolded(table, header)
    role, basis = _role(table, header, source)
    fields, rest = mapping(header.headings, role)
    if pin:
        fields |= _pinned(pin, header, fields, table, source)
    needed = Field.SCHOOL if role is Role.SCHOOLS else Field.NAME
    if needed not in fields:
        raise InputError(
            "name_column_missing", file=source.file, sheet=table.sheet, headings=_shown(header)
        )
    _refuse_uncalculated(table, fields, source)
    body = _body(table, header)
    raw = _raw(body, table, header, fields, source.file, role)
    used, refused = _sifted(raw, role)
    if len(used) + len(refused) != len(body):
        raise AssertionError("rows used and rejected do not add up")
    receipt = Receipt(
        file=source.file, sheet=table.sheet, format=source.format, encoding=source.encoding,
        role=role, role_basis=basis, header_row=header.last,
        mapping={str(f): header.headings[i] or "" for f, i in fields.items()},
        unmapped=tuple(rest), rows=len(body), used=len(used), rejected=len(refused),
        findings=_oddities(table, fields), hidden=table.hidden,
    )  # fmt: skip
    return Sheet(used, refused, receipt)


def _looks_like_a_list(table: Table) -> bool:
    columns = [c for c in table.cells.columns if c != "row"]
    filled = (
        table.cells.select(pl.sum_horizontal(pl.col(c).is_not_null() for c in columns))
        if (columns)
        else None
    )
    return filled is not None and int((filled.to_series() >= _LIST_COLUMNS).sum()) >= _LIST_ROWS


def _role(table: Table, header: Header, source: Source) -> tuple[Role, str]:
    if source.role:
        return source.role
    words = (*header.titles, PurePath(source.file).stem, table.sheet)
    role = role_of([h for h in header.headings if h], words, table.sheet)
    if role is None:
        raise _role_unknown(table, source, _shown(header))
    return role, "headings"


def _role_unknown(table: Table, source: Source, headings: str) -> InputError:
    return InputError("role_unknown", file=source.file, sheet=table.sheet, headings=headings)


def _shown(header: Header) -> str:
    return ", ".join(dict.fromkeys(h for h in header.headings if h))[:200]


def without_header(file: str, sheet: str, tables: Sequence[Table]) -> InputError:
    """The refusal of a list in which no headings are known.

    What its first row of several words says is told only where these can be headings: a list
    without any begins with a person.
    """
    words = _first_words(tables)
    if not words or any(re.search(r"\d{4}", w) or w in {"男", "女"} for w in words):
        return InputError("header_missing", file=file, sheet=sheet)
    shown = ", ".join(w[0] + "…" if _NAMELIKE.fullmatch(w) else w[:8] for w in words)
    return InputError("role_unknown", file=file, sheet=sheet, headings=shown[:120])


def _first_words(tables: Sequence[Table]) -> list[str]:
    for table in tables:
        for cells in table.cells.drop("row").head(10).iter_rows():
            words = [w for w in cells if w]
            if len(words) >= 2:
                return words
    return []


def _holds_headings(header: Header, pin: FilePin) -> bool:
    words = {h for h in header.headings if h}
    return bool(words & set(pin.columns.values())) or any(field_of(w) for w in words)


def _pinned(
    pin: FilePin, header: Header, known: dict[Field, int], table: Table, source: Source
) -> dict[Field, int]:
    """Columns by the headings that the settings name; one of several files may lack a heading."""
    places = {h: i for i, h in reversed(list(enumerate(header.headings))) if h}
    for field, heading in pin.columns.items():
        if heading not in places and field not in known:
            raise InputError(
                "column_missing", file=source.file, sheet=table.sheet, column=heading,
                headings=_shown(header),
            )  # fmt: skip
    return {field: places[h] for field, h in pin.columns.items() if h in places}


def _body(table: Table, header: Header) -> pl.DataFrame:
    """The rows below the header that hold anything, with what kind of row each is."""
    columns = [c for c in table.cells.columns if c != "row"]
    below = table.cells.filter(
        (pl.col("row") > header.last) & pl.any_horizontal(pl.col(c).is_not_null() for c in columns)
    )
    return with_kind_of_row(below, header.headings)


def _raw(
    body: pl.DataFrame,
    table: Table,
    header: Header,
    fields: dict[Field, int],
    file: str,
    role: Role,
) -> pl.DataFrame:
    """All rows below the header as Raw, with ``problem`` where a row is not a person."""
    number = next((fields[f] for f in (Field.ID, Field.DISABILITY_NO) if f in fields), None)
    rounded = table.rounded.get(number, []) if number is not None else []
    named = body.select(
        "row",
        "problem",
        *(pl.col(f"c{i}").alias(str(field)) for field, i in fields.items()),
        file=pl.lit(file),
        sheet=pl.lit(table.sheet),
        id_cell=pl.when(pl.col("row").is_in(rounded))
        .then(pl.lit("number"))
        .otherwise(pl.lit("text")),
    )
    if role is Role.ROSTER:
        named = _from_surroundings(named, table, header, file)
    return frames.conform(named, {**frames.RAW, "problem": pl.String()})


def _from_surroundings(raw: pl.DataFrame, table: Table, header: Header, file: str) -> pl.DataFrame:
    """School and class out of title, sheet and file names where the rows do not say."""
    words = [*header.titles, table.sheet, PurePath(file).stem]
    school = next((s for w in words if (s := _school_in(w))), None)
    in_sheet = _class_in(table.sheet) or next((c for w in words if (c := _class_in(w))), None)
    added = {Field.SCHOOL: school, Field.CLASS_NAME: in_sheet}
    columns = [
        (pl.col(field) if field in raw.columns else pl.lit(None, dtype=pl.String))
        .fill_null(pl.lit(text, dtype=pl.String))
        .alias(field)
        for field, text in added.items()
    ]
    grade = pl.col(Field.GRADE) if Field.GRADE in raw.columns else pl.lit(None, dtype=pl.String)
    return raw.with_columns(*columns, grade.alias(Field.GRADE))


def _school_in(words: str) -> str | None:
    """The school's name inside a title such as "填报单位：青溪小学" or "名册_青溪小学"."""
    text = re.sub(r"^.*?[:：_]", "", words) if re.search(r"[:：_]", words) else words
    found = _SCHOOL.search(re.sub(r"\s", "", text))
    return found.group() if found else None


def _class_in(words: str) -> str | None:
    found = _CLASS.search(re.sub(r"\s", "", words))
    return found.group() if found else None


def _sifted(raw: pl.DataFrame, role: Role) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that can be used, and Rejects: footers, repeated headers, rows that name nobody."""
    naming = (
        (Field.SCHOOL, Field.SCHOOL_CODE)
        if role is Role.SCHOOLS
        else (Field.NAME, Field.ID, Field.STUDENT_NO, Field.DISABILITY_NO)
    )
    nobody = pl.all_horizontal(pl.col(field).is_null() for field in naming)
    marked = raw.with_columns(
        problem=pl.coalesce("problem", pl.when(nobody).then(pl.lit("no_name_no_id")))
    )
    used = marked.filter(pl.col("problem").is_null()).drop("problem")
    refused = marked.filter(pl.col("problem").is_not_null())
    return used, frames.conform(refused, frames.REJECTS)


def _oddities(table: Table, fields: dict[Field, int]) -> tuple[str, ...]:
    """Codes of what a person should know about the sheet."""
    holds = {
        "hidden_sheet": table.hidden,
        "rounded_numbers": bool(table.rounded.get(fields.get(Field.ID, -1))),
        "error_cells": table.errors > 0,
        "hidden_rows": bool(table.hidden_rows),
        "hidden_columns": bool(table.hidden_columns),
        "uncalculated": bool(table.uncalculated),
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
