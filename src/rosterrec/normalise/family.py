"""Who stands beside a child, and where home is."""

from __future__ import annotations

import polars as pl

from rosterrec import names
from rosterrec.frames import Field


def family() -> list[pl.Expr]:
    """``guardians`` (folded names joined by "|"), ``phone`` and ``household``.

    A householder is the guardian of everyone in the household but himself.
    """
    is_head = pl.col(Field.RELATION).str.contains("户主|本人").fill_null(value=False) & (
        ~pl.col(Field.RELATION).str.contains("之|子|女|孙").fill_null(value=False)
    )
    people = [
        names.key(pl.col(Field.GUARDIAN)),
        names.key(pl.col(Field.GUARDIAN_2)),
        pl.when(~is_head).then(names.key(pl.col(Field.HOUSEHOLDER))),
    ]
    joined = pl.concat_list(people).list.drop_nulls().list.unique(maintain_order=True)
    digits = pl.col(Field.PHONE).str.normalize("NFKC").str.extract(r"(1\d{10}|0\d{9,11}|\d{7,8})")
    same = digits.str.contains("^(?:" + "|".join(f"{d}+" for d in range(10)) + ")$")
    return [
        pl.when(joined.list.len() > 0).then(joined.list.join("|")).alias("guardians"),
        pl.when(~same).then(digits).alias("phone"),
        _text(Field.HOUSEHOLD).alias("household"),
        _text(Field.TEACHER).alias("teacher"),
    ]


def place() -> list[pl.Expr]:
    """``county, township, village``: from their own columns, else out of the address."""
    address = _text(Field.ADDRESS)
    county = address.str.extract(r"(?:省|市|自治区|州|^)([^省市州县区]{1,8}?(?:县|区|旗))")
    township = address.str.extract(r"(?:县|区|市|旗|^)([^县区市旗]{1,8}?(?:镇|乡|街道))")
    village = address.str.extract(r"(?:镇|乡|街道)([^镇乡]{1,12}?(?:村|社区|居委会))")
    return [
        pl.coalesce(_text(Field.COUNTY), county).alias("county"),
        pl.coalesce(_text(Field.TOWNSHIP), township).alias("township"),
        pl.coalesce(_text(Field.VILLAGE), village)
        .str.replace(r"(民委员会|委会|民委)$", "")
        .alias("village"),
    ]


def _text(field: Field) -> pl.Expr:
    folded = pl.col(field).str.normalize("NFKC").str.replace_all(r"\s+", "")
    return pl.when(folded.str.len_chars() > 0).then(folded)
