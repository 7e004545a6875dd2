"""Codes in a column into the words of one language."""

from __future__ import annotations

import polars as pl

from rosterrec.messages import LANGUAGES, catalogue


def words_of(table: str, lang: str) -> dict[str, str]:
    """Every code of one table of ``messages.toml`` with its words."""
    i = LANGUAGES.index(lang)
    prefix = f"{table}."
    return {k.removeprefix(prefix): v[i] for k, v in catalogue().items() if k.startswith(prefix)}


def label(codes: pl.Expr, table: str, lang: str) -> pl.Expr:
    """Codes as words; a code without words stays itself."""
    return codes.replace(words_of(table, lang))


def labels(codes: pl.Expr, table: str, lang: str) -> pl.Expr:
    """Codes joined by "," as words joined by the language's own mark."""
    mark = {"zh": "；", "en": "; "}[lang]
    listed = codes.str.split(",").list.eval(pl.element().replace(words_of(table, lang)))
    return listed.list.join(mark)
