"""Stage 2: text as read becomes records that can be compared; what cannot be used is named.

Row-wise: a record depends on its own row and the settings alone, so a list may be cut anywhere.
``repeated`` and ``outside_ages`` alone look at a whole list, and run after.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from rosterrec import frames, names
from rosterrec.frames import Field, Raw, Records, Rejects, Role, Schools
from rosterrec.normalise import cases, family, identity, schooling
from rosterrec.normalise.aloud import read_aloud
from rosterrec.normalise.sift import outside_ages, repeated, unusable
from rosterrec.schools import school_code, school_key, stage
from rosterrec.settings import Settings

__all__ = ["normalise", "normalise_all", "school_directory"]

_PLACE = ["file", "sheet", "row"]


def normalise(raw: Raw, role: Role, settings: Settings) -> tuple[Records, Rejects]:
    """Records of one list, numbered in reading order, and the rows that cannot be used.

    Args:
        raw: rows of one role as read.
        role: what the list is for; ages are only a condition of the population list.
        settings: reference date, ages and school year.

    Returns:
        Records (``frames.RECORDS``), and Rejects with the problems ``no_name_no_id``,
        ``outside_ages``, ``repeated_person`` and ``filing_kind_unknown``.
    """
    return normalise_all({role: raw}, settings)[role]


def normalise_all(
    raw: Mapping[Role, Raw], settings: Settings
) -> dict[Role, tuple[Records, Rejects]]:
    """The same of several lists; a name that stands on more than one is read aloud once."""
    with ThreadPoolExecutor() as at_once:  # no list waits for another; Polars needs no interpreter
        at_once.submit(names.learn_to_read)
        made = list(at_once.map(lambda role: _unheard(raw[role], role, settings), raw))
    heard = read_aloud([records for records, _ in made])
    return {
        role: (records, made[n][1])
        for n, (role, records) in enumerate(zip(raw, heard, strict=True))
    }


def _unheard(raw: Raw, role: Role, settings: Settings) -> tuple[Records, Rejects]:
    """Records and rejects of one list, names not yet read aloud."""
    if not len(raw):
        return Records(frames.empty(frames.RECORDS)), Rejects(frames.empty(frames.REJECTS))
    frame = (
        identity.births(identity.numbers(raw, role, settings), role)
        .with_columns(identity.names())
        .with_columns(identity.words())
        .with_columns(family.family())
        .with_columns(family.place())
        .with_columns(schooling.schooling(settings))
        .with_columns(cases.note())
    )
    if role in cases.OF_CASES:
        frame = frame.with_columns(*cases.whereabouts(), *cases.filing(role))
    else:
        frame = frame.drop(cases.COLUMNS, strict=False)
    rejects = [unusable(frame, role), outside_ages(frame, role, settings), repeated(frame, role)]
    refused = pl.concat(rejects).unique(_PLACE, keep="first", maintain_order=True)
    records = frames.conform(_without(frame, refused).with_row_index("rec"), frames.RECORDS)
    return Records(records), Rejects(refused)


def _without(frame: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """The rows that are not refused; few share as much as the number of a row with one that is."""
    alike = pl.col("row").is_in(refused["row"].implode())
    rows = frame.select(_PLACE).with_row_index("at").filter(alike)
    gone = rows.join(refused, on=_PLACE, how="semi", nulls_equal=True)["at"]
    return frame.filter(~pl.int_range(pl.len(), dtype=pl.UInt32).is_in(gone.implode()))


def school_directory(raw: Raw) -> tuple[Schools, Rejects]:
    """The school directory with names folded for look-up; rows without a name are rejects."""
    named = raw.filter(pl.col(Field.SCHOOL).is_not_null())
    nameless = raw.filter(pl.col(Field.SCHOOL).is_null())
    directory = named.with_columns(
        school_code(pl.col(Field.SCHOOL_CODE)),
        school_key(pl.col(Field.SCHOOL)).alias("school_key"),
        stage(pl.col(Field.STAGE), pl.col(Field.SCHOOL)).alias("stage"),
    )
    rejects = nameless.with_columns(problem=pl.lit("no_school_name"), column=pl.lit("school"))
    return (
        Schools(frames.conform(directory, frames.SCHOOLS)),
        Rejects(frames.conform(rejects, frames.REJECTS)),
    )
