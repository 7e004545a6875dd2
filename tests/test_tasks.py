"""Who gets which duty."""

from __future__ import annotations

import polars as pl
import pytest

from rosterrec import frames
from rosterrec.errors import InputError
from rosterrec.report.duties import DUTIES
from rosterrec.report.policy import Policy
from rosterrec.report.sampling import draw, wilson
from rosterrec.report.tasks.assigned import By, packages, with_teacher
from rosterrec.report.tasks.book import shown_to


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


def proofs(*schools: str) -> pl.DataFrame:
    return duties(*(
        {"school": school, "key": f"0@- population.a.{n}.c.d - outside"}
        for n, school in enumerate(schools)
    ))  # fmt: skip


def test_a_draw_takes_so_many_of_each_school_and_half_as_many_in_reserve() -> None:
    drawn = draw(proofs(*["甲"] * 20, *["乙"] * 3), 5, "s", ())
    told = drawn.group_by("school").agg(pl.len(), reserve=pl.col("is_reserve").sum()).sort("school")
    assert told.rows() == [("乙", 3, 0), ("甲", 8, 3)]


def test_the_seed_alone_decides_the_draw_not_the_order_of_the_rows() -> None:
    rows = proofs(*["甲"] * 40)
    drawn = [draw(r, 5, "s", ())["key"].to_list() for r in (rows, rows.reverse())]
    assert drawn[0] == drawn[1]
    assert drawn[0] != draw(rows, 5, "t", ())["key"].to_list()


def test_who_was_checked_lately_is_not_drawn() -> None:
    rows = proofs(*["甲"] * 4)
    spared = {"population.a.0.c.d", "population.a.2.c.d"}
    assert set(draw(rows, 5, "s", spared)["n"]) == {1, 3}


@pytest.mark.parametrize(
    ("false", "tested", "low", "high"),
    [(0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (10, 10, 0.7225, 1.0), (5, 50, 0.0435, 0.2136)],
)
def test_the_interval_is_wilsons(false: int, tested: int, low: float, high: float) -> None:
    assert wilson(false, tested) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("lang", "shown"), [("zh", "王建国、李芳"), ("en", "王建国, 李芳")])
def test_guardians_are_listed_as_the_language_lists(lang: str, shown: str) -> None:
    row = pl.DataFrame({"n": [1], "guardians": ["王建国|李芳"], "claim": [None], "note": [None]})
    duties = frames.conform(row, DUTIES)
    assert shown_to(duties, Policy.FULL, "0" * 12, lang)["guardians"].to_list() == [shown]
