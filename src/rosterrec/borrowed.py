"""Numbers that a row borrowed from another child of the family.

Of the false links that an ID join makes, nearly all are a relative's number typed into the child's
row. Where the number's own bearer stands in the same list under the right name, the row with
another name has borrowed it: the number is set aside, and the row is judged by what else it says.
"""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.compare import compare
from rosterrec.frames import IdKind, Pairs, Records

_OTHER_PERSON = ["different", "one_char", "one_of_two"]


def disown(left: Records, right: Records) -> Records:
    """The right list with borrowed numbers set aside as a relative's.

    Args:
        left: the list whose numbers are trusted.
        right: a list whose rows may carry someone else's number.
    """
    shared = right.filter(pl.col("id").is_not_null() & pl.col("id").is_duplicated())
    pairs = left.select("id", left="rec").join(
        shared.select("id", right="rec").drop_nulls(), on="id"
    )
    compared = compare(Pairs(pairs.select(*frames.PAIRS).sort("left", "right")), left, right)
    has_bearer = pl.col("name_level").is_in(["equal", "variant"]).any().over("left")
    borrowed = compared.filter(has_bearer & pl.col("name_level").is_in(_OTHER_PERSON))["right"]
    if not len(borrowed):
        return right
    mine = pl.col("rec").is_in(borrowed.implode())
    by_number = mine & (pl.col("birth_basis") == "id")
    return Records(
        right.with_columns(
            pl.when(~mine).then("id").alias("id"),
            pl.when(mine).then(pl.lit(str(IdKind.RELATIVE))).otherwise("id_kind").alias("id_kind"),
            pl.when(~by_number).then("birth").alias("birth"),
            pl.when(~(mine & (pl.col("sex_basis") == "id"))).then("sex").alias("sex"),
        )
    )
