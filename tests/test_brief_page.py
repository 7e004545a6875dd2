"""The brief's page for readers with other eyes: contrast, colours, names, order. No browser needed.

``python -m benchmarks.brief_page`` looks at the same, and more, in Chromium.
"""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from rosterrec.frames import Group
from rosterrec.report.brief.content import shipped
from rosterrec.report.brief.model import Bars, Block, Heading, Progress, Series, Table, Title
from rosterrec.report.brief.page import page

CSS = files("rosterrec.report.brief").joinpath("page.css").read_text("utf-8")
#: Light, dark and print, each over the light one.
SCHEMES = {
    "light": r"^:root \{(.*?)\}",
    "dark": r"prefers-color-scheme: dark\) \{ :root \{(.*?)\}",
    "print": r"@media print \{ :root \{(.*?)\}",
}
TABLE = Table("表", ("村", "人数"), (("上溪村", "1"),), frozenset({1}))


def palette(scheme: str) -> dict[str, tuple[float, ...]]:
    named = {}
    for name in ("light", scheme):
        found = re.search(SCHEMES[name], CSS, re.DOTALL | re.MULTILINE)
        assert found is not None
        named |= dict(re.findall(r"--([a-z_]+): #([0-9a-f]{3,6})", found[1]))
    return {name: rgb(digits) for name, digits in named.items()}


def rgb(digits: str) -> tuple[float, ...]:
    """Linear light of a colour."""
    whole = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    shares = [int(whole[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in shares)


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    light = sorted(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_ink_can_be_read_on_every_ground(scheme: str) -> None:
    of = palette(scheme)
    for ink in ("ink", "soft", "accent"):
        for ground in ("paper", "band"):
            assert contrast(of[ink], of[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_bar_stands_out_from_the_page(scheme: str) -> None:
    of = palette(scheme)
    for group in Group:
        assert contrast(of[str(group)], of["paper"]) >= 3, group


#: What dichromats see, of linear light (Viénot, Brettel and Mollon 1999).
SEEN_AS = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


def lab(colour: tuple[float, ...]) -> tuple[float, ...]:
    x = (0.4124 * colour[0] + 0.3576 * colour[1] + 0.1805 * colour[2]) / 0.9505
    y = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    z = (0.0193 * colour[0] + 0.1192 * colour[1] + 0.9505 * colour[2]) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("eyes", SEEN_AS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_two_bars_look_alike_to_a_colour_blind_reader(scheme: str, eyes: str) -> None:
    of = palette(scheme)
    seen = {
        group: lab(tuple(
            max(0.0, sum(k * c for k, c in zip(row, of[str(group)], strict=True)))
            for row in SEEN_AS[eyes]
        ))
        for group in Group
    }  # fmt: skip
    for one, other in combinations(Group, 2):
        apart = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert apart >= 10, (one, other, round(apart, 1))


def tree(blocks: list[Block], lang: str = "zh") -> ET.Element:
    html = page(blocks, lang).removeprefix("<!doctype html>\n")
    return ET.fromstring(re.sub(r"<meta [^>]*>", "", html))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_says_its_language_and_its_title(lang: str) -> None:
    html = tree([Title("题"), TABLE], lang)
    assert html.get("lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert html.findtext("head/title") == "题"


def test_a_page_has_no_script_and_fetches_nothing() -> None:
    html = tree([Title("题"), Heading("一", 2), TABLE])
    for element in html.iter():
        assert element.tag not in {"script", "link", "img", "iframe", "object"}
        assert not [name for name in element.attrib if name.startswith("on") or name == "src"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_headings_of_the_shipped_wording_step_down_one_at_a_time(lang: str) -> None:
    levels = [0, *(len(m[1]) for m in re.finditer(r"^(#+) ", shipped(lang), re.MULTILINE))]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_and_chart_has_a_name() -> None:
    bars = Bars("图", "说明", ("甲",), (Series("在", "enrolled", (3,)),), TABLE)
    line = Progress("线", "升", ("d1", "d2"), ((1, 2, "50 %"), (2, 2, "100 %")))
    html = tree([Title("题"), TABLE, bars, line])
    ids = [element.get("id") for element in html.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 4
    for drawn in html.iter("svg"):
        assert drawn.get("role") == "img"
        assert set(str(drawn.get("aria-labelledby")).split()) <= set(ids)
    for region in html.iter("div"):
        assert (region.get("role"), region.get("aria-label")) == ("region", "表")
    for table in html.iter("table"):
        assert table.findtext("caption")
        assert all(head.get("scope") in {"col", "row"} for head in table.iter("th"))


def test_no_letter_is_smaller_than_twelve_pixels_on_the_screen() -> None:
    screen = CSS.partition("@media print")[0]
    sizes = [float(n) * {"rem": 16, "px": 1, "em": 16}[unit]
             for n, unit in re.findall(r"font(?:-size)?: ([\d.]+)(rem|px|em)", screen)]  # fmt: skip
    assert len(sizes) >= 6
    assert min(sizes) >= 12


def test_wide_tables_scroll_by_themselves_and_the_page_does_not() -> None:
    assert ".scroll { overflow-x: auto" in CSS
    assert "overflow-wrap: anywhere" in CSS
    assert "svg { width: 100%" in CSS
