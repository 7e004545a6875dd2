"""Every example in docs/scheduled.md: run as a schedule runs it, or checked as far as one can."""

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
posix = pytest.mark.skipif(os.name == "nt", reason="runs the script for cron")


def examples() -> list[tuple[str, str]]:
    """The code blocks, each with its language."""
    return re.findall(r"```(\w*)\n(.*?)```", (ROOT / "docs/scheduled.md").read_text("utf-8"), re.S)


def example(language: str, holds: str = "") -> str:
    (found,) = [code for lang, code in examples() if lang == language and holds in code]
    return found


def script() -> str:
    return example("sh")


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


@posix
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


@posix
def test_a_list_that_is_refused_keeps_the_last_summary(tmp_path: Path, month: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "summary.json").write_text('{"exit": 0}', "utf-8")
    (month / "不明.csv").write_text("甲,乙\n1,2\n", "utf-8")
    result, _ = scheduled(tmp_path, month)
    assert result.returncode == 2
    assert (logs / "summary.json").read_text("utf-8") == '{"exit": 0}'
    assert "不明.csv" in (logs / "match.log").read_text("utf-8")


def test_every_example_has_its_test() -> None:
    assert [language for language, _ in examples()] == ["sh", "cron", "logrotate", "bat", "bat"]


def cron() -> tuple[list[str], str]:
    """When the line of the crontab runs, and what."""
    *when, command = example("cron").strip().split(maxsplit=5)
    return when, command


def test_the_crontab_says_half_past_six_on_working_days() -> None:
    when, command = cron()
    assert when == ["30", "6", "*", "*", "1-5"]
    assert "%" not in command  # cron would take it for the end of the line
    assert "\n" not in command


@posix
@pytest.mark.parametrize(("status", "mail"), [(0, ""), (3, ""), (2, "rosterrec: see match.log\n")])
def test_cron_mails_of_every_status_but_0_and_3(tmp_path: Path, status: int, mail: str) -> None:
    daily = tmp_path / "rosterrec-daily"
    daily.write_text(f"#!/bin/sh\nexit {status}\n", "utf-8")
    daily.chmod(0o700)
    _, command = cron()
    result = subprocess.run(
        ["/usr/bin/env", "-i", f"HOME={tmp_path}", "/bin/sh", "-c",
         command.replace("/srv/enrollment/rosterrec-daily", str(daily))],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.stdout, result.stderr) == (mail, "")


@posix
def test_the_crontab_runs_the_documented_script_in_an_empty_environment(
    tmp_path: Path, month: Path
) -> None:
    scheduled(tmp_path, month)  # puts the script and the command in place
    shutil.rmtree(tmp_path / "logs")
    _, command = cron()
    path = f"PATH={tmp_path / 'bin'}:/usr/bin:/bin"
    command = re.sub(r"^PATH=\S+", path, command).replace(
        "/srv/enrollment/rosterrec-daily",
        f"/bin/sh {tmp_path / 'rosterrec-daily'} {month} {tmp_path / 'logs'}",
    )
    result = subprocess.run(
        ["/usr/bin/env", "-i", f"HOME={tmp_path}", "/bin/sh", "-c", command],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.stdout, result.stderr) == ("", "")
    summary = json.loads((tmp_path / "logs" / "summary.json").read_text("utf-8"))
    assert summary["unchanged"]  # nothing new since the run before


def test_the_log_is_rotated_as_logrotate_writes_its_rules(tmp_path: Path) -> None:
    rules = example("logrotate")
    file, inside = re.fullmatch(r"(\S+) \{\n(.*)\}\n", rules, re.S).groups()  # type: ignore[union-attr]
    assert file.endswith("/logs/match.log")
    assert {line.split()[0] for line in inside.splitlines()} <= {
        "monthly", "rotate", "compress", "missingok", "notifempty", "create",
    }  # fmt: skip
    assert "create 0600\n" in inside
    program = shutil.which("logrotate", path="/usr/sbin:/usr/bin:/sbin")
    if program:
        log, config = tmp_path / "match.log", tmp_path / "rosterrec"
        log.write_text("x\n", "utf-8")
        config.write_text(rules.replace(file, str(log)), "utf-8")
        config.chmod(0o644)
        said = subprocess.run(
            [program, "-d", str(config)], capture_output=True, text=True, check=False
        )
        assert said.returncode == 0, said.stderr
        assert "error" not in said.stderr


def test_the_windows_script_sets_what_it_uses_and_keeps_digits_from_its_redirections() -> None:
    lines = example("bat", "@echo off").splitlines()
    known = {"ERRORLEVEL", "DATE", "TIME"}
    for line in lines:
        assert line.count('"') % 2 == 0, line
        # "exit 3>>log" would send what a handle 3 says, not the line.
        assert not re.search(r"(%\w+%|\s\d)>", line.replace(" 2>", " >")), line
        bare = line.replace("%%m", "")
        assert set(re.findall(r"%(\w+)%", bare)) <= known, line
        assert "%" not in re.sub(r"%\w+%", "", bare), line
        known |= set(re.findall(r"\bset (\w+)=", line))
    assert lines[0] == "@echo off"
    assert lines[-1] == "exit /b %STATUS%"
    run = next(at for at, line in enumerate(lines) if line.startswith("rosterrec match"))
    assert "<nul" in lines[run]
    assert lines[run + 1] == "set STATUS=%ERRORLEVEL%"  # before anything else changes it
    assert [s for s in "0123456" if f"if %STATUS% EQU {s} move" in "\n".join(lines)] == ["0", "3"]


def test_both_scripts_run_the_same_command() -> None:
    asked = [
        re.search(r"match \S+ (--[^<\\]+)", code) for code in (script(), example("bat", "@echo"))
    ]
    assert [found[1].split() for found in asked if found] == [
        ["--check", "--json", "--lang", "zh"]
    ] * 2


def test_the_windows_task_is_made_by_switches_that_schtasks_knows() -> None:
    words = re.findall(r'"[^"]*"|\S+', example("bat", "schtasks"))
    assert words[:2] == ["schtasks", "/Create"]
    switches = dict(zip(words[2::2], words[3::2], strict=True))
    assert set(switches) == {"/TN", "/TR", "/SC", "/D", "/ST"}
    assert switches["/SC"] == "WEEKLY"
    assert set(switches["/D"].split(",")) <= {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"}
    assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", switches["/ST"])
    target = switches["/TR"].strip('"')
    assert target.endswith(".cmd")
    assert " " not in target  # it would need quotes within the quotes
