"""One seed for everything; each decision has a stream of its own, so that none shifts another."""

from __future__ import annotations

import random

SEED = 20241015


def stream(*topic: object) -> random.Random:
    """A random stream that depends on the seed and the topic alone."""
    return random.Random("|".join(str(part) for part in (SEED, *topic)))


def weighted(rng: random.Random, table: dict[str, float]) -> str:
    """One key of the table, drawn by its weight."""
    return rng.choices(list(table), weights=list(table.values()))[0]
