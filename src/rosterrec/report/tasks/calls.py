"""The sheet of proofs to test by telephone."""

from __future__ import annotations

import polars as pl

from rosterrec.messages import text
from rosterrec.report.duties import HELD
from rosterrec.report.policy import Policy, prove
from rosterrec.report.spec import CARRIED_CELLS, Column, Kind, Sheet, Urgency
from rosterrec.report.tasks.book import shown_to

_COLUMNS = (
    Column("place_of_study", widest=26), Column("turn", widest=9), Column("name", widest=12),
    Column("grade", Kind.NUMBER, may_go=True), Column("village", widest=12, may_go=True),
    Column("guardians", widest=20, may_go=True), Column("phone", widest=14),
    Column("proof_date", Kind.DATE, may_go=True), Column("note", Kind.LONG, 14, may_go=True),
    Column("called", Kind.FILL_DATE, 12), Column("call", Kind.CHOICE, 12, offers="call"),
    Column("result", Kind.FILL, 18), Column("by", Kind.FILL, 8), Column("key", Kind.KEY, 8),
)  # fmt: skip


def sheet_of(drawn: pl.DataFrame, policy: Policy, run_key: str, lang: str) -> Sheet:
    """The draw, school by school, those in reserve last at each.

    Raises:
        InputError: ``would_reveal``.
    """
    turn, reserve = pl.col("turn").cast(pl.String), text("word.reserve", lang)
    told = shown_to(drawn, policy, run_key, lang).with_columns(
        place_of_study=pl.coalesce("school", "claim"),
        turn=pl.when("is_reserve").then(pl.concat_str(pl.lit(reserve), turn)).otherwise(turn),
    )
    shown = told.select(c.key for c in _COLUMNS if c.key in told.columns)
    return Sheet(
        HELD, prove(shown, policy, HELD), _COLUMNS, Urgency.NOW, "place_of_study",
        page_cells=CARRIED_CELLS,
    )  # fmt: skip
