"""The fifty marked people through every command that fails, and through those that do not."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.acceptance.outcome import rosterrec
from tests.acceptance.township import AS_OF, HOME, Township, child

from . import build
from .test_canary import MARKED, PEOPLE, Heard, heard, named

__all__ = ["heard"]

NAME, NUMBER = PEOPLE[0]
#: What a library says that chokes on a row.
CHOKED = f"cannot convert {PEOPLE}"


@pytest.fixture(scope="module")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marked folder after a run of it."""
    folder = tmp_path_factory.mktemp("once") / "月"
    folder.mkdir()
    people = [child(name, number) for name, number in PEOPLE]
    town = Township(folder).neighbour().police(*people[:40]).registry(*people[20:])
    town.roster("青溪小学", "六(1)班", *people[10:]).write()
    result = rosterrec("match", str(folder), "--as-of", AS_OF, *HOME)
    assert result.exit_code == 0
    return folder


@pytest.fixture
def matched(run_once: Path, tmp_path: Path) -> Path:
    """That folder, to be damaged."""
    return Path(shutil.copytree(run_once, tmp_path / "月"))


def newest(folder: Path) -> Path:
    out = folder / "rosterrec"
    return out / (out / "latest.txt").read_text("utf-8").strip()


#: Words of each command, with the folder for ``@`` and its newest run for ``%``.
COMMANDS = {
    "match": ("match", "@", "--as-of", AS_OF, "--force", "-v"),
    "inspect": ("inspect", "@"),
    "inspect --json": ("inspect", "@", "--json"),
    "init": ("init", "@", "--force"),
    "explain": ("explain", "@", NAME),
    "explain by number": ("explain", "@", NUMBER, "--json"),
    "decide": ("decide", "%/reconciliation.xlsx", "--folder", "@"),
    "review": ("review", "@"),
    "ledger": ("ledger", "@", "list", "--json"),
    "ledger retract": ("ledger", "@", "retract", "9", "--reason", "错"),
    "diff": ("diff", "%", "%"),
    "brief": ("brief", "@"),
    "tasks": ("tasks", "@"),
    "sample": ("sample", "@"),
    "evaluate": ("evaluate", "%/links.parquet", "@/labels.csv"),
}


def words(command: str, folder: Path) -> list[str]:
    said = COMMANDS[command]
    return [w.replace("@", str(folder)).replace("%", str(newest(folder))) for w in said]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_on_a_good_run_name_nobody(heard: Heard, matched: Path, command: str) -> None:
    _, said = heard(*words(command, matched))
    assert named(said) == []


#: What goes wrong with a run, or with what lies beside it.
MISHAPS: dict[str, Callable[[Path], object]] = {
    "another list": lambda f: (f / "户籍人口.xlsx").write_bytes(build.text(*MARKED).encode("gbk")),
    "people cut off": lambda f: cut(newest(f) / "people.parquet"),
    "links cut off": lambda f: cut(newest(f) / "links.parquet"),
    "summary cut off": lambda f: cut(newest(f) / "summary.json"),
    "workbook cut off": lambda f: cut(newest(f) / "reconciliation.xlsx"),
    "workbook is a list": lambda f: (newest(f) / "reconciliation.xlsx").write_bytes(
        build.workbook(build.sheet_xml("".join(build.row_xml(n, *r) for n, r in rows())))
    ),
    "ledger cut off": lambda f: cut(f / "rosterrec.db"),
    "labels": lambda f: (f / "labels.csv").write_bytes(build.text(*MARKED).encode("gbk")),
    "settings": lambda f: (f / "rosterrec.toml").write_text(f'home = "{NAME}\n', "utf-8"),
    "run gone": lambda f: newest(f).rename(f / "别处"),
}


def rows() -> list[tuple[int, tuple[str, ...]]]:
    return list(enumerate(MARKED, 1))


def cut(path: Path) -> None:
    if path.exists():
        path.write_bytes(path.read_bytes()[:-200])


@pytest.mark.parametrize("mishap", MISHAPS)
def test_commands_on_what_is_damaged_name_nobody(heard: Heard, matched: Path, mishap: str) -> None:
    each = {command: words(command, matched) for command in COMMANDS if command != "match"}
    MISHAPS[mishap](matched)
    for command, said in each.items():
        status, talk = heard(*said)
        assert (command, named(*re.split(re.escape(str(matched)) + r"\S*", talk))) == (command, [])
        assert status in {0, 2, 4, 5}, command


@pytest.mark.parametrize(
    "library",
    ["polars.read_parquet", "openpyxl.load_workbook", "sqlite3.connect"],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_library_that_chokes_on_a_row_names_nobody(
    heard: Heard, matched: Path, monkeypatch: pytest.MonkeyPatch, command: str, library: str
) -> None:
    def choke(*_: object, **__: object) -> None:
        raise ValueError(CHOKED)

    said = words(command, matched)
    monkeypatch.setattr(library, choke)
    _, talk = heard(*said)
    assert named(talk) == []


@pytest.mark.parametrize("who", [NAME, NUMBER, NUMBER[:-1] + "?", f"{NAME} {NUMBER}"])
def test_whoever_is_not_found_is_repeated_masked(heard: Heard, matched: Path, who: str) -> None:
    other = NUMBER[:10] + "4" + NUMBER[11:14]
    typed = who.replace(NAME, "殷鹏翀").replace(NUMBER[:14], other)
    for flags in ((), ("--json",)):
        _, talk = heard("explain", str(matched), typed, *flags)
        assert named(talk) == []
        assert "鹏翀" not in talk
        assert other not in talk
