"""What a run takes from the ledger: a clock that was set back, and one that was not."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.faults.project import make
from typer.testing import CliRunner

from rosterrec.cli import app
from rosterrec.ledger import Ledger, Run
from rosterrec.project import continuity, history

NOON = dt.datetime(2024, 10, 15, 12, tzinfo=dt.UTC)
RUN = Run(
    run_id="2024-10-15_1", run_key="k", folder="rosterrec", as_of=dt.date(2024, 10, 15),
    started=NOON.isoformat(), finished=(NOON + dt.timedelta(minutes=5)).isoformat(), version="1",
    settings={}, figures={}, inputs=(),
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "rosterrec.db") as opened:
        yield opened


def test_a_clock_set_back_is_told(ledger: Ledger) -> None:
    with ledger.act():
        ledger.record(RUN)
    (told,) = history.clock_findings(ledger, lambda: NOON - dt.timedelta(days=300))
    assert (told.code, told.facts["last"]) == ("clock_back", "2024-10-15 12:05+00:00")


def test_a_run_that_ends_while_another_goes_on_sets_no_clock_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "month", children=12)
    words = ["match", str(folder), "--as-of", "2024-10-15", "--force"]
    assert CliRunner().invoke(app, words).exit_code == 0
    named = continuity.named

    def meanwhile(found: Any, ledger: Any) -> Any:
        ends = dt.datetime.now().astimezone().isoformat()
        with ledger.act():
            ledger.record(replace(RUN, finished=ends))
        return named(found, ledger)

    monkeypatch.setattr(continuity, "named", meanwhile)
    assert CliRunner().invoke(app, words).exit_code == 0
    summary = (folder / "rosterrec" / "2024-10-15_2" / "summary.json").read_text("utf-8")
    assert "clock_back" not in summary


def test_a_ledger_without_runs_knows_no_time(ledger: Ledger) -> None:
    assert history.clock_findings(ledger, lambda: NOON) == ()
    assert history.clock_findings(None, lambda: NOON) == ()
