"""Keys as a person presses them on a terminal, one at a time."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rosterrec import interrupts

#: The key that ends input, as the end of a file does.
END = "\x04"
_ESCAPE = b"\x1b"


class Keyboard(Protocol):
    """Where keys come from."""

    def key(self) -> str:
        """The next key, in lower case and plain width; ``END`` where no more will come."""

    def line(self, prompt: str) -> str:
        """A line that a person types and sees."""


def on_a_terminal() -> bool:
    """Whether somebody can press keys and see what they are pressed for."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """The keys of this terminal, which is left as it was."""
    if os.name == "nt":
        yield _Windows()
        return
    import termios
    import tty

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    tty.setcbreak(handle)
    try:
        yield _Posix(handle, before)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


class _Posix:
    def __init__(self, handle: int, before: list[object]) -> None:
        self._handle, self._before = handle, before

    def key(self) -> str:
        interrupts.end_waits()
        first = os.read(self._handle, 1)
        if first in {b"", END.encode()}:
            return END
        if first == _ESCAPE:
            self._swallow()
            return _plain(first)
        return _plain(first + os.read(self._handle, _further(first[0])))

    def line(self, prompt: str) -> str:
        import termios

        pressing = termios.tcgetattr(self._handle)
        termios.tcsetattr(self._handle, termios.TCSADRAIN, self._before)  # type: ignore[arg-type]
        try:
            return _line(prompt)
        finally:
            termios.tcsetattr(self._handle, termios.TCSADRAIN, pressing)

    def _swallow(self) -> None:
        """The rest of an arrow or function key, whose letters mean nothing here."""
        import select

        while select.select([self._handle], [], [], 0.02)[0]:
            if not os.read(self._handle, 1):
                return


class _Windows:
    def key(self) -> str:
        import msvcrt

        pressed: str = msvcrt.getwch()  # type: ignore[attr-defined]
        if pressed in {"\x00", "\xe0"}:  # an arrow or function key, whose code follows
            msvcrt.getwch()  # type: ignore[attr-defined]
            return "\x1b"
        if pressed == "\x03":
            raise KeyboardInterrupt
        return END if pressed in {END, "\x1a"} else _plain(pressed.encode())

    def line(self, prompt: str) -> str:
        return _line(prompt)


def _line(prompt: str) -> str:
    if sys.stdout.isatty() and _can_edit():
        try:
            return input(prompt).strip()
        except EOFError:
            return ""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _can_edit() -> bool:
    """Whether a library knows how wide Chinese is; the terminal itself rubs out half of it."""
    try:
        import readline
    except ImportError:
        return False
    readline.set_auto_history(False)  # what is noted of a child is not to be called up again
    return True


def _further(first: int) -> int:
    """How many bytes follow the first of a character."""
    return 0 if first < 0xC0 else 1 if first < 0xE0 else 2 if first < 0xF0 else 3


def _plain(data: bytes) -> str:
    """A key whatever the width, case or language of the keyboard's letters."""
    return unicodedata.normalize("NFKC", data.decode("utf-8", "replace")).lower()
