import polars as pl

from rosterrec.words import first_match, yes_no


def test_the_first_pattern_of_the_table_counts() -> None:
    frame = pl.DataFrame({"t": ["县 外", "县内外镇", "某处", None]})
    table = {"县内外镇": "county", "县外": "outside"}
    found = frame.select(first_match(pl.col("t"), table)).to_series().to_list()
    assert found == ["outside", "county", None, None]


def test_no_is_looked_for_before_yes() -> None:
    frame = pl.DataFrame(
        {"t": ["已取证", "未取证", "是", "否", "有", "无", "√", "1", "0", "待定", None]}
    )
    found = frame.select(yes_no(pl.col("t"))).to_series().to_list()
    assert found == [True, False, True, False, True, False, True, True, False, None, None]
