"""Every error, how often it occurs in each list, and where the figure comes from.

Rates are per 1,000 rows of a list in the usual setting. "domain" is the project's domain reference,
section 3; "issue" the issue that asked for this generator; "guess" says that nothing better is
known. Errors of one group exclude each other in a row, except where two kinds are said together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What an error befalls."""

    ROW = "row"
    CLASS = "class"  # every row of the class, as where a file was saved by a spreadsheet
    RARE = "rare"  # rows of people with a rare character; the rate is of these
    MINORITY = "minority"  # rows of people with a dotted name; the rate is of these


@dataclass(frozen=True)
class Rate:
    """One error: per 1,000 rows of the registry, the rosters, the ledger and the filings."""

    group: str
    kind: str
    registry: float
    roster: float
    ledger: float
    filing: float
    source: str
    by: By = By.ROW
    hard: tuple[float, float] | None = (
        None  # registry and roster in the hard setting, if not doubled
    )


#: Registry rows without the identical ID come to 12 %, roster rows without any to 8 % (issue).
RATES: tuple[Rate, ...] = (
    Rate("id", "id_rounded", 12, 20, 0, 0, "domain 1.2: Excel keeps 15 digits; by file", By.CLASS),
    Rate("id", "id_missing", 0, 40, 0, 0, "issue: 8 % of rosters, half as whole classes", By.CLASS, (0, 250)),
    Rate("id", "id_missing", 72, 40, 30, 20, "issue: 12 % in all, most of it missing", hard=(144, 162)),
    Rate("id", "id_slip", 15, 12, 8, 5, "domain: 0.5-2 % per ID typed"),
    Rate("id", "id_transposed", 7, 5, 3, 2, "domain: keying; half of the slips"),
    Rate("id", "id_relative", 4, 4, 2, 2, "issue: 0.3-0.5 %, sibling's, twin's or parent's"),
    Rate("id", "id_truncated", 4, 3, 1, 1, "guess: columns too narrow"),
    Rate("id", "id_fifteen", 1, 1, 0, 0, "domain 2: an old number is a parent's"),
    Rate("id", "id_other_document", 3, 2, 0, 0, "domain 2: passport or birth certificate"),
    Rate("id", "id_swapped_with_sibling", 2, 1, 0, 0, "guess: acceptance cases 10 and 11"),
    Rate("number", "id_old", 5, 3, 0, 0, "domain 1.3: number in G not updated; guess"),
    Rate("name", "name_homophone", 6.0, 6.0, 4.0, 2.0, "domain: 1.5 % wrong characters, 83 % sound-alike"),
    Rate("name", "name_near_homophone", 1.8, 1.8, 1.0, 0.5, "domain: of these, dialect sounds"),
    Rate("name", "name_homophone+name_look_alike", 4.7, 4.7, 2.5, 1.0, "domain: 48 % look-alike, overlapping"),
    Rate("name", "name_look_alike", 2.5, 2.5, 1.5, 0.5, "domain: 48 % look-alike, the rest of it"),
    Rate("name", "name_variant", 5, 5, 2, 2, "guess: traditional and variant forms"),
    Rate("name", "name_former", 5, 5, 2, 2, "issue: 0.5 %; other parent's surname"),
    Rate("name", "name_char_missing", 1, 2, 1, 0.5, "guess"),
    Rate("rare", "name_placeholder", 300, 350, 200, 200, "domain 1.2: ? or a box for rare characters", By.RARE),
    Rate("dotted", "name_transliteration", 150, 150, 100, 50, "issue; acceptance case 32; guess", By.MINORITY),
    Rate("birth", "birth_month_only", 0, 60, 0, 0, "issue: some files with the month only", By.CLASS),
    Rate("birth", "birth_one_day", 5, 20, 0, 0, "domain 1.2: exporters that add a day; by file", By.CLASS),
    Rate("birth", "birth_swapped", 2, 2, 1, 1, "issue: 0.2 %"),
    Rate("birth", "birth_digit", 4, 4, 2, 2, "issue: 0.4 %"),
    Rate("birth", "birth_lunar", 4, 4, 3, 1, "issue: 0.3-0.5 %"),
    Rate("birth", "birth_missing", 3, 20, 0, 0, "guess"),
    Rate("sex", "sex_wrong", 2, 3, 2, 1, "guess: keying, 0.37 of 1,000 fields by trained staff"),
    Rate("guardian", "guardian_missing", 30, 80, 10, 10, "guess"),
    Rate("guardian", "guardian_other", 40, 40, 30, 20, "guess: grandparents of children left behind"),
    Rate("phone", "phone_differs", 80, 120, 60, 40, "guess: numbers change"),
)  # fmt: skip

KINDS: tuple[str, ...] = tuple(
    dict.fromkeys(part for rate in RATES for part in rate.kind.split("+"))
)
#: Rows twice to three times as prone to every error as the rest, so that errors keep company.
PRONE_SHARE, PRONE, CALM = 0.15, 49 / 15, 0.6


def rate_in(rate: Rate, source: str, *, hard: bool) -> float:
    """The share of rows that an error befalls in a list and setting."""
    usual = float(getattr(rate, source))
    if not hard:
        return usual / 1000
    if rate.hard and source in {"registry", "roster"}:
        return rate.hard[source == "roster"] / 1000
    return min(2 * usual, 900) / 1000


def bit(kind: str) -> int:
    """The bits that stand for a kind, or for kinds joined by ``+``."""
    return sum(1 << KINDS.index(part) for part in kind.split("+"))


def words(mask: int) -> str:
    """The kinds of a mask joined by ``+``; "none" where there is none."""
    return "+".join(kind for i, kind in enumerate(KINDS) if mask >> i & 1) or "none"
