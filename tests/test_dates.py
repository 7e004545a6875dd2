import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec import dates

DAY = dt.date(2012, 3, 5)


def column(builder, *values, dtype=pl.String, **more):
    frame = pl.DataFrame({"x": pl.Series(values, dtype=dtype)})
    return frame.select(builder(pl.col("x"), **more)).to_series().to_list()


@pytest.mark.parametrize(
    "written",
    [
        "2012.3.5",
        "2012/3/5",
        "2012-3-5",
        "2012年3月5日",
        "2012年03月05日",
        "2012年3月5号生",
        "20120305",
        "20120305.0",
        "2012-03-05 00:00:00",
        "2012-03-05T08:00:00Z",
        "2012/3/5 0:00",
        "２０１２．３．５",
        " 2012 年 3 月\n5 日",
        "'2012-03-05",
        "2012。3。5",
        "2012—03—05",
        "2012.3.5（补录）",
        "40973",
        "40973.5",
        "12.3.5",
        "120305",
        "二〇一二年三月五日",
        "二○一二年三月五日",
        "二零一二年三月初五",
        "农历2012年3月5日",
        "2012.3.5(阴历)",
    ],
)
def test_every_form_of_a_date(written):
    assert column(dates.parse, written) == [DAY]


@pytest.mark.parametrize(
    "written", ["", "无", "2012-02-30", "2012", "三月", "12345", "18991231", "2012.3.5-2013.3.5"]
)
def test_no_date(written):
    assert column(dates.parse, written) == [None]


def test_chinese_numerals_of_two_places():
    assert column(
        dates.parse, "二〇一二年十二月三十一日", "二〇一〇年十月二十日", "二〇一二年冬月廿三"
    ) == [
        dt.date(2012, 12, 31),
        dt.date(2010, 10, 20),
        dt.date(2012, 11, 23),
    ]


def test_day_first_only_where_one_reading_is_possible():
    assert column(dates.parse, "15/03/2012", "03/15/2012", "03/03/2012", "05/03/2012") == [
        dt.date(2012, 3, 15),
        dt.date(2012, 3, 15),
        dt.date(2012, 3, 3),
        None,
    ]


def test_two_digit_years_turn_at_the_pivot():
    assert column(dates.parse, "49.1.2", "50.1.2") == [dt.date(2049, 1, 2), dt.date(1950, 1, 2)]
    assert column(dates.parse, "49.1.2", pivot=30) == [dt.date(1949, 1, 2)]


def test_day_numbers_stay_within_their_range():
    assert column(dates.parse, "29220", "29221", "55153", "55154") == [
        None,
        dt.date(1980, 1, 1),
        dt.date(2050, 12, 31),
        None,
    ]


@settings(deadline=None, max_examples=100)
@given(
    st.dates(dt.date(1980, 1, 1), dt.date(2050, 12, 31)),
    st.sampled_from(
        [
            "{0:%Y%m%d}",
            "{0:%Y-%m-%d}",
            "{0.year}.{0.month}.{0.day}",
            "{0.year}年{0.month}月{0.day}日",
        ]
    ),
)
def test_what_is_written_is_read_back(day, form):
    serial = str((day - dt.date(1899, 12, 30)).days)
    assert column(dates.parse, form.format(day), serial) == [day, day]


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=16))
def test_any_text_is_either_a_date_a_month_or_nothing(text):
    (day,), (month,) = column(dates.parse, text), column(dates.month, text)
    assert day is None or month is None


@pytest.mark.parametrize(
    "written", ["201203", "2012.3", "2012年3月", "2012-03", "20120300", "2012-03-00", "201203.0"]
)
def test_year_and_month_alone(written):
    assert column(dates.month, written) == ["201203"]
    assert column(dates.parse, written) == [None]


def test_october_is_not_january():
    assert column(dates.month, "2012.10", "2012年十月", "2012.1") == ["201210", "201210", "201201"]


def test_no_month():
    assert column(dates.month, "2012-03-05", "201213", "12.3", None) == [None] * 4


def test_lunar_words():
    assert column(
        dates.is_lunar, "农历3月5日", "2012.3.5（阴历）", "腊月廿三", "2012.3.5", None
    ) == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_lunar_dates_become_solar():
    lunar = [dt.date(2012, 3, 15), dt.date(2012, 12, 29), dt.date(1990, 1, 1), dt.date(1989, 12, 1)]
    assert column(dates.lunar_to_solar, *lunar, dtype=pl.Date) == [
        dt.date(2012, 4, 5),
        dt.date(2013, 2, 9),
        dt.date(1990, 1, 27),
        None,
    ]


def test_the_first_of_two_like_months_is_taken():
    assert column(dates.lunar_to_solar, dt.date(2012, 4, 1), dtype=pl.Date) == [
        dt.date(2012, 4, 21)
    ]


def test_a_month_of_29_days_has_no_30th():
    assert column(
        dates.lunar_to_solar, dt.date(2012, 8, 29), dt.date(2012, 8, 30), dtype=pl.Date
    ) == [
        dt.date(2012, 10, 14),
        None,
    ]


def test_swapped_days_and_months():
    given_ = [DAY, dt.date(2012, 3, 15), dt.date(2012, 4, 4), None]
    assert column(dates.swapped, *given_, dtype=pl.Date) == [
        dt.date(2012, 5, 3),
        None,
        dt.date(2012, 4, 4),
        None,
    ]


def test_full_years_turn_on_the_birthday():
    births = [dt.date(2018, 8, 31), dt.date(2018, 9, 1), dt.date(2016, 2, 29), None]
    on = pl.lit(dt.date(2024, 8, 31))
    assert column(dates.years_between, *births, dtype=pl.Date, on=on) == [6, 5, 8, None]
