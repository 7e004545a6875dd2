"""Which files of a folder are this month's lists."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from rosterrec.errors import InputError
from rosterrec.frames import Role
from rosterrec.settings import Settings

ENDINGS = frozenset([".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".parquet"])


def discover(folder: Path, settings: Settings, out: Path | None = None) -> list[Path]:
    """The lists in a folder and one level below, and files that a role names elsewhere, in order.

    Never the output folder, hidden files, or the lock files of an open workbook (``~$``).

    Raises:
        InputError: ``pattern_unmatched`` for a role whose pattern finds nothing, ``folder_empty``.
    """
    below = [path for inner in folder.iterdir() if _open(inner, out) for path in inner.iterdir()]
    found = {
        path
        for path in (*folder.iterdir(), *below)
        if path.is_file()
        and path.suffix.lower() in ENDINGS
        and not path.name.startswith((".", "~$"))
        and not any(_matches(path, pattern, folder) for pattern in settings.ignore)
    }
    for role, patterns in settings.roles.items():
        for pattern in patterns:
            found |= _named(folder, pattern, role, found)
    if not found:
        raise InputError("folder_empty", folder=folder.name or str(folder))
    return sorted(found, key=lambda path: relative(path, folder))


def _open(folder: Path, out: Path | None) -> bool:
    """A folder to look into: not hidden, and not where runs are written."""
    return (
        folder.is_dir()
        and not folder.name.startswith(".")
        and folder.name != "rosterrec"
        and (out is None or folder.resolve() != out.resolve())
    )


def _named(folder: Path, pattern: str, role: Role, found: set[Path]) -> set[Path]:
    """The files a role's pattern names: among those found, below the folder, or where it points."""
    here = {path for path in found if _matches(path, pattern, folder)}
    if here:
        return here
    for place in (folder / pattern, Path(pattern)):
        if place.is_file():
            return {place}
    relative_pattern = not Path(pattern).is_absolute()
    globbed = {p for p in folder.glob(pattern) if p.is_file()} if relative_pattern else set()
    if not globbed:
        raise InputError("pattern_unmatched", flag=f"--{role}", pattern=pattern)
    return globbed


def _matches(path: Path, pattern: str, folder: Path) -> bool:
    name = relative(path, folder)
    return fnmatch(name, pattern) or fnmatch(path.name, pattern) or path == Path(pattern)


def relative(path: Path, base: Path) -> str:
    """The file's name as shown to people: relative to the folder, else the name alone."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name


def role_by_pattern(path: Path, settings: Settings, base: Path) -> tuple[Role, str] | None:
    """The role that a flag or the settings give a file, and which of them did."""
    for role, patterns in settings.roles.items():
        if any(_matches(path, pattern, base) for pattern in patterns):
            return role, "flag"
    for pin in settings.files:
        if pin.role and _matches(path, pin.pattern, base):
            return pin.role, "settings"
    return None
