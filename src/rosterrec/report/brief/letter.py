"""The brief as a Word document in the usual form of Chinese official reports (GB/T 9704 in spirit).

The title stands centred in large letters, headings in black or kai, the text in imitation song at
size three with two characters' indent; wide tables lie on pages of their own. Fonts that a machine
lacks are replaced by the reader's program.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from rosterrec.report.brief.grid import grid
from rosterrec.report.brief.model import (
    Bars,
    Block,
    Dateline,
    Heading,
    Item,
    Paragraph,
    Progress,
    Table,
    Title,
)

_LATIN = "Times New Roman"
_TITLE, _TEXT = "方正小标宋简体", "仿宋_GB2312"
_OF_LEVEL = {2: "黑体", 3: "楷体_GB2312"}
#: The earliest day an archive can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
#: Centimetres between the margins, upright and lying.
_ROOM, _ROOM_LYING = 15.6, 25.7
_SHORT, _LONG = Cm(21), Cm(29.7)


def letter(blocks: Sequence[Block], lang: str, day: dt.date, path: Path) -> None:
    """Write the document.

    Args:
        blocks: the content, in order.
        lang: its language.
        day: the reference date, which stands in its properties instead of a clock.
        path: file to write.
    """
    paper = _Paper(lang)
    seen = [b for b in blocks if not isinstance(b, Bars) or b.data]
    for block, following in zip(seen, [*seen[1:], None], strict=True):
        paper.put(block, following)
    at = dt.datetime.combine(day, dt.time())
    about = paper.document.core_properties
    about.title = next((b.text for b in blocks if isinstance(b, Title)), "")
    about.created = about.modified = at
    about.author = about.last_modified_by = about.comments = ""
    about.language = {"zh": "zh-CN", "en": "en-GB"}[lang]
    laid_out = BytesIO()
    paper.document.save(laid_out)
    _without_clock(laid_out, path)


def _without_clock(laid_out: BytesIO, path: Path) -> None:
    """The archive with the same time on every part, so that one content is the same bytes."""
    with ZipFile(laid_out) as parts, ZipFile(path, "w", ZIP_DEFLATED) as out:
        for name in parts.namelist():
            part = ZipInfo(name, _NO_TIME)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            out.writestr(part, parts.read(name))


class _Paper:
    """A document being written, upright until a wide table lays the page on its side."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.document: Any = Document()
        self.lies = False
        _size(self.document.sections[0], lies=False)
        _number_pages(self.document.sections[0])
        _font(self.document.styles["Normal"], _TEXT, 16 if lang == "zh" else 12)

    def put(self, block: Block, following: Block | None) -> None:
        """Add one block at the end; a heading goes on the page of the table under it."""
        match block:
            case Title(words):
                self.line(words, _TITLE, 22, centred=True, before=6)
            case Dateline(words):
                self.line(words, _OF_LEVEL[3], 14, centred=True, before=2)
            case Heading(words, level):
                self.heading(words, level, lies=isinstance(following, Table) and following.wide)
            case Paragraph(words):
                self.line(words, _TEXT, self.size, indent=True)
            case Item(words):
                self.line(f"· {words}", _TEXT, self.size, indent=True)
            case Table():
                self.table(block)
            case Bars() | Progress():
                if block.data:
                    self.table(block.data)

    @property
    def size(self) -> int:
        """Running text: size three in Chinese, the usual one in English."""
        return 16 if self.lang == "zh" else 12

    def heading(self, words: str, level: int, *, lies: bool) -> None:
        """A heading that stays with what follows, and that the program's outline knows."""
        self.turn(lies=lies)
        made = self.line(words, _OF_LEVEL[level], self.size, indent=self.lang == "zh", before=8,
                         style=f"Heading {level - 1}")  # fmt: skip
        made.paragraph_format.keep_with_next = True
        made.runs[0].font.bold = self.is_bold

    @property
    def is_bold(self) -> bool:
        """Headings are set apart by their font in Chinese, by their weight in English."""
        return self.lang != "zh"

    def line(
        self,
        words: str,
        font: str,
        size: float,
        *,
        centred: bool = False,
        indent: bool = False,
        before: float = 0,
        style: str | None = None,
    ) -> Any:
        """One paragraph, upright but for a heading."""
        if style is None:
            self.turn(lies=False)
        made = self.document.add_paragraph(style=style)
        form = made.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
        form.line_spacing = Pt(size * 1.75)
        if centred:
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if indent:
            form.first_line_indent = Pt(size * 2)
        _font(made.add_run(words), font, size)
        return made

    def table(self, table: Table) -> None:
        """A caption and a grid, whose head comes again on every page."""
        self.turn(lies=table.wide)
        narrow = 8 if self.lang == "zh" else 7
        size = narrow if table.wide else 10.5
        caption = self.document.add_paragraph()
        caption.paragraph_format.space_before = Pt(8)
        caption.paragraph_format.keep_with_next = True
        name = caption.add_run(table.caption)
        _font(name, _OF_LEVEL[2], 12)
        name.font.bold = self.is_bold
        self.document.element.body.insert_element_before(
            parse_xml(grid(table, size, _ROOM_LYING if table.wide else _ROOM)), "w:sectPr"
        )

    def turn(self, *, lies: bool) -> None:
        """Begin a new page laid on its side, or upright again, where the page is otherwise."""
        if lies != self.lies:
            _size(self.document.add_section(WD_SECTION.NEW_PAGE), lies=lies)
            self.lies = lies


def _size(section: Any, *, lies: bool) -> None:
    """A4 with the margins of official papers."""
    section.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if lies else (_SHORT, _LONG)
    section.top_margin, section.bottom_margin = Cm(2.2 if lies else 3.7), Cm(2.2 if lies else 3.5)
    section.left_margin, section.right_margin = Cm(2.0 if lies else 2.8), Cm(2.0 if lies else 2.6)


def _number_pages(section: Any) -> None:
    """— 1 — at the foot of each page."""
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(foot.add_run("— "), "宋体", 14)
    run = foot.add_run()
    _font(run, "宋体", 14)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:instrText" if words else "w:fldChar")
        if words:
            part.text = words
        else:
            part.set(qn("w:fldCharType"), str(kind))
        run._r.append(part)
    _font(foot.add_run(" —"), "宋体", 14)


def _font(styled: Any, font: str, size: float) -> None:
    """A font for Chinese, its Latin companion, black."""
    styled.font.name, styled.font.size = _LATIN, Pt(size)
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    styled.font.bold = False
    styled.font.italic = False
    styled.font.color.rgb = RGBColor(0, 0, 0)
