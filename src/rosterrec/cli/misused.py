"""A call that the program does not understand, told in the reader's language.

The library that reads the command line says so in English, below a usage that is in the language
of the locale. What it says is taken apart, and said anew with what the reader may do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import typer

from rosterrec.commands.guard import default_language
from rosterrec.messages import text
from rosterrec.screen.terminal import safe, write

#: The library's class of all such errors, which it gives no name of its own.
_Misused: type[Any] = typer.BadParameter.__mro__[1]
#: What the library says, by our sentence for it.
_SAID = {
    "no_option": r"No such option: (?P<what>\S+)",
    "no_command": r"No such command '(?P<what>[^']*)'",
    "too_many": r"Got unexpected extra argument(?:\(s\)|s)? \((?P<what>.*)\)",
    "needs_value": r"Option '(?P<what>[^']+)' requires",
    "takes_none": r"Option '(?P<what>[^']+)' does not take a value",
    # Of "[FOLDER] WHO" only the second is.
    "missing": r"Missing (?:argument|option|parameter) '(?:\[\w+\] )?(?P<what>[^']*)'",
    "bad_value": r"Invalid value for '(?P<what>[^']*)': '(?P<value>[^']*)'",
}
#: What may have been meant, in either of the library's ways of saying so.
_NEAR = re.compile(r"\(Possible options: (?P<options>[^)]*)\)|Did you mean (?P<commands>.*)\?")


@contextmanager
def in_own_words() -> Iterator[None]:
    """Whatever is refused inside is told by ``said`` and not by the library."""
    try:
        yield
    except _Misused as error:
        lines = said(error.format_message(), default_language())
        if lines:
            error.show = partial(_show, error.ctx, lines)
        raise


def said(words: str, lang: str) -> list[str]:
    """The library's words in a language: the fault, and what may have been meant, if it says so.

    Nothing where they are of no known kind.
    """
    for key, pattern in _SAID.items():
        found = re.match(pattern, words)
        if found:
            near = _NEAR.search(words)
            meant = (near["options"] or near["commands"]).replace("'", "") if near else ""
            more = [text("misused.near", lang, near=meant)] if meant else []
            return [text(f"misused.{key}", lang, **found.groupdict()), *more]
    return []


def _show(context: typer.Context | None, lines: list[str], file: object = None) -> None:  # noqa: ARG001
    """The usage, the fault, and where the rest is explained."""
    if context is not None:
        write(context.get_usage())
        command = context.command_path
        lines = [*lines, text("misused.help", default_language(), command=command)]
    for line in lines:
        write(safe(line))
