"""Stage 1: files become raw text rows with their places, and rows that cannot be used are named.

Faults, each an InputError: file_missing, file_empty, file_protected, file_damaged, format_unknown,
encoding_mixed, encoding_unknown, role_unknown, header_missing, header_row_wrong, sheet_missing,
column_missing, name_column_missing, population_empty, pattern_unmatched, pin_unmatched,
folder_empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl

from rosterrec import frames
from rosterrec.errors import InputError
from rosterrec.frames import Finding, InputFile, Raw, Receipt, Rejects, Role
from rosterrec.read.delimited import read_delimited
from rosterrec.read.discover import discover, pin_of, relative, role_by_pattern
from rosterrec.read.markup import read_markup
from rosterrec.read.sheet import Sheet, Source, read_sheet, without_header
from rosterrec.read.sniff import Format, decode, sniff
from rosterrec.read.table import Table
from rosterrec.read.workbook import read_workbook
from rosterrec.settings import FilePin, Settings

__all__ = ["FileRead", "ReadResult", "discover", "read", "read_each", "together"]


@dataclass(frozen=True)
class ReadResult:
    """Every role's rows, what was left out, how each sheet was read, and the files themselves."""

    raw: dict[Role, Raw]
    rejects: Rejects
    receipts: tuple[Receipt, ...]
    inputs: tuple[InputFile, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class FileRead:
    """One file as read, or why it cannot be."""

    name: str
    input: InputFile | None = None
    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: InputError | None = None


def read(
    paths: Sequence[Path],
    settings: Settings,
    *,
    base: Path,
    observe: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> ReadResult:
    """Read every file once, and every sheet of it.

    Args:
        paths: the files, in the order in which their rows are to stand.
        settings: roles and pins by file pattern.
        base: folder that file names are shown relative to.
        observe: told of each file.

    Raises:
        InputError: a file cannot be read, or what a sheet is for cannot be told.
    """
    files: list[FileRead] = []
    for file in read_each(paths, settings, base=base, observe=observe):
        if file.refused:
            raise file.refused
        files.append(file)
    _refuse_empty_population([sheet for file in files for sheet in file.sheets])
    return together(files)


def read_each(
    paths: Sequence[Path],
    settings: Settings,
    *,
    base: Path,
    observe: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Iterator[FileRead]:
    """Every file in turn, read or refused; arguments as for ``read``."""
    for i, path in enumerate(paths):
        observe("read", i, len(paths))
        name = relative(path, base)
        try:
            data = _bytes(path, name)
        except InputError as error:
            yield FileRead(name, refused=error)
            continue
        known = InputFile(name, sha256(data).hexdigest(), len(data))
        pin, role = pin_of(path, settings, base), role_by_pattern(path, settings, base)
        try:
            sheets, noted = _read_file(name, data, pin, role, settings.as_of)
        except InputError as error:
            yield FileRead(name, known, refused=error)
        else:
            yield FileRead(name, known, tuple(sheets), tuple(noted))


def together(files: Sequence[FileRead]) -> ReadResult:
    """What all files hold, role by role, and which lists are not among them."""
    sheets = [sheet for file in files for sheet in file.sheets]
    missing = [
        Finding(f"no_{role}", {})
        for role in (Role.REGISTRY, Role.ROSTER, Role.SCHOOLS)
        if all(sheet.receipt.role is not role for sheet in sheets)
    ]
    return ReadResult(
        raw={role: _of_role(sheets, role) for role in Role},
        rejects=Rejects(_all([s.rejects for s in sheets], frames.REJECTS)),
        receipts=tuple(s.receipt for s in sheets),
        inputs=tuple(file.input for file in files if file.input),
        findings=(*(f for file in files for f in file.findings), *missing),
    )


def _refuse_empty_population(sheets: list[Sheet]) -> None:
    """Refuse a police list that is there but holds nobody; that there is none is said elsewhere."""
    lists = [s.receipt for s in sheets if s.receipt.role is Role.POPULATION]
    if lists and not any(receipt.used for receipt in lists):
        raise InputError("population_empty", file=lists[0].file, sheet=lists[0].sheet)


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise InputError("file_missing", file=name) from None


def _read_file(
    name: str, data: bytes, pin: FilePin | None, role: tuple[Role, str] | None, as_of: dt.date
) -> tuple[list[Sheet], list[Finding]]:
    """The lists of one file; sheets that hold none are noted."""
    tables, kind, encoding = parse(name, data, pin.encoding if pin else None)
    source = Source(name, kind, encoding, as_of, role, pin)
    sheets: list[Sheet] = []
    noted: list[Finding] = []
    if pin and pin.sheet:
        names = ", ".join(table.sheet for table in tables)
        tables = [table for table in tables if table.sheet == pin.sheet]
        if not tables:
            raise InputError("sheet_missing", file=name, sheet=pin.sheet, sheets=names)
    for table in tables:
        lists = read_sheet(table, source)
        sheets += lists
        if not lists and _holds_anything(
            table
        ):  # the empty Sheet2 and Sheet3 of every old workbook do not
            noted.append(Finding("sheet_without_table", {"file": name, "sheet": table.sheet}))
    if not sheets:
        raise without_header(name, "", tables)
    return sheets, noted


def _holds_anything(table: Table) -> bool:
    cells = table.cells.drop("row")
    return any(cells[c].null_count() < len(cells) for c in cells.columns)


def parse(name: str, data: bytes, encoding: str | None = None) -> tuple[list[Table], str, str]:
    """The sheets of a file, its format and its encoding, from its bytes alone.

    Raises:
        InputError: see the module.
    """
    kind = sniff(name, data)
    if kind is Format.MARKUP:
        tables, used = read_markup(name, data)
        return tables, kind, used
    if kind is Format.TEXT:
        text, used = decode(name, data, encoding)
        return [read_delimited(text)], kind, used
    if kind is Format.PARQUET:
        return [_parquet(name, data)], kind, ""
    return read_workbook(name, data), kind, ""


def _parquet(name: str, data: bytes) -> Table:
    """A Parquet file with its column names as the header row."""
    try:
        frame = pl.read_parquet(data)
    except Exception:
        raise InputError("file_damaged", file=name) from None
    texts = frame.select(pl.all().cast(pl.String, strict=False))
    header = pl.DataFrame({c: [c] for c in texts.columns}, schema=texts.schema)
    cells = pl.concat([header, texts])
    cells.columns = [f"c{i}" for i in range(cells.width)]
    return Table("", cells.with_columns(row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)))


def _of_role(sheets: list[Sheet], role: Role) -> Raw:
    return Raw(_all([s.raw for s in sheets if s.receipt.role is role], frames.RAW))


def _all(parts: list[pl.DataFrame], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat(parts) if parts else frames.empty(schema)
