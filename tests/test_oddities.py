"""Lists that nobody means to hand over are named."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.frames import Finding, Receipt, Records, Role
from rosterrec.oddities import oddities


def records(**columns: list[str | None]) -> Records:
    full = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return Records(frames.conform(full.with_columns(file=pl.lit("a.csv")), frames.RECORDS))


def receipt(rows: int, used: int, repeated: int = 0) -> Receipt:
    problems = {"repeated_person": repeated} if repeated else {}
    return Receipt(
        "a.csv", "", "csv", "utf-8", Role.REGISTRY, "headings", 1, {}, (), rows, used, rows - used,
        problems=problems,
    )  # fmt: skip


def of(rows: Records, read: Receipt | None = None) -> tuple[Finding, ...]:
    return oddities({Role.REGISTRY: rows}, [read] if read else [])


def test_a_list_of_names_and_numbers_is_nothing_odd() -> None:
    assert of(records(name_key=["甲", None], id=[None, "1"]), receipt(2, 2)) == ()


def test_a_list_that_holds_nobody() -> None:
    assert of(records(), receipt(0, 0)) == (Finding("list_empty", {"file": "a.csv", "n": 0}),)


def test_one_row_many_times() -> None:
    found = of(records(name_key=["甲"], id=["1"]), receipt(10, 1, repeated=9))
    assert found == (Finding("list_repeats", {"file": "a.csv", "n": 9}),)


def test_a_row_that_comes_twice_is_nothing_odd() -> None:
    assert of(records(name_key=["甲"], id=["1"]), receipt(10, 9, repeated=1)) == ()


def test_no_name_at_all() -> None:
    found = of(records(name_key=[None, None], id=["1", "2"]))
    assert found == (Finding("list_nameless", {"file": "a.csv", "n": 2}),)


def test_no_number_at_all() -> None:
    found = of(records(name_key=["甲", "乙"], id=[None, None]))
    assert found == (Finding("list_numberless", {"file": "a.csv", "n": 2}),)


def test_what_is_left_of_a_number_is_one() -> None:
    assert of(records(name_key=["甲"], id_part=["34992120140305"])) == ()
