"""Values of a column as they may be shown: enough to see what it holds, not whom it speaks of.

A number keeps its area code, a name its ends, a birthdate its year (``domain.md`` 6).
"""

from __future__ import annotations

import polars as pl

from rosterrec import names
from rosterrec.frames import Field

_HOW_MANY = 2
_LONGEST = 16
#: Fields whose values say nothing of one child alone.
_OPEN = frozenset(
    [
        Field.SEX, Field.ETHNIC, Field.ID_TYPE, Field.SCHOOL, Field.SCHOOL_CODE, Field.STAGE,
        Field.GRADE, Field.CLASS_NAME, Field.ENTRY, Field.MODE, Field.REG_STATUS, Field.COUNTY,
        Field.TOWNSHIP, Field.VILLAGE, Field.RELATION, Field.DESTINATION, Field.DROPPED_OUT,
        Field.PROOF,
        Field.PROOF_DATE, Field.PROOF_TYPE, Field.ATTEMPTS, Field.FILING_KIND, Field.DOCUMENT_DATE,
        Field.VALID_FROM, Field.VALID_UNTIL, Field.DISABILITY_KIND, Field.DISABILITY_GRADE,
        Field.LEFT_ON,
    ]
)  # fmt: skip
_NAMES = frozenset(
    [Field.NAME, Field.FORMER_NAME, Field.GUARDIAN, Field.GUARDIAN_2, Field.HOUSEHOLDER,
     Field.TEACHER]
)  # fmt: skip


def examples(values: pl.Series, field: Field | None) -> tuple[str, ...]:
    """The first different values of a column, masked as its field asks."""
    first = values.drop_nulls().head(50).unique(maintain_order=True).head(_HOW_MANY)
    cell = pl.col("cell")
    if field in _OPEN:
        # A telephone or an ID in a remark is no less a person's for standing there.
        private = cell.str.contains(r"\d{11}")
        shown = pl.when(private).then(masked(cell)).otherwise(cell.str.slice(0, _LONGEST))
    elif field in _NAMES:
        shown = names.mask(cell)
    elif field is Field.BIRTH:
        shown = pl.coalesce(cell.str.extract(r"(\d{4})") + pl.lit("…"), masked(cell))
    else:
        shown = masked(cell)
    return tuple(pl.DataFrame({"cell": first}).select(shown).to_series())


def masked(cell: pl.Expr) -> pl.Expr:
    """A cell of unknown content: the area code of a long number, the first character of words.

    Short numbers and single characters are shown as they are: 3, 男. Four digits may be the last
    of an ID, which beside a birthdate give it away.
    """
    size = cell.str.len_chars()
    number = cell.str.contains(r"^[`'GJLgjl]?\d{6}")
    long, phone = number & (size >= 12), number & (size == 11)
    start = pl.when(long).then(6).when(phone).then(3).otherwise(1)
    stars = cell.str.slice(start, _LONGEST).str.replace_all("(?s).", "*")
    plain = (size <= 1) | cell.str.contains(r"^\d{1,3}$")
    return pl.when(plain).then(cell).otherwise(pl.concat_str(cell.str.slice(0, start), stars))
