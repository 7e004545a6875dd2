"""What scripts read: ``people.parquet``, ``links.parquet``, ``summary.json``, ``run.json``."""

from __future__ import annotations

import errno
import json
import os
import re
from itertools import accumulate
from pathlib import Path
from typing import Any

import polars as pl

from rosterrec import frames
from rosterrec.frames import FEATURES, GROUP_OF, Group, Proof
from rosterrec.reconciliation import Reconciliation

#: Columns of ``cases.parquet``.
CASES = {
    column: frames.PEOPLE[column]
    for column in (
        "person_id", "township", "teacher", "claim", "attempts", "proof_date", "proof_false_on",
        "note",
    )
}  # fmt: skip
_OPEN = (Group.OUT, Group.REVIEW)


def write_people(rec: Reconciliation, path: Path) -> None:
    """One row per person of the population list, in list order, with the contract's columns."""
    write_parquet(rec.people.lazy().select(*frames.PEOPLE_PUBLIC), path)


def write_cases(rec: Reconciliation, path: Path) -> None:
    """What the lists say beside ``people.parquet`` of children whose case is open, for reports."""
    open_ = pl.col("status").is_in([str(s) for s, g in GROUP_OF.items() if g in _OPEN])
    lacking = pl.col("proof").is_in([str(Proof.MISSING), str(Proof.EXPIRED)])
    write_parquet(rec.people.lazy().filter(open_ | lacking).select(*CASES), path)


def write_links(rec: Reconciliation, path: Path) -> None:
    """Every accepted, open and nearest rejected pair, with level and weight of each feature."""
    write_parquet(placed_links(rec), path)


def placed_links(rec: Reconciliation) -> pl.LazyFrame:
    """The links with file, sheet and row of both sides in place of record numbers, in that order.

    Only the order is worked out at once. The rows are put together as they are written: the links
    of a million people are wide enough to fill a small machine.
    """
    places = _places(rec)
    begins = _begins(rec)
    sides = {side: places[_all_numbered(rec.links, side, begins)] for side in ("left", "right")}
    # One number for both ranks: sorted ten times as fast as eight columns of text.
    ranks = int(places.select(pl.col("rank").max().fill_null(0)).item()) + 1
    rank = sides["left"]["rank"] * ranks + sides["right"]["rank"]

    def taken(batch: pl.DataFrame) -> pl.DataFrame:
        at = batch["link"]
        parts = [_rows(rec.links, at).drop("left", "right")]
        for side, placed in sides.items():
            parts.append(_rows(placed, at).drop("rank").select(pl.all().name.prefix(f"{side}_")))
        rows = pl.concat(parts, how="horizontal").select(_LINK_COLUMNS)
        return rows.with_columns(pl.col(pl.Enum).cast(pl.String))

    order = rank.arg_sort().to_frame("link")
    schema = taken(order.clear()).schema
    return order.lazy().map_batches(taken, schema=schema, streamable=True)


def _rows(frame: pl.DataFrame, at: pl.Series) -> pl.DataFrame:
    """The rows of these numbers; those that stand together are not moved."""
    together = len(at) > 0 and at[-1] - at[0] + 1 == len(at) and at.is_sorted()
    return frame.slice(at[0], len(at)) if together else frame[at]


def _all_numbered(links: pl.DataFrame, side: str, begins: dict[str, int]) -> pl.Series:
    """The record of each link, numbered among the records of all roles."""
    begin = pl.col(f"{side}_source").replace_strict(begins, return_dtype=pl.Int64)
    return links.select(pl.col(side) + begin).to_series()


def _begins(rec: Reconciliation) -> dict[str, int]:
    """Where the records of each role begin among all of them."""
    sizes = [len(records) for records in rec.records.values()]
    return dict(zip(map(str, rec.records), accumulate(sizes, initial=0), strict=False))


def _places(rec: Reconciliation) -> pl.DataFrame:
    """``file, sheet, row`` of every record, role after role, and by what all of them are sorted."""
    places = pl.concat(
        records.select("file", "sheet", "row", source=pl.lit(str(role)))
        for role, records in rec.records.items()
    )
    sheet = pl.col("source", "file", "sheet")
    run = places.select(
        pl.any_horizontal(sheet.ne_missing(sheet.shift())).cum_sum().alias("run")
    ).to_series()
    runs = places.group_by(run, maintain_order=True).agg(
        sheet.first(), first=pl.col("row").min(), last=pl.col("row").max()
    )
    begins = _ahead_of_sheets(runs)
    return places.select("file", "sheet", "row", rank=begins.gather(run - 1) + pl.col("row"))


def _ahead_of_sheets(runs: pl.DataFrame) -> pl.Series:
    """What is added to the row numbers of each run of a sheet, so that sheets are in order."""
    sheet = ["source", "file", "sheet"]
    sheets = runs.group_by(sheet).agg(pl.col("first").min(), pl.col("last").max()).sort(sheet)
    rows = pl.col("last") - pl.col("first") + 1
    ahead = sheets.select(*sheet, ahead=rows.cum_sum() - rows - pl.col("first"))
    return runs.join(ahead, on=sheet, how="left", nulls_equal=True, maintain_order="left")["ahead"]


_OS_ERROR = re.compile(r"os error (\d+)")
_LINK_COLUMNS = [
    "left_source", "left_file", "left_sheet", "left_row",
    "right_source", "right_file", "right_sheet", "right_row",
    "weight", "probability", "runner_up", "basis", "decision",
    *(f"{feature}_level" for feature in FEATURES),
    *(f"{feature}_weight" for feature in FEATURES),
]  # fmt: skip


def write_parquet(frame: pl.LazyFrame, path: Path) -> None:
    """Parquet with fixed settings, so that the same rows are the same bytes.

    Raises:
        OSError: the file could not be written; Polars calls that a fault of computation.
    """
    try:
        frame.sink_parquet(
            path, compression="zstd", compression_level=1, statistics=False, row_group_size=100_000
        )
    except pl.exceptions.ComputeError as error:
        if not str(error).startswith("parquet: "):
            raise
        said = _OS_ERROR.search(str(error))
        number = int(said[1]) if said else errno.EIO
        raise OSError(number, os.strerror(number)) from None


def write_summary(figures: dict[str, Any], path: Path) -> None:
    """The figures as UTF-8 JSON."""
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8")


def write_run(facts: dict[str, Any], path: Path) -> None:
    """The facts that differ from run to run: clock, timings, run id."""
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", "utf-8")
