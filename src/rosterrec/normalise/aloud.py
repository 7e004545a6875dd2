"""How the names of all lists sound: each name once, however many rows and lists bear it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterrec import names
from rosterrec.frames import Records
from rosterrec.once import alike


def read_aloud(lists: Sequence[Records]) -> list[Records]:
    """The lists with ``readings`` and ``near`` of every name.

    Args:
        lists: have ``name_key``; ``readings`` where the words of a name are its sounds already.
    """
    every = pl.concat([records.select("name_key") for records in lists])
    sounds = alike(every, ["name_key"], _sounds)
    heard, begin = [], 0
    for records in lists:
        heard.append(_heard(records, sounds.slice(begin, len(records))))
        begin += len(records)
    return heard


def _sounds(written: pl.DataFrame) -> pl.DataFrame:
    key = pl.col("name_key")
    return written.select(heard=names.readings(key), heard_near=names.near_readings(key))


def _heard(records: Records, sounds: pl.DataFrame) -> Records:
    """The records with what their names sound like; words are their own sounds."""
    words = records["readings"]
    if words.null_count() < len(words):
        sounds = sounds.select(pl.coalesce(words, c).alias(c) for c in sounds.columns)
    readings, near = sounds
    return Records(records.with_columns(readings.alias("readings"), near.alias("near")))
