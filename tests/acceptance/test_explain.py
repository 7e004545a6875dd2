"""``explain``: a person's evidence, readable and masked, and refusals that say what to do."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from .outcome import cause, rosterrec
from .township import Township, child

SAMPLE = Path(__file__).parents[2] / "sample_data" / "2024-10"
YIMING, YIHE = "349921201505060112", "349921201505060139"
NAMES = ("陈一鸣", "陈一鹤", "陈一鹏", "邹远航", "许诺", "孙桂香")
NUMBERS = (YIMING, YIHE, "34992120130225040X")


def explain(folder: Path, *words: str, columns: int = 80) -> Result:
    from rosterrec.cli import app

    environment = {"COLUMNS": str(columns), "NO_COLOR": "1"}
    return CliRunner().invoke(app, ["explain", str(folder), *words], env=environment)


def told(folder: Path, *words: str) -> dict[str, Any]:
    """The document of one person."""
    result = explain(folder, *words, "--json")
    assert result.exit_code == 0, (result.output, cause(result))
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def list_of(document: dict[str, Any], role: str) -> dict[str, Any]:
    return next(each for each in document["lists"] if each["role"] == role)


def assert_refused(result: Result, *named: str) -> None:
    assert result.exit_code == 2, (result.output, cause(result))
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for word in named:
        assert word in result.stderr
    assert_masked(result)


def assert_masked(result: Result) -> None:
    """No whole name, ID or birthdate, and never the last four digits of an ID."""
    for name in NAMES:
        assert name not in result.output
    for number in NUMBERS:
        assert number[6:14] not in result.output
        assert number[-4:] not in result.output
    assert "2015-05-06" not in result.output


@pytest.fixture
def twins(town: Township) -> Township:
    """Twins whose mother is on both lists, a roster row that may be either, and a child at home."""
    mother = {"mother": "孙桂香"}
    town.neighbour().police(
        child("陈一鸣", YIMING, **mother),
        child("陈一鹤", YIHE, **mother),
        child("许诺", NUMBERS[2]),
    )
    town.registry(child("许诺", NUMBERS[2], grade="六年级"))
    town.roster("青溪小学", "四(1)班", child("陈一鹏", birth="2015-05-06"))
    town.match()
    return town


def test_an_accepted_child_with_every_weight(twins: Township) -> None:
    document = told(twins.folder, "许诺")
    (link,) = list_of(document, "registry")["links"]
    assert (link["decision"], link["basis"]) == ("accepted", "id_and_name")
    assert link["right"]["file"] == "学籍库.xlsx"
    features = {each["feature"]: each for each in link["features"]}
    assert features["id"]["level"] == features["name"]["level"] == "equal"
    total = link["prior"] + sum(each["weight"] for each in link["features"])
    assert total == pytest.approx(link["sum"], abs=1e-5)
    assert "100" not in link["probability_words"]


def test_the_figures_are_those_of_the_run(twins: Township) -> None:
    run = twins.folder / "rosterrec"
    links = pl.read_parquet(run / (run / "latest.txt").read_text().strip() / "links.parquet")
    kept = links.filter(pl.col("decision") == "review").row(0, named=True)
    document = told(twins.folder, f"{kept['left_file']}!{kept['left_row']}")
    (link,) = list_of(document, "roster")["links"]
    assert (link["sum"], link["runner_up"]) == (kept["weight"], kept["runner_up"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_row_that_may_be_either_twin_shows_both(twins: Township, lang: str) -> None:
    result = explain(twins.folder, "陈一鸣", "--lang", lang)
    assert result.exit_code == 0, cause(result)
    assert "陈*鹏" not in result.stdout.splitlines()[0]
    for shown in ("陈*鸣", "陈*鹏", "陈*鹤", "[青溪小学名册.xlsx]四(1)班!"):
        assert shown in result.stdout
    words = {"zh": ("待核对", "一字不同", "合计"), "en": ("To be decided", "one character", "sum")}
    for word in words[lang]:
        assert word in result.stdout
    assert_masked(result)


def test_an_unlinked_twin_is_told_whose_the_nearest_row_is(town: Township) -> None:
    town.neighbour().police(child("陈一鸣", YIMING), child("陈一鹤", YIHE))
    town.registry(child("陈一鹤", YIHE, grade="四年级")).match()
    nearest = list_of(told(town.folder, "陈一鸣"), "registry")["nearest"]
    assert nearest["basis"] == "taken"
    assert nearest["against"][0] == "id"
    assert [rival["name"] for rival in nearest["rivals"]] == ["陈*鹤"]
    result = explain(town.folder, "陈一鸣", "--lang", "en")
    assert "two valid IDs that" in result.stdout
    assert "belongs to 陈*鹤" in result.stdout
    assert_masked(result)


def test_a_link_through_another_list_shows_what_carried_it(town: Township) -> None:
    town.neighbour("六(1)班").police(child("许诺", NUMBERS[2]))
    town.registry(child("许诺", NUMBERS[2], grade="六年级", mother="孙桂香"))
    town.roster("青溪小学", "六(1)班", child("许诺", mother="孙桂香")).match()
    document = told(town.folder, "许诺")
    (link,) = list_of(document, "roster")["links"]
    (carrier,) = document["between"]
    assert link["basis"] == "through_registry"
    assert (carrier["left"]["file"], carrier["right"]) == ("学籍库.xlsx", link["right"])
    result = explain(town.folder, "许诺", "--lang", "en")
    assert "Between registry and roster" in result.stdout
    assert "same school and" in result.stdout


def test_a_list_that_was_not_supplied_is_named(town: Township) -> None:
    town.neighbour().match()
    result = explain(town.folder, "4", "--lang", "en")
    assert not list_of(told(town.folder, "邹远航"), "whereabouts")["supplied"]
    assert_refused(result, "Rejected rows")
    assert "No such list was supplied" in explain(town.folder, "3", "--lang", "en").stdout


def test_every_way_to_name_a_child(twins: Township) -> None:
    people = pl.read_parquet(next((twins.folder / "rosterrec").glob("2*/people.parquet")))
    row = people.filter(pl.col("name") == "陈一鹤").row(0, named=True)
    ways = (
        str(row["row"]), f"{row['sheet']}!{row['row']}", f"户籍人口!{row['row']}",
        f"[{row['file']}]{row['sheet']}!{row['row']}",
        YIHE, YIHE[-4:], YIHE[-6:], "陈 一鹤", "一鹤",
        row["person_id"], row["person_id"].lower(),
    )  # fmt: skip
    for way in ways:
        assert told(twins.folder, way)["person"]["person_id"] == row["person_id"], way


def test_a_place_of_another_list_names_its_child(twins: Township) -> None:
    result = explain(twins.folder, "学籍库!3", "--json")
    assert json.loads(result.stdout)["person"]["name"] == "许*"


@pytest.mark.parametrize("who", ["陈一", YIMING[:14]])
def test_several_children_are_listed_to_choose_from(twins: Township, who: str) -> None:
    result = explain(twins.folder, who, "--lang", "zh")
    assert_refused(result, "2 人", "陈*鸣", "陈*鹤", "2015", "上溪村", "户籍人口.xlsx")
    assert len(re.findall(r"P[0-9a-f]{12}", result.stderr)) == 2


@pytest.mark.parametrize(
    "who", ["欧阳长风", "349921201505060996", "9999", "名单!999", "P0123456789ab"]
)
def test_nobody_of_that_description(twins: Township, who: str) -> None:
    result = explain(twins.folder, who, "--lang", "zh")
    assert_refused(result, "未采用的行")
    assert len(result.stderr.strip().splitlines()) == 2
    assert "欧阳长风" not in result.stderr
    assert "20150506" not in result.stderr


def test_a_folder_without_a_run(town: Township) -> None:
    town.neighbour().write()
    assert_refused(explain(town.folder, "邹远航", "--lang", "zh"), "rosterrec match")


def test_what_is_missing_from_the_call(twins: Township) -> None:
    assert_refused(explain(twins.folder, "--lang", "en"), "explain [FOLDER] WHO")
    assert_refused(explain(twins.folder, "陈", "一鸣", "--lang", "en"), "quotes")
    assert_refused(explain(twins.folder / "没有", "陈一鸣", "--lang", "zh"), "没有")


def test_who_alone_means_the_folder_one_stands_in(
    twins: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(twins.folder)
    result = rosterrec("explain", "许诺", "--json")
    assert json.loads(result.stdout)["person"]["status"]


def test_an_input_that_changed_or_went(twins: Township) -> None:
    registry = twins.folder / "学籍库.xlsx"
    whole = registry.read_bytes()
    registry.write_bytes(whole + b" ")
    assert_refused(explain(twins.folder, "许诺", "--lang", "zh"), "学籍库.xlsx", "改动")
    registry.unlink()
    assert_refused(explain(twins.folder, "许诺", "--lang", "zh"), "学籍库.xlsx", "不在")
    registry.write_bytes(whole)
    assert explain(twins.folder, "许诺").exit_code == 0


def test_a_run_that_is_incomplete(twins: Township) -> None:
    next((twins.folder / "rosterrec").glob("2*/links.parquet")).write_bytes(b"PAR1")
    assert_refused(explain(twins.folder, "许诺", "--lang", "en"), "--force")


def test_all_is_shown_only_where_it_was_asked_for(twins: Township) -> None:
    whole = told(twins.folder, "陈一鸣", "--reveal")
    assert (whole["person"]["name"], whole["person"]["id_number"]) == ("陈一鸣", YIMING)
    assert whole["person"]["birth"] == "2015-05-06"
    assert_masked(explain(twins.folder, "陈一鸣", "--json"))
    assert_refused(explain(twins.folder, "陈一鸣", "--reveal", "--lang", "en"), "--json --reveal")


def test_nothing_of_a_list_is_markup(town: Township) -> None:
    number = "349921201505060112"
    town.neighbour().police(child("[red]王[/red]", number, village="[bold]村\x1b[31m")).match()
    result = explain(town.folder, number)
    assert result.exit_code == 0, cause(result)
    assert "[bold]村" in result.stdout
    assert "\x1b" not in result.output


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "十月"
    shutil.copytree(SAMPLE, folder)
    result = rosterrec("match", str(folder), "--as-of", "2024-10-15", "--lang", "zh")
    assert result.exit_code == 0, cause(result)
    return folder


#: Rows of the police list that show: a link by student number, nobody near, either of two, two
#: registrations, exchanged numbers, a row settled through another list.
@pytest.mark.parametrize("row", [8, 10, 12, 14, 31, 33])
@pytest.mark.parametrize(("lang", "columns"), [("zh", 80), ("en", 80), ("zh", 60), ("en", 60)])
def test_the_sample_fits_the_terminal(sample: Path, row: int, lang: str, columns: int) -> None:
    result = explain(sample, str(row), "--lang", lang, columns=columns)
    assert result.exit_code == 0, cause(result)
    lines = result.stdout.splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert "…" not in result.stdout
    assert {"zh": "去向：", "en": "Status: "}[lang] in result.stdout


def test_columns_are_aligned_in_cells(sample: Path) -> None:
    lines = explain(sample, "12", "--lang", "zh").stdout.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("项目"))
    last = next(at for at, line in enumerate(lines) if "合计" in line and at > first)
    assert len({cell_len(line.rstrip()) for line in lines[first : last + 1]}) == 1


@pytest.mark.parametrize("row", [8, 10, 12, 14, 31, 33])
def test_the_sample_shows_no_number_of_the_child(sample: Path, row: int) -> None:
    whole = told(sample, str(row), "--reveal")["person"]
    result = explain(sample, str(row))
    assert whole["name"] not in result.output
    assert whole["id_number"][6:14] not in result.output
    assert whole["id_number"][-4:] not in result.output
    assert whole["birth"] not in result.output


def test_a_row_number_that_ends_an_id_too_is_remarked_on(sample: Path) -> None:
    result = explain(sample, "1018", "--lang", "en")
    assert result.exit_code == 0
    people = pl.read_parquet(next((sample / "rosterrec").glob("2*/people.parquet")))
    others = int(people["id_number"].str.ends_with("1018").sum())
    assert ("Taken as row" in result.stderr) == bool(others)


def test_a_child_is_found_by_a_former_name(town: Township) -> None:
    number = "349921201312010207"
    town.neighbour().police(child("李思雨", number, former="王思雨"))
    town.match()
    assert told(town.folder, "王思雨") == told(town.folder, number)


def test_a_likely_pair_that_waits_is_said_to_be_for_a_person(town: Township) -> None:
    town.neighbour().police(child("王梓涵", "349921201406010267"))
    town.roster("青溪小学", "五(1)班", child("王子涵", birth="2014-06-01"))
    town.match()

    told_zh = explain(town.folder, "王梓涵", "--lang", "zh").output

    assert "要由人来判定" in told_zh
    assert "依据太少" not in told_zh
