"""The parts of a brief: wording, charts, history, the page and the document."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from docx import Document

from rosterrec.errors import InputError
from rosterrec.report.brief import svg
from rosterrec.report.brief.content import shipped
from rosterrec.report.brief.history import Day, open_since
from rosterrec.report.brief.letter import letter
from rosterrec.report.brief.model import (
    Bars,
    Heading,
    Item,
    Paragraph,
    Progress,
    Series,
    Table,
    Title,
    clean,
)
from rosterrec.report.brief.page import page
from rosterrec.report.brief.wording import blocks

TABLE = Table("表", ("村", "人数"), (("上溪村", "1"), ("合计", "1")), frozenset({1}), foots=True)


def made(template: str, lang: str = "zh", **facts: object) -> list[object]:
    parts = {"table villages": TABLE, "table open": None}
    return list(blocks(template, "t.txt", facts, parts, lang))


def test_lines_become_blocks() -> None:
    text = "# 题\n## 一\n甲{{ n }}\n乙\n\n丙\n- 点\n@table villages\n@table open\n"
    assert made(text, n=1234) == [
        Title("题"), Heading("一", 2), Paragraph("甲1234乙"), Paragraph("丙"), Item("点"), TABLE,
    ]  # fmt: skip


def test_english_joins_lines_by_a_space_and_groups_digits() -> None:
    assert made("{{ n }} children\nlive here", "en", n=1234) == [
        Paragraph("1,234 children live here")
    ]


@pytest.mark.parametrize("name", ["# x", "@table villages", "a\n# b", "{{ 7*7 }}", "<b>&"])
def test_what_comes_from_a_list_is_text_alone(name: str) -> None:
    assert made("{{ name }}", name=name) == [Paragraph(name.replace("\n", " "))]


@pytest.mark.parametrize(
    ("template", "line"),
    [("a\n{{ n", 2), ("a\n\n{{ unknown }}", "3"), ("@table other", "?"), ("{{ n / 0 }}", "1")],
)
def test_a_template_that_is_not_right_is_named_with_its_line(template: str, line: object) -> None:
    with pytest.raises(InputError) as refusal:
        made(template, n=1)
    assert refusal.value.code == "template_bad"
    assert str(refusal.value.facts["line"]) == str(line)


def test_a_template_cannot_reach_the_program() -> None:
    with pytest.raises(InputError):
        made("{{ n.__class__.__mro__ }}", n=1)


def test_reversing_marks_and_controls_are_dropped() -> None:
    assert clean("王\u202e伟\x00\u200b\n丽") == "王伟 丽"


def test_a_case_is_open_since_the_first_day_of_the_last_unbroken_stretch() -> None:
    def on(day: int, *ids: str) -> Day:
        return Day(dt.date(2024, 10, day), {}, pl.Series(list(ids), dtype=pl.String))

    days = [on(1, "A", "B"), on(2, "A"), on(3, "A", "B", "C")]
    assert dict(open_since(days).iter_rows()) == {
        "A": dt.date(2024, 10, 1),
        "B": dt.date(2024, 10, 3),
        "C": dt.date(2024, 10, 3),
    }


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = Bars("图", "说明", ("甲", "乙"), (Series("在", "enrolled", (30, 10)),
                                            Series("否", "review", (10, 0))))  # fmt: skip
    drawn = ET.fromstring(svg.bars(chart, "k"))
    widths = [float(r.get("width", "")) for r in drawn.iter("rect")]
    assert widths == [255.0, 85.0, 85.0]
    assert [t.text for t in drawn.iter("text")] == ["甲", "40", "乙", "10"]
    assert drawn.get("aria-labelledby") == "k-t k-d"
    assert drawn.findtext("desc") == "说明"


def test_a_hundredth_of_a_percent_is_no_leap() -> None:
    chart = Progress(
        "图", "说明", ("d1", "d2"), ((9984, 10000, "99.84 %"), (9985, 10000, "99.85 %"))
    )
    drawn = ET.fromstring(svg.progress(chart, "k"))
    heights = [float(c.get("cy", "")) for c in drawn.iter("circle")]
    assert abs(heights[0] - heights[1]) < 1


def test_a_bar_of_nobody_divides_by_nothing() -> None:
    chart = Bars("图", "说明", ("甲",), (Series("在", "enrolled", (0,)),))
    assert not list(ET.fromstring(svg.bars(chart, "k")).iter("rect"))


def test_the_page_escapes_whatever_it_is_given() -> None:
    nasty = '<script>alert(1)</script>&"'
    table = Table(nasty, (nasty, nasty), ((nasty, nasty),))
    chart = Bars(nasty, nasty, (nasty,), (Series(nasty, "review", (1,)),), table)
    drawn = page(
        [Title(nasty), Heading(nasty, 2), Paragraph(nasty), Item(nasty), table, chart], "zh"
    )
    assert "<script" not in drawn
    assert len(re.findall("&lt;script&gt;", drawn)) >= 12


def test_the_page_needs_nothing_but_itself() -> None:
    drawn = page([Title("题"), TABLE], "zh")
    assert not re.search(r"(src|href)=|url\(|@import|http(?!-equiv)", drawn)
    assert "default-src 'none'" in drawn
    assert '<html lang="zh-CN">' in drawn


def test_the_document_holds_what_the_page_holds(tmp_path: Path) -> None:
    content = [Title("题"), Heading("一、情况", 2), Paragraph("=1+1"), Item("点"), TABLE]
    letter(content, "zh", dt.date(2024, 10, 15), tmp_path / "b.docx")
    document = Document(str(tmp_path / "b.docx"))
    assert [p.text for p in document.paragraphs] == ["题", "一、情况", "=1+1", "· 点", "表"]
    cells = [[c.text for c in row.cells] for row in document.tables[0].rows]
    assert cells == [["村", "人数"], ["上溪村", "1"], ["合计", "1"]]
    assert document.core_properties.modified == dt.datetime(2024, 10, 15, tzinfo=dt.UTC)


def test_a_wide_table_lies_on_a_page_of_its_own(tmp_path: Path) -> None:
    wide = Table("表", tuple("一二三"), (("1", "2", "3"),), wide=True)
    letter(
        [Paragraph("前"), wide, Paragraph("后")], "zh", dt.date(2024, 10, 15), tmp_path / "b.docx"
    )
    sections = Document(str(tmp_path / "b.docx")).sections
    assert [s.page_width > s.page_height for s in sections] == [False, True, False]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_shipped_templates_put_in_the_same_parts(lang: str) -> None:
    put_in = re.findall("^@.*$", shipped(lang), re.MULTILINE)
    assert put_in == re.findall("^@.*$", shipped("zh"), re.MULTILINE)
    figures = set(re.findall(r"\{\{ ([a-z_.]+) \}\}", shipped(lang)))
    assert figures == set(re.findall(r"\{\{ ([a-z_.]+) \}\}", shipped("zh")))
