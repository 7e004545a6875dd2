"""The XML of one worksheet read past quickly for what a reader of values does not tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rosterrec.cells.page import column_letters, column_number
from rosterrec.errors import InputError

#: Cells of the rectangle from the first to the last one in use; a parser makes room for all.
MOST_CELLS = 30_000_000
#: More than this between the ends of two rows is no row of a list.
LONGEST_ROW = 32 * 1024 * 1024
_ROW_END = b"</row>"
_COLUMNS = re.compile(rb'<c r="([A-Z]{1,3})')
_LAST_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,10})"')
_HIDDEN_ROW = re.compile(rb'<row [^>]*?\bhidden="(?:1|true)"[^>]*>')
_NUMBER = re.compile(rb'\br="(\d{1,10})"')
_HIDDEN_COLUMN = re.compile(rb'<col [^>]*?\bhidden="(?:1|true)"[^>]*>')
_FULL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,10})"[^>]*(?<!/)>')
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,10})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*'
    rb"(<v\b[^>]*>[^<]+</v>|<is>)?"
)


@dataclass
class SheetFacts:
    """Hidden rows (from 1) and columns (from 0), cells of error, formulas without a value.

    ``merged`` only where the reader of values does not tell: first row, column, last row, column.
    ``odd_cells``: there are cells that it would pass over (``binary``).
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    uncalculated: dict[int, list[int]] = field(default_factory=dict)
    errors: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    odd_cells: bool = False


class SheetScan:
    """Takes a worksheet's XML in pieces, and looks at whole rows of it."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rest = b""
        self._columns: set[bytes] = set()
        self._last = 0
        self._far: tuple[int, int, int, int] = (0, 0, 1 << 31, 1 << 31)
        self._facts = SheetFacts()

    def feed(self, chunk: bytes) -> None:
        """Take the next piece.

        Raises:
            InputError: ``cell_too_far`` or ``file_damaged``.
        """
        whole, end, rest = (self._rest + chunk).rpartition(_ROW_END)
        if not end and len(rest) > LONGEST_ROW:
            raise InputError("file_damaged", file=self._file)
        self._rest = rest
        self._look(whole)

    def end(self) -> SheetFacts:
        """What was found in all.

        Raises:
            InputError: ``cell_too_far``.
        """
        self._look(self._rest)
        return self._facts

    def _look(self, rows: bytes) -> None:
        if not rows:
            return
        facts = self._facts
        facts.errors += rows.count(b't="e"')
        if b"hidden=" in rows:
            self._take_hidden(rows)
        if b"<f" in rows:
            self._take_formulas(rows)
        self._columns.update(_COLUMNS.findall(rows))
        last = rows.rfind(b"<row ")
        found = _LAST_ROW.match(rows, last) if last >= 0 else None
        self._last = max(self._last, int(found.group(1)) if found else 0)
        if (max(map(_place, self._columns), default=0) + 1) * self._last > MOST_CELLS:
            self._refuse_far(rows)

    def _take_hidden(self, rows: bytes) -> None:
        for row in _HIDDEN_ROW.finditer(rows):
            number = _NUMBER.search(row.group())
            if number:
                self._facts.hidden_rows.append(int(number.group(1)))
        for column in _HIDDEN_COLUMN.finditer(rows):
            ends = [
                re.search(rb'\b%s="(\d{1,5})"' % word, column.group()) for word in (b"min", b"max")
            ]
            if all(ends):
                first, last = (int(end.group(1)) for end in ends if end)
                if last < 16384:  # hidden to the edge of the sheet: what is beyond the list
                    self._facts.hidden_columns += range(first - 1, min(last, first + 500))

    def _take_formulas(self, rows: bytes) -> None:
        for column, row, value in _FORMULA.findall(rows):
            if not value:
                self._facts.uncalculated.setdefault(_place(column), []).append(int(row))

    def _refuse_far(self, rows: bytes) -> None:
        """Refuse a cell that holds something far from all others; empty ones are only formatted."""
        low_row, low_column, high_row, high_column = 1 << 31, 1 << 31, *self._far[:2]
        for column, row in _FULL.findall(rows):
            high_row, high_column = max(high_row, int(row)), max(high_column, _place(column))
            low_row, low_column = min(low_row, int(row)), min(low_column, _place(column))
        low_row, low_column = min(low_row, self._far[2]), min(low_column, self._far[3])
        self._far = (high_row, high_column, low_row, low_column)
        if (high_row - low_row + 1) * (high_column - low_column + 1) > MOST_CELLS:
            cell = f"{column_letters(high_column)}{high_row}"
            raise InputError("cell_too_far", file=self._file, cell=cell)


def _place(letters: bytes) -> int:
    return column_number(letters.decode())
