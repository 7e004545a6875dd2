"""Rows of a sheet, whether they are persons: each by itself, however many there are."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rosterrec.read import rows
from rosterrec.read.sheet import Source, read_sheet
from rosterrec.read.table import Table

LIST = [
    ["姓名", "性别", "班级"],
    ["王伟", "男", "1班"],
    ["李明", "男", "1班"],
    ["姓名", "性别", "班级"],
    ["张静", "女", "2班"],
    ["上溪村", None, None],
    ["赵磊", "男", "2班"],
    ["合计", None, "4人"],
]


@pytest.mark.parametrize("at_a_time", [1, 2, 3, 100])
def test_a_row_is_judged_the_same_in_whatever_slice_it_stands(
    monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(rows, "_AT_A_TIME", at_a_time)
    cells = pl.DataFrame(LIST, schema={f"c{i}": pl.String for i in range(3)}, orient="row")
    table = Table("", cells.with_columns(row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)))
    source = Source("名册.csv", "csv", "utf-8", dt.date(2024, 10, 15))
    (sheet,) = read_sheet(table, source)
    assert sheet.raw["name"].to_list() == ["王伟", "李明", "张静", "赵磊"]
    assert sheet.rejects.sort("row").select("row", "problem").rows() == [
        (4, "repeated_header"), (6, "section"), (8, "footer"),
    ]  # fmt: skip
