"""The container of an old .xls workbook (OLE): its one stream of records, out of chained sectors.

A chain that leads back into itself never ends for a parser that trusts it, and takes all memory; so
every chain that a parser follows is walked here first.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence
from typing import Any

from rosterrec.errors import InputError

MARK = b"\xd0\xcf\x11\xe0"
#: Numbers from here on are no sectors: the end of a chain, a free sector and such.
_NO_SECTOR = 0xFFFFFFFA
#: Where the header names the first sector of the table's further sectors, and how many they are.
_MORE_TABLE = struct.Struct("<II")
_MORE_TABLE_AT = 68


def records(name: str, data: bytes) -> bytes | None:
    """The records of the workbook; None where it is older than BIFF5, which has no container.

    Raises:
        InputError: ``file_damaged``, or ``format_unknown`` for a letter or slides.
    """
    if not data.startswith(MARK):
        return None
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if _never_ends(container, data):
                raise InputError("file_damaged", file=name)
            for stream in ("Workbook", "Book"):
                if container.exists(stream):
                    return bytes(container.openstream(stream).read())
            other = any(container.exists(s) for s in ("WordDocument", "PowerPoint Document"))
    except (InputError, MemoryError):
        raise
    except Exception:
        raise InputError("file_damaged", file=name) from None
    raise InputError("format_unknown" if other else "file_damaged", file=name)


def _never_ends(container: Any, data: bytes) -> bool:
    """Whether a chain leads back into itself, or into others so often that it might as well."""
    first, count = _MORE_TABLE.unpack_from(data, _MORE_TABLE_AT)
    if not count and first < _NO_SECTOR:
        return True  # sectors of the table that are not counted, and so were not looked at
    container.loadminifat()
    streams = [s for s in container.direntries if s and s.entry_type == _STREAM and s.size]
    small = {s.isectStart for s in streams if s.size < container.mini_stream_cutoff_size}
    large = {s.isectStart for s in streams if s.size >= container.mini_stream_cutoff_size}
    large |= {container.first_dir_sector, container.minifatsect, container.root.isectStart}
    return _too_long(container.fat, large) or _too_long(container.minifat, small)


_STREAM = 2


def _too_long(following: Sequence[int], starts: Iterable[int]) -> bool:
    """Whether the chains hold more than twice the sectors that there are."""
    steps, most = 0, 2 * len(following)
    for start in starts:
        at = start
        while at < len(following):
            at, steps = following[at], steps + 1
            if steps > most:
                return True
    return False
