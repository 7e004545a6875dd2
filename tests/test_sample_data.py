"""The sample township: built the same every time, and true to what it claims."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from rosterrec.frames import Flag, Proof, Status

SAMPLE = Path(__file__).parents[1] / "sample_data"
MONTHS = ("2024-10", "2024-11")
EXPECTED = SAMPLE / "expected"


def rows_of(name: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def built_files(root: Path) -> list[Path]:
    return sorted(
        path.relative_to(root)
        for part in (*MONTHS, "expected")
        for path in (root / part).rglob("*")
        if path.is_file()
    )


def content(path: Path) -> object:
    """The bytes; of a workbook the bytes of its parts, since zlib builds pack differently."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return {part: book.read(part) for part in book.namelist()}


def cells_of(month: str) -> dict[tuple[str, str, int], list[object]]:
    """Every workbook row of a month by file, sheet and the row number a person sees."""
    found: dict[tuple[str, str, int], list[object]] = {}
    for path in sorted((SAMPLE / month).glob("*.xls*")):
        if path.read_bytes()[:5] == b"<html":
            continue
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found |= {(path.name, name, row): line for row, line in enumerate(lines, 1)}
    return found


def is_valid_id(number: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(number[:17], weights, strict=True))
    datetime.strptime(number[6:14], "%Y%m%d")
    return len(number) == 18 and number[17] == "10X98765432"[total % 11]


def test_a_rebuild_gives_the_committed_files(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLE / "make.py"), str(tmp_path)], check=True)
    assert built_files(tmp_path) == built_files(SAMPLE)
    differ = [
        str(name)
        for name in built_files(SAMPLE)
        if content(tmp_path / name) != content(SAMPLE / name)
    ]
    assert differ == []


def test_the_lists_stay_under_three_megabytes() -> None:
    sizes = [p.stat().st_size for month in MONTHS for p in (SAMPLE / month).iterdir()]
    assert sum(sizes) < 3_000_000


def test_october_has_3125_elsewhere_and_five_unproven_four_of_them_one_family() -> None:
    truth = rows_of("2024-10.csv")
    elsewhere = [r for r in truth if r["status"] in {Status.COUNTY, Status.OUTSIDE}]
    unproven = [r for r in elsewhere if r["proof"] in {Proof.MISSING, Proof.EXPIRED}]
    assert len(elsewhere) == 3125
    assert Counter(r["case"] for r in unproven) == {"43": 4, "40": 1}
    cells = cells_of("2024-10")
    households = {
        cells["户籍人口.xlsx", "户籍", int(r["row"])][1] for r in unproven if r["case"] == "43"
    }
    assert len(households) == 1


def test_every_status_occurs_and_every_code_is_known() -> None:
    truth = rows_of("2024-10.csv")
    assert {r["status"] for r in truth} == set(Status)
    for month in MONTHS:
        rows = rows_of(f"{month}.csv")
        assert {r["status"] for r in rows} <= set(Status)
        assert {r["proof"] for r in rows} <= set(Proof)
        assert {f for r in rows for f in r["flags"].split(",") if f} <= set(Flag)


def test_every_acceptance_case_has_people() -> None:
    for month in MONTHS:
        rows = rows_of(f"{month}.csv") + rows_of(f"outsiders_{month}.csv")
        assert {int(r["case"]) for r in rows if r["case"]} == set(range(1, 46))


def test_few_children_are_left_to_a_person() -> None:
    for month in MONTHS:
        truth = rows_of(f"{month}.csv")
        allowed = sum(r["review_allowed"] == "true" for r in truth)
        assert 0 < allowed <= 0.015 * len(truth)


@pytest.mark.parametrize("month", MONTHS)
def test_police_numbers_are_unique_valid_and_of_no_real_district(month: str) -> None:
    numbers = [r["id_number"] for r in rows_of(f"{month}.csv")]
    assert len(set(numbers)) == len(numbers)
    assert all(n.startswith(("349921", "349922")) and is_valid_id(n) for n in numbers)


@pytest.mark.parametrize("month", MONTHS)
def test_no_list_holds_a_number_of_a_real_district(month: str) -> None:
    text = "\n".join(str(cell) for line in cells_of(month).values() for cell in line)
    text += (SAMPLE / month / "名册_青溪小学三(2)班.xls").read_text(encoding="gbk")
    if month == "2024-11":
        text += (SAMPLE / month / "学籍库.csv").read_text(encoding="gb18030")
    text = unicodedata.normalize("NFKC", text)
    long_numbers = re.findall(r"(?<!\d)\d{17}[\dXx]", text)
    assert len(long_numbers) > 4000
    assert {n[:4] for n in long_numbers} == {"3499"}
    assert all(phone[3:7] == "0000" for phone in re.findall(r"(?<!\d)1\d{10}(?!\d)", text))


def test_truth_rows_point_at_the_children_they_name() -> None:
    for month in MONTHS:
        cells = cells_of(month)
        for truth in rows_of(f"{month}.csv"):
            line = cells[truth["file"], truth["sheet"], int(truth["row"])]
            assert [line[4], line[9]] == [truth["name"], truth["id_number"]]


def test_links_point_at_rows_of_the_right_children() -> None:
    cells = cells_of("2024-10")
    links = [r for r in rows_of("links_2024-10.csv") if r["right_file"] == "学籍库.xls"]
    same = 0
    for link in links:
        left = cells[link["left_file"], link["left_sheet"], int(link["left_row"])]
        right = cells[link["right_file"], link["right_sheet"], int(link["right_row"])]
        same += left[9] == right[6]
    assert len(links) > 1500
    assert 0.93 < same / len(links) < 1


def test_changes_follow_people_across_months() -> None:
    first, second = ({r["person"]: r for r in rows_of(f"{m}.csv")} for m in MONTHS)
    changes = rows_of("changes.csv")
    for row in changes:
        person, change = row["person"], row["change"]
        if change in {"moved_in", "born_into_range"}:
            assert person not in first
            assert person in second
        elif change in {"moved_out", "aged_out"}:
            assert person in first
            assert person not in second
        else:
            assert person in first
            assert person in second
    gone_or_new = {"moved_in", "born_into_range", "moved_out", "aged_out"}
    noted = {r["person"] for r in changes}
    assert first.keys() ^ second.keys() == {
        r["person"] for r in changes if r["change"] in gone_or_new
    }
    kept = first.keys() & second.keys()
    moved = {p for p in kept if first[p]["status"] != second[p]["status"]}
    assert moved <= noted
