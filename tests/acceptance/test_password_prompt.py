"""A password asked for on a terminal, typed unseen: as a clerk meets it."""

import os
import re
import select
import signal
import sys
import time
from pathlib import Path

import pytest
from tests.acceptance.township import Township, child
from tests.hostile.build import NUMBER, protected

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")

PASSWORD = "青溪2024"
_PATIENCE = 90


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    town = Township(tmp_path)
    town.neighbour().police(child("许诺", NUMBER))
    town.roster("青溪小学", "六(1)班", child("许诺", NUMBER)).write()
    (tmp_path / "学籍库.xlsx").write_bytes(protected(PASSWORD))
    return tmp_path


def on_a_terminal(words: list[str], typed: list[str]) -> tuple[int, str]:
    """Exit status and all that the screen showed; each word is typed when it is asked for."""
    import pty

    process, screen = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm", COLUMNS="80")
        os.environ.pop("ROSTERREC_PASSWORD", None)
        command = [sys.executable, "-c", "from rosterrec.cli import main; main()", *words]
        os.execv(sys.executable, command)
    shown, answers = b"", iter(typed)
    until = time.monotonic() + _PATIENCE
    asked = 0
    while time.monotonic() < until:
        if not select.select([screen], [], [], 1)[0]:
            continue
        try:
            shown += os.read(screen, 65536)
        except OSError:  # the other end has gone
            break
        questions = len(re.findall("密码[^\r\n]*[:：] ?", shown.decode("utf-8", "ignore")))
        if questions > asked:
            asked = questions
            os.write(screen, next(answers, "").encode() + b"\n")
    else:
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    os.close(screen)
    return os.waitstatus_to_exitcode(status), shown.decode("utf-8", "replace")


@pytest.mark.parametrize("command", ["inspect", "init"])
@pytest.mark.parametrize("wrong", [0, 1])
def test_a_password_is_asked_for_and_never_shown(command: str, wrong: int, folder: Path) -> None:
    words = [command, str(folder), "--lang", "zh"]
    status, shown = on_a_terminal(words, ["错"] * wrong + [PASSWORD])
    assert status == 0, shown
    assert PASSWORD not in shown
    asked = [line for line in shown.splitlines() if "密码" in line and "学籍库.xlsx" in line]
    assert len(asked) == wrong + 1


@pytest.mark.parametrize("command", ["inspect", "init"])
def test_who_does_not_know_the_password_is_told_so(command: str, folder: Path) -> None:
    status, shown = on_a_terminal([command, str(folder), "--lang", "zh"], ["错", "错", "错", "错"])
    assert status == 2, shown
    assert "Traceback" not in shown
    assert "密码不对" in shown


@pytest.mark.parametrize("command", ["match", "inspect", "init"])
def test_who_types_the_end_of_input_is_told_that_a_password_is_needed(
    command: str, folder: Path
) -> None:
    status, shown = on_a_terminal([command, str(folder), "--lang", "zh"], ["\x04"])
    assert (status, "有打开密码" in shown, "内部故障" in shown) == (2, True, False), shown
