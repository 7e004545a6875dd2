"""Rows of task workbooks, which name a row of their run in place of a key (``T12@<run>``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

_NAMED = r"^T(\d{1,9})@([0-9a-f]{12})$"
#: What stands for a key whose run is gone.
GONE = "gone"


def resolved(forms: pl.DataFrame, places: Mapping[str, Iterable[Path]]) -> pl.DataFrame:
    """The forms with the keys that their tokens stand for, and whole names and numbers beside.

    Args:
        forms: rows as filled in (``FORM``).
        places: the files of duties of runs, by the first twelve digits of the run's key; of several
            any that can be read will do, since they hold the same.
    """
    read = forms.with_columns(_token=pl.col("key").str.strip_chars().str.extract_groups(_NAMED))
    read = read.with_columns(
        _n=pl.col("_token").struct.field("1").cast(pl.Int64),
        _run=pl.col("_token").struct.field("2"),
    ).drop("_token")
    wanted = read["_run"].drop_nulls().unique(maintain_order=True).to_list()
    known = pl.concat([_rows(run, places.get(run, ())) for run in wanted] or [_nothing()])
    joined = read.join(known, on=["_run", "_n"], how="left", maintain_order="left")
    is_token = pl.col("_run").is_not_null()
    whole = {
        name: pl.when(is_token).then(f"_{name}").otherwise(name)
        for name in ("name", "id_number", "candidate")
    }
    key = pl.when(is_token).then(pl.col("_key").fill_null(GONE)).otherwise("key")
    return joined.with_columns(**whole, key=key).select(forms.columns)


def _rows(run: str, paths: Iterable[Path]) -> pl.DataFrame:
    for path in paths:
        try:
            rows = pl.read_parquet(path, columns=["n", "key", "name", "id_number", "candidate"])
        except (OSError, pl.exceptions.PolarsError):
            continue
        return rows.select(pl.all().name.prefix("_")).with_columns(_run=pl.lit(run))
    return _nothing()


def _nothing() -> pl.DataFrame:
    texts = ("_key", "_name", "_id_number", "_candidate", "_run")
    return pl.DataFrame(schema={"_n": pl.Int64(), **dict.fromkeys(texts, pl.String())})
