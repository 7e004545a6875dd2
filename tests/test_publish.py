import json
import stat
from pathlib import Path

import pytest

from rosterrec.errors import OutputError
from rosterrec.project.publish import newest, publish, run_key, same_as_newest, writable


def write(stage: Path, run_id: str) -> None:
    (stage / "run.json").write_text(json.dumps({"key": "k", "run_id": run_id}), "utf-8")


def test_each_run_is_a_new_folder_and_latest_names_it(tmp_path: Path) -> None:
    first = publish(tmp_path / "out", "2024-10-15", write)
    second = publish(tmp_path / "out", "2024-10-15", write)
    assert (first.name, second.name) == ("2024-10-15_1", "2024-10-15_2")
    assert newest(tmp_path / "out") == second


def test_a_run_is_told_the_name_it_will_have(tmp_path: Path) -> None:
    folder = publish(tmp_path, "2024-10-15", write)
    assert json.loads((folder / "run.json").read_text("utf-8"))["run_id"] == folder.name


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    first = publish(tmp_path, "2024-10-15", write)

    def fail(stage: Path, _run_id: str) -> None:
        (stage / "half.xlsx").write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError) as refused:
        publish(tmp_path, "2024-10-15", fail)
    assert refused.value.exit_status == 4
    assert newest(tmp_path) == first
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == [first.name]


def test_what_a_killed_run_left_staged_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".staging-1").mkdir()
    (tmp_path / ".staging-1" / "people.parquet").write_bytes(b"x")
    publish(tmp_path, "2024-10-15", write)
    assert not (tmp_path / ".staging-1").exists()


def test_outputs_are_for_the_owner_alone(tmp_path: Path) -> None:
    folder = publish(tmp_path / "out", "2024-10-15", write)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "run.json").stat().st_mode) == 0o600


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rosterrec").write_text("in the way", "utf-8")
    with pytest.raises(OutputError):
        writable(tmp_path / "rosterrec")


def test_the_same_inputs_and_settings_are_the_same_run(tmp_path: Path) -> None:
    folder = publish(tmp_path, "2024-10-15", write)
    assert same_as_newest(tmp_path, "k") == folder
    assert same_as_newest(tmp_path, "other") is None


def test_the_key_hangs_on_content_and_not_on_order() -> None:
    inputs = [("a.csv", "1"), ("b.csv", "2")]
    assert run_key(inputs, {}, "1") == run_key(inputs[::-1], {}, "1")
    assert run_key(inputs, {}, "1") != run_key([("a.csv", "1"), ("b.csv", "3")], {}, "1")
