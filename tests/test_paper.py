"""Where the pages of the summary end."""

from typing import Any

import pytest

from rosterrec.report.paper import Paper


class Page:
    """A sheet that takes note of what it is told."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[Any, ...]] = {}

    def __getattr__(self, name: str) -> Any:
        return lambda *facts, **more: self.told.__setitem__(name, (*facts, *more.values()))


def paper(*sections: int) -> Paper:
    made = Paper(Page(), [30, 10])
    for row in sections:
        made.section(row)
    return made


@pytest.mark.parametrize(
    ("sections", "end", "breaks"),
    [
        ((10,), 20, []),  # twenty rows of 15 points are a page of 300
        ((10,), 21, [10]),
        ((10, 15), 25, [15]),
        ((10, 40), 50, [10]),  # the second is longer than a page, and its end leaves ten rows
        ((10, 40), 51, [10, 40]),
    ],
)
def test_a_table_goes_to_the_next_page_whole(
    sections: tuple[int, ...], end: int, breaks: list[int]
) -> None:
    assert paper(*sections).breaks(end, 300.0) == breaks


def test_high_rows_count_as_high_as_they_are() -> None:
    made = paper(10)
    made.height(3, 30)
    assert made.breaks(20, 300.0) == [10]


def test_a_narrow_sheet_is_printed_as_it_is_and_a_wide_one_smaller() -> None:
    assert Paper(Page(), [30, 10]).scale() == 1.0
    assert 0.75 <= Paper(Page(), [34, 9, *[6.5] * 20]).scale() <= 0.9


def test_a_long_sentence_has_the_lines_it_needs() -> None:
    page = Page()
    Paper(page, [30, 10]).sentence(4, "字" * 30, None)
    assert page.told["set_row"] == (4, 30)
