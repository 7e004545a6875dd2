"""Small lists in six encodings and mixtures of them: right or refused, never mojibake.

What nothing in a text can tell is left out: a single cell in Big5 within GB18030, or the reverse,
is no mixture here; a line is.
"""

import random

import pytest

from rosterrec.cells import encodings
from rosterrec.cells.encodings import encoding_of
from rosterrec.errors import InputError
from rosterrec.read import delimited, parse

from .build import LIST, NUMBER, biff

SIX = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030", "big5")
MIXTURES = [
    (first, second)
    for first in ("utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be")
    for second in ("utf-8", "utf-8-sig", "gb18030")
    if first != second and not (first.startswith("utf-16") and second == "gb18030")
]
REFUSALS = {"encoding_mixed", "encoding_unclear", "format_unknown"}
HEADINGS = (("姓名", "身份证号", "学校名称", "年级"), ("序号", "学生姓名", "户籍村", "监护人"))
TRADITIONAL = str.maketrans(
    "户静黄号称学级证籍监护许张刘陈杨赵吴孙马罗伟丽强军杰涛刚",
    "戶靜黃號稱學級證籍監護許張劉陳楊趙吳孫馬羅偉麗強軍傑濤剛",
)
Rows = list[tuple[str, ...]]


def rows(chance: random.Random) -> Rows:
    """A list as clerks keep them, of one to forty people."""

    def name() -> str:
        given = "".join(
            chance.choices("伟芳娜敏静丽强磊军洋勇杰娟涛明超秀霞平刚桂英", k=chance.randint(1, 2))
        )
        return chance.choice("许王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗") + given

    headings = chance.choice(HEADINGS)
    write = {
        "身份证号": lambda: NUMBER, "学校名称": lambda: "青溪小学", "户籍村": lambda: "上溪村",
        "年级": lambda: chance.choice("一二三四五六") + "年级",
        "序号": lambda: str(chance.randint(1, 99)),
    }  # fmt: skip
    count = chance.choice((1, 1, 2, 3, 10, 40))
    return [headings, *(tuple(write.get(h, name)() for h in headings) for _ in range(count))]


def traditional(cells: Rows) -> Rows:
    return [tuple(cell.translate(TRADITIONAL) for cell in row) for row in cells]


#: As people are called in Taiwan and Hong Kong, rare characters of Big5 among them.
TAIWANESE = (
    "陳怡君林志豪黃淑芬張雅婷李宗翰王郁婷吳佩珊劉冠宇蔡欣妤楊承恩許家瑋鄭宇軒謝佳蓉洪子晴郭品妍邱柏翰"
    "曾詠晴廖宥翔賴思妤徐婕妤周子瑜葉舒瑄蘇偉倫莊雅琪呂芷瑜江昱廷何嘉慧羅心怡高薇婷潘俊傑簡佑霖朱瑋倫"
    "陳大文梁詠琪鄧紫棋馮寶寶溫碧霞鍾欣潼容祖兒方力申"
)


def test_pure_big5_with_names_of_taiwan_and_hong_kong_is_read() -> None:
    headings = (("姓名", "身分證號", "學校", "年級"), ("學生姓名", "性別", "就讀學校", "監護人"))
    for seed in range(150):
        chance = random.Random(seed)
        count = chance.choice((1, 2, 3, 10, 40))
        cells: Rows = [chance.choice(headings)]
        for _ in range(count):
            who, other = (
                TAIWANESE[3 * at : 3 * at + 3]
                for at in chance.choices(range(len(TAIWANESE) // 3), k=2)
            )
            cells.append((who, chance.choice((NUMBER, "女", "男")), "青溪國小", other))
        found = shown(lines(cells, chance.choice(",\t;")).encode("big5"))
        assert found == cells


def test_names_with_characters_that_only_the_newer_gb_has_are_read() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        given = chance.choices("玥珺瑄喆堃垚祎瑀璟翊睿镕淼焱鑫赟頔昇", k=12)
        names = [
            chance.choice("陈高林白丁冯张王李") + "".join(chance.choices(given, k=2))
            for _ in range(9)
        ]
        cells: Rows = [("姓名", "班级"), *((name, "1") for name in names[: chance.randint(1, 9)])]
        assert shown(lines(cells, ",").encode("gb18030")) == cells


def lines(cells: Rows, delimiter: str) -> str:
    return "".join(delimiter.join(row) + "\n" for row in cells)


def shown(data: bytes) -> Rows | str:
    """What is read, or the refusal."""
    try:
        (table,), _, _ = parse("a.csv", data)
    except InputError as refused:
        return refused.code
    return [tuple(cell or "" for cell in row) for row in table.cells.drop("row").rows()]


@pytest.mark.parametrize("encoding", SIX)
def test_lists_of_one_encoding_are_right(encoding: str) -> None:
    for seed in range(50):
        chance = random.Random(f"{encoding}{seed}")
        cells = rows(chance)
        if encoding == "big5":
            cells = traditional(cells)
        mark = "\ufeff" * chance.randint(0, 1) if encoding.startswith("utf-16") else ""
        found = shown((mark + lines(cells, chance.choice(",\t;"))).encode(encoding))
        assert found == cells


@pytest.mark.parametrize("pair", MIXTURES, ids="+".join)
def test_a_list_continued_in_another_encoding_is_right_or_refused(pair: tuple[str, str]) -> None:
    for seed in range(15):
        chance = random.Random(f"{pair}{seed}")
        cells, delimiter = rows(chance), chance.choice(",\t;")
        at = chance.randint(1, len(cells))
        parts = (cells[:at], cells[at:])
        data = b"".join(lines(p, delimiter).encode(e) for p, e in zip(parts, pair, strict=True))
        found = shown(data)
        assert found == cells or str(found) in REFUSALS


EASTERN = [
    ("gb18030", "big5"), ("big5", "gb18030"), ("big5", "utf-8"), ("utf-8", "big5"),
    ("utf-16-le", "big5"), ("utf-16-be", "big5"), ("utf-16", "big5"),
    ("utf-16-le", "gb18030"), ("utf-16-be", "gb18030"), ("utf-16", "gb18030"),
]  # fmt: skip


@pytest.mark.parametrize("pair", EASTERN, ids="+".join)
def test_big5_beside_another_encoding_is_right_or_refused(pair: tuple[str, str]) -> None:
    for seed in range(60):
        chance = random.Random(f"{pair}{seed}")
        cells, delimiter = rows(chance), chance.choice(",\t;")
        at = chance.randint(1, len(cells) - 1)
        parts = [
            traditional(part) if encoding == "big5" else part
            for part, encoding in zip((cells[:at], cells[at:]), pair, strict=True)
        ]
        data = b"".join(lines(p, delimiter).encode(e) for p, e in zip(parts, pair, strict=True))
        found = shown(data)
        assert found == [*parts[0], *parts[1]] or str(found) in REFUSALS, seed


@pytest.mark.parametrize("pair", MIXTURES[:6], ids="+".join)
def test_a_cell_of_another_encoding_is_right_or_refused(pair: tuple[str, str]) -> None:
    for seed in range(15):
        chance = random.Random(f"{pair}{seed}")
        cells = rows(chance)
        raw = [[cell.encode(pair[0].removesuffix("-sig")) for cell in row] for row in cells]
        row, column = chance.randrange(len(cells)), chance.randrange(4)
        raw[row][column] = cells[row][column].encode(pair[1])
        mark = b"\xef\xbb\xbf" if pair[0] == "utf-8-sig" else b""
        found = shown(mark + b"".join(b",".join(line) + b"\n" for line in raw))
        assert found == cells or str(found) in REFUSALS


def test_a_mixture_within_a_line_is_named_by_its_line() -> None:
    whole = lines(list(LIST) * 3, ",").encode("gbk").split(b"\n")
    whole[3] = whole[3].replace("许诺".encode("gbk"), "许诺".encode())
    with pytest.raises(InputError) as refused:
        parse("a.csv", b"\n".join(whole))
    assert (refused.value.code, refused.value.facts["line"]) == ("encoding_mixed", 4)


def test_first_graders_in_utf16_without_a_mark() -> None:
    """The character for one has a zero on the side where digits have none."""
    cells = [("姓名", "年级"), ("许诺", "一年级")]
    for encoding in ("utf-16-le", "utf-16-be"):
        assert shown(lines(cells, ",").encode(encoding)) == cells


def test_marks_where_files_were_put_one_behind_the_other() -> None:
    part = lines(list(LIST), ",").encode("utf-8-sig")
    assert shown(part + part) == [*LIST, *LIST]


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
@pytest.mark.parametrize("piece", [64, 101, 4096])
def test_a_large_text_is_read_piece_by_piece_as_it_is_at_once(
    encoding: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(20):
        chance = random.Random(f"{encoding}{piece}{seed}")
        cells = rows(chance) + [("", " 甲 ", "", "")] * chance.randint(0, 2)
        if encoding == "big5":
            cells = traditional(cells)
        data = lines(cells, ",").encode(encoding)[: None if seed % 2 else -1]
        at_once = shown(data)
        with monkeypatch.context() as small:
            small.setattr(delimited, "_LARGE", 1)
            small.setattr(encodings, "_PIECE", piece)
            assert delimited._in_pieces("a.csv", data, encoding_of("a.csv", data)) is not None
            assert shown(data) == at_once


def test_a_large_text_with_a_part_in_another_encoding_is_refused_by_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delimited, "_LARGE", 1)
    monkeypatch.setattr(encodings, "_PIECE", 500)
    whole = lines([LIST[0], *[LIST[1]] * 99], ",").encode("gb18030")
    part = lines([("王小明", NUMBER, "青溪國小", "六(1)班")], ",").encode("big5")
    with pytest.raises(InputError) as refused:
        parse("a.csv", whole + part + whole)
    assert (refused.value.code, refused.value.facts["line"]) == ("encoding_mixed", 101)


@pytest.mark.parametrize("version", [4, 5])
def test_workbooks_older_than_biff8_in_code_page_936(version: int) -> None:
    (table,), kind, _ = parse("a.xls", biff(version, *LIST))
    assert (table.cells.drop("row").rows(), kind) == (list(LIST), "xls")
