import polars as pl
import pytest

from rosterrec import grades


@pytest.mark.parametrize(
    ("text", "school", "expected"),
    [
        ("三年级", "青溪小学", 3),
        ("1年级", "青溪小学", 1),
        ("初一", None, 7),
        ("七年级", "青溪初中", 7),
        ("高二", "县一中", 11),
        ("三(2)班", None, 3),
        ("302班", None, 3),
        ("八.3", None, 8),
        ("2021级", "青溪小学", 4),
        ("小学2021级", None, 4),
        ("初中2023级", None, 8),
        ("2023级3班", "青溪初级中学", 8),
        ("(3)班", None, None),
        (None, "青溪小学", None),
    ],
)
def test_grade_text_is_read_through_the_years(
    text: str | None, school: str | None, expected: int | None
) -> None:
    frame = pl.DataFrame({"t": [text], "s": [school]}, schema={"t": pl.String, "s": pl.String})
    assert frame.select(grades.grade(pl.col("t"), pl.col("s"), 2024)).item() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三(2)班", "2"),
        ("三（十一）班", "11"),
        ("302班", "2"),
        ("八.3", "3"),
        ("2班", "2"),
        ("七年级1班", "1"),
        ("9年级(3)班", "3"),
        ("2021级3班", "3"),
        ("向阳班", "向阳"),
        ("三年级", None),
        (None, None),
    ],
)
def test_class_is_a_number_within_its_grade(text: str | None, expected: str | None) -> None:
    frame = pl.DataFrame({"t": [text]}, schema={"t": pl.String})
    assert frame.select(grades.class_number(pl.col("t"))).item() == expected


def test_entry_date_gives_the_grade_of_the_kind_of_school() -> None:
    frame = pl.DataFrame(
        {
            "e": ["202209", "202209", "202209", "1999"],
            "s": ["青溪小学", "青溪初中", "县高级中学", "x"],
        }
    )
    found = frame.select(grades.from_entry(pl.col("e"), pl.col("s"), 2024)).to_series().to_list()
    assert found == [3, 9, 12, None]
