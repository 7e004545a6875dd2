"""A zip of parts looked over before a parser opens it: sizes by inflating, doubles, DTDs, counts.

The directory of a zip may lie about every size, and a parser that believes a count or a far-away
cell ends the process. What is learnt of the sheets on the way is kept (``SheetFacts``).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rosterrec.cells.binary import BinaryScan, sheets_of
from rosterrec.cells.formats import ZIP_FAULTS
from rosterrec.cells.opendocument import ContentScan
from rosterrec.cells.scan import SheetFacts, SheetScan
from rosterrec.errors import InputError

MOST_PARTS = 4000
LARGEST_PARTS = 600 * 1024 * 1024
RATIO_FROM, LARGEST_RATIO = 4 * 1024 * 1024, 100
_CHUNK = 1 << 20
_SMALL = 8 * 1024 * 1024
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass
class Package:
    """What is known of a package: how much it holds, and its sheets' facts.

    ``sheets`` has them by part, ``named`` by the sheets' names where one part holds them all.
    """

    size: int = 0
    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    named: dict[str, SheetFacts] = field(default_factory=dict)
    small: dict[str, bytes] = field(default_factory=dict)
    names: tuple[str, ...] = ()


def inspect(name: str, data: bytes) -> Package:
    """Inflate every part once, within limits.

    Raises:
        InputError: ``file_damaged``, ``file_bomb``, ``file_suspect`` or ``cell_too_far``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            listed = parts.infolist()
            package = Package(names=tuple(each.filename for each in listed))
            _refuse_odd_directory(name, package.names)
            for each in listed:
                _take(name, parts, each, package)
    except InputError:
        raise
    except ZIP_FAULTS:
        raise InputError("file_damaged", file=name) from None
    return package


def _refuse_odd_directory(name: str, names: tuple[str, ...]) -> None:
    """No part twice (readers disagree on which counts), and not thousands of them."""
    lowered = [each.lower() for each in names]
    if len(set(lowered)) < len(lowered):
        raise InputError("file_suspect", file=name)
    if len(names) > MOST_PARTS:
        raise InputError("file_bomb", file=name, limit=LARGEST_PARTS >> 20)


def _take(name: str, parts: zipfile.ZipFile, part: zipfile.ZipInfo, package: Package) -> None:
    if part.flag_bits & 1:
        raise InputError("file_protected", file=name)
    path = part.filename.replace("\\", "/")
    scan = _scan(name, path)
    keep = scan is None and path.endswith(_KEPT) and part.file_size < _SMALL
    kept: list[bytes] = []
    size, tail = 0, b""
    for chunk in inflated(parts, part):
        size += len(chunk)
        package.size += len(chunk)
        _refuse_bomb(name, size, part.compress_size, package.size)
        if path.endswith((".xml", ".rels")) and _DTD.search(tail + chunk):
            raise InputError("file_suspect", file=name)
        tail = chunk[-10:]
        if scan:
            scan.feed(chunk)
        elif keep:
            kept.append(chunk)
        if path.lower() == "xl/sharedstrings.xml" and size == len(chunk):
            _refuse_false_count(name, chunk, part.file_size)
    if isinstance(scan, ContentScan):
        package.named = scan.end()
    elif scan:
        package.sheets[path] = scan.end()
    elif keep:
        package.small[path] = b"".join(kept)


_KEPT = (".xml", ".rels", "workbook.bin")


def _scan(name: str, path: str) -> SheetScan | BinaryScan | ContentScan | None:
    """What looks at a part while it is inflated, where it holds sheets."""
    sheet = re.match(r"xl/worksheets/[^/]+\.(xml|bin)$", path, re.IGNORECASE)
    if sheet:
        return SheetScan(name) if sheet.group(1).lower() == "xml" else BinaryScan()
    return ContentScan(name) if path == "content.xml" else None


def inflated(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part in pieces; the end is checked against the directory's length and sum.

    Raises:
        zipfile.BadZipFile: the directory says another length or sum; one that is too long is not
            noticed by the library.
    """
    size = 0
    with parts.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            yield chunk
    if size != part.file_size:
        raise zipfile.BadZipFile


def _refuse_bomb(name: str, size: int, packed: int, total: int) -> None:
    if total > LARGEST_PARTS or (size > RATIO_FROM and size > LARGEST_RATIO * max(packed, 1)):
        raise InputError("file_bomb", file=name, limit=LARGEST_PARTS >> 20)


def _refuse_false_count(name: str, head: bytes, size: int) -> None:
    """A table of strings says how many it holds; a parser makes room for so many at once."""
    for count in re.findall(rb'ount="(\d+)"', head[:4096]):
        if int(count) > max(size, 1 << 20) * 16 or len(count) > 12:
            raise InputError("file_damaged", file=name)
    unique = re.search(rb'uniqueCount="(\d+)"', head[:4096])
    if unique and int(unique.group(1)) > max(size, 64):
        raise InputError("file_damaged", file=name)


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of each sheet by the sheet's name, as the workbook relates them."""
    from xml.etree import ElementTree as Tree

    binary = package.small.get(_BINARY_BOOK)
    relations_of = f"xl/_rels/workbook.{'xml' if binary is None else 'bin'}.rels"
    try:
        book = Tree.fromstring(package.small.get("xl/workbook.xml", b"<a/>"))  # noqa: S314 - DTDs are refused above
        relations = Tree.fromstring(package.small.get(relations_of, b"<a/>"))  # noqa: S314
    except (Tree.ParseError, ValueError, LookupError):
        return {}
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    sheets = {e.get("name", ""): _relation(e) for e in book.iter() if e.tag.endswith("}sheet")}
    if binary is not None:
        sheets, _ = sheets_of(binary)
    found = {name: targets.get(relation, "") for name, relation in sheets.items()}
    return {n: t[1:] if t.startswith("/") else f"xl/{t}" for n, t in found.items()}


_BINARY_BOOK = "xl/workbook.bin"


def _relation(sheet: Any) -> str:
    return next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")


def book_notes(package: Package) -> list[str]:
    """What stands in the workbook that is never run or followed, and its odd calendar."""
    lowered = [each.lower() for each in package.names]
    holds = {
        "macros": any(each.endswith("vbaproject.bin") for each in lowered),
        "external_links": any("externallinks/" in each for each in lowered),
        "epoch_1904": sheets_of(package.small.get(_BINARY_BOOK, b""))[1]
        or re.search(rb'date1904="(1|true)"', package.small.get("xl/workbook.xml", b"")),
    }
    return [code for code, true in holds.items() if true]


def repacked(data: bytes, path: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with the parts whose path matches changed, for a parser that is choosy."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w") as whole:
        for part in parts.infolist():
            content = parts.read(part)
            changed = re.fullmatch(path, part.filename.replace("\\", "/"), re.IGNORECASE)
            whole.writestr(part.filename, change(content) if changed else content)
    return made.getvalue()
