"""Two months of the sample township, and what ``diff`` says of them."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from .outcome import cause, rosterrec, sample_month
from .township import Township, child, citizen

SAMPLES = Path(__file__).parents[2] / "sample_data"
#: What the truth calls a change, and what may be said of it: nobody can know from lists whether a
#: child of no list had left school.
MEANT = {
    "born_into_range": {"reached_age"},
    "aged_out": {"past_age"},
    "moved_in": {"moved_in", "proof_lacking"},
    "moved_out": {"moved_out"},
    "school_changed": {"moved"},
    "id_corrected": {"id_corrected", "entry_corrected"},
    "new_dropout": {"newly_out"},
    "lost_contact": {"newly_out"},
    "returned": {"returned", "found"},
    "found": {"found"},
    "filing_documented": {"filed"},
    "deceased": {"filed"},
    "suspended": {"status_changed"},
    "proof_obtained": {"proof_obtained"},
    "name_changed": {"name_corrected"},
}
#: The children of case 12, whose spoilt numbers the November export spells out.
ALSO = {("c12a", "entry_corrected"), ("c12b", "entry_corrected")}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of both months."""
    folder = tmp_path_factory.mktemp("months")
    for month in ("2024-10", "2024-11"):
        result = rosterrec(
            "match",
            str(sample_month(month, folder)),
            "--as-of",
            f"{month}-15",
            "--out",
            str(folder),
        )
        assert result.exit_code == 0, cause(result)
    return folder


def _diff(out: Path, *flags: str) -> str:
    result = rosterrec("diff", "2024-10-15", "2024-11-15_1", "--out", str(out), *flags)
    assert result.exit_code == 0, (result.output, cause(result))
    return result.stdout


def test_every_change_of_the_truth_is_told_and_no_other(out: Path) -> None:
    told = json.loads(_diff(out, "--json"))["changes"]
    rows = [
        pl.read_csv(SAMPLES / "expected" / f"2024-{m}.csv").select("row", "person")
        for m in (10, 11)
    ]
    persons = [dict(frame.iter_rows()) for frame in rows]
    found = {
        (
            persons[1][c["row"]] if c["row"] is not None else persons[0][c["row_before"]],
            c["kind"],
        )
        for c in told
    }
    truth = pl.read_csv(SAMPLES / "expected" / "changes.csv")
    possible = {(p, kind) for p, change in truth.iter_rows() for kind in MEANT[change]}
    assert found - possible == ALSO
    assert {p for p, _ in found} >= set(truth["person"])


def test_the_document_shows_no_name_and_no_number(out: Path) -> None:
    people = pl.read_parquet(out / "2024-11-15_1" / "people.parquet")
    for printed in (_diff(out, "--json"), _diff(out), _diff(out, "--lang", "en")):
        assert not [n for n in people["id_number"].drop_nulls() if n in printed]
        assert not [n for n in people["name"] if len(n) >= 3 and n in printed]


def test_the_screen_foots(out: Path) -> None:
    assert "4,506 人 + 新增 37 − 减少 29 = 4,514 人" in _diff(out)


def test_the_workbook_holds_every_change(out: Path, tmp_path: Path) -> None:
    told = json.loads(_diff(out, "--json", "-o", str(tmp_path / "变化.xlsx")))
    page = openpyxl.load_workbook(tmp_path / "变化.xlsx").worksheets[0]
    assert page.title == "变化"
    assert page.max_row - 3 == len(told["changes"])
    assert (tmp_path / "变化.xlsx").stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.iterdir()] == ["变化.xlsx"]


def test_folders_are_runs_too(out: Path) -> None:
    result = rosterrec("diff", str(out / "2024-10-15_1"), str(out), "--json")
    assert json.loads(result.stdout)["after"] == "2024-11-15_1"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("2024-11-15", "2024-10-15"), "先写较早"),
        (("2024-10-15", "2024-12-15"), "2024-11-15_1"),
        (("2024-10-15", "2024-11-15", "-o", "x.csv"), ".xlsx"),
    ],
)
def test_what_cannot_be_compared_is_refused(out: Path, words: tuple[str, ...], code: str) -> None:
    result = rosterrec("diff", *words, "--out", str(out), "--lang", "zh")
    assert result.exit_code == 2
    assert code in result.stderr


def test_names_that_are_markup_or_formulas_stay_text(town: Township, tmp_path: Path) -> None:
    odd = "=王[red]小\u202e明"
    town.police(child("王伟", citizen("20140506", 11))).neighbour().match()
    later = Township(tmp_path / "下月")
    later.police(child("王伟", citizen("20140506", 11)), child(odd, citizen("20140507", 31)))
    later.neighbour().match(as_of="2024-11-15")
    result = rosterrec("diff", str(town.folder), str(later.folder), "-o", str(tmp_path / "c.xlsx"))
    assert result.exit_code == 0, cause(result)
    assert "\u202e" not in result.stdout
    page = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    cells = {cell.value: cell.data_type for row in page for cell in row}
    assert [kind for value, kind in cells.items() if str(value).startswith("=")] == ["s"]


def test_the_second_month_tells_the_changes_itself(out: Path) -> None:
    told = json.loads(_diff(out, "--json"))
    summary = json.loads((out / "2024-11-15_1" / "summary.json").read_text("utf-8"))
    shared = {key: value for key, value in summary["changes"].items() if key != "against"}
    assert summary["changes"]["against"] == "2024-10-15_1"
    assert shared == {key: told[key] for key in shared}
    page = openpyxl.load_workbook(out / "2024-11-15_1" / "reconciliation.xlsx")["变化"]
    assert page.max_row - 3 == len(told["changes"])


def test_the_first_month_has_nothing_to_compare(out: Path) -> None:
    summary = json.loads((out / "2024-10-15_1" / "summary.json").read_text("utf-8"))
    assert summary["changes"] is None


def test_a_run_made_again_says_the_same(out: Path) -> None:
    result = rosterrec(
        "match", str(out / "2024-11"), "--as-of", "2024-11-15", "--out", str(out), "--force"
    )
    assert result.exit_code == 0, cause(result)
    assert "新增 37 人，减少 29 人" in result.stderr
    first, again = ((out / f"2024-11-15_{n}" / "summary.json").read_bytes() for n in (1, 2))
    assert first == again


def test_an_earlier_run_that_is_spoilt_is_a_note_and_no_fault(town: Township) -> None:
    town.police(child("王伟", citizen("20140506", 11))).neighbour().match()
    (town.folder / "rosterrec" / "2024-10-15_1" / "people.parquet").write_bytes(b"")
    run = town.match(as_of="2024-11-15")
    assert run.summary["changes"] is None
    assert run.summary["findings"][-1] == {"code": "earlier_unreadable", "run": "2024-10-15_1"}
