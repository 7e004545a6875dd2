"""Refused input: a line that names the fault, the right exit status, and nothing written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import Result

from .outcome import rosterrec
from .township import AS_OF, HOME, Township, child

NUMBER = "34992120130225040X"


@pytest.fixture
def good(town: Township) -> Township:
    """A folder that would be accepted."""
    town.neighbour().police(child("许诺", NUMBER))
    return town.roster("青溪小学", "六(1)班", child("许诺", NUMBER)).write()


def match(folder: Path, as_of: str = AS_OF) -> Result:
    return rosterrec("match", str(folder), "--as-of", as_of, *HOME, "--lang", "zh")


def contents(folder: Path) -> dict[Path, bytes | None]:
    """Every file and folder below, with its bytes."""
    return {p: p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    before = contents(folder)
    yield
    assert contents(folder) == before


def assert_refused(result: Result, *named: str, status: int = 2) -> None:
    """That exit status, one or two lines that name the fault, and nobody's name or ID."""
    assert result.exit_code == status, f"{result.output}\n{result.exception!r}"
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert 1 <= len(lines) <= 2, result.stderr
    assert "Traceback" not in result.stderr
    for word in named:
        assert word in result.stderr
    for secret in (NUMBER, NUMBER[:14], "许诺", "邹远航"):
        assert secret not in result.output


def write_table(path: Path, *rows: tuple[str, ...]) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("甲")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)


def test_folder_is_missing(tmp_path: Path) -> None:
    with untouched(tmp_path):
        result = match(tmp_path / "没有")
    assert_refused(result, "没有")


def test_no_police_list(good: Township) -> None:
    (good.folder / "户籍人口.xlsx").unlink()
    with untouched(good.folder):
        result = match(good.folder)
    assert_refused(result, "--population")


def test_sheet_of_unknown_role(good: Township) -> None:
    stock = (("品名", "数量", "单价"), ("课桌", "40", "120"), ("椅子", "40", "60"))
    write_table(good.folder / "资产.xlsx", *stock)
    with untouched(good.folder):
        result = match(good.folder)
    assert_refused(result, "资产.xlsx", "品名", "--")


def test_no_name_column(good: Township) -> None:
    header = ("学校标识码", "学校名称", "身份证件号", "学籍号", "学籍状态")
    row = ("3499210011", "青溪小学", NUMBER, f"G{NUMBER}", "正常")
    write_table(good.folder / "学籍补充.xlsx", header, row)
    with untouched(good.folder):
        result = match(good.folder)
    assert_refused(result, "学籍补充.xlsx")


def test_date_that_does_not_exist(good: Township) -> None:
    with untouched(good.folder):
        result = match(good.folder, as_of="2024-13-01")
    assert_refused(result, "2024-13-01")


@pytest.mark.parametrize(
    ("setting", "named"),
    [("ages = [15, 6]", "ages"), ("agess = [6, 15]", "agess"), ("ages = [6", "rosterrec.toml")],
)
def test_bad_setting(good: Township, setting: str, named: str) -> None:
    (good.folder / "rosterrec.toml").write_text(setting + "\n", encoding="utf-8")
    with untouched(good.folder):
        result = match(good.folder)
    assert_refused(result, "rosterrec.toml", named)


def test_broken_workbook(good: Township) -> None:
    whole = (good.folder / "学籍库.xlsx").read_bytes()
    (good.folder / "学籍库.xlsx").write_bytes(whole[: len(whole) // 2])
    with untouched(good.folder):
        result = match(good.folder)
    assert_refused(result, "学籍库.xlsx")


def test_file_in_the_way_of_the_outputs(good: Township) -> None:
    (good.folder / "rosterrec").write_text("", encoding="utf-8")
    with untouched(good.folder):
        result = match(good.folder)
    assert_refused(result, "rosterrec", status=4)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user whom modes bind"
)
def test_outputs_cannot_be_written(good: Township) -> None:
    good.folder.chmod(0o500)
    try:
        with untouched(good.folder):
            result = match(good.folder)
    finally:
        good.folder.chmod(0o700)
    assert_refused(result, status=4)
