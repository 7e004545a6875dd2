"""Stage 1: files become raw text rows with their places, and rows that cannot be used are named.

Faults, each an InputError: file_missing, file_empty, file_too_large, file_protected,
password_wrong, file_damaged, file_suspect, file_bomb, file_slow, file_too_big_inside, cell_too_far,
line_endless, format_unknown, archive_in_archive, archive_path, archive_empty, archive_protected,
encoding_mixed, encoding_unclear, encoding_unknown, formula_uncalculated, role_unknown,
header_missing, header_row_wrong, sheet_missing, column_missing, name_column_missing,
population_empty, pattern_unmatched, pin_unmatched, folder_empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl

from rosterrec import frames
from rosterrec.cells.sandbox import Sandbox
from rosterrec.errors import InputError
from rosterrec.frames import Finding, InputFile, Raw, Receipt, Rejects, Role
from rosterrec.read.archive import members
from rosterrec.read.discover import discover, pin_of, relative, role_by_pattern
from rosterrec.read.parse import parse
from rosterrec.read.password import Passwords
from rosterrec.read.sheet import Sheet, Source, read_sheet, without_header
from rosterrec.read.table import Table
from rosterrec.settings import FilePin, Settings

__all__ = [
    "FileRead",
    "Passwords",
    "ReadResult",
    "discover",
    "parse",
    "read",
    "read_each",
    "together",
]


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
    passwords: Passwords | None = None,
    sandbox: Sandbox | None = None,
) -> ReadResult:
    """Read every file once, and every sheet of it.

    Args:
        paths: the files, in the order in which their rows are to stand.
        settings: roles and pins by file pattern.
        base: folder that file names are shown relative to.
        observe: told of each file.
        passwords: where to ask for the password of a protected workbook.
        sandbox: the child process to parse in, which is closed in the end.

    Raises:
        InputError: a file cannot be read, or what a sheet is for cannot be told.
    """
    files: list[FileRead] = []
    each = read_each(
        paths, settings, base=base, observe=observe, passwords=passwords, sandbox=sandbox
    )
    for file in each:
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
    passwords: Passwords | None = None,
    sandbox: Sandbox | None = None,
) -> Iterator[FileRead]:
    """Every file in turn, read or refused; arguments as for ``read``."""
    with sandbox or Sandbox() as child:
        for i, path in enumerate(paths):
            observe("read", i, len(paths))
            name = relative(path, base)
            try:
                data = _bytes(path, name)
            except InputError as error:
                yield FileRead(name, refused=error)
                continue
            known = InputFile(name, sha256(data).hexdigest(), len(data))
            sheets: list[Sheet] = []
            noted: list[Finding] = []
            try:
                for member, content in members(name, data):
                    how = _how(path, member.removeprefix(name).lstrip("/"), settings, base)
                    parsed = parse(
                        member, content, how.encoding, sandbox=child, passwords=passwords
                    )
                    found, said = _sheets(member, parsed, how, settings.as_of)
                    sheets += found
                    noted += said
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


@dataclass(frozen=True)
class _How:
    """What flags and settings say of a file, or of the zip that it is in."""

    pin: FilePin | None
    role: tuple[Role, str] | None

    @property
    def encoding(self) -> str | None:
        return self.pin.encoding if self.pin else None


def _how(path: Path, member: str, settings: Settings, base: Path) -> _How:
    inner = path / member if member else path
    pin = pin_of(inner, settings, base) or pin_of(path, settings, base)
    role = role_by_pattern(inner, settings, base) or role_by_pattern(path, settings, base)
    return _How(pin, role)


def _sheets(
    name: str, parsed: tuple[list[Table], str, str], how: _How, as_of: dt.date
) -> tuple[list[Sheet], list[Finding]]:
    """The lists of one file; sheets that hold none are noted."""
    tables, kind, encoding = parsed
    pin = how.pin
    source = Source(name, kind, encoding, as_of, how.role, pin)
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
        # The empty Sheet2 and Sheet3 of every old workbook hold nothing.
        if not lists and _holds_anything(table):
            noted.append(Finding("sheet_without_table", {"file": name, "sheet": table.sheet}))
    if not sheets:
        raise without_header(name, "", tables)
    return sheets, noted


def _holds_anything(table: Table) -> bool:
    cells = table.cells.drop("row")
    return any(cells[c].null_count() < len(cells) for c in cells.columns)


def _of_role(sheets: list[Sheet], role: Role) -> Raw:
    return Raw(_all([s.raw for s in sheets if s.receipt.role is role], frames.RAW))


def _all(parts: list[pl.DataFrame], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat(parts) if parts else frames.empty(schema)
