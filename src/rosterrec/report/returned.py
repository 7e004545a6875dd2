"""Rows that come back: the columns a clerk fills in, and the hidden key that says whom a row is of.

A key holds the records of the row by their content, the status that the lists gave, and what the
workbook's run knew of decisions; so a row is understood wherever it is copied or sorted to.
"""

from __future__ import annotations

import polars as pl

from rosterrec.frames import (
    GROUP_OF,
    RECORD_KEYS,
    Decision,
    Group,
    Proof,
    Role,
    Status,
    empty,
)
from rosterrec.ledger.keys import CONTENT, with_keys
from rosterrec.messages import text
from rosterrec.reconciliation import Reconciliation
from rosterrec.report.labels import label
from rosterrec.report.spec import Column, Kind

KEY = Column("key", Kind.KEY, 8)
#: A status set by hand, and its document.
SETTING = (
    Column("outcome", Kind.CHOICE, 16, offers="outcome"), Column("document_no", Kind.FILL, 16),
    Column("document_date", Kind.FILL_DATE, 12),
)  # fmt: skip
#: What a visit found.
FINDING = (
    Column("visited", Kind.FILL_DATE, 12), *SETTING, Column("result", Kind.FILL, 20),
    Column("by", Kind.FILL, 10),
)  # fmt: skip
_AWAY = pl.col("status").is_in([Status.COUNTY, Status.OUTSIDE])
#: Children on rows that come back, and those whose proof may be tested.
OUT_OF_SCHOOL = pl.col("status").is_in([str(s) for s, g in GROUP_OF.items() if g is Group.OUT])
LACKING = pl.col("proof").is_in([Proof.MISSING, Proof.EXPIRED]) & _AWAY
HELD = (pl.col("proof") == Proof.HELD) & _AWAY


def keys(rec: Reconciliation) -> pl.DataFrame:
    """Keys of the records on rows that come back, or may be tested (``RECORD_KEYS``)."""
    of_roles = _coming_back(rec).group_by("source", maintain_order=True)
    made = [
        _hashed(rec, Role(str(role)), rows["rec"]).select("rec", "key", source=pl.lit(str(role)))
        for (role,), rows in of_roles
    ]
    return pl.concat([empty(RECORD_KEYS), *(rows.select(*RECORD_KEYS) for rows in made)])


def _coming_back(rec: Reconciliation) -> pl.DataFrame:
    """``source, rec`` of children who are looked for or owe a proof, and of pairs that wait."""
    asked = OUT_OF_SCHOOL | LACKING | HELD | (pl.col("status") == Status.REVIEW)
    children = rec.people.filter(asked).select(source=pl.lit(str(Role.POPULATION)), rec="rec")
    waits = (pl.col("left_source") == Role.POPULATION) & (pl.col("decision") == Decision.REVIEW)
    sides = [
        rec.links.filter(waits).select(source=pl.col(f"{side}_source").cast(pl.String), rec=side)
        for side in ("left", "right")
    ]
    return pl.concat([children, *sides])


def of_children(rec: Reconciliation, people: pl.LazyFrame) -> pl.LazyFrame:
    """People (by ``rec``) with ``key``."""
    rows = people.collect()
    keys = _keys(rec, Role.POPULATION, rows["rec"]).rename({"key": "left_key"})
    keyed = rows.lazy().join(keys.lazy(), on="rec", how="left", maintain_order="left")
    return keyed.with_columns(key=_written(rec, pl.lit("-")))


def of_pairs(rec: Reconciliation, pairs: pl.LazyFrame) -> pl.LazyFrame:
    """Pairs (``rec`` with ``other`` of ``other_source``, or a person alone) with ``key``.

    ``decided`` is what people said of the pair so far.
    """
    rows = pairs.collect()
    own = _keys(rec, Role.POPULATION, rows["rec"]).rename({"key": "left_key"})
    others = [
        _keys(rec, Role(role), rows.filter(pl.col("other_source") == role)["other"]).select(
            other_key="key", other="rec", other_source=pl.lit(role)
        )
        for role in rows["other_source"].drop_nulls().unique(maintain_order=True)
    ]
    keyed = rows.join(own, on="rec", how="left", maintain_order="left")
    none = pl.DataFrame(
        schema={"other_key": pl.String, "other": pl.Int64, "other_source": pl.String}
    )
    joined = keyed.join(
        pl.concat([none, *others]), on=["other", "other_source"], how="left", maintain_order="left"
    )
    told = joined.join(_so_far(rec), on=["rec", "other", "other_source"], how="left",
                       maintain_order="left", nulls_equal=True)  # fmt: skip
    return told.lazy().with_columns(key=_written(rec, pl.col("other_key").fill_null("-")))


def _written(rec: Reconciliation, other: pl.Expr) -> pl.Expr:
    """``mark left other status``; the mark names the run and what it knew."""
    return pl.concat_str(
        pl.lit(rec.mark or "0@"), "left_key", other, pl.col("listed_status").fill_null("-"),
        separator=" ",
    )  # fmt: skip


def _keys(rec: Reconciliation, role: Role, wanted: pl.Series) -> pl.DataFrame:
    """``rec, key`` of at least these records; keys at hand are not made once more."""
    known = rec.keys.filter(pl.col("source") == role).select("rec", "key")
    lacking = wanted.filter(~wanted.is_in(known["rec"].implode()))
    return pl.concat([known, _hashed(rec, role, lacking)]) if len(lacking) else known


def _hashed(rec: Reconciliation, role: Role, wanted: pl.Series) -> pl.DataFrame:
    chosen = rec.records[role].select("rec", *CONTENT).filter(pl.col("rec").is_in(wanted.implode()))
    return with_keys(chosen, role).select("rec", "key")


def _so_far(rec: Reconciliation) -> pl.DataFrame:
    """``decided``: who said what of a pair or of a child alone, where that is not settled."""
    lang = rec.settings.lang
    verdict = label(label(pl.col("verdict"), "choice", lang), "outcome", lang)
    said = pl.concat_str(
        pl.lit("#"), "seq", pl.lit(" "), "who", pl.lit(text("word.colon", lang)), verdict,
        pl.lit(" "), pl.col("at").str.head(10),
    )  # fmt: skip
    open_ones = rec.decisions.filter(
        pl.col("kind").is_in(["pair", "status"])
        & (pl.col("left_source") == Role.POPULATION)
        & ((pl.col("state") == "disputed") | (pl.col("verdict") == "unsure"))
    )
    mark = text("word.comma", lang)
    return open_ones.group_by(
        rec="left", other="right", other_source="right_source", maintain_order=True
    ).agg(decided=said.str.join(mark))
