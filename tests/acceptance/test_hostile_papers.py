"""Papers for the meeting made of lists that hold anything: names of all sorts, next to nobody."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from .outcome import Run, rosterrec
from .township import Township, child, citizen

SCHOOL = "青溪镇" + "某" * 56 + "学"
VILLAGES = ("=cmd|' /C calc'!A0\u202e", "+1\u200f村&L&K", "../../<script>村", "")
NAMES = ("<script>王伟", "=1+1", "@李\u202e娜", "-2+3\u2066赵")
TEACHER = '=HYPERLINK("http://x","y")\u202e'
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def run(town: Township) -> Run:
    numbers = [citizen("20140506", n) for n in (11, 12, 13, 14)]
    away = [citizen("20130402", n) for n in (21, 22, 23, 24)]
    lost = zip(NAMES, numbers, VILLAGES, strict=True)
    lacking = zip(NAMES, away, VILLAGES, strict=True)
    town.police(*(child(n, i, village=v, teacher=TEACHER, mother=n) for n, i, v in lost))
    town.police(*(child(n, i, village=v) for n, i, v in lacking))
    claim = {"destination": "县外", "school": SCHOOL, "note": "=1+1"}
    proof = {"proof": "是", "proof_date": "2024-09-20"}
    town.ledger(*(child(n, i, **claim) for n, i in zip(NAMES[:2], away, strict=False)))
    town.ledger(*(child(n, i, **claim, **proof) for n, i in zip(NAMES[2:], away[2:], strict=True)))
    return town.neighbour().match()


def made(command: str, run: Run, *flags: str) -> list[Path]:
    result = rosterrec(command, str(run.folder), "--lang", "zh", *flags)
    assert result.exit_code == 0, result.output
    return sorted((run.folder / command).glob("*.xlsx"))


def is_safe(path: Path) -> None:
    """No formula, no mark that turns the writing round, and all of it well-formed."""
    for page in openpyxl.load_workbook(path):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (path.name, cell.coordinate)
                assert not BIDI.search(str(cell.value or "")), (path.name, cell.coordinate)
                assert cell.hyperlink is None
        assert not BIDI.search(page.title)
        assert not re.search(r"(?<!&)&[A-BD-Z]", str(page.oddFooter.left.text or ""))
    for name in zipfile.ZipFile(path).namelist():
        assert not Path(name).is_absolute()


@pytest.mark.parametrize("by", ["village", "school", "teacher"])
@pytest.mark.parametrize("show", ["office", "full"])
def test_task_packages_show_any_name_safely(run: Run, by: str, show: str) -> None:
    flags = ["--teacher", "周老师"] if by == "teacher" else []
    books = made("tasks", run, "--by", by, "--show", show, *flags)
    assert len(books) >= 2
    for path in books:
        is_safe(path)
        assert re.fullmatch(r"\d{3}-[\w-]+\.xlsx", path.name)
        assert path.parent == run.folder / "tasks"


@pytest.mark.parametrize("show", ["office", "full"])
def test_the_sample_sheet_shows_any_name_safely(run: Run, show: str) -> None:
    (path,) = made("sample", run, "--show", show)
    is_safe(path)
    words = [str(cell) for row in openpyxl.load_workbook(path)["电话抽查"].values for cell in row]
    assert SCHOOL in words


@pytest.mark.parametrize("show", ["full", "office", "public"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_and_document_show_any_name_safely(
    run: Run, tmp_path: Path, lang: str, show: str
) -> None:
    result = rosterrec(
        "brief", str(run.folder), "-o", str(tmp_path), "--show", show, "--lang", lang
    )
    assert result.exit_code == 0, result.output
    page = (tmp_path / "brief.html").read_text("utf-8")
    document = Document(str(tmp_path / "brief.docx"))
    told = [p.text for p in document.paragraphs]
    told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "<script" not in page
    assert not BIDI.search(page)
    assert not BIDI.search("".join(told))
    assert "w:fldSimple" not in document.element.xml


def test_nobody_to_visit_and_nothing_to_telephone_write_nothing(town: Township) -> None:
    run = town.neighbour().match()  # one child, at school
    for command in ("tasks", "sample"):
        result = rosterrec(command, str(run.folder), "--lang", "zh")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "没有" in result.stderr
        assert not (run.folder / command).exists()


def test_one_child_alone_makes_one_package_and_one_call(town: Township) -> None:
    held = {"destination": "县外", "school": SCHOOL, "proof": "是", "proof_date": "2024-09-20"}
    number = citizen("20130402", 21)
    town.police(child("于小满", number, village=""), child("马小军", citizen("20130402", 33)))
    run = town.ledger(child("于小满", number, **held)).neighbour().match()
    assert [path.name for path in made("tasks", run)] == ["000-发放清单.xlsx", "001-上溪村.xlsx"]
    (path,) = made("sample", run)
    assert len(list(openpyxl.load_workbook(path)["电话抽查"].iter_rows(min_row=4))) == 1
