"""Frames of a declared schema: made empty, brought to it, and proven."""

from __future__ import annotations

import polars as pl


def empty(schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """A frame of that schema without rows."""
    return pl.DataFrame(schema=schema)


def conform(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """The frame with exactly the schema's columns: absent ones null, others dropped, cast."""
    have = set(frame.columns)
    return frame.select(
        (pl.col(name) if name in have else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )


def checked(frame: pl.DataFrame, schema: dict[str, pl.DataType], what: str) -> pl.DataFrame:
    """The frame itself, once its columns and types are proven to be the schema's.

    Raises:
        TypeError: naming the columns that differ; a fault of the program, not of the data.
    """
    if dict(frame.schema) != schema:
        wrong = [
            f"{name}: {frame.schema.get(name)} is not {schema.get(name)}"
            for name in {*frame.columns, *schema}
            if frame.schema.get(name) != schema.get(name)
        ]
        raise TypeError(f"{what}: {'; '.join(sorted(wrong)) or 'columns out of order'}")
    return frame
