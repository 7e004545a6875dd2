"""The sheets of the workbook as tables of words, in the order of urgency."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from rosterrec.frames import GROUP_OF, ColumnUse, Group, Status
from rosterrec.messages import text
from rosterrec.reconciliation import Reconciliation
from rosterrec.report import changed, returned
from rosterrec.report.labels import described, label, labels
from rosterrec.report.pairs import nearest, review_pairs
from rosterrec.report.reading import encoding_name, reasons, taken_for
from rosterrec.report.renew import renew
from rosterrec.report.spec import Column, Kind, Sheet, Urgency, table

_WHO = (
    Column("name", widest=16),
    Column("sex", widest=6),
    Column("birth_date", Kind.DATE),
    Column("age", Kind.NUMBER),
    Column("id_number", widest=20),
    Column("village", widest=14),
)
_FAMILY = (Column("guardians", widest=20), Column("phone", widest=14))
_WHY = (Column("reason", Kind.LONG, 50), Column("flags", Kind.LONG, 34, may_go=True))
_WHERE = (
    Column("school", widest=24),
    Column("school_town", widest=12, may_go=True),
    Column("grade", Kind.NUMBER),
    Column("class_name", widest=8),
)
_PROOF = (Column("proof", widest=10), Column("proof_date", Kind.DATE))
_CLAIM = (Column("claim", Kind.LONG, 22, may_go=True),)
_NOTE = (Column("note", Kind.LONG, 16, may_go=True),)
_PLACE = (
    Column("file", widest=26),
    Column("sheet", widest=16, may_go=True),
    Column("row", Kind.NUMBER),
)
_TEACHER = Column("teacher", widest=10, may_go=True)
#: Rejected rows that nobody need look up stand last.
_NO_PERSON = ["footer", "repeated_header"]


def sheets(rec: Reconciliation) -> list[Sheet]:
    """Every sheet that has rows, but for the summary, which is laid out apart."""
    makers: list[Callable[[Reconciliation], Sheet | list[Sheet]]] = [
        _out_of_school, _missing_proof, review_pairs, renew, _changes, _by_place, _beyond,
        _outsiders, _registry_check, _corrections, _rejects, _receipts,
    ]  # fmt: skip
    with ThreadPoolExecutor() as at_once:  # no sheet waits for another
        made = list(at_once.map(lambda maker: maker(rec), makers))
    flat = [sheet for one in made for sheet in (one if isinstance(one, list) else [one])]
    return [sheet for sheet in flat if len(sheet.frame)]


def _with_status(rec: Reconciliation, *statuses: Status) -> pl.LazyFrame:
    """The people of these statuses, in words."""
    return described(rec, pl.col("status").is_in([str(s) for s in statuses]))


def _in_groups(*groups: Group) -> list[Status]:
    return [s for s, g in GROUP_OF.items() if g in groups]


def _out_of_school(rec: Reconciliation) -> Sheet:
    sought = rec.people.select("rec", "status").filter(returned.OUT_OF_SCHOOL)["rec"]
    near = nearest(rec, sought).lazy()
    out = described(rec, returned.OUT_OF_SCHOOL).join(near, on="rec", how="left")
    columns = (
        Column("status", widest=14), *_WHO, *_FAMILY, _TEACHER,
        *(replace(c, may_go=True) for c in (_WHERE[0], *_WHERE[2:])), *_WHY, *_CLAIM, *_NOTE,
        Column("nearest", Kind.LONG, 30, may_go=True), *returned.FINDING, returned.KEY,
    )  # fmt: skip
    ordered = _ordered(out, "status_code", "village", "household", "row")
    return table("out_of_school", returned.of_children(rec, ordered), columns, Urgency.NOW)


def _missing_proof(rec: Reconciliation) -> Sheet:
    lacking = described(rec, returned.LACKING)
    columns = (
        Column("household", widest=14), *_WHO, *_FAMILY, _TEACHER,
        Column("status", widest=14), *_PROOF,
        *_CLAIM, *_NOTE, Column("got_date", Kind.FILL_DATE, 16), Column("got_by", Kind.FILL, 22),
        Column("remark", Kind.FILL, 20), Column("by", Kind.FILL, 10), returned.KEY,
    )  # fmt: skip
    ordered = returned.of_children(rec, _ordered(lacking, "village", "household", "row"))
    return table("missing_proof", ordered, columns, Urgency.NOW, banded_by="household")


def _changes(rec: Reconciliation) -> list[Sheet]:
    """What changed since the earlier run; no sheet where there is none."""
    return [changed.sheet(rec.changes.rows, rec.settings.lang)] if rec.changes else []


def _by_place(rec: Reconciliation) -> list[Sheet]:
    order = ("school", "grade", "class_name", "row")
    here = (*_WHO, *_WHERE, *_WHY)
    away = (*_WHO, *_WHERE[:2], *_PROOF, *_CLAIM, *_FAMILY, *_WHY)
    return [
        table(
            status,
            _ordered(_with_status(rec, status), *order),
            here if status is Status.LOCAL else away,
            Urgency.RECORD,
        )
        for status in (Status.LOCAL, Status.COUNTY, Status.OUTSIDE)
    ]


def _beyond(rec: Reconciliation) -> Sheet:
    groups = _in_groups(Group.BEYOND, Group.FILED, Group.NOT_DUE, Group.APART)
    rest = _with_status(rec, *groups, Status.HOME_TEACHING)
    columns = (
        Column("status", widest=18), *_WHO, Column("document", widest=30), *_WHERE[:1], *_FAMILY,
        *_WHY, *_NOTE,
    )  # fmt: skip
    order = pl.col("status_code").replace_strict(
        {str(s): i for i, s in enumerate(Status)}, return_dtype=pl.Int64
    )
    return table("beyond", _ordered(rest, order, "village", "row"), columns, Urgency.RECORD)


def _ordered(people: pl.LazyFrame, *by: str | pl.Expr) -> pl.LazyFrame:
    """Sorted, what is missing last; people who tie stay in the order of the list."""
    return people.sort(*by, nulls_last=True, maintain_order=True)


def _outsiders(rec: Reconciliation) -> Sheet:
    lang = rec.settings.lang
    frame = rec.outsiders.lazy().with_columns(
        label(pl.col("kind"), "outsider", lang),
        label(pl.col("source"), "role", lang),
        label(pl.col("sex"), "sex", lang),
    )
    columns = (
        Column("kind", widest=14), *_WHO[:3], _WHO[4], *(_WHERE[0], *_WHERE[2:]),
        Column("source", widest=12), *_PLACE,
    )  # fmt: skip
    return table("outsiders", frame, columns, Urgency.LATER)


def _registry_check(rec: Reconciliation) -> Sheet:
    lang = rec.settings.lang
    double = pl.col("problem") == "double_registry"
    # The two registrations of one child side by side; the rest school by school.
    ordered = rec.registry_check.lazy().sort(
        "problem", pl.when(double).then("person_id"), "school", "grade", "class_name",
        "file", "row",
        nulls_last=True, maintain_order=True,
    )  # fmt: skip
    mark = text("word.comma", lang)
    frame = ordered.with_columns(
        label(pl.col("problem"), "check", lang),
        label(pl.col("source"), "role", lang),
        pl.col("other_school").str.replace_all("; ", mark, literal=True),
    )
    columns = (
        Column("problem", widest=24), Column("name", widest=16), Column("id_number", widest=20),
        *(_WHERE[0], *_WHERE[2:]), Column("other_school", widest=24, may_go=True),
        Column("source", widest=12), *_PLACE,
    )  # fmt: skip
    return table("registry_check", frame, columns, Urgency.SOON)


def _corrections(rec: Reconciliation) -> list[Sheet]:
    lang = rec.settings.lang
    frame = rec.corrections.lazy().with_columns(
        problem=label(pl.col("flag"), "flag", lang),
        field=label(pl.col("field"), "field", lang),
        owner_code=pl.col("owner"),
        owner=label(pl.col("owner"), "owner", lang),
        found=_shown(pl.col("found"), lang),
        expected=_shown(pl.col("expected"), lang),
    )
    columns = (
        Column("owner", widest=12), Column("problem", widest=26), Column("name", widest=16),
        Column("id_number", widest=20), Column("field", widest=12), Column("found", widest=24),
        Column("expected", widest=24), *_PLACE,
    )  # fmt: skip
    police = pl.col("owner_code") == "police"
    return [
        table("correct_police", frame.filter(police), columns, Urgency.SOON),
        table("correct_schools", frame.filter(~police), columns, Urgency.SOON),
    ]


def _shown(value: pl.Expr, lang: str) -> pl.Expr:
    """Sex codes of a correction as words; everything else as it is."""
    return label(value, "sex", lang)


def _rejects(rec: Reconciliation) -> Sheet:
    last = pl.col("problem").is_in(_NO_PERSON)
    ordered = rec.rejects.lazy().sort(last, maintain_order=True)
    frame = ordered.with_columns(label(pl.col("problem"), "problem", rec.settings.lang))
    columns = (
        *_PLACE, Column("problem", widest=40), Column("column", widest=14, may_go=True),
        Column("value", widest=24, may_go=True),
    )  # fmt: skip
    return table("rejects", frame, columns, Urgency.RECORD)


def _receipts(rec: Reconciliation) -> Sheet:
    lang = rec.settings.lang
    mark = text("word.comma", lang)
    rows = [
        {
            "file": r.file, "sheet": r.sheet, "role": str(r.role), "format": r.format,
            "encoding": encoding_name(r.encoding), "header_row": r.header_row,
            "rows": r.rows, "used": r.used, "rejected": r.rejected,
            "unmapped": mark.join(r.unmapped),
            "mapping": mark.join(_mapped(use, lang) for use in r.columns if use.field),
            "reasons": reasons(r.problems, lang),
            "findings": ",".join(r.findings), "role_basis": r.role_basis,
        }
        for r in rec.receipts
    ]  # fmt: skip
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        label(pl.col("role"), "role", lang),
        label(pl.col("role_basis"), "word", lang),
        labels(pl.col("findings"), "finding", lang),
    )
    columns = (
        Column("file", widest=30), Column("sheet", widest=16), Column("role", widest=16),
        Column("role_basis", widest=10), Column("format", widest=8),
        Column("encoding", widest=10, may_go=True), Column("header_row", Kind.NUMBER),
        Column("rows", Kind.NUMBER), Column("used", Kind.NUMBER), Column("rejected", Kind.NUMBER),
        Column("reasons", Kind.LONG, 30, may_go=True), Column("mapping", Kind.LONG, 60),
        Column("unmapped", Kind.LONG, 24, may_go=True),
        Column("findings", Kind.LONG, 30, may_go=True),
    )  # fmt: skip
    return Sheet("receipts", frame, columns, Urgency.RECORD)


def _mapped(use: ColumnUse, lang: str) -> str:
    """What a column was taken for, and its heading where that is another word."""
    words = taken_for(use, lang)
    return words if use.heading == words else f"{words}={use.heading or use.column}"
