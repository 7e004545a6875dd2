"""The children whom a brief names: without proof, family by family, and open cases by age."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import GROUP_OF, Group, Proof
from rosterrec.messages import text
from rosterrec.report.brief.history import is_open
from rosterrec.report.brief.model import Table
from rosterrec.report.brief.tables import listed, number
from rosterrec.report.labels import label, with_check
from rosterrec.report.policy import Policy, masked, prove

#: So many rows are read in a meeting; the workbook holds all.
MOST = 60
_LACKING = [str(Proof.MISSING), str(Proof.EXPIRED)]
_STATUS_CASE = [str(s) for s, g in GROUP_OF.items() if g in {Group.OUT, Group.REVIEW}]
#: Numbers in a remark that could be an ID or a telephone.
_NUMBERS = "[0-9０-９]{6,}[0-9０-９Xx]"


def families(people: pl.DataFrame, cases: pl.DataFrame, policy: Policy, lang: str) -> Table:
    """Children without proof, a row a family."""
    mark = text("word.comma", lang)
    lacking = masked(people.filter(pl.col("proof").is_in(_LACKING)), policy)
    told = _with_notes(lacking, cases, lang).with_columns(
        family=pl.coalesce("household", "person_id"),
        state=label(pl.col("proof"), "proof", lang),
    )
    grouped = (
        told.group_by("family", maintain_order=True)
        .agg(
            pl.col("village").first().fill_null(""),
            pl.col("name").fill_null("?").str.join(mark),
            pl.len().alias("counts"),
            pl.col("state").unique(maintain_order=True).str.join(mark),
            pl.col("said").drop_nulls().unique(maintain_order=True).str.join("；"),
        )
        .sort("counts", "village", "family", descending=[True, False, False])
    )
    shown = prove(grouped.drop("family").head(MOST), policy, "families")
    rows: list[tuple[str, ...]] = [
        (village or text("word.no_village", lang), names, number(n, lang), state, said or "")
        for village, names, n, state, said in shown.iter_rows()
    ]
    columns = ("village", "children", "counts", "proof", "note")
    return listed("families", columns, rows, lang, {2})


def open_cases(
    people: pl.DataFrame, since: pl.DataFrame, as_of: str, policy: Policy, lang: str
) -> Table:
    """Cases that are open, the longest first."""
    status = label(pl.col("status"), "status", lang)
    lacking = pl.lit(text("word.comma", lang) + text("sheet.missing_proof", lang))
    told = (
        masked(people.filter(is_open()), policy)
        .join(since, on="person_id", how="left")
        .with_columns(
            state=pl.when(pl.col("status").is_in(_STATUS_CASE))
            .then(status)
            .otherwise(pl.concat_str(status, lacking)),
            since=pl.col("since").fill_null(pl.lit(as_of).str.to_date()),
        )
        .with_columns(days=(pl.lit(as_of).str.to_date() - pl.col("since")).dt.total_days())
        .sort("days", "status", "village", "row", descending=[True, False, False, False])
    )
    shown = prove(
        told.select("village", "name", "state", "since", "days").head(MOST), policy, "open"
    )
    rows: list[tuple[str, ...]] = [
        (village or text("word.no_village", lang), name or "?", state, since.isoformat(),
         number(days, lang))
        for village, name, state, since, days in shown.iter_rows()
    ]  # fmt: skip
    columns = ("village", "name", "case", "since", "days")
    return listed("open", columns, rows, lang, {4})


def _with_notes(people: pl.DataFrame, cases: pl.DataFrame, lang: str) -> pl.DataFrame:
    """What is known of each child: what a call found of the proof, a remark, else the claim."""
    remark = pl.coalesce(pl.col("note").replace("", None), "claim")
    remark = remark.str.replace_all(_NUMBERS, "***").replace("", None)
    notes = cases.select("person_id", said=with_check(remark, pl.col("proof_false_on"), lang))
    return people.join(notes, on="person_id", how="left", maintain_order="left")
