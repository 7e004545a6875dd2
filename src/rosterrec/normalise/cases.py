"""What the whereabouts ledger claims and what the filings say."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterrec import dates, ids
from rosterrec.frames import Destination, Field, FilingKind, Role
from rosterrec.once import distinct
from rosterrec.words import first_match, yes_no

#: Lists that speak of children's cases; of the others a note alone is read.
OF_CASES = (Role.WHEREABOUTS, Role.FILING)
#: What they say, which other lists leave open.
COLUMNS = (
    "destination", "place", "proof", "proof_date", "attempts", "filing_kind", "document_no",
    "document_date", "valid_from", "valid_until", "severe",
)  # fmt: skip

#: 就读去向 in words; the first that fits counts, so 县外 stands before 县内, 未入学 before 小学.
_DESTINATION = {
    "失联|联系不上|下落不明|无法联系": Destination.NO_CONTACT,
    "辍学|未入学|失学|务工|打工|在家|未就学|未在校|非在校|不在校|未上学": Destination.DROPOUT,
    "出国|出境|国外|境外": Destination.ABROAD,
    "送教": Destination.HOME,
    "高中|中职|职高|职中|技校|技工|中专|大专": Destination.SENIOR,
    "毕业": Destination.GRADUATED,
    "县内外镇|外镇|外乡|县内|区内|旗内": Destination.COUNTY,
    "县外|外县|市外|外市|省外|外省|区外|外地": Destination.OUTSIDE,
    "本镇|镇内|本乡|乡内|本地|本街道": Destination.LOCAL,
}
_FILING = {
    "延缓|缓学|缓读": FilingKind.DEFERRAL,
    "休学": FilingKind.SUSPENSION,
    "死亡|病故|去世|亡故": FilingKind.DEATH,
    "失踪|走失": FilingKind.MISSING,
    "空挂|空户|查无此人": FilingKind.EMPTY,
    "双重|重复户|重户|重登": FilingKind.DUPLICATE,
    "残": FilingKind.DISABILITY,
    "出国|出境|境外|国外|移民": FilingKind.ABROAD,
    "服刑|羁押|看守|专门学校|专门教育|管教|社区矫正": FilingKind.CUSTODY,
}
#: What a ledger can say that only a document settles, and what of it is no claim of any place.
_LASTING = (
    FilingKind.DEATH, FilingKind.MISSING, FilingKind.EMPTY, FilingKind.DUPLICATE,
    FilingKind.CUSTODY, FilingKind.ABROAD,
)  # fmt: skip
_TOLD = {words: kind for words, kind in _FILING.items() if kind in _LASTING}
#: So much of a kind that is not known is repeated.
_LONGEST = 16
#: Whoever else a ledger speaks of: a father's death is not the child's.
_RELATIVE = "父|母|爷|奶|祖|外公|外婆|监护|亲"
#: Out of school in words that say no more: a list may say beside it that this is no dropout.
_NOT_AT_SCHOOL = "[非未不]在校"


def whereabouts() -> list[pl.Expr]:
    """``destination, place, proof, proof_date, attempts``."""
    attempts = pl.col(Field.ATTEMPTS).str.normalize("NFKC").str.extract(r"(\d+)")
    return [
        _claim().alias("destination"),
        pl.concat_str([Field.PLACE, Field.SCHOOL], separator=" ", ignore_nulls=True)
        .str.strip_chars()
        .alias("place"),
        distinct(pl.col(Field.PROOF), yes_no, pl.Boolean).alias("proof"),
        _day(Field.PROOF_DATE).alias("proof_date"),
        attempts.cast(pl.Int64, strict=False).alias("attempts"),
    ]


def note() -> pl.Expr:
    """``note``: the reason and the remark."""
    note = pl.concat_str([Field.REASON, Field.NOTE], separator="; ", ignore_nulls=True)
    return pl.when(note.str.len_chars() > 0).then(note).alias("note")


def _claim() -> pl.Expr:
    """Where a row says that the child is: filed, out of school by 是, else by the words."""
    is_out = distinct(pl.col(Field.DROPPED_OUT), _is_out, pl.Boolean)
    vague = distinct(pl.col(Field.DESTINATION), _says_no_more_than_out, pl.Boolean)
    excused = is_out.not_() & vague
    said = pl.coalesce(_coded(Field.DESTINATION, _DESTINATION), _coded(Field.REASON, _DESTINATION))
    return (
        pl.when(_told().is_not_null() & (_told() != FilingKind.ABROAD))
        .then(pl.lit(str(Destination.FILED)))
        .when(is_out)
        .then(pl.lit(str(Destination.DROPOUT)))
        .when(~excused.fill_null(value=False))
        .then(said)
    )


def _is_out(dropped: pl.Expr) -> pl.Expr:
    return pl.coalesce(yes_no(dropped), dropped.str.contains("辍|失学"))


def _says_no_more_than_out(words: pl.Expr) -> pl.Expr:
    return words.str.contains(_NOT_AT_SCHOOL) & ~words.str.contains("辍|失学")


def _coded(field: Field, table: Mapping[str, str]) -> pl.Expr:
    return distinct(pl.col(field), lambda it: first_match(it, table))


def _told() -> pl.Expr:
    """What a ledger's whereabouts say that only a document settles: 死亡, 失踪, 随父母出国."""
    return distinct(pl.col(Field.DESTINATION), _of_the_child)


def _of_the_child(words: pl.Expr) -> pl.Expr:
    own = ~words.str.contains(_RELATIVE) | words.str.contains("随")
    return pl.when(own).then(first_match(words, _TOLD))


def filing(role: Role) -> list[pl.Expr]:
    """``filing_kind, filing_said, document_no, document_date, valid_from, valid_until, severe``.

    After ``identity.numbers``, whose ``certificate`` is that of a disability.
    A ledger that says dead or abroad files that, with its proof as the document. A disability
    certificate is its own document: its number closes what its grade decides. 重试残疾 is a common
    slip for 重度残疾 (``domain.md`` 4).
    """
    kind = pl.col(Field.FILING_KIND)
    certificate = pl.col("certificate")
    grade = pl.coalesce(
        _coded(Field.DISABILITY_GRADE, {"一|1": "1", "二|2": "2", "三|3": "3", "四|4": "4"}),
        distinct(certificate, ids.disability_grade),
    )
    ledger = role is Role.WHEREABOUTS
    number = (Field.DOCUMENT_NO, Field.PROOF_NO) if ledger else (Field.DOCUMENT_NO,)
    date = (Field.DOCUMENT_DATE, Field.PROOF_DATE) if ledger else (Field.DOCUMENT_DATE,)
    coded = pl.coalesce(
        _coded(Field.FILING_KIND, _FILING),
        *([_told()] if ledger else []),
        pl.when(certificate.is_not_null()).then(pl.lit(str(FilingKind.DISABILITY))),
    )
    return [
        coded.alias("filing_kind"),
        kind.str.slice(0, _LONGEST).alias("filing_said"),
        pl.coalesce(*number, certificate).alias("document_no"),
        pl.coalesce(_day(field) for field in date).alias("document_date"),
        _day(Field.VALID_FROM).alias("valid_from"),
        _day(Field.VALID_UNTIL, last=True).alias("valid_until"),
        (grade.is_in(["1", "2"]) | distinct(kind, _is_severe, pl.Boolean))
        .fill_null(value=False)
        .alias("severe"),
    ]


def _is_severe(kind: pl.Expr) -> pl.Expr:
    return kind.str.contains("重[度试].?残|一级|二级")


def _day(field: Field, *, last: bool = False) -> pl.Expr:
    """A date; where only the month is given its first day, or its last for the end of a period."""
    return distinct(pl.col(field), lambda text: _day_or_month(text, last=last), pl.Date)


def _day_or_month(text: pl.Expr, *, last: bool) -> pl.Expr:
    first = pl.concat_str(dates.month(text), pl.lit("01")).str.to_date("%Y%m%d", strict=False)
    return pl.coalesce(dates.parse(text), first.dt.month_end() if last else first)
