"""How the workbook looks: one calm set of formats for all sheets."""

from __future__ import annotations

from functools import cache
from typing import Any

from rosterrec.report.spec import Kind, Urgency

_TABS = {
    Urgency.NOW: "#C0392B",
    Urgency.SOON: "#E08E0B",
    Urgency.LATER: "#2E75B6",
    Urgency.RECORD: "#8A8F98",
}
_LINE = "#C9CED6"
_INK = "#1F2A37"
_HEAD = "#E8EDF3"
_FILL = "#FFF8DC"
_BAND = "#F4F6F9"


class Looks:
    """Formats of one workbook, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.title = self._format(bold=True, font_size=15)
        self.advice = self._format(italic=True, font_color="#5B6573")
        self.header = self._format(
            bold=True, bg_color=_HEAD, border=1, text_wrap=True, valign="vcenter"
        )
        self.header_to_fill = self._format(
            bold=True, bg_color="#FBE7A1", border=1, text_wrap=True, valign="vcenter"
        )
        # Of narrow columns: English on its side, Chinese one character below the other.
        head = {"bold": True, "bg_color": _HEAD, "border": 1, "align": "center"}
        self.turned = self._format(**head, rotation=90, text_wrap=True, valign="bottom")
        self.upright = self._format(**head, rotation=270, valign="vcenter")
        self.section = self._format(bold=True, font_size=12, font_color="#2E75B6")
        self.name = self._format(border=1)
        self.name_wrapped = self._format(border=1, text_wrap=True)
        self.name_indented = self._format(border=1, align="left", indent=2)
        self.name_bold = self._format(border=1, bold=True)
        self.number = self._format(border=1, num_format="#,##0")
        self.number_bold = self._format(border=1, num_format="#,##0", bold=True)
        self.count = self._format(border=1, num_format='#,##0;-#,##0;"·"', align="right")
        self.percent = self._format(border=1, align="right")
        self.note = self._format(text_wrap=True)
        self.link = self._format(font_color="#2E75B6", underline=1)
        self.cell = cache(self._cell)
        self.quoted = cache(self._quoted)

    def tab(self, urgency: Urgency) -> str:
        """The colour of a sheet's tab."""
        return _TABS[urgency]

    def _cell(self, kind: Kind, *, band: bool) -> Any:
        return self._format(**_of_kind(kind, band=band))

    def _quoted(self, kind: Kind, *, band: bool) -> Any:
        return self._format(**_of_kind(kind, band=band), quote_prefix=True)

    def _format(self, **properties: Any) -> Any:
        base = {
            "font_name": "Microsoft YaHei",
            "font_size": 10,
            "font_color": _INK,
            "valign": "top",
        }
        if "border" in properties:
            base["border_color"] = _LINE
        return self._book.add_format(base | properties)


def _of_kind(kind: Kind, *, band: bool) -> dict[str, Any]:
    """Borders, alignment and number format of a cell of this kind."""
    look: dict[str, Any] = {"border": 1}
    if band:
        look["bg_color"] = _BAND
    if kind in {Kind.FILL, Kind.FILL_DATE, Kind.CHOICE}:
        look |= {"bg_color": _FILL, "text_wrap": True, "locked": False}
    if kind in {Kind.DATE, Kind.FILL_DATE}:
        look["num_format"] = "yyyy-mm-dd"
        look["align"] = "left"
    elif kind is Kind.NUMBER:
        look |= {"align": "right", "indent": 1}  # or it sticks to the text of the next column
    else:
        look["text_wrap"] = True
        if kind is not Kind.LONG:
            look["num_format"] = "@"  # shows more than 255 characters as "####"
    return look
