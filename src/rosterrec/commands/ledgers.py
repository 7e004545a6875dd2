"""``ledger``: what is in the ledger, taken back, proven sound, or written out."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterrec.errors import EXIT_DONE, InputError, OutputError
from rosterrec.ledger import Decision, Kind, Ledger, find

if TYPE_CHECKING:
    from rosterrec.ledger import Run
    from rosterrec.screen.console import Console

ACTIONS = ("list", "people", "retract", "check", "export")
STATES = ("standing", "superseded", "all")


@dataclass(frozen=True)
class Request:
    """What was typed; ``words`` are a folder, an action and numbers of entries, in any order."""

    words: tuple[str, ...]
    kind: str | None
    who: str | None
    since: str | None
    state: str
    reason: str | None
    operator: str | None
    out: Path | None
    lang: str | None
    as_json: bool
    no_color: bool


def ledger(request: Request) -> int:
    """Run ``ledger`` and return its exit status."""
    from rosterrec.commands.guard import default_language, guarded
    from rosterrec.screen.console import Console

    console = Console(lang=request.lang or default_language(), color=not request.no_color)
    return guarded(console, lambda: _ledger(request, console))


def _ledger(request: Request, console: Console) -> int:
    folder, action, seqs = _parsed(request)
    path = find(folder)
    if not path.is_file():
        raise InputError("ledger_missing", folder=str(folder))
    act = {
        "list": _list, "people": _people, "retract": _retract, "check": _check, "export": _export,
    }[action]  # fmt: skip
    with Ledger(path, write=action == "retract") as opened:
        act(request, console, opened, seqs)
    return EXIT_DONE


def _parsed(request: Request) -> tuple[Path, str, list[int]]:
    """The folder (default here), the action (default list), and numbers of entries.

    Raises:
        InputError: ``ledger_words``, ``bad_choice``, ``folder_missing``.
    """
    action, folder, seqs = "", "", []
    for word in request.words:
        if word in ACTIONS and not action:
            action = word
        elif word.isdigit() and action == "retract":
            seqs.append(int(word))
        elif not folder:
            folder = word
        else:
            raise InputError("ledger_words")
    if not Path(folder or ".").is_dir():
        raise InputError("folder_missing", folder=folder)
    for flag, value, allowed in (
        ("--state", request.state, STATES), ("--kind", request.kind, tuple(map(str, Kind))),
        ("--lang", request.lang, ("zh", "en")),
    ):  # fmt: skip
        if value is not None and value not in allowed:
            raise InputError("bad_choice", flag=flag, value=value[:20], allowed=", ".join(allowed))
    return Path(folder or "."), action or "list", seqs


def _chosen(request: Request, opened: Ledger) -> list[Decision]:
    """The entries that the filters leave, oldest first."""
    since = _since(request.since)
    return [
        d for d in opened.every()
        if (request.state == "all" or d.stands == (request.state == "standing"))
        and request.kind in {None, str(d.entry.kind)}
        and request.who in {None, d.who}
        and (since is None or d.at[:10] >= since)
    ]  # fmt: skip


def _since(words: str | None) -> str | None:
    if words is None:
        return None
    try:
        return dt.date.fromisoformat(words).isoformat()
    except ValueError:
        raise InputError("bad_date", flag="--since", value=words[:40]) from None


def _list(request: Request, console: Console, opened: Ledger, _seqs: list[int]) -> None:
    from rosterrec.screen.docket import show_entries

    chosen = _chosen(request, opened)
    if request.as_json:
        document = {"schema": "rosterrec.ledger/1", "entries": [_entry(d) for d in chosen]}
        console.print_json(document)
    else:
        show_entries(console, chosen)
        _point_to_people(console, opened)


def _people(request: Request, console: Console, opened: Ledger, _seqs: list[int]) -> None:
    """Person ids that were merged or split, since a day if one was named."""
    from rosterrec.screen.lineage import lineage, show_lineage

    since = _since(request.since) or ""
    steps = [step for step in lineage(opened) if step.as_of >= since]
    if request.as_json:
        people = [step.facts() for step in steps]
        console.print_json({"schema": "rosterrec.ledger/1", "people": people})
    else:
        show_lineage(console, steps)


def _point_to_people(console: Console, opened: Ledger) -> None:
    """Say where merges and splits are listed, if there are any."""
    from rosterrec.screen.lineage import lineage

    if steps := lineage(opened):
        console.tell([console.say("lineage.hint", n=len(steps))])


def _retract(request: Request, console: Console, opened: Ledger, seqs: list[int]) -> None:
    """Take back entries that stand; all of those named, or none.

    Raises:
        InputError: ``retract_nothing``, ``retract_reason``, ``retract_unknown``.
    """
    from rosterrec.project import history

    if not seqs:
        raise InputError("retract_nothing")
    if not (request.reason or "").strip():
        raise InputError("retract_reason")
    stand = {d.seq for d in opened.standing()}
    unknown = [seq for seq in seqs if seq not in stand]
    if unknown:
        raise InputError("retract_unknown", seqs=", ".join(map(str, unknown)))
    made = opened.retract(seqs, str(request.reason), history.hand("ledger", request.operator))
    if request.as_json:
        console.print_json({"schema": "rosterrec.ledger/1", "retracted": seqs, "by": made})
    console.tell([console.say("docket.retracted", n=len(made))])


def _check(request: Request, console: Console, opened: Ledger, _seqs: list[int]) -> None:
    opened.check()
    head, runs = opened.head(), len(opened.runs())
    if request.as_json:
        facts = {"sound": True, "entries": head.seq, "runs": runs, "head": head.hash}
        console.print_json({"schema": "rosterrec.ledger/1", **facts})
    console.tell([console.say("docket.sound", n=head.seq, runs=runs, head=head.hash or "-")])


def _export(request: Request, console: Console, opened: Ledger, _seqs: list[int]) -> None:
    """Everything in the ledger as one JSON document, on stdout or in a file of its owner's.

    Raises:
        OutputError: ``output_unwritable``; a file that is there is not overwritten.
    """
    from rosterrec.screen.lineage import lineage

    document = {
        "schema": "rosterrec.ledger/1",
        "head": opened.head().hash,
        "entries": [_entry(d) for d in opened.every()],
        "runs": [_run(run) for run in opened.runs()],
        "people": [step.facts() for step in lineage(opened)],
    }
    if request.out is None:
        console.print_json(document)
        return
    data = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    try:
        handle = os.open(request.out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError("output_unwritable", folder=str(request.out), reason=reason) from None


def _entry(decision: Decision) -> dict[str, Any]:
    """An entry for a script: children as lists show them, and by the keys of their records."""
    entry = decision.entry
    return {
        "seq": decision.seq, "at": decision.at, "utc_offset": decision.utc_offset,
        "who": decision.who, "command": decision.command, "version": decision.version,
        "workbook": decision.workbook, "workbook_sha256": decision.workbook_sha256,
        "run_id": decision.run_id, "kind": str(entry.kind), "verdict": entry.verdict,
        "left": entry.left, "right": entry.right or None, "left_shown": entry.left_shown,
        "right_shown": entry.right_shown or None, "on_date": _iso(entry.on_date),
        "document_no": entry.document_no, "document_date": _iso(entry.document_date),
        "reason": entry.reason, "note": entry.note, "seen": entry.seen,
        "stands": decision.stands, "superseded_by": list(decision.superseded_by),
        "hash": decision.hash,
    }  # fmt: skip


def _run(run: Run) -> dict[str, Any]:
    return {
        "run_id": run.run_id, "run_key": run.run_key, "folder": run.folder,
        "as_of": run.as_of.isoformat(), "started": run.started, "finished": run.finished,
        "version": run.version, "decided": run.decided, "head": run.head,
        "inputs": [{"name": name, "sha256": digest} for name, digest in run.inputs],
        "figures": run.figures,
    }  # fmt: skip


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()
