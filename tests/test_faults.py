"""In short what ``python -m benchmarks.faults`` does in full: kill it, fail it, crowd it."""

import os
import shutil
from pathlib import Path

import pytest
from benchmarks.faults import acts, crowd, kill, nth
from benchmarks.faults.__main__ import faulty
from benchmarks.faults.project import copy, faults_of, match, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="speaks of POSIX signals and modes")
NOTED = 5


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def first(work: Path) -> Path:
    return acts.first_run(work)


@pytest.fixture(scope="module")
def filled(work: Path, first: Path) -> Path:
    return acts.with_workbook(work, first, NOTED)


@pytest.fixture(scope="module")
def again(work: Path, first: Path, filled: Path) -> Path:
    return acts.run_anew(work, first, NOTED)


def test_killed_in_its_first_run(first: Path, tmp_path: Path) -> None:
    assert not faulty(kill.killed(first, tmp_path / "t", match, 3))


def test_killed_in_a_later_run(again: Path, tmp_path: Path) -> None:
    assert not faulty(kill.killed(again, tmp_path / "t", match, 3, NOTED))


def test_killed_while_taking_in_a_workbook(filled: Path, tmp_path: Path) -> None:
    assert not faulty(kill.killed(filled, tmp_path / "t", acts.decide, 3, NOTED))


def test_killed_in_a_migration(first: Path, work: Path, tmp_path: Path) -> None:
    old = acts.with_old_ledger(work, first, 500)
    assert not faulty(kill.killed(old, tmp_path / "t", acts.migrate, 3, 500))


@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
@pytest.mark.parametrize("call", nth.CALLS)
def test_a_call_that_fails(again: Path, tmp_path: Path, call: str) -> None:
    shim = nth.built(tmp_path)
    only = [1, 3] if call == "open" else [1, 2]  # the third is of the lock
    found = nth.failing(again, tmp_path / "t", match, shim, call, NOTED, only=only)
    assert found["calls"] >= 2
    assert (found["exit 4"], found["exit 0"]) == ((1, 1) if call == "open" else (2, 0))
    assert not faulty(found)


def test_two_runs_at_once(again: Path, tmp_path: Path) -> None:
    assert not faulty(crowd.pairs(again, tmp_path / "t", 1))


def test_eight_writers_at_once_lose_nothing(again: Path, tmp_path: Path) -> None:
    found = crowd.writers(copy(again, tmp_path / "t"), 8, 3)
    assert found["acknowledged"] == 24
    assert not faulty(found)


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="root may write anywhere")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="must give up rights")
def test_a_folder_that_may_not_be_written(again: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        Path(place).chmod(0o755)
        folder = copy(again, Path(place) / "t")
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *match(folder)]
        result = run(words, HOME=place)
        assert (result.returncode, faults_of(folder, NOTED)) == (4, [])
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


def test_a_damaged_ledger_ends_with_its_own_status(again: Path, tmp_path: Path) -> None:
    folder = copy(again, tmp_path / "t")
    path = folder / "rosterrec.db"
    path.write_bytes(path.read_bytes()[:5000])
    before = path.read_bytes()
    result = run([w for w in match(folder) if w != "-q"])
    assert (result.returncode, path.read_bytes()) == (5, before)
    assert "rosterrec.db" in result.stderr
