"""The screen in narrow terminals: nothing cut, Chinese folded where it must be, steps indented."""

import json
from typing import Any

import pytest
from rich.cells import cell_len

from rosterrec.frames import Group, Status
from rosterrec.screen.console import Console
from rosterrec.screen.overview import show_summary
from rosterrec.screen.terminal import folded

FIGURES: dict[str, Any] = {
    "as_of": "2024-10-15",
    "population": 14506,
    "statuses": dict.fromkeys(map(str, Status), 1234),
    "groups": dict.fromkeys(map(str, Group), 12345),
    "proof": {
        "missing_proof": 5,
        "families": 2,
        "rate": {"percent": "99.84 %", "numerator": 3120, "denominator": 3125},
    },
    "corrections": {"police": 1, "registry": 330, "school": 1000},
    "findings": [{"code": "as_of_today", "date": "2024-10-15"}],
}


def screen(
    lang: str, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    show_summary(Console(lang), json.loads(json.dumps(FIGURES)), None)
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [40, 80])
def test_everything_fits_and_nothing_is_cut(
    lang: str,
    columns: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = screen(lang, columns, capsys, monkeypatch)
    assert max(map(cell_len, lines)) <= columns
    text = "\n".join(lines)
    assert "…" not in text
    assert "14,506" in text
    counts = {cell_len(line.rstrip()) for line in lines if line.rstrip().endswith("1,234")}
    assert len(counts) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_step_that_is_folded_goes_on_under_its_words(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = screen(lang, 40, capsys, monkeypatch)
    first = next(n for n, line in enumerate(lines) if line.startswith("  1. "))
    later = [line for line in lines[first:-1] if line.strip()]
    assert all(line.startswith(("  1", "  2", "  3", "  4", "  5", "     ")) for line in later)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_steps_fit_a_usual_terminal_in_one_line_each(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [li for li in screen(lang, 80, capsys, monkeypatch) if li[:5].strip()[:1].isdigit()]
    assert len(steps) == 5


def test_a_bracket_stays_with_what_it_holds() -> None:
    assert folded("不是人（2 行）、重复的表头（1 行）", 28) == [
        "不是人（2 行）、重复的表头",
        "（1 行）",
    ]


def test_a_quotation_is_not_parted_from_the_bracket_that_closes_after_it() -> None:
    assert folded("  1. decide 1 child (sheet “Review”)", 32) == [
        "  1. decide 1 child (sheet",
        "     “Review”)",
    ]


def test_an_indented_line_goes_on_indented() -> None:
    assert folded("  工作表“未在校”第 4 行", 16) == ["  工作表“未在校”", "  第 4 行"]


def test_a_row_stays_with_its_sheet() -> None:
    assert folded("位置：[名册.xlsx]四(1)班!13", 24)[1] == "班!13"
