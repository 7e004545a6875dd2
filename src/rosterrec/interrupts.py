"""Ctrl-C as one ``KeyboardInterrupt``, whatever the libraries make of it.

Polars raises it where it computes, and Python once more at the next line: the second would cut
short what puts things back. What must not be cut in two is ``held`` together.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass
class _Held:
    """How many blocks hold Ctrl-C back, and whether it was pressed meanwhile."""

    depth: int = 0
    pressed: bool = False


_held = _Held()


@contextmanager
def heard_once() -> Iterator[None]:
    """Inside, Ctrl-C raises ``KeyboardInterrupt``; pressed again on the way out, it is spent.

    A process told to ignore Ctrl-C goes on ignoring it.
    """
    before = signal.getsignal(signal.SIGINT)
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or before in {signal.SIG_IGN, None}:
        yield
        return
    signal.signal(signal.SIGINT, _pressed)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def held() -> Iterator[None]:
    """What is done inside is done whole; Ctrl-C pressed meanwhile acts after it."""
    _held.depth += 1
    try:
        yield
    finally:
        _held.depth -= 1
        if not _held.depth:
            pressed, _held.pressed = _held.pressed, False
    if not _held.depth and pressed:
        raise KeyboardInterrupt


def end_waits() -> None:
    """Let Ctrl-C end a wait for a key or a process, which Polars, once imported, lets go on."""
    if hasattr(signal, "siginterrupt"):
        signal.siginterrupt(signal.SIGINT, True)


def at_once() -> None:
    """Let Ctrl-C end this process without a word, as long as it has done nothing to put back."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _pressed(_signal: int, _frame: FrameType | None) -> None:
    if _held.depth:
        _held.pressed = True
    elif not isinstance(sys.exc_info()[1], KeyboardInterrupt):
        raise KeyboardInterrupt
