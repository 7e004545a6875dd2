"""``duties.parquet``: what a run leaves for papers made later, a row for each thing to be done.

Open cases as the workbook's sheets to fill in have them, and the proofs that are held, which may be
tested. Words are in the run's language. The number of a row names it on papers that leave the
office, in place of its key: a key is a hash of a number that few can be, and would give it away.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from rosterrec.errors import InputError
from rosterrec.reconciliation import Reconciliation
from rosterrec.report import returned
from rosterrec.report.data import write_parquet
from rosterrec.report.labels import described
from rosterrec.report.pairs import review_rows
from rosterrec.report.recorded import Recorded

NAME = "duties.parquet"
#: What the rows are of, by the name of the sheet that they go to.
OUT, LACKING, REVIEW, HELD = "out_of_school", "missing_proof", "review", "sample"
OPEN = (OUT, LACKING, REVIEW)

#: Controls and marks of direction: what follows would be read the wrong way round.
_TURNING = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2069}\x{feff}]"
)

DUTIES: dict[str, pl.DataType] = {
    "n": pl.Int64(),  # from 0, in the order of the sheets
    "form": pl.String(),
    **dict.fromkeys(
        ("key", "person_id", "township", "village", "household", "teacher", "status", "name",
         "sex", "id_number", "guardians", "phone", "school", "class_name", "reason", "flags",
         "claim", "note", "proof", "candidate", "candidate_school", "candidate_row",
         "likelihood", "differs", "why"),
        pl.String(),
    ),
    "birth_date": pl.Date(),
    "proof_date": pl.Date(),
    "grade": pl.Int64(),
    "row": pl.Int64(),
}  # fmt: skip


def write_duties(rec: Reconciliation, path: Path) -> None:
    """Every open case and every proof held."""
    write_parquet(duties(rec).lazy(), path)


def duties(rec: Reconciliation) -> pl.DataFrame:
    """Every open case and every proof held (``DUTIES``)."""
    chosen = {OUT: returned.OUT_OF_SCHOOL, LACKING: returned.LACKING, HELD: returned.HELD}
    made = {form: returned.of_children(rec, described(rec, w)) for form, w in chosen.items()}
    made[REVIEW] = review_rows(rec)
    rows = [
        _kept(frame.with_columns(guardians="guardians_listed"), form)
        for form, frame in made.items()
    ]
    return pl.concat(rows).collect().with_row_index("n").cast({"n": pl.Int64}).select(*DUTIES)


def _kept(rows: pl.LazyFrame, form: str) -> pl.LazyFrame:
    there = set(rows.collect_schema())
    columns = {
        name: (pl.col(name) if name in there else pl.lit(None)).cast(dtype)
        for name, dtype in DUTIES.items()
        if name not in {"n", "form"}
    }
    return rows.select(pl.lit(form).alias("form"), **columns)


def duties_of(run: Recorded) -> pl.DataFrame:
    """What a run left, its texts without marks that turn the writing round.

    Raises:
        InputError: ``run_unreadable``, where the run is of an earlier version.
    """
    try:
        kept = pl.read_parquet(run.folder / NAME, columns=list(DUTIES))
    except (OSError, pl.exceptions.PolarsError):
        raise InputError("run_unreadable", run=run.folder.name) from None
    return kept.with_columns(pl.col(pl.String).exclude("key").str.replace_all(_TURNING, ""))
