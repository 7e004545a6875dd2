"""Task workbooks: whom they are for, what they show, and how they come back."""

from __future__ import annotations

import shutil
import zipfile
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
    assert list(made) == [
        "000-发放清单.xlsx", "001-上溪村.xlsx", "002-下溪村.xlsx", "tasks.json",
    ]  # fmt: skip
    assert openpyxl.load_workbook(made["001-上溪村.xlsx"]).sheetnames[:3] == [
        "任务单", "未在校", "待核对",
    ]  # fmt: skip
    assert "未取证" in openpyxl.load_workbook(made["002-下溪村.xlsx"]).sheetnames
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in made.values())


def test_no_number_name_or_birthday_leaves_the_office_nor_a_hash_of_them(run: Run) -> None:
    for path in handed_out(run).values():
        told = words(path) if path.suffix == ".xlsx" else path.read_text("utf-8")
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


def test_a_package_prints_in_letters_one_can_read_and_says_on_each_page_whose_it_is(
    run: Run,
) -> None:
    book = openpyxl.load_workbook(handed_out(run)["001-上溪村.xlsx"])
    for title in ("未在校", "待核对"):
        page = book[title]
        heads = [cell.value for cell in page[3]]
        assert (page.page_setup.fitToWidth, page.page_setup.orientation) == (2, "landscape")
        assert "$A" in page.print_title_cols
        assert "上溪村" in str(page.oddFooter.left.text)
        # The cover says the village; of the number nothing would be left but the area code.
        assert not {"村", "身份证号"} & set(heads)
        assert page.row_dimensions[4].height >= 26


def test_the_cover_counts_cases_and_the_days_they_are_open(town: Township, run: Run) -> None:
    later = town.match(as_of="2024-12-01")
    page = openpyxl.load_workbook(handed_out(later)["001-上溪村.xlsx"])["任务单"]
    assert list(page.iter_rows(min_row=4, max_col=5, values_only=True)) == [
        ("情况", "个案", "孩子", "超过30天", "最长天数"),
        ("未在校", 1, 1, 1, 47),
        ("待核对", 1, 1, 1, 47),
        ("合计", 2, 2, 2, 47),
    ]


def test_match_takes_in_what_was_filled_into_a_package_in_the_runs_folder(
    town: Township, run: Run
) -> None:
    path = handed_out(run)["001-上溪村.xlsx"]
    fill(path, **{"待核对__王*涵__判定": "同一人"})
    before = path.read_bytes()
    assert rosterrec("tasks", str(run.folder)).exit_code == 2
    again = town.match()
    assert standing(town) == [("pair", "same")]
    assert again.status("王梓涵") == "local"
    assert path.read_bytes() == before
    assert town.match().folder == again.folder


def test_packages_that_nobody_touched_are_not_spoken_of(town: Township, run: Run) -> None:
    handed_out(run)
    result = rosterrec("match", str(town.folder), "--as-of", "2024-10-15", "--lang", "zh")
    assert result.exit_code == 0
    assert "溪村.xlsx" not in result.output
    assert "发放清单" not in result.output


def test_match_opens_a_returned_package_under_the_password_it_is_given(
    town: Township, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTERREC_PASSWORD", "山高水长9")
    path = handed_out(run, "--password-env", "ROSTERREC_PASSWORD")["002-下溪村.xlsx"]
    filled_under(path, "山高水长9", **{"未取证__马*军__取证日期": "2024-10-10"})
    monkeypatch.delenv("ROSTERREC_PASSWORD")
    town.match()
    assert standing(town) == []
    monkeypatch.setenv("ROSTERREC_PASSWORD", "山高水长9")
    town.match()
    assert standing(town) == [("proof", "held")]


def filled_under(path: Path, word: str, **cells: str) -> None:
    """Fill in a workbook under a password, as a village would, and put it under it again."""
    opened, sealed = BytesIO(), BytesIO()
    locked = msoffcrypto.OfficeFile(BytesIO(path.read_bytes()))
    locked.load_key(password=word, verify_password=True)
    locked.decrypt(opened, verify_integrity=True)
    path.write_bytes(opened.getvalue())
    fill(path, **cells)
    OOXMLFile(BytesIO(path.read_bytes())).encrypt(word, sealed)
    path.write_bytes(sealed.getvalue())


def test_teachers_named_share_the_families(run: Run) -> None:
    assert rosterrec("tasks", str(run.folder), "--by", "teacher").exit_code == 2
    made = handed_out(run, "--by", "teacher", "--teacher", "李老师", "--teacher", "周老师")
    assert list(made) == [
        "000-发放清单.xlsx", "001-包保教师.xlsx", "002-包保教师.xlsx", "tasks.json",
    ]  # fmt: skip
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
    books = [path for name, path in made.items() if name.endswith(".xlsx")]
    assert all(path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0" for path in books)
    path = made["002-下溪村.xlsx"]
    returned = town.folder.parent / "回.xlsx"
    shutil.copy(path, returned)
    filled_under(returned, "山高水长9", **{"未取证__马*军__取证日期": "2024-10-10"})
    refused = rosterrec("decide", str(returned), "--folder", str(town.folder))
    assert (refused.exit_code, standing(town)) == (2, [])
    monkeypatch.setenv("ROSTERREC_PASSWORD", "山高水长9")
    decide(returned, "--folder", str(town.folder))
    assert standing(town) == [("proof", "held")]


def test_the_runs_own_workbook_can_be_under_a_password_and_still_be_taken_in(
    town: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTERREC_PASSWORD", "山高水长9")
    town.neighbour().police(child("于小满", YU))
    plain = town.match()
    assert zipfile.is_zipfile(plain.folder / "reconciliation.xlsx")
    locked = town.match("--password-env", "ROSTERREC_PASSWORD")
    assert locked.folder != plain.folder
    path = locked.folder / "reconciliation.xlsx"
    assert path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    assert town.match("--password-env", "ROSTERREC_PASSWORD").folder == locked.folder
    assert town.match().folder == locked.folder
    filled_under(path, "山高水长9", 未在校__于小满__认定去向="辍学")
    assert town.match().status("于小满") == "dropout"
    refused = rosterrec("match", str(town.folder), "--password-env", "NOWHERE", "--lang", "zh")
    assert (refused.exit_code, "NOWHERE" in refused.output) == (2, True)


def test_the_workbook_of_changes_can_be_under_a_password(
    town: Township, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEYWORD", "山高水长9")
    later, book = town.match(as_of="2024-12-01"), town.folder.parent / "变化.xlsx"
    both = (str(run.folder), str(later.folder))
    assert rosterrec("diff", *both, "-o", str(book), "--password-env", "KEYWORD").exit_code == 0
    opened = BytesIO()
    locked = msoffcrypto.OfficeFile(BytesIO(book.read_bytes()))
    locked.load_key(password="山高水长9", verify_password=True)
    locked.decrypt(opened)
    assert zipfile.is_zipfile(opened)
