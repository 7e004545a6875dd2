"""Whether the birthdates of a list are witnesses of their own.

A registry may read them out of the numbers; then a number typed wrong brings its birthdate along.
"""

from __future__ import annotations

import polars as pl

from rosterrec import ids
from rosterrec.frames import Records

#: Fewer rows with both tell nothing.
_LEAST_ROWS = 3_000
#: Where both are typed by hand, at least so many in a hundred differ; read out, none does.
_DIFFERING = 0.5


def birthdates_of_their_own(rows: Records) -> bool:
    """Birthdates stand beside the numbers, and often enough are not those of the numbers."""
    stated = (pl.col("birth_basis") == "stated") & pl.col("birth").is_not_null()
    both = rows.filter(stated & pl.col("id").is_not_null())
    differing = both.select((ids.valid_birth(pl.col("id")) != pl.col("birth")).sum()).item()
    return len(both) >= _LEAST_ROWS and differing * 100 >= _DIFFERING * len(both)
