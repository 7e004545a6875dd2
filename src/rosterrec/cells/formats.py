"""What a file really is: by its first bytes and the names of its parts, never by its own name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum

from rosterrec.errors import InputError

#: What the library raises at a zip that is broken somewhere.
ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, LookupError,
    ArithmeticError, RuntimeError,
)  # fmt: skip
#: A workbook larger than this is no list.
LARGEST_FILE = 200 * 1024 * 1024
#: Delimited text holds a province in one file; cut into lines, it costs no more than its size.
LARGEST_TEXT = 2048 * 1024 * 1024
#: A large text whose first line is longer than this is no list.
_LONGEST_LINE = 1024 * 1024


class Format(StrEnum):
    """How the bytes are to be parsed, and what a person calls it."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    LOCKED = "locked"  # an encrypted workbook: what is inside shows once it is open
    HTML = "html"
    XML = "xml"  # XML Spreadsheet 2003
    TEXT = "text"
    PARQUET = "parquet"
    ARCHIVE = "zip"  # a zip of files


#: Endings under which a file of a format may go without a remark.
USUAL_ENDINGS = {
    Format.XLSX: ("xlsx", "xlsm", "xltx"),
    Format.XLSM: ("xlsm", "xltm"),
    Format.XLSB: ("xlsb",),
    Format.XLS: ("xls", "xlt", "et"),
    Format.ODS: ("ods", "ots"),
    Format.LOCKED: ("xlsx", "xlsm", "xlsb", "xls"),
    Format.HTML: ("html", "htm"),
    Format.XML: ("xml",),
    Format.TEXT: ("csv", "tsv", "txt"),
    Format.PARQUET: ("parquet",),
    Format.ARCHIVE: ("zip",),
}
_OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"GIF8", b"\x1f\x8b", b"BM")
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_MAIN_PARTS = {
    "xl/workbook.bin": Format.XLSB,
    "xl/vbaProject.bin": Format.XLSM,
    "xl/workbook.xml": Format.XLSX,
    "content.xml": Format.ODS,
}


def sniff(name: str, data: bytes) -> Format:
    """The format of a file.

    Raises:
        InputError: ``file_empty``, ``file_too_large``, ``file_not_whole``, or ``format_unknown``
            for what is no list (a picture, say).
    """
    kind = _kind(name, data)
    is_list = kind is Format.TEXT and b"\n" in data[:_LONGEST_LINE]
    largest = LARGEST_TEXT if is_list else LARGEST_FILE
    if len(data) > largest:
        raise InputError("file_too_large", file=name, limit=largest >> 20)
    return kind


def _kind(name: str, data: bytes) -> Format:
    """What the first bytes say; the rest is not looked at, but for the directory of a zip."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if not head.strip(b"\x00"):
        raise InputError("file_empty" if not head else "file_damaged", file=name)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(name, data)
    # The first record of what is older than OLE begins with a tab.
    if head.startswith(b"\xd0\xcf\x11\xe0") or re.match(
        rb"\x09[\x00\x02\x04][\x04\x06]\x00|\x09\x08[\x08\x10]\x00", data[:4]
    ):
        return Format.LOCKED if is_locked(data) else Format.XLS
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    as_text = _ascii_of(head)
    if _SPREADSHEET in as_text and re.match(rb"<(\?xml|\w*:?Workbook)", as_text):
        return Format.XML
    if re.match(
        rb"(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|table|meta|head|body|style)",
        as_text,
        re.IGNORECASE | re.DOTALL,
    ):
        return Format.HTML
    if head.startswith((*_OTHER, b"<?xml", b"<!DOCTYPE", b"{\\rtf")):
        raise InputError("format_unknown", file=name)
    return Format.TEXT


def _ascii_of(head: bytes) -> bytes:
    """The beginning without the zeros and marks of UTF-16."""
    return head.replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n")


def _zipped(name: str, data: bytes) -> Format:
    """Which kind of zip: by the parts that its directory names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
    except ZIP_FAULTS:
        raise InputError("file_damaged", file=name) from None
    for part, kind in _MAIN_PARTS.items():
        if any(part.lower() == each.lower().replace("\\", "/") for each in names):
            return kind
    if any(each in {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"} for each in names):
        raise InputError("format_unknown", file=name)  # a letter or slides
    return Format.ARCHIVE


def is_locked(data: bytes) -> bool:
    """An OLE file that holds an encrypted package, or an .xls whose first record says so."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    # BOF of a workbook's globals, then FILEPASS within the records that may stand before it.
    start = re.search(rb"\x09\x08[\x08\x10]\x00[\x00-\xff]{2}\x05\x00", data)
    if start is None:
        return False
    at = start.start()
    for _ in range(6):
        kind, size = (
            int.from_bytes(data[at : at + 2], "little"),
            int.from_bytes(data[at + 2 : at + 4], "little"),
        )
        if kind == 0x2F:
            return True
        at += 4 + size
    return False


def has_odd_ending(name: str, kind: Format) -> bool:
    """Whether the file's name says it is something else than it is."""
    ending = name.rpartition(".")[2].lower()
    return ending not in USUAL_ENDINGS[kind]
