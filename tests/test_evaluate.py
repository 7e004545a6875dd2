"""Figures from labelled pairs: literal frames, and the command."""

import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from rosterrec import frames
from rosterrec.cli import app
from rosterrec.judge import LABELS, LINKS, judge

A, B, C = "police.csv", "registry.csv", "class.csv"
SOURCES = {A: "population", B: "registry", C: "roster"}
NUMBER, NAME = "34992120130225040X", "许诺"


def link(
    left: int, right: int, decision: str = "accepted", p: float = 0.999, to: str = B
) -> dict[str, object]:
    return {
        "left_source": "population", "left_file": A, "left_sheet": "", "left_row": left,
        "right_source": SOURCES[to], "right_file": to, "right_sheet": "", "right_row": right,
        "probability": p, "decision": decision,
    }  # fmt: skip


def label(left: int, right: int, **more: object) -> dict[str, object]:
    return {"left_file": A, "left_row": left, "right_file": B, "right_row": right, **more}


def links(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=LINKS)


def labels(*rows: dict[str, object]) -> pl.DataFrame:
    frame = pl.DataFrame(list(rows), infer_schema_length=None)
    if "label" not in frame.columns:
        frame = frame.with_columns(label=pl.lit(value=True))
    blank = pl.col("left_sheet", "right_sheet").fill_null("")
    return frames.conform(frame, LABELS).with_columns(blank)


def counts(figures: dict[str, object], which: str = "accepted") -> dict[str, tuple[int, int]]:
    rates = figures["all"][which]  # type: ignore[index]
    return {k: (r["numerator"], r["denominator"]) for k, r in rates.items()}


def test_all_true_pairs_make_every_other_link_false() -> None:
    made = links(link(2, 2), link(3, 4), link(4, 3, "review"), link(5, 5, "rejected"))
    figures = judge(made, labels(label(2, 2), label(3, 3), label(4, 3)), complete=True)
    assert counts(figures) == {"precision": (1, 2), "recall": (1, 3), "f1": (2, 5)}
    assert counts(figures, "with_review") == {"precision": (2, 3), "recall": (2, 3), "f1": (4, 6)}


def test_labels_that_say_of_each_pair_leave_other_links_uncounted() -> None:
    made = links(link(2, 2), link(3, 4), link(9, 9), link(8, 8, "review"))
    told = labels(label(2, 2, label=True), label(3, 4, label=False), label(4, 4, label=None))
    figures = judge(made, told, complete=False)
    assert counts(figures) == {"precision": (1, 2), "recall": (1, 1), "f1": (2, 3)}
    assert figures["unjudged"] == {"accepted": 1, "review": 1}
    assert figures["labelled"] == {"true": 1, "false": 1}


def test_lists_that_the_labels_never_name_do_not_count() -> None:
    figures = judge(links(link(2, 2), link(2, 7, to=C)), labels(label(2, 2)), complete=True)
    assert counts(figures)["precision"] == (1, 1)
    assert figures["unjudged"]["accepted"] == 1


def test_a_pair_is_the_same_from_either_side() -> None:
    turned = {"left_file": B, "left_row": 2, "right_file": A, "right_row": 3}
    figures = judge(links(link(3, 2)), labels(turned), complete=True)
    assert counts(figures)["f1"] == (2, 2)
    assert [(p["left"], p["right"]) for p in figures["lists"]] == [("population", "registry")]


def test_each_pair_of_lists_has_its_own_figures() -> None:
    told = labels(label(2, 2), label(2, 3), {**label(2, 7), "right_file": C})
    figures = judge(links(link(2, 2), link(2, 7, to=C)), told, complete=True)
    recall = {p["right"]: p["accepted"]["recall"]["percent"] for p in figures["lists"]}
    assert recall == {"registry": "50.00 %", "roster": "100.00 %"}


def test_a_pair_with_two_kinds_of_error_counts_in_both() -> None:
    told = labels(label(2, 2, errors="id_slip+sex_wrong"), label(3, 3, errors="id_slip"))
    figures = judge(links(link(2, 2), link(3, 3, "review")), told, complete=True)
    found = {e["kind"]: (e["accepted"]["percent"], e["with_review"]) for e in figures["errors"]}
    assert found["id_slip"][0] == "50.00 %"
    assert found["id_slip"][1]["numerator"] == 2
    assert found["sex_wrong"][0] == "100.00 %"


def test_a_rate_short_of_one_is_never_shown_as_one() -> None:
    made = links(*(link(n, n) for n in range(2, 30_002)), link(30_002, 2))
    told = labels(*(label(n, n) for n in range(2, 30_002)))
    assert judge(made, told, complete=True)["all"]["accepted"]["precision"]["percent"] == "99.99 %"


def test_calibration_compares_the_share_true_with_what_was_promised() -> None:
    made = links(link(2, 2, p=0.99), link(3, 3, p=1.0), link(4, 9, p=0.96), link(5, 5, "review"))
    figures = judge(made, labels(label(2, 2), label(3, 3), label(5, 5)), complete=True)
    top, next_, *rest = figures["calibration"]
    assert (top["true"]["numerator"], top["true"]["denominator"], top["promised"]) == (2, 2, 0.995)
    assert (next_["true"]["numerator"], next_["true"]["denominator"]) == (0, 1)
    assert all(band["true"]["denominator"] == 0 for band in rest)


def test_no_links_at_all_is_an_answer() -> None:
    figures = judge(links(), labels(label(2, 2)), complete=True)
    assert counts(figures) == {"precision": (0, 0), "recall": (0, 1), "f1": (0, 1)}
    assert figures["all"]["accepted"]["precision"]["percent"] == "-"


# --- through the command ---


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)], env={"COLUMNS": "80"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    links(link(2, 2), link(3, 4), link(4, 3, "review")).write_parquet(tmp_path / "links.parquet")
    return tmp_path


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "labels.csv"
    path.write_bytes(text.encode(encoding))
    return path


HEAD = "left_file,left_row,right_file,right_row"


def assert_refused(result: Result, *words: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert 1 <= len(lines) <= 2
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr
    assert NAME not in result.stderr
    assert NUMBER not in result.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_screen_shows_counts_within_80_columns(folder: Path, lang: str) -> None:
    path = written(folder, f"{HEAD},errors\n{A},2,{B},2,id_slip\n{A},3,{B},3,none\n")
    result = run(folder, path, "--lang", lang)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "1/2" in result.stderr
    assert "id_slip" in result.stderr
    from rich.cells import cell_len

    assert max(map(cell_len, result.stderr.splitlines())) <= 80


def test_json_goes_to_stdout_alone(folder: Path) -> None:
    result = run(folder / "links.parquet", written(folder, f"{HEAD}\n{A},2,{B},2\n"), "--json")
    assert result.stderr == ""
    recall = json.loads(result.stdout)["all"]["accepted"]["recall"]
    assert recall == {"numerator": 1, "denominator": 1, "percent": "100.00 %"}


def test_the_newest_run_of_a_folder_is_judged(folder: Path) -> None:
    run_folder = folder / "2024-10-15_1"
    run_folder.mkdir()
    (folder / "links.parquet").rename(run_folder / "links.parquet")
    (folder / "latest.txt").write_text("2024-10-15_1\n", "utf-8")
    assert run(folder, written(folder, f"{HEAD}\n{A},2,{B},2\n")).exit_code == 0


def test_links_may_be_a_csv(folder: Path) -> None:
    pl.read_parquet(folder / "links.parquet").write_csv(folder / "links.csv")
    result = run(folder / "links.csv", written(folder, f"{HEAD}\n{A},2.0,{B},2\n\n,,,\n"), "--json")
    assert json.loads(result.stdout)["all"]["accepted"]["precision"]["denominator"] == 2


@pytest.mark.parametrize(
    ("same", "different", "open_"),
    [("同一人", "不是同一人", "不确定"), ("1", "0", ""), ("same", "different", "unsure")],
)
def test_labels_in_a_workbook_in_words(folder: Path, same: str, different: str, open_: str) -> None:
    rows = [
        (*HEAD.split(","), "label"),
        (A, 2, B, 2, same),
        (A, 3, B, 4, different),
        (A, 4, B, 3, open_),
    ]
    with xlsxwriter.Workbook(folder / "labels.xlsx") as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    figures = json.loads(run(folder, folder / "labels.xlsx", "--json").stdout)
    assert figures["labelled"] == {"true": 1, "false": 1}
    assert figures["all"]["accepted"]["precision"]["percent"] == "50.00 %"


def test_labels_in_gb18030(folder: Path) -> None:
    path = written(folder, f"{HEAD},label\n{A},2,{B},2,同一人\n", "gb18030")
    assert run(folder, path).exit_code == 0


def test_missing_files_and_columns_are_refused(folder: Path) -> None:
    good = written(folder, f"{HEAD}\n{A},2,{B},2\n")
    assert_refused(run(folder / "none", good, "--lang", "en"), "none")
    assert_refused(run(folder, folder / "none.csv", "--lang", "zh"), "none.csv")
    assert_refused(run(good, good, "--lang", "en"), "decision")
    odd = written(folder, f"姓名,身份证号\n{NAME},{NUMBER}\n")
    assert_refused(run(folder, odd, "--lang", "en"), "left_file", "right_row")


def test_values_that_cannot_be_read_are_refused_by_row(folder: Path) -> None:
    assert_refused(run(folder, written(folder, f"{HEAD}\n{A},2,{B},x\n")), "2")
    assert_refused(run(folder, written(folder, f"{HEAD},label\n{A},2,{B},2,{NAME}\n")), "label")
    assert_refused(run(folder, written(folder, f"{HEAD},label\n{A},2,{B},2,\n")), "label")
    assert_refused(run(folder, written(folder, f"{HEAD},errors\n{A},2,{B},2,{NUMBER}\n")), "errors")
    both = f"{HEAD},label\n{A},2,{B},2,1\n{A},2,{B},2,0\n"
    assert_refused(run(folder, written(folder, both), "--lang", "en"), "both")


def test_damaged_and_empty_files_are_refused(folder: Path) -> None:
    broken = folder / "labels.parquet"
    broken.write_bytes(b"PAR1 nothing")
    assert_refused(run(folder, broken, "--lang", "en"), "labels.parquet")
    assert_refused(run(folder, written(folder, "")), "labels.csv")
    assert_refused(run(folder, written(folder, HEAD + "\n")), "label")


def test_labels_without_sheets_serve_only_where_a_file_has_one(tmp_path: Path) -> None:
    made = links(link(2, 2), link(3, 3)).with_columns(right_sheet=pl.Series(["甲", "乙"]))
    made.head(1).write_parquet(tmp_path / "links.parquet")
    path = written(tmp_path, f"{HEAD}\n{A},2,{B},2\n")
    assert run(tmp_path, path).exit_code == 0
    made.write_parquet(tmp_path / "links.parquet")
    assert_refused(run(tmp_path, path, "--lang", "en"), "right_sheet")


def test_labels_with_several_sheets_are_matched_by_sheet(tmp_path: Path) -> None:
    made = links(link(2, 2), link(3, 2)).with_columns(right_sheet=pl.Series(["甲", "乙"]))
    made.write_parquet(tmp_path / "links.parquet")
    head = "left_file,left_sheet,left_row,right_file,right_sheet,right_row"
    path = written(tmp_path, f"{head}\n{A},,2,{B},甲,2\n{A},,3,{B},甲,2\n")
    figures = json.loads(run(tmp_path, path, "--json").stdout)
    assert figures["all"]["accepted"]["recall"]["percent"] == "50.00 %"
