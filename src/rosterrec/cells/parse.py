"""A file that only a parser can read, as pages. It runs in the child process (``child``)."""

from __future__ import annotations

from rosterrec.cells.formats import Format, has_odd_ending, sniff
from rosterrec.cells.page import Page
from rosterrec.errors import InputError


def parse(
    name: str, data: bytes, encoding: str | None = None, password: str | None = None
) -> tuple[list[Page], Format, str]:
    """The sheets of a workbook, web page or Parquet file, its format and its encoding.

    Raises:
        InputError: what ``formats``, ``package`` and the parsers refuse.
    """
    kind = sniff(name, data)
    locked = kind is Format.LOCKED
    if locked:
        from rosterrec.cells.locked import unlocked

        data = unlocked(name, data, password)
        kind = sniff(name, data)
    pages, used = _pages(name, data, kind, encoding)
    for page in pages:
        if locked:
            page.notes.append("was_protected")
        elif has_odd_ending(name, kind):
            page.notes.append("odd_ending")
    return pages, kind, used


def _pages(name: str, data: bytes, kind: Format, encoding: str | None) -> tuple[list[Page], str]:
    if kind in {Format.XLSX, Format.XLSM, Format.XLSB, Format.ODS}:
        from rosterrec.cells.workbook import read_package

        return read_package(name, data, kind), ""
    if kind is Format.XLS:
        from rosterrec.cells.biff import read_xls

        return read_xls(name, data), ""
    if kind is Format.HTML:
        from rosterrec.cells.markup import read_markup

        return read_markup(name, data, encoding)
    if kind is Format.XML:
        from rosterrec.cells.spreadsheet import read_spreadsheet

        return read_spreadsheet(name, data), ""
    if kind is Format.PARQUET:
        from rosterrec.cells.columnar import read_parquet

        return read_parquet(name, data), ""
    raise InputError("file_damaged", file=name)
