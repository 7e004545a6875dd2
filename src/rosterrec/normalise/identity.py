"""Who a row speaks of: numbers, birthdate, sex and names."""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterrec import dates, ids
from rosterrec import names as vocabulary
from rosterrec.frames import Field, IdKind, Role
from rosterrec.settings import Settings

#: No pupil of a compulsory school is older; a number that says so is a parent's (``domain.md`` 7).
OLDEST_PUPIL = 22


def numbers(role: Role, settings: Settings) -> list[pl.Expr]:
    """``id, id_kind, id_text, id_part, old_id, student_no`` from the number columns of a Raw.

    A number found inside a disability certificate counts as the child's own. On the police list
    every valid number is the person's own, however old.
    """
    certificate = pl.coalesce(
        Field.DISABILITY_NO, pl.when(pl.col(Field.ID).str.len_chars() >= 20).then(Field.ID)
    )
    written = pl.coalesce(ids.disability_id(certificate), ids.clean(pl.col(Field.ID)))
    oldest = dt.date(1900, 1, 1) if role is Role.POPULATION else _oldest_birth(settings)
    kind = ids.classify(written, pl.col("id_cell"), pl.col(Field.ID_TYPE), oldest)
    behind = ids.from_student_no(ids.student_no(pl.col(Field.STUDENT_NO)))
    own = pl.when(kind == IdKind.VALID).then(written)
    other = pl.when(behind.is_not_null() & behind.ne_missing(own)).then(behind)
    return [
        own.alias("id"),
        pl.when((kind == IdKind.MISSING) & other.is_not_null())
        .then(pl.lit(str(IdKind.RECOVERED)))
        .otherwise(kind)
        .alias("id_kind"),
        written.alias("id_text"),
        ids.trusted_part(written, kind).alias("id_part"),
        other.alias("old_id"),
        ids.student_no(pl.col(Field.STUDENT_NO)).alias("student_no"),
    ]


def _oldest_birth(settings: Settings) -> dt.date:
    return dt.date(settings.as_of.year - OLDEST_PUPIL, 1, 1)


def births(role: Role) -> list[pl.Expr]:
    """``birth, birth_basis, birth_month, lunar_birth, sex, sex_basis``; after ``numbers``.

    What is stated comes before what a number says, since a wrong number carries a wrong date. A
    date marked as lunar is converted; an unmarked one keeps its lunar reading beside it. The police
    derive the number from the birthdate, so there the number rules where the two differ.
    """
    text = pl.col(Field.BIRTH)
    stated = dates.parse(text)
    solar = pl.when(dates.is_lunar(text)).then(dates.lunar_to_solar(stated)).otherwise(stated)
    from_id = pl.coalesce(ids.birth(pl.col("id")), ids.part_birth(pl.col("id_part")))
    from_number = pl.coalesce(ids.birth(pl.col("old_id")), ids.student_birth(pl.col("student_no")))
    order = [from_id, solar] if role is Role.POPULATION else [solar, from_id]
    bases = ["id", "stated"] if role is Role.POPULATION else ["stated", "id"]
    birth = pl.coalesce(*order, from_number)
    month = dates.month(text)
    return [
        birth.alias("birth"),
        pl.when(order[0].is_not_null())
        .then(pl.lit(bases[0]))
        .when(order[1].is_not_null())
        .then(pl.lit(bases[1]))
        .when(from_number.is_not_null())
        .then(pl.lit("student_no"))
        .alias("birth_basis"),
        pl.when(birth.is_null()).then(month).alias("birth_month"),
        pl.when(~dates.is_lunar(text)).then(dates.lunar_to_solar(stated)).alias("lunar_birth"),
        *_sex(),
    ]


def _sex() -> list[pl.Expr]:
    folded = pl.col(Field.SEX).str.strip_chars().str.to_uppercase()
    stated = folded.replace_strict(
        {"男": "M", "女": "F", "男性": "M", "女性": "F", "M": "M", "F": "F", "1": "M", "2": "F",
         "MALE": "M", "FEMALE": "F"},
        default=None,
        return_dtype=pl.String,
    )  # fmt: skip
    from_id = ids.sex(pl.coalesce("id", "old_id"))
    return [
        pl.coalesce(stated, from_id).alias("sex"),
        pl.when(stated.is_not_null())
        .then(pl.lit("stated"))
        .when(from_id.is_not_null())
        .then(pl.lit("id"))
        .alias("sex_basis"),
    ]


def names() -> list[pl.Expr]:
    """``name, name_key, former_key, readings``."""
    key = vocabulary.key(pl.col(Field.NAME))
    return [
        vocabulary.display(pl.col(Field.NAME)).alias("name"),
        key.alias("name_key"),
        vocabulary.key(pl.col(Field.FORMER_NAME)).alias("former_key"),
        vocabulary.readings(key).alias("readings"),
    ]
