"""Entries that count, as a frame: a run reads thousands of them and looks at none by itself."""

from __future__ import annotations

import sqlite3

import polars as pl

#: The columns of entries that count, as the ledger holds them; days are text, 2024-10-15.
STANDING: dict[str, pl.DataType] = {
    "seq": pl.Int64(),
    "at": pl.String(),
    "who": pl.String(),
    "kind": pl.String(),
    "left_key": pl.String(),
    "right_key": pl.String(),
    "verdict": pl.String(),
    "on_date": pl.String(),
    "document_no": pl.String(),
    "document_date": pl.String(),
    "reason": pl.String(),
    "note": pl.String(),
    "seen": pl.String(),
}

#: Of ``decisions d``: nothing has superseded or retracted it, and it is no retraction itself.
STANDS = "kind <> 'retract' AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.seq = d.seq)"
_SELECT = f"SELECT {', '.join(STANDING)} FROM decisions d WHERE {STANDS} ORDER BY seq"  # noqa: S608


def standing_frame(connection: sqlite3.Connection) -> pl.DataFrame:
    """Entries that nothing has superseded or retracted (``STANDING``), oldest first."""
    rows = connection.execute(_SELECT).fetchall()
    if not rows:
        return pl.DataFrame(schema=STANDING)
    columns = zip(STANDING.items(), zip(*rows, strict=True), strict=True)
    return pl.DataFrame([pl.Series(name, of, dtype=dtype) for (name, dtype), of in columns])
