"""Pairs in words: what waits for a decision, and the nearest row of a child found nowhere."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rosterrec.frames import FEATURES, Decision, Role, Status
from rosterrec.messages import text
from rosterrec.reconciliation import Reconciliation
from rosterrec.report import returned
from rosterrec.report.labels import described, label, words_of
from rosterrec.report.spec import Column, Kind, Sheet, Urgency, table

_AGREE = ["equal", "implied", "missing", "recovered", "same_class", "variant"]
HIGH, MIDDLE = 0.95, 0.6
#: Below this nobody would take the two rows for one child.
CONCEIVABLE = 0.001


def review_pairs(rec: Reconciliation) -> Sheet:
    """The review sheet: children who wait, each beside every row that may be theirs."""
    columns = (
        Column("status", widest=18), Column("name", widest=14), Column("id_number", widest=20),
        Column("birth_date", Kind.DATE), Column("sex", widest=6), Column("guardians", widest=18),
        Column("village", widest=12), Column("phone", widest=14, may_go=True),
        Column("candidate", widest=14),
        Column("candidate_id", widest=20), Column("candidate_birth", Kind.DATE),
        Column("candidate_sex", widest=6), Column("candidate_guardians", widest=18),
        Column("candidate_school", widest=20), Column("candidate_row", Kind.LONG, 20),
        Column("likelihood", widest=12), Column("differs", Kind.LONG, 14),
        Column("why", Kind.LONG, 40), Column("decided", Kind.LONG, 30, may_go=True),
        Column("decision", Kind.CHOICE, 14), *returned.SETTING, Column("remark", Kind.FILL, 20),
        Column("by", Kind.FILL, 10), returned.KEY,
    )  # fmt: skip
    return table("review", review_rows(rec), columns, Urgency.NOW, banded_by="person_id")


def review_rows(rec: Reconciliation) -> pl.LazyFrame:
    """Children who wait, a row a candidate, with ``key``.

    Children whose status hangs on the decision stand first, then doubts about children who are
    settled otherwise. A child who waits without a candidate has the rule as the reason.
    """
    lang = rec.settings.lang
    pairs = _with_candidate(rec, [Decision.REVIEW])
    has_pair = pl.col("rec").is_in(pairs["rec"].implode())
    people = described(rec, (pl.col("status") == Status.REVIEW) | has_pair).collect()
    alone = people.filter(~has_pair)
    sentence = pl.col("reason")
    both = pl.concat(
        [
            pairs.join(people, on="rec").with_columns(why=_why(lang), likelihood=_likelihood(lang)),
            alone.with_columns(why=sentence),
        ],
        how="diagonal_relaxed",
    )
    waiting = pl.col("status_code") == Status.REVIEW
    ordered = both.sort(
        ~waiting, "village", "row", -pl.col("weight"), nulls_last=True, maintain_order=True
    )
    return returned.of_pairs(rec, ordered.lazy())


def _why(lang: str) -> pl.Expr:
    """Why the pair waits, and how many other children the same row may be."""
    others = pl.col("rec").n_unique().over("candidate_row") - 1
    before, after = text("word.also_like", lang, n="\0").split("\0")
    tied = pl.concat_str(pl.lit(before), others, pl.lit(after))
    basis = label(pl.col("basis"), "basis", lang)
    return pl.when(others > 0).then(pl.concat_str(basis, tied)).otherwise(basis)


def nearest(rec: Reconciliation, people: pl.Series) -> pl.DataFrame:
    """``rec, nearest``: the likeliest row that was not linked, and what speaks against it.

    A row that shares a birthday and nothing else is nobody's idea of near; it is left out.
    """
    pairs = _with_candidate(
        rec,
        [Decision.REVIEW, Decision.REJECTED],
        pl.col("left").is_in(people.implode()) & (pl.col("probability") >= CONCEIVABLE),
        pl.col("basis").ne_missing("decided"),  # a person said that it is another child
    )
    best = pairs.sort("weight", "candidate_row", descending=[True, False]).unique(
        "rec", keep="first", maintain_order=True
    )
    against = text("column.differs", rec.settings.lang)
    mark = {"zh": "：", "en": ": "}[rec.settings.lang]
    return best.select(
        "rec",
        nearest=pl.format(
            "{} {} ({}{}{})", "candidate", "candidate_row", pl.lit(against), pl.lit(mark), "differs"
        ),
    )


def _with_candidate(
    rec: Reconciliation, decisions: Sequence[Decision], *which: pl.Expr
) -> pl.DataFrame:
    """Pairs of a child of the police list with these decisions, and the candidate's data."""
    lang = rec.settings.lang
    chosen = rec.links.filter(
        pl.col("left_source") == Role.POPULATION, pl.col("decision").is_in(decisions), *which
    )
    parts = [
        links.join(_candidates(rec, Role(str(role)), links["right"]), on="right")
        for (role,), links in sorted(chosen.group_by("right_source"), key=lambda part: str(part[0]))
    ]
    if not parts:
        parts = [chosen.join(_candidates(rec, Role.ROSTER, chosen["right"]), on="right")]
    return pl.concat(parts).select(
        "basis",
        "weight",
        "probability",
        "^candidate.*$",
        rec="left",
        other="right",
        other_source=pl.col("right_source").cast(pl.String),
        differs=_differs(lang),
    )


def _candidates(rec: Reconciliation, role: Role, wanted: pl.Series) -> pl.DataFrame:
    lang = rec.settings.lang
    comma = text("word.comma", lang)
    place = pl.format("[{}]{}!{}", "file", pl.col("sheet").fill_null(""), "row")
    records = rec.records[role].filter(pl.col("rec").is_in(wanted.implode()))
    return records.select(
        right="rec",
        candidate=pl.col("name"),
        candidate_id=pl.coalesce("id", "id_text", "student_no"),
        candidate_birth=pl.col("birth"),
        candidate_sex=label(pl.col("sex"), "sex", lang),
        candidate_guardians=pl.col("guardians").str.replace_all("|", comma, literal=True),
        candidate_school=pl.col("school"),
        candidate_row=place,
    )


def _differs(lang: str) -> pl.Expr:
    """The features that do not agree, in words."""
    names = words_of("differs", lang)
    different = [
        pl.when(~pl.col(f"{feature}_level").is_in(_AGREE)).then(pl.lit(names[feature]))
        for feature in FEATURES
    ]
    return pl.concat_str(different, separator=text("word.comma", lang), ignore_nulls=True)


def _likelihood(lang: str) -> pl.Expr:
    """The probability as a word and a figure that is never rounded up to certainty."""
    p = pl.col("probability")
    percent = (p * 100).floor().clip(0, 99).cast(pl.Int64).cast(pl.String) + "%"

    def worded(key: str) -> pl.Expr:
        before, after = text(f"likelihood.{key}", lang, p="\0").split("\0")
        return pl.concat_str(pl.lit(before), percent, pl.lit(after))

    return (
        pl.when(p >= HIGH)
        .then(worded("high"))
        .when(p >= MIDDLE)
        .then(worded("middle"))
        .otherwise(worded("low"))
    )
