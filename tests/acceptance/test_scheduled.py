"""The script in docs/scheduled.md, run as a schedule runs it: without a terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="runs the script for cron")


def script() -> str:
    found = re.search(r"```sh\n(.*?)```", (ROOT / "docs/scheduled.md").read_text("utf-8"), re.S)
    assert found is not None
    return found[1]


def scheduled(tmp_path: Path, month: Path) -> tuple[subprocess.CompletedProcess[bytes], Path]:
    """The documented script on a folder, detached from any terminal."""
    command = tmp_path / "bin" / "rosterrec"
    command.parent.mkdir(exist_ok=True)
    run = "from rosterrec.cli import main; main()"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{run}" "$@"\n', "utf-8")
    command.chmod(0o700)
    daily, logs = tmp_path / "rosterrec-daily", tmp_path / "logs"
    daily.write_text(script(), "utf-8")
    result = subprocess.run(
        ["/bin/sh", str(daily), str(month), str(logs)],
        stdin=subprocess.DEVNULL, capture_output=True, check=False, start_new_session=True,
        env={**os.environ, "PATH": f"{command.parent}:/usr/bin:/bin"},
    )  # fmt: skip
    return result, logs


@pytest.fixture
def month(tmp_path: Path) -> Path:
    folder = tmp_path / "current"
    shutil.copytree(ROOT / "sample_data" / "2024-11", folder)
    (folder / "rosterrec.toml").write_text('as_of = "2024-11-15"\n', "utf-8")
    return folder


def test_a_sample_month_ends_with_3_and_one_json_document(tmp_path: Path, month: Path) -> None:
    result, logs = scheduled(tmp_path, month)
    assert (result.returncode, result.stdout, result.stderr) == (3, b"", b"")
    summary = json.loads((logs / "summary.json").read_text("utf-8"))
    assert (summary["exit"], summary["as_of"]) == (3, "2024-11-15")
    assert not (logs / "summary.new").exists()
    log = (logs / "match.log").read_text("utf-8")
    assert log.rstrip().endswith("exit 3")
    assert re.search(r"\d{17}[\dX]", log) is None
    assert all(path.stat().st_mode & 0o077 == 0 for path in logs.iterdir())


def test_a_list_that_is_refused_keeps_the_last_summary(tmp_path: Path, month: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "summary.json").write_text('{"exit": 0}', "utf-8")
    (month / "不明.csv").write_text("甲,乙\n1,2\n", "utf-8")
    result, _ = scheduled(tmp_path, month)
    assert result.returncode == 2
    assert (logs / "summary.json").read_text("utf-8") == '{"exit": 0}'
    assert "不明.csv" in (logs / "match.log").read_text("utf-8")
