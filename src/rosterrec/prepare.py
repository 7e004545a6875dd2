"""From lists as read to records, with every row of every list accounted for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from rosterrec.frames import Receipt, Records, Rejects, Role, Schools
from rosterrec.normalise import normalise_all, school_directory
from rosterrec.read import ReadResult
from rosterrec.settings import Settings

PERSON_ROLES = tuple(role for role in Role if role is not Role.SCHOOLS)


@dataclass(frozen=True)
class Prepared:
    """Records of each role, the school directory, all rejects, and receipts that count them."""

    records: dict[Role, Records]
    schools: Schools
    rejects: Rejects
    receipts: tuple[Receipt, ...]


def prepare(lists: ReadResult, settings: Settings) -> Prepared:
    """The records of all lists; rows in are rows used and rows rejected, list by list and in all.

    Raises:
        AssertionError: they are not; a fault of the program, not of the data.
    """
    made = normalise_all({role: lists.raw[role] for role in PERSON_ROLES}, settings)
    records = {role: of_role for role, (of_role, _) in made.items()}
    schools, nameless = school_directory(lists.raw[Role.SCHOOLS])
    rejects = [lists.rejects, *(refused for _, refused in made.values()), nameless]
    every = pl.concat(rejects).sort("file", "sheet", "row", "problem")
    receipts, named = _settled(lists.receipts, every)
    _account(receipts, records, schools, named)
    return Prepared(records, schools, Rejects(named), receipts)


def _settled(
    receipts: Iterable[Receipt], rejects: pl.DataFrame
) -> tuple[tuple[Receipt, ...], pl.DataFrame]:
    """Receipts with what was rejected in the end; rejects with the heading of their column."""
    settled: list[Receipt] = []
    parts = [rejects.clear()]
    for receipt in receipts:
        mine = rejects.filter(
            (pl.col("file") == receipt.file)
            & (pl.col("sheet") == receipt.sheet)
            & pl.col("row").is_between(receipt.header_row, receipt.last_row)
        )
        problems = dict(sorted(mine["problem"].value_counts().iter_rows()))
        used = receipt.rows - len(mine)
        settled.append(replace(receipt, used=used, rejected=len(mine), problems=problems))
        headings = {field: heading for field, heading in receipt.mapping.items() if heading}
        parts.append(mine.with_columns(pl.col("column").replace(headings)))
    return tuple(settled), pl.concat(parts).sort("file", "sheet", "row", "problem")


def _account(
    receipts: Iterable[Receipt],
    records: dict[Role, Records],
    schools: Schools,
    rejects: pl.DataFrame,
) -> None:
    """Prove that every row that was read is a record or a reject."""
    used = {role: len(frame) for role, frame in records.items()} | {Role.SCHOOLS: len(schools)}
    told = dict.fromkeys(used, 0)
    refused = 0
    for receipt in receipts:
        told[receipt.role] += receipt.used
        refused += receipt.rejected
    if told != used or refused != len(rejects):
        raise AssertionError("rows used and rejected do not add up to the rows read")
