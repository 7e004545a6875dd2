"""What ``--help`` says: in the language of the locale, or both; lines as wide as they look.

Every text of the commands is "Chinese / English". The library that writes the help counts
characters, of which a Han one is two cells wide, so that lines ran over the edge of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from rosterrec.cli.misused import in_own_words
from rosterrec.commands.guard import language_of_locale
from rosterrec.messages import LANGUAGES
from rosterrec.screen.terminal import folded

#: What the library itself says, in Chinese.
_CHINESE = {
    "Usage: ": "用法：", "Arguments": "参数", "Options": "选项", "Commands": "命令",
    "Show this message and exit.": "显示这些说明。",
}  # fmt: skip
#: What the library adds to a text: "[default: .]", "[required]".
_ADDED = re.compile(r"\s+\[(?:(default): (.*)|required)\]$")
_GAP = 2
_WIDEST_NAME = 30


def spoken(words: str, lang: str | None) -> str:
    """A text in one language, or as it is where no language is asked for."""
    added = _ADDED.search(words)
    own = words[: added.start()] if added else words
    halves = re.split(r"\s*/ ", own, maxsplit=1)
    if lang is None:
        return words
    said = halves[min(LANGUAGES.index(lang), len(halves) - 1)].strip()
    if lang != LANGUAGES[0]:
        return said + (f"  {added.group().strip()}" if added else "")
    said = _CHINESE.get(said, said)
    if not added:
        return said
    return said + (f"（默认：{added[2]}）" if added[1] else "（必填）")


class _Formatter(typer.Context.formatter_class):  # type: ignore[misc, valid-type]
    """Writes help in the language of the locale, folded by the cells that characters take."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        head = f"{self._own(prefix or 'Usage: ')}{prog} "
        self._hanging(head, args)

    def write_heading(self, heading: str) -> None:
        self.write(f"{' ' * self.current_indent}{self._own(heading)}{self._colon}\n")

    def write_text(self, text: str) -> None:
        paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
        shown = (spoken(part, language_of_locale()) for part in paragraphs)
        room = self.width - self.current_indent
        self.write(
            "\n".join(
                "".join(f"{' ' * self.current_indent}{line}\n" for line in folded(part, room))
                for part in shown
            )
        )

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = _WIDEST_NAME, col_spacing: int = _GAP
    ) -> None:
        column = min(max(len(first) for first, _ in rows), col_max) + col_spacing
        for first, second in rows:
            head = f"{' ' * self.current_indent}{first}"
            if len(first) > column - col_spacing:
                self.write(f"{head}\n")
                head = ""
            self._hanging(
                head.ljust(column + self.current_indent), spoken(second, language_of_locale())
            )

    def _hanging(self, head: str, words: str) -> None:
        """Words beside a head, their further lines below the first."""
        from rich.cells import cell_len

        indent = cell_len(head)
        lines = folded(words, max(self.width - indent, _WIDEST_NAME)) if words else [""]
        self.write(f"{head}{lines[0]}".rstrip() + "\n")
        self.write("".join(f"{' ' * indent}{line}\n" for line in lines[1:]))

    def _own(self, words: str) -> str:
        return _CHINESE[words] if language_of_locale() == LANGUAGES[0] else words

    @property
    def _colon(self) -> str:
        return "：" if language_of_locale() == LANGUAGES[0] else ":"


class _Context(typer.Context):
    formatter_class = _Formatter


class Command(TyperCommand):
    """A command whose help is in the reader's language."""

    context_class = _Context

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        """The first sentence, whole: both languages do not fit what the library allows."""
        return (self.help or "").split("\n\n")[0]


class Group(TyperGroup):
    """The commands together, likewise; so is what is said of a call that makes no sense."""

    context_class = _Context
    command_class = Command

    def make_context(self, *args: Any, **more: Any) -> Any:
        """The library's, in our words."""
        with in_own_words():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """The library's, in our words."""
        with in_own_words():
            return super().invoke(ctx)
