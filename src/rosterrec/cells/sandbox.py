"""The parent's side of the child process that parses: starts it, asks it, outlives it.

One child serves all files of a run. It is started when the first file needs it, or beforehand
(``warm``), so that it comes up while the parent is still busy with other things; and it may be sent
a file before the parent waits for what is in it (``ahead``).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Any

from rosterrec.cells.child import seconds_for
from rosterrec.cells.formats import Format
from rosterrec.cells.page import Page, page_of
from rosterrec.cells.wire import receive, send
from rosterrec.errors import InputError
from rosterrec.interrupts import end_waits

#: What a file is asked by: its facts and its bytes.
_Question = tuple[dict[str, Any], bytes]
_COMMAND = "from rosterrec.cells.child import main; main()"


class Sandbox:
    """Parses files in a child process; use it as a context manager."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._begun: _Question | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> subprocess.Popen[bytes]:
        """The child, started if there is none."""
        if self._child is None:
            self._child = _started()
        return self._child

    def ahead(self, name: str, data: bytes, encoding: str | None = None) -> None:
        """Let the child begin with the file that ``parse`` is asked for next."""
        if self._begun is None:
            question = _question(name, encoding)
            try:
                _tell(self.warm(), (question, data))
            except (EOFError, OSError):
                return  # it has died: whoever asks for a file will be told
            self._begun = question, data

    def parse(
        self, name: str, data: bytes, encoding: str | None = None, password: str | None = None
    ) -> tuple[list[Page], Format, str]:
        """The sheets of a file, its format and its encoding.

        Raises:
            InputError: what the child refuses; ``file_slow`` where it took too long,
                ``file_too_big_inside`` or ``file_damaged`` where it came to grief.
        """
        question = _question(name, encoding, password), data
        begun = self._begun == question
        if self._begun and not begun:
            self.close()  # what it would answer is another file's
        child = self.warm()
        self._begun = None
        end_waits()
        late = threading.Event()
        clock = threading.Timer(2 * seconds_for(len(data)), _too_late, (child, late))
        clock.daemon = True
        clock.start()
        try:
            if not begun:
                _tell(child, question)
            facts, body = _told(child)
        except (EOFError, OSError, ValueError):
            self._child = None
            raise _grief(_buried(child), name, late=late.is_set()) from None
        except BaseException:
            child.kill()  # interrupted half-way: what it sends next would be out of step
            self.close()
            raise
        finally:
            clock.cancel()
        if "error" in facts:
            raise InputError(facts["error"], **facts["facts"])
        return _pages(facts["pages"], body), Format(facts["format"]), facts["encoding"]

    def close(self) -> None:
        """Send the child home."""
        child, self._child = self._child, None
        begun, self._begun = self._begun, None
        if child is not None:
            if begun:
                child.kill()  # nobody waits for what it is busy with
            _buried(child)


def _started() -> subprocess.Popen[bytes]:
    # Safe path: a planted module in the folder of lists must not be run. Stderr is thrown away:
    # parsers print what they choke on, and that is a row of the list.
    environment = {**os.environ, "PYTHONUTF8": "1", "POLARS_MAX_THREADS": "1"}
    environment.pop("ROSTERREC_PASSWORD", None)
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-P", "-c", _COMMAND],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip


def _question(name: str, encoding: str | None, password: str | None = None) -> dict[str, Any]:
    return {"name": name, "encoding": encoding, "password": password}


def _tell(child: subprocess.Popen[bytes], question: _Question) -> None:
    if child.stdin is None:
        raise EOFError
    facts, data = question
    send(child.stdin, facts, [data])


def _told(child: subprocess.Popen[bytes]) -> tuple[dict[str, Any], memoryview]:
    if child.stdout is None:
        raise EOFError
    return receive(child.stdout)


def _too_late(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _buried(child: subprocess.Popen[bytes]) -> int:
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe:
                pipe.close()
        except OSError:
            pass
    try:
        return child.wait(timeout=2)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _grief(status: int, name: str, *, late: bool) -> InputError:
    """How a child died, in terms of the file: out of time, out of memory, or broken."""
    if late or status == -24:  # SIGXCPU
        return InputError("file_slow", file=name)
    if status in {-6, -9}:  # a parser aborts where it gets no memory; the system kills
        return InputError("file_too_big_inside", file=name)
    return InputError("file_damaged", file=name)


def _pages(listed: list[dict[str, Any]], body: memoryview) -> list[Page]:
    pages: list[Page] = []
    at = 0
    for facts in listed:
        pages.append(page_of(facts, bytes(body[at : at + facts["size"]])))
        at += facts["size"]
    return pages
