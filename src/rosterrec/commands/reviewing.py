"""Walking the review queue: a pair, a key, an entry in the ledger, the next pair."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from rosterrec.ledger import Entry, Kind, Verdict
from rosterrec.ledger.agreement import agreement, ordered
from rosterrec.link import waiting
from rosterrec.report.masking import masked_person
from rosterrec.report.pairs import HIGH, MIDDLE
from rosterrec.screen.console import screen_for
from rosterrec.screen.contrast import show_pair
from rosterrec.screen.keyboard import END, Keyboard
from rosterrec.screen.terminal import folded, plain, safe

if TYPE_CHECKING:
    from rosterrec.ledger import Hand, Ledger
    from rosterrec.report.beside import Beside
    from rosterrec.screen.console import Console

_VERDICTS = {
    "s": Verdict.SAME, "1": Verdict.SAME, "同": Verdict.SAME,
    "d": Verdict.DIFFERENT, "2": Verdict.DIFFERENT, "异": Verdict.DIFFERENT,
    "u": Verdict.UNSURE, "3": Verdict.UNSURE,
}  # fmt: skip
_BACK, _NOTE, _QUIT = {"b", "4"}, {"n", "5"}, {"q", "6", END}
_LONGEST = 500


@dataclass
class Review:
    """One sitting.

    Attributes:
        pairs: the queue, as ``waiting.queue`` gives it.
        records: the two records of each of its rows.
        verdicts: what was said of each, before this sitting and in it.
        notes: what was noted beside an answer in this sitting, by place in the queue.
    """

    console: Console
    ledger: Ledger
    hand: Hand
    pairs: pl.DataFrame
    records: Sequence[Beside]
    verdicts: list[str | None]
    reveal: bool = False
    notes: dict[int, str | None] = field(default_factory=dict)
    _seen: list[int] = field(default_factory=list)

    def walk(self, keys: Keyboard) -> None:
        """Ask pair after pair until none is left or the person stops; each answer is kept at once.

        Raises:
            OutputError: an answer could not be kept.
        """
        back: int | None = None
        while True:
            at = self._next() if back is None else back
            back = None
            if at is None:
                return
            self._show(at)
            key, note = self._pressed(keys)
            if key in _QUIT:
                return
            if key in _BACK:
                back = self._seen.pop() if self._seen else at
                continue
            self._keep(at, _VERDICTS[key], note)

    def remaining(self) -> pl.DataFrame:
        """The pairs that still need an answer."""
        return waiting.still_open(
            self.pairs.with_row_index("at"), pl.Series(self.verdicts, dtype=pl.String)
        )

    @property
    def answered(self) -> int:
        """How many pairs were answered in this sitting."""
        return len(self.notes)

    def _pressed(self, keys: Keyboard) -> tuple[str, str | None]:
        """A key that means something, and the note that was typed before it."""
        note = None
        while True:
            key = keys.key()
            if key in _VERDICTS or key in _BACK | _QUIT:
                return key, note
            if key in _NOTE:
                words = keys.line(self.console.say("review.note"))
                note = " ".join(safe(words).split())[:_LONGEST] or None
            self._tell("review.keys")

    def _next(self) -> int | None:
        left = self.remaining()["at"]
        return int(left[0]) if len(left) else None

    def _keep(self, at: int, verdict: Verdict, note: str | None) -> None:
        """Keep an answer; one that is given anew keeps its note, unless there is another."""
        note = self.notes[at] = note or self.notes.get(at)
        self.ledger.add([entry_of(self.records[at], verdict, note)], self.hand)
        self.verdicts[at] = str(verdict)
        self._seen.append(at)
        self._tell("review.kept", verdict=self.console.say(f"choice.{verdict}"))

    def _show(self, at: int) -> None:
        """How many remain, what the answer is good for, the two records, and the keys."""
        say, pair, left = self.console.say, self.records[at], self.remaining()
        screen = screen_for(sys.stderr, self.console)
        screen.print()
        screen.rule(plain(say("review.title", n=len(left))), style="dim", characters="─")
        show_pair(screen, pair, self.console, reveal=self.reveal)
        own, other = (place.shown() for place in pair.places())
        self._tell("review.places", own=own, other=other)
        self._tell("review.doubt", basis=say(f"basis.{pair.pair['basis']}"),
                   likelihood=self._likelihood(pair.pair["probability"]))  # fmt: skip
        gain = "gain" if pair.pair["unlocks"] else "no_gain"
        self._tell(f"review.{gain}", n=pair.pair["unlocks"], all=waiting.children(left))
        said = self.verdicts[at]
        if said:
            self._tell("review.said", verdict=say(f"choice.{said}"))
        self._tell("review.keys")

    def _likelihood(self, probability: float) -> str:
        key = "high" if probability >= HIGH else "middle" if probability >= MIDDLE else "low"
        percent = int(min(probability * 100, 99))
        return self.console.say(f"likelihood.{key}", p=f"{percent}%" if percent else "<1%")

    def _tell(self, key: str, **facts: Any) -> None:
        screen = screen_for(sys.stderr, self.console)
        for part in folded(safe(self.console.say(key, **facts)), screen.width):
            screen.print(plain(part), soft_wrap=True)


def entry_of(pair: Beside, verdict: Verdict, note: str | None) -> Entry:
    """What a person said of a pair, as the ledger keeps it."""
    keys = pair.left["key"], pair.right["key"]
    shown = {of["key"]: masked_person(of["name"], of["id"] or of["id_text"] or of["student_no"])
             for of in (pair.left, pair.right)}  # fmt: skip
    left, right = ordered(*keys)
    return Entry(
        Kind.PAIR, left, right, str(verdict), note=note, left_shown=shown[left],
        right_shown=shown[right], seen=pair.seen(),
    )  # fmt: skip


def answered_since(
    decisions: pl.DataFrame, known: int, records: Sequence[Beside]
) -> list[str | None]:
    """What was said of each pair since the run, or follows from it; null where nothing was.

    What the run knew and left open all the same, such as an "unsure" of last month, is asked again;
    so is what two people see differently.

    Args:
        decisions: those that stand (``standing.STANDING``).
        known: the last decision that the run knew.
        records: the pairs.
    """
    pairs = decisions.filter(pl.col("kind") == Kind.PAIR)
    is_old = pl.col("seq") <= known
    fresh = set(pairs.filter(~is_old).select("left_key", "right_key").iter_rows())
    told, before = _settled(pairs), _settled(pairs.filter(is_old))
    found: list[str | None] = []
    for pair in records:
        subject = ordered(pair.left["key"], pair.right["key"])
        verdict = told.get(subject)
        is_new = subject in fresh or verdict != before.get(subject)
        found.append(verdict if is_new and verdict != "disputed" else None)
    return found


def _settled(pairs: pl.DataFrame) -> dict[tuple[str, str], str]:
    """What follows of each pair of keys from decisions on pairs."""
    return {
        (left, right): verdict for left, right, verdict in agreement(pairs).verdicts.iter_rows()
    }
