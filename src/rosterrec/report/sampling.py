"""Proofs to test by telephone: drawn school by school by a seed, and what the calls found.

The order of a draw is that of hashes of seed and record, so that whoever has the seed can draw it
again, on any machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from hashlib import blake2b
from math import sqrt
from typing import Any

import polars as pl

from rosterrec.ledger import Call, Decision, Kind

#: The two results that say something of a proof.
_TELLING = frozenset({Call.TRUE, Call.FALSE})
_Z = 1.959964  # nineteen times in twenty


def draw(proofs: pl.DataFrame, per_school: int, seed: str, spared: Collection[str]) -> pl.DataFrame:
    """Some proofs of each school, and half as many in reserve.

    Args:
        proofs: those held (``DUTIES``).
        per_school: how many of each school, or all if it has fewer.
        seed: what the order depends on.
        spared: keys of records not to be drawn.

    Returns:
        The rows drawn with ``turn``, from 1 at each school, and ``is_reserve``.
    """
    record = pl.col("key").str.split(" ").list.get(1)
    left = proofs.with_columns(_record=record).filter(~pl.col("_record").is_in(list(spared)))
    order = pl.Series([_hashed(seed, key) for key in left["_record"]], dtype=pl.String)
    school = pl.coalesce("school", "claim").fill_null("")
    return (
        left.with_columns(_order=order, _school=school)
        .sort("_school", "_order")
        .with_columns(turn=pl.int_range(1, pl.len() + 1).over("_school"))
        .filter(pl.col("turn") <= per_school + (per_school + 1) // 2)
        .with_columns(is_reserve=pl.col("turn") > per_school)
        .drop("_record", "_order", "_school")
    )


def _hashed(seed: str, key: str) -> str:
    return blake2b(f"{seed}\n{key}".encode(), digest_size=12).hexdigest()


def calls(decisions: Iterable[Decision], since: dt.date, until: dt.date) -> dict[str, str]:
    """What calls of these days found, by the key of the record.

    Of several calls the last that reached somebody counts.
    """
    made = [
        (d.entry.verdict in _TELLING, d.entry.on_date, d.seq, d.entry)
        for d in decisions
        if d.entry.kind is Kind.ATTEMPT and d.entry.verdict and d.entry.on_date
    ]
    within = sorted((call for call in made if since <= call[1] <= until), key=lambda c: c[:3])
    return {entry.left: entry.verdict for *_, entry in within}


def tested(found: dict[str, str]) -> list[str]:
    """Records of whose proof a call said something."""
    return [key for key, result in found.items() if result in _TELLING]


def estimate(found: dict[str, str]) -> dict[str, Any] | None:
    """The share of false proofs with its interval; None before anything was tested."""
    results = list(found.values())
    false, n = results.count(Call.FALSE), len(tested(found))
    if not n:
        return None
    low, high = wilson(false, n)
    return {
        "tested": n, "false": false, "unreached": len(results) - n,
        "percent": _percent(false / n), "low": _percent(low), "high": _percent(high),
    }  # fmt: skip


def wilson(false: int, tested: int) -> tuple[float, float]:
    """Wilson's interval for a share; it holds for few draws and for none false."""
    share, z2 = false / tested, _Z * _Z
    middle = (share + z2 / (2 * tested)) / (1 + z2 / tested)
    half = _Z / (1 + z2 / tested) * sqrt(share * (1 - share) / tested + z2 / (4 * tested**2))
    low = 0.0 if false == 0 else max(0.0, middle - half)
    return low, 1.0 if false == tested else min(1.0, middle + half)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"
