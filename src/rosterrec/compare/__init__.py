"""Stage 4: how far each feature of a pair agrees, as a level with a name.

Levels are tried from the strongest to the weakest; the first that holds counts. Missing is a level
of its own and weighs nothing: an empty cell never speaks against a child.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterrec import frames
from rosterrec.compare.birth import birth_level
from rosterrec.compare.corroborators import class_level, same, sex_level, shared
from rosterrec.compare.name import OF_NAME, name_level
from rosterrec.compare.number import id_level
from rosterrec.frames import Compared, Pairs, Records

__all__ = ["compare", "compare_names"]

_COLUMNS = [
    "name", "name_key", "former_key", "readings", "near", "id", "id_kind", "id_text", "id_part",
    "old_id", "birth", "birth_basis", "birth_month", "lunar_birth", "sex", "sex_basis", "guardians",
    "phone", "household", "village", "school", "grade", "class_name",
]  # fmt: skip
_CHUNK = 200_000


def compare(pairs: Pairs, left: Records, right: Records) -> Compared:
    """The agreement level of every feature of every pair, in bounded chunks.

    Args:
        pairs: ``left`` and ``right`` record numbers.
        left: records whose ``rec`` is their position.
        right: likewise.
    """
    chunks = [_compare(chunk, left, right) for chunk in pairs.iter_slices(_CHUNK)]
    whole = pl.concat(chunks) if chunks else frames.empty(frames.COMPARED)
    return Compared(frames.checked(whole, frames.COMPARED, "Compared"))


def compare_names(pairs: Pairs, left: Records, right: Records) -> pl.DataFrame:
    """``left, right, name_level`` alone, where nobody asks for more."""
    chunks = [_sides(chunk, left, right, OF_NAME) for chunk in pairs.iter_slices(_CHUNK)]
    named = [frames.empty({**frames.PAIRS, "name_level": frames.LEVEL})]
    named += [chunk.select(*frames.PAIRS, name_level=name_level()) for chunk in chunks]
    return pl.concat(named)


def _compare(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    gathered = _sides(pairs, left, right, _COLUMNS)
    levels = gathered.with_columns(id_level=id_level()).with_columns(
        name_level=name_level(),
        birth_level=birth_level(),
        sex_level=sex_level(),
        guardian_level=shared("guardians"),
        phone_level=same("phone"),
        household_level=same("household"),
        village_level=same("village"),
        class_level=class_level(),
    )
    return levels.select(*frames.COMPARED)


def _sides(
    pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, columns: Sequence[str]
) -> pl.DataFrame:
    """The pairs with these columns of both records, as ``<column>_left`` and ``<column>_right``."""
    sides = {"left": left, "right": right}
    found = [_gathered(records, pairs[side], side, columns) for side, records in sides.items()]
    return pl.concat([pairs, *found], how="horizontal")


def _gathered(
    records: pl.DataFrame, recs: pl.Series, side: str, columns: Sequence[str]
) -> pl.DataFrame:
    """The records of these numbers; a column in which nothing stands is not fetched row by row."""
    empty = [c for c in columns if records[c].null_count() == len(records)]
    rows = records.select("rec", *(c for c in columns if c not in empty))[recs]
    nothing = {c: pl.lit(None, dtype=records.schema[c]) for c in empty}
    return rows.with_columns(**nothing).select(pl.col(columns).name.suffix(f"_{side}"))
