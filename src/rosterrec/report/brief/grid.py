"""A table of a Word document as XML, made at once: cell by cell takes a hundred times as long."""

from __future__ import annotations

from html import escape

from docx.oxml.ns import nsdecls

from rosterrec.report.brief.model import Table

_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
#: Twentieths of a point in a centimetre.
_TWIPS = 566.93
#: Between a cell's text and its border, in twentieths of a point.
_MARGIN = 45
#: Bounds of a column's longest text, in cells: a shorter one counts so much, a longer one wraps.
_SHORTEST, _LONGEST, _LONGEST_OF_MANY = 6, 36, 22


def grid(table: Table, size: float, room: float) -> str:
    """The XML of a table that spans the room between the margins.

    Args:
        table: the table.
        size: of its letters, in points.
        room: in centimetres.
    """
    widths = _widths(table, room)
    borders = "".join(f"<w:{side} {_LINE}/>" for side in _SIDES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    last = len(table.rows)
    rows = "".join(
        _row(table, words, widths, size, head=at == 0, bold=at == 0 or (table.foots and at == last))
        for at, words in enumerate((table.head, *table.rows))
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{_MARGIN}" w:type="dxa"/><w:right w:w="{_MARGIN}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    table: Table, words: tuple[str, ...], widths: list[int], size: float, *, head: bool, bold: bool
) -> str:
    """A row that the end of a page does not tear; the head comes again on the next."""
    cells = "".join(
        _cell(text, width, size, right=not head and i in table.numeric, bold=bold)
        for i, (text, width) in enumerate(zip(words, widths, strict=True))
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(words: str, width: int, size: float, *, right: bool, bold: bool) -> str:
    side = '<w:jc w:val="right"/>' if right else ""
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{round(size * 2)}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="20" w:after="20"/>{side}</w:pPr><w:r><w:rPr>{look}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p></w:tc>'
    )


def _widths(table: Table, room: float) -> list[int]:
    """Of each column, in proportion to its longest text within bounds; a Han character is two."""
    wanted, most = [], _LONGEST_OF_MANY if table.wide else _LONGEST
    for i, heading in enumerate(table.head):
        longest = max((_cells(row[i]) for row in table.rows), default=0)
        # Bold letters are a little wider.
        word = max(map(_cells, heading.split()), default=0) + 1 if heading.isascii() else 0
        wanted.append(min(max(longest, word, _SHORTEST), most) + 1)
    return [round(room * _TWIPS * each / sum(wanted)) for each in wanted]


def _cells(words: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in words)
