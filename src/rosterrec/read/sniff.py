"""What a file really is: by its first bytes, never by its name; and in which encoding it is."""

from __future__ import annotations

import re
from enum import StrEnum

from rosterrec.errors import InputError


class Format(StrEnum):
    """How the bytes are to be parsed."""

    ZIPPED = "xlsx"  # .xlsx, .xlsm, .xlsb, .ods: a zip of parts
    OLE = "xls"
    MARKUP = "html"
    TEXT = "text"
    PARQUET = "parquet"


def sniff(name: str, data: bytes) -> Format:
    """The format of a file.

    Raises:
        InputError: ``file_empty``, or ``format_unknown`` for what is no list (a picture, say).
    """
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise InputError("file_empty", file=name)
    if head.startswith(b"PK\x03\x04"):
        return Format.ZIPPED
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return Format.OLE
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Format.MARKUP
    if re.match(rb"<(!doctype\s+html|html|table|meta|head|body)", head, re.IGNORECASE):
        return Format.MARKUP
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"GIF8")):
        raise InputError("format_unknown", file=name)
    if b"\x00" in head and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("format_unknown", file=name)
    return Format.TEXT


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was in: byte order mark, then strict UTF-8, then GB18030.

    GB18030 decodes nearly anything, so it is believed only when the lines that are not ASCII are
    not partly UTF-8: a file joined from two exports would decode to nonsense without an error.

    Raises:
        InputError: ``encoding_mixed`` naming the first line that does not fit the rest, or
            ``encoding_unknown`` for a pinned encoding that does not fit.
    """
    if encoding:
        try:
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            raise InputError("encoding_unknown", file=name, encoding=encoding) from None
    if data.startswith(b"\xef\xbb\xbf"):
        return _strictly(name, data, "utf-8-sig")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(name, data, "utf-16")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        _refuse_mixture(name, data)
        return _strictly(name, data, "gb18030")


def _strictly(name: str, data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError("encoding_mixed", file=name, line=line) from None


def _refuse_mixture(name: str, data: bytes) -> None:
    """Refuse a file of which several long lines are UTF-8 and others only GB18030."""
    utf8: list[int] = []
    other: list[int] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        (utf8 if _is_utf8(line) else other).append(number)
        if len(utf8) + len(other) >= _LINES_LOOKED_AT:
            break
    # Two Chinese characters in GB18030 may by chance be valid UTF-8; a fifth of the lines may not.
    if other and len(utf8) > max(1, (len(utf8) + len(other)) // 5):
        raise InputError("encoding_mixed", file=name, line=max(utf8[0], other[0]))


_LINES_LOOKED_AT = 20_000


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
