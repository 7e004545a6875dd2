import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec import ids
from rosterrec.frames import IdKind

CHILD_SINCE = dt.date(2002, 1, 1)

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
NUMBERS = st.builds(
    lambda day, sequence: ids.complete(f"349921{day:%Y%m%d}{sequence:03}"),
    DAYS,
    st.integers(0, 999),
)


def column(builder, *values, **more):
    frame = pl.DataFrame({"x": pl.Series(values, dtype=pl.String)})
    return frame.select(builder(pl.col("x"), **more)).to_series().to_list()


def kinds(*values, cell="text", id_type=None, since=CHILD_SINCE):
    stated = None if id_type is None else pl.lit(id_type)
    return column(lambda x: ids.classify(x, pl.lit(cell), stated, since), *values)


@pytest.mark.parametrize(
    "written",
    [
        "34992120130225040X",
        "`３４９９２１２０１３０２２５０４０×",
        "'34992120130225040x",
        "349921 20130225 040Х",
        "\u200b349921-20130225-040Ⅹ\t",
        "\u00a0349921\u300020130225040χ",
    ],
)
def test_clean_folds_every_way_of_writing_a_number(written):
    assert column(ids.clean, written) == ["34992120130225040X"]


def test_clean_drops_what_a_spreadsheet_appends():
    assert column(ids.clean, "349921201503030606.0", "12345678.00", "3.49921e+17") == [
        "349921201503030606",
        "12345678",
        "3.49921E+17",
    ]


@pytest.mark.parametrize(
    "blank",
    ["", " ", "-", "无", "暂无", "不详", "未办理", "NULL", "0", "000000", "9" * 18, "0" * 17 + "X"],
)
def test_clean_knows_placeholders(blank):
    assert column(ids.clean, blank) == [None]


def test_clean_keeps_the_name_of_its_column():
    assert pl.DataFrame({"x": ["1 2"]}).select(ids.clean(pl.col("x"))).to_dict(as_series=False) == {
        "x": ["12"]
    }


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=24))
def test_clean_twice_is_clean_once(text):
    once = column(ids.clean, text)
    assert column(ids.clean, *once) == once


def test_valid_numbers():
    assert column(ids.is_valid, "34992120130225040X", "349921201602140333", None) == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "349921201602140833",  # one digit
        "349921201390120288",  # month 90
        "349921201302300408",  # 30 February
        "34992120130225040x",  # not folded
        "3499212013022504",
        "٣٤٩٩٢١٢٠١٣٠٢٢٥٠٤٠٧",
    ],
)
def test_broken_numbers_are_not_valid(broken):
    assert column(ids.is_valid, broken) == [False]


def test_a_birthdate_outside_two_centuries_is_not_valid():
    assert column(
        ids.is_valid, ids.complete("34992118991231001"), ids.complete("34992121010101001")
    ) == [
        False,
        False,
    ]


@settings(deadline=None, max_examples=100)
@given(NUMBERS, st.integers(0, 17), st.integers(1, 9))
def test_every_single_digit_error_is_caught(number, at, shift):
    digit = 10 if number[at] == "X" else int(number[at])
    other = str((digit + shift) % 10)
    if other == number[at]:
        other = "X"
    assert column(ids.is_valid, number, number[:at] + other + number[at + 1 :]) == [True, False]


@settings(deadline=None, max_examples=100)
@given(NUMBERS)
def test_the_check_character_of_a_column_is_that_of_one_number(number):
    assert column(ids.check_digit, number[:17]) == [number[17]]


def test_no_check_character_without_17_digits():
    assert column(ids.check_digit, "3499212013022504", "34992120130225X40", None) == [None] * 3


def test_birth_sex_and_region_of_a_number():
    numbers = ("349921201411020152", "349921201411020240", "349921")
    assert column(ids.birth, *numbers) == [dt.date(2014, 11, 2), dt.date(2014, 11, 2), None]
    assert column(ids.sex, *numbers) == ["M", "F", None]
    assert column(ids.region, *numbers) == ["349921", "349921", None]


def test_birth_is_null_where_the_date_is_not_real():
    assert column(ids.birth, "349921201390120288") == [None]


def test_part_birth_needs_fourteen_digits():
    assert column(ids.part_birth, "349921201203050", "3499212012030", None) == [
        dt.date(2012, 3, 5),
        None,
        None,
    ]


def test_old_numbers_become_18_characters():
    assert column(ids.from_fifteen, "349921870214026", "349921871314026", "34992187021402") == [
        "349921198702140264",
        None,
        None,
    ]


def test_student_numbers_are_folded_and_told_apart():
    written = ("ｇ349921201503030606", "L349921201307044821", "2015030306", "X349921201503030606")
    assert column(ids.student_no, *written) == [
        "G349921201503030606",
        "L349921201307044821",
        None,
        None,
    ]
    assert column(ids.student_kind, *written) == ["G", "L", None, None]


def test_only_a_valid_g_number_holds_an_id():
    written = ("G349921201503030606", "G349921201503030607", "J349921201501180010", None)
    assert column(ids.from_student_no, *written) == ["349921201503030606", None, None, None]


def test_every_kind_of_student_number_holds_a_birthdate():
    written = (
        "G349921201503030606",
        "L349921201307044821",
        "J349921201501180010",
        "G3499212015133306060",
    )
    assert column(ids.student_birth, *written) == [
        dt.date(2015, 3, 3),
        dt.date(2013, 7, 4),
        dt.date(2015, 1, 18),
        None,
    ]


def test_disability_certificates():
    written = ("34992120141224039252", "34992120141224039252b1", "34992120141224039352", "349921")
    assert column(ids.disability_id, *written) == ["349921201412240392"] * 2 + [None, None]
    assert column(ids.disability_kind, *written) == ["5", "5", "5", None]
    assert column(ids.disability_grade, *written) == ["2", "2", "2", None]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("34992120130225040X", IdKind.VALID),
        ("349921198702140264", IdKind.RELATIVE),
        ("349921198702140", IdKind.RELATIVE),  # a parent's, cut
        ("349921870214026", IdKind.FIFTEEN),
        ("349921201203050", IdKind.DAMAGED),  # also reads as 1920-12-03
        ("3499212012030502", IdKind.DAMAGED),
        ("349921201203050000", IdKind.DAMAGED),
        ("3.49921E+17", IdKind.DAMAGED),
        ("349921201602140833", IdKind.INVALID),
        ("34992120160214033", IdKind.INVALID),  # a digit left out anywhere, not a cut
        ("349921201390120288", IdKind.INVALID),
        ("349921201390120000", IdKind.INVALID),
        ("E12345678", IdKind.FOREIGN),
        ("X1234567", IdKind.FOREIGN),
        (None, IdKind.MISSING),
    ],
)
def test_classify_text(text, kind):
    assert kinds(text) == [kind]


def test_a_number_cell_is_damaged_even_where_the_check_fits():
    days = (ids.complete(f"349921201203{day:02}100") for day in range(1, 32))
    fits = next(number for number in days if number.endswith("000"))
    assert kinds(fits) == [IdKind.VALID]
    assert kinds(fits, cell="number") == [IdKind.DAMAGED]
    assert kinds("349921198702140000", cell="number") == [IdKind.RELATIVE]


def test_a_short_number_cell_is_read_as_text():
    assert kinds("12345678", cell="number") == [IdKind.INVALID]


@pytest.mark.parametrize("stated", ["护照", "台湾居民来往大陆通行证", "6", "A-护照", "其他"])
def test_other_documents_are_opaque(stated):
    assert kinds("12345678", "34992120130225040X", id_type=stated) == [IdKind.FOREIGN, IdKind.VALID]


@pytest.mark.parametrize("stated", ["居民身份证", "1", "港澳台居民居住证", "16", ""])
def test_resident_documents_are_not(stated):
    assert kinds("12345678", id_type=stated) == [IdKind.INVALID]


def test_a_missing_document_type_says_nothing():
    typed = pl.DataFrame({"x": ["12345678"], "t": pl.Series([None], dtype=pl.String)})
    kind = typed.select(ids.classify(pl.col("x"), pl.lit("text"), pl.col("t"), CHILD_SINCE))
    assert kind.to_series().to_list() == [IdKind.INVALID]


def test_on_a_list_of_all_ages_nobody_is_a_relative():
    assert kinds("349921198702140264", since=dt.date(1900, 1, 1)) == [IdKind.VALID]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("349921201203050000", "349921201203050"),
        ("349921201203050064", "349921201203050"),
        ("3499212012030502", "3499212012030502"),
        ("349921201203050", "349921201203050"),
        ("34992120120305", "34992120120305"),
        ("3.49921E+17", "34992"),
        ("3.49921201203050E+17", "349921201203050"),
    ],
)
def test_the_trusted_part_of_a_damaged_number(text, part):
    frame = pl.DataFrame({"x": [text, text], "k": [IdKind.DAMAGED, IdKind.INVALID]})
    assert frame.select(ids.trusted_part(pl.col("x"), pl.col("k"))).to_series().to_list() == [
        part,
        None,
    ]


def test_mask_shows_the_area_alone():
    assert column(ids.mask, "349921201602140333", "E12345678", None) == [
        "349921************",
        "*" * 9,
        None,
    ]
