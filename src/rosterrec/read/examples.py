"""Values of a column as they may be shown: enough to see what it holds, not whom it speaks of.

A number keeps its area code, a name its ends, a birthdate its year (``domain.md`` 6).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterrec import names
from rosterrec.frames import Field

_HOW_MANY, _LOOKED_AT = 2, 50
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


def examples(columns: Sequence[tuple[pl.Series, Field | None]]) -> list[tuple[str, ...]]:
    """The first different values of each column, masked as its field asks."""
    first = [_first(values) for values, _ in columns]
    ways = [_way(field) for _, field in columns]
    cells = pl.DataFrame(
        [(way, cell) for way, own in zip(ways, first, strict=True) for cell in own],
        schema={"way": pl.String, "cell": pl.String},
        orient="row",
    )
    shown = iter(cells.select(_shown(pl.col("way"), pl.col("cell"))).to_series())
    return [tuple(next(shown) for _ in own) for own in first]


def _first(values: pl.Series) -> list[str]:
    known = values.drop_nulls().head(_LOOKED_AT)
    return list(dict.fromkeys(known))[:_HOW_MANY]


def _way(field: Field | None) -> str:
    """How values of a field are masked."""
    if field in _OPEN:
        return "open"
    if field in _NAMES:
        return "name"
    return "birth" if field is Field.BIRTH else "masked"


def _shown(way: pl.Expr, cell: pl.Expr) -> pl.Expr:
    # A telephone or an ID in a remark is no less a person's for standing there.
    public = (way == "open") & ~cell.str.contains(r"\d{11}")
    return (
        pl.when(public)
        .then(cell.str.slice(0, _LONGEST))
        .when(way == "name")
        .then(names.mask(cell))
        .when((way == "birth") & cell.str.contains(r"\d{4}"))
        .then(cell.str.extract(r"(\d{4})") + pl.lit("…"))
        .otherwise(masked(cell))
    )


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
