"""Citizen ID numbers (GB 11643) and the numbers built on them, as column expressions.

Everything but ``complete`` takes and returns expressions. Builders that read a number expect text
folded by ``clean``.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import polars as pl

from rosterrec.checkdigit import CHECKS, WEIGHTS, check_of
from rosterrec.frames import ID_KIND, IdKind
from rosterrec.once import once, seldom

_SHAPE: Final = "^[1-9][0-9]{16}[0-9X]$"
_STUDENT: Final = "^[GJL][0-9]{17}[0-9X]$"
_CERTIFICATE: Final = "^([0-9]{17}[0-9X])([1-7])([1-4])(?:B[0-9]*)?$"
_SCIENTIFIC: Final = r"^([1-9])\.?([0-9]*)E\+?(1[3-9])$"
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)

#: Letters and signs that stand for X, and lower case; all else of a number is kept as it is.
_FOLD: Final = {
    **dict.fromkeys("×✕✖╳хХχΧ", "X"),
    **{chr(small): chr(small - 32) for small in range(ord("a"), ord("z") + 1)},
}
_NOT_KEPT: Final = r"[^\p{L}\p{N}.．+＋*＊×✕✖╳]"
#: Nothing is an ID that has no digit at all (无, 暂无, NULL, -), or one digit over and over.
_PLACEHOLDER: Final = f"^(?:[^0-9]*|{'|'.join(f'{digit}+' for digit in range(10))}|0+X)$"

#: 证件类型 in words or registry codes whose numbers are not resident ID numbers (``domain.md`` 2).
_OTHER_DOCUMENT: Final = (
    r"^0?[678](?:[^0-9]|$)|^[AZ](?:[^A-Z]|$)|护照|通行证|回乡证|台胞证|出生|军官|其他|其它"
)


def clean(text: pl.Expr) -> pl.Expr:
    """An ID cell folded: width, invisible characters, apostrophes, signs for X, case, ``.0``.

    Only letters, digits and the signs of a number in scientific notation or of a masked number
    remain. Cells without a digit and runs of one digit are placeholders: null (``domain.md`` 1.2).
    """
    return seldom(text, _as_issued, _clean)


def _as_issued(text: pl.Expr) -> pl.Expr:
    return text.str.contains(_SHAPE) & ~text.str.contains(_PLACEHOLDER)


def _clean(text: pl.Expr) -> pl.Expr:
    bare = text.str.replace_all(_NOT_KEPT, "").str.normalize("NFKC")
    folded = bare.str.replace_many(_FOLD).str.replace_all(r"[^\p{L}\p{N}.+*]", "")
    number = folded.str.replace(r"^([0-9]+)\.0*$", "${1}")
    return once(number, lambda it: pl.when(~it.str.contains(_PLACEHOLDER)).then(it))


def check_digit(first17: pl.Expr) -> pl.Expr:
    """The check character of 17 digits (MOD 11-2, GB 11643); null where they are not digits."""
    digits = pl.when(first17.str.contains("^[0-9]{17}$")).then(first17)
    return once(digits.cast(pl.Int64, strict=False), check_of)


def complete(first17: str) -> str:
    """The 18 characters that 17 digits begin: for tests and generators of invented people."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return first17 + CHECKS[total % 11]


def is_valid(id_: pl.Expr, since: dt.date = _FIRST) -> pl.Expr:
    """18 characters, a real birthdate from ``since`` to 2100, and the right check character.

    The region is not looked up: numbers keep the code of the place that issued them, which may be
    long abolished. Missing is false.
    """
    return once(id_, lambda it: _valid(it, since))


def _valid(id_: pl.Expr, since: dt.date) -> pl.Expr:
    first17 = id_.str.head(17).cast(pl.Int64, strict=False)
    return (
        id_.str.contains(_SHAPE)
        & (_date(id_.str.slice(6, 8)) >= since)
        & (once(first17, check_of) == id_.str.tail(1))
    ).fill_null(value=False)


def birth(id_: pl.Expr) -> pl.Expr:
    """Birthdate in an 18-character number; null where it is not one or the date is not real."""
    return pl.when(id_.str.contains(_SHAPE)).then(_date(id_.str.slice(6, 8)))


def valid_birth(id_: pl.Expr) -> pl.Expr:
    """The same of a number that is known to be valid."""
    return _date(id_.str.slice(6, 8))


def part_birth(part: pl.Expr) -> pl.Expr:
    """Birthdate in the leading digits of a damaged number; null if fewer than 14 are left."""
    return pl.when(part.str.contains("^[1-9][0-9]{13}")).then(_date(part.str.slice(6, 8)))


def sex(id_: pl.Expr) -> pl.Expr:
    """``M`` or ``F`` by the 17th digit, odd or even; null where the number is not readable."""
    odd = id_.str.slice(16, 1).is_in(["1", "3", "5", "7", "9"])
    letter = pl.when(odd).then(pl.lit("M")).otherwise(pl.lit("F"))
    return pl.when(id_.str.contains(_SHAPE)).then(letter)


def region(id_: pl.Expr) -> pl.Expr:
    """The six digits of the place of first registration, which need not be today's."""
    return pl.when(id_.str.contains(_SHAPE)).then(id_.str.head(6))


def from_fifteen(text: pl.Expr) -> pl.Expr:
    """The 18 characters of an old 15-digit number (19 inserted, check character added), or null."""
    first17 = text.str.replace("^([0-9]{6})([0-9]{9})$", "${1}19${2}")
    number = once(first17, lambda it: pl.concat_str(it, check_digit(it)))
    return pl.when(_old_birth(text).is_not_null()).then(number)


def student_no(text: pl.Expr) -> pl.Expr:
    """A 学籍号 of 19 characters, folded; null for anything else, such as provincial numbers."""
    return seldom(
        text,
        lambda it: it.str.contains(_STUDENT),
        lambda it: once(_clean(it), lambda no: pl.when(no.str.contains(_STUDENT)).then(no)),
    )


def student_kind(text: pl.Expr) -> pl.Expr:
    """``G`` (built on the ID), ``J`` (no ID) or ``L`` (temporary) of a 学籍号."""
    return student_no(text).str.head(1)


def from_student_no(text: pl.Expr) -> pl.Expr:
    """The ID behind a G number where it is valid; J and L numbers never hold one."""
    behind = student_no(text).str.extract("^G(.{18})$", 1)
    return once(behind, lambda it: pl.when(is_valid(it)).then(it))


def student_birth(text: pl.Expr) -> pl.Expr:
    """Birthdate in a 学籍号: eight digits after the letter and the six of the area, for G, J, L."""
    return _date(student_no(text).str.slice(7, 8))


def disability_id(text: pl.Expr) -> pl.Expr:
    """The ID in a disability certificate number (ID, kind, grade, reissue), where it is valid."""
    number = clean(text).str.extract(_CERTIFICATE, 1)
    return once(number, lambda it: pl.when(is_valid(it)).then(it))


def disability_kind(text: pl.Expr) -> pl.Expr:
    """Kind of disability, "1" to "7": sight, hearing, speech, body, mind, mental, several."""
    return clean(text).str.extract(_CERTIFICATE, 2)


def disability_grade(text: pl.Expr) -> pl.Expr:
    """Grade of disability, "1" (heaviest) to "4"; 1 and 2 count as severe."""
    return clean(text).str.extract(_CERTIFICATE, 3)


def classify(
    text: pl.Expr, id_cell: pl.Expr, id_type: pl.Expr | None, plausible_from: dt.date
) -> pl.Expr:
    """What a folded ID cell is worth: a code of ``IdKind``.

    A valid number counts whatever the stated document type. A number cell has lost its last
    digits, so it is never valid even where the check character happens to fit (1 in 11). A number
    cut to 14 to 16 digits is told from an old one of 15 by digits 7 to 14: a plausible birthdate
    there comes first. Damaged numbers of people born before ``plausible_from`` are a relative's.

    Args:
        text: from ``clean``.
        id_cell: "number" where the cell held a number of 16 digits or more, else "text".
        id_type: the document type in words or registry codes; None where no list has it.
        plausible_from: earliest birthdate that the child of the row can have.
    """
    other = pl.lit(value=False)
    if id_type is not None:
        kind = id_type.str.normalize("NFKC").str.strip_chars().str.to_uppercase()
        other = kind.str.contains(_OTHER_DOCUMENT).fill_null(value=False)
    cell = pl.struct(
        text.alias("text"), (id_cell == "number").alias("number"), other.alias("other")
    )

    def own(it: pl.Expr) -> pl.Expr:
        return is_valid(it.struct.field("text"), plausible_from) & ~it.struct.field("number")

    return seldom(
        cell,
        own,
        lambda it: _kind(it, plausible_from),
        easy=lambda _: _code(IdKind.VALID),
        dtype=ID_KIND,
    ).alias("id_kind")


def _kind(cell: pl.Expr, plausible_from: dt.date) -> pl.Expr:
    text, number, other = (cell.struct.field(name) for name in ("text", "number", "other"))
    early = part_birth(text) < plausible_from
    zeroed = text.str.contains("^[1-9][0-9]{14}000$")
    cut = text.str.contains("^[1-9][0-9]{13,15}$")
    opaque = text.str.contains(r"[A-WYZ]|^X") & ~text.str.contains("[0-9]{15}")
    damaged = pl.when(early).then(_code(IdKind.RELATIVE)).otherwise(_code(IdKind.DAMAGED))
    return (
        pl.when(text.is_null())
        .then(_code(IdKind.MISSING))
        .when(number & text.str.contains("^[0-9]{16,}$"))
        .then(damaged)
        .when(is_valid(text))
        .then(pl.when(early).then(_code(IdKind.RELATIVE)).otherwise(_code(IdKind.VALID)))
        .when(text.str.contains(_SCIENTIFIC))
        .then(_code(IdKind.DAMAGED))
        .when(other | opaque)
        .then(_code(IdKind.FOREIGN))
        .when((zeroed | cut) & part_birth(text).is_not_null())
        .then(damaged)
        .when(_old_birth(text).is_not_null())
        .then(_code(IdKind.FIFTEEN))
        .otherwise(_code(IdKind.INVALID))
    )


def trusted_part(text: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The leading digits of a damaged number that are surely its own; null for other kinds.

    A spreadsheet keeps 15 digits. A number cut short keeps all it has. Scientific notation shows a
    rounded mantissa, whose last digit may be one too high unless all 15 are shown.
    """
    damaged = pl.when(kind == IdKind.DAMAGED).then(text)
    return seldom(damaged, lambda _: pl.lit(value=False), _sure_digits)


def _sure_digits(text: pl.Expr) -> pl.Expr:
    mantissa = text.str.replace(_SCIENTIFIC, "${1}${2}")
    shown = mantissa.str.len_chars()
    return (
        pl.when(text.str.contains(_SCIENTIFIC))
        .then(pl.when(shown >= 15).then(mantissa.str.head(15)).otherwise(mantissa.str.head(-1)))
        .when(text.str.contains("^[0-9]{15}(?:0|[0-9]{2,})$"))
        .then(text.str.head(15))
        .otherwise(text)
    )


def mask(text: pl.Expr) -> pl.Expr:
    """A number as logs and rejects may show it: its area code, then stars.

    Never its last digits, which beside a birthdate give it away (``domain.md`` 6). Texts under
    twelve characters become stars altogether.
    """
    return once(text, _masked)


def _masked(text: pl.Expr) -> pl.Expr:
    size = text.str.len_chars()
    hidden = text.str.slice(6).str.replace_all("(?s).", "*")
    shown = pl.concat_str(text.str.head(6), hidden)
    return pl.when(size >= 12).then(shown).otherwise(text.str.replace_all("(?s).", "*"))


def _date(eight: pl.Expr) -> pl.Expr:
    """Eight digits as a date of 1900 to 2100, else null."""
    found = eight.str.to_date("%Y%m%d", strict=False)
    return once(found, lambda it: pl.when(it.is_between(_FIRST, _LAST)).then(it))


def _old_birth(fifteen: pl.Expr) -> pl.Expr:
    """Birthdate in an old 15-digit number, all of which were issued to people born in 19YY."""
    six = fifteen.str.extract("^[1-9][0-9]{5}([0-9]{6})[0-9]{3}$", 1)
    return _date(pl.concat_str(pl.lit("19"), six))


def _code(kind: IdKind) -> pl.Expr:
    return pl.lit(str(kind), dtype=ID_KIND)
