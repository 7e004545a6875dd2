"""Shortcuts that must not change what comes out."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rosterrec.once import alike, distinct, may_repeat, once, repeats, seldom

WORDS = st.lists(st.one_of(st.none(), st.sampled_from(["a", "bb", "ccc", " d "])), max_size=30)


def shout(it: pl.Expr) -> pl.Expr:
    return it.str.strip_chars() + "!"


@given(WORDS)
def test_each_shortcut_gives_what_the_rule_gives(words: list[str | None]) -> None:
    frame = pl.DataFrame({"word": words}, schema={"word": pl.String})
    word = pl.col("word")
    got = frame.select(
        rule=shout(word),
        once=once(word, shout),
        seldom=seldom(word, lambda it: it == "a", shout, easy=lambda _: pl.lit("a!")),
        distinct=distinct(word, shout),
    )
    for shortcut in ("once", "seldom", "distinct"):
        assert got[shortcut].to_list() == got["rule"].to_list()


def test_a_rule_that_is_seldom_needed_never_sees_plain_cells() -> None:
    frame = pl.DataFrame({"day": ["20120305", "5. März 2012"]})
    seen: list[str] = []

    def patient(it: pl.Expr) -> pl.Expr:
        return it.map_batches(lambda s: (seen.extend(s), s.str.len_chars())[1])

    frame.select(
        seldom(pl.col("day"), lambda it: it.str.contains(r"^\d{8}$"), patient, dtype=pl.Int64,
               easy=lambda _: pl.lit(8))
    )  # fmt: skip
    assert "5. März 2012" in seen
    assert "20120305" not in seen


def test_several_columns_count_as_one_value() -> None:
    frame = pl.DataFrame({"grade": ["三", None] * 4, "class": ["1", "2"] * 4})
    both = pl.struct("grade", "class")
    got = frame.select(
        distinct(
            both,
            lambda it: pl.concat_str(
                it.struct.field("grade").fill_null("?"), it.struct.field("class")
            ),
        )
    )
    assert got.to_series().to_list() == ["三1", "?2"] * 4


def test_rows_alike_are_worked_out_once_and_each_gets_the_answer() -> None:
    frame = pl.DataFrame({"name": ["equal", None, "equal", "other", None], "n": [1, 2, 3, 4, 5]})
    seen: list[int] = []

    def work(rows: pl.DataFrame) -> pl.DataFrame:
        seen.append(len(rows))
        return rows.select(said=pl.col("name").fill_null("missing"))

    got = alike(frame, ["name"], work)
    assert got["said"].to_list() == ["equal", "missing", "equal", "other", "missing"]
    assert seen == [3]


@pytest.mark.parametrize("cells", [[None, None, None], [None], []])
def test_a_column_in_which_nothing_stands_keeps_its_length(cells: list[str | None]) -> None:
    frame = pl.DataFrame({"it": cells}, schema={"it": pl.String})
    got = frame.select(
        length=seldom(pl.col("it"), lambda it: it == "", lambda it: it.str.len_chars(),
                      easy=lambda it: it.str.len_chars(), dtype=pl.Int64),
        word=distinct(pl.col("it"), lambda it: it.fill_null("none")),
    )  # fmt: skip
    assert got["length"].to_list() == cells
    assert got["word"].to_list() == ["none"] * len(cells)


def test_a_column_that_hardly_repeats_itself_at_first_gives_what_the_rule_gives() -> None:
    words = pl.DataFrame({"word": [f"{n} " for n in range(6_000)] + ["same "] * 6_000})
    got = words.select(rule=shout(pl.col("word")), distinct=distinct(pl.col("word"), shout))
    assert got["distinct"].equals(got["rule"].alias("distinct"))


@given(WORDS)
def test_what_stands_twice_may_repeat(words: list[str | None]) -> None:
    frame = pl.DataFrame({"word": words}, schema={"word": pl.String})
    told = frame.select(may_repeat(pl.col("word"))).to_series()
    assert told.to_list() == [words.count(word) > 1 for word in words]


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=30))
def test_a_number_that_stands_again_repeats_itself(numbers: list[int | None]) -> None:
    told = repeats(pl.Series(numbers, dtype=pl.UInt64))
    assert told.to_list() == [n is not None and numbers.count(n) > 1 for n in numbers]
