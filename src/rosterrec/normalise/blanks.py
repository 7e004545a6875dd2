"""Cells that are compared whole: of one width, without blanks."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Field
from rosterrec.once import seldom

#: A text without blanks, whose characters have one width.
_PLAIN = r"^[!-~\x{4e00}-\x{9fff}]+$"


def without_blanks(field: Field) -> pl.Expr:
    """The cells of a column, width folded and blanks left out; null where nothing is left."""
    return seldom(pl.col(field), lambda it: it.str.contains(_PLAIN), _folded)


def _folded(text: pl.Expr) -> pl.Expr:
    folded = text.str.normalize("NFKC").str.replace_all(r"\s+", "")
    return pl.when(folded.str.len_chars() > 0).then(folded)
