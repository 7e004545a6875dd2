"""A sheet of several tables on A4 across: in large letters, no table cut from its title.

How small it is printed to fit the page's width is left to the program that prints it, since fonts
differ; where pages end is worked out for the usual one. A smaller print leaves more room.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rosterrec.report.measures import cells

_LINE = 15.0
#: Points of A4 that can be printed on, within the margins of ``prepare``; a line less in height.
_WIDE, _HIGH = 72 * (11.69 - 0.8), 72 * (8.27 - 1.1) - _LINE
#: Points of a character cell and of a column's edges (Calibri 11, of which widths are counted).
_CELL, _EDGES = 5.25, 3.75


@dataclass
class Paper:
    """A sheet with the widths of its columns, the heights of its rows, and where tables begin."""

    page: Any
    widths: Sequence[float]
    _heights: dict[int, float] = field(default_factory=dict)
    _sections: list[int] = field(default_factory=lambda: [0])

    def __post_init__(self) -> None:
        for place, width in enumerate(self.widths):
            self.page.set_column(place, place, width)

    def height(self, row: int, points: float) -> None:
        """Make a row so high."""
        self.page.set_row(row, points)
        self._heights[row] = points

    def section(self, row: int) -> None:
        """A title whose table is to stand with it on one page, if one page can hold it."""
        self._sections.append(row)

    def across(self, row: int, place: int, words: str, look: Any) -> None:
        """A text in two columns."""
        self.page.merge_range(row, place, row, place + 1, words, look)

    def sentence(self, row: int, words: str, look: Any) -> None:
        """A sentence over the whole width, in as many lines as it needs."""
        self.page.merge_range(row, 0, row, len(self.widths) - 1, words, look)
        self.height(row, _LINE * math.ceil(cells(words) * 1.05 / sum(self.widths)))

    def prepare(self, end: int, foot: str) -> None:
        """Say how it is printed.

        Args:
            end: the row below the last.
            foot: what stands at the foot of each page.
        """
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.print_area(0, 0, end - 1, len(self.widths) - 1)
        self.page.set_h_pagebreaks(self.breaks(end, _HIGH / self.scale()))
        self.page.set_footer(foot)

    def scale(self) -> float:
        """How large the whole width is printed on one page, 1 at most."""
        width = sum(_CELL * width + _EDGES for width in self.widths)
        return min(1.0, _WIDE / width)

    def breaks(self, end: int, room: float) -> list[int]:
        """Rows before which a page ends, so that every table that fits a page stands on one."""
        found, used = [], 0.0
        for start, stop in zip(self._sections, [*self._sections[1:], end], strict=True):
            height = sum(self._heights.get(row, _LINE) for row in range(start, stop))
            if used and used + height > room:
                found.append(start)
                used = 0.0
            used = (used + height) % room if used + height > room else used + height
        return found
