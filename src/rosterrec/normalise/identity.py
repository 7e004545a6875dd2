"""Who a row speaks of: numbers, birthdate, sex and names."""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterrec import dates, ids
from rosterrec import names as vocabulary
from rosterrec.frames import BASIS, ID_KIND, Field, IdKind, Role
from rosterrec.once import alike, distinct, seldom
from rosterrec.settings import Settings

#: No pupil of a compulsory school is older; a number that says so is a parent's (``domain.md`` 7).
OLDEST_PUPIL = 22


def numbers(raw: pl.DataFrame, role: Role, settings: Settings) -> pl.DataFrame:
    """The rows with ``id, id_kind, id_text, id_part, old_id, student_no, certificate``.

    A number found inside a disability certificate counts as the child's own. On the police list
    every valid number is the person's own, however old.
    """
    if settings.numbers == "opaque":
        return _opaque(raw)
    certificate = pl.coalesce(
        Field.DISABILITY_NO, pl.when(pl.col(Field.ID).str.len_chars() >= 20).then(Field.ID)
    )
    inside = seldom(certificate, lambda _: pl.lit(value=False), ids.disability_id)
    return raw.with_columns(
        certificate=certificate,
        id_text=pl.coalesce(inside, ids.clean(pl.col(Field.ID))),
        student_no=ids.student_no(pl.col(Field.STUDENT_NO)),
    ).pipe(_judged, dt.date(1900, 1, 1) if role is Role.POPULATION else _oldest_birth(settings))


def _opaque(raw: pl.DataFrame) -> pl.DataFrame:
    """Numbers without check digit or birthdate: whatever is written is the person's own."""
    text = ids.clean(pl.col(Field.ID))
    kind = pl.when(text.is_null()).then(pl.lit(str(IdKind.MISSING), dtype=ID_KIND))
    nothing = pl.lit(None, dtype=pl.String)
    return raw.with_columns(
        id=text, id_text=text, id_kind=kind.otherwise(pl.lit(str(IdKind.OPAQUE), dtype=ID_KIND)),
        id_part=nothing, old_id=nothing, student_no=nothing, certificate=Field.DISABILITY_NO,
    )  # fmt: skip


def _judged(frame: pl.DataFrame, oldest: dt.date) -> pl.DataFrame:
    """What each number is worth, and what the student number says beside it."""
    text = pl.col("id_text")
    judged = frame.with_columns(
        id_kind=ids.classify(text, pl.col("id_cell"), pl.col(Field.ID_TYPE), oldest)
    ).with_columns(
        id=pl.when(pl.col("id_kind") == IdKind.VALID).then(text),
        id_part=ids.trusted_part(text, pl.col("id_kind")),
    )
    own = pl.concat_str(pl.lit("G"), "id").eq_missing(pl.col("student_no"))
    behind = seldom(
        pl.when(~own).then("student_no"), lambda _: pl.lit(value=False), ids.from_student_no
    )
    nameless = (pl.col("id_kind") == IdKind.MISSING) & pl.col("old_id").is_not_null()
    return judged.with_columns(old_id=behind).with_columns(
        id_kind=pl.when(nameless)
        .then(pl.lit(str(IdKind.RECOVERED), dtype=ID_KIND))
        .otherwise("id_kind")
    )


def _oldest_birth(settings: Settings) -> dt.date:
    return dt.date(settings.as_of.year - OLDEST_PUPIL, 1, 1)


def births(frame: pl.DataFrame, role: Role) -> pl.DataFrame:
    """The rows with ``birth, birth_basis, birth_month, lunar_birth, sex, sex_basis``.

    After ``numbers``. What is stated comes before what a number says, since a wrong number carries
    a wrong date. A date marked as lunar is converted; an unmarked one keeps its lunar reading
    beside it. The police derive the number from the birthdate, so there the number rules where the
    two differ.
    """
    stated, by_moon = pl.col("stated"), pl.col("as_lunar")
    dated = pl.concat([frame, alike(frame, [Field.BIRTH], _dated)], how="horizontal").with_columns(
        from_id=pl.coalesce(
            ids.valid_birth(pl.when(pl.col("id_kind") == IdKind.VALID).then("id")),
            ids.part_birth(pl.col("id_part")),
        ),
        from_number=pl.coalesce(
            ids.birth(pl.col("old_id")), ids.student_birth(pl.col("student_no"))
        ),
    )
    solar = pl.when("is_lunar").then(by_moon).otherwise(stated)
    sources = {"stated": solar, "id": pl.col("from_id"), "student_no": pl.col("from_number")}
    first = "id" if role is Role.POPULATION else "stated"
    order = {first: sources[first], **sources}
    bases = [pl.when(date.is_not_null()).then(_basis(basis)) for basis, date in order.items()]
    birth = pl.coalesce(*order.values())
    return _with_sex(dated).with_columns(
        birth=birth,
        birth_basis=pl.coalesce(*bases),
        birth_month=pl.when(birth.is_null()).then("month"),
        lunar_birth=pl.when(~pl.col("is_lunar")).then(by_moon),
    )


def _dated(rows: pl.DataFrame) -> pl.DataFrame:
    """``stated, is_lunar, month, as_lunar`` of cells that state a birthdate; days repeat."""
    text = pl.col(Field.BIRTH)
    return rows.select(
        stated=dates.parse(text), is_lunar=dates.is_lunar(text), month=dates.month(text)
    ).with_columns(as_lunar=dates.lunar_to_solar(pl.col("stated")))


def _with_sex(frame: pl.DataFrame) -> pl.DataFrame:
    """``sex, sex_basis``: what is stated, else what a number says."""
    said = frame.with_columns(sex=distinct(pl.col(Field.SEX), _stated_sex))
    citizen = pl.col("sex").is_null() & (pl.col("id_kind") != IdKind.OPAQUE)
    number = pl.when(citizen).then(pl.coalesce("id", "old_id"))
    from_id = seldom(number, lambda _: pl.lit(value=False), ids.sex)
    return said.with_columns(
        sex=pl.coalesce("sex", from_id),
        sex_basis=pl.when(pl.col("sex").is_not_null())
        .then(_basis("stated"))
        .when(from_id.is_not_null())
        .then(_basis("id")),
    )


def _basis(name: str) -> pl.Expr:
    return pl.lit(name, dtype=BASIS)


def _stated_sex(text: pl.Expr) -> pl.Expr:
    words = {"男": "M", "女": "F", "男性": "M", "女性": "F", "M": "M", "F": "F", "1": "M", "2": "F",
             "MALE": "M", "FEMALE": "F"}  # fmt: skip
    folded = text.str.strip_chars().str.to_uppercase()
    return folded.replace_strict(words, default=None, return_dtype=pl.String)


def names() -> list[pl.Expr]:
    """``name, name_key, former_key``."""
    return [
        vocabulary.display(pl.col(Field.NAME)).alias("name"),
        vocabulary.key(pl.col(Field.NAME)).alias("name_key"),
        vocabulary.key(pl.col(Field.FORMER_NAME)).alias("former_key"),
    ]


def words() -> pl.Expr:
    """``readings`` of a name of several words, after ``names``: it sounds like its words."""
    return vocabulary.words(pl.col("name")).alias("readings")
