"""Codes to sentences, in Chinese and English; the sentences are in ``messages.toml``.

A sentence whose words hang on a count gives both forms, ``{n:row|rows}``: the first for one, the
second for any other number.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

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
    sentence = catalogue()[key][LANGUAGES.index(lang)]
    if "|" in sentence:
        return _Agreeing().vformat(sentence, (), facts)
    return sentence.format(**facts)


class _Agreeing(Formatter):
    """Formats ``{n:one|many}`` as the form that agrees with the number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, forked, many = format_spec.partition("|")
        if not forked:
            return str(format(value, format_spec))
        return one if value == 1 else many
