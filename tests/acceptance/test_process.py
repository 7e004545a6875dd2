"""The command as a process of its own: closed streams, interruption, other locales, odd names."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .township import AS_OF, HOME, Township, child

NUMBER = "34992120130225040X"
RUN = (sys.executable, "-c", "from rosterrec.cli import main; main()", "match")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="speaks of POSIX streams and signals")


@pytest.fixture
def good(town: Township) -> Township:
    town.neighbour().police(child("许诺", NUMBER))
    return town.roster("青溪小学", "六(1)班", child("许诺", NUMBER)).write()


def in_shell(folder: Path, tail: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a shell, with what follows it."""
    words = [*RUN, str(folder), "--as-of", AS_OF, *HOME, "--lang", "zh", "--json"]
    return subprocess.run(
        ["/bin/sh", "-c", f'"$@" {tail}', "sh", *words],
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_nobody_listens_to_stdout(good: Township) -> None:
    result = in_shell(good.folder, ">&-")
    assert (result.returncode, "内部故障" in result.stderr) == (0, False)


def test_the_reader_has_heard_enough(good: Township) -> None:
    result = in_shell(good.folder, "| true")
    assert "Traceback" not in result.stderr
    assert "Broken" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_stdout_is_full(good: Township) -> None:
    result = in_shell(good.folder, ">/dev/full")
    assert result.returncode == 4
    assert "summary.json" in result.stderr
    assert (good.folder / "rosterrec" / "latest.txt").exists()


def test_a_locale_without_chinese_changes_nothing(good: Township) -> None:
    plain = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    poor = json.loads(in_shell(good.folder, "--dry-run", **plain).stdout)
    rich = json.loads(in_shell(good.folder, "--dry-run").stdout)
    assert poor == rich


def test_file_names_out_of_an_archive_in_gb18030(good: Township) -> None:
    stored = good.folder / os.fsdecode("册甲.xlsx".encode("gb18030"))
    (good.folder / "青溪小学名册.xlsx").rename(stored)
    result = in_shell(good.folder, "")
    assert result.returncode == 0, result.stderr
    assert "册甲.xlsx" in [i["name"] for i in json.loads(result.stdout)["inputs"]]


def test_an_interrupted_first_run_leaves_no_folder(
    good: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rosterrec.report.workbook.write_workbook", interrupt)
    from .outcome import rosterrec

    result = rosterrec("match", str(good.folder), "--as-of", AS_OF, *HOME)
    assert result.exit_code == 130
    assert not (good.folder / "rosterrec").exists()
