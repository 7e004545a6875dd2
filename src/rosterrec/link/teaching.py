"""What decisions teach of the pairs that wait for one, brought to the links of all passes at once.

Accepted and rejected pairs stay as they are, and a pair that waits goes on waiting: what changes is
how likely it is said to be, and with that which pair comes first (``docs/decisions/0010``).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterrec.frames import Decision, Finding, Links, Role
from rosterrec.score.taught import (
    HEARD,
    LEAST,
    LEAST_OF_EACH,
    Outcome,
    Taught,
    as_taught,
    is_enough,
    taught,
)

#: Doubts that no evidence settles: a third row contradicts, or people left the pair open.
_BEYOND_EVIDENCE = ["triangle", "unsure", "disputed"]


def is_worth_hearing(judgements: pl.DataFrame) -> bool:
    """Whether people judged so many pairs that looking at them once more may teach anything."""
    return is_enough(*_answers(judgements))


def teach(
    links: Links, heard: Sequence[pl.DataFrame], judgements: pl.DataFrame
) -> tuple[Links, tuple[Finding, ...]]:
    """The links with what decisions teach of those that wait, and what was made of them.

    Args:
        links: of every pass.
        heard: decided pairs of each pass as the queue would show them (``HEARD``); none where it
            was not worth it.
        judgements: what people said of pairs.

    Returns:
        The links, and one finding (``learning_used``, ``learning_few``, ``learning_no_help``) where
        there is any such decision.
    """
    every = pl.concat([pl.DataFrame(schema=HEARD), *heard])
    if not any(_answers(judgements)):
        return links, ()
    is_heard = is_worth_hearing(judgements)
    found = taught(every) if is_heard else Taught(Outcome.FEW, *_answers(judgements))
    facts: dict[str, object] = {
        "n": found.same + found.different, "same": found.same, "different": found.different,
    }  # fmt: skip
    if found.outcome is Outcome.FEW:
        facts |= {"least": LEAST, "each": LEAST_OF_EACH}
    else:
        facts |= {"before": found.wrong_before, "after": found.wrong_after}
    note = (Finding(f"learning_{found.outcome}", facts),)
    if found.outcome is not Outcome.USED:
        return links, note
    return Links(as_taught(links, found.lesson, _waits())), note


def _answers(judgements: pl.DataFrame) -> tuple[int, int]:
    """How many pairs that come before people were said to be one child, and to be two."""
    verdicts = judgements.filter(_of_the_queue())["verdict"]
    return int((verdicts == "same").sum()), int((verdicts == "different").sum())


def _of_the_queue() -> pl.Expr:
    """Pairs of the police list and another list, which people are asked about."""
    return (pl.col("left_source") == Role.POPULATION) & (pl.col("right_source") != Role.POPULATION)


def _waits() -> pl.Expr:
    """Pairs that wait for a person, on a question that evidence may settle."""
    return (
        _of_the_queue()
        & (pl.col("decision") == Decision.REVIEW)
        & ~pl.col("basis").is_in(_BEYOND_EVIDENCE)
    )
