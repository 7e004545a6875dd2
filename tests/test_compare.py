"""Levels of pairs: the first step that holds, pair by pair."""

from __future__ import annotations

import polars as pl
import pytest

from listed import records
from rosterrec.compare import compare
from rosterrec.compare.ladder import ladder
from rosterrec.frames import LEVEL, Field, Pairs, Role

STEPS = [("equal", pl.col("a")), ("slip", pl.col("b"))]


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        (True, True, "equal"), (True, None, "equal"), (False, True, "slip"),
        (None, True, "slip"), (None, None, "missing"), (False, False, "missing"),
    ],
)  # fmt: skip
def test_the_first_step_that_holds_counts(a: bool | None, b: bool | None, level: str) -> None:
    frame = pl.DataFrame({"a": [a], "b": [b]}, schema={"a": pl.Boolean, "b": pl.Boolean})
    assert frame.select(it=ladder(*STEPS, otherwise="missing"))["it"].to_list() == [level]


def test_where_no_step_holds_another_rule_may_tell() -> None:
    frame = pl.DataFrame({"a": [True, False], "b": [False, False], "rest": ["lunar", None]})
    rest = pl.col("rest").cast(LEVEL)
    found = frame.select(it=ladder(*STEPS, otherwise=rest))
    assert found["it"].to_list() == ["equal", None]


def test_no_pair_has_no_level() -> None:
    assert pl.DataFrame(schema={"a": pl.Boolean, "b": pl.Boolean}).select(
        it=ladder(*STEPS, otherwise="missing")
    ).is_empty()  # fmt: skip


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["李雨桐", "李宇彤", "单雄", "Anna Schmidt", "赵□", "阿卜杜拉·买买提", "李雨", "王雨桐"]
    rows = [{Field.NAME: name, Field.BIRTH: f"2014-05-{n:02}"} for n, name in enumerate(names, 1)]
    left, right = records(Role.REGISTRY, rows), records(Role.ROSTER, rows[::-1])
    every = Pairs(
        left.select(left="rec").join(right.select(right="rec"), how="cross").sort("left", "right")
    )
    whole = compare(every, left, right)
    monkeypatch.setattr("rosterrec.compare._CHUNK", 3)
    assert compare(every, left, right).equals(whole)
    assert whole["name_level"].n_unique() > 5


def test_names_that_differ_at_both_ends_are_different() -> None:
    pairs = {
        ("李雨桐", "王雨桐"): "given_same", ("李雨桐", "李雨"): "char_missing",
        ("张伟", "张丽"): "one_of_two", ("王伟", "张伟"): "given_alone",
        ("张雨桐", "李雪梅"): "different", ("欧阳", "司马"): "different",
    }  # fmt: skip
    left, right = (
        records(Role.REGISTRY, [{Field.NAME: pair[side]} for pair in pairs]) for side in (0, 1)
    )
    found = compare(Pairs(pl.DataFrame({"left": left["rec"], "right": right["rec"]})), left, right)
    assert found["name_level"].to_list() == list(pairs.values())
