"""What the filings say of each child."""

from __future__ import annotations

import polars as pl

from rosterrec.classify.evidence.beside import linked
from rosterrec.frames import (
    Decision,
    FilingKind,
    Links,
    Records,
    Role,
)
from rosterrec.settings import Settings

#: Kinds of filing whose document closes a case for good; the others count within their period.
LASTING = (
    FilingKind.DEATH,
    FilingKind.MISSING,
    FilingKind.EMPTY,
    FilingKind.DUPLICATE,
    FilingKind.ABROAD,
    FilingKind.CUSTODY,
)


def of_filings(records: dict[Role, Records], links: Links, settings: Settings) -> pl.DataFrame:
    """Per kind: any filing, one with number and date, one in date; and the document that counts."""
    documented = pl.col("document_no").is_not_null() & pl.col("document_date").is_not_null()
    rows = _said_in(Role.FILING, records, links)
    # What a ledger says of death and the like stands without a document; what it says of a
    # suspension without one is no approval.
    told = pl.col("filing_kind").is_in([str(kind) for kind in LASTING]) | documented
    rows = pl.concat([_said_in(Role.WHEREABOUTS, records, links).filter(told), rows])
    rows = rows.sort("rec", "from_filing", "right")
    today = pl.lit(settings.as_of)
    in_date = (pl.col("valid_until").is_null() | (pl.col("valid_until") >= today)) & (
        pl.col("valid_from").is_null() | (pl.col("valid_from") <= today)
    )
    columns: list[pl.Expr] = []
    for kind in FilingKind:
        this = pl.col("filing_kind") == kind
        columns += [
            this.any().alias(f"fil_is_{kind}"),
            (this & documented & in_date).any().alias(f"fil_is_{kind}_good"),
        ]
    severe = (pl.col("filing_kind") == FilingKind.DISABILITY) & pl.col("severe")
    lasting = pl.col("filing_kind").is_in([str(kind) for kind in LASTING])
    return rows.group_by("rec", maintain_order=True).agg(
        *columns,
        fil_is_severe=(severe & pl.col("document_no").is_not_null()).any(),
        fil_is_undocumented=(~documented & (pl.col("filing_kind") != FilingKind.DISABILITY)).any(),
        fil_is_lasting_undocumented=(~documented & lasting).any(),
        fil_is_expired=(documented & ~in_date).any(),
        fil_document=pl.concat_str(
            "document_no",
            pl.col("document_date").dt.strftime("%Y-%m-%d"),
            separator=", ",
            ignore_nulls=True,
        ).last(),
    )


def _said_in(role: Role, records: dict[Role, Records], links: Links) -> pl.DataFrame:
    """The children's rows on a list that say what a filing says."""
    rows = records[role].filter(pl.col("filing_kind").is_not_null()).rename({"rec": "right"})
    mine = linked(links, role, Decision.ACCEPTED).select("rec", "right")
    return mine.join(rows, on="right").with_columns(from_filing=pl.lit(role is Role.FILING))
