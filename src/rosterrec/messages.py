"""Codes to sentences, in Chinese and English; the sentences are in ``messages.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Every sentence by its dotted key, as (Chinese, English)."""
    text = files("rosterrec").joinpath("messages.toml").read_text("utf-8")
    return {
        f"{table}.{key}": (pair[0], pair[1])
        for table, entries in tomllib.loads(text).items()
        for key, pair in entries.items()
    }


def text(key: str, lang: str, /, **facts: object) -> str:
    """The sentence of a key with its facts filled in.

    Raises:
        KeyError: no such key, or a fact that the sentence needs is missing.
    """
    return catalogue()[key][LANGUAGES.index(lang)].format(**facts)
