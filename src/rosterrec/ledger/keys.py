"""Names for records that hold from month to month: hashes of what identifies a child in a list.

A key has five parts, ``role.name.number.birth.place``, each but the first a hash, or "-" where the
list says nothing. It holds however the list is sorted, and changes when what it names changes; its
parts then tell what. The place (school, household or village) counts for rows without a number
alone, so that two namesakes of whom nothing else is known are not one row.

The hashes hide nothing from whoever can list the candidates: a ledger is personal data.
"""

from __future__ import annotations

import polars as pl

from rosterrec.digests import digested
from rosterrec.frames import Records, Role
from rosterrec.once import distinct

#: The parts after the role, in the order of a key.
PARTS = ("name", "number", "birth", "place")
NOTHING = "-"
_SIZE = 6


#: What of a record its key is made of.
CONTENT = (
    "name_key", "id", "id_text", "birth", "birth_month", "school", "household", "village",
    "guardians",
)  # fmt: skip


def with_keys(records: pl.DataFrame, role: Role) -> pl.DataFrame:
    """The records (``CONTENT``) with ``key`` and the parts it is made of, as ``key_<part>``."""
    content = _content()
    hashed = {f"key_{part}": _hashed(content[part], part) for part in PARTS}
    return records.with_columns(**hashed).with_columns(key=whole(role))


def whole(role: Role) -> pl.Expr:
    """The key from its parts."""
    return pl.concat_str(pl.lit(str(role)), *(f"key_{part}" for part in PARTS), separator=".")


def role_of(key: str) -> str:
    """The list that a record stands in."""
    return key.partition(".")[0]


def role_in(key: pl.Expr) -> pl.Expr:
    """The list that each record of a column of keys stands in."""
    return key.str.splitn(".", 2).struct.field("field_0")


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
        return digested(values, size=_SIZE, salt=part).bin.encode("hex").fill_null(NOTHING)

    def rule(it: pl.Expr) -> pl.Expr:
        return it.map_batches(work, return_dtype=pl.String, is_elementwise=True)

    return distinct(value, rule)


_LOCATED: dict[str, pl.DataType] = {"key": pl.String(), "rec": pl.Int64(), "found": pl.String()}


def located(records: Records, role: Role, keys: pl.Series) -> pl.DataFrame:
    """Where each record named by a key of this role is now.

    Returns:
        One row per key and record: ``key``, ``rec`` (null if absent) and ``found``: here (several
        records of one number are all the child's), changed (the same number, or the same name and
        birthdate, but not all else), doubtful (several rows answer to the name, none has a
        number), absent.
    """
    wanted = keys.unique().to_frame("key").filter(pl.col("key").str.starts_with(f"{role}."))
    if not len(wanted):
        return pl.DataFrame(schema=_LOCATED)
    keyed = with_keys(records, role).select("rec", "key", *(f"key_{part}" for part in PARTS))
    unnumbered = pl.col("key_number") == NOTHING
    here = wanted.join(keyed.select("rec", "key", "key_number"), on="key").with_columns(
        found=pl.when(unnumbered & (pl.len().over("key") > 1))
        .then(pl.lit("doubtful"))
        .otherwise(pl.lit("here"))
    )
    gone = wanted.join(here, on="key", how="anti").with_columns(
        **{f"key_{part}": value for part, value in parts_of(pl.col("key")).items()}
    )
    changed = pl.concat(
        [
            gone.filter(~unnumbered).join(keyed.select("rec", "key_number"), on="key_number"),
            gone.filter(pl.col("key_birth") != NOTHING).join(
                keyed.select("rec", "key_name", "key_birth"), on=["key_name", "key_birth"]
            ),
        ]
    ).with_columns(found=pl.lit("changed"))
    first = changed.sort("key", "rec").unique("key", keep="first", maintain_order=True)
    absent = gone.join(changed, on="key", how="anti").with_columns(
        rec=pl.lit(None, dtype=pl.Int64), found=pl.lit("absent")
    )
    return pl.concat([part.select(*_LOCATED) for part in (here, first, absent)]).sort("key", "rec")
