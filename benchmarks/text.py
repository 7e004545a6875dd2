"""Names as rows of code points, so that a million can be put together and spoilt at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import polars as pl

#: Characters of the longest name: given name, dot, father's name.
WIDTH = 12

Points = npt.NDArray[np.uint32]
_CHUNK = 1_000_000


def points(texts: Iterable[str], width: int = WIDTH) -> Points:
    """One row of code points per text, filled up with zeros."""
    array = np.array(list(texts), dtype=f"<U{width}")
    return array.view(np.uint32).reshape(len(array), width)


def strings(matrix: Points) -> pl.Series:
    """The texts of the rows."""
    flat = np.ascontiguousarray(matrix).view(f"<U{matrix.shape[1]}").ravel()
    if not len(flat):
        return pl.Series(dtype=pl.String)
    parts = [
        pl.Series(flat[at : at + _CHUNK].tolist(), dtype=pl.String)
        for at in range(0, len(flat), _CHUNK)
    ]
    return pl.concat(parts)


def lengths(matrix: Points) -> npt.NDArray[np.int64]:
    """Characters in each row."""
    return np.asarray((matrix != 0).sum(axis=1))


def joined(left: Points, right: Points) -> Points:
    """Row by row, the right text set behind the left one."""
    out = np.zeros((len(left), WIDTH), np.uint32)
    size = lengths(left)
    for length in np.unique(size):
        rows = np.flatnonzero(size == length)
        take = min(right.shape[1], WIDTH - int(length))
        out[rows, :length] = left[rows, :length]
        out[rows, length : length + take] = right[rows, :take]
    return out


def pick(
    chance: np.random.Generator, weights: npt.NDArray[np.float64], size: int
) -> npt.NDArray[np.int64]:
    """``size`` indices into ``weights``, each as often as its weight says."""
    sums = np.cumsum(weights)
    at = np.searchsorted(sums, chance.random(size) * sums[-1], side="right")
    return np.asarray(at.clip(0, len(weights) - 1))
