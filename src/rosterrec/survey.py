"""How every file would be read, with nothing compared and nothing written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rosterrec.errors import InputError
from rosterrec.frames import Finding
from rosterrec.prepare import Prepared, prepare
from rosterrec.read import FileRead, Passwords, discover, read_each, together, unmatched
from rosterrec.settings import Settings


@dataclass(frozen=True)
class Survey:
    """Every file, read or refused, what became of the rows of those that were read, and notes."""

    files: tuple[FileRead, ...]
    ready: Prepared
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether some file cannot be read."""
        return any(file.refused for file in self.files)


def places(words: Sequence[Path], settings: Settings, out: Path | None) -> tuple[Path, list[Path]]:
    """The folder that names are shown relative to, and the files to look at.

    Args:
        words: one folder, or files; nothing means the current folder.
        settings: what is ignored and which files are named elsewhere.
        out: the output folder, which is left out.

    Raises:
        InputError: ``folder_missing``, ``folder_empty``, or as ``discover`` says.
    """
    if not words:
        return Path(), discover(Path(), settings, out)
    if len(words) == 1 and words[0].is_dir():
        return words[0], discover(words[0], settings, out)
    missing = next((word for word in words if not word.is_file()), None)
    if missing is not None:
        raise InputError("folder_missing", folder=str(missing))
    return words[0].parent, list(words)


def survey(
    base: Path,
    paths: Sequence[Path],
    settings: Settings,
    observe: Callable[[str, int, int], None],
    *,
    whole: bool = True,
    ask: Callable[[str, bool], str | None] = lambda _file, _again: None,
) -> Survey:
    """Read the files one by one; what one of them lacks does not hide the others.

    Args:
        base: folder that names are shown relative to.
        paths: the files.
        settings: roles and pins by file pattern.
        observe: told of each file.
        whole: they are all of the folder, so that a pattern that fits none is worth a note.
        ask: a person's word for a protected workbook, as ``Passwords`` takes it.
    """
    files = tuple(read_each(paths, settings, base=base, observe=observe, passwords=Passwords(ask)))
    noted = unmatched(files, paths, settings, base) if whole else []
    return Survey(files, prepare(together(files), settings), tuple(noted))
