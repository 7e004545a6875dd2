"""How every command speaks to a person: progress, errors, notes, questions. Talk goes to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rosterrec.errors import RosterrecError
from rosterrec.messages import text
from rosterrec.screen.terminal import folded, plain, safe, stdout, tolerant, unseen, write

if TYPE_CHECKING:
    import rich.console

_WIDEST, _WIDE = 80, 110


@dataclass(frozen=True)
class Console:
    """How to speak: the language, whether at all, and whether in colour."""

    lang: str
    quiet: bool = False
    color: bool = True

    def speaking(self, lang: str) -> Console:
        """The same console in another language."""
        return Console(lang, self.quiet, self.color)

    def say(self, key: str, /, **facts: object) -> str:
        """A sentence in this console's language."""
        return text(key, self.lang, **facts)

    def show_error(self, error: RosterrecError) -> None:
        """The cause on one line and the remedy on the next; shown even when quiet."""
        facts = harmless(error.facts)
        if facts.get("sheet"):
            facts["sheet"] = f" [{facts['sheet']}]"
        if "hint" in facts:
            facts["hint"] = self.say(f"hint.{facts['hint']}")
        if error.code == "no_population":
            facts["seen"] = self._roles(facts["seen"])
        try:
            words = self.say(f"error.{error.code}", **facts)
        except KeyError:
            words = error.code
        write(words)

    def note(self, key: str, /, **facts: object) -> None:
        """A sentence about what was done; silent when quiet."""
        if not self.quiet:
            write(self.say(key, **harmless(facts)))

    def point(self, key: str, /, **facts: object) -> None:
        """A sentence on stderr, never folded, so that a path in it can be copied."""
        if not self.quiet:
            write(safe(self.say(key, **facts)))

    def tell(self, lines: Sequence[str]) -> None:
        """Sentences on stderr, each folded to the screen; nothing when quiet."""
        if self.quiet:
            return
        screen = self.screen()
        for line in lines:
            for part in folded(safe(line), screen.width):
                screen.print(plain(part), soft_wrap=True)

    def noted(self, findings: Iterable[dict[str, Any]]) -> list[str]:
        """Findings, each as a sentence that says it is one."""
        note = self.say("screen.note") + self.say("word.colon")
        return [
            note + self.say("finding." + found["code"], **harmless(found)) for found in findings
        ]

    def _roles(self, codes: str) -> str:
        """Codes of roles as words."""
        return self.say("word.comma").join(
            self.say(f"role.{code}") for code in codes.split(", ") if code
        )

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """The observer to hand to the pipeline: a line that moves on a terminal, else silence."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _stage, _done, _total: None
            return
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(24),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.screen(), transient=True) as bar:
            task = bar.add_task("", total=None)

            def show(stage: str, done: int, total: int) -> None:
                if stage == "password":
                    bar.stop()  # so that the line can be typed on
                    return
                bar.start()
                words = self.say(f"progress.{stage}")
                bar.update(task, description=words, completed=done, total=total or None)

            yield show

    def ask_password(self, file: str, again: bool) -> str | None:
        """The password of a workbook as a person types it, unseen; None where nobody is there."""
        key = "password_again" if again else "password"
        return unseen(self.say(f"screen.{key}", file=safe(file)))

    def ask_new_password(self, *, again: bool) -> str | None:
        """A password to be, typed unseen; None where nobody is there."""
        return unseen(self.say(f"screen.{'new_password_again' if again else 'new_password'}"))

    def print_json(self, document: dict[str, Any]) -> None:
        """One JSON document on stdout, in UTF-8 whatever the terminal speaks.

        Raises:
            OutputError: ``stdout_unwritable``.
        """
        data = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        with stdout() as stream:
            if stream is not None:
                stream.buffer.write(data.encode())

    def screen(self) -> rich.console.Console:
        """Stderr to draw on, up to the width of a usual terminal."""
        from rich.console import Console as Rich

        tolerant(sys.stderr)
        wide = Rich(stderr=True, no_color=not self.color or None, highlight=False, emoji=False)
        wide.width = min(wide.width, _WIDEST)
        return wide


def screen_for(stream: Any, console: Console, widest: int = _WIDE) -> rich.console.Console:
    """A screen that draws on a stream as wide as it is, up to a readable width."""
    from rich.console import Console as Rich

    screen = Rich(
        file=stream, force_terminal=stream.isatty(), no_color=not console.color or None,
        highlight=False, emoji=False,
    )  # fmt: skip
    screen.width = min(screen.width, widest)
    return screen


def harmless(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a sentence, made harmless for a terminal; its code is none. Counts stay counts."""
    return {
        key: fact if isinstance(fact, int) else safe(str(fact))
        for key, fact in facts.items()
        if key != "code"
    }
