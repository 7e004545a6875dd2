"""``rosterrec init``: settings from what was found, so that next month reads the same."""

import datetime as dt
import shutil
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.acceptance.outcome import rosterrec
from tests.acceptance.township import AS_OF

from rosterrec.report.pinning import pattern_of
from rosterrec.settings import load

SAMPLE = Path(__file__).parents[1] / "sample_data"


@pytest.fixture
def month(tmp_path: Path) -> Path:
    folder = tmp_path / "本月"
    shutil.copytree(SAMPLE / "2024-10", folder)
    return folder


def people(folder: Path) -> pl.DataFrame:
    result = rosterrec("match", str(folder), "--as-of", AS_OF, "--lang", "zh", "--force")
    assert result.exit_code == 0, result.output
    out = folder / "rosterrec"
    return pl.read_parquet(out / (out / "latest.txt").read_text("utf-8").strip() / "people.parquet")


def test_match_with_the_file_gives_the_same(month: Path) -> None:
    before = people(month)
    assert rosterrec("init", str(month), "--lang", "zh").exit_code == 0
    assert_frame_equal(people(month), before)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_file_is_toml_that_settings_take(month: Path, lang: str) -> None:
    assert rosterrec("init", str(month), "--lang", lang).exit_code == 0
    words = (month / "rosterrec.toml").read_text("utf-8")
    assert ("# 基准日期" if lang == "zh" else "# Reference date") in words
    settings = load(month, None, {}, dt.date(2024, 10, 15))
    assert settings.lang == lang
    assert {str(pin.role) for pin in settings.files} == {
        "population", "registry", "roster", "whereabouts", "filing", "schools",
    }  # fmt: skip


def test_next_month_reads_by_it(month: Path) -> None:
    assert rosterrec("init", str(month)).exit_code == 0
    pins = tomllib.loads((month / "rosterrec.toml").read_text("utf-8"))["files"]
    for path in (SAMPLE / "2024-11").iterdir():  # the registry comes as .csv then
        assert any(fnmatch(path.name, pin["pattern"]) for pin in pins)


def test_an_existing_file_is_kept(month: Path) -> None:
    path = month / "rosterrec.toml"
    path.write_text('home = "青溪镇"\n', "utf-8")
    refused = rosterrec("init", str(month), "--lang", "zh")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert path.read_text("utf-8") == 'home = "青溪镇"\n'
    assert rosterrec("init", str(month), "--lang", "zh", "--force").exit_code == 0
    assert 'home = "青溪镇"' in path.read_text("utf-8")
    assert "[[files]]" in path.read_text("utf-8")


def test_a_file_that_cannot_be_read_is_refused_and_nothing_written(month: Path) -> None:
    (month / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    refused = rosterrec("init", str(month), "--lang", "zh")
    assert refused.exit_code == 2
    assert "坏.xlsx" in refused.stderr
    assert not (month / "rosterrec.toml").exists()


def test_columns_that_were_not_certain_are_pinned(tmp_path: Path) -> None:
    rows = ["姓名,证号", "许诺,34992120130225040X", "夏天,349921201503030606"]
    rows.append("沈悦,349921201307040460")
    (tmp_path / "六(1)班名册.csv").write_text("\n".join(rows), "utf-8")
    assert rosterrec("init", str(tmp_path), "--lang", "zh").exit_code == 0
    (pin,) = tomllib.loads((tmp_path / "rosterrec.toml").read_text("utf-8"))["files"]
    assert pin["columns"] == {"id": "证号"}


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("学籍库_2024年10月.xlsx", "学籍库_*.*"),
        ("学籍库2024-10.xlsx", "学籍库*.*"),
        ("学籍库_2024-10-15.xlsx", "学籍库_*.*"),
        ("户籍人口(20241015).xls", "户籍人口*.*"),
        ("10月户籍人口.xlsx", "*户籍人口.*"),
        ("摸排台账（十月份）.xlsx", "摸排台账*.*"),
        ("2024年秋季学籍库.csv", "*学籍库.*"),
        ("2024-2025学年度花名册.xlsx", "*花名册.*"),
        ("学籍库 (1).xlsx", "学籍库*.*"),
        ("名册_青溪小学三(2)班.xls", "名册_青溪小学三(2)班.*"),
        ("六年级名册.xlsx", "六年级名册.*"),
        ("2021级名册.xlsx", "2021级名册.*"),
        ("2024.xlsx", "2024.*"),
        ("村/学籍库_20241001.xlsx", "村/学籍库_*.*"),
    ],
)
def test_what_changes_in_a_name_becomes_a_star(name: str, pattern: str) -> None:
    assert pattern_of(name) == pattern
    assert fnmatch(name, pattern)


def test_a_pattern_that_would_fit_another_list_stays_the_name() -> None:
    assert pattern_of("名单2024.xlsx", ["名单2023.xlsx"]) == "名单2024.xlsx"
