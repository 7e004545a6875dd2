"""Changes in words: as a sheet for the office, and masked for a screen or a script."""

from __future__ import annotations

from typing import Any

import polars as pl

from rosterrec import names
from rosterrec.months.changes import Change, Changes
from rosterrec.report.labels import label
from rosterrec.report.masking import masked_number
from rosterrec.report.spec import Column, Kind, Sheet, Urgency, table

SCHEMA = "rosterrec.diff/1"
_OF_PROOF = [k for k in Change if k.startswith("proof_")]
#: Status changes that somebody has to act on come first in the sheet, which is ``Change``'s order.
_COLUMNS = (
    Column("change", widest=26),
    Column("name", widest=16),
    Column("sex", widest=6),
    Column("birth_date", Kind.DATE),
    Column("id_number", widest=20),
    Column("village", widest=14),
    Column("before", widest=24),
    Column("after", widest=24),
    Column("school_before", widest=24, may_go=True),
    Column("school", widest=24, may_go=True),
    Column("row_before", Kind.NUMBER),
    Column("row", Kind.NUMBER),
)


def sheet(rows: pl.DataFrame, lang: str) -> Sheet:
    """The changes sheet, whole names and numbers: it stays in the office."""
    told = in_words(rows, lang).with_columns(change=label(pl.col("kind"), "change", lang))
    return table("changes", told.lazy(), _COLUMNS, Urgency.LATER, banded_by="change")


def in_words(rows: pl.DataFrame, lang: str) -> pl.DataFrame:
    """Changes with ``before`` and ``after`` in words, and ``sex`` as a word."""
    kind = pl.col("kind")

    def told(status: str, proof: str, number: str, name: str, said: tuple[str, str]) -> pl.Expr:
        return (
            pl.when(pl.col("decision").is_not_null())
            .then(_decision(*said, lang))
            .when(kind == Change.ID_CORRECTED)
            .then(pl.col(number))
            .when(kind == Change.NAME_CORRECTED)
            .then(pl.col(name))
            .when(kind.is_in(_OF_PROOF))
            .then(label(pl.col(proof), "proof", lang))
            .when(kind != Change.ENTRY_CORRECTED)
            .then(label(pl.col(status), "status", lang))
        )

    return rows.with_columns(
        before=told(
            "status_before", "proof_before", "id_before", "name_before",
            ("seq_before", "decision_before"),
        ),
        after=told("status", "proof", "id_number", "name", ("seq", "decision")),
        sex=label(pl.col("sex"), "sex", lang),
    )  # fmt: skip


def _decision(number: str, verdict: str, lang: str) -> pl.Expr:
    """A decision by its number in the ledger and what it says."""
    words = pl.col(verdict)
    for of in ("choice", "outcome", "turned"):
        words = label(words, of, lang)
    return pl.concat_str(pl.lit("#"), number, pl.lit(" "), words)


def document(found: Changes, before: str, after: str, lang: str) -> dict[str, Any]:
    """Figures and people, masked, as JSON and the screen show them.

    Args:
        found: the changes.
        before: the older run's id.
        after: the newer run's id.
        lang: language of the words.
    """
    return {
        "schema": SCHEMA,
        "schema_version": 1,
        "before": before,
        "after": after,
        **found.figures,
        "changes": _masked(found.rows, lang).to_dicts(),
    }


def _masked(rows: pl.DataFrame, lang: str) -> pl.DataFrame:
    """Changes as they may be shown on a screen."""
    of_name = pl.col("kind") == Change.NAME_CORRECTED
    numbers = [
        (masked_number(old, new), masked_number(new, old))
        for old, new in rows.select("id_before", "id_number").iter_rows()
    ]
    sides = {
        "before": pl.Series([old for old, _ in numbers], dtype=pl.String),
        "after": pl.Series([new for _, new in numbers], dtype=pl.String),
    }
    return in_words(rows, lang).select(
        "kind",
        "person_id",
        names.mask(pl.col("name")),
        pl.col("birth_date").dt.year().cast(pl.String).alias("birth"),
        "village",
        *(
            pl.when(pl.col("kind") == Change.ID_CORRECTED)
            .then(pl.lit(number))
            .when(of_name)
            .then(names.mask(pl.col(side)))
            .otherwise(pl.col(side))
            .alias(side)
            for side, number in sides.items()
        ),
        "row_before",
        "row",
    )
