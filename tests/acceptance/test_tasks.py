"""Task workbooks: whom they are for, what they show, and how they come back."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from .outcome import Run, rosterrec
from .test_decide import decide, fill, standing
from .township import Township, child, citizen

HAN, YU, MA = citizen("20140601", 26), citizen("20130402", 31), citizen("20120711", 45)


@pytest.fixture
def run(town: Township) -> Run:
    lists = town.neighbour().police(
        child("王梓涵", HAN, village="上溪村", household="H1"),
        child("于小满", YU, village="上溪村", household="H2"),
        child("马小军", MA, village="下溪村", household=HAN),
    )
    claim = f"外地，证号{MA}"
    return (
        lists.ledger(child("马小军", MA, destination="县外", proof="否", note=claim))
        .roster("青溪小学", "四(9)班", child("王子涵", birth="2014-06-01"))
        .match()
    )


def handed_out(run: Run, *flags: str) -> dict[str, Path]:
    result = rosterrec("tasks", str(run.folder), "--lang", "zh", *flags)
    assert result.exit_code == 0, result.output
    return {path.name: path for path in sorted((run.folder / "tasks").iterdir())}


def words(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(c) for page in book for row in page.values for c in row if c is not None)


def test_a_village_gets_its_open_cases_and_no_others(run: Run) -> None:
    made = handed_out(run)
    assert list(made) == ["000-发放清单.xlsx", "001-上溪村.xlsx", "002-下溪村.xlsx"]
    assert openpyxl.load_workbook(made["001-上溪村.xlsx"]).sheetnames[:3] == [
        "任务单", "未在校", "待核对",
    ]  # fmt: skip
    assert "未取证" in openpyxl.load_workbook(made["002-下溪村.xlsx"]).sheetnames
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in made.values())


def test_no_number_name_or_birthday_leaves_the_office_nor_a_hash_of_them(run: Run) -> None:
    for path in handed_out(run).values():
        told = words(path)
        for hidden in (HAN, YU, MA, "王梓涵", "于小满", "2014-06-01", "population."):
            assert hidden not in told


def test_what_is_filled_in_comes_back_as_if_into_the_runs_own_workbook(
    town: Township, run: Run
) -> None:
    made = handed_out(run)
    returned = town.folder.parent / "交回"
    returned.mkdir()
    for name in ("001-上溪村.xlsx", "002-下溪村.xlsx"):
        shutil.copy(made[name], returned)
    fill(returned / "001-上溪村.xlsx", **{"待核对__王*涵__判定": "同一人"})
    fill(returned / "001-上溪村.xlsx", **{"未在校__于*满__认定去向": "辍学"})
    fill(returned / "002-下溪村.xlsx", **{"未取证__马*军__取证日期": "2024-10-10"})
    for name in ("001-上溪村.xlsx", "002-下溪村.xlsx"):
        decide(returned / name, "--folder", str(town.folder))
    assert sorted(standing(town)) == [("pair", "same"), ("proof", "held"), ("status", "dropout")]
    again = town.match()
    assert again.status("王梓涵") == "local"
    assert again.status("于小满") == "dropout"


def test_a_workbook_whose_run_is_gone_is_named_not_guessed(town: Township, run: Run) -> None:
    made = handed_out(run)
    path = town.folder.parent / "交回.xlsx"
    shutil.copy(made["001-上溪村.xlsx"], path)
    fill(path, **{"未在校__于*满__认定去向": "辍学"})
    (run.folder / "duties.parquet").unlink()
    result = rosterrec("decide", str(path), "--lang", "zh", "--folder", str(town.folder))
    assert result.exit_code == 2
    assert "已找不到的比对结果" in result.output
    assert standing(town) == []


def test_nothing_filled_in_is_overwritten_and_no_list_folder_is_written_to(
    town: Township, run: Run
) -> None:
    handed_out(run)
    assert rosterrec("tasks", str(run.folder)).exit_code == 2
    for among in (town.folder, town.folder / "任务"):
        assert rosterrec("tasks", str(run.folder), "-o", str(among)).exit_code == 2
        assert not (town.folder / "任务").exists()


def test_teachers_named_share_the_families(run: Run) -> None:
    assert rosterrec("tasks", str(run.folder), "--by", "teacher").exit_code == 2
    made = handed_out(run, "--by", "teacher", "--teacher", "李老师", "--teacher", "周老师")
    assert list(made) == ["000-发放清单.xlsx", "001-包保教师.xlsx", "002-包保教师.xlsx"]
    assert "李老师" in words(made["000-发放清单.xlsx"])


def test_packages_under_a_password_open_with_it_alone_and_come_back(
    town: Township, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = rosterrec("tasks", str(run.folder), "--lang", "zh", "--password-env", "KEYWORD")
    assert (missing.exit_code, "KEYWORD" in missing.output) == (2, True)
    assert rosterrec("tasks", str(run.folder), "--ask-password").exit_code == 2
    assert not (run.folder / "tasks").exists()
    monkeypatch.setenv("KEYWORD", "山高水长9")
    made = handed_out(run, "--password-env", "KEYWORD")
    assert all(path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0" for path in made.values())
    path = made["002-下溪村.xlsx"]
    opened = BytesIO()
    locked = msoffcrypto.OfficeFile(BytesIO(path.read_bytes()))
    locked.load_key(password="山高水长9", verify_password=True)
    locked.decrypt(opened, verify_integrity=True)
    plain = town.folder.parent / "开.xlsx"
    plain.write_bytes(opened.getvalue())
    fill(plain, **{"未取证__马*军__取证日期": "2024-10-10"})
    back = BytesIO()
    OOXMLFile(BytesIO(plain.read_bytes())).encrypt("山高水长9", back)
    returned = town.folder.parent / "回.xlsx"
    returned.write_bytes(back.getvalue())
    refused = rosterrec("decide", str(returned), "--folder", str(town.folder))
    assert (refused.exit_code, standing(town)) == (2, [])
    monkeypatch.setenv("ROSTERREC_PASSWORD", "山高水长9")
    decide(returned, "--folder", str(town.folder))
    assert standing(town) == [("proof", "held")]
