"""What decisions teach of the pairs that wait for one, brought to the links of all passes at once.

Accepted and rejected pairs stay as they are, and a pair that waits goes on waiting: what changes is
how likely it is said to be, and with that which pair comes first (``docs/decisions/0010``).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterrec.frames import Decision, Finding, Links, Role
from rosterrec.score.taught import HEARD, LEAST, LEAST_OF_EACH, Outcome, as_taught, taught

#: Doubts that no evidence settles: a third row contradicts, or people left the pair open.
_BEYOND_EVIDENCE = ["triangle", "unsure", "disputed"]


def teach(links: Links, heard: Sequence[pl.DataFrame]) -> tuple[Links, tuple[Finding, ...]]:
    """The links with what decisions teach of those that wait, and what was made of them.

    Args:
        links: of every pass.
        heard: decided pairs of each pass as the queue would show them (``HEARD``).

    Returns:
        The links, and one finding (``learning_used``, ``learning_few``, ``learning_no_help``) where
        there is any such decision.
    """
    every = pl.concat([pl.DataFrame(schema=HEARD), *heard])
    if not len(every):
        return links, ()
    found = taught(every)
    facts: dict[str, object] = {
        "n": len(every), "same": found.same, "different": found.different,
    }  # fmt: skip
    if found.outcome is Outcome.FEW:
        facts |= {"least": LEAST, "each": LEAST_OF_EACH}
    else:
        facts |= {"before": found.wrong_before, "after": found.wrong_after}
    note = (Finding(f"learning_{found.outcome}", facts),)
    if found.outcome is not Outcome.USED:
        return links, note
    return Links(as_taught(links, found.lesson, _waits())), note


def _waits() -> pl.Expr:
    """Pairs of the police list and another list, which people are asked about."""
    return (
        (pl.col("left_source") == Role.POPULATION)
        & (pl.col("right_source") != Role.POPULATION)
        & (pl.col("decision") == Decision.REVIEW)
        & ~pl.col("basis").is_in(_BEYOND_EVIDENCE)
    )
