"""The brief of the sample township and of towns that are hardly there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from docx import Document

from rosterrec.frames import GROUP_OF, Group, Status
from rosterrec.messages import text

from .outcome import cause, rosterrec, sample_month
from .township import Township, child, citizen

SAMPLES = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("months")
    for month in ("2024-10", "2024-11"):
        result = rosterrec(
            "match",
            str(sample_month(month, folder)),
            "--as-of",
            f"{month}-15",
            "--out",
            str(folder),
        )
        assert result.exit_code == 0, cause(result)
    return folder


def brief(run: Path, into: Path, *flags: str) -> ET.Element:
    """The page as a tree; it is written as well-formed as XML but for its void elements."""
    into.mkdir(exist_ok=True)
    result = rosterrec("brief", str(run), "-o", str(into), *flags)
    assert result.exit_code == 0, (result.output, cause(result))
    html = (into / "brief.html").read_text("utf-8").removeprefix("<!doctype html>\n")
    return ET.fromstring(re.sub(r"<meta [^>]*>", "", html))


def rows(page: ET.Element, caption: str) -> list[list[str]]:
    for table in page.iter("table"):
        if table.findtext("caption") == caption:
            return [["".join(c.itertext()) for c in row] for row in table.iter("tr")]
    raise AssertionError(f"no table {caption}")


def words(page: ET.Element) -> str:
    return "\n".join("".join(p.itertext()) for p in page.iter("p"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_is_that_of_the_summary(out: Path, tmp_path: Path, lang: str) -> None:
    summary = json.loads((out / "2024-11-15_1" / "summary.json").read_text("utf-8"))
    page = brief(out, tmp_path, "--lang", lang)
    _matrix_is(rows(page, text("brief.villages", lang)), summary["villages"], summary, lang)
    overview = dict(rows(page, text("brief.overview", lang))[1:])
    told = {k.strip("　"): _int(v) for k, v in overview.items()}
    for group in Group:
        assert told[text(f"group.{group}", lang)] == summary["groups"][group]
    for status, group in GROUP_OF.items():
        alone = sum(g is group for g in GROUP_OF.values()) == 1
        if summary["statuses"][status] and not alone:
            assert told[text(f"status.{status}", lang)] == summary["statuses"][status]
    rates = {row[0]: row[2:] for row in rows(page, text("brief.rates", lang))[1:]}
    of = {"net": summary["rates"]["net_enrollment"], "proof": summary["proof"]["rate"],
          "dropout": summary["rates"]["dropout"],
          "home_teaching": summary["rates"]["home_teaching"]}  # fmt: skip
    for key, rate in of.items():
        numerator, denominator, percent = rates[text(f"rate.{key}", lang)]
        assert (_int(numerator), _int(denominator)) == (rate["numerator"], rate["denominator"])
        assert percent == rate["percent"]
    changes = dict(rows(page, text("brief.changes", lang))[1:])
    kinds = {text(f"change.{k}", lang): n for k, n in summary["changes"]["kinds"].items() if n}
    assert {k: _int(v) for k, v in changes.items()} == kinds
    owners = dict(rows(page, text("brief.corrections", lang))[1:])
    assert {k: _int(v) for k, v in owners.items()} == {
        text(f"owner.{o}", lang): n for o, n in summary["corrections"].items()
    }
    schools = rows(page, text("brief.schools", lang))
    assert _int(schools[-1][-1]) == summary["population"]
    _prose_is(words(page), summary)


def _matrix_is(table: list[list[str]], counts: Any, summary: Any, lang: str) -> None:
    heads = {text(f"status.{s}", lang): str(s) for s in Status}
    for row in table[1:-1]:
        found = {heads[h]: _int(c) for h, c in zip(table[0][1:-1], row[1:-1], strict=True)}
        assert {s: n for s, n in found.items() if n} == counts[row[0]]
        assert _int(row[-1]) == sum(found.values())
    assert len(table) - 2 == len(counts)
    assert _int(table[-1][-1]) == summary["population"]


def _int(cell: str) -> int:
    return int(cell.strip(",").replace(",", ""))


def _prose_is(prose: str, summary: Any) -> None:
    """No number in the running text that the summary does not hold."""
    known = set(re.findall(r"\d+", json.dumps(summary)))
    links = summary["certainty"].values()
    sums = {
        str(sum(each[key][end] for each in links))
        for key in ("wrong", "missed")
        for end in ("low", "high")
    }
    allowed = known | sums | {"60"}
    for number in re.findall(r"\d[\d,]*", prose):
        assert number.strip(",").replace(",", "") in allowed, number


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("run", ["2024-10-15_1", "2024-11-15_1"])
def test_what_is_read_aloud_adds_up_by_itself(
    out: Path, tmp_path: Path, run: str, lang: str
) -> None:
    """Whoever has the page alone, without the tool or its files, can add it up."""
    page = brief(out / run, tmp_path, "--lang", lang)
    overview = [(name, _int(n)) for name, n in rows(page, text("brief.overview", lang))[1:]]
    total = overview[-1][1]
    assert sum(n for name, n in overview[:-1] if not name.startswith("\u3000")) == total
    _parts_make_their_group(overview[:-1])
    for key in ("villages", "schools"):
        _cross_foots(rows(page, text(f"brief.{key}", lang)), total)
    ages = rows(page, text("brief.ages_chart", lang))[1:]
    assert sum(_int(cell) for row in ages for cell in row[1:]) == total
    assert f"{total:,}" in words(page) or str(total) in words(page)
    for name, _, numerator, denominator, percent in rows(page, text("brief.rates", lang))[1:]:
        share = 100 * _int(numerator) / _int(denominator)
        assert 0 <= share - float(percent.rstrip(" %")) < 0.01, name


def _parts_make_their_group(overview: list[tuple[str, int]]) -> None:
    """Indented lines add up to the line above them."""
    group, parts = 0, [0]
    for name, n in [*overview, ("", 0)]:
        if name.startswith("\u3000"):
            parts.append(n)
            continue
        assert len(parts) == 1 or sum(parts) == group
        group, parts = n, [0]


def _cross_foots(table: list[list[str]], total: int) -> None:
    numbers = [[_int(cell) for cell in row[1:]] for row in table[1:]]
    *lines, foot = numbers
    assert all(sum(line[:-1]) == line[-1] for line in numbers)
    assert [sum(column) for column in zip(*lines, strict=True)] == foot
    assert foot[-1] == total


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_change_since_the_last_run_adds_up(out: Path, tmp_path: Path, lang: str) -> None:
    said = next(p for p in words(brief(out, tmp_path, "--lang", lang)).split("\n")
                if "2024年10月15日" in p or "15 October 2024" in p)  # fmt: skip
    date = r"2024年10月15日|15 October 2024"
    found = [_int(n) for n in re.findall(r"\d[\d,]*", re.sub(date, "", said))]
    before, new, gone, after, had, newly, obtained, registry, home, lack = found
    assert before + new - gone == after
    assert had + newly - obtained - registry - home == lack


def test_the_summary_stands_in_the_officials_order(out: Path, tmp_path: Path) -> None:
    prose = words(brief(out, tmp_path))
    said = ["共4514人", "义务教育阶段在读4034人", "本镇内就读897人", "县内外镇就读938人",
            "县外就读2192人", "未取证5人（2户", "取证率99.84 %（3125/3130）", "非义务教育阶段289人",
            "空挂户17人", "重度残疾无法就读9人", "未在校36人", "待人工核对17人"]  # fmt: skip
    places = [prose.index(words_) for words_ in said]
    assert places == sorted(places)


def test_nobody_can_be_known_by_it(out: Path, tmp_path: Path) -> None:
    people = pl.read_parquet(out / "2024-11-15_1" / "people.parquet")
    brief(out, tmp_path)
    html = (tmp_path / "brief.html").read_text("utf-8")
    document = Document(str(tmp_path / "brief.docx"))
    printed = html + " ".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    assert not [n for n in people["id_number"].drop_nulls() if n in printed]
    assert not [n for n in people["name"] if len(n) >= 3 and n in printed]
    assert not re.search(r"1[3-9]\d{9}", printed)


def test_the_public_brief_names_nobody(out: Path, tmp_path: Path) -> None:
    page = brief(out, tmp_path, "--show", "public")
    captions = {t.findtext("caption") for t in page.iter("table")}
    assert not captions & {text("brief.open", "zh"), text("brief.families", "zh")}


def test_page_and_document_are_one_content(out: Path, tmp_path: Path) -> None:
    page = brief(out, tmp_path)
    document = Document(str(tmp_path / "brief.docx"))
    prose = [p.text for p in document.paragraphs]
    assert all("".join(p.itertext()) in prose for p in page.iter("p"))
    in_word = [[[c.text for c in r.cells] for r in t.rows] for t in document.tables]
    on_page = [
        [["".join(c.itertext()) for c in r] for r in t.iter("tr")] for t in page.iter("table")
    ]
    assert in_word == on_page


def test_every_chart_has_words_for_whoever_cannot_see_it(out: Path, tmp_path: Path) -> None:
    charts = list(brief(out, tmp_path).iter("svg"))
    assert len(charts) == 4
    for chart in charts:
        assert chart.get("role") == "img"
        assert chart.findtext("title")
        assert chart.findtext("desc")


def test_the_same_run_makes_the_same_bytes(out: Path, tmp_path: Path) -> None:
    made = []
    for n in range(2):
        brief(out, tmp_path / str(n))
        made.append([(tmp_path / str(n) / f).read_bytes() for f in ("brief.html", "brief.docx")])
    assert made[0] == made[1]


def test_a_county_can_use_its_own_words(out: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    assert rosterrec("brief", "--save-template", str(own)).exit_code == 0
    own.write_text("# 本县通报\n共{{ population }}人。\n@table rates\n", "utf-8")
    page = brief(out, tmp_path, "--template", str(own))
    assert page.findtext(".//h1") == "本县通报"
    assert words(page) == "共4514人。"
    assert rosterrec("brief", "--save-template", str(own)).exit_code == 2


def test_names_of_all_sorts_are_shown_safely(town: Township, tmp_path: Path) -> None:
    long = "青溪镇" + "某" * 56 + "学"
    town.police(
        child("<script>王伟", citizen("20140506", 11), village="=cmd|' /C'!A0\u202e"),
        child("李\u202e娜", citizen("20140507", 11), village="", household="H7"),
    )
    town.ledger(child("李娜", citizen("20140507", 11), destination="县外", school=long))
    run = town.neighbour().match()
    page = brief(run.folder, tmp_path)
    html = (tmp_path / "brief.html").read_text("utf-8")
    assert "<script" not in html
    assert "\u202e" not in html
    assert rows(page, text("brief.villages", "zh"))[-2][0] == text("word.no_village", "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_child_without_any_case_makes_a_brief(
    town: Township, tmp_path: Path, lang: str
) -> None:
    run = town.neighbour().match()
    page = brief(run.folder, tmp_path, "--lang", lang)
    captions = {t.findtext("caption") for t in page.iter("table")}
    assert text("brief.open", lang) not in captions
    assert rows(page, text("brief.villages", lang))[-1][-1] == "1"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--show", "all"), "office"),
        (("--template", "none.txt"), "none.txt"),
        (("--lang", "fr"), "zh"),
    ],
)
def test_what_makes_no_sense_is_refused(out: Path, flags: tuple[str, ...], said: str) -> None:
    result = rosterrec("brief", str(out), *flags)
    assert result.exit_code == 2
    assert said in result.stderr
