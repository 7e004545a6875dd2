"""One file after another: what is in it, how it is to be read, and the lists found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from rosterrec.cells.sandbox import Sandbox
from rosterrec.errors import InputError
from rosterrec.frames import Finding, InputFile, Role
from rosterrec.read.archive import members
from rosterrec.read.discover import pin_of, relative, role_by_pattern
from rosterrec.read.oneroster import kind_of, read_export
from rosterrec.read.parse import is_workbook, parse
from rosterrec.read.password import Passwords
from rosterrec.read.pupils import Export
from rosterrec.read.sheet import Sheet, Source, read_sheet, without_header
from rosterrec.read.table import Table
from rosterrec.settings import FilePin, Settings

#: So much of a file is looked at to tell whether it belongs to the one that is read.
_HEAD = 4096
#: Files up to this size are parsed while another is looked at: what they hold is in memory as well.
_AHEAD = 16 << 20


@dataclass(frozen=True)
class FileRead:
    """One file as read, or why it cannot be.

    ``part_of`` names the file whose list this one completes; it holds none of its own.
    """

    name: str
    input: InputFile | None = None
    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: InputError | None = None
    part_of: str = ""


@dataclass(frozen=True)
class _How:
    """What flags and settings say of a file, or of the zip that it is in."""

    pin: FilePin | None
    role: tuple[Role, str] | None

    @property
    def encoding(self) -> str | None:
        return self.pin.encoding if self.pin else None


@dataclass
class _Found:
    """What one file turned out to hold, or why it cannot be read."""

    sheets: list[Sheet] = field(default_factory=list)
    noted: list[Finding] = field(default_factory=list)
    part_of: str = ""
    refused: InputError | None = None


@dataclass(frozen=True)
class Reader:
    """Reads the files of one run.

    Attributes:
        paths: all of them, since an export may be several files.
        settings: roles and pins by file pattern, and the reference date.
        base: folder that names are shown relative to.
        child: the process that parses.
        passwords: where to ask for the password of a protected workbook.
        shown: somebody is shown the first values of each column.
    """

    paths: Sequence[Path]
    settings: Settings
    base: Path
    child: Sandbox
    passwords: Passwords | None
    shown: bool = True

    def file(self, path: Path) -> FileRead:
        """The file's lists, or why it cannot be read."""
        name = relative(path, self.base)
        try:
            data = _bytes(path, name)
        except InputError as error:
            return FileRead(name, refused=error)
        with ThreadPoolExecutor(1) as beside:
            digest = beside.submit(sha256, data)
            try:
                found = self._lists(path, name, data)
            except InputError as error:
                found = _Found(refused=error)
        known = InputFile(name, digest.result().hexdigest(), len(data))
        return FileRead(
            name, known, tuple(found.sheets), tuple(found.noted), found.refused, found.part_of
        )

    def _lists(self, path: Path, name: str, data: bytes) -> _Found:
        found = _Found()
        exports: dict[str, dict[str, tuple[str, bytes]]] = {}
        for member, content in members(name, data):
            kind = kind_of(content)
            if kind:
                exports.setdefault(member.rpartition("/")[0], {})[kind] = member, content
                continue
            how = self._how(path, member.removeprefix(name).lstrip("/"))
            self._tables(found, member, content, how, path if member == name else None)
        for parts in exports.values():
            whole = parts if name not in {member for member, _ in parts.values()} else (
                self._beside(path) | parts
            )  # fmt: skip
            self._export(found, path, name, whole)
        return found

    def _tables(
        self, found: _Found, member: str, content: bytes, how: _How, alone: Path | None
    ) -> None:
        """The lists of one file; sheets that hold none are noted.

        Where it is a file of its own (``alone``), and none of several in a zip, the child begins
        with the next one before this one is looked at.
        """
        tables, kind, encoding = parse(
            member, content, how.encoding, sandbox=self.child, passwords=self.passwords
        )
        if alone:
            self._begin_after(alone)
        pin = how.pin
        source = Source(
            member, kind, encoding, self.settings.as_of, how.role, pin, shown=self.shown
        )
        if pin and pin.sheet:
            tables = _pinned(tables, pin.sheet, member)
        found.noted += [
            _of_rows("cells_in_doubt", member, table.doubtful) for table in tables if table.doubtful
        ]
        before = len(found.sheets)
        for table, lists in _in_turn(tables, source):
            found.sheets += lists
            joined = [row for sheet in lists for row in sheet.joined]
            if joined:
                found.noted.append(_of_rows("cells_joined", member, joined))
            # The empty Sheet2 and Sheet3 of every old workbook hold nothing.
            if not lists and _holds_anything(table):
                facts: dict[str, object] = {"file": member, "sheet": table.sheet}
                found.noted.append(Finding("sheet_without_table", facts))
        if len(found.sheets) == before:
            raise without_header(member, "", tables)

    def begin(self, path: Path) -> None:
        """Let the child parse a file that will be read next, if it is a workbook."""
        name = relative(path, self.base)
        with suppress(InputError, OSError):  # told when its turn comes
            if path.stat().st_size <= _AHEAD and is_workbook(name, data := path.read_bytes()):
                self.child.ahead(name, data, self._how(path, "").encoding)

    def _begin_after(self, path: Path) -> None:
        for after in self.paths[self.paths.index(path) + 1 :][:1]:
            self.begin(after)

    def _export(
        self, found: _Found, path: Path, name: str, parts: dict[str, tuple[str, bytes]]
    ) -> None:
        """The list of a OneRoster export, where this file is its users.csv or holds it."""
        if "users" not in parts:
            raise InputError("oneroster_without_users", file=next(iter(parts.values()))[0])
        users, _ = parts["users"]
        if name not in users:  # another file of the folder, whose list this one completes
            found.part_of = users
            return
        how = self._how(path, users.removeprefix(name).lstrip("/"))
        read = {kind: parse(part, data, how.encoding) for kind, (part, data) in parts.items()}
        source = Source(users, "oneroster", read["users"][2], self.settings.as_of, how.role)
        tables = {kind: tables[0] for kind, (tables, _, _) in read.items()}
        opaque = self.settings.numbers == "opaque"
        found.sheets.append(read_export(Export(tables, source, opaque)))

    def _beside(self, path: Path) -> dict[str, tuple[str, bytes]]:
        """The files of an export that lie in the folder of this one."""
        found: dict[str, tuple[str, bytes]] = {}
        for other in self.paths:
            if other.parent == path.parent and other != path and (kind := _kind(other)):
                name = relative(other, self.base)
                found.setdefault(kind, (name, _bytes(other, name)))
        return found

    def _how(self, path: Path, member: str) -> _How:
        inner = path / member if member else path
        pin = pin_of(inner, self.settings, self.base) or pin_of(path, self.settings, self.base)
        role = role_by_pattern(inner, self.settings, self.base) or role_by_pattern(
            path, self.settings, self.base
        )
        return _How(pin, role)


def _in_turn(tables: list[Table], source: Source) -> Iterator[tuple[Table, list[Sheet]]]:
    """The lists of each sheet; one that tells nothing of itself is a class, as others like it are.

    Nothing but a class: a second sheet of a police list may hold those who have gone.
    """
    known: dict[frozenset[str], Role] = {}
    held: dict[int, list[Sheet]] = {}
    for told in (False, True):
        for i, table in enumerate(tables):
            if i in held:
                continue
            try:
                held[i] = read_sheet(table, replace(source, alike=known if told else None))
            except InputError as refused:
                if told or refused.code != "role_unknown":
                    raise
            rosters = (s for s in held.get(i, ()) if s.receipt.role is Role.ROSTER)
            known |= {_headings(sheet): Role.ROSTER for sheet in rosters}
    yield from ((table, held[i]) for i, table in enumerate(tables))


def _headings(sheet: Sheet) -> frozenset[str]:
    return frozenset(use.heading for use in sheet.receipt.columns)


def _of_rows(code: str, file: str, rows: Sequence[int]) -> Finding:
    """A finding that names the first of its rows."""
    shown = ", ".join(map(str, rows[:_MOST_SHOWN]))
    more = " …" if len(rows) > _MOST_SHOWN else ""
    return Finding(code, {"file": file, "rows": shown + more, "n": len(rows)})


_MOST_SHOWN = 20


def _pinned(tables: list[Table], sheet: str, name: str) -> list[Table]:
    mine = [table for table in tables if table.sheet == sheet]
    if not mine:
        names = ", ".join(table.sheet for table in tables)
        raise InputError("sheet_missing", file=name, sheet=sheet, sheets=names)
    return mine


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise InputError("file_missing", file=name) from None


def _kind(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return kind_of(stream.read(_HEAD))
    except OSError:
        return None


def _holds_anything(table: Table) -> bool:
    cells = table.cells.drop("row")
    return any(cells[c].null_count() < len(cells) for c in cells.columns)
