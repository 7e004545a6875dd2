"""Who is who from month to month: everything a person was ever known by, as hashes.

An alias is one way in which a police list named a person; a person has several once a number or a
name was corrected. Hashes are enough, since aliases are compared and never shown. What a run adds
is one row, a Parquet file of its aliases: a county's first run adds a hundred thousand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from io import BytesIO
from typing import NamedTuple

import polars as pl

from rosterrec.digests import digested
from rosterrec.once import alike

#: What an alias says of a person, each a hash but for the sex; null where the list said nothing.
ALIAS = ("number", "valid", "name_key", "birth_date", "sex", "village", "household")
#: Beside it, how many rows of the list said just the same: that many persons have the alias.
COPIES = "copies"
_TEXT = ("person_id", "sex")
_SIZE = 8
_SCHEMA: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    **{column: pl.String() if column in _TEXT else pl.UInt64() for column in ALIAS},
    COPIES: pl.Int64(),
}
#: The aliases of a ledger that knows nobody.
NOBODY = pl.DataFrame(schema=_SCHEMA)


class Event(NamedTuple):
    """Two persons turned out to be one (``merged``), or one to be two (``split``).

    Attributes:
        person_id: who stays, or who was there before.
        other: who is merged into that person, or is split off.
    """

    kind: str
    person_id: str
    other: str


def aliases(connection: sqlite3.Connection) -> pl.DataFrame:
    """Every alias, ``person_id``, ``ALIAS`` and ``copies``, oldest first.

    Raises:
        sqlite3.DatabaseError: one is not as it was written; SQLite looks at pages, not into them.
    """
    kept = connection.execute("SELECT aliases, digest FROM alias_batches ORDER BY batch")
    return pl.concat([NOBODY, *(_unpacked(*row) for row in kept)])


def events(connection: sqlite3.Connection) -> list[Event]:
    """Every merge and split, oldest first."""
    found = "SELECT kind, person_id, other FROM person_events ORDER BY event"
    return [Event(*row) for row in connection.execute(found)]


def keep(
    connection: sqlite3.Connection, run: int, fresh: pl.DataFrame, told: Iterable[Event]
) -> None:
    """Add aliases and events of a run, inside a transaction that the caller holds.

    Args:
        connection: the ledger's.
        run: the run's number there.
        fresh: aliases that are not in it yet, of the columns of ``aliases``.
        told: events that are not in it yet.
    """
    if len(fresh):
        connection.execute(
            "INSERT INTO alias_batches (aliases, digest, run) VALUES (?, ?, ?)",
            (*_packed(fresh), run),
        )
    connection.executemany(
        "INSERT INTO person_events (kind, person_id, other, run) VALUES (?, ?, ?, ?)",
        ((*event, run) for event in told),
    )


def _packed(fresh: pl.DataFrame) -> tuple[bytes, bytes]:
    """Aliases as a Parquet file and its digest; of a valid number it is enough to say so."""
    file = BytesIO()
    fresh.select(*_SCHEMA).with_columns(pl.col("valid").is_not_null()).write_parquet(file)
    batch = file.getvalue()
    return batch, blake2b(batch).digest()


def _unpacked(batch: bytes, digest: bytes) -> pl.DataFrame:
    """What ``_packed`` made of aliases, as they were."""
    if blake2b(batch).digest() != digest:
        raise sqlite3.DatabaseError("aliases")
    return pl.read_parquet(BytesIO(batch)).with_columns(valid=pl.when("valid").then("number"))


def hashed(prepared: pl.DataFrame) -> pl.DataFrame:
    """A list that ``persons.prepared`` made, with its values as aliases hold them.

    Hashing is Python's work, and is kept out of Polars' own threads, where whatever else is worked
    out at the time would wait for it.
    """
    texts = prepared.with_columns(pl.col("birth_date").dt.strftime("%Y%m%d"))
    codes = texts.with_columns(
        _codes(texts[column])
        for column in ALIAS
        if _SCHEMA[column] == pl.UInt64 and column != "valid"
    )
    return codes.with_columns(valid=pl.when(pl.col("valid").is_not_null()).then("number"))


def _codes(values: pl.Series) -> pl.Series:
    """A column's values as hashes; the same value in another column has another."""
    if values.name == "number":  # hardly two are alike
        return _hashed(values)
    frame = values.to_frame()
    return alike(frame, frame.columns, lambda it: it.select(_hashed(it.to_series()))).to_series()


def _hashed(values: pl.Series) -> pl.Series:
    made = digested(values, size=_SIZE, salt=values.name)
    return made.bin.reinterpret(dtype=pl.UInt64, endianness="big")
