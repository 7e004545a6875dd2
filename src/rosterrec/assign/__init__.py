"""Stage 6: which pairs become links.

Every right row goes to its one best owner. Pairs that are each other's best and stand clear of the
next candidate are accepted first; what they free is looked at again; what stays tied is review with
every candidate of the tie. Rows left over whose own evidence suffices for a person already linked
are second registrations. All of it is a function of the set of pairs, not of their order.
"""

from __future__ import annotations

import math

import polars as pl

from rosterrec import frames
from rosterrec.assign.grounds import acceptable, by_levels, reviewable, two_witnesses
from rosterrec.assign.resolve import resolve
from rosterrec.assign.standing import doubted, verdicts
from rosterrec.assign.swaps import exchanged
from rosterrec.assign.witness import birthdates_of_their_own
from rosterrec.frames import Decision, IdKind, Links, Records, Role, Scored
from rosterrec.once import alike

__all__ = ["assign"]


def assign(
    sure: Scored,
    scored: Scored,
    left: Records,
    right: Records,
    left_role: Role,
    right_role: Role,
    *,
    judged: pl.DataFrame | None = None,
) -> Links:
    """Links of one pass: accepted, review, and the nearest rejected candidate of who has neither.

    Args:
        sure: pairs that are certain by number and name, each row in one of them only.
        scored: the other pairs with levels, weights and probability.
        left: records of the left list.
        right: records of the right list.
        left_role: what the left list is for.
        right_role: what the right list is for; a ledger or filing may speak of a person twice.
        judged: left, right and verdict of pairs that people judged. None of them is accepted here;
            those left open wait, and whose row is decided has a row already.
    """
    told = _nothing_judged() if judged is None else judged
    about = right_role in {Role.WHEREABOUTS, Role.FILING}
    grounded = _grounded(scored, left, right, about=about)
    owners = pl.concat([sure["left"], verdicts(told, "same")["left"]]).unique()
    decided = frames.conform(
        resolve(doubted(grounded, told), many=about, certain=owners), frames.LINKS
    )
    yes = pl.lit(str(Decision.ACCEPTED), dtype=frames.DECISION)
    accepted = frames.conform(
        sure.with_columns(basis=pl.lit("id_and_name"), decision=yes), frames.LINKS
    )
    named = pl.concat([accepted, decided]).with_columns(
        left_source=pl.lit(str(left_role), dtype=frames.ROLE),
        right_source=pl.lit(str(right_role), dtype=frames.ROLE),
    )
    return Links(frames.checked(frames.in_order(named), frames.LINKS, "Links"))


def _grounded(scored: Scored, left: Records, right: Records, *, about: bool) -> pl.DataFrame:
    """The pairs with their grounds and doubts; exchanged numbers are a doubt unless told."""
    opaque = bool((left["id_kind"] == IdKind.OPAQUE).any())
    in_question = two_witnesses() | (pl.col("id_level") == "conflict")
    asked = not about and bool(scored.select(in_question.any()).item())
    witnesses = asked and birthdates_of_their_own(right)
    basis = acceptable(by_weight=opaque, birth_witnesses=witnesses)
    judged = alike(
        scored,
        by_levels(),
        lambda it: it.select(basis=basis, doubt=reviewable(about_the_list=about)),
    )
    grounded = pl.concat([scored, judged], how="horizontal").join(
        exchanged(scored, left, right, birth_witnesses=witnesses),
        on=["left", "right"], how="left", maintain_order="left",
    )  # fmt: skip
    return _with_exchanges(grounded)


def _with_exchanges(grounded: pl.DataFrame) -> pl.DataFrame:
    """The pairs, where an exchange of numbers (``swap``) is a doubt, or told by the birthdates.

    The numbers that were exchanged say nothing then of whose the row is.
    """
    swap, weight = pl.col("swap"), pl.col("weight")
    named = swap.eq_missing("named")
    silent = (weight - pl.col("id_weight")).round(6)
    odds = (silent * math.log(2)).exp()
    return (
        grounded.filter(swap.ne_missing("numbered"))
        .with_columns(
            basis=pl.when(swap.is_null()).then("basis").when(named).then(pl.lit("exchanged_ids")),
            doubt=pl.when(swap.is_null()).then("doubt").otherwise(pl.lit("swapped_ids")),
            weight=pl.when(named).then(silent).otherwise(weight),
            probability=pl.when(named).then((odds / (1 + odds)).round(9)).otherwise("probability"),
            id_weight=pl.when(named).then(0.0).otherwise("id_weight"),
        )
        .drop("swap")
    )


def _nothing_judged() -> pl.DataFrame:
    return frames.empty({**frames.PAIRS, "verdict": pl.String()})


def accepted(links: Links) -> pl.DataFrame:
    """The accepted links alone."""
    return links.filter(pl.col("decision") == Decision.ACCEPTED)
