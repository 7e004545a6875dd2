"""Words for every level, and masks that give nobody away."""

import ast
from pathlib import Path

import pytest

import rosterrec.compare
from rosterrec.frames import LEVEL
from rosterrec.messages import catalogue
from rosterrec.report.masking import masked_name, masked_number, masked_phone, masked_query
from rosterrec.score.tables import shipped_table


def levels_of_compare() -> set[str]:
    """Every level that ``compare`` can name: the steps of its ladders, and what is left."""
    modules = Path(rosterrec.compare.__file__).parent.glob("*.py")
    ladders = [
        node
        for module in modules
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ladder"
    ]
    named = [step.elts[0] for call in ladders for step in call.args if isinstance(step, ast.Tuple)]
    named += [word.value for call in ladders for word in call.keywords if word.arg == "otherwise"]
    return {node.value for node in named if isinstance(node, ast.Constant)}


def test_every_level_has_words() -> None:
    compared = levels_of_compare()
    assert {"equal", "missing", "different", "homophone"} <= compared
    assert compared == set(LEVEL.categories)
    weighed = {key.partition(".")[2] for key in shipped_table()}
    worded = {key.partition(".")[2] for key in catalogue() if key.startswith("level.")}
    assert sorted((compared | weighed) - worded) == []
    assert sorted(worded - compared) == []


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张伟", "张*"),
        ("张小伟", "张*伟"),
        ("欧阳锋", "欧阳*"),
        ("阿卜杜拉·买买提", "阿卜杜拉·*"),
    ],
)
def test_names_keep_their_ends(name: str, masked: str) -> None:
    assert masked_name(name) == masked


def test_a_number_shows_its_area_and_a_slip() -> None:
    one, two = "349921201602140333", "349921201602140833"
    assert masked_number(one) == "349921************"
    assert masked_number(one, two) == "349921*********3**"
    assert masked_number(two, one) == "349921*********8**"
    assert masked_number("G" + one, one) == "G349921************"
    assert masked_number("12345") == "*****"


def test_numbers_of_two_people_show_nothing_of_either() -> None:
    assert masked_number("349921201602140333", "349921201305070818") == "349921************"


def test_a_telephone_keeps_three_digits() -> None:
    assert masked_phone("13900001234") == "139********"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("12", "12"), ("户籍!12", "户籍!12"), ("P0123456789ab", "P0123456789ab"), ("张小伟", "张*伟"),
     ("349921201602140333", "349921************")],
)  # fmt: skip
def test_what_was_typed_is_repeated_masked(typed: str, shown: str) -> None:
    assert masked_query(typed) == shown
