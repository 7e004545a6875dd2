"""The ordered table of rules that decides each child's status: the first that holds counts.

Each rule is a named condition over the evidence columns; its docstring is its published
explanation, one line in English and one in Chinese. Statuses and their meaning are those of the
national dropout-control work (教基厅函〔2024〕15号; ``domain.md`` 4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from rosterrec.classify.rules import absent, attending, by_hand, doubted, filed, told
from rosterrec.classify.rules.told import ATTEMPTS_NEEDED
from rosterrec.frames import Status

__all__ = ["ATTEMPTS_NEEDED", "RULES", "Rule", "decide"]

Condition = Callable[[], pl.Expr]


@dataclass(frozen=True)
class Rule:
    """A status and the condition under which it is given; None is the status a person set."""

    code: str
    status: Status | None
    condition: Condition

    def explanation(self, lang: str) -> str:
        """The rule in one sentence, from the docstring of its condition."""
        english, _, chinese = (self.condition.__doc__ or "").strip().partition("\n\n")
        return (chinese if lang == "zh" else english).strip()


BY_HAND: tuple[Rule, ...] = (
    Rule("decided", None, by_hand.decided),
    Rule("decisions_disagree", Status.REVIEW, by_hand.decisions_disagree),
)

BY_THE_LISTS: tuple[Rule, ...] = (
    Rule("filing_contradicted_by_roster", Status.REVIEW, filed.filing_contradicted_by_roster),
    Rule(
        "undocumented_filing_against_registry",
        Status.REVIEW,
        filed.undocumented_filing_against_registry,
    ),
    Rule("deceased", Status.DECEASED, filed.deceased),
    Rule("missing_person", Status.MISSING_PERSON, filed.missing_person),
    Rule("duplicate_registration", Status.DUPLICATE_REGISTRATION, filed.duplicate_registration),
    Rule("empty_registration", Status.EMPTY_REGISTRATION, filed.empty_registration),
    Rule("abroad", Status.ABROAD, filed.abroad),
    Rule("custody", Status.CUSTODY, filed.custody),
    Rule("swapped_numbers", Status.REVIEW, doubted.swapped_numbers),
    Rule("suspended", Status.SUSPENDED, filed.suspended),
    Rule("senior_school", Status.SENIOR, attending.senior_school),
    Rule("taught_at_home", Status.HOME_TEACHING, attending.taught_at_home),
    Rule("on_home_roster", Status.LOCAL, attending.on_home_roster),
    Rule("on_county_roster", Status.COUNTY, attending.on_county_roster),
    Rule("on_outside_roster", Status.OUTSIDE, attending.on_outside_roster),
    Rule("proof_names_another_number", Status.REVIEW, told.proof_names_another_number),
    Rule("proven_outside", Status.OUTSIDE, told.proven_outside),
    Rule("proven_in_county", Status.COUNTY, told.proven_in_county),
    Rule("registered_roster_not_supplied", Status.LOCAL, attending.registered_roster_not_supplied),
    Rule("registered_in_county", Status.COUNTY, attending.registered_in_county),
    Rule("registered_outside", Status.OUTSIDE, attending.registered_outside),
    Rule("ledger_senior", Status.SENIOR, told.ledger_senior),
    Rule("registry_dropout", Status.DROPOUT, absent.registry_dropout),
    Rule("claimed_outside", Status.OUTSIDE, told.claimed_outside),
    Rule("claimed_in_county", Status.COUNTY, told.claimed_in_county),
    Rule("claimed_at_home", Status.LOCAL, told.claimed_at_home_roster_not_supplied),
    Rule("ledger_home_teaching", Status.HOME_TEACHING, told.ledger_home_teaching),
    Rule("severe_disability", Status.SEVERE_DISABILITY, filed.severe_disability),
    Rule("deferred", Status.DEFERRED, filed.deferred),
    Rule("ledger_dropout", Status.DROPOUT, told.ledger_dropout),
    Rule("ledger_no_contact", Status.NO_CONTACT, told.ledger_no_contact),
    Rule("registry_graduated", Status.GRADUATED, absent.registry_graduated),
    Rule("ledger_graduated", Status.GRADUATED, told.ledger_graduated),
    Rule("too_young", Status.NOT_YET_DUE, absent.too_young),
    Rule("twice_registered", Status.REVIEW, doubted.twice_registered),
    Rule("twice_confirmed", Status.REVIEW, doubted.twice_confirmed),
    Rule("evidence_open", Status.REVIEW, doubted.evidence_open),
    Rule("suspension_without_approval", Status.REVIEW, filed.suspension_without_approval),
    Rule("registered_but_absent", Status.NOT_FOUND, absent.registered_but_absent),
    Rule("nowhere", Status.NOT_FOUND, absent.nowhere),
)


RULES = (*BY_HAND, *BY_THE_LISTS)


def decide(evidence: pl.DataFrame) -> pl.DataFrame:
    """The evidence with ``status`` and ``rule`` of the first rule that holds for each child.

    ``listed_status`` is what the lists alone give; a status set by hand binds as long as that is
    what it was.
    """
    listed = evidence.with_columns(rule=_first(BY_THE_LISTS)).with_columns(
        listed_status=_status_of(pl.col("rule"))
    )
    return listed.with_columns(rule=pl.coalesce(_first(BY_HAND), "rule")).with_columns(
        status=pl.when(pl.col("rule") == "decided")
        .then("hand_status")
        .otherwise(_status_of(pl.col("rule")))
    )


def _first(rules: tuple[Rule, ...]) -> pl.Expr:
    """The code of the first rule that holds; null where none does."""
    number = pl.coalesce(
        pl.when(rule.condition().fill_null(value=False)).then(pl.lit(n, dtype=pl.UInt8))
        for n, rule in enumerate(rules)
    )
    codes = {n: rule.code for n, rule in enumerate(rules)}
    return number.replace_strict(codes, return_dtype=pl.String)


def _status_of(code: pl.Expr) -> pl.Expr:
    statuses = {rule.code: str(rule.status) for rule in RULES if rule.status is not None}
    return code.replace_strict(statuses, default=None, return_dtype=pl.String)
