"""A file's bytes as tables: delimited text here, all else in the child process.

Text stays in this process: bytes are decoded and cut at delimiters by code without counts or
nested structures to lie about, its memory is bound by the file's size, and a list of a million rows
would cost more to send than to read.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from rosterrec.cells.formats import Format, has_odd_ending, sniff
from rosterrec.cells.sandbox import Sandbox
from rosterrec.errors import InputError
from rosterrec.read.delimited import read_delimited
from rosterrec.read.password import Passwords
from rosterrec.read.table import Table, of_page


def parse(
    name: str,
    data: bytes,
    encoding: str | None = None,
    *,
    sandbox: Sandbox | None = None,
    passwords: Passwords | None = None,
) -> tuple[list[Table], str, str]:
    """The sheets of a file, its format and its encoding, from its bytes alone.

    Args:
        name: the file as shown to people.
        data: its bytes.
        encoding: the encoding that the settings name, if they do.
        sandbox: the child process of this run; without one, one is started for this file.
        passwords: where to ask for the password of a protected workbook.

    Raises:
        InputError: see the package ``read``.
    """
    kind = sniff(name, data)
    if kind is Format.TEXT:
        return _text(name, data, encoding)
    if kind is Format.ARCHIVE:
        raise InputError("archive_in_archive", file=name)
    passwords = passwords or Passwords()
    with nullcontext(sandbox) if sandbox else Sandbox() as child:
        password = passwords.known() if kind is Format.LOCKED else None
        while True:
            try:
                pages, kind, used = child.parse(name, data, encoding, password)
                break
            except InputError as error:
                if error.code not in {"file_protected", "password_wrong"}:
                    raise
                password = passwords.another(name, error)
    return [of_page(page) for page in pages], kind, used


def is_workbook(name: str, data: bytes) -> bool:
    """Whether it is for the child process, and for no password.

    Raises:
        InputError: as for ``parse``, of a file whose first bytes say enough.
    """
    return sniff(name, data) not in {Format.TEXT, Format.ARCHIVE, Format.LOCKED}


def _text(name: str, data: bytes, encoding: str | None) -> tuple[list[Table], str, str]:
    table, used, delimiter = read_delimited(name, data, encoding)
    if has_odd_ending(name, Format.TEXT):
        table = replace(table, notes=(*table.notes, "odd_ending"))
    return [table], "tsv" if delimiter == "\t" else "csv", used
