"""``rosterrec inspect``: each file as it would be read, and nothing written."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.outcome import rosterrec

SAMPLE = Path(__file__).parents[1] / "sample_data" / "2024-10"
SETTINGS = 'as_of = 2024-10-15\nlang = "zh"\n'


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """A month's folder with the date pinned."""
    folder = tmp_path / "本月"
    shutil.copytree(SAMPLE, folder)
    (folder / "rosterrec.toml").write_text(SETTINGS, "utf-8")
    return folder


def inspected(*words: Path, status: int = 0) -> dict[str, Any]:
    result = rosterrec("inspect", *map(str, words), "--json")
    assert result.exit_code == status, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def file_of(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(f for f in document["files"] if f["file"] == name)


def test_nothing_is_written(month: Path) -> None:
    before = sorted(month.rglob("*"))
    inspected(month)
    assert sorted(month.rglob("*")) == before


def test_every_row_is_used_or_rejected_as_match_says(month: Path) -> None:
    document = inspected(month)
    totals = document["totals"]
    lists = [each for file in document["files"] for each in file["lists"]]
    assert totals["rows"] == totals["used"] + totals["rejected"]
    for each in lists:
        assert each["rows"] == each["used"] + each["rejected"]
        assert each["rejected"] == len(each["rejects"]) == sum(each["problems"].values())
        assert all(reject["problem"] and reject["row"] for reject in each["rejects"])

    matched = rosterrec("match", str(month), "--json", "--dry-run")
    rejected = json.loads(matched.stdout)["rejected"]
    assert sum(rejected.values()) == totals["rejected"]


def test_what_is_said_of_a_list(month: Path) -> None:
    (each,) = file_of(inspected(month), "名册_青溪小学三(2)班.xls")["lists"]
    assert (each["role"], each["header_row"], each["used"]) == ("roster", 3, 20)
    assert "名册" in " ".join(each["role_why"])
    number = next(c for c in each["columns"] if c["field"] == "id")
    assert (number["column"], number["heading"], number["basis"]) == ("E", "身份证号", "heading")
    assert all(example.startswith("349921***") for example in number["examples"])


def test_formats_and_encodings(month: Path) -> None:
    document = inspected(month)
    kinds = {f["file"]: (f["format"], f["encoding"]) for f in document["files"]}
    assert kinds["名册_青溪小学三(2)班.xls"] == ("html", "gb18030")
    assert kinds["学籍库.xls"][0] == "xls"
    assert kinds["户籍人口.xlsx"][0] == "xlsx"


def test_a_file_that_cannot_be_read_does_not_hide_the_others(month: Path) -> None:
    (month / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    (month / "资产.csv").write_text("品名,数量,单价\n课桌,40,120\n椅子,40,60\n", "utf-8")
    document = inspected(month, status=2)
    assert document["exit"] == 2
    assert document["totals"]["refused"] == 2
    assert file_of(document, "坏.xlsx")["fault"]["code"] == "file_damaged"
    assert "--ignore" in file_of(document, "资产.csv")["fault"]["remedy"]
    assert file_of(document, "备案.xlsx")["lists"]


def test_files_may_be_named(month: Path) -> None:
    document = inspected(month / "备案.xlsx", month / "残疾儿童.xlsx")
    assert [f["file"] for f in document["files"]] == ["备案.xlsx", "残疾儿童.xlsx"]


@pytest.mark.parametrize("word", ["没有", "没有.xlsx"])
def test_what_is_not_there_is_refused(tmp_path: Path, word: str) -> None:
    result = rosterrec("inspect", str(tmp_path / word))
    assert result.exit_code == 2
    assert word in result.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_screen_shows_nobody(month: Path, lang: str) -> None:
    result = rosterrec("inspect", str(month), "--lang", lang)
    assert result.exit_code == 0
    rows = (month / "学校目录.csv").read_text("utf-8-sig").count("\n")
    assert f" {rows - 1} " in result.stdout or f"{rows - 1} 行" in result.stdout
    for secret in ("章文清", "郭晨"):
        assert secret not in result.stdout
    assert not re.search(r"\d{15}", result.stdout)


@pytest.mark.parametrize("lines", ['[[files]]\npattern = "没有*"', '[roles]\nroster = ["没有*"]'])
def test_a_pattern_that_names_nothing_this_month_is_noted(month: Path, lines: str) -> None:
    with (month / "rosterrec.toml").open("a", encoding="utf-8") as stream:
        stream.write(lines)
    idle = {"code": "pattern_idle", "pattern": "没有*"}
    assert inspected(month)["findings"] == [idle]
    assert inspected(month / "户籍人口.xlsx")["findings"] == []
    assert "没有*" in rosterrec("inspect", str(month)).stdout
    matched = rosterrec("match", str(month), "--dry-run", "--no-color")
    assert matched.exit_code == 0
    assert "没有*" in matched.output
    typed = rosterrec("match", str(month), "--dry-run", "--roster", "没有*")
    assert typed.exit_code == 2


def test_an_unsure_column_is_shown_with_how_to_pin_it(tmp_path: Path) -> None:
    rows = [f"甲{n},{number}" for n, number in enumerate(NUMBERS)]
    (tmp_path / "六(1)班名册.csv").write_text("\n".join(["姓名,证号", *rows]), "utf-8")
    shown = rosterrec("inspect", str(tmp_path), "--lang", "zh").stdout
    assert "证号 → 身份证号？（按内容" in shown
    assert 'columns = { id = "证号" }' in shown


NUMBERS = ("34992120130225040X", "349921201503030606", "349921201307040460")
