"""Who gets which duty."""

from __future__ import annotations

import polars as pl
import pytest

from rosterrec.errors import InputError
from rosterrec.report.duties import DUTIES
from rosterrec.report.tasks.assigned import By, packages, with_teacher


def duties(*rows: dict[str, object]) -> pl.DataFrame:
    full = [
        {"n": n, "person_id": f"P{n}", "form": "out_of_school", **r} for n, r in enumerate(rows)
    ]
    return pl.DataFrame(full, schema=DUTIES)


def teachers(frame: pl.DataFrame, *named: str) -> list[str]:
    return with_teacher(frame, named)["teacher"].to_list()


def test_siblings_stay_with_the_teacher_of_one_of_them() -> None:
    rows = duties(
        {"household": "H1", "teacher": "甲", "village": "上"},
        {"household": "H1", "village": "上"},
        {"household": "H2", "teacher": "乙", "village": "上"},
    )
    assert teachers(rows) == ["甲", "甲", "乙"]


def test_a_family_without_a_teacher_goes_to_the_least_busy_of_its_village() -> None:
    rows = duties(
        {"household": "H1", "teacher": "甲", "village": "上"},
        {"household": "H2", "teacher": "甲", "village": "上"},
        {"household": "H3", "teacher": "乙", "village": "上"},
        {"household": "H4", "teacher": "丙", "village": "下"},
        {"household": "H5", "village": "上"},
        {"household": "H5", "village": "上"},
    )
    assert teachers(rows)[4:] == ["乙", "乙"]


def test_families_are_shared_evenly_among_teachers_named() -> None:
    rows = duties(*({"household": f"H{n // 2}"} for n in range(12)))
    shared = teachers(rows, "甲", "乙", "丙")
    assert sorted(shared.count(name) for name in "甲乙丙") == [4, 4, 4]
    assert all(shared[n] == shared[n + 1] for n in range(0, 12, 2))


def test_nobody_to_take_a_family_is_refused() -> None:
    with pytest.raises(InputError) as refusal:
        with_teacher(duties({"household": "H1"}))
    assert refusal.value.code == "no_teachers"


def test_villages_of_one_name_in_two_towns_are_two_packages() -> None:
    rows = duties(
        {"township": "青溪镇", "village": "新村"}, {"township": "柳河镇", "village": "新村"}, {}
    )
    assert [key for key, _ in packages(rows, By.VILLAGE)] == [
        ("柳河镇", "新村"), ("青溪镇", "新村"), ("", ""),
    ]  # fmt: skip
