"""The ``ledger`` command: entries listed, filtered, taken back, checked, exported."""

import json
import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rosterrec.ledger import Entry, Hand, Kind, Ledger, Verdict

from .outcome import rosterrec

KEY = "population.aaaaaaaaaaaa.bbbbbbbbbbbb.cccccccccccc.-"
OTHER = "registry.aaaaaaaaaaaa.bbbbbbbbbbbb.cccccccccccc.-"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger of three entries by two people."""
    shown = "张*伟 349921************"
    with Ledger(tmp_path / "rosterrec.db") as ledger:
        ledger.add(
            [Entry(Kind.PAIR, KEY, OTHER, Verdict.SAME, left_shown=shown, right_shown=shown)],
            Hand("王", "decide"),
        )
        ledger.add(
            [
                Entry(
                    Kind.STATUS, KEY, verdict="dropout", reason="张大伟在外打工", left_shown=shown
                ),
                Entry(Kind.ATTEMPT, KEY, on_date=date(2024, 10, 1), left_shown=shown),
            ],
            Hand("李", "decide"),
        )
    return tmp_path


def listed(folder: Path, *flags: str) -> list[dict[str, Any]]:
    result = rosterrec("ledger", str(folder), "list", "--json", *flags)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["entries"]
    return found


def test_entries_are_filtered_by_who_kind_and_day(folder: Path) -> None:
    assert [e["seq"] for e in listed(folder)] == [1, 2, 3]
    assert [e["seq"] for e in listed(folder, "--who", "李")] == [2, 3]
    assert [e["seq"] for e in listed(folder, "--kind", "pair")] == [1]
    assert listed(folder, "--since", "2999-01-01") == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_screen_shows_nobody(folder: Path, lang: str) -> None:
    result = rosterrec("ledger", str(folder), "--lang", lang)
    assert result.exit_code == 0
    assert "张*伟" in result.stdout
    assert "张大伟" not in result.output


def test_a_retraction_is_a_new_entry(folder: Path) -> None:
    result = rosterrec("ledger", str(folder), "retract", "1", "--reason", "看错了")
    assert result.exit_code == 0
    assert [e["seq"] for e in listed(folder)] == [2, 3]
    every = listed(folder, "--state", "all")
    assert [(e["kind"], e["superseded_by"]) for e in every] == [
        ("pair", [4]), ("status", []), ("attempt", []), ("retract", []),
    ]  # fmt: skip
    assert every[3]["reason"] == "看错了"


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["retract"], "retract 12"),
        (["retract", "1"], "--reason"),
        (["retract", "1", "9", "--reason", "x"], "9"),
        (["list", "--kind", "pairs"], "--kind"),
        (["list", "--since", "soon"], "--since"),
        (["list", "here"], "rosterrec ledger"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused(
    folder: Path, words: list[str], remedy: str
) -> None:
    result = rosterrec("ledger", str(folder), *words, "--lang", "en")
    assert result.exit_code == 2
    assert remedy in result.stderr
    assert len(listed(folder, "--state", "all")) == 3


def test_a_sound_ledger_is_checked(folder: Path) -> None:
    result = rosterrec("ledger", str(folder), "check", "--json")
    assert json.loads(result.stdout)["entries"] == 3


def test_an_altered_ledger_is_found_out(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "rosterrec.db")) as raw:
        raw.execute("DROP TRIGGER decisions_no_update")
        raw.execute("UPDATE decisions SET verdict = 'local' WHERE seq = 2")
        raw.commit()
    result = rosterrec("ledger", str(folder), "check", "--lang", "en")
    assert result.exit_code == 5
    assert "Entry 2" in result.stderr


def test_an_export_is_whole_private_and_never_overwrites(folder: Path) -> None:
    out = folder / "ledger.json"
    assert rosterrec("ledger", str(folder), "export", "--out", str(out)).exit_code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    document = json.loads(out.read_text("utf-8"))
    assert [e["seq"] for e in document["entries"]] == [1, 2, 3]
    assert document["head"] == document["entries"][2]["hash"]
    assert rosterrec("ledger", str(folder), "export", "--out", str(out)).exit_code == 4


def test_a_folder_without_a_ledger_says_so(tmp_path: Path) -> None:
    result = rosterrec("ledger", str(tmp_path), "--lang", "en")
    assert result.exit_code == 2
    assert "rosterrec.db" in result.stderr
