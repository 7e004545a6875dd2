"""Hashes of texts."""

from hashlib import blake2b

import polars as pl

from rosterrec.digests import digested


def test_a_hash_is_blake2b_of_the_utf8_text() -> None:
    (found,) = digested(pl.Series(["王伟"]), size=8, salt="number")
    assert found == blake2b("王伟".encode(), digest_size=8, person=b"number").digest()


def test_another_purpose_makes_another_hash() -> None:
    texts = pl.Series(["王伟"])
    assert digested(texts, size=6)[0] != digested(texts, size=6, salt="name")[0]


def test_missing_stays_missing_and_empty_is_a_text() -> None:
    found = digested(pl.Series("name", [None, ""]), size=6)
    assert found.name == "name"
    assert found.is_null().to_list() == [True, False]
