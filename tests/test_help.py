"""``--help`` of every command in either language, as a screen of 80 columns shows it.

After a change of words, ``UPDATE_GOLDEN=1 pytest tests/test_help.py`` writes the texts anew; what
changed is then seen in review.
"""

import os
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.cells import cell_len
from typer.testing import CliRunner

from rosterrec.cli import app
from rosterrec.cli.help import spoken

GOLDEN = Path(__file__).parent / "golden" / "help"
LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8", "both": "C"}
group: Any = typer.main.get_command(app)


def said(locale: str) -> str:
    """The help of the program and of each command, one below the other."""
    found = []
    for name in ("", *group.commands):
        words = [name, "--help"] if name else ["--help"]
        result = CliRunner().invoke(app, words, env={"COLUMNS": "80", "LC_ALL": locale})
        assert result.exit_code == 0, result.output
        found.append(f"$ rosterrec {' '.join(words)}\n{result.stdout}")
    return "\n".join(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_words_are_those_that_were_agreed_on(lang: str) -> None:
    golden = GOLDEN / f"{lang}.txt"
    now = said(LOCALES[lang])
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(now, "utf-8")
    assert now == golden.read_text("utf-8")


@pytest.mark.parametrize("locale", LOCALES.values())
def test_no_line_is_wider_than_the_screen(locale: str) -> None:
    assert max(map(cell_len, said(locale).splitlines())) <= 80


def test_each_language_speaks_alone() -> None:
    assert not any(ord(c) >= 0x2E80 for c in said(LOCALES["en"]))
    assert "，默认" in said(LOCALES["zh"])
    assert "/ how each" not in said(LOCALES["zh"]).lower()


def test_where_the_locale_says_nothing_both_are_shown() -> None:
    both = said(LOCALES["both"])
    assert "逐人核对本月名单" in both
    assert "Reconcile this month's lists" in both


def test_every_text_is_there_in_both_languages() -> None:
    texts = [c.help for c in group.commands.values()]
    texts += [p.help for c in group.commands.values() for p in c.params]
    assert all(text and " / " in text.replace("/ ", " / ") for text in texts)


def test_what_the_library_adds_belongs_to_both() -> None:
    assert spoken("甲 / first.  [default: .]", "zh") == "甲（默认：.）"
    assert spoken("甲 / first.  [default: .]", "en") == "first.  [default: .]"
    assert spoken("甲 / first.  [required]", "zh") == "甲（必填）"
