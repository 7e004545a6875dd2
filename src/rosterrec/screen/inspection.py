"""The screen of ``rosterrec inspect``: each file with its lists, columns and rejected rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rosterrec.frames import ColumnUse, Finding, Receipt
from rosterrec.read import FileRead
from rosterrec.report.reading import (
    CERTAIN,
    encoding_name,
    fault,
    member_of,
    pin,
    reasons,
    taken_for,
)
from rosterrec.screen.console import Console, harmless
from rosterrec.screen.terminal import folded, plain, safe, stdout
from rosterrec.survey import Survey

if TYPE_CHECKING:
    import rich.console

_WIDEST = 100
#: Narrower than this, examples stand below what a column was taken for.
_NARROW = 60
#: What stands before the second and further lines of one.
_HANGING = "  "


@dataclass(frozen=True)
class Inspection:
    """Draws a survey."""

    console: Console

    def show(self, survey: Survey) -> None:
        """Every file, then what all of them hold, on stdout.

        Raises:
            OutputError: ``stdout_unwritable``.
        """
        with stdout() as stream:
            if stream is None:
                return
            screen = _screen(stream, self.console)
            for file in survey.files:
                self._print(screen, self._file(file, survey, screen.width))
            self._print(screen, self._notes(survey.findings))
            self._print(screen, [(self._total(survey), "bold")])

    def _print(self, screen: rich.console.Console, lines: Iterable[tuple[str, str]]) -> None:
        for line, style in lines:
            indent = " " * (len(line) - len(line.lstrip()))
            room = screen.width - len(indent) - len(_HANGING)
            words = line.strip()
            first = folded(words, room + len(_HANGING))[0] if words else ""
            rest = words[len(first) :].strip()
            parts = [first, *(_HANGING + part for part in folded(rest, room) if rest)]
            for part in parts:
                screen.print(plain(indent + part), style=style, soft_wrap=True)

    def _total(self, survey: Survey) -> str:
        lists = survey.ready.receipts
        return self._say(
            "total", files=len(survey.files), lists=len(lists), rows=sum(r.rows for r in lists),
            used=sum(r.used for r in lists), rejected=sum(r.rejected for r in lists),
        )  # fmt: skip

    def _say(self, key: str, **facts: object) -> str:
        return self.console.say(f"inspect.{key}", **facts)

    def _file(self, file: FileRead, survey: Survey, width: int) -> Iterator[tuple[str, str]]:
        names = {file.name, *(sheet.receipt.file for sheet in file.sheets)}
        mine = [r for r in survey.ready.receipts if r.file in names]
        kind = _kind(file, mine)
        yield safe(f"{file.name}  {kind}".rstrip()), "bold"
        if file.refused:
            told = fault(file.refused, self.console.lang)
            yield f"  {safe(told['cause'])}", "red"
            yield f"  {safe(told['remedy'])}", ""
        if file.part_of:
            yield f"  {self._say('part', file=safe(file.part_of))}", ""
        for _, alike in groupby(mine, _signature):
            yield from self._lists(file.name, list(alike), width)
        for note, style in self._notes(file.findings):
            yield f"  {note}", style
        yield "", ""

    def _notes(self, findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
        for finding in findings:
            words = self.console.say(f"finding.{finding.code}", **harmless(finding.facts))
            yield self._labelled(self.console.say("screen.note"), words), ""

    def _labelled(self, label: str, words: str) -> str:
        return label + self.console.say("word.colon") + words

    def _lists(self, file: str, alike: list[Receipt], width: int) -> Iterator[tuple[str, str]]:
        """Lists with the same columns: a line for each, the columns once."""
        shown = ""
        several = _shared(alike)
        for receipt in alike:
            member = member_of(receipt, file)
            if member != shown:
                shown = member
                yield f"  {safe(member)}  {_format(receipt)}", "bold"
            yield f"  {self._heading(receipt)}", "bold cyan"
            if receipt.problems:
                why = reasons(receipt.problems, self.console.lang)
                yield "    " + self._labelled(self._say("rejected"), why), ""
            for code in receipt.findings:
                if code not in several:
                    yield self._note(code), "yellow"
        for code, sheets in several.items():
            yield self._note(code, sheets), "yellow"
        first = alike[0]
        yield f"    {self._role(first)}", ""
        used = [use for use in first.columns if use.field]
        for use in used:
            yield from self._column(use, width)
        unused = [use for use in first.columns if not use.field and use.basis != "tied"]
        tied = [use for use in first.columns if use.basis == "tied"]
        for use in tied:
            yield from self._column(use, width)
        if unused:
            comma = self.console.say("word.comma")
            words = comma.join(safe(use.heading or use.column) for use in unused)
            yield "    " + self._labelled(self._say("unused"), words), "dim"

    def _note(self, code: str, sheets: Sequence[str] = ()) -> str:
        """What is odd about a list, or about each of several sheets."""
        which = "".join(f" [{safe(sheet)}]" for sheet in sheets)
        words = self.console.say(f"finding.{code}")
        return "    " + self._labelled(self.console.say("screen.note") + which, words)

    def _heading(self, receipt: Receipt) -> str:
        sheet = f"[{safe(receipt.sheet)}] " if receipt.sheet else ""
        role = self.console.say(f"role.{receipt.role}")
        return sheet + self._say(
            "list", role=role, header=receipt.header_row, rows=receipt.rows, used=receipt.used,
            rejected=receipt.rejected,
        )  # fmt: skip

    def _role(self, receipt: Receipt) -> str:
        comma = self.console.say("word.comma")
        basis = self.console.say(f"word.{receipt.role_basis}")
        why = comma.join(safe(word) for word in receipt.role_why[:4])
        return self._say("role", basis=f"{basis} {why}".rstrip())

    def _column(self, use: ColumnUse, width: int) -> Iterator[tuple[str, str]]:
        # Two numbers that are masked alike say no more than one.
        different = dict.fromkeys(use.examples)
        examples = self.console.say("word.comma").join(safe(e) for e in different)
        words = taken_for(use, self.console.lang)
        sure = use.basis != "tied" and use.sure >= CERTAIN
        head = f"    {use.column:<2} {safe(use.heading) or '-'} → {words}"
        if examples and width >= _NARROW:
            yield f"{head}  ({examples})", "" if sure else "yellow"
        else:
            yield head, "" if sure else "yellow"
            if examples:
                yield f"       {examples}", "dim"
        if not sure and use.heading:
            yield f"       {self._say('pin', line=safe(pin(use)))}", "yellow"


def _kind(file: FileRead, lists: list[Receipt]) -> str:
    """The file's format and encoding; a zip's members have their own."""
    if not lists:
        return ""
    return "zip" if member_of(lists[0], file.name) else _format(lists[0])


def _format(receipt: Receipt) -> str:
    return " ".join(filter(None, (receipt.format, encoding_name(receipt.encoding))))


def _shared(alike: list[Receipt]) -> dict[str, list[str]]:
    """What is odd about more than one of the lists, with their sheets: it is said once."""
    found: dict[str, list[str]] = {}
    for receipt in alike:
        for code in receipt.findings:
            found.setdefault(code, []).append(receipt.sheet)
    return {code: sheets for code, sheets in found.items() if len(sheets) > 1}


def _signature(receipt: Receipt) -> object:
    """What makes two lists of a file the same to look at."""
    columns = tuple(replace(use, examples=(), sure=round(use.sure, 1)) for use in receipt.columns)
    return receipt.role, receipt.role_basis, columns


def _screen(stream: Any, console: Console) -> rich.console.Console:
    from rich.console import Console as Rich

    screen = Rich(file=stream, no_color=not console.color or None, highlight=False, emoji=False)
    screen.width = min(screen.width, _WIDEST)
    return screen
