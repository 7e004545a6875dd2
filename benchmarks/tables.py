"""The tables in ``data/``, read once into arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.text import Points, points

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Choice:
    """Texts with their weights."""

    texts: Points
    weights: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """Wrong characters for right ones: row ``index[c]`` of ``options``, ``count`` of them."""

    known: npt.NDArray[np.uint32]
    options: Points
    count: npt.NDArray[np.int64]


def read(name: str) -> pl.DataFrame:
    """A table as text columns; its first line says source and licence."""
    return pl.read_csv(
        _DATA / f"{name}.tsv",
        separator="\t",
        comment_prefix="#",
        quote_char=None,
        infer_schema=False,
    )


@cache
def surnames() -> Choice:
    """Surnames with their shares."""
    frame = read("surnames")
    return Choice(points(frame["surname"], 2), frame["share"].cast(pl.Float64).to_numpy())


@cache
def given(use: str, sex: str, place: str) -> Choice:
    """Given names (place ``whole``) or characters of them for a use and a sex ("" for both)."""
    frame = read("given").filter(
        (pl.col("use") == use) & (pl.col("sex").fill_null("") == sex) & (pl.col("place") == place)
    )
    width = 6 if place == "whole" else 1
    return Choice(points(frame["text"], width), frame["weight"].cast(pl.Float64).to_numpy())


@cache
def in_fashion(sex: str, year: int) -> Choice:
    """Whole names of children of a sex, weighted by how near the year is to their height."""
    frame = read("given").filter(
        (pl.col("use") == "child") & (pl.col("sex") == sex) & (pl.col("place") == "whole")
    )
    away = year - frame["peak"].cast(pl.Int64).to_numpy()
    weights = frame["weight"].cast(pl.Float64).to_numpy() * np.exp(-((away / 4) ** 2) / 2)
    return Choice(points(frame["text"], 6), weights)


@cache
def confusion(kind: str, source: str) -> Confusion:
    """Wrong characters of a kind, from the engine's own tables (e) or independent ones (i)."""
    frame = (
        read("confusions")
        .filter((pl.col("kind") == kind) & (pl.col("source") == source))
        .with_columns(point=pl.Series(points(read_characters(kind, source), 1).ravel()))
        .sort("point")
    )
    options = points(frame["alternatives"], 12)
    return Confusion(frame["point"].to_numpy(), options, np.asarray((options != 0).sum(axis=1)))


def read_characters(kind: str, source: str) -> pl.Series:
    """The right characters of ``confusion``, as they stand in the table."""
    frame = read("confusions")
    return frame.filter((pl.col("kind") == kind) & (pl.col("source") == source))["character"]
