"""Whether a folder lies on a network share, where SQLite's locks cannot be relied on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_TABLE = Path("/proc/self/mountinfo")
_NETWORK = frozenset({
    "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs", "fuse.glusterfs", "fuse.sshfs",
    "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
})  # fmt: skip
_DRIVE_REMOTE = 4


def on_a_network(folder: Path) -> bool:
    """True where the folder is known to be on another machine; False where that cannot be told."""
    if os.name == "nt":
        return _remote_drive(folder)
    try:
        table = _TABLE.read_text("utf-8", errors="surrogateescape")
    except OSError:
        return False
    return kind_of_mount(folder, table) in _NETWORK


def kind_of_mount(folder: Path, table: str) -> str:
    """The kind of file system that holds a folder, from a ``mountinfo`` table; "" if unknown."""
    best, kind = Path(), ""
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) < 5 or not kinds:
            continue
        mounted = Path(_unescaped(fields[4]))
        if folder.is_relative_to(mounted) and len(mounted.parts) >= len(best.parts):
            best, kind = mounted, kinds[0]
    return kind


def _unescaped(name: str) -> str:
    """Blanks stand in the table as octal numbers."""
    for code, mark in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        name = name.replace(code, mark)
    return name


def _remote_drive(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
    return False
