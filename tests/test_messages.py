"""Every sentence in both languages, and each agreeing with its count."""

import re
import string

from rosterrec.answers.forms import FILLED
from rosterrec.messages import LANGUAGES, catalogue, text

#: Words that may follow a number whatever it is.
_PLURAL = re.compile(
    r"\{(\w+)(?::,)?\} (?:\w+ )?"
    r"(?:rows|children|entries|lists|files|families|proofs|values|runs|decisions)\b"
)
#: Facts before such a word that are no count, or of which there are many.
_MANY = {
    "finding.learning_used.n", "finding.learning_no_help.n", "error.tasks_there.folder",
    "finding.borne_out_registry.controls", "finding.borne_out_roster.controls",
    "finding.borne_out_whereabouts.controls",
}  # fmt: skip


def test_one_and_many() -> None:
    facts = {"folder": "", "sheet": ""}
    assert text("screen.next_out", "en", n=1, **facts).startswith("find 1 child who is out")
    assert text("screen.next_out", "en", n=2000, **facts).startswith("find 2,000 children who are")


def test_a_list_of_one_row() -> None:
    facts = {"role": "filing", "header": 1, "rows": 1, "used": 1, "rejected": 0}
    assert "1 row = 1 used + 0 rejected" in text("inspect.list", "en", **facts)
    total = text("inspect.total", "en", files=1, lists=1, rows=0, used=0, rejected=0)
    assert total == "1 file, 1 list: 0 rows = 0 used + 0 rejected"


def test_a_value_that_is_too_common() -> None:
    one = text("finding.blocks_too_large", "en", kind="name", keys=1)
    assert one.startswith("1 value of the key name is shared")


def test_no_sentence_counts_one_in_the_plural() -> None:
    counted = {
        f"{key}.{fact}" for key, pair in catalogue().items() for fact in _PLURAL.findall(pair[1])
    }
    assert counted == _MANY


def test_both_languages_tell_the_same_facts() -> None:
    def named(sentence: str) -> set[str]:
        parsed = string.Formatter().parse(sentence)
        return {field for _, field, form, _ in parsed if field and "|" not in (form or "")}

    unlike = [key for key, (zh, en) in catalogue().items() if named(zh) != named(en)]
    assert not unlike


def test_no_other_column_is_headed_like_one_to_fill_in() -> None:
    """Or ``decide`` takes what is printed there for entries."""
    headings = {key: pair for key, pair in catalogue().items() if key.startswith("column.")}
    names = {key.removeprefix("column.") for key in headings}
    for at, _ in enumerate(LANGUAGES):
        filled = {headings[f"column.{name}"][at] for name in FILLED}
        alike = {name for name in names if headings[f"column.{name}"][at] in filled}
        assert alike - set(FILLED) <= {"choice"}  # another name of the same column
