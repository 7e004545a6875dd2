"""The stages in order: files in, a reconciliation out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from rosterrec.cells.sandbox import Sandbox
from rosterrec.classify import classify
from rosterrec.classify.rules import RULES
from rosterrec.closure import close
from rosterrec.errors import InputError
from rosterrec.frames import Finding, Links, Records, Rejects, Role
from rosterrec.link import link, registered_twice
from rosterrec.normalise import normalise, school_directory
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
PERSON_ROLES = tuple(role for role in Role if role is not Role.SCHOOLS)


def silent(_stage: str, _done: int, _total: int) -> None:
    """The observer that says nothing."""


def reconcile(
    paths: Sequence[Path],
    settings: Settings,
    *,
    base: Path,
    observe: Observer = silent,
    passwords: Passwords | None = None,
    sandbox: Sandbox | None = None,
) -> Reconciliation:
    """Read the files, link the people, decide every child.

    Args:
        paths: the month's files.
        settings: what decides the run besides the files.
        base: folder that file names are shown relative to.
        observe: told of each stage.
        passwords: where to ask for the password of a protected workbook.
        sandbox: the child process to parse in, where one was started beforehand.

    Raises:
        InputError: a file is refused, or there is no population list.
    """
    observe("read", 0, len(paths))
    lists = read(paths, settings, base=base, observe=observe, passwords=passwords, sandbox=sandbox)
    if not len(lists.raw[Role.POPULATION]):
        seen = ", ".join(sorted({str(receipt.role) for receipt in lists.receipts}))
        raise InputError("no_population", folder=base.name or str(base), seen=seen)
    observe("normalise", 0, 0)
    records: dict[Role, Records] = {}
    rejects = [lists.rejects]
    for role in PERSON_ROLES:
        records[role], refused = normalise(lists.raw[role], role, settings)
        rejects.append(refused)
    schools, refused = school_directory(lists.raw[Role.SCHOOLS])
    rejects.append(refused)
    links, findings = _link_all(records, observe)
    observe("classify", 0, 0)
    verdict = classify(records, links, schools, settings)
    return Reconciliation(
        settings=settings,
        people=verdict.people,
        links=links,
        records=records,
        schools=schools,
        rejects=Rejects(pl.concat(rejects).sort("file", "sheet", "row", "problem")),
        receipts=lists.receipts,
        inputs=lists.inputs,
        findings=(*lists.findings, *findings, *verdict.findings),
        outsiders=verdict.outsiders,
        registry_check=verdict.registry_check,
        corrections=verdict.corrections,
        rules={
            rule.code: {lang: rule.explanation(lang) for lang in ("zh", "en")} for rule in RULES
        },
    )


def _link_all(records: dict[Role, Records], observe: Observer) -> tuple[Links, tuple[Finding, ...]]:
    """All passes, and what they say together."""
    found: list[pl.DataFrame] = []
    findings: list[Finding] = []
    for i, (left, right) in enumerate(PASSES):
        observe("link", i, len(PASSES))
        links, noted = link(records[left], records[right], left, right)
        found.append(links)
        findings += noted
    found.append(registered_twice(records[Role.POPULATION]))
    order = ("left_source", "right_source", "left", "right")
    return close(Links(pl.concat(found).sort(*order)), records), tuple(findings)
