"""What the linked children of a household tell about the others.

A registry or a roster may name a grandmother as guardian whom the police list does not know. Once
one child of a household is linked, the guardians and the telephone of its row are the family's, and
count for the brothers and sisters who are still open.
"""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Decision, Links, Records


def with_family(left: Records, right: Records, links: Links) -> tuple[Records, pl.Series]:
    """The left list with what linked siblings' rows say of the family, and who learnt something.

    Args:
        left: the list with households; ``rec`` is the position.
        right: the list whose rows name guardians and telephones.
        links: links of one pass between them.

    Returns:
        The whole left list, ``guardians`` and ``phone`` completed for people without an accepted
        link; and the ``rec`` of those who learnt anything new.
    """
    accepted = links.select("left", "right").filter(links["decision"] == Decision.ACCEPTED)
    open_ones = (
        left.select("rec", "household", own="guardians", own_phone="phone")
        .filter(~pl.col("rec").is_in(accepted["left"].implode()))
        .drop_nulls("household")
    )
    kin = accepted.with_columns(left["household"].gather(accepted["left"])).filter(
        pl.col("household").is_in(open_ones["household"].unique().implode())
    )
    completed = open_ones.join(_told(kin, right), on="household").with_columns(
        guardians=_together(pl.col("own"), pl.col("kin")),
        phone=pl.coalesce("own_phone", "kin_phone"),
    )
    learnt = completed.filter(
        pl.col("guardians").ne_missing(pl.col("own"))
        | pl.col("phone").ne_missing(pl.col("own_phone"))
    ).sort("rec")
    whole = left.with_columns(
        left[column].clone().scatter(learnt["rec"], learnt[column])
        for column in ("guardians", "phone")
    )
    return Records(whole), learnt["rec"]


def _told(kin: pl.DataFrame, right: Records) -> pl.DataFrame:
    """What the rows of each household say of it: ``household, kin, kin_phone``."""
    rows = kin.with_columns(right[column].gather(kin["right"]) for column in ("guardians", "phone"))
    of_households = rows.sort("household", "right").group_by("household", maintain_order=True)
    return of_households.agg(
        kin=pl.col("guardians").drop_nulls().str.join("|"),
        kin_phone=pl.col("phone").drop_nulls().first(),
    )


def _together(own: pl.Expr, kin: pl.Expr) -> pl.Expr:
    """Names of both, each once, joined by "|"."""
    every = pl.concat_str(own, pl.when(kin != "").then(kin), separator="|", ignore_nulls=True)
    names = every.str.split("|").list.unique(maintain_order=True).list.join("|")
    return pl.when(names != "").then(names)
