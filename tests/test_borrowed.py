"""Whose a row is that bears one child's number and another's name."""

from __future__ import annotations

import polars as pl

from rosterrec import frames, names
from rosterrec.block import same_number
from rosterrec.compare.name import OF_NAME
from rosterrec.frames import Records
from rosterrec.link.borrowed import disown, of_families

BEARER, SISTER = "349921201110317032", "349921201309230137"


def records(*rows: tuple[str, str]) -> Records:
    """Records of one household; each row a name and a number."""
    named = pl.DataFrame(rows, schema=["name", "id"], orient="row").with_row_index("rec")
    key = names.key(pl.col("name"))
    told = named.with_columns(
        pl.col("rec").cast(pl.Int64), name_key=key, readings=names.readings(key),
        near=names.near_readings(key), household=pl.lit("H1"), id_kind=pl.lit("valid"),
    )  # fmt: skip
    return Records(frames.conform(told, frames.RECORDS))


FAMILY = records(("凯赛尔·吐尔逊", BEARER), ("艾山·吐尔逊", SISTER))


def is_set_aside(name: str, number: str = BEARER) -> bool:
    rows = records((name, number))
    return disown(FAMILY, rows, same_number(FAMILY, rows))["id"].to_list() == [None]


def test_a_name_that_is_a_siblings_word_for_word_is_the_siblings() -> None:
    assert is_set_aside("艾山·吐尔逊")


def test_a_name_that_sounds_like_a_siblings_is_the_siblings() -> None:
    assert is_set_aside("艾山·吐耳逊")


def test_the_bearers_own_name_spelt_otherwise_keeps_its_number() -> None:
    assert not is_set_aside("凯赛耳·吐尔逊")


def test_a_name_that_is_nobodys_keeps_its_number() -> None:
    assert not is_set_aside("买买提·吐尔逊")


def test_rows_without_a_name_keep_their_number() -> None:
    rows = Records(FAMILY.with_columns(pl.lit(None, dtype=pl.String).alias(c) for c in OF_NAME))
    assert disown(FAMILY, rows, same_number(FAMILY, rows))["id"].to_list() == [BEARER, SISTER]


def phones(*counts: int) -> Records:
    """Records of which so many have the first telephone, so many the second, and one has none."""
    numbers = [f"1200000000{at}" for at, n in enumerate(counts) for _ in range(n)]
    told = pl.DataFrame({"phone": [*numbers, None]}).with_row_index("rec")
    return Records(frames.conform(told.with_columns(pl.col("rec").cast(pl.Int64)), frames.RECORDS))


def test_a_telephone_of_more_than_a_family_is_nobodys() -> None:
    told = of_families(phones(20, 21))["phone"].to_list()
    assert told == ["12000000000"] * 20 + [None] * 22
