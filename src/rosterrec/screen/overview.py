"""A run on the screen when it is done: the statuses, what changed, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterrec.frames import GROUP_OF, Group, Receipt
from rosterrec.screen.terminal import plain

if TYPE_CHECKING:
    import rich.table

    from rosterrec.screen.console import Console

Figures = dict[str, Any]
_NARROW = 50
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


def show_summary(console: Console, figures: Figures, folder: Path | None) -> None:
    """The statuses, the proof rate, what to do next, and where the workbook is.

    Args:
        console: where and how to speak.
        figures: the run's.
        folder: the run's; None on a dry run.
    """
    if console.quiet:
        return
    screen = console.screen()
    screen.print(_status_table(console, figures, screen.width))
    rate = figures["proof"]["rate"]
    lines = console.noted(figures["findings"])
    lines += [*_changes(console, figures), *_next_steps(console, figures)]
    if rate["denominator"]:
        proof = figures["proof"]
        counts = {"missing": proof["missing_proof"], "families": proof["families"]}
        lines.insert(0, console.say("screen.proof", **rate, **counts))
    if figures.get("unchanged"):
        lines.append(console.say("screen.unchanged"))
    console.tell(lines)
    if folder is None:
        screen.print(plain(console.say("screen.dry")))
        return
    console.point("screen.written", path=folder / "reconciliation.xlsx")


def show_receipts(console: Console, receipts: Sequence[Receipt]) -> None:
    """How each sheet was read."""
    if console.quiet:
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for key in ("file", "sheet", "role"):
        table.add_column(console.say(f"screen.{key}"), overflow="fold")
    for key in ("used", "rejected"):
        table.add_column(console.say(f"screen.{key}"), justify="right")
    for r in receipts:
        role = console.say(f"role.{r.role}")
        table.add_row(plain(r.file), plain(r.sheet), role, str(r.used), str(r.rejected))
    console.screen().print(table)


def _status_table(console: Console, figures: Figures, width: int) -> rich.table.Table:
    """Groups with their statuses; a status that nobody has is left out."""
    from rich import box
    from rich.padding import Padding
    from rich.table import Table

    say = console.say
    table = Table(
        title=plain(say("screen.title", as_of=figures["as_of"])),
        box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left",
    )  # fmt: skip
    least = 30 if width > _NARROW else None
    table.add_column(say("screen.status"), overflow="fold", min_width=least)
    table.add_column(say("screen.people"), justify="right", no_wrap=True)
    for group in Group:
        count = figures["groups"][group]
        members = [s for s, g in GROUP_OF.items() if g is group]
        if not count:
            continue
        style = "bold red" if group in {Group.OUT, Group.REVIEW} else "bold"
        table.add_row(plain(say(f"group.{group}")), f"{count:,}", style=style)
        for status in members if len(members) > 1 else ():
            if figures["statuses"][status]:
                words = Padding(plain(say(f"status.{status}")), (0, 0, 0, 2))
                table.add_row(words, f"{figures['statuses'][status]:,}")
    table.add_section()
    table.add_row(plain(say("screen.total")), f"{figures['population']:,}", style="bold")
    return table


def _changes(console: Console, figures: Figures) -> list[str]:
    """What changed since the earlier run, in the two or three points that matter most."""
    found = figures.get("changes")
    if not found:
        return []
    say = console.say
    counts = {kind: n for kind, n in found["kinds"].items() if n and kind in _TOLD}
    points = [
        say("screen.change", kind=say(f"change.{kind}"), n=n)
        for kind, n in list(counts.items())[:_MOST_TOLD]
    ]
    listed = {"new": found["new"], "gone": found["gone"]}
    lines = [say("screen.listed", day=found["as_of_before"], **listed)]
    if points:
        told = say("word.comma").join(points)
        lines.append(say("screen.changes", changes=told, sheet=say("sheet.changes")))
    return lines


def _next_steps(console: Console, figures: Figures) -> list[str]:
    """What has to be done, most urgent first, with the sheet where it stands."""
    say, owners = console.say, figures["corrections"]
    counts = {
        "next_out": figures["groups"]["out_of_school"],
        "next_proof": figures["proof"]["missing_proof"],
        "next_review": figures["groups"]["review"],
        "next_police": owners["police"],
        "next_schools": owners["registry"] + owners["school"],
    }
    steps = [
        say(f"screen.{key}", n=n, sheet=say(f"sheet.{_SHEET_OF[key]}"))
        for key, n in counts.items()
        if n
    ]
    if not steps:
        return [say("screen.nothing")]
    return [say("screen.next"), *(f"  {i}. {step}" for i, step in enumerate(steps, 1))]
