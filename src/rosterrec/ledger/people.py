"""Who is who from month to month: everything a person was ever known by, as hashes.

An alias is one way in which a police list named a person; a person has several once a number or a
name was corrected. Hashes are enough, since aliases are compared and never shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

import polars as pl

#: What an alias says of a person, each a hash but for the sex; null where the list said nothing.
ALIAS = ("number", "valid", "name_key", "birth_date", "sex", "village", "household")
#: Beside it, how many rows of the list said just the same: that many persons have the alias.
COPIES = "copies"
_COLUMNS = ("person_id", *ALIAS, COPIES)
_SIZE = 8
_SCHEMA = {**dict.fromkeys(_COLUMNS, pl.String()), COPIES: pl.Int64()}
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
    """Every alias, ``person_id``, ``ALIAS`` and ``copies``, oldest first."""
    found = f"SELECT {', '.join(_COLUMNS)} FROM person_aliases ORDER BY alias"  # noqa: S608
    return pl.DataFrame(connection.execute(found).fetchall(), schema=_SCHEMA, orient="row")


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
    marks = ", ".join("?" * (len(_COLUMNS) + 1))
    connection.executemany(
        f"INSERT INTO person_aliases ({', '.join(_COLUMNS)}, run) VALUES ({marks})",  # noqa: S608
        ((*row, run) for row in fresh.select(_COLUMNS).iter_rows()),
    )
    connection.executemany(
        "INSERT INTO person_events (kind, person_id, other, run) VALUES (?, ?, ?, ?)",
        ((*event, run) for event in told),
    )


def hashed(prepared: pl.DataFrame) -> pl.DataFrame:
    """A list that ``persons.prepared`` made, with its values as aliases hold them."""
    numbers = prepared.with_columns(pl.col("birth_date").dt.strftime("%Y%m%d"))
    return numbers.with_columns(
        _hashed(column, numbers) for column in ALIAS if column != "sex"
    )  # fmt: skip


def _hashed(column: str, frame: pl.DataFrame) -> pl.Series:
    """A column's values as hashes, each value worked out once; ``valid`` as ``number`` is."""
    salt = {"valid": "number"}.get(column, column).encode()
    values = frame[column]
    known = values.drop_nulls().unique().to_list()
    codes = [
        blake2b(v.encode("utf-8", "surrogatepass"), digest_size=_SIZE, person=salt).hexdigest()
        for v in known
    ]
    return values.replace_strict(known, codes, default=None, return_dtype=pl.String).alias(column)
