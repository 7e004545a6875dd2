"""Hashes of texts that stay the same in every version and on every machine (BLAKE2b, RFC 7693)."""

from __future__ import annotations

from hashlib import blake2b

import polars as pl


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
    for text in texts.cast(pl.Binary).to_list():
        if text is None:
            add(None)
            continue
        state = begin()
        state.update(text)
        add(state.digest())
    return pl.Series(texts.name, found, dtype=pl.Binary)
