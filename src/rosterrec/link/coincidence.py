"""How many of the pairs that wait strangers may have made, by what strangers are seen to make.

Pairs are counted in groups. Of a group with so many pairs, strangers are expected to have made as
many as the share of controls that show the like, times the rows that may be strangers'.
"""

from __future__ import annotations

import polars as pl

from rosterrec import names
from rosterrec.assign.grounds import LIKELY, SURE
from rosterrec.frames import Records

#: Of pairs that are accepted together, so many may be expected to be strangers' by a careful count;
#: and of all links of the list, so that no large group spoils what is otherwise right.
_WRONG, _WRONG_OF_ALL = 0.02, 3.0e-4
#: Bits that part the pairs of one slip.
REACHES = (SURE, LIKELY, 0.0)
#: So many of them (LIKELY) are reached by pairs that are likely by their own bits.
_LIKELY = 2
#: What is looked at to tell how a row is written.
SCRIPT = ["name_key", "birth", "birth_month"]
#: Pairs that are judged together: one slip, as many bits, the family another or silent, a rival
#: near or none, and rows that are written alike.
GROUP = ["slip", "reach", "family", "rivalled", "script"]


def script(rows: pl.DataFrame) -> pl.Series:
    """How name and birthdate of rows are written, where that bears on whom they resemble."""
    key = pl.col("name_key")
    name = (
        pl.when(names.has_placeholder(key))
        .then(pl.lit("unclear"))
        .when(names.is_long(key))
        .then(pl.lit("long"))
        .otherwise(pl.lit("plain"))
    )
    birth = (
        pl.when(pl.col("birth").is_not_null())
        .then(pl.lit("day"))
        .when(pl.col("birth_month").is_not_null())
        .then(pl.lit("month"))
        .otherwise(pl.lit("none"))
    )
    return rows.select(script=pl.concat_str(name, birth, separator=" ")).to_series()


def chances(hidden: Records, unowned: pl.DataFrame, at_stake: float) -> pl.DataFrame:
    """By ``script``: ``controls``, and ``open``, the rows without number that nobody has.

    Args:
        hidden: the controls.
        unowned: rows without a number that nobody has.
        at_stake: of the people whom controls were held against, the share without a row, who alone
            could be given another's.
    """
    counted = (
        script(rows).value_counts(name=name)
        for rows, name in ((hidden, "controls"), (unowned, "open"))
    )
    both = next(counted).join(next(counted), on="script", how="full", coalesce=True)
    filled = both.with_columns(pl.col("controls", "open").fill_null(0).cast(pl.Int64))
    return filled.with_columns(at_stake=pl.lit(at_stake))


def borne_out(
    waiting: pl.DataFrame, strangers: pl.DataFrame, chances: pl.DataFrame, links: int
) -> pl.DataFrame:
    """The groups of which strangers make next to nothing.

    A group has to hold for itself; those that are likely by their bits and that no control shows
    may hold together. The best of them are taken, as long as they leave the list as right as it is
    meant to be.

    Args:
        waiting: the pairs in question, with their groups.
        strangers: the controls that seem to be somebody's, and whether that one ``is_open``.
        chances: as ``chances`` tells them.
        links: how many pairs of the list are accepted already.

    Returns:
        The group, the controls ``seen`` in it, and the share of its pairs that is ``wrong``.
    """
    in_groups = strangers.group_by(GROUP).agg(seen=pl.len(), hits=pl.col("is_open").sum())
    groups = _without_owned(
        waiting.group_by(GROUP)
        .agg(pairs=pl.len())
        .join(in_groups, on=GROUP, how="left")
        .with_columns(pl.col("pairs", "seen", "hits").fill_null(0).cast(pl.Int64))
        .join(chances, on="script")
        .with_columns(hits=pl.col("hits") + (pl.col("seen") - pl.col("hits")) * pl.col("at_stake"))
        .sort(GROUP)
    )
    alone = _expected(pl.col("hits")) / pl.col("pairs")
    wrong = (
        pl.when(alone <= _WRONG)
        .then(alone)
        .when((pl.col("seen") == 0) & (pl.col("reach") >= _LIKELY))
        .then(_of_one_reach())
    )
    few = groups.with_columns(wrong=wrong).filter(pl.col("wrong") <= _WRONG).sort("wrong", *GROUP)
    so_far = (pl.col("wrong") * pl.col("pairs")).cum_sum()
    return few.filter(so_far <= _WRONG_OF_ALL * links).select(*GROUP, "seen", "wrong")


def _expected(hits: pl.Expr) -> pl.Expr:
    """How many of the open rows are strangers' that seem to be a child's, by the controls that do.

    One more than were seen (Laplace's rule of succession): what never happened may happen.
    """
    share = (hits + pl.col("at_stake")) / (pl.col("controls") + 2)
    return share * pl.col("open")


def _without_owned(groups: pl.DataFrame) -> pl.DataFrame:
    """The groups, ``open`` without the rows that are those of the children they seem to be.

    One at least is left: the row in question.
    """
    owned = (pl.col("pairs") - _expected(pl.col("hits"))).clip(0).sum().over("script")
    return groups.with_columns((pl.col("open") - owned).clip(1).alias("open"))


def _of_one_reach() -> pl.Expr:
    """What share strangers make of all pairs of one reach, and of rows that are written alike."""
    together = ["reach", "script"]
    return _expected(pl.col("hits").sum().over(together)) / pl.col("pairs").sum().over(together)
