"""Stage 1: files become raw text rows with their places, and rows that cannot be used are named.

Faults, each an InputError: file_missing, file_empty, file_too_large, file_protected,
password_wrong, file_damaged, file_suspect, file_bomb, file_slow, file_too_big_inside, cell_too_far,
line_endless, format_unknown, archive_in_archive, archive_path, archive_empty, archive_protected,
encoding_mixed, encoding_unclear, encoding_unknown, formula_uncalculated, role_unknown,
header_missing, header_row_wrong, sheet_missing, column_missing, name_column_missing,
population_empty, oneroster_without_users, pattern_unmatched, folder_empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rosterrec import frames
from rosterrec.cells.sandbox import Sandbox
from rosterrec.errors import InputError
from rosterrec.frames import Finding, InputFile, Raw, Receipt, Rejects, Role
from rosterrec.read.discover import discover, idle
from rosterrec.read.file import FileRead, Reader
from rosterrec.read.parse import parse
from rosterrec.read.password import Passwords
from rosterrec.read.sheet import Sheet
from rosterrec.settings import Settings

__all__ = [
    "FileRead",
    "Passwords",
    "ReadResult",
    "begin",
    "discover",
    "parse",
    "read",
    "read_each",
    "together",
    "unmatched",
]


@dataclass(frozen=True)
class ReadResult:
    """Every role's rows, what was left out, how each sheet was read, and the files themselves."""

    raw: dict[Role, Raw]
    rejects: Rejects
    receipts: tuple[Receipt, ...]
    inputs: tuple[InputFile, ...]
    findings: tuple[Finding, ...]


def read(
    paths: Sequence[Path],
    settings: Settings,
    *,
    base: Path,
    observe: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
    passwords: Passwords | None = None,
    sandbox: Sandbox | None = None,
) -> ReadResult:
    """Read every file once, and every sheet of it; nobody is shown examples.

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
        paths, settings, base=base, observe=observe, passwords=passwords, sandbox=sandbox,
        shown=False,
    )  # fmt: skip
    for file in each:
        if file.refused:
            raise file.refused
        files.append(file)
    _refuse_empty_population([sheet for file in files for sheet in file.sheets])
    return together(files, unmatched(files, paths, settings, base))


def begin(paths: Sequence[Path], settings: Settings, base: Path, sandbox: Sandbox) -> None:
    """Let the child parse the first file while the parent is busy with other things."""
    for path in paths[:1]:
        Reader(paths, settings, base, sandbox, None).begin(path)


def read_each(
    paths: Sequence[Path],
    settings: Settings,
    *,
    base: Path,
    observe: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
    passwords: Passwords | None = None,
    sandbox: Sandbox | None = None,
    shown: bool = True,
) -> Iterator[FileRead]:
    """Every file in turn, read or refused; arguments as for ``read``.

    ``shown``: somebody is shown the first values of each column, masked.
    """
    with sandbox or Sandbox() as child:
        reader = Reader(paths, settings, base, child, passwords, shown)
        for i, path in enumerate(paths):
            observe("read", i, len(paths))
            yield reader.file(path)


def unmatched(
    files: Sequence[FileRead], paths: Sequence[Path], settings: Settings, base: Path
) -> list[Finding]:
    """The patterns of the settings file that named none of the files, nor what a zip held."""
    inner = {base / sheet.receipt.file for file in files for sheet in file.sheets}
    patterns = idle([*paths, *inner], settings, base)
    return [Finding("pattern_idle", {"pattern": pattern}) for pattern in patterns]


def together(files: Sequence[FileRead], noted: Sequence[Finding] = ()) -> ReadResult:
    """What all files hold, role by role, what was noted, and which lists are not among them."""
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
        findings=(*(f for file in files for f in file.findings), *noted, *missing),
    )


def _refuse_empty_population(sheets: list[Sheet]) -> None:
    """Refuse a police list that is there but holds nobody; that there is none is said elsewhere."""
    lists = [s.receipt for s in sheets if s.receipt.role is Role.POPULATION]
    if lists and not any(receipt.used for receipt in lists):
        raise InputError("population_empty", file=lists[0].file, sheet=lists[0].sheet)


def _of_role(sheets: list[Sheet], role: Role) -> Raw:
    return Raw(_all([s.raw for s in sheets if s.receipt.role is role], frames.RAW))


def _all(parts: list[pl.DataFrame], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat(parts) if parts else frames.empty(schema)
