"""Which run somebody means."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosterrec.errors import InputError
from rosterrec.project import publish
from rosterrec.project.runs import find


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """An output folder with two runs."""
    out = tmp_path / "elsewhere"
    for name in ("2024-09-15_1", "2024-10-15_1"):
        (out / name).mkdir(parents=True)
        (out / name / publish.RUN_FILE).write_text("{}", "utf-8")
    (out / publish.LATEST).write_text("2024-10-15_1", "utf-8")
    return out


def test_results_elsewhere_are_those_of_lists_that_hold_none(
    tmp_path: Path, elsewhere: Path
) -> None:
    assert find(str(tmp_path), elsewhere) == elsewhere / "2024-10-15_1"


def test_results_among_the_lists_come_first(tmp_path: Path, elsewhere: Path) -> None:
    elsewhere.rename(tmp_path / "rosterrec")
    assert find(str(tmp_path), tmp_path / "other") == tmp_path / "rosterrec" / "2024-10-15_1"


def test_names_and_dates_are_looked_up_elsewhere(elsewhere: Path) -> None:
    assert find("2024-09-15", elsewhere) == elsewhere / "2024-09-15_1"


def test_where_no_run_is_the_folder_looked_in_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        find(str(tmp_path), tmp_path / "nowhere")
    assert "nowhere" in str(refused.value.facts["folder"])
