"""Entries of the ledger on the screen: who decided what of whom, names and numbers masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosterrec.screen.console import screen_for
from rosterrec.screen.terminal import plain, stdout

if TYPE_CHECKING:
    from rosterrec.ledger import Decision
    from rosterrec.screen.console import Console

#: From so many cells on, the command and the documents have columns.
_ROOMY = 90


def show_entries(console: Console, entries: list[Decision]) -> None:
    """A table of entries on stdout; what clerks wrote in their own words is left to ``--json``."""
    say = console.say
    if not entries:
        console.tell([say("docket.none")])
        return
    with stdout() as stream:
        if stream is None:
            return
        screen = screen_for(stream, console)
        screen.print(_table(console, entries, roomy=screen.width >= _ROOMY))
    console.tell([say("docket.count", n=len(entries))])


def _table(console: Console, entries: list[Decision], *, roomy: bool) -> object:
    from rich import box
    from rich.table import Table

    say = console.say
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("column.seq"), justify="right", no_wrap=True)
    table.add_column(say("column.at"), no_wrap=True, min_width=10)
    for key in ("who", "verdict", "whom", *(("document",) if roomy else ())):
        table.add_column(say(f"column.{key}"), overflow="fold")
    for each in entries:
        style = None if each.stands else "dim"
        cells = [str(each.seq), each.at[:10], each.who, _said(console, each), _whom(each)]
        table.add_row(*map(plain, cells + ([_document(each)] if roomy else [])), style=style)
    return table


def _said(console: Console, each: Decision) -> str:
    entry, say = each.entry, console.say
    kind = say(f"entry.{entry.spoken}")
    tables = {"pair": "choice", "status": "outcome", "attempt": "call"}
    table = tables.get(str(entry.kind)) if entry.verdict else None
    words = f"{kind}{say('word.colon')}{say(f'{table}.{entry.verdict}')}" if table else kind
    if entry.on_date is not None:
        words += f" {entry.on_date.isoformat()}"
    return words if each.stands else f"{words} [{_fate(console, each)}]"


def _fate(console: Console, each: Decision) -> str:
    """What took the entry's place; a retraction itself takes another's."""
    if not each.superseded_by:
        return console.say("docket.is_retraction")
    return console.say("docket.superseded", by=", ".join(map(str, each.superseded_by)))


def _whom(each: Decision) -> str:
    entry = each.entry
    return " – ".join(part for part in (entry.left_shown, entry.right_shown) if part)


def _document(each: Decision) -> str:
    entry = each.entry
    day = entry.document_date.isoformat() if entry.document_date else None
    return " ".join(part for part in (entry.document_no, day) if part)
