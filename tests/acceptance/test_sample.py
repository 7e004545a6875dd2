"""Proofs to telephone: drawn, called, taken back, and told in the brief."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from .outcome import Run, rosterrec
from .test_decide import decide, filled, standing
from .township import Township, child, citizen

NAMES = [f"{family}小{given}" for family in "赵钱孙李周吴" for given in "明华"]


def month(town: Township) -> Run:
    rows = [(name, citizen("20130402", n)) for n, name in enumerate(NAMES)]
    lists = town.neighbour().police(*(child(*row, village="上溪村") for row in rows))
    held = {"destination": "县外", "school": "东屏初中", "proof": "是", "proof_date": "2024-09-20"}
    return lists.ledger(*(child(*row, **held) for row in rows)).match()


def drawn(run: Run, *flags: str) -> dict[str, Any]:
    result = rosterrec("sample", str(run.folder), "--lang", "zh", *flags)
    assert result.exit_code == 0, result.output
    note: dict[str, Any] = json.loads((run.folder / "sample" / "sample.json").read_text("utf-8"))
    assert note["seed"] in result.output
    return note


def called(path: Path, results: list[str], day: str = "2024-10-16") -> None:
    book = openpyxl.load_workbook(path)
    page = book["电话抽查"]
    heads = {cell.value: cell.column for cell in page[3]}
    for row, result in enumerate(results, 4):
        page.cell(row, heads["电话日期（填）"]).value = day
        page.cell(row, heads["抽查结果（填）"]).value = result
    book.save(path)


def test_a_draw_is_called_taken_back_and_told_and_not_drawn_again(town: Township) -> None:
    run = month(town)
    note = drawn(run, "--seed", "甲")
    assert {key: note[key] for key in note if key not in {"run_id", "files"}} == {
        "seed": "甲", "per_school": 5, "spare_days": 180, "as_of": "2024-10-15",
        "proofs": 12, "drawn": 5, "reserve": 3,
    }  # fmt: skip
    path = town.folder.parent / "抽查.xlsx"
    shutil.copy(run.folder / "sample" / "sample.xlsx", path)
    told = str([c for row in openpyxl.load_workbook(path)["电话抽查"].values for c in row])
    assert not [name for name in NAMES if name in told]
    called(path, ["属实", "属实", "不实", "无法接通", "号码错误"])
    assert decide(path, "--folder", str(town.folder))["added"] == 5
    listed = rosterrec("ledger", str(town.folder), "--lang", "zh")
    assert listed.stdout.count("电话抽查：") == 5
    verdicts = ["false", "true", "true", "unreachable", "wrong_number"]
    assert sorted(standing(town)) == [("attempt", verdict) for verdict in verdicts]
    again = town.match(as_of="2024-10-20")
    shutil.rmtree(run.folder / "sample")
    assert drawn(again, "--per-school", "10")["drawn"] == 9
    assert rosterrec("brief", str(again.folder)).exit_code == 0
    page = (again.folder / "brief.html").read_text("utf-8")
    assert "抽查证明3份，不实1份，占33.3%" in page
    assert "6.1%至79.2%之间" in page
    assert "另有2份" in page


def result_of_a_call(town: Township, run: Run, result: str, day: str) -> None:
    """The first proof drawn, called on a day, taken back."""
    path = town.folder.parent / f"抽查{day}.xlsx"
    shutil.rmtree(run.folder / "sample", ignore_errors=True)
    drawn(run, "--seed", "甲")
    shutil.copy(run.folder / "sample" / "sample.xlsx", path)
    called(path, [result], day)
    decide(path, "--folder", str(town.folder))


def lacking(run: Run) -> list[str]:
    return run.people.filter(pl.col("proof") == "missing")["name"].to_list()


def test_a_proof_found_false_is_held_no_more_and_the_day_is_told(town: Township) -> None:
    run = month(town)
    assert run.summary["proof"]["rate"]["numerator"] == 12
    result_of_a_call(town, run, "不实", "2024-10-16")
    again = town.match(as_of="2024-10-20")
    (name,) = lacking(again)
    assert (again.status(name), again.flags(name)) == ("outside", {"proof_false"})
    assert again.summary["proof"]["rate"]["numerator"] == 11
    (row,) = again._table("未取证")
    assert row["姓名"] == name
    assert "2024-10-16电话核实，证明不实" in row["备注"]
    assert "2024-10-16电话核实，证明不实" in rosterrec("explain", str(town.folder), name).stdout
    assert rosterrec("brief", str(again.folder)).exit_code == 0
    page = (again.folder / "brief.html").read_text("utf-8")
    assert "11/12" in page
    assert "2024-10-16电话核实，证明不实" in page


def test_a_new_proof_after_the_check_counts_again(town: Township) -> None:
    run = month(town)
    result_of_a_call(town, run, "不实", "2024-10-16")
    again = town.match(as_of="2024-10-20")
    (name,) = lacking(again)
    for day, left in (("2024-10-16", [name]), ("2024-10-17", [])):
        decide(filled(again, f"{day}.xlsx", **{f"未取证__{name}__取证日期": day}))
        later = town.match(as_of="2024-10-21")
        assert lacking(later) == left


def test_match_takes_in_results_written_into_the_sheet_in_the_runs_folder(town: Township) -> None:
    run = month(town)
    drawn(run, "--seed", "甲")
    called(run.folder / "sample" / "sample.xlsx", ["不实"])
    assert len(lacking(town.match(as_of="2024-10-20"))) == 1
    assert standing(town) == [("attempt", "false")]


def test_a_call_that_reached_nobody_takes_no_proof_away(town: Township) -> None:
    run = month(town)
    result_of_a_call(town, run, "无法接通", "2024-10-16")
    assert lacking(town.match(as_of="2024-10-20")) == []


def test_a_later_call_that_finds_the_proof_true_gives_it_back(town: Township) -> None:
    run = month(town)
    result_of_a_call(town, run, "不实", "2024-10-16")
    path = town.folder.parent / "再查.xlsx"
    shutil.copy(town.folder.parent / "抽查2024-10-16.xlsx", path)
    called(path, ["属实"], "2024-10-18")
    decide(path, "--folder", str(town.folder))
    assert lacking(town.match(as_of="2024-10-20")) == []


def test_the_settings_say_how_many_are_drawn_and_who_is_spared(town: Township) -> None:
    run = month(town)
    settings = town.folder / "rosterrec.toml"
    settings.write_text("[sample]\nper_school = 8\nspare_days = 3\n", "utf-8")
    result_of_a_call(town, run, "属实", "2024-10-16")
    assert drawn_anew(run)["drawn"] == 8
    assert drawn_anew(run, "--per-school", "12")["drawn"] == 11
    later = town.match(as_of="2024-10-20")
    assert drawn_anew(later, "--per-school", "12")["drawn"] == 12


def drawn_anew(run: Run, *flags: str) -> dict[str, Any]:
    shutil.rmtree(run.folder / "sample", ignore_errors=True)
    return drawn(run, *flags)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("per_school = 0", "per_school"),
        ("spare_days = 'x'", "spare_days"),
        ("perschool = 5", "spare_days"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(town: Township, words: str, named: str) -> None:
    run = month(town)
    (town.folder / "rosterrec.toml").write_text(f"[sample]\n{words}\n", "utf-8")
    result = rosterrec("sample", str(run.folder), "--lang", "zh")
    assert result.exit_code == 2
    assert named in result.output
    assert "第 2 行" in result.output


def test_a_result_without_its_day_is_named(town: Township) -> None:
    run = month(town)
    drawn(run)
    path = town.folder.parent / "抽查.xlsx"
    shutil.copy(run.folder / "sample" / "sample.xlsx", path)
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["电话抽查"][3]}
    book["电话抽查"].cell(4, heads["抽查结果（填）"]).value = "属实"
    book.save(path)
    result = rosterrec("decide", str(path), "--lang", "zh", "--folder", str(town.folder))
    assert (result.exit_code, "没有填电话日期" in result.output) == (2, True)
