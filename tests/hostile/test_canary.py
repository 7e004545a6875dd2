"""Fifty marked people in whatever fails: nobody is named on screens, in logs or in temporary files.

What a file holds may be shown as a surname and a masked number, never whole.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from tests.acceptance.outcome import rosterrec
from tests.acceptance.test_errors import untouched
from tests.acceptance.township import AS_OF, HOME, Township, child, citizen

from . import build, corpus

#: Runs the command and tells its exit status and all that is heard of it.
Heard = Callable[..., tuple[int, str]]

GIVEN = [a + b for a, b in product("鸑鷟鵷鶵鸿鹄鹓鹭麒麟", "翀翯翾翥翂")]
PEOPLE = [(f"殷{given}", citizen("20130225", 901 + n)) for n, given in enumerate(GIVEN)]
#: No given name, and of a number neither its beginning with the birthdate nor its end after it.
SECRETS = (*GIVEN, PEOPLE[0][1][:14], *(number[10:] for _, number in PEOPLE))
MARKED = (build.LIST[0], *((*person, "青溪小学", "六(1)班") for person in PEOPLE))


def named(*said: str) -> list[str]:
    """Which of the marked people are named in what was said, however the text was encoded."""
    return [secret for secret in SECRETS for text in said if secret in text]


@pytest.fixture
def heard(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> Heard:
    """Run the command; everything that is heard of it, temporary files and their names included."""
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    caplog.set_level(logging.DEBUG)

    def run(*words: str) -> tuple[int, str]:
        result = rosterrec(*words)
        left = [f"{p.name} {p.read_bytes() if p.is_file() else ''}" for p in place.rglob("*")]
        direct = capfd.readouterr()
        said = (result.output, result.stderr, direct.out, direct.err, caplog.text, *left)
        return result.exit_code, "\n".join(said)

    return run


@pytest.fixture
def marked(tmp_path: Path) -> Township:
    """A folder that would be accepted, all of it marked people."""
    folder = tmp_path / "月"
    folder.mkdir()
    rows = [child(name, number) for name, number in PEOPLE]
    town = Township(folder).neighbour().police(*rows[:40]).registry(*rows[20:])
    return town.roster("青溪小学", "六(1)班", *rows[10:]).write()


@pytest.fixture
def traps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every hostile file, of the marked people."""
    for module in (build, corpus):
        monkeypatch.setattr(module, "LIST", MARKED)
        monkeypatch.setattr(module, "NUMBER", PEOPLE[0][1])
    folder = tmp_path / "坏"
    corpus.main(folder)
    return folder


def test_hostile_files_name_nobody(heard: Heard, traps: Path) -> None:
    files = [path.name for path in traps.iterdir()]
    with untouched(traps):
        for flags in (("--lang", "zh"), ("--json",)):
            status, said = heard("inspect", str(traps), *flags)
            assert (status, named(said)) == (2, [])
            assert [file for file in files if file not in said] == []


def headless() -> bytes:
    return build.text(*MARKED[1:]).encode()


def people_as_headings() -> bytes:
    return build.text(tuple(name for name, _ in PEOPLE), tuple(given for given in GIVEN)).encode()


def swallowed() -> bytes:
    return build.text(MARKED[0]).encode() + b'"' + build.text(*MARKED[1:]).encode("gbk")


FAILING = {
    "没有表头.csv": headless,
    "名字作表头.csv": people_as_headings,
    "引号.csv": swallowed,
    "半个.xlsx": lambda: build.workbook()[:-40],
    "网页.xls": lambda: ("<table>" + "<td>".join(map(str, MARKED[1:]))).encode("gbk"),
    "内部.xlsx": lambda: build.workbook(build.sheet_xml(build.list_xml().replace("</row>", ""))),
}


@pytest.mark.parametrize("file", FAILING)
def test_refused_months_name_nobody(
    heard: Heard, marked: Township, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setattr(build, "LIST", MARKED)
    (marked.folder / file).write_bytes(FAILING[file]())
    for command in (("match", "--as-of", AS_OF, "-v"), ("inspect",), ("inspect", "--json")):
        with untouched(marked.folder):
            status, said = heard(command[0], str(marked.folder), *command[1:])
        assert (status, named(said)) == (2, [])
        assert file in said


@pytest.mark.parametrize(
    ("stage", "fault", "status"),
    [
        ("rosterrec.report.workbook.write_workbook", ValueError, 1),
        ("rosterrec.report.workbook.write_workbook", OSError, 4),
        ("rosterrec.report.workbook.write_workbook", MemoryError, 1),
        ("rosterrec.read.sheet.with_surroundings", KeyError, 1),
    ],
)
def test_a_fault_inside_names_nobody(
    heard: Heard,
    marked: Township,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    fault: type[Exception],
    status: int,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault(f"cannot convert {PEOPLE}")

    monkeypatch.setattr(stage, fail)
    with untouched(marked.folder):
        found, said = heard("match", str(marked.folder), "--as-of", AS_OF, *HOME, "-v")
    assert (found, named(said)) == (status, [])


#: The command with a look at every file that Python opens for writing or makes.
WATCHED = """
import sys
opened = []
def watch(event, facts):
    if event == "open" and (isinstance(facts[1], str) and set(facts[1]) & set("wax+")
                            or facts[2] is not None and facts[2] & 3) and isinstance(facts[0], str):
        opened.append(facts[0])
sys.addaudithook(watch)
from rosterrec.cli import main
try:
    main()
finally:
    print("OPENED", *opened, sep="\\n", file=sys.stderr)
"""


def test_a_process_of_its_own_writes_nowhere_else(marked: Township, tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "match", str(marked.folder), "--as-of", AS_OF, "--json"],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "TMPDIR": str(place), "POLARS_VERBOSE": "0"},
    )  # fmt: skip
    talk, _, opened = done.stderr.partition("OPENED\n")
    assert (done.returncode, named(talk, done.stdout)) == (0, [])
    assert json.loads(done.stdout)["inputs"]
    elsewhere = [p for p in opened.splitlines() if not p.startswith((str(marked.folder), "/dev/"))]
    assert (elsewhere, list(place.iterdir())) == ([], [])
