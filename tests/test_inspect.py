"""``rosterrec inspect``: each file as it would be read, and nothing written."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.acceptance.outcome import rosterrec
from tests.acceptance.township import citizen

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


def test_ages_of_today_are_said_to_be_so(month: Path) -> None:
    codes = [finding["code"] for finding in inspected(month)["findings"]]
    assert "ages_of_today" not in codes
    (month / "rosterrec.toml").write_text('lang = "zh"\n', "utf-8")
    assert inspected(month)["findings"][0]["code"] == "ages_of_today"


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


def odd_workbook(path: Path) -> None:
    """Hidden rows and columns, a formula nobody worked out, and the last digits of each ID."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "身份证号", "出生日期", "后四位", "身高", "户籍村"])
    for n in range(6):
        number = citizen("20150303", 31 + n)
        page.append(
            ["夏天" + "甲乙丙丁戊己"[n], number, "2015-03-03", number[14:], "=1+1", "上溪村"]
        )
    page.row_dimensions[3].hidden = True
    page.column_dimensions["F"].hidden = True
    book.save(path)


@pytest.mark.parametrize(("lang", "words"), [("zh", "隐藏"), ("en", "hidden")])
def test_what_is_odd_about_a_sheet_is_said_in_words(tmp_path: Path, lang: str, words: str) -> None:
    odd_workbook(tmp_path / "名册_青溪小学.xlsx")
    (each,) = file_of(inspected(tmp_path), "名册_青溪小学.xlsx")["lists"]
    assert each["findings"] == ["hidden_rows", "hidden_columns", "uncalculated"]
    shown = rosterrec("inspect", str(tmp_path), "--lang", lang).stdout
    assert shown.count(words) >= 2
    assert "uncalculated" not in shown


def test_the_end_of_an_id_never_stands_beside_a_birthdate(tmp_path: Path) -> None:
    odd_workbook(tmp_path / "名册_青溪小学.xlsx")
    document = json.dumps(inspected(tmp_path), ensure_ascii=False)
    ends = {citizen("20150303", 31 + n)[14:] for n in range(6)}
    assert not [end for end in ends if f'"{end}"' in document or f"*{end}" in document]


def test_members_of_a_zip_are_named_with_their_own_format(month: Path) -> None:
    with zipfile.ZipFile(month / "县里发的.zip", "w") as parts:
        for name in ("学校目录.csv", "学籍库.xls"):
            parts.write(month / name, f"附件/{name}")
            (month / name).unlink()
    file = file_of(inspected(month), "县里发的.zip")
    assert (file["format"], file["encoding"]) == ("zip", None)
    members = {(each["member"], each["format"]) for each in file["lists"]}
    assert members == {("附件/学校目录.csv", "csv"), ("附件/学籍库.xls", "xls")}
    shown = rosterrec("inspect", str(month), "--lang", "zh").stdout
    assert "县里发的.zip  zip" in shown
    assert shown.count("附件/学籍库.xls") == 1


def test_every_reject_names_its_column(tmp_path: Path) -> None:
    rows = f"温如玉,{citizen('20150303', 31)},不明事由,1号,2024-05-06\n"
    rows += ",349921201513990310,死亡,2号,2024-05-06\n"
    (tmp_path / "备案.csv").write_text(f"姓名,身份证号,备案类别,文号,备案日期\n{rows}", "utf-8")
    police = f"甲某,{citizen('19500303', 31)},户主\n乙某,{citizen('20150303', 31)},子\n"
    head = "姓名,公民身份号码,与户主关系\n"
    (tmp_path / "户籍人口.csv").write_text(head + police * 2, "utf-8")
    document = inspected(tmp_path)
    rejects = [r for f in document["files"] for each in f["lists"] for r in each["rejects"]]
    assert {(r["problem"], r["column"], r["value"]) for r in rejects} == {
        ("filing_kind_unknown", "备案类别", "不明事由"),
        ("no_name_no_id", "身份证号", "349921************"),
        ("outside_ages", "公民身份号码", "1950"),
        ("repeated_person", "公民身份号码", "349921************"),
    }


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


def test_what_is_odd_about_several_sheets_is_said_once(month: Path) -> None:
    said = rosterrec("inspect", str(month / "名册_青溪初中.xlsx"), "--lang", "zh").stdout
    (note,) = [line for line in said.splitlines() if "部分身份证号" in line]
    assert "[八年级1班] [八年级2班] [八年级3班]" in note
