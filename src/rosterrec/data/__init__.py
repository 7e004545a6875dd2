"""Frozen tables that come with the package; ``README.md`` here names their sources and licences."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import polars as pl


@cache
def table(name: str) -> pl.DataFrame:
    """The table ``<name>.tsv`` as text columns; read once.

    The first line of a file is a comment with its source and licence, the second its headings.
    """
    raw = files(__name__).joinpath(f"{name}.tsv").read_bytes()
    return pl.read_csv(raw, separator="\t", comment_prefix="#", quote_char=None, infer_schema=False)
