import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec import names

HAN = st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)


def column(builder, *values):
    frame = pl.DataFrame({"x": pl.Series(values, dtype=pl.String)})
    return frame.select(builder(pl.col("x"))).to_series().to_list()


def pair(builder, a, b):
    frame = pl.DataFrame({"a": [a], "b": [b]}, schema={"a": pl.String, "b": pl.String})
    return frame.select(builder(pl.col("a"), pl.col("b"))).item()


def same_sound(a, b, fold=lambda readings: readings):
    return pair(
        lambda x, y: names.share_reading(fold(names.readings(x)), fold(names.readings(y))), a, b
    )


def look_alike(a, b):
    return pair(lambda x, y: names.differing_pair(x, y).is_in(names.look_alike_pairs()), a, b)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("许　诺", "许诺"),
        (" 张\u200b伟\u00a0", "张伟"),
        ("陈一鸣（大）", "陈一鸣"),
        ("王浩然(双胞胎", "王浩然"),
        ("李思2", "李思"),
        ("李思B", "李思"),
        ("3、李思", "李思"),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 • 买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉‧买买提·", "阿卜杜拉·买买提"),
        ("John  Smith", "John Smith"),
        ("張偉", "張偉"),
        ("王 □", "王□"),
        ("'王明", "王明"),
    ],
)
def test_display(written, shown):
    assert column(names.display, written) == [shown]


@pytest.mark.parametrize("blank", ["", "　", "-", "无", "暫無", "n/a", "null", "123", "(大)", None])
def test_no_name(blank):
    assert column(names.display, blank) == [None]
    assert column(names.key, blank) == [None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张伟", "張偉"),
        ("付强", "傅強"),
        ("闫萧", "阎肖"),
        ("髙靑", "高青"),
        ("王䶮", "王龑"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
        ("José", "JOSE"),
        ("王?", "王□"),
        ("王\ue000", "王*"),
        ("王(石+羡)", "王？"),
        ("王⿰石羡", "王?"),
        ("王yan", "王?"),
    ],
)
def test_variants_share_a_key(one, other):
    assert column(names.key, one) == column(names.key, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("李哲", "李喆"), ("李乾", "李干"), ("张芸", "张艺"), ("王?", "王"), ("李己", "李已")],
)
def test_different_names_do_not(one, other):
    assert column(names.key, one) != column(names.key, other)


def test_a_key_is_not_a_placeholder_either():
    assert column(names.key, "♜⽆", "Ñá", "??", "王（？）") == [None, None, None, "王?"]


@settings(deadline=None, max_examples=200)
@given(st.text(HAN, max_size=6) | st.text(max_size=8))
def test_key_twice_is_key_once(text):
    once = column(names.key, text)
    assert column(names.key, *once) == once


def test_every_fold_ends_where_it_ends():
    folds = names.fold._folds()
    assert not {to for to in folds.values() if folds.get(to, to) != to}


def test_placeholders():
    assert column(names.has_placeholder, "王?", "王明", None) == [True, False, None]


@pytest.mark.parametrize(
    ("a", "b", "matches"),
    [
        ("王?", "王䶮", True),
        ("?伟", "王伟", True),
        ("王??", "王小明", True),
        ("王?明", "王?明", True),
        ("王?明", "王小?", True),
        ("王?", "李四", False),
        ("王?明", "王小朋", False),
        ("??", "王明", False),
        ("王?", "王小明", False),
        ("王明", "王明", False),
        (None, "王", None),
    ],
)
def test_a_placeholder_stands_for_one_character(a, b, matches):
    assert pair(names.matches_placeholder, a, b) is matches


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("许诺", "xu nuo"),
        ("吕布", "lv bu"),
        ("曾黎", "zeng li"),
        ("单雨", "shan yu|dan yu"),
        ("雨单", "yu dan"),
        ("尉迟恭", "yu chi gong"),
        ("万俟明", "mo qi ming"),
        ("王?", "wang ?"),
        ("王𠮷", "wang 𠮷"),
        ("JOHN", "JOHN"),
        (None, None),
    ],
)
def test_readings(name, sounds):
    assert column(names.readings, name) == [sounds]


def test_readings_multiply_up_to_eight():
    (several, many) = column(names.readings, "单乐", "单乐乐乐乐")
    assert several.split("|") == ["shan le", "shan yue", "dan le", "dan yue"]
    assert len(many.split("|")) == 8


def test_readings_do_not_depend_on_the_other_rows():
    mixed = ["单乐", "许诺", None, "单乐", "曾行"]
    assert column(names.readings, *mixed) == [column(names.readings, name)[0] for name in mixed]


def test_sounds_alike():
    assert same_sound("张伟", "张玮")
    assert same_sound("王晟", "王成")
    assert same_sound("王晟", "王圣")
    assert not same_sound("张伟", "章雯")
    assert same_sound("张伟", None) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("章雨", "臧雨"),
        ("陈明", "岑明"),
        ("刘兰", "牛兰"),
        ("饶兰", "劳兰"),
        ("胡文静", "吴文静"),
        ("黄平", "王平"),
        ("付明", "胡明"),
        ("费明", "惠明"),
        ("陈英", "程音"),
        ("江光", "简关"),
    ],
)
def test_dialects_run_sounds_together(one, other):
    assert not same_sound(one, other)
    assert same_sound(one, other, names.near)


def test_near_keeps_alternatives_and_other_text():
    assert column(names.near, "shan yu|dan yu", "wang ?", None) == ["san yu|dan yu", "wan ?", None]


@pytest.mark.parametrize(
    ("name", "family", "own"),
    [
        ("王伟", "王", "伟"),
        ("欧阳娜娜", "欧阳", "娜娜"),
        ("欧阳", "欧", "阳"),
        ("张王小明", "张", "王小明"),
        ("王?", "王", "?"),
        ("王", "王", None),
        ("阿卜杜拉买买提", None, "阿卜杜拉买买提"),
        ("买·买提", None, "买买提"),
        ("JOHN", None, "JOHN"),
        (None, None, None),
    ],
)
def test_surname_and_given(name, family, own):
    assert column(names.surname, name) == [family]
    assert column(names.given, name) == [own]


def test_mask():
    shown = ["张大伟", "张伟", "欧阳娜娜", "阿卜杜拉·买买提", "John Smith", "王", None]
    assert column(names.mask, *shown) == ["张*伟", "张*", "欧阳*", "阿卜杜拉·*", "J*", "王*", None]


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("李思雨", "王思雨", "李王"),
        ("王思雨", "王思语", "雨语"),
        ("20120305", "20120306", "56"),
        ("阿卜杜拉买买提", "阿不杜拉买买提", "卜不"),
        ("王思雨", "王思", ""),
        ("王思雨", "王诗语", ""),
        ("王思", "王思", ""),
        ("王", "李", ""),
        ("一二三四五六七八九十甲乙丙", "一二三四五六七八九十甲乙丁", ""),
        (None, "王", ""),
    ],
)
def test_one_character_differs(a, b, apart):
    assert pair(names.differing_pair, a, b) == apart
    assert pair(names.one_character_differs, a, b) is (apart != "")


@pytest.mark.parametrize(
    ("a", "b", "missing"),
    [
        ("王思雨", "王雨", True),
        ("王雨", "王思雨", True),
        ("王思雨", "王思", True),
        ("王思雨", "思雨", True),
        ("王雨", "王", False),
        ("王思雨", "雨王", False),
        ("王思雨", "王思雨", False),
        (None, "王雨", None),
    ],
)
def test_one_character_missing(a, b, missing):
    assert pair(names.one_character_missing, a, b) is missing


@pytest.mark.parametrize(
    "both",
    [
        "赟斌",
        "末未",
        "土士",
        "己已",
        "晴睛",
        "泽择",
        "婷停",
        "清晴",
        "璐露",
        "候侯",
        "佘余",
        "丽两",
    ],
)
def test_characters_that_look_alike(both):
    one, other = both
    assert look_alike(f"王{one}", f"王{other}")
    assert look_alike(f"王{other}", f"王{one}")


@pytest.mark.parametrize("both", ["伟芳", "江河", "梅桃", "明伟"])
def test_characters_that_do_not(both):
    one, other = both
    assert not look_alike(f"王{one}", f"王{other}")


def test_few_pairs_of_common_characters_look_alike():
    common = (
        "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红玲芬燕云鹏飞浩宇轩梓涵子雨晨欣怡佳琪思颖诗梦婷悦嘉俊豪博"
        "文昊天泽睿皓辰铭瑞阳志建国庆春梅秀珍凤琴荣花海波林峰辉斌鑫龙宁健康一诺可馨艺彤语熙若汐紫萱依沐雅琳妍倩晓慧璐莹洁"
    )
    pairs = set(names.look_alike_pairs().explode().to_list())
    found = sum(a + b in pairs for a in common for b in common)
    assert 0 < found / (len(common) * (len(common) - 1)) < 0.03


@given(name=st.text(st.sampled_from("王李張张□?·(大)A b1。 ●"), max_size=6))
def test_a_name_as_shown_folds_to_the_same_name(name: str) -> None:
    column = pl.DataFrame({"name": [name]})
    shown = column.select(names.display(pl.col("name")))
    assert shown.select(names.key(pl.col("name"))).equals(column.select(names.key(pl.col("name"))))


def _one_apart(a: str, b: str) -> str:
    apart = [x + y for x, y in zip(a, b, strict=True) if x != y]
    return apart[0] if len(apart) == 1 and len(a) >= 2 else ""


def _one_left_out(a: str, b: str) -> bool:
    long, short = sorted((a, b), key=len, reverse=True)
    without = {long[:at] + long[at + 1 :] for at in range(len(long))}
    return len(long) == len(short) + 1 and len(short) >= 2 and short in without


FEW = st.text(st.sampled_from("王思雨"), max_size=7)


@given(st.lists(st.tuples(FEW, FEW), min_size=1, max_size=20))
def test_characters_are_told_apart_as_by_hand(both: list[tuple[str, str]]) -> None:
    """Short names and long ones in one column, which are looked at in different ways."""
    frame = pl.DataFrame(both, schema={"a": pl.String, "b": pl.String}, orient="row")
    found = frame.select(
        apart=names.differing_pair(pl.col("a"), pl.col("b")),
        missing=names.one_character_missing(pl.col("a"), pl.col("b")),
    )
    assert found["apart"].to_list() == [
        _one_apart(a, b) if len(a) == len(b) else "" for a, b in both
    ]
    assert found["missing"].to_list() == [_one_left_out(a, b) for a, b in both]


@given(st.lists(st.text(st.sampled_from("张張王偉伟傅付aÉ·?"), max_size=4), min_size=1, max_size=9))
def test_a_key_does_not_depend_on_the_other_rows(written: list[str]) -> None:
    assert column(names.key, *written) == [column(names.key, each)[0] for each in written]


@pytest.mark.parametrize("builder", [names.share_reading, names.matches_placeholder])
def test_what_a_branch_does_not_ask_for_is_not_worked_out(builder, monkeypatch):
    """Polars makes the sides missing where another branch of ``when`` has decided."""
    for rule in ("sound._share_some", "shape._matches_placeholder"):
        monkeypatch.setattr(f"rosterrec.names.{rule}", None)
    sides = {"a": ["wang|wan", "王?", "wang"], "b": ["wang", "王明", "li"]}
    frame = pl.DataFrame({**sides, "known": [True, True, False]})
    told = pl.when("known").then(pl.lit(value=True)).otherwise(builder(pl.col("a"), pl.col("b")))
    assert frame.select(told).to_series().to_list() == [True, True, False]


@pytest.mark.parametrize("builder", [names.share_reading, names.matches_placeholder])
@pytest.mark.parametrize("a", ["王?", "王|王?", "王明", None])
def test_a_missing_side_leaves_the_answer_open(builder, a):
    assert pair(builder, a, None) is None
    assert pair(builder, None, a) is None
