"""The certain tier: rows of two lists that one valid number and one name tell to be one child's."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.frames import Pairs, Records
from rosterrec.once import repeats

#: A number that makes more pairs is written everywhere and says nothing.
_LARGEST = 10_000


def same_number(left: Records, right: Records) -> pl.DataFrame:
    """Pairs of records with one number, by ``left`` and ``right``; none of a number too common.

    Numbers are met by their hashes, and looked at once more; of two names the hashes are enough.

    Returns:
        ``left, right, one_name``: the last whether both are written with one name, or with none.
    """
    bearers, rows = _numbered(left), _numbered(right)
    common = _too_common(bearers["number"], rows["number"])
    kept = bearers.filter(~pl.col("number").is_in(common.implode()))
    met = kept.join(rows, on="number", maintain_order="left_right")
    pairs = met.select(
        left="rec", right="rec_right", one_name=pl.col("name") == pl.col("name_right")
    )
    return pairs.filter(left["id"].gather(pairs["left"]) == right["id"].gather(pairs["right"]))


def certain(met: pl.DataFrame, right: Records) -> Pairs:
    """Pairs with the same valid number and the same name, each number once in either list.

    Args:
        met: rows with one number (``same_number``).
        right: the second list; where a row's number was set aside since, it counts no more.
    """
    kept = met.filter(right["id"].is_not_null().gather(met["right"]))
    alone = ~(repeats(kept["left"]) | repeats(kept["right"]))
    named = right["name_key"].is_not_null().gather(kept["right"])
    return Pairs(kept.filter(alone & named & kept["one_name"]).select(*frames.PAIRS))


def _numbered(records: Records) -> pl.DataFrame:
    """``rec`` and the hashes of ``number`` and ``name``, of records that have a number."""
    rows = records.select("rec", number=pl.col("id").hash(), name=pl.col("name_key").hash())
    return rows.filter(records["id"].is_not_null())


def _too_common(*sides: pl.Series) -> pl.Series:
    """Numbers that would make too many pairs; nearly every number stands once on either side."""
    several = [side.filter(repeats(side)).value_counts(name="rows") for side in sides]
    sizes = several[0].join(several[1], on="number", how="full", coalesce=True)
    made = pl.col("rows").fill_null(1).cast(pl.Int64) * pl.col("rows_right").fill_null(1)
    return sizes.filter(made > _LARGEST)["number"]
