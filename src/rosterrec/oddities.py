"""Lists that no clerk means to hand over: empty, without a name or a number, or one row many times.

They are read and linked as far as they go; what is odd of them is said beside the figures, which it
explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from rosterrec.frames import Finding, Receipt, Records, Role


def oddities(records: Mapping[Role, Records], receipts: Iterable[Receipt]) -> tuple[Finding, ...]:
    """What the clerk must know of whole lists.

    Returns:
        ``list_empty`` (no row that can be used), ``list_repeats`` (half the rows or more repeat a
        person), ``list_nameless`` (no row has a name), ``list_numberless`` (no row of any such list
        has an ID number or what is left of one), each with ``file`` and ``n`` rows.
    """
    found: list[Finding] = []
    for receipt in receipts:
        again = receipt.problems.get("repeated_person", 0)
        facts = {"file": receipt.file, "n": receipt.rows}
        if receipt.role in records and not receipt.used and not receipt.hidden:
            found.append(Finding("list_empty", facts))
        elif again and 2 * again >= receipt.rows:
            found.append(Finding("list_repeats", {**facts, "n": again}))
    for rows in records.values():
        found += _nameless(rows)
        if len(rows) and not _numbered(rows):
            found.append(Finding("list_numberless", {"file": rows["file"][0], "n": len(rows)}))
    return tuple(found)


def _nameless(rows: Records) -> list[Finding]:
    """One finding for each file without a single name."""
    files = rows.group_by("file").agg(n=pl.len(), named=pl.col("name_key").is_not_null().any())
    return [
        Finding("list_nameless", {"file": file, "n": n})
        for file, n in files.filter(~pl.col("named")).sort("file").select("file", "n").iter_rows()
    ]


def _numbered(rows: Records) -> bool:
    """Some row has a number, or a part of one."""
    known = pl.any_horizontal(pl.col("id", "id_part", "old_id").is_not_null())
    return bool(rows.select(known.any()).item())
