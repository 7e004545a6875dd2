"""Stage 3: which records of two lists are worth comparing.

Most rows leave by the certain tier. The rest meet wherever they share a blocking key; each kind of
key survives a different error, so that a true pair is lost only where every one of them fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from rosterrec import frames
from rosterrec.block.certain import certain, same_number
from rosterrec.block.keys import Keyed
from rosterrec.block.kinds import KINDS, LARGEST_BLOCK, Kind
from rosterrec.frames import Finding, Keys, Pairs, Records

__all__ = ["LARGEST_BLOCK", "both", "by_kind", "certain", "pairs", "same_number"]

#: More records than a list can have: rows are counted by numbers of 32 bits.
_MANY = 1 << 32
_NO_PAIR = pl.DataFrame(schema={"pair": pl.Int64()})


def pairs(
    left: Records,
    right: Records,
    settled: pl.Series | None = None,
    owned: pl.Series | None = None,
    *,
    about: bool = False,
) -> tuple[Pairs, tuple[Finding, ...]]:
    """Distinct pairs that share at least one key, and the key values left out as too common.

    Args:
        left: everyone who may be looked for.
        right: the rows that they are looked for among.
        settled: ``rec`` of left people whose row is certain already.
        owned: ``rec`` of right rows that have an owner already, for whom nobody is looked for.
        about: the right rows speak of people of the left list, as a ledger's do, so that a namesake
            with another valid number is a question.
    """
    found, findings = [], []
    for kind, pairs_of_kind, too_common in by_kind(left, right, settled, owned, about=about):
        found.append(pairs_of_kind)
        if too_common:
            findings.append(Finding("blocks_too_large", {"kind": kind, "keys": too_common}))
    every = pl.concat(found).unique().sort("pair")
    return Pairs(frames.checked(every.select(*both()), frames.PAIRS, "Pairs")), tuple(findings)


def both() -> tuple[pl.Expr, pl.Expr]:
    """``left`` and ``right`` of a ``pair``, one number of both records: it sorts twice as fast."""
    pair = pl.col("pair")
    return (pair // _MANY).alias("left"), (pair % _MANY).alias("right")


def by_kind(
    left: Records,
    right: Records,
    settled: pl.Series | None = None,
    owned: pl.Series | None = None,
    *,
    about: bool = False,
) -> Iterator[tuple[str, pl.DataFrame, int]]:
    """Kind by kind: its name, ``pair`` of what it makes, and how many values are too common.

    Args: see ``pairs``.
    """
    every = KINDS.values()
    sought = Keyed(left, [kind.left for kind in every if kind.settled])
    unsettled = Keyed(left, [kind.left for kind in every if not kind.settled], besides=settled)
    offered = Keyed(right, [kind.right or kind.left for kind in every], besides=owned)

    def met(kind: Kind) -> tuple[pl.DataFrame, int]:
        side = sought if kind.settled else unsettled
        if not side.has(kind.left) or not offered.has(kind.right or kind.left):
            return _NO_PAIR, 0
        keys = side.keys(kind.left), offered.keys(kind.right or kind.left)
        return _meet(*keys, kind.largest, numbered=kind.numbered or about)

    with ThreadPoolExecutor() as at_once:  # no kind waits for another
        for name, (found, too_common) in zip(KINDS, at_once.map(met, every), strict=True):
            yield name, found, too_common


def _meet(left: Keys, right: Keys, largest: int, *, numbered: bool) -> tuple[pl.DataFrame, int]:
    """``pair``, each once, of records with a key in common; and how many keys are too common.

    Args:
        left: keys of one list.
        right: keys of the other.
        largest: pairs that one key may make.
        numbered: two people with a valid number each are a pair as well.
    """
    offered = right.group_by("key").agg(offered=pl.len().cast(pl.Int64))
    near = left.join(offered, on="key")
    common = offered.clear()
    if len(near) * offered.select(pl.col("offered").max().fill_null(0)).item() > largest:
        pairs_of = pl.len() * pl.col("offered").first()
        common = near.group_by("key").agg(pairs=pairs_of).filter(pl.col("pairs") > largest)
        near = near.join(common, on="key", how="anti")
    met = near.join(right, on="key")
    if not numbered:
        met = met.filter(~(pl.col("numbered") & pl.col("numbered_right")))
    pair = pl.col("rec") * _MANY + pl.col("rec_right")
    return met.select(pair=pair).unique(), len(common)
