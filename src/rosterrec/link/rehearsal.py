"""Decided pairs as the queue would show them had nobody decided them.

What binds a pair also takes it, and what competes with it, out of the linking. To learn from it,
its row is looked at once more among all its candidates; a pair that the lists would settle by
themselves is none that people decide, and teaches nothing.
"""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.assign import assign
from rosterrec.block import pairs
from rosterrec.compare import compare
from rosterrec.frames import Decision, IdKind, Pairs, Records, Role, Scored
from rosterrec.score import Shares, Weights, score
from rosterrec.score.taught import HEARD


def rehearsed(
    sides: tuple[Records, Records],
    roles: tuple[Role, Role],
    told: pl.DataFrame,
    certain: Pairs,
    by: tuple[Shares, Weights],
) -> pl.DataFrame:
    """The decided pairs that would wait for a person (``HEARD``).

    Args:
        sides: the people who are looked for, and the list they are looked for in.
        roles: what the lists are for; only pairs of the police list come before people.
        told: left, right and verdict of pairs that people judged.
        certain: pairs that number and name settle, whatever anybody decided.
        by: how common names are, and the weights of the pass.
    """
    left, right = sides
    answered = told.filter(pl.col("verdict").is_in(["same", "different"]))
    answered = answered.join(certain, on="right", how="anti")
    opaque = bool((left["id_kind"] == IdKind.OPAQUE).any())
    if not len(answered) or roles[0] is not Role.POPULATION or opaque:
        return frames.empty(HEARD)
    about = roles[1] in {Role.WHEREABOUTS, Role.FILING}
    rows = Records(right.filter(pl.col("rec").is_in(answered["right"].implode())))
    found, _ = pairs(_rivals(left, certain, answered), rows, settled=certain["left"], about=about)
    scored = score(compare(found, left, right), left, *by, settled=certain["left"])
    settled = certain.with_columns(verdict=pl.lit("same"))
    links = assign(Scored(scored.clear()), scored, left, right, *roles, judged=settled)
    queue = links.filter(pl.col("decision") == Decision.REVIEW)
    family = left.select(left="rec", family=_family())
    heard = queue.join(answered, on=["left", "right"]).join(family, on="left")
    return heard.with_columns(same=pl.col("verdict") == "same").select(*HEARD)


def _rivals(left: Records, certain: Pairs, answered: pl.DataFrame) -> Records:
    """Who may own a row: people without a certain row, and those who were asked about."""
    settled = certain.join(answered, on="left", how="anti")["left"]
    return Records(left.filter(~pl.col("rec").is_in(settled.implode())))


def _family() -> pl.Expr:
    """Whose decisions may be alike: a household's, else a child's own."""
    own = pl.concat_str("name_key", pl.col("birth").cast(pl.String), separator="|")
    named = pl.coalesce("household", "guardians", "phone", "id", own, "name_key", pl.lit(""))
    return pl.concat_str(pl.col("village").fill_null(""), named, separator="|")
