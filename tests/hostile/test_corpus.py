"""Every hostile file is refused: one fault, exit status 2, nothing written, nobody named."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from tests.acceptance.test_errors import assert_refused, match, untouched
from tests.acceptance.township import Township

from .corpus import Hostile, corpus

CASES = corpus()


def _first_words(code: str, file: str) -> str:
    """What the refusal says up to its first fact besides the file."""
    table = tomllib.loads(files("rosterrec").joinpath("messages.toml").read_text("utf-8"))
    return table["error"][code][0].partition("\n")[0].replace("{file}", file).replace("{sheet}", "")


def test_there_are_enough_and_each_once() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_is_refused(case: Hostile, good: Township) -> None:
    (good.folder / f"00{case.name}").write_bytes(case.make())
    with untouched(good.folder):
        result = match(good.folder)
    assert_refused(result, f"00{case.name}")
    said = result.stderr.partition("\n")[0]
    starts = [_first_words(code, "").partition("{")[0][:9].strip("：: ") for code in case.codes]
    assert any(words in said for words in starts), said


def test_the_folder_they_are_written_to(tmp_path: Path) -> None:
    from .corpus import main

    main(tmp_path)
    assert len(list(tmp_path.iterdir())) == len(CASES)
