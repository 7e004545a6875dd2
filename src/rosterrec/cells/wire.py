"""What parent and child send each other: a line of JSON facts, then bytes of a stated length."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

_LENGTHS = struct.Struct("<IQ")


def send(stream: IO[bytes], facts: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
    """Write one message."""
    head = json.dumps(facts).encode()
    stream.write(_LENGTHS.pack(len(head), sum(map(len, parts))))
    stream.write(head)
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], memoryview]:
    """Read one message.

    Raises:
        EOFError: the other side has gone.
    """
    head, size = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    facts: dict[str, Any] = json.loads(bytes(_exactly(stream, head)))
    return facts, _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> memoryview:
    held = memoryview(bytearray(size))
    got = 0
    while got < size:
        count = stream.readinto(held[got:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        got += count
    return held
