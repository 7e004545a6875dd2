"""Ctrl-C, sent for real once a command has come to a known place, to it alone or to its group."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from benchmarks.faults import acts
from benchmarks.faults.project import FLAGS, copy, faults_of, leftovers, match, run

from rosterrec import interrupts
from rosterrec.errors import OutputError
from rosterrec.ledger import Hand, Ledger, store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="speaks of POSIX signals")

#: Runs the command; at the place named it leaves a mark and stays there, as a long piece of work.
STAY = """
import importlib, sys, time
from pathlib import Path
mark, place, how, *words = sys.argv[1:]
def there():
    Path(mark).touch()
    while how == "asleep":
        time.sleep(60)
    import polars as pl
    numbers = pl.DataFrame({"a": range(200_000)}).lazy()
    while True:
        numbers.sort((pl.col("a") * 7919) % 100_003).group_by(pl.col("a") % 7).len().collect()
class Stays:
    def find_spec(self, name, path=None, target=None):
        if name == place:
            there()
from rosterrec.__main__ import main
sys.argv = ["rosterrec", *words]
if how == "silent":
    from rosterrec.cells import sandbox
    sandbox._COMMAND = f"import pathlib, time; pathlib.Path({mark!r}).touch(); time.sleep(60)"
elif "." not in place or how == "import":
    how = "asleep"
    sys.meta_path.insert(0, Stays())
else:
    module, _, name = place.rpartition(".")
    setattr(importlib.import_module(module), name, lambda *_a, **_k: there())
main()
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return acts.first_run(tmp_path_factory.mktemp("interrupts"))


@pytest.fixture(scope="module")
def filled(first: Path) -> Path:
    return acts.with_workbook(first.parent, first)


def interrupted(
    folder: Path, place: str, how: str, words: list[str], *, alone: bool
) -> tuple[int, str]:
    """Exit status and stderr of a command that was sent Ctrl-C where it stayed."""
    mark = folder.parent / "mark"
    mark.unlink(missing_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", STAY, str(mark), place, how, *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    while not mark.exists():
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.01)
    (os.kill if alone else os.killpg)(process.pid, signal.SIGINT)
    try:
        said = process.communicate(timeout=30)[1]
        assert _gone(process.pid)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    return process.returncode, said


def _gone(group: int) -> bool:
    """Whether no process of a group is left."""
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


#: Where, how it stays there, and whether the command alone hears of it or its children too.
MATCH = (
    ("polars", "import", False),
    ("rosterrec.read", "silent", True),  # the child was asked and does not answer
    ("rosterrec.read", "silent", False),
    ("rosterrec.pipeline.link", "busy", True),
    ("rosterrec.pipeline.classify", "busy", False),
    ("rosterrec.report.workbook.write_workbook", "busy", False),
    ("rosterrec.report.data.write_summary", "asleep", False),
    ("rosterrec.ledger.people.keep", "busy", True),  # within the transaction
)


@pytest.mark.parametrize(("place", "how", "alone"), MATCH)
def test_a_run_ends_and_leaves_nothing(
    filled: Path, tmp_path: Path, place: str, how: str, alone: bool
) -> None:
    folder = copy(filled, tmp_path / "t")
    (folder / acts.FILLED).unlink()
    before = _files(folder)
    words = ["match", str(folder), *FLAGS]
    status, said = interrupted(folder, place, how, words, alone=alone)
    assert (status, said) == (130, "")
    assert _files(folder) == before
    assert not faults_of(folder, 5)


def test_a_first_run_leaves_neither_results_nor_ledger(first: Path, tmp_path: Path) -> None:
    folder = copy(first, tmp_path / "t")
    place = "rosterrec.ledger.people.keep"
    status, said = interrupted(folder, place, "busy", ["match", str(folder), *FLAGS], alone=False)
    assert (status, said) == (130, "")
    assert _files(folder) == _files(first)
    assert run(match(folder)).returncode == 0


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("rosterrec.answers.intake.understand", ["decide", "{}/rosterrec/filled.xlsx"]),
        ("rosterrec.ledger.decisions.add", ["decide", "{}/rosterrec/filled.xlsx"]),
        ("rosterrec.report.brief.content.content", ["brief", "{}"]),
        ("rosterrec.commands.outgoing.seal", ["tasks", "{}"]),
        ("rosterrec.report.recorded.recorded", ["diff", "{}", "{}"]),
    ],
)
def test_other_commands_end_and_leave_nothing(
    filled: Path, tmp_path: Path, place: str, words: list[str]
) -> None:
    folder = copy(filled, tmp_path / "t")
    before = _files(folder)
    typed = [word.format(folder) for word in words]
    status, said = interrupted(folder, place, "busy", typed, alone=False)
    assert (status, said) == (130, "")
    assert _files(folder) == before
    assert faults_of(folder, 5) + leftovers(folder) == []
    with Ledger(folder / "rosterrec.db", write=False) as ledger:
        assert ledger.head().seq == 5


def test_before_anything_is_done_it_ends_without_a_word(first: Path, tmp_path: Path) -> None:
    words = ["match", str(first)]
    status, said = interrupted(tmp_path / "t", "typer", "import", words, alone=False)
    assert (status, said) == (-signal.SIGINT, "")  # which a shell calls 130


@pytest.fixture
def listening() -> object:
    with interrupts.heard_once():
        yield


def _press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def _after(seconds: float, act: Callable[[], object]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer


@pytest.mark.usefixtures("listening")
def test_pressed_again_while_things_are_put_back_it_is_spent() -> None:
    done = []

    def interrupted_twice() -> None:
        try:
            _press()
        finally:
            _press()
            done.append("put back")

    with pytest.raises(KeyboardInterrupt):
        interrupted_twice()
    assert done == ["put back"]


@pytest.mark.usefixtures("listening")
def test_what_is_held_together_is_done_whole() -> None:
    done = []

    def pressed_within() -> None:
        with interrupts.held():
            _press()
            with interrupts.held():
                done.append("inner")
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        pressed_within()
    with interrupts.held():
        done.append("later")
    assert done == ["inner", "outer", "later"]


@pytest.mark.usefixtures("listening")
def test_a_fault_in_what_is_held_is_told_and_no_press_is_kept_for_later() -> None:
    def failing() -> None:
        with interrupts.held():
            _press()
            raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        failing()
    with interrupts.held():
        pass


def test_whoever_ignores_ctrl_c_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interrupts.heard_once():
            _press()
        interrupts.at_once()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("listening")
def test_a_wait_for_a_pipe_ends_though_polars_was_imported() -> None:
    assert len(pl.DataFrame({"a": [1]}).filter(pl.col("a") > 0)) == 1
    interrupts.end_waits()
    reads, writes = os.pipe()
    timers = [_after(0.1, _press), _after(20, lambda: os.write(writes, b"late"))]
    try:
        with pytest.raises(KeyboardInterrupt):
            os.read(reads, 4)
    finally:
        for timer in timers:
            timer.cancel()
        os.close(reads)
        os.close(writes)


@pytest.mark.usefixtures("listening")
def test_a_wait_for_another_writer_ends(tmp_path: Path) -> None:
    path = tmp_path / "rosterrec.db"
    with Ledger(path) as one, Ledger(path) as other, one.act():
        began = time.monotonic()
        _after(0.1, _press)
        with pytest.raises(KeyboardInterrupt), other.act():
            pass
        assert time.monotonic() - began < store.PATIENCE / 2
        wait = other.connection.execute("PRAGMA busy_timeout").fetchone()[0]
    assert wait == store.PATIENCE * 1000


def test_a_writer_that_waits_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rosterrec.db"
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    with Ledger(path) as one, Ledger(path) as other, one.act(), pytest.raises(OutputError) as fault:
        other.retract([], "", Hand("wang", "ledger"))
    assert fault.value.code == "ledger_locked"
