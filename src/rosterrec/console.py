"""All that a person sees in the terminal: progress, summary, errors. Talk goes to stderr.

Nothing that comes from a list is ever parsed as markup or sent with control characters.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterrec.errors import OutputError, RosterrecError
from rosterrec.messages import text

if TYPE_CHECKING:
    import rich.console
    import rich.table
    import rich.text

    from rosterrec.frames import Receipt

#: Control characters, and marks that reverse the direction of writing.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
#: What stays on one line: a Han character with the marks that close it, a word, or blanks.
_UNBROKEN = re.compile(
    r"[（“]*[\u2e80-\uffff][”）。，、；：]*|“?[^\s\u2e80-\uffff“”]+[”）。，、；：]*|[“”]|\s+"
)
_WIDEST, _NARROW, _WIDE = 80, 50, 110
#: Changes that the summary names, most important first, and how many of them.
_TOLD = (
    "newly_out", "returned", "found", "moved", "filed", "proof_obtained", "proof_expired",
    "proof_lacking",
)  # fmt: skip
_MOST_TOLD = 3
_SHEET_OF = {
    "next_out": "out_of_school", "next_proof": "missing_proof", "next_review": "review",
    "next_police": "correct_police", "next_schools": "correct_schools",
}  # fmt: skip


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
        facts = {k: safe(str(v)) for k, v in error.facts.items()}
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
        _write(words)

    def note(self, key: str, /, **facts: object) -> None:
        """A sentence about what was done; silent when quiet."""
        if not self.quiet:
            _write(self.say(key, **{k: safe(str(v)) for k, v in facts.items()}))

    def point(self, key: str, /, **facts: object) -> None:
        """A sentence on stderr, never folded, so that a path in it can be copied."""
        if not self.quiet:
            _write(safe(self.say(key, **facts)))

    def tell(self, lines: Sequence[str]) -> None:
        """Sentences on stderr, each folded to the screen; nothing when quiet."""
        if self.quiet:
            return
        screen = self._rich()
        for line in lines:
            for part in folded(safe(line), screen.width):
                screen.print(plain(part), soft_wrap=True)

    def _roles(self, codes: str) -> str:
        """Codes of roles as words."""
        comma = "、" if self.lang == "zh" else ", "
        return comma.join(self.say(f"role.{code}") for code in codes.split(", ") if code)

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
        with Progress(*columns, console=self._rich(), transient=True) as bar:
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
        return _unseen(self.say(f"screen.{key}", file=safe(file)))

    def ask_new_password(self, *, again: bool) -> str | None:
        """A password to be, typed unseen; None where nobody is there."""
        return _unseen(self.say(f"screen.{'new_password_again' if again else 'new_password'}"))

    def show_summary(self, figures: dict[str, Any], folder: Path | None) -> None:
        """The statuses, the proof rate, what to do next, and where the workbook is."""
        if self.quiet:
            return
        screen = self._rich()
        screen.print(self._status_table(figures, screen.width))
        rate = figures["proof"]["rate"]
        lines = [*self._findings(figures), *self._changes(figures), *self._next_steps(figures)]
        if rate["denominator"]:
            proof = figures["proof"]
            counts = {"missing": proof["missing_proof"], "families": proof["families"]}
            lines.insert(0, self.say("screen.proof", **rate, **counts))
        if figures.get("unchanged"):
            lines.append(self.say("screen.unchanged"))
        for line in lines:
            for part in folded(line, screen.width):
                screen.print(plain(part), soft_wrap=True)
        if folder is None:
            screen.print(plain(self.say("screen.dry")))
            return
        # Never folded, so that it can be copied or clicked.
        path = str(folder / "reconciliation.xlsx")
        screen.print(plain(self.say("screen.written", path=path)), soft_wrap=True)

    def _status_table(self, figures: dict[str, Any], width: int) -> rich.table.Table:
        """Groups with their statuses; a status that nobody has is left out."""
        from rich import box
        from rich.padding import Padding
        from rich.table import Table

        from rosterrec.frames import GROUP_OF, Group

        table = Table(
            title=plain(self.say("screen.title", as_of=figures["as_of"])),
            box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left",
        )  # fmt: skip
        table.add_column(
            self.say("screen.status"), overflow="fold", min_width=30 if width > _NARROW else None
        )
        table.add_column(self.say("screen.people"), justify="right", no_wrap=True)
        for group in Group:
            count = figures["groups"][group]
            members = [s for s, g in GROUP_OF.items() if g is group]
            if not count:
                continue
            urgent = group in {Group.OUT, Group.REVIEW}
            table.add_row(
                plain(self.say(f"group.{group}")),
                f"{count:,}",
                style="bold red" if urgent else "bold",
            )
            if len(members) > 1:
                for status in members:
                    if figures["statuses"][status]:
                        words = Padding(plain(self.say(f"status.{status}")), (0, 0, 0, 2))
                        table.add_row(words, f"{figures['statuses'][status]:,}")
        table.add_section()
        table.add_row(plain(self.say("screen.total")), f"{figures['population']:,}", style="bold")
        return table

    def _changes(self, figures: dict[str, Any]) -> list[str]:
        """What changed since the earlier run, in the two or three points that matter most."""
        found = figures.get("changes")
        if not found:
            return []
        counts = {kind: n for kind, n in found["kinds"].items() if n and kind in _TOLD}
        points = [
            self.say("screen.change", kind=self.say(f"change.{kind}"), n=n)
            for kind, n in list(counts.items())[:_MOST_TOLD]
        ]
        listed = {"new": found["new"], "gone": found["gone"]}
        lines = [self.say("screen.listed", day=found["as_of_before"], **listed)]
        if points:
            told = self.say("word.comma").join(points)
            sheet = self.say("sheet.changes")
            lines.append(self.say("screen.changes", changes=told, sheet=sheet))
        return lines

    def _findings(self, figures: dict[str, Any]) -> list[str]:
        found = []
        for finding in figures["findings"]:
            facts = {k: safe(str(v)) for k, v in finding.items() if k != "code"}
            found.append(
                f"{self.say('screen.note')}: {self.say('finding.' + finding['code'], **facts)}"
            )
        return found

    def _next_steps(self, figures: dict[str, Any]) -> list[str]:
        """What has to be done, most urgent first, with the sheet where it stands."""
        owners = figures["corrections"]
        counts = {
            "next_out": figures["groups"]["out_of_school"],
            "next_proof": figures["proof"]["missing_proof"],
            "next_review": figures["groups"]["review"],
            "next_police": owners["police"],
            "next_schools": owners["registry"] + owners["school"],
        }
        steps = [
            self.say(f"screen.{key}", n=n, sheet=self.say(f"sheet.{_SHEET_OF[key]}"))
            for key, n in counts.items()
            if n
        ]
        if not steps:
            return [self.say("screen.nothing")]
        return [self.say("screen.next"), *(f"  {i}. {step}" for i, step in enumerate(steps, 1))]

    def show_receipts(self, receipts: Sequence[Receipt]) -> None:
        """How each sheet was read."""
        if self.quiet:
            return
        from rich import box
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for key in ("file", "sheet", "role"):
            table.add_column(self.say(f"screen.{key}"), overflow="fold")
        for key in ("used", "rejected"):
            table.add_column(self.say(f"screen.{key}"), justify="right")
        for r in receipts:
            role = self.say(f"role.{r.role}")
            table.add_row(plain(r.file), plain(r.sheet), role, str(r.used), str(r.rejected))
        self._rich().print(table)

    def print_json(self, document: dict[str, Any]) -> None:
        """One JSON document on stdout, in UTF-8 whatever the terminal speaks.

        Raises:
            OutputError: ``stdout_unwritable``.
        """
        data = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        with stdout() as stream:
            if stream is not None:
                stream.buffer.write(data.encode())

    def _rich(self) -> rich.console.Console:
        from rich.console import Console as Rich

        _tolerant(sys.stderr)
        wide = Rich(stderr=True, no_color=not self.color or None, highlight=False, emoji=False)
        wide.width = min(wide.width, _WIDEST)
        return wide


def screen_for(stream: Any, console: Console) -> rich.console.Console:
    """A screen that draws on a stream as wide as it is, up to a readable width."""
    from rich.console import Console as Rich

    screen = Rich(
        file=stream, force_terminal=stream.isatty(), no_color=not console.color or None,
        highlight=False, emoji=False,
    )  # fmt: skip
    screen.width = min(screen.width, _WIDE)
    return screen


def safe(words: str) -> str:
    """Text from a list made harmless for a terminal: no control characters, no reversals."""
    return _UNSAFE.sub("", words.replace("\n", " "))


def folded(line: str, width: int) -> list[str]:
    """A line in as many as it needs, the further ones under the words of a numbered first.

    Chinese has no spaces to break at: it is broken between any two characters.
    """
    from rich.cells import cell_len

    number = re.match(r"\s*\d+\. ", line)
    indent = " " * len(number.group()) if number else ""
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


def _write(words: str) -> None:
    _tolerant(sys.stderr)
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
            _tolerant(stream)
            stream.flush()
        yield stream
        if stream is not None:
            stream.flush()
    except BrokenPipeError:
        _abandon_stdout()
    except OSError as error:
        _abandon_stdout()
        raise OutputError("stdout_unwritable", reason=error.strerror or "") from None


def _abandon_stdout() -> None:
    """Keep the interpreter from flushing once more, and complaining, as it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tolerant(stream: Any) -> None:
    """A terminal that cannot show a character gets its code, never an exception."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _unseen(question: str) -> str | None:
    """What a person types, unseen; None where nobody is there, or who is there ends the input."""
    from getpass import getpass

    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    try:
        return getpass(question, stream=sys.stderr)
    except EOFError:
        sys.stderr.write("\n")
        return None
