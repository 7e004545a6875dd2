"""Workbooks that leave the office under a password, which no command line ever holds."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from rosterrec.disk import digest
from rosterrec.errors import InputError

if TYPE_CHECKING:
    from rosterrec.screen.console import Console


def password(variable: str | None, *, ask: bool, console: Console) -> str | None:
    """The password that the environment holds or somebody types twice; None if none is wanted.

    Args:
        variable: name of the environment variable, if one is named.
        ask: whether to ask at the terminal.
        console: where to ask.

    Raises:
        InputError: ``password_unset``; ``password_no_terminal``; ``password_differs``.
    """
    if variable is not None:
        word = os.environ.get(variable)
        if not word:
            raise InputError("password_unset", name=variable[:60])
        return word
    if not ask:
        return None
    typed = [console.ask_new_password(again=again) for again in (False, True)]
    if not typed[0]:
        raise InputError("password_no_terminal")
    if typed[0] != typed[1]:
        raise InputError("password_differs")
    return typed[0]


def note(folder: Path, name: str, facts: dict[str, object]) -> None:
    """Write a file beside the workbooks that says how each was when it was written.

    So the next ``match`` knows which of them somebody has filled in since.
    """
    files = {p.name: digest(p) for p in sorted(folder.glob("*.xlsx"))}
    document = json.dumps({**facts, "files": files}, ensure_ascii=False, indent=2)
    (folder / name).write_text(document + "\n", "utf-8")


def seal(folder: Path, word: str | None) -> None:
    """Put every workbook in a folder under a password, if there is one."""
    for path in sorted(folder.glob("*.xlsx")):
        lock(path, word)


def lock(path: Path, word: str | None) -> None:
    """Put one workbook under a password, if there is one."""
    if word is None:
        return
    from msoffcrypto.format.ooxml import OOXMLFile

    sealed = BytesIO()
    OOXMLFile(BytesIO(path.read_bytes())).encrypt(word, sealed)
    path.write_bytes(sealed.getvalue())
