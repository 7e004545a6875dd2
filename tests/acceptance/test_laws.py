"""What holds whatever the lists say: order does not count, and nothing depends on the clock."""

import json
from pathlib import Path

import pytest

from rosterrec.frames import Status

from .outcome import Run, rosterrec
from .township import AS_OF, HOME, Township, child, citizen

DATA = ("people.parquet", "links.parquet", "summary.json", "reconciliation.xlsx")


def mixed(folder: Path) -> Township:
    """Ten of the cases in one township."""
    town = Township(folder).neighbour("五(1)班")
    town.police(
        child("许诺", "34992120130225040X"),
        child("周子豪", "349921201602140333"),
        child("陈一鸣", "349921201505060112"),
        child("陈一鹤", "349921201505060139"),
        child("刘子轩", "349921201411020152"),
        child("刘子萱", "349921201411020240"),
        child("王浩然", "349921201409090514"),
        child("王浩然", "349921201409090733"),
        child("金鑫", "349921201309120771"),
        child("曹睿", "349921201808310115"),
        child("彭程", "349921201809010130"),
        child("田甜", "349921201204050682"),
        child("罗文英", citizen("20141008", 344), household="H0431"),
        child("罗文强", citizen("20161215", 433), household="H0431"),
    )
    fourth = {"birth": "20141102", "grade": "四年级"}
    town.registry(
        child("周子豪", "349921201602140833", birth="20160214", sex="男", grade="三年级"),
        child("陈一鹤", "349921201505060139", grade="四年级"),
        child("刘子轩", "349921201411020240", sex="男", **fourth),
        child("刘子萱", "349921201411020152", sex="女", **fourth),
        child("金鑫", "349921201309120771", grade="五年级"),
        child("田甜", "349921201204050682", school="柳河初中", grade="七年级"),
    )
    town.roster("青溪小学", "六(1)班", child("许　诺", "`３４９９２１２０１３０２２５０４０×"))
    town.roster(
        "青溪小学",
        "四(1)班",
        child("王浩然", birth="2014-09-09"),
        child("孔令仪", "349922201501180623"),
        child("陈一鹤", "349921201505060139"),
    )
    town.roster("青溪初中", "七(1)班", child("田甜", "349921201204050682"))
    for name, number in (
        ("罗文英", citizen("20141008", 344)),
        ("罗文强", citizen("20161215", 433)),
    ):
        town.ledger(child(name, number, destination="县外", place="东屏县", proof="否"))
    return town


def answers(run: Run) -> dict[tuple[str, str], tuple[str, str, str, str]]:
    """What the run says of each child."""
    return {
        (row["name"], row["id_number"]): (row["status"], row["proof"], row["rule"], row["flags"])
        for row in run.people.to_dicts()
    }


def decisions(run: Run) -> list[tuple[str, str, str, float]]:
    """The pairs without their row numbers."""
    columns = ["left_source", "right_source", "basis", "decision", "weight"]
    rows = run.links.select(columns).with_columns(run.links["weight"].round(6)).rows()
    return sorted(rows)


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_rows_does_not_count(tmp_path: Path, seed: int) -> None:
    town = mixed(tmp_path / "as_exported")
    first = town.match()
    second = town.shuffled(tmp_path / "shuffled", seed).match()

    assert answers(first) == answers(second)
    assert decisions(first) == decisions(second)


def test_second_run_is_the_same_to_the_byte(tmp_path: Path) -> None:
    town = mixed(tmp_path / "township")
    first = town.match()
    second = town.match("--force")

    assert first.folder != second.folder
    for name in DATA:
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes(), name


def test_nothing_new_is_written_for_the_same_lists(tmp_path: Path) -> None:
    town = mixed(tmp_path / "township")
    first = town.match()
    before = sorted(town.folder.rglob("*"))

    result = rosterrec("match", str(town.folder), "--as-of", AS_OF, *HOME, "--lang", "zh", "--json")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["unchanged"] is True
    assert sorted(town.folder.rglob("*")) == before
    assert Run(town, result).folder == first.folder


def test_statuses_sum_to_the_police_list(tmp_path: Path) -> None:
    town = mixed(tmp_path / "township")
    run = town.match()

    assert run.people.height == town.police_count
    assert set(run.people["status"]) <= set(Status)
    assert sum(run.figure("statuses").values()) == town.police_count


def test_stdout_carries_data_only(tmp_path: Path) -> None:
    town = mixed(tmp_path / "township")

    assert town.match().stdout == ""
    assert json.loads(town.match("--force", "--json").stdout)["schema_version"]
