"""Who stands beside a child, and where home is."""

from __future__ import annotations

import polars as pl

from rosterrec import names
from rosterrec.frames import Field
from rosterrec.normalise.blanks import without_blanks
from rosterrec.once import distinct, seldom

#: A mobile number and nothing else, which is no run of one digit.
_MOBILE = "^1[02-9][0-9]{9}$"


def family() -> list[pl.Expr]:
    """``guardians`` (folded names joined by "|"), ``phone`` and ``household``.

    A householder is the guardian of everyone in the household but himself.
    """
    is_head = distinct(pl.col(Field.RELATION), _is_head, pl.Boolean).fill_null(value=False)
    head = pl.when(~is_head & pl.col(Field.HOUSEHOLDER).ne_missing(pl.col(Field.GUARDIAN)))
    people = pl.struct(
        names.key(pl.col(Field.GUARDIAN)).alias("one"),
        names.key(pl.col(Field.GUARDIAN_2)).alias("two"),
        names.key(head.then(Field.HOUSEHOLDER)).alias("head"),
    )
    return [
        people.map_batches(_together, return_dtype=pl.String, is_elementwise=True).alias(
            "guardians"
        ),
        seldom(pl.col(Field.PHONE), lambda it: it.str.contains(_MOBILE), _telephone).alias("phone"),
        without_blanks(Field.HOUSEHOLD).alias("household"),
        without_blanks(Field.TEACHER).alias("teacher"),
    ]


def _is_head(relation: pl.Expr) -> pl.Expr:
    return relation.str.contains("户主|本人") & ~relation.str.contains("之|子|女|孙")


def _together(people: pl.Series) -> pl.Series:
    """The names that are there, each once, joined by "|"; null where there is none."""
    one, two, head = pl.col("one"), pl.col("two"), pl.col("head")
    others = pl.concat_str(
        one,
        pl.when(two.ne_missing(one)).then(two),
        pl.when(head.ne_missing(one) & head.ne_missing(two)).then(head),
        separator="|",
        ignore_nulls=True,
    )
    frame = people.struct.unnest()
    return frame.select(pl.when(others != "").then(others)).to_series()


def _telephone(text: pl.Expr) -> pl.Expr:
    """The first telephone number of a cell; runs of one digit stand for none."""
    digits = text.str.normalize("NFKC").str.extract(r"(1\d{10}|0\d{9,11}|\d{7,8})")
    same = digits.str.contains("^(?:" + "|".join(f"{d}+" for d in range(10)) + ")$")
    return pl.when(~same).then(digits)


def place() -> list[pl.Expr]:
    """``county, township, village``: from their own columns, else out of the address."""
    address = without_blanks(Field.ADDRESS)
    county = address.str.extract(r"(?:省|市|自治区|州|^)([^省市州县区]{1,8}?(?:县|区|旗))")
    township = address.str.extract(r"(?:县|区|市|旗|^)([^县区市旗]{1,8}?(?:镇|乡|街道))")
    village = address.str.extract(r"(?:镇|乡|街道)([^镇乡]{1,12}?(?:村|社区|居委会))")
    return [
        pl.coalesce(without_blanks(Field.COUNTY), county).alias("county"),
        pl.coalesce(without_blanks(Field.TOWNSHIP), township).alias("township"),
        pl.coalesce(without_blanks(Field.VILLAGE), village)
        .str.replace(r"(民委员会|委会|民委)$", "")
        .alias("village"),
    ]
