"""What taking in a workbook does, on the screen: counts, overturned and disputed, rows left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rosterrec.ledger import Kind, Verdict

if TYPE_CHECKING:
    from rosterrec.answers.intake import Outcome
    from rosterrec.ledger import Decision, Ledger
    from rosterrec.screen.console import Console

#: So many rows are named one by one.
_MOST = 20


def show_outcome(console: Console, outcome: Outcome, ledger: Ledger, *, kept: bool) -> None:
    """Say what was, or would be, taken in.

    Args:
        console: where and how to speak.
        outcome: what became of the rows.
        ledger: to quote entries that were overturned or contradicted.
        kept: False where it was only a preview.
    """
    say = console.say
    added = Counter(
        answer.entry.spoken
        for answer, taken in zip(outcome.answers, outcome.taken, strict=True)
        if taken.added
    )
    again = sum(len(taken.again) for taken in outcome.taken)
    counts = say("word.comma").join(f"{say(f'entry.{kind}')} {n}" for kind, n in added.items())
    key = "taken" if kept else "would_take"
    lines = [say(f"intake.{key}", file=outcome.workbook, n=sum(added.values()), counts=counts)
             if added else say("intake.nothing", file=outcome.workbook)]  # fmt: skip
    if again:
        lines.append(say("intake.again", n=again))
    lines += _rivals(console, outcome, {d.seq: d for d in ledger.every()})
    lines += _claims(console, outcome, ledger.standing())
    if outcome.unclear:
        lines.append(say("intake.unclear", n=len(outcome.unclear)))
        lines += [
            "  " + _place(console, sheet=u.sheet, row=u.row) + say("word.colon")
            + say(f"unclear.{u.reason}", column=say(f"column.{u.column}") if u.column else "")
            for u in outcome.unclear[:_MOST]
        ]  # fmt: skip
        if len(outcome.unclear) > _MOST:
            lines.append("  " + say("intake.more", n=len(outcome.unclear) - _MOST))
    console.tell(lines)


def _rivals(console: Console, outcome: Outcome, old: dict[int, Decision]) -> list[str]:
    """Entries that take another's place, and entries that stand against another's."""
    lines = []
    for answer, taken in zip(outcome.answers, outcome.taken, strict=True):
        for key, pairs in (("overturned", taken.overturned), ("against", taken.against)):
            for _, seq in pairs:
                rival = old.get(seq)
                if rival is None:
                    continue
                facts = {
                    "who": rival.who,
                    "at": rival.at[:10],
                    "seq": seq,
                    "before": said(console, rival.entry.kind, rival.entry.verdict),
                    "now": said(console, answer.entry.kind, answer.entry.verdict),
                }
                same = facts["before"] == facts["now"]
                words = console.say("intake.joined" if same else f"intake.{key}", **facts)
                place = _place(console, sheet=answer.sheet, row=answer.row)
                lines.append(place + console.say("word.colon") + words)
    return lines[:_MOST]


def _claims(console: Console, outcome: Outcome, standing: Sequence[Decision]) -> list[str]:
    """Answers that give one child a row that was given to another: one row is one child's seat."""
    given: dict[str, dict[str, str]] = {}
    for entry in (*(d.entry for d in standing), *(answer.entry for answer in outcome.answers)):
        if entry.kind is Kind.PAIR:
            children = given.setdefault(entry.right, {})
            children.pop(entry.left, None)  # an answer may take the row from a child
            if entry.verdict == Verdict.SAME:
                children[entry.left] = entry.left_shown
    lines = []
    for answer, taken in zip(outcome.answers, outcome.taken, strict=True):
        entry = answer.entry
        if not taken.added or (entry.kind, entry.verdict) != (Kind.PAIR, Verdict.SAME):
            continue
        others = [who for key, who in given[entry.right].items() if key != entry.left]
        if others:
            place = _place(console, sheet=answer.sheet, row=answer.row)
            whom = console.say("word.comma").join(others)
            words = console.say("intake.claimed", whom=whom)
            lines.append(place + console.say("word.colon") + words)
    return lines[:_MOST]


def said(console: Console, kind: str, verdict: str) -> str:
    """What an entry says, in words."""
    if kind == "pair":
        return console.say(f"choice.{verdict}")
    if kind == "status":
        return console.say(f"outcome.{verdict}")
    return console.say(f"entry.{kind}")


def _place(console: Console, *, sheet: str, row: int) -> str:
    return console.say("intake.place", sheet=sheet, row=row)
