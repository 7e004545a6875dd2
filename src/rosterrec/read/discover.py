"""Which files of a folder are this month's lists."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from rosterrec.errors import InputError
from rosterrec.frames import Role
from rosterrec.settings import FilePin, Settings

ENDINGS = frozenset([
    ".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ods", ".parquet", ".zip",
])  # fmt: skip


def discover(folder: Path, settings: Settings, out: Path | None = None) -> list[Path]:
    """The lists in a folder and one level below, and files that a role names elsewhere, in order.

    Never the output folder, hidden files, or the lock files of an open workbook (``~$``).

    Raises:
        InputError: ``pattern_unmatched`` for a flag whose pattern finds nothing, ``two_roles``,
            ``folder_empty``.
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
            named = _named(folder, pattern, found)
            if not named and role in settings.typed_roles:
                raise InputError("pattern_unmatched", flag=f"--{role}", pattern=pattern)
            found |= named
    _refuse_two_roles(settings)
    if not found:
        raise InputError("folder_empty", folder=folder.name or str(folder))
    return sorted(found, key=lambda path: relative(path, folder))


def _refuse_two_roles(settings: Settings) -> None:
    """Refuse a file that two flags name in full: it can be read as one of the lists only."""
    flags: dict[str, Role] = {}
    for role in settings.typed_roles & settings.roles.keys():
        for pattern in settings.roles[role]:
            other = flags.setdefault(pattern, role)
            if other is not role and not set(pattern) & set("*?["):
                one, two = sorted((f"--{other}", f"--{role}"))
                raise InputError("two_roles", file=Path(pattern).name, one=one, two=two)


def _open(folder: Path, out: Path | None) -> bool:
    """A folder to look into: not hidden, and not where runs are written."""
    return (
        folder.is_dir()
        and not folder.name.startswith(".")
        and folder.name != "rosterrec"
        and (out is None or folder.resolve() != out.resolve())
    )


def idle(paths: Iterable[Path], settings: Settings, folder: Path) -> list[str]:
    """Patterns of the settings file that name nothing this month: a month may lack a list.

    Args:
        paths: every file that was looked at, and those inside a zip as if it were a folder.
        settings: roles and pins; what was typed is refused instead.
        folder: what names are relative to.
    """
    told = [pin.pattern for pin in settings.files]
    told += [
        pattern
        for role, patterns in settings.roles.items()
        if role not in settings.typed_roles
        for pattern in patterns
    ]
    every = list(paths)
    return [p for p in dict.fromkeys(told) if not any(_matches(path, p, folder) for path in every)]


def _named(folder: Path, pattern: str, found: set[Path]) -> set[Path]:
    """The files a role's pattern names: among those found, below the folder, or where it points."""
    here = {path for path in found if _matches(path, pattern, folder)}
    if here:
        return here
    for place in (folder, Path()):
        named = {path for path in _globbed(place, pattern) if path.is_file()}
        if named:
            return named
    return set()


def _globbed(place: Path, pattern: str) -> list[Path]:
    """What a pattern, which may be absolute, names as seen from a folder; a plain name too."""
    plain = place / pattern
    if plain.is_file():
        return [plain]  # a name with brackets in it is no pattern
    # Path.glob takes no absolute pattern and faults on a "**" inside a name.
    return [place / name for name in glob.glob(pattern, root_dir=place)]  # noqa: PTH207


def _matches(path: Path, pattern: str, folder: Path) -> bool:
    """Whether a pattern names the file: by its name, its place in the folder, or its whole path."""
    name = relative(path, folder)
    return (
        pattern in {name, path.name}
        or fnmatch(name, pattern)
        or fnmatch(path.name, pattern)
        or fnmatch(str(path.absolute()), str(Path(pattern).absolute()))
    )


def relative(path: Path, base: Path) -> str:
    """The file's name as shown to people: relative to the folder, else the name alone."""
    return legible(path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name)


def legible(words: str) -> str:
    """Words of the system's in which bytes could not be decoded: as UTF-8, else as GB18030.

    A locale without Chinese gives such words for all that is typed, and an archive packed on
    another system for its file names.
    """
    if not _UNDECODED.search(words):
        return words
    stored = os.fsencode(words)
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError:
        return stored.decode("gb18030", "replace")


#: Bytes that Python could not decode.
_UNDECODED = re.compile("[\udc80-\udcff]")


def pin_of(path: Path, settings: Settings, base: Path) -> FilePin | None:
    """How the settings say that a file is to be read, if they do."""
    return next((pin for pin in settings.files if _matches(path, pin.pattern, base)), None)


def role_by_pattern(path: Path, settings: Settings, base: Path) -> tuple[Role, str] | None:
    """The role that a flag or the settings give a file, and which of them did."""
    for role, patterns in settings.roles.items():
        if any(_matches(path, pattern, base) for pattern in patterns):
            return role, "flag"
    pin = pin_of(path, settings, base)
    return (pin.role, "settings") if pin and pin.role else None
