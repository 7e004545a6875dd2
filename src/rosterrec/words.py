"""Words of a column read into codes by an ordered table of patterns."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl


def first_match(text: pl.Expr, table: Mapping[str, str]) -> pl.Expr:
    """The code of the first pattern found in the text; null where none is."""
    folded = text.str.normalize("NFKC").str.replace_all(r"\s+", "")
    found = [
        pl.when(folded.str.contains(pattern)).then(pl.lit(str(code)))
        for pattern, code in table.items()
    ]
    return pl.coalesce(*found)


def yes_no(text: pl.Expr) -> pl.Expr:
    """True, False or null out of 是/否, 已/未, 有/无, √/×, Y/N, 1/0."""
    folded = text.str.normalize("NFKC").str.strip_chars().str.to_uppercase()
    return (
        pl.when(folded.str.contains("未|否|无|没|拒|不|^(N|NO|0|X|×|FALSE)$"))
        .then(pl.lit(value=False))
        .when(folded.str.contains("是|有|已|齐|√|✓|^(Y|YES|1|TRUE)$"))
        .then(pl.lit(value=True))
    )
