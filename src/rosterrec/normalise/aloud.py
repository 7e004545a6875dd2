"""How the names of all lists sound: each name once, however many rows and lists bear it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from rosterrec import names
from rosterrec.frames import Records


def read_aloud(lists: Sequence[Records]) -> list[Records]:
    """The lists with ``readings`` and ``near`` of every name.

    Args:
        lists: have ``name_key``; ``readings`` where the words of a name are its sounds already.
    """
    every = pl.concat([records["name_key"] for records in lists]).unique().drop_nulls()
    key = pl.col("name_key")
    sounds = every.to_frame().with_columns(
        names.readings(key).alias("heard"), names.near_readings(key).alias("heard_near")
    )
    with ThreadPoolExecutor() as at_once:  # no list waits for another
        return list(at_once.map(lambda records: _heard(records, sounds), lists))


def _heard(records: Records, sounds: pl.DataFrame) -> Records:
    found = records.select("name_key").join(
        sounds, on="name_key", how="left", maintain_order="left"
    )
    words = records["readings"]
    return Records(
        records.with_columns(
            found.select(
                pl.coalesce(words, "heard").alias("readings"),
                pl.coalesce(words, "heard_near").alias("near"),
            )
        )
    )
