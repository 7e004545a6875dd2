"""A single cell in another encoding than its list: refused, or its row is named."""

import datetime as dt
import random
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.mixtures import KINDS, made, outcome

from rosterrec.cells.doubt import cells_in_doubt
from rosterrec.errors import InputError
from rosterrec.frames import Finding
from rosterrec.read import delimited, parse, read
from rosterrec.settings import Settings

from .build import LIST, NUMBER, text

PEOPLE = (LIST[0], *(("许诺", NUMBER, "青溪小学", "六(1)班"),) * 30)


def with_cell(word: str, other: str, used: str) -> bytes:
    """A list in one encoding with one name in the other, in row 4."""
    rows = [list(row) for row in PEOPLE]
    rows[3][0] = "@"
    head, tail = text(*map(tuple, rows)).encode(used).split(b"@")
    return head + word.encode(other) + tail


@pytest.mark.parametrize("word", ["曹平", "鄭婕", "馬磊", "梁華", "陳玲", "黃潔", "廖偉", "夏濤"])
def test_a_short_name_in_big5_within_gb_is_doubted(word: str) -> None:
    (table,), _, used = parse("a.csv", with_cell(word, "big5", "gb18030"))
    assert (used, table.doubtful) == ("gb18030", (4,))


@pytest.mark.parametrize(("word", "read_as"), [("郭静", "廖噙"), ("赖芬", "懇煉"), ("男", "鹹")])
def test_a_short_word_in_gb_within_big5_is_doubted(word: str, read_as: str) -> None:
    assert word.encode("gb18030").decode("big5") == read_as
    assert cells_in_doubt(f"姓名,性別\n{read_as},女\n", "big5hkscs") == {read_as}


@pytest.mark.parametrize(
    "word",
    [
        "张珺",
        "李玥",
        "何浩翾",
        "聂晨眞",
        "贾鵬",
        "木果·依布拉音",
        "欧阳志涵",
        "那洋",
        "𠮷田",
        "王□",
        "六(1)班",
    ],
)
def test_rare_names_of_a_good_list_are_not_doubted(word: str) -> None:
    data = text(*PEOPLE, (word, NUMBER, "青溪小学", "六(1)班")).encode("gb18030")
    (table,), _, _ = parse("a.csv", data)
    assert table.doubtful == ()


@pytest.mark.parametrize(
    "word", ["José", "Айгуль", "ئايگۈل", "བཀྲ་ཤིས", "김민준", "Nguyễn", "①", "Anna"]
)
def test_words_of_other_scripts_in_unicode_are_not_doubted(word: str) -> None:
    for used in ("utf-8", "utf-16-le"):
        assert cells_in_doubt(f"姓名\n{word}\n", used) == frozenset()


def test_what_utf16_becomes_within_another_encoding_is_doubted() -> None:
    pieces = [
        "王伟".encode(wide).decode("gb18030", "replace") for wide in ("utf-16-le", "utf-16-be")
    ]
    assert cells_in_doubt("\n".join(["姓名", *pieces, "u7", "\x1c甲"]), "gb18030") >= {
        "u7",
        "\x1c甲",
    }


def test_rows_in_doubt_are_a_finding_with_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes(with_cell("黃潔", "big5", "gb18030"))
    found = read([path], Settings(as_of=dt.date(2024, 10, 15)), base=tmp_path)
    assert Finding("cells_in_doubt", {"file": "名册.csv", "rows": "4", "n": 1}) in found.findings


def test_an_encoding_that_the_settings_name_is_not_doubted() -> None:
    table, _, _ = delimited.read_delimited("a.csv", with_cell("黃潔", "big5", "gb18030"), "gb18030")
    assert table.doubtful == ()


def test_small_lists_and_mixtures_are_right_refused_or_doubted() -> None:
    """Only cells may be wrong without a word, and those hardly but for UTF-16 in another."""
    counts = {kind: Counter[str]() for kind in (*KINDS, "wide cell")}
    for number in range(600):
        case = made(random.Random(f"suite {number}"))
        into = not case.encodings[0].startswith("utf-16") and case.encodings[-1].startswith(
            "utf-16"
        )
        kind = "wide cell" if case.kind == "cell" and into else case.kind
        counts[kind][outcome(case)] += 1
    silent = {kind: found["silent"] for kind, found in counts.items()}
    assert counts["pure"]["right"] >= counts["pure"].total() - 1
    assert silent["pure"] + silent["part"] + silent["row"] == 0
    assert silent["cell"] <= 1
    assert silent["wide cell"] <= counts["wide cell"].total() // 10


@pytest.mark.parametrize(
    "blank",
    [b"\xef\xbb\xbf\xef\xbb\xbf\n", "\u3000\n".encode(), b"\x0b\n\x0b\n", b"\x0c", b"\xc2\x85\n"],
)
def test_a_text_of_nothing_but_white_space_is_refused(blank: bytes) -> None:
    with pytest.raises(InputError) as refused:
        parse("a.csv", blank)
    assert refused.value.code == "file_empty"


def test_a_list_below_many_lines_of_white_space_is_read() -> None:
    (table,), _, _ = parse("a.csv", b"\x0c\n" * 40_000 + "姓名,班级\n许诺,1\n".encode())
    assert table.cells.drop("row").rows()[-1] == ("许诺", "1")
