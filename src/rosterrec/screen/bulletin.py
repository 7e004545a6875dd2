"""What changed between two runs, drawn for a clerk: counts first, then whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterrec.months.changes import Change
from rosterrec.screen.console import Console, screen_for
from rosterrec.screen.terminal import folded, plain, safe, stdout

if TYPE_CHECKING:
    import rich.console

Document = dict[str, Any]
_WIDEST = 96
#: So many people are named of one kind of change.
_MOST = 8
#: Changes that are a count and nothing more: nobody has to do anything about them.
_COUNTED_ONLY = frozenset({Change.REACHED_AGE, Change.PAST_AGE, Change.ENTRY_CORRECTED})


@dataclass(frozen=True)
class Bulletin:
    """How changes are drawn: with whose words."""

    console: Console

    def show(self, document: Document, book: Path | None) -> None:
        """Counts, sums that foot, and the people of each kind of change, on stdout.

        Raises:
            OutputError: ``stdout_unwritable``.
        """
        say = self.console.say
        with stdout() as stream:
            if stream is None:
                return
            screen = screen_for(stream, self.console, _WIDEST)
            days = {"before": document["before"], "after": document["after"]}
            _line(screen, say("diff.title", **days), style="bold")
            for line in (*self.sums(document), *self.console.noted(document["findings"])):
                _line(screen, line)
            counts = {kind: n for kind, n in document["kinds"].items() if n}
            if not counts:
                _line(screen, say("diff.none"))
            for kind, count in counts.items():
                self.kind(screen, kind, count, document["changes"])
            if book:
                screen.print(plain(say("diff.book", path=str(book))), soft_wrap=True)

    def sums(self, document: Document) -> list[str]:
        """The list and the missing proofs: before, plus, minus, after."""
        say, proofs = self.console.say, document["missing_proof"]
        people = {
            "before": document["population_before"], "after": document["population"],
            "new": document["new"], "gone": document["gone"],
        }  # fmt: skip
        lines = [say("diff.people", **people)]
        if proofs["before"] or proofs["after"]:
            facts = {
                "before": proofs["before"], "newly": proofs["newly"], "after": proofs["after"],
                "settled": proofs["obtained"] + proofs["by_registry"],
                "left": proofs["no_longer_away"],
            }  # fmt: skip
            lines.append(say("diff.proofs", **facts))
        return lines

    def kind(
        self, screen: rich.console.Console, kind: str, count: int, changes: list[Document]
    ) -> None:
        """One kind of change: how many, and who."""
        words = self.console.say(f"change.{kind}")
        urgent = kind in {Change.NEWLY_OUT, Change.PROOF_LACKING, Change.PROOF_EXPIRED}
        head = f"{words[:1].upper()}{words[1:]}  {count:,}"
        _line(screen, head, "bold red" if urgent else "bold")
        if kind in _COUNTED_ONLY:
            return
        people = [change for change in changes if change["kind"] == kind]
        for person in people[:_MOST]:
            _line(screen, self.person(person), indent=2)
        if len(people) > _MOST:
            _line(screen, self.console.say("diff.more", n=len(people) - _MOST), "dim", indent=2)

    def person(self, change: Document) -> str:
        """A masked child, where it stands, and what became of it."""
        at = "row" if change["row"] is not None else "row_before"
        where = self.console.say(f"diff.{at}", row=change[at])
        sides = dict.fromkeys(part for part in (change["before"], change["after"]) if part)
        became = " → ".join(sides)
        who = (change["name"], change["birth"], change["village"], where, became)
        return "  ".join(safe(str(part)) for part in who if part)


def _line(screen: rich.console.Console, words: str, style: str = "", indent: int = 0) -> None:
    """A sentence, folded between words or Chinese characters, further lines under the first."""
    for at, part in enumerate(folded(safe(words), screen.width - indent - 2)):
        begin = " " * (indent + (2 if at else 0))
        screen.print(plain(begin + part), style=style or None, soft_wrap=True)
