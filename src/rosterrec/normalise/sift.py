"""Rows that cannot become records, each with its reason."""

from __future__ import annotations

import polars as pl

from rosterrec import dates, frames, ids
from rosterrec.frames import Role
from rosterrec.once import may_repeat
from rosterrec.settings import Settings


def unusable(frame: pl.DataFrame, role: Role) -> pl.DataFrame:
    """Rows that name nobody, and filings of an unknown kind, as Rejects."""
    nobody = frame.filter(
        pl.col("name_key").is_null() & pl.col("id").is_null() & pl.col("id_part").is_null()
    ).with_columns(
        problem=pl.lit("no_name_no_id"),
        column=pl.when(pl.col("id_text").is_null()).then(pl.lit("name")).otherwise(pl.lit("id")),
        value=ids.mask(pl.col("id_text")),
    )
    found = [frames.conform(nobody, frames.REJECTS)]
    if role is Role.FILING:
        kinds = frame.filter(pl.col("filing_kind").is_null()).with_columns(
            problem=pl.lit("filing_kind_unknown"),
            column=pl.lit("filing_kind"),
            value=pl.col("filing_said"),
        )
        found.append(frames.conform(kinds, frames.REJECTS))
    return pl.concat(found)


def outside_ages(frame: pl.DataFrame, role: Role, settings: Settings) -> pl.DataFrame:
    """People of the police list who are outside the ages both today and at the cutoff."""
    if role is not Role.POPULATION:
        return frames.empty(frames.REJECTS)
    first, last = settings.ages
    today = dates.years_between(pl.col("birth"), pl.lit(settings.as_of))
    at_cutoff = dates.years_between(pl.col("birth"), pl.lit(settings.cutoff_date))
    outside = frame.filter(
        ~(today.is_between(first, last) | at_cutoff.is_between(first, last))
    ).with_columns(
        problem=pl.lit("outside_ages"),
        column=pl.when(pl.col("birth_basis") == "id").then(pl.lit("id")).otherwise(pl.lit("birth")),
        value=pl.col("birth").dt.year().cast(pl.String),
    )
    return frames.conform(outside, frames.REJECTS)


def repeated(frame: pl.DataFrame, role: Role) -> pl.DataFrame:
    """Second and later rows that repeat a person of the same list (and the same school) exactly.

    On the police list number and name suffice, whatever else two exports of it say.
    """
    if role not in {Role.POPULATION, Role.REGISTRY, Role.ROSTER}:
        return frames.empty(frames.REJECTS)
    same = ["id", "name_key"]
    if role is not Role.POPULATION:
        same += ["birth", "school", "grade", "class_name", "reg_status"]
    shared = frame.filter(pl.col("id").is_not_null() & may_repeat(pl.col("id")))
    again = shared.filter(~pl.struct(same).is_first_distinct())
    return frames.conform(
        again.with_columns(
            problem=pl.lit("repeated_person"), column=pl.lit("id"), value=ids.mask(pl.col("id"))
        ),
        frames.REJECTS,
    )
