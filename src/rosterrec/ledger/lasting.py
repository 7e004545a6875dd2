"""What people set by hand of children: the newest that still holds."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.frames import Status
from rosterrec.ledger.entries import Call, Kind
from rosterrec.settings import Settings

#: Statuses that no new school year changes; the others must be found out anew each year.
LASTING = frozenset({
    Status.GRADUATED, Status.SENIOR, Status.SEVERE_DISABILITY, Status.EMPTY_REGISTRATION,
    Status.DECEASED, Status.MISSING_PERSON, Status.DUPLICATE_REGISTRATION, Status.ABROAD,
    Status.CUSTODY,
})  # fmt: skip

#: Results of calls that say something of the proof.
_TELLING = [str(Call.TRUE), str(Call.FALSE)]


def by_hand(decisions: pl.DataFrame, settings: Settings) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What was set of each child (``BY_HAND``), and what no longer holds or disagrees.

    Args:
        decisions: those about one record, which is as it was (``STANDING``), oldest first, with
            ``recs``, the records that its key names.
        settings: the school year.

    Returns:
        A row per record; ``seq`` and ``now`` (expired or disputed) of decisions that do not apply.
    """
    holding = decisions.with_columns(holds=_holds(settings))
    status = (pl.col("kind") == Kind.STATUS) & pl.col("holds")
    disputed = status & (pl.col("verdict").filter(status).n_unique().over("left_key") > 1)
    told = holding.with_columns(is_disputed=disputed)
    by_child = told.group_by("left_key").agg(
        *_set(), pl.col("recs").first(), hand_is_disputed=pl.col("is_disputed").any()
    )
    people = by_child.explode("recs").rename({"recs": "rec"}).select(*frames.BY_HAND).sort("rec")
    expired = pl.when(~pl.col("holds")).then(pl.lit("expired"))
    now = expired.when("is_disputed").then(pl.lit("disputed"))
    return people, told.select("seq", now=now).drop_nulls()


def _holds(settings: Settings) -> pl.Expr:
    """Whether no new school year has begun since what may change with it was found out."""
    passing = pl.col("kind").is_in([Kind.STATUS, Kind.ATTEMPT]) & ~pl.col("verdict").is_in(
        sorted(LASTING)
    )
    made = pl.coalesce("on_date", "document_date", pl.col("at").str.head(10)).str.to_date()
    return ~passing | (made >= settings.school_year_start)


def _set() -> list[pl.Expr]:
    """What the decisions that hold say together of a child."""
    said, day = _is(Kind.STATUS) & ~pl.col("is_disputed"), pl.col("on_date")
    visits = day.filter(_is(Kind.ATTEMPT) & (pl.col("verdict") == ""))
    document = pl.concat_str(
        *(pl.when(pl.col(part) != "").then(part) for part in ("document_no", "document_date")),
        separator=", ", ignore_nulls=True,
    )  # fmt: skip
    notes = pl.col("note").filter(pl.col("holds") & (pl.col("note") != ""))
    last = {name: value.filter(said).last() for name, value in {
        "hand_status": pl.col("verdict"),
        "hand_seen": pl.col("seen").str.json_path_match("$.status"),
        "hand_document": pl.when(document != "").then(document),
    }.items()}  # fmt: skip
    return [
        *(value.alias(name) for name, value in last.items()),
        day.filter(_is(Kind.PROOF)).str.to_date().max().alias("hand_proof_date"),
        _false_on().alias("hand_false_on"),
        (visits.drop_nulls().n_unique() + visits.null_count())
        .cast(pl.Int64)
        .alias("hand_attempts"),
        pl.when(notes.len() > 0)
        .then(notes.unique(maintain_order=True).str.join("; "))
        .alias("hand_note"),
    ]


def _false_on() -> pl.Expr:
    """The day of the last call that reached somebody, where it found the proof false."""
    dated = _is(Kind.ATTEMPT) & pl.col("on_date").is_not_null()
    calls = dated & pl.col("verdict").is_in(_TELLING)
    day, seq, verdict = (pl.col(name).filter(calls) for name in ("on_date", "seq", "verdict"))
    last = verdict.sort_by(day, seq).last()
    return pl.when(last == Call.FALSE).then(day.str.to_date().max())


def _is(kind: Kind) -> pl.Expr:
    return pl.col("holds") & (pl.col("kind") == kind)
