"""A terminal: which words may be sent to it, where lines are broken, and its streams.

Nothing that comes from a list is ever parsed as markup or sent with control characters.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from rosterrec.errors import OutputError

if TYPE_CHECKING:
    import rich.text

#: Control characters, and marks that reverse the direction of writing.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
#: What stays on one line: a Han character with the marks around it, a word likewise, or blanks.
_UNBROKEN = re.compile(
    r"[（“]*(?!（)[\u2e80-\uffff][”）。，、；：).,]*(?:!\d+)?"
    r"|[（“]*[^\s\u2e80-\uffff“”]+[”）。，、；：).,]*|[（“”]|\s+"
)


def safe(words: str) -> str:
    """Text from a list made harmless for a terminal: no control characters, no reversals."""
    return _UNSAFE.sub("", words.replace("\n", " "))


def folded(line: str, width: int) -> list[str]:
    """A line in as many as it needs, the further ones under the words of the first.

    Chinese has no spaces to break at: it is broken between any two characters.
    """
    from rich.cells import cell_len

    before = re.match(r"\s*(?:\d+\. )?", line)
    indent = " " * len(before.group()) if before else ""
    lines = [""]
    for word in _UNBROKEN.findall(line):
        if cell_len(lines[-1] + word) > width and lines[-1].strip():
            lines.append(indent)
        lines[-1] += word if lines[-1].strip() or not word.isspace() or len(lines) == 1 else ""
    return [part.rstrip() for part in lines]


def plain(words: str) -> rich.text.Text:
    """Words for rich that are never parsed as markup and hold no control characters."""
    from rich.text import Text

    return Text(_UNSAFE.sub("", words))


def write(words: str) -> None:
    """A line on stderr as it is."""
    tolerant(sys.stderr)
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


@contextmanager
def stdout() -> Iterator[Any]:
    """The stream for data, to write to; None where there is none: nobody asked to hear.

    Raises:
        OutputError: ``stdout_unwritable``; a reader who has heard enough is no fault.
    """
    stream = sys.stdout
    try:
        if stream is not None:
            tolerant(stream)
            stream.flush()
        yield stream
        if stream is not None:
            stream.flush()
    except BrokenPipeError:
        _abandon_stdout()
    except OSError as error:
        _abandon_stdout()
        raise OutputError("stdout_unwritable", reason=error.strerror or "") from None


def tolerant(stream: Any) -> None:
    """A terminal that cannot show a character gets its code, never an exception."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def unseen(question: str) -> str | None:
    """What a person types, unseen; None where nobody is there, or who is there ends the input."""
    from getpass import getpass

    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    try:
        return getpass(question, stream=sys.stderr)
    except EOFError:
        sys.stderr.write("\n")
        return None


def _abandon_stdout() -> None:
    """Keep the interpreter from flushing once more, and complaining, as it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
