"""Hashes of texts that stay the same in every version and on every machine (BLAKE2b, RFC 7693)."""

from __future__ import annotations

from hashlib import blake2b
from time import sleep

import polars as pl

#: Texts hashed before others may have the interpreter, and seconds that it is theirs at least: they
#: want it for short calls, between which Polars works without it.
_TURN, _PAUSE = 1_000, 1.0e-4


def digested(texts: pl.Series, *, size: int, salt: str = "") -> pl.Series:
    """The hash of each text, of ``size`` bytes; missing is missing.

    Args:
        texts: strings.
        size: bytes of a hash.
        salt: what the hashes are for; another purpose makes other hashes.
    """
    salted = blake2b(digest_size=size, person=salt.encode())
    begin = salted.copy
    found: list[bytes | None] = []
    add = found.append
    for start in range(0, len(texts), _TURN):
        for text in texts.slice(start, _TURN).cast(pl.Binary).to_list():
            if text is None:
                add(None)
                continue
            state = begin()
            state.update(text)
            add(state.digest())
        sleep(_PAUSE)
    return pl.Series(texts.name, found, dtype=pl.Binary)
