"""Two children whose numbers were exchanged: each row has one child's name and the other's ID.

Left a and b, right x and y: x has a's name and b's number, y has b's name and a's number. By name
it is a-x, b-y; by number a-y, b-x.
"""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Records
from rosterrec.levels import family_differs

#: Who is whose in an exchange.
_BY_NAME = [("a", "x"), ("b", "y")]
_BY_NUMBER = [("a", "y"), ("b", "x")]
#: Who is in more exchanges has a name that everybody has: that is no question about two children.
_MOST = 4
_NAME = ["equal", "variant"]
_OTHER_NAME = ["different", "one_char", "one_of_two", "given_alone"]


def exchanged(
    scored: pl.DataFrame, left: Records, right: Records, *, birth_witnesses: bool
) -> pl.DataFrame:
    """The four pairs of every exchange, and what may be made of each.

    Neither by name nor by number may a pair be chosen without a person, but where birthdates
    witness by themselves that the numbers are what was exchanged.

    Args:
        scored: pairs with their levels.
        left: the people.
        right: the rows.
        birth_witnesses: the birthdates of the right list are not read out of its numbers.

    Returns:
        ``left, right, swap``: ``open``, to be judged; or ``named``, the child's own by name, and
        ``numbered``, not the child's, of exchanges that the birthdates tell.
    """
    crossed = pl.concat([_met_by_name(scored, left, right), _met_by_number(scored, left, right)])
    crossed = crossed.filter((pl.col("a") != pl.col("b")) & (pl.col("x") != pl.col("y"))).unique()
    crossed = crossed.filter(
        pl.all_horizontal(pl.len().over(it) <= _MOST for it in crossed.columns)
    )
    told = _told(crossed, scored if birth_witnesses else scored.clear())
    untold = crossed.join(told, on=crossed.columns, how="anti")
    ways = [("open", untold, _BY_NAME + _BY_NUMBER), ("named", told, _BY_NAME),
            ("numbered", told, _BY_NUMBER)]  # fmt: skip
    pairs = [
        four.select(pl.col(one).alias("left"), pl.col(two).alias("right"), swap=pl.lit(way))
        for way, four, sides in ways
        for one, two in sides
    ]
    return pl.concat(pairs).unique(["left", "right"], keep="first", maintain_order=True)


def _met_by_name(scored: pl.DataFrame, left: Records, right: Records) -> pl.DataFrame:
    """Exchanges whose pairs by name were compared: ``a, b, x, y``."""
    number = left.select(a="rec", number_a="id").drop_nulls()
    row = right.select(x="rec", number_x="id").drop_nulls()
    two_numbers = (pl.col("id_level") == "conflict") & pl.col("name_level").is_in(_NAME)
    by_name = scored.filter(two_numbers).select(a="left", x="right")
    by_name = by_name.join(number, on="a").join(row, on="x")
    other = by_name.select(b="a", y="x", number_b="number_a", number_y="number_x")
    crossed = by_name.join(
        other, left_on=["number_a", "number_x"], right_on=["number_y", "number_b"]
    )
    return crossed.select("a", "b", "x", "y")


def _met_by_number(scored: pl.DataFrame, left: Records, right: Records) -> pl.DataFrame:
    """The same from the pairs by number, where neither name nor birthdate brought the others."""
    own = left.select(a="rec", name_a="name_key").drop_nulls()
    row = right.select(y="rec", name_y="name_key").drop_nulls()
    of_another = (pl.col("id_level") == "equal") & pl.col("name_level").is_in(_OTHER_NAME)
    by_number = scored.filter(of_another).select(a="left", y="right")
    by_number = by_number.join(own, on="a").join(row, on="y")
    # Where several bear the same two names, who exchanged with whom is not told by them.
    by_number = by_number.filter(pl.len().over("name_a", "name_y") == 1)
    other = by_number.select(b="a", x="y", name_b="name_a", name_x="name_y")
    crossed = by_number.join(other, left_on=["name_a", "name_y"], right_on=["name_x", "name_b"])
    # Whose own number is there all the same, as behind a student number, has not given it away.
    kept = scored.filter(pl.col("id_level") != "conflict").select("left", "right")
    for one, two in _BY_NAME:
        crossed = crossed.join(kept, left_on=[one, two], right_on=["left", "right"], how="anti")
    return crossed.select("a", "b", "x", "y")


def _told(crossed: pl.DataFrame, scored: pl.DataFrame) -> pl.DataFrame:
    """Exchanges where all birthdates and sexes go with the names, and no birthdate with a number.

    Twins' birthdates would go with both. Whoever is in two exchanges is in none of these.
    """
    birth = pl.col("birth_level")
    levels = scored.select(
        "left",
        "right",
        own=(birth == "equal") & (pl.col("sex_level") == "equal") & ~family_differs(),
        other=birth.is_in(["same_year", "different"]),
    )
    once = crossed.filter(pl.all_horizontal(pl.len().over(it) == 1 for it in crossed.columns))
    for pairs, level in ((_BY_NAME, "own"), (_BY_NUMBER, "other")):
        for one, two in pairs:
            of_level = levels.filter(level).rename({"left": one, "right": two})
            once = once.join(of_level, on=[one, two], how="semi")
    return once
