"""The stages in order: files in, a reconciliation out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from rosterrec.cells.sandbox import Sandbox
from rosterrec.classify import Classified, classify
from rosterrec.classify.rules import RULES
from rosterrec.errors import InputError
from rosterrec.frames import Finding, InputFile, Judgements, Links, Records, Role
from rosterrec.ledger.judgements import judge, nobody_decided, overtaken
from rosterrec.link import link, registered_twice
from rosterrec.link.closure import close
from rosterrec.link.lastlook import with_last_look
from rosterrec.link.teaching import is_worth_hearing, teach
from rosterrec.months.identity import marked_records
from rosterrec.oddities import oddities
from rosterrec.prepare import Prepared, prepare
from rosterrec.read import Passwords, read
from rosterrec.reconciliation import Reconciliation
from rosterrec.settings import Settings

#: Told of every stage as it begins: its code, and how far it is of how much (0 of 0: unknown).
Observer = Callable[[str, int, int], None]

#: Who is looked for in which list; the ledger and filings speak of the population alone.
PASSES = (
    (Role.POPULATION, Role.REGISTRY),
    (Role.REGISTRY, Role.ROSTER),
    (Role.POPULATION, Role.ROSTER),
    (Role.POPULATION, Role.WHEREABOUTS),
    (Role.POPULATION, Role.FILING),
)


def silent(_stage: str, _done: int, _total: int) -> None:
    """The observer that says nothing."""


def reconcile(
    paths: Sequence[Path],
    settings: Settings,
    *,
    base: Path,
    observe: Observer = silent,
    decisions: pl.DataFrame | None = None,
    passwords: Passwords | None = None,
    sandbox: Sandbox | None = None,
) -> Reconciliation:
    """Read the files, link the people, decide every child.

    Args:
        paths: the month's files.
        settings: what decides the run besides the files.
        base: folder that file names are shown relative to.
        observe: told of each stage.
        decisions: what people decided and still stands (``standing.STANDING``), oldest first.
        passwords: where to ask for the password of a protected workbook.
        sandbox: the child process to parse in, where one was started beforehand.

    Raises:
        InputError: a file is refused, or there is no population list.
    """
    ready, inputs, of_reading = _ready(paths, settings, base, observe, passwords, sandbox)
    records = ready.records
    judged = nobody_decided() if decisions is None else judge(decisions, records, settings)
    links, of_links = _link_all(records, judged.pairs, settings, observe)
    observe("classify", 0, 0)
    verdict, marks = _decided(ready, links, settings, judged.people)
    told = overtaken(judged.decisions, verdict.people)
    odd = oddities(records, ready.receipts)
    return Reconciliation(
        settings=settings, people=verdict.people, links=links, records=records,
        schools=ready.schools, rejects=ready.rejects, receipts=ready.receipts, inputs=inputs,
        findings=(*of_reading, *odd, *of_links, *verdict.findings, *_of_decisions(told)),
        outsiders=verdict.outsiders, registry_check=verdict.registry_check,
        corrections=verdict.corrections, rules=_explanations(), decisions=told, marks=marks,
    )  # fmt: skip


def _ready(
    paths: Sequence[Path],
    settings: Settings,
    base: Path,
    observe: Observer,
    passwords: Passwords | None,
    sandbox: Sandbox | None,
) -> tuple[Prepared, tuple[InputFile, ...], tuple[Finding, ...]]:
    """The records, the files they are from, and what reading found; one is the police list.

    The rows as read, which fill as much as the records, are let go.
    """
    observe("read", 0, len(paths))
    lists = read(paths, settings, base=base, observe=observe, passwords=passwords, sandbox=sandbox)
    if not len(lists.raw[Role.POPULATION]):
        seen = ", ".join(sorted({str(receipt.role) for receipt in lists.receipts}))
        raise InputError("no_population", folder=base.name or str(base), seen=seen)
    observe("normalise", 0, 0)
    return prepare(lists, settings), lists.inputs, lists.findings


def _decided(
    ready: Prepared, links: Links, settings: Settings, by_hand: pl.DataFrame
) -> tuple[Classified, pl.DataFrame]:
    """Every child's status, and what identifies the children, which is hashed beside it."""
    with ThreadPoolExecutor(1) as beside:
        marks = beside.submit(marked_records, ready.records[Role.POPULATION])
        verdict = classify(ready.records, links, ready.schools, settings, by_hand)
    return verdict, marks.result()


def _explanations() -> dict[str, dict[str, str]]:
    """What each rule says of itself, by code and language."""
    return {rule.code: {lang: rule.explanation(lang) for lang in ("zh", "en")} for rule in RULES}


def _of_decisions(told: pl.DataFrame) -> tuple[Finding, ...]:
    """What the clerk must know of decisions that were not applied."""
    counts = dict(told["state"].value_counts().iter_rows())
    return tuple(
        Finding(f"decisions_{state}", {"n": counts[state]})
        for state in ("disputed", "stale", "overtaken", "expired")
        if state in counts
    )


def _link_all(
    records: dict[Role, Records], judgements: Judgements, settings: Settings, observe: Observer
) -> tuple[Links, tuple[Finding, ...]]:
    """All passes, and what they say together."""
    hear = is_worth_hearing(judgements)
    people = records[Role.POPULATION]
    passes = []
    with ThreadPoolExecutor(1) as beside:
        of_people = _of_pass(judgements, Role.POPULATION, Role.POPULATION)
        twice = beside.submit(registered_twice, people, of_people)
        for i, (left, right) in enumerate(PASSES):
            observe("link", i, len(PASSES))
            judged = _of_pass(judgements, left, right)
            passes.append(link(records[left], records[right], left, right, judged, hear=hear))
        found = [*(made.links for made in passes), twice.result()]
    links = Links(pl.concat(found))
    heard = [made.heard for made in passes]
    closed = close(links, records, judgements)
    looked = with_last_look(closed, records, judgements, settings)
    taught, said = teach(looked, heard, judgements)
    return taught, (*(finding for made in passes for finding in made.findings), *said)


def _of_pass(judgements: Judgements, left: Role, right: Role) -> pl.DataFrame:
    chosen = (pl.col("left_source") == left) & (pl.col("right_source") == right)
    return judgements.filter(chosen).select("left", "right", "verdict")
