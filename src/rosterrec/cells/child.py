"""The child process: parses what it is sent, within limits, and sends back text.

It is started as ``python -P -c "from rosterrec.cells.child import main; main()"``, serves one file
after another, and imports a parser only when a file needs it. Whatever goes wrong in a parser, an
abort included, ends this process and not the run.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, Any

from rosterrec.cells.formats import is_locked
from rosterrec.cells.wire import receive, send
from rosterrec.errors import InputError

#: Memory that a file may take: so much at any rate, so much for each of its bytes, at most.
BASE_MEMORY, MEMORY_PER_BYTE, MOST_MEMORY = 224 << 20, 96, 6 << 30
#: What Polars and the ciphers map before they have read anything.
POLARS_MEMORY, CIPHERS_MEMORY = 1 << 30, 512 << 20
#: Seconds of work that a file may take: so many at any rate, and for each of its megabytes.
BASE_SECONDS, SECONDS_PER_MEGABYTE = 20, 4


def seconds_for(size: int) -> int:
    """How long a file of that size may take."""
    return BASE_SECONDS + SECONDS_PER_MEGABYTE * (size >> 20)


def main() -> None:
    """Serve files until the parent closes the pipe."""
    # What a library prints would break the answer; descriptor 1 is kept for it alone.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    while True:
        try:
            asked, data = receive(questions)
        except EOFError:
            return
        whole = bytes(data)
        _limit(len(data), _base(whole))
        _answer(answers, asked, whole)
        del data, whole


def _answer(answers: IO[bytes], asked: dict[str, Any], data: bytes) -> None:
    from rosterrec.cells.parse import parse

    name = asked["name"]
    try:
        pages, kind, used = parse(name, data, asked["encoding"], asked["password"])
    except InputError as error:
        send(answers, {"error": error.code, "facts": error.facts})
        return
    except MemoryError:
        send(answers, {"error": "file_too_big_inside", "facts": {"file": name}})
        return
    except RecursionError:
        send(answers, {"error": "file_damaged", "facts": {"file": name}})
        return
    facts = {"format": kind, "encoding": used, "pages": [page.facts() for page in pages]}
    send(answers, facts, [page.packed for page in pages])


def _base(data: bytes) -> int:
    """Memory that the libraries for such a file, and those there already, need."""
    polars = data.startswith(b"PAR1") or "polars" in sys.modules
    ciphers = (data.startswith(b"\xd0\xcf") and is_locked(data)) or "msoffcrypto" in sys.modules
    return BASE_MEMORY + polars * POLARS_MEMORY + ciphers * CIPHERS_MEMORY


def _limit(size: int, base: int) -> None:
    """Bind memory and time for a file of that size, where the system knows such limits."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        memory = min(base + MEMORY_PER_BYTE * size, MOST_MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + seconds_for(size) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the list
