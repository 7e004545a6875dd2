"""Names for records that hold from month to month: hashes of what identifies a child in a list.

A key has five parts, ``role.name.number.birth.place``, each but the first a hash, or "-" where the
list says nothing. It holds however the list is sorted, and changes when what it names changes; its
parts then tell what. The place (school, household or village) counts for rows without a number
alone, so that two namesakes of whom nothing else is known are not one row.

The hashes hide nothing from whoever can list the candidates: a ledger is personal data.
"""

from __future__ import annotations

from hashlib import blake2b

import polars as pl

from rosterrec.frames import Records, Role
from rosterrec.once import distinct

#: The parts after the role, in the order of a key.
PARTS = ("name", "number", "birth", "place")
NOTHING = "-"
_SIZE = 6


def with_keys(records: Records, role: Role) -> pl.DataFrame:
    """The records with ``key`` and the parts it is made of, as ``key_<part>``."""
    content = _content()
    hashed = {f"key_{part}": _hashed(content[part], part) for part in PARTS}
    return records.with_columns(**hashed).with_columns(key=whole(role))


def whole(role: Role) -> pl.Expr:
    """The key from its parts."""
    return pl.concat_str(pl.lit(str(role)), *(f"key_{part}" for part in PARTS), separator=".")


def role_of(key: str) -> str:
    """The list that a record stands in."""
    return key.partition(".")[0]


def parts_of(key: pl.Expr) -> dict[str, pl.Expr]:
    """The parts of a column of keys, by name, the role among them."""
    split = key.str.split(".")
    return {part: split.list.get(i) for i, part in enumerate(("role", *PARTS))}


def _content() -> dict[str, pl.Expr]:
    """What each part is a hash of, as text; null where nothing is known."""
    number = pl.coalesce("id", "id_text")
    birth = pl.coalesce(pl.col("birth").dt.strftime("%Y%m%d"), "birth_month")
    place = pl.coalesce("school", "household", "village", "guardians")
    return {
        "name": pl.col("name_key"),
        "number": number,
        "birth": birth,
        "place": pl.when(number.is_null()).then(place),
    }


def _hashed(value: pl.Expr, part: str) -> pl.Expr:
    def work(values: pl.Series) -> pl.Series:
        return pl.Series([NOTHING if v is None else _digest(part, v) for v in values.to_list()])

    def rule(it: pl.Expr) -> pl.Expr:
        return it.map_batches(work, return_dtype=pl.String, is_elementwise=True)

    return distinct(value, rule)


def _digest(part: str, value: str) -> str:
    return blake2b(
        value.encode("utf-8", "surrogatepass"), digest_size=_SIZE, person=part.encode()
    ).hexdigest()
