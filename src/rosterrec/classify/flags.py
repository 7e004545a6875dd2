"""What stands beside a status: where lists disagree, and what has to be corrected."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterrec.classify.rules import ATTEMPTS_NEEDED
from rosterrec.frames import (
    Decision,
    Destination,
    FilingKind,
    Flag,
    IdKind,
    Links,
    Records,
    RegStatus,
    Role,
    Status,
    of_pass,
)
from rosterrec.once import may_repeat

_SCHOOL_LISTS = (Role.REGISTRY, Role.ROSTER)
_ENROLLED = [Status.LOCAL, Status.COUNTY, Status.OUTSIDE]
#: A pupil this many years older than the usual age of the grade is over age.
_YEARS_BEHIND = 3


def link_flags(records: Mapping[Role, Records], links: Links) -> pl.DataFrame:
    """One row per child and finding on an accepted registry or roster row.

    Columns: ``rec, flag, source, right`` (the row that has to be corrected).
    """
    found = []
    for role in _SCHOOL_LISTS:
        shared = _sharing_a_number(records[role]).implode()
        rows = records[role].select(
            "id", "id_kind", "old_id", "student_no", "birth_basis",
            is_shared=pl.col("rec").is_in(shared),
        )  # fmt: skip
        columns = [
            "right", "id_level", "name_level", "birth_level", "sex_level", "basis", "left",
        ]  # fmt: skip
        chosen = of_pass(links, Role.POPULATION, role, Decision.ACCEPTED, columns=columns)
        own = records[Role.POPULATION].select(own_id="id")[chosen["left"]]
        beside = pl.concat(
            [chosen.rename({"left": "rec"}), rows[chosen["right"]], own], how="horizontal"
        )
        found += [
            beside.filter(condition.fill_null(value=False)).select(
                "rec", pl.lit(str(flag)).alias("flag"), pl.lit(str(role)).alias("source"), "right"
            )
            for flag, condition in _conditions().items()
        ]
    return pl.concat(found).sort("rec", "flag", "source", "right")


def _sharing_a_number(rows: Records) -> pl.Series:
    """``rec`` of rows whose number another row has under another name."""
    again = rows.select("rec", "id", "name_key").filter(
        pl.col("id").is_not_null() & may_repeat(pl.col("id"))
    )
    return again.filter(pl.col("name_key").n_unique().over("id") > 1)["rec"]


def _conditions() -> dict[Flag, pl.Expr]:
    kind = pl.col("id_kind")
    other = pl.col("own_id").is_not_null() & (pl.col("id") != pl.col("own_id"))
    exchanged = pl.col("basis") == "exchanged_ids"
    near = ["lunar", "swapped", "one_day", "one_digit", "same_year", "different"]
    return {
        Flag.ID_INVALID: kind == IdKind.INVALID,
        Flag.ID_DAMAGED: kind == IdKind.DAMAGED,
        Flag.ID_RELATIVE: kind.is_in([IdKind.RELATIVE, IdKind.FIFTEEN]) | (other & ~exchanged),
        Flag.SWAPPED_IDS: exchanged,
        Flag.SHARED_ID: pl.col("is_shared"),
        Flag.ID_OLD: (pl.col("id").is_null() | (pl.col("id") == pl.col("own_id")))
        & (pl.col("old_id") != pl.col("own_id")),
        Flag.ID_MISSING: kind == IdKind.MISSING,
        Flag.TEMPORARY_NUMBER: pl.col("student_no").str.starts_with("L"),
        Flag.NAME_VARIANT: ~pl.col("name_level").is_in(["equal", "missing"]),
        Flag.BIRTH_DIFFERS: pl.col("birth_level").is_in(near) & (pl.col("birth_basis") == "stated"),
        Flag.SEX_DIFFERS: pl.col("sex_level") == "different",
    }


def child_flags(*, registry_supplied: bool) -> dict[Flag, pl.Expr]:
    """Findings on the child as a whole, as conditions over the decided evidence.

    Args:
        registry_supplied: without a registry nobody can be missing from it.
    """
    return _of_attendance(registry_supplied=registry_supplied) | _of_identity() | _of_the_case()


def _of_attendance(*, registry_supplied: bool) -> dict[Flag, pl.Expr]:
    """Where registry, roster and claim disagree about the school, and the age there."""
    status, reg, claim = pl.col("status"), pl.col("reg_status"), pl.col("led_claim")
    active, on_roster = reg == RegStatus.ACTIVE, pl.col("ros_is_any")
    elsewhere = active & (pl.col("reg_key") != pl.col("ros_key"))
    at_school = status.is_in(_ENROLLED)
    place = [Destination.LOCAL, Destination.COUNTY, Destination.OUTSIDE]
    grade = pl.coalesce("ros_grade", "reg_grade")
    return {
        Flag.NOT_IN_REGISTRY: pl.lit(registry_supplied)
        & on_roster
        & (~pl.col("reg_is_any") | elsewhere),
        Flag.NOT_ON_ROSTER: active
        & pl.col("reg_is_supplied")
        & ~pl.col("reg_is_home_taught")
        & (~on_roster | elsewhere),
        Flag.ROSTER_NOT_SUPPLIED: pl.col("rule").is_in(
            ["registered_roster_not_supplied", "claimed_at_home"]
        ),
        Flag.DOUBLE_REGISTRY: pl.col("reg_active_count") >= 2,
        Flag.DOUBLE_ROSTER: pl.col("ros_school_count") >= 2,
        Flag.CLAIM_DIFFERS: at_school & claim.is_in(place) & (claim != status),
        Flag.SCHOOL_NOT_PLACED: pl.col("rule").str.starts_with("registered_")
        & pl.col("reg_is_any")
        & ~pl.col("reg_is_placed"),
        Flag.REG_STATUS_DIFFERS: on_roster & at_school & (reg.is_not_null() & ~active),
        Flag.UNDERAGE: at_school & ~pl.col("is_due"),
        Flag.OVERAGE: at_school
        & grade.is_between(1, 9)
        & (pl.col("age_at_cutoff") - (grade + 5) >= _YEARS_BEHIND),
    }


def _of_identity() -> dict[Flag, pl.Expr]:
    """Where a person must tell whose number or row it is."""
    return {
        Flag.ID_CONFLICT: pl.col("doubt_is_other_id"),
        Flag.SWAPPED_IDS: pl.col("doubt_is_swap"),
        Flag.SHARED_ID: pl.col("doubt_is_shared"),
        Flag.TWO_REGISTRATIONS: pl.col("doubt_is_twice"),
    }


def _of_the_case() -> dict[Flag, pl.Expr]:
    """What a filing, a proof, a decision or the search for the child lacks."""
    return {
        Flag.FILING_UNDOCUMENTED: pl.col("fil_is_undocumented"),
        Flag.FILING_EXPIRED: pl.col("fil_is_expired")
        & ~pl.any_horizontal(pl.col(f"fil_is_{kind}_good") for kind in FilingKind),
        Flag.FILING_CONTRADICTED: pl.col("rule").is_in(
            ["filing_contradicted_by_roster", "undocumented_filing_against_registry"]
        ),
        Flag.PROOF_UNDATED: (pl.col("proof") != "not_needed")
        & pl.col("led_is_proof")
        & pl.col("led_proof_date").is_null(),
        Flag.PROOF_FALSE: (pl.col("proof") != "not_needed") & pl.col("led_is_refuted"),
        Flag.PROPOSE_HOME_TEACHING: pl.col("status") == Status.SEVERE_DISABILITY,
        Flag.DECISION_OVERTAKEN: pl.col("hand_status").is_not_null()
        & (pl.col("rule") != "decided"),
        Flag.FEW_ATTEMPTS: (pl.col("led_claim") == Destination.NO_CONTACT)
        & (pl.col("led_attempts").fill_null(0) < ATTEMPTS_NEEDED),
    }


def joined(evidence: pl.DataFrame, on_links: pl.DataFrame, *, registry_supplied: bool) -> pl.Series:
    """All flags of each child as codes joined by ",", in the order of ``frames.Flag``.

    Each flag is a bit of a number; few numbers occur, and each is put into words once.
    """
    bits = {str(flag): 1 << place for place, flag in enumerate(Flag)}
    conditions = child_flags(registry_supplied=registry_supplied)
    of_child = pl.sum_horizontal(
        pl.when(holds.fill_null(value=False)).then(pl.lit(bits[flag], pl.UInt64)).otherwise(0)
        for flag, holds in conditions.items()
    )
    codes = on_links.select("rec", "flag").unique()
    bit = pl.col("flag").replace_strict(bits, return_dtype=pl.UInt64)
    on_a_link = codes.group_by("rec").agg(bit.sum().alias("bits"))
    every = evidence.select("rec", of_child=of_child).join(
        on_a_link, on="rec", how="left", maintain_order="left"
    )
    numbers = every.select(pl.col("of_child") | pl.col("bits").fill_null(0)).to_series()
    words = {
        number: ",".join(flag for flag, bit in bits.items() if number & bit)
        for number in numbers.unique()
    }
    return numbers.replace_strict(words, return_dtype=pl.String).alias("flags")
