"""A zip of exports as the files in it, without unpacking anything to disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from rosterrec.cells.formats import LARGEST_FILE, ZIP_FAULTS, Format, sniff
from rosterrec.cells.package import LARGEST_PARTS, LARGEST_RATIO, RATIO_FROM, inflated
from rosterrec.errors import InputError
from rosterrec.read.discover import ENDINGS

_MOST_FILES = 500


def members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The file itself, or the lists in it where it is a zip of exports, as ``bundle.zip/list.csv``.

    Hidden files, lock files and what Macs put beside them are passed over, as in a folder.

    Raises:
        InputError: ``archive_in_archive``, ``archive_path`` for a member that points elsewhere,
            ``archive_empty``, ``archive_protected``, ``file_bomb``, ``file_suspect``, or
            ``file_damaged``.
    """
    if sniff(name, data) is not Format.ARCHIVE:
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            yield from _lists(name, parts)
    except InputError:
        raise
    except ZIP_FAULTS:
        raise InputError("file_damaged", file=name) from None


def _lists(name: str, parts: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    listed = [(each, _name(each)) for each in parts.infolist() if not each.is_dir()]
    names = [path for _, path in listed]
    if len(set(names)) < len(names):
        raise InputError("file_suspect", file=name)
    for path in names:
        if _leads_away(path):
            raise InputError("archive_path", file=name)
    lists = [(each, path) for each, path in listed if _is_list(path)]
    if not lists:
        raise InputError("archive_empty", file=name)
    if len(lists) > _MOST_FILES:
        raise InputError("file_bomb", file=name, limit=LARGEST_PARTS >> 20)
    total = 0
    for each, path in sorted(lists, key=lambda pair: pair[1]):
        inner = _inflated(f"{name}/{path}", parts, each, LARGEST_PARTS - total)
        total += len(inner)
        if inner and sniff(f"{name}/{path}", inner) is Format.ARCHIVE:
            raise InputError("archive_in_archive", file=f"{name}/{path}")
        yield f"{name}/{path}", inner


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name: UTF-8 where it says so, else as Chinese Windows wrote it."""
    if member.flag_bits & 0x800:
        return member.filename.replace("\\", "/")
    stored = member.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return stored.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.filename.replace("\\", "/")


def _leads_away(path: str) -> bool:
    return (
        path.startswith("/") or ":" in path or "\x00" in path or ".." in PurePosixPath(path).parts
    )


def _is_list(path: str) -> bool:
    parts = PurePosixPath(path).parts
    hidden = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)
    return not hidden and PurePosixPath(path).suffix.lower() in ENDINGS


def _inflated(name: str, parts: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    if member.flag_bits & 1:
        raise InputError("archive_protected", file=name)
    held = bytearray()
    for chunk in inflated(parts, member):
        held += chunk
        bomb = len(held) > RATIO_FROM and len(held) > LARGEST_RATIO * max(member.compress_size, 1)
        if bomb or len(held) > min(room, LARGEST_FILE):
            raise InputError("file_bomb", file=name, limit=LARGEST_FILE >> 20)
    return bytes(held)
