"""What a clerk fills into a workbook binds the next run, however the workbook comes back."""

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from rosterrec.ledger import Ledger

from .outcome import Run, rosterrec
from .township import C, P, Township, child, citizen

HAN = citizen("20140601", 26)
YU = citizen("20130402", 31)
MA = citizen("20120711", 45)
LEFT, RIGHT = P("王梓涵"), C("王子涵")
GOLDEN = Path(__file__).parents[1] / "golden" / "decide"


@pytest.fixture
def waiting(town: Township) -> Township:
    """A child who may be a row of the roster, and one who is in no list but the police's."""
    return (
        town.neighbour()
        .police(child("王梓涵", HAN), child("于小满", YU), child("马小军", MA))
        .ledger(child("马小军", MA, destination="县外", proof="否"))
        .roster("青溪小学", "四(9)班", child("王子涵", birth="2014-06-01"))
    )


def filled(run: Run, name: str = "填.xlsx", **cells: Any) -> Path:
    """A copy of the run's workbook with cells filled in: ``sheet__name__heading=value``."""
    path = run.folder.parent / name
    shutil.copy(run.folder / "reconciliation.xlsx", path)
    return fill(path, **cells)


def fill(path: Path, **cells: Any) -> Path:
    book = openpyxl.load_workbook(path)
    for where, value in cells.items():
        sheet, who, heading = where.split("__")
        page = book[sheet]
        heads = {str(cell.value).split("（")[0]: cell.column for cell in page[3] if cell.value}
        rows = [r for r in range(4, page.max_row + 1) if page.cell(r, heads["姓名"]).value == who]
        assert len(rows) == 1
        page.cell(rows[0], heads[heading]).value = value
    book.save(path)
    return path


def book_of(run: Run) -> openpyxl.Workbook:
    return openpyxl.load_workbook(run.folder / "reconciliation.xlsx")


def decide(path: Path, *flags: str) -> dict[str, Any]:
    result = rosterrec("decide", str(path), "--lang", "zh", "--json", *flags)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def standing(town: Township) -> list[tuple[str, str]]:
    with Ledger(town.folder / "rosterrec.db", write=False) as ledger:
        return [(str(d.entry.kind), d.entry.verdict) for d in ledger.standing()]


def test_a_pair_said_to_be_the_same_is_linked(waiting: Township) -> None:
    first = waiting.match()
    assert first.link(LEFT, RIGHT) == "review"
    assert decide(filled(first, 待核对__王梓涵__判定="同一人"))["added"] == 1
    again = waiting.match()
    assert again.link(LEFT, RIGHT) == "accepted"
    assert again.status("王梓涵") == "local"
    assert again.links.filter(pl.col("basis") == "decided").height == 1
    assert again.summary["decisions"]["pairs"] == {"same": 1, "different": 0, "unsure": 0}


def test_a_pair_said_to_be_different_is_never_linked(waiting: Township) -> None:
    decide(filled(waiting.match(), 待核对__王梓涵__判定="不是同一人"))
    run = waiting.match()
    assert run.link(LEFT, RIGHT) == "rejected"
    assert run.status("王梓涵") == "not_found"


def test_a_pair_of_which_a_clerk_is_unsure_keeps_waiting(waiting: Township) -> None:
    decide(filled(waiting.match(), 待核对__王梓涵__判定="不确定"))
    run = waiting.match()
    assert run.link(LEFT, RIGHT) == "review"
    assert run.status("王梓涵") == "review"


def test_a_decision_holds_when_the_lists_are_sorted_otherwise(
    waiting: Township, tmp_path: Path
) -> None:
    decide(filled(waiting.match(), 待核对__王梓涵__判定="同一人"))
    other = waiting.shuffled(tmp_path / "下月", seed=3)
    other.folder.mkdir()
    shutil.copy(waiting.folder / "rosterrec.db", other.folder)
    run = other.write().match()
    assert run.link(LEFT, RIGHT) == "accepted"


def test_a_decision_whose_record_changed_is_told_and_not_applied(
    waiting: Township, tmp_path: Path
) -> None:
    decide(filled(waiting.match(), 待核对__王梓涵__判定="同一人"))
    later = Township(tmp_path / "下月")
    later.neighbour().police(child("王梓函", HAN), child("于小满", YU)).roster(
        "青溪小学", "四(9)班", child("王子涵", birth="2014-06-01")
    )
    later.folder.mkdir()
    shutil.copy(waiting.folder / "rosterrec.db", later.folder)
    run = later.write().match()
    assert run.summary["decisions"]["stale"] == 1
    assert {"code": "decisions_stale", "n": 1} in run.summary["findings"]
    assert "判定须再看" in book_of(run).sheetnames
    assert run.link(P("王梓函"), RIGHT) != "accepted"


def test_a_new_decision_makes_a_new_run_and_no_decision_makes_none(waiting: Township) -> None:
    first = waiting.match()
    assert waiting.match().folder == first.folder
    decide(filled(first, 待核对__王梓涵__判定="同一人"))
    second = waiting.match()
    assert second.folder != first.folder
    assert waiting.match().folder == second.folder


def test_a_status_set_by_hand_binds_while_the_lists_say_the_same(waiting: Township) -> None:
    cells = {
        "未在校__于小满__走访日期": dt.date(2024, 10, 8),
        "未在校__于小满__认定去向": "辍学",
    }
    decide(filled(waiting.match(), **cells))
    run = waiting.match()
    assert (run.status("于小满"), run.person("于小满")["rule"]) == ("dropout", "decided")
    (waiting.folder / "青溪小学名册.xlsx").unlink()
    waiting.roster("青溪小学", "四(9)班", child("于小满", YU)).write()
    back = waiting.match()
    assert back.status("于小满") == "local"
    assert "decision_overtaken" in back.flags("于小满")
    assert back.summary["decisions"]["overtaken"] == 1


def test_a_filing_needs_its_document(waiting: Township) -> None:
    run = waiting.match()
    path = filled(run, 未在校__于小满__认定去向="死亡")
    result = rosterrec("decide", str(path), "--json")
    assert result.exit_code == 2
    assert [u["reason"] for u in json.loads(result.stdout)["unclear"]] == ["document_needed"]
    fill(path, 未在校__于小满__文号="〔2024〕3号", 未在校__于小满__文件日期="2024年9月2日")
    assert decide(path)["added"] == 1
    assert waiting.match().status("于小满") == "deceased"


def test_taking_the_same_workbook_in_twice_adds_nothing(waiting: Township) -> None:
    path = filled(waiting.match(), 待核对__王梓涵__判定="同一人")
    assert decide(path)["added"] == 1
    assert decide(path) == decide(path.rename(path.with_name("改名.xlsx"))) | {
        "workbook": "填.xlsx"
    }
    assert standing(waiting) == [("pair", "same")]


def test_match_takes_in_an_edited_workbook_of_an_earlier_run(waiting: Township) -> None:
    first = waiting.match()
    fill(first.folder / "reconciliation.xlsx", 待核对__王梓涵__判定="同一人")
    before = (first.folder / "reconciliation.xlsx").read_bytes()
    second = waiting.match()
    assert second.link(LEFT, RIGHT) == "accepted"
    assert (first.folder / "reconciliation.xlsx").read_bytes() == before


def test_two_clerks_who_disagree_are_both_heard(waiting: Township) -> None:
    run = waiting.match()
    one = filled(run, "甲.xlsx", 待核对__王梓涵__判定="同一人", 待核对__王梓涵__核实人="甲")
    two = filled(run, "乙.xlsx", 待核对__王梓涵__判定="不是同一人", 待核对__王梓涵__核实人="乙")
    assert decide(one)["against"] == []
    assert decide(two)["against"] == [[2, 1]]
    later = waiting.match()
    assert later.link(LEFT, RIGHT) == "review"
    assert later.summary["decisions"]["disputed"] == 2
    page = book_of(later)["待核对"]
    said = [str(cell.value) for row in page.iter_rows(min_row=4) for cell in row]
    assert any("甲：同一人" in words and "乙：不是同一人" in words for words in said)
    # Whoever has seen both settles it.
    settled = filled(later, "定.xlsx", 待核对__王梓涵__判定="同一人")
    assert len(decide(settled)["overturned"]) == 2
    assert waiting.match().link(LEFT, RIGHT) == "accepted"


def test_rows_are_found_though_sorted_and_beside_new_columns(waiting: Township) -> None:
    path = filled(waiting.match(), 待核对__王梓涵__判定="同一人")
    book = openpyxl.load_workbook(path)
    page = book["待核对"]
    page.insert_cols(1)
    page.cell(3, 1).value = "我的备注"
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    for at, row in enumerate(reversed(rows), 4):
        for column, value in enumerate(row, 1):
            page.cell(at, column).value = value
    book.save(path)
    assert decide(path)["added"] == 1


def test_a_row_without_its_key_is_named_and_left(waiting: Township) -> None:
    path = filled(waiting.match(), 待核对__王梓涵__判定="同一人", 未在校__于小满__认定去向="辍学")
    book = openpyxl.load_workbook(path)
    page = book["待核对"]
    for cell in page[4]:
        if "population." in str(cell.value):
            cell.value = None
    book.save(path)
    found = decide(path)
    assert found["added"] == 1
    assert [(u["sheet"], u["row"], u["reason"]) for u in found["unclear"]] == [
        ("待核对", 4, "no_key")
    ]


def test_a_dry_run_writes_nothing(waiting: Township) -> None:
    path = filled(waiting.match(), 待核对__王梓涵__判定="同一人")
    assert decide(path, "--dry-run")["added"] == 1
    assert standing(waiting) == []


def test_a_workbook_saved_by_libreoffice_is_understood(waiting: Township) -> None:
    waiting.match()
    for name in ("saved.xlsx", "saved.ods"):
        path = waiting.folder / "rosterrec" / name
        shutil.copy(GOLDEN / name, path)
        found = decide(path)
        assert found["unclear"] == []
        assert found["added"] + found["again"] == 3
    assert sorted(standing(waiting)) == [("pair", "same"), ("proof", "held"), ("status", "dropout")]
    assert waiting.match().link(LEFT, RIGHT) == "accepted"


def test_another_workbook_is_refused(waiting: Township) -> None:
    waiting.match()
    result = rosterrec("decide", str(waiting.folder / "户籍人口.xlsx"), "--lang", "en")
    assert result.exit_code == 2
    assert "none of the sheets" in result.stderr


def test_a_pair_taken_back_before_the_next_month_is_told_by_diff_and_by_the_sheet(
    waiting: Township, tmp_path: Path
) -> None:
    decide(filled(waiting.match(), 待核对__王梓涵__判定="同一人"))
    before = waiting.match(as_of="2024-10-15")
    taken_back = rosterrec("ledger", str(waiting.folder), "retract", "1", "--reason", "认错人")
    assert taken_back.exit_code == 0, taken_back.output
    after = waiting.match(as_of="2024-11-15")
    for lang, was, now in (
        ("zh", "#1 同一人", "#2 已撤回"), ("en", "#1 same person", "#2 taken back")
    ):  # fmt: skip
        words = (str(before.folder), str(after.folder), "--lang", lang)
        told = json.loads(rosterrec("diff", *words, "--json").stdout)
        (change,) = (c for c in told["changes"] if c["kind"] == "overturned")
        assert (change["before"], change["after"]) == (was, now)
        assert "王梓涵" not in rosterrec("diff", *words).stdout
    assert after.summary["changes"]["kinds"]["overturned"] == 1
    cells = [row[:8] for row in book_of(after)["变化"].iter_rows(values_only=True)]
    (row,) = (cell for cell in cells if "人工判定已改变" in cell)
    assert (row[1], row[6], row[7]) == ("王梓涵", "#1 同一人", "#2 已撤回")


def test_an_end_of_a_dispute_is_told_apart_from_a_change_of_mind(waiting: Township) -> None:
    first = waiting.match()
    decide(filled(first, "甲.xlsx", 待核对__王梓涵__判定="同一人", 待核对__王梓涵__核实人="王"))
    decide(filled(first, "乙.xlsx", 待核对__王梓涵__判定="不是同一人", 待核对__王梓涵__核实人="李"))
    agreed = filled(waiting.match(), "议定.xlsx", 待核对__王梓涵__判定="同一人")
    for lang, kept, changed in (
        ("zh", "仍是“同一人”，以这一条代替 王", "由“不是同一人”改为“同一人”"),
        ("en", "still “same person”, in place of no. 1 by 王", "from “different people” to"),
    ):
        told = rosterrec("decide", str(agreed), "--dry-run", "--lang", lang).stderr
        assert kept in told
        assert changed in told


def test_a_row_that_is_given_to_two_children_is_named(town: Township) -> None:
    twins = child("王梓涵", HAN), child("王梓函", citizen("20140601", 44))
    town.neighbour().police(*twins)
    town.roster("青溪小学", "四(9)班", child("王子涵", birth="2014-06-01"))
    both = {"待核对__王梓涵__判定": "同一人", "待核对__王梓函__判定": "同一人"}
    path = filled(town.match(), **both)
    for flags in (("--dry-run",), ()):
        told = rosterrec("decide", str(path), "--lang", "zh", *flags).stderr
        assert told.count("一行只能是一个孩子") == 2
    other = fill(path, 待核对__王梓涵__判定="不是同一人")
    told = rosterrec("decide", str(other), "--lang", "en", "--dry-run").stderr
    assert "one row is one child" not in told  # the row is taken from one of them
