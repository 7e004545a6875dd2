"""What ``evaluate`` shows in the terminal: tables of at most 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rosterrec.screen.console import Console
from rosterrec.screen.terminal import plain

if TYPE_CHECKING:
    import rich.table


def show_judgement(console: Console, figures: dict[str, Any]) -> None:
    """How good links are: per pair of lists, by kind of error, and by band of probability."""
    screen = console.screen()
    for lists in [*figures["lists"], *([figures["all"]] if len(figures["lists"]) > 1 else [])]:
        screen.print(_rates_table(console, lists))
    if figures["errors"]:
        screen.print(_errors_table(console, figures["errors"]))
    screen.print(_bands_table(console, figures["calibration"]))
    lines = [console.say("judge.labelled", **figures["labelled"])]
    lines += [console.say("judge.complete")] if figures["complete"] else []
    if any(figures["unjudged"].values()):
        lines.append(console.say("judge.unjudged", **figures["unjudged"]))
    for line in lines:
        screen.print(plain(line))


def _figures_table(console: Console, title: str, columns: Sequence[str]) -> rich.table.Table:
    """An empty table: the first column of words, the others of figures."""
    from rich import box
    from rich.table import Table

    table = Table(
        title=plain(title), box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left"
    )  # fmt: skip
    for i, key in enumerate(columns):
        heading = console.say(f"judge.{key}") if key else ""
        table.add_column(heading, justify="right" if i else "left", no_wrap=True)
    return table


def _of(rate: dict[str, Any]) -> str:
    return f"{rate['numerator']:,}/{rate['denominator']:,}"


def _rates_table(console: Console, lists: dict[str, Any]) -> rich.table.Table:
    names = [
        console.say("judge.unknown" if lists[s] == "unknown" else f"role.{lists[s]}")
        for s in ("left", "right")
        if s in lists
    ]
    title = console.say("judge.all")
    if names:
        title = console.say("judge.lists", left=names[0], right=names[1])
    table = _figures_table(console, title, ["", "accepted", "", "with_review", ""])
    for measure in ("precision", "recall", "f1"):
        a, b = lists["accepted"][measure], lists["with_review"][measure]
        words = plain(console.say(f"judge.{measure}"))
        table.add_row(words, a["percent"], _of(a), b["percent"], _of(b))
    return table


def _errors_table(console: Console, kinds: Sequence[dict[str, Any]]) -> rich.table.Table:
    columns = ["kind", "pairs", "accepted", "with_review"]
    table = _figures_table(console, console.say("judge.errors"), columns)
    for kind in kinds:
        pairs = f"{kind['accepted']['denominator']:,}"
        shares = [kind[which]["percent"] for which in ("accepted", "with_review")]
        table.add_row(plain(kind["kind"]), pairs, *shares)
    return table


def _bands_table(console: Console, bands: Sequence[dict[str, Any]]) -> rich.table.Table:
    columns = ["band", "links", "true", "share", "promised"]
    table = _figures_table(console, console.say("judge.calibration"), columns)
    for band in bands:
        true, promised = band["true"], band["promised"]
        table.add_row(
            f"{band['from']:.2f} – {band['to']:.2f}",
            f"{true['denominator']:,}",
            f"{true['numerator']:,}",
            true["percent"],
            "-" if promised is None else f"{int(promised * 10_000) / 10_000:.4f}",
        )
    return table
