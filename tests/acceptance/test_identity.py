"""Person ids from month to month, as the outputs show them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from .outcome import cause, rosterrec
from .township import Township, child, citizen

FIRST, CORRECTED = citizen("20140506", 11), citizen("20140506", 33)
HOME = {"village": "上溪村", "household": "H7"}


def month(project: Path, name: str, *rows: dict[str, str | int]) -> Township:
    return Township(project / name).police(*rows).neighbour().write()


def match(town: Township, as_of: str, out: Path, *flags: str) -> Path:
    result = rosterrec(
        "match", str(town.folder), "--as-of", as_of, "--out", str(out), "--lang", "zh", *flags
    )
    assert result.exit_code == 0, (result.output, cause(result))
    return out / (out / "latest.txt").read_text("utf-8").strip()


def id_of(run: Path, name: str) -> str:
    people = pl.read_parquet(run / "people.parquet")
    return str(people.filter(pl.col("name") == name)["person_id"].item())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose ledger stands above the folders of its months."""
    (tmp_path / "rosterrec.db").touch()
    return tmp_path


def test_an_id_stays_when_the_police_correct_a_number_and_then_a_name(project: Path) -> None:
    rows = [
        child("王伟", FIRST, **HOME), child("王伟", CORRECTED, **HOME),
        child("王玮琪", CORRECTED, **HOME),
    ]  # fmt: skip
    ids = []
    for at, row in enumerate(rows):
        town = month(project, f"{at}月", row)
        run = match(town, f"2024-1{at}-15", town.folder / "rosterrec")
        ids.append(id_of(run, str(row["name"])))
    assert len(set(ids)) == 1


def test_a_ledger_moved_one_folder_up_still_finds_the_month_before(tmp_path: Path) -> None:
    before = month(tmp_path, "十月", child("王伟", FIRST, **HOME))
    first = match(before, "2024-10-15", before.folder / "rosterrec")
    (before.folder / "rosterrec.db").rename(tmp_path / "rosterrec.db")
    now = month(tmp_path, "十一月", child("王伟", CORRECTED, **HOME))
    run = match(now, "2024-11-15", now.folder / "rosterrec")
    figures = json.loads((run / "summary.json").read_text("utf-8"))
    assert figures["changes"]["against"] == first.name
    assert id_of(run, "王伟") == id_of(first, "王伟")


def noted(run: Path) -> dict[str, str]:
    """Codes of the findings about ledgers, and the folder that each names."""
    found = json.loads((run / "summary.json").read_text("utf-8"))["findings"]
    return {f["code"]: f.get("folder", "") for f in found if f["code"].startswith("ledger_")}


def test_a_first_run_names_the_ledger_beside_it_and_doing_as_told_shares_it(tmp_path: Path) -> None:
    before, now = (
        month(tmp_path, name, child("王伟", FIRST, **HOME)) for name in ("十月", "十一月")
    )
    assert noted(match(before, "2024-10-15", before.folder / "rosterrec")) == {}
    out = now.folder / "rosterrec"
    assert noted(match(now, "2024-11-15", out)) == {"ledger_beside": "十月"}
    (before.folder / "rosterrec.db").rename(tmp_path / "rosterrec.db")
    assert noted(match(now, "2024-11-15", out, "--force")) == {"ledger_above": ""}
    (now.folder / "rosterrec.db").unlink()
    run = match(now, "2024-11-15", out, "--force")
    assert noted(run) == {}
    assert json.loads((run / "summary.json").read_text("utf-8"))["changes"]


def test_the_ledger_of_another_town_is_no_month_of_this_one(tmp_path: Path) -> None:
    names = ("赵青", "钱蓝", "孙紫")
    others = [child(name, citizen("20130501", n), **HOME) for n, name in enumerate(names, 11)]
    other = Township(tmp_path / "邻镇").police(*others).write()
    match(other, "2024-10-15", other.folder / "rosterrec")
    here = month(tmp_path, "本镇", child("王伟", FIRST, **HOME))
    assert noted(match(here, "2024-10-15", here.folder / "rosterrec")) == {}


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有列出"), ("en", "are not told")])
def test_a_diff_without_a_ledger_of_both_says_what_it_cannot_tell(
    tmp_path: Path, lang: str, words: str
) -> None:
    out = tmp_path / "结果"
    for name, day in (("十月", "2024-10-15"), ("十一月", "2024-11-15")):
        match(month(tmp_path / "名单", name, child("王伟", FIRST, **HOME)), day, out)
    runs = ("diff", "2024-10-15", "2024-11-15", "--out", str(out))
    assert words in rosterrec(*runs, "--lang", lang).stdout.replace("\n  ", "")
    told = json.loads(rosterrec(*runs, "--json").stdout)
    assert told["findings"] == [{"code": "overturned_untold"}]


def test_changes_are_told_against_the_folder_of_the_month_before(project: Path) -> None:
    before = month(project, "十月", child("王伟", FIRST, **HOME))
    match(before, "2024-10-15", before.folder / "rosterrec")
    now = month(project, "十一月", child("王伟", CORRECTED, **HOME))
    run = match(now, "2024-11-15", now.folder / "rosterrec")
    summary = pl.read_json(run / "summary.json", infer_schema_length=None)
    assert summary["changes"].struct.field("against").item() == "2024-10-15_1"
    assert summary["changes"].struct.field("kinds").struct.field("id_corrected").item() == 1


def test_a_case_is_open_since_the_folder_of_the_month_before(project: Path) -> None:
    lost = child("王伟", FIRST, **HOME)
    other = Township(project / "柳河").police(child("李娜", citizen("20130101", 5))).write()
    match(other, "2024-09-15", other.folder / "rosterrec")
    for name, day in (("十月", "2024-10-15"), ("十一月", "2024-11-15")):
        town = month(project, name, lost)
        run = match(town, day, town.folder / "rosterrec")
    assert rosterrec("brief", str(run), "--lang", "zh").exit_code == 0
    page = (run / "brief.html").read_text("utf-8")
    assert "2024-10-15" in page
    assert "2024-09-15" not in page
    assert rosterrec("tasks", str(run)).exit_code == 0
    book = openpyxl.load_workbook(run / "tasks" / "001-上溪村.xlsx")
    assert book["任务单"]["E5"].value == 31


def test_another_town_under_the_same_ledger_is_no_earlier_month(project: Path) -> None:
    other = Township(project / "柳河").police(child("李娜", citizen("20130101", 5))).write()
    match(other, "2024-10-15", other.folder / "rosterrec")
    here = month(project, "青溪", child("王伟", FIRST, **HOME))
    run = match(here, "2024-11-15", here.folder / "rosterrec")
    assert '"changes": null' in (run / "summary.json").read_text("utf-8")


def test_the_same_month_made_again_is_the_same_bytes(project: Path) -> None:
    before = month(project, "十月", child("王伟", FIRST, **HOME))
    match(before, "2024-10-15", project / "out")
    now = month(project, "十一月", child("王伟", CORRECTED, **HOME), child("李娜", FIRST))
    runs = [match(now, "2024-11-15", project / "out", "--force") for _ in range(2)]
    for name in ("people.parquet", "links.parquet", "summary.json", "cases.parquet"):
        assert runs[0].joinpath(name).read_bytes() == runs[1].joinpath(name).read_bytes()
    people = pl.read_parquet(runs[1] / "people.parquet")
    assert people["person_id"].is_unique().all()


@pytest.fixture
def merged(project: Path) -> tuple[Path, Path]:
    """A child who stood on the list twice, once without a number, and does no more."""
    other = {"village": "上溪村", "household": "H8"}
    unnumbered = child("王伟", birth="2014-05-06", **other)
    towns = [
        month(project, "十月", child("王伟", FIRST, **HOME), unnumbered),
        month(project, "十一月", child("王伟", FIRST, **other)),
    ]  # fmt: skip
    before, after = (
        match(town, f"2024-{at}-15", town.folder / "rosterrec") for at, town in enumerate(towns, 10)
    )
    return before, after


def test_a_merge_is_told_by_the_ledger_and_by_diff(
    project: Path, merged: tuple[Path, Path]
) -> None:
    result = rosterrec("ledger", str(project), "people", "--json")
    (step,) = json.loads(result.stdout)["people"]
    assert (step["event"], step["as_of"], step["name"]) == ("merged", "2024-11-15", "王*")
    ids = pl.read_parquet(merged[0] / "people.parquet")["person_id"]
    assert {step["person_id"], step["other"]} <= set(ids)
    assert id_of(merged[1], "王伟") == step["person_id"]
    told = json.loads(rosterrec("diff", *map(str, merged), "--json").stdout)
    (change,) = (c for c in told["changes"] if c["kind"] == "merged")
    assert (change["person_id"], change["row"]) == (step["other"], step["row"])
    assert (told["gone"], told["kinds"]["moved_out"]) == (1, 0)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "两个编号合为一人"), ("en", "two ids were one person's")]
)
@pytest.mark.usefixtures("merged")
def test_merges_are_listed_in_words_and_pointed_to(project: Path, lang: str, words: str) -> None:
    shown = rosterrec("ledger", str(project), "people", "--lang", lang).stdout
    assert words in shown
    assert "王伟" not in shown
    assert "rosterrec ledger people" in rosterrec("ledger", str(project), "--lang", lang).stderr
    assert rosterrec("ledger", str(project), "people", "--since", "2025-01-01").stdout == ""


def test_a_merge_is_listed_though_its_run_is_gone(project: Path, merged: tuple[Path, Path]) -> None:
    shutil.rmtree(merged[1])
    (step,) = json.loads(rosterrec("ledger", str(project), "people", "--json").stdout)["people"]
    assert (step["name"], step["row"]) == (None, None)
    assert rosterrec("ledger", str(project), "people").exit_code == 0
