"""Numbers that a row borrowed from another child of the family.

Of the false links that an ID join makes, nearly all are a relative's number typed into the child's
row. Where a row with a child's number bears another's name, and that child's own row stands in the
same list, or the name is a brother's or sister's, or name, birthdate and sex are those of a child
who has no row, the number is set aside as a relative's, and the row is judged by what else it says.
Two rows that exchanged their numbers keep them (``assign.swaps``).
"""

from __future__ import annotations

import polars as pl

from rosterrec import frames, names
from rosterrec.compare import compare_names
from rosterrec.frames import ID_KIND, IdKind, Pairs, Records
from rosterrec.once import standing_again

#: What people of one family share.
OF_A_FAMILY = ("household", "phone")
#: No more rows of a list are of one family.
_LARGEST_FAMILY = 20
_OTHER_PERSON = ["different", "one_char", "one_of_two"]


def disown(left: Records, right: Records, met: pl.DataFrame, *, about: bool = False) -> Records:
    """The right list with borrowed numbers set aside as a relative's.

    Args:
        left: the list whose numbers are trusted.
        right: a list whose rows may carry someone else's number.
        met: rows of both with one number (``block.same_number``).
        about: the rows speak of people, as proofs and filings do: with a stranger's number beside
            a name and birthdate, they are a question.
    """
    compared = compare_names(_other_name(met), left, right)
    has_bearer = pl.col("name_level").is_in(["equal", "variant"]).any().over("left")
    stranger = pl.col("name_level").is_in(_OTHER_PERSON)
    beside_bearer = compared.filter(has_bearer & stranger)["right"]
    another = stranger | (pl.col("name_level") == "respelt")
    elsewhere = compared.filter(another).select("left", "right")
    kin = _of_a_relative(elsewhere, left, right)
    borrowed = pl.concat([beside_bearer, kin])
    if not about:
        borrowed = pl.concat([borrowed, _of_a_namesake(elsewhere, left, right, met["left"])])
    borrowed = borrowed.unique()
    return set_aside(right, borrowed) if len(borrowed) else right


def _other_name(met: pl.DataFrame) -> Pairs:
    """All pairs of those of whom some row with their number is not written with their name."""
    differing = met.filter(~pl.col("one_name"))["left"]
    return Pairs(met.filter(pl.col("left").is_in(differing.implode())).select(*frames.PAIRS))


def _of_a_relative(pairs: pl.DataFrame, left: Records, right: Records) -> pl.Series:
    """Rows whose name is, or sounds like, that of exactly one other child of the bearer's family.

    Names of a father's name and their own are alike among brothers and sisters, so that one which
    sounds like the bearer's too stays. A row that exchanged numbers with another (each has the
    other's) is not among them.
    """
    family = relatives(pairs["left"], left, "name_key", "near").rename({"near": "own"})
    beside = pairs.with_columns(
        right["name_key"].gather(pairs["right"]),
        right["near"].gather(pairs["right"]),
        bearer=left["near"].gather(pairs["left"]),
    ).join(family.rename({"rec": "owner"}), left_on="left", right_on="of", suffix="_own")
    long = names.is_long(pl.col("name_key"))
    sounds = long & names.share_reading(pl.col("near"), pl.col("own"))
    named = (
        beside.filter((pl.col("name_key") == pl.col("name_key_own")) | sounds)
        .filter(
            pl.col("owner") != pl.col("left"),
            ~(long & names.share_reading(pl.col("near"), pl.col("bearer"))),
        )
        .select("left", "right", "owner")
        .unique()
        .filter(pl.col("owner").n_unique().over("right") == 1)
    )
    exchanged = named.select(left="owner", owner="left")
    return named.join(exchanged, on=["left", "owner"], how="anti")["right"]


def _of_a_namesake(
    pairs: pl.DataFrame, left: Records, right: Records, numbered: pl.Series
) -> pl.Series:
    """Rows that have name, birthdate and sex of exactly one child whose number stands in no row.

    And the bearer of their number was born on another day: nothing but the number is his.

    Args:
        pairs: bearers and rows that are named otherwise.
        left: the people.
        right: the list of the rows.
        numbered: those whose number stands in some row.
    """
    same = ["name_key", "birth", "sex"]
    stated = right.select("birth_basis")[pairs["right"]].to_series() == "stated"
    rows = pl.concat([pairs, right.select(same)[pairs["right"]]], how="horizontal")
    of_another_day = rows.filter(stated & (rows["birth"] != left["birth"].gather(pairs["left"])))
    owners = left.filter(
        pl.col("name_key").is_in(of_another_day["name_key"].unique().implode())
        & ~pl.col("rec").is_in(numbered.implode())
    ).select(*same, owner="rec")
    named = of_another_day.join(owners, on=same)
    return named.filter(pl.col("owner").n_unique().over("right") == 1)["right"]


def relatives(people: pl.Series, left: Records, *besides: str) -> pl.DataFrame:
    """Who has the household or the telephone of each of these people, who are among them.

    Returns:
        ``of``, each of the people; ``rec`` of the relative, and any columns besides; who shares
        both is named twice.
    """
    found = []
    for kind in OF_A_FAMILY:
        asked = pl.DataFrame({"of": people.unique()})
        asked = asked.with_columns(left[kind].gather(asked["of"]).alias("kin")).drop_nulls()
        theirs = left.select("rec", *besides, kin=kind).filter(
            pl.col("kin").is_in(asked["kin"].unique().implode())
        )
        found.append(asked.join(theirs, on="kin").drop("kin"))
    return pl.concat(found)


def kindred(left: Records) -> pl.DataFrame:
    """Whom each person shares anything of a family with: ``rec, kin``, guardians as well."""
    guardians = left.select("rec", kin=pl.col("guardians").str.split("|")).explode("kin")
    named = guardians.drop_nulls().select("rec", kin=pl.concat_str(pl.lit("guardian "), "kin"))
    shared = (
        left.select("rec", kin=pl.concat_str(pl.lit(f"{kind} "), kind)).drop_nulls()
        for kind in OF_A_FAMILY
    )
    return pl.concat([*shared, named])


def of_families(records: Records) -> Records:
    """The list without households and telephones of more people than a family has.

    The office of a school may stand there as the telephone of all its pupils.
    """
    crowded = {}
    for kind in OF_A_FAMILY:
        values = records[kind].hash().set(records[kind].is_null(), None)
        many = standing_again(values, _LARGEST_FAMILY)
        if len(many):
            crowded[kind] = values.is_in(many.unique().implode())
    return Records(
        records.with_columns(
            records[kind].set(among_many, None) for kind, among_many in crowded.items()
        )
    )


def set_aside(right: Records, borrowed: pl.Series) -> Records:
    """The right list with those rows' numbers, and what was read out of them, taken away."""
    mine = pl.col("rec").is_in(borrowed.implode())
    by_number = mine & (pl.col("birth_basis") == "id")
    return Records(
        right.with_columns(
            pl.when(~mine).then("id").alias("id"),
            pl.when(mine)
            .then(pl.lit(str(IdKind.RELATIVE), dtype=ID_KIND))
            .otherwise("id_kind")
            .alias("id_kind"),
            pl.when(~by_number).then("birth").alias("birth"),
            pl.when(~(mine & (pl.col("sex_basis") == "id"))).then("sex").alias("sex"),
        )
    )
