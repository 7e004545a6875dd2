"""A call that makes no sense, refused in the reader's language."""

import pytest
from typer.testing import CliRunner

from rosterrec.cli import app
from rosterrec.cli.misused import said

LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}


def refused(words: list[str], lang: str) -> str:
    """What is said to it, on stderr alone."""
    result = CliRunner().invoke(app, words, env={"COLUMNS": "80", "LC_ALL": LOCALES[lang]})
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["match", "--bogus"], "没有 --bogus 这个选项。", "There is no option --bogus."),
        (["mach"], "是否要写：match？", "Did you mean match?"),
        (["match", "--as-of"], "选项 --as-of 后面还要写内容。", "--as-of needs a value after it."),
        (["match", "--quiet=3"], "选项 --quiet 后面不写内容。", "--quiet takes no value."),
        (["explain"], "还缺 WHO。", "What is missing: WHO."),
        (["match", "a", "b c"], "多写了：b c。", "More than needed: b c."),
        (
            ["sample", "--per-school", "x"],
            "--per-school 不能写“x”。",
            "--per-school cannot be “x”.",
        ),
        (["--nope"], "用法见：rosterrec --help", "How to use it: rosterrec --help"),
    ],
)
def test_it_is_told_what_is_wrong(words: list[str], zh: str, en: str) -> None:
    chinese, english = refused(words, "zh"), refused(words, "en")
    assert zh in chinese
    assert en in english
    assert not any(word in chinese for word in ("Error", "Try", "Usage"))


def test_what_stands_beside_it_is_the_usage_in_the_same_language() -> None:
    assert refused(["match", "--bogus"], "zh").startswith("用法：rosterrec match ")
    assert refused(["match", "--bogus"], "en").startswith("Usage: rosterrec match ")


def test_what_is_of_no_known_kind_is_left_to_the_library() -> None:
    assert said("Something else went wrong.", "zh") == []


def test_what_was_typed_reaches_the_terminal_without_its_control_characters() -> None:
    assert "\x1b" not in refused(["match", "a", "b\x1b[31m"], "zh")
