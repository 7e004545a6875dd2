"""Files as they lie on the disk: what is in them, and that it has arrived there."""

from __future__ import annotations

import os
from hashlib import file_digest
from pathlib import Path


def digest(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def digest_if_readable(path: Path) -> str:
    """The SHA-256 of a file; "" where it cannot be read."""
    try:
        return digest(path)
    except OSError:
        return ""


def sync(path: Path) -> None:
    """Wait until what was written of a file, or named in a folder, would outlast a power cut."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no handle on a folder to sync
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
