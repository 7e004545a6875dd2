"""The summary sheet: the figures in the order officials use, then villages and schools."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from rosterrec.frames import GROUP_OF, Group, Status
from rosterrec.messages import text
from rosterrec.reconciliation import Reconciliation
from rosterrec.report.looks import Looks
from rosterrec.report.measures import cells
from rosterrec.report.paper import Paper

#: Where a line of the overview leads.
_LEADS_TO = {
    Status.LOCAL: "local",
    Status.COUNTY: "county",
    Status.OUTSIDE: "outside",
    Group.OUT: "out_of_school",
    Group.REVIEW: "review",
    Group.BEYOND: "beyond",
    Group.FILED: "beyond",
    Group.NOT_DUE: "beyond",
    Group.APART: "beyond",
}
#: Statuses that only a school in the county gives.
_NEAR = [Status.LOCAL, Status.COUNTY, Status.HOME_TEACHING]
_GROUP_ORDER = [
    Group.ENROLLED, Group.APART, Group.NOT_DUE, Group.BEYOND, Group.FILED, Group.OUT, Group.REVIEW,
]  # fmt: skip
#: Widths in character cells: what a line is of, the first figures, and each status; its heading is
#: turned, so that twenty of them side by side are read on paper without a glass.
_NAME, _FIRST, _STATUS = 34, 9, 6.4
#: What is estimated of links, each in two columns: a range is wider than a count.
_RANGES = ("wrong", "waiting", "missed")
#: Heights in points: the title, a rate of two lines, turned headings, and those of a few words.
_TITLE, _RATE, _TURNED, _HEAD = 24, 30, 116, 45
#: Cells that a number takes besides its digits.
_BESIDE_DIGITS = 1.5


def write_summary_sheet(
    book: Any, looks: Looks, rec: Reconciliation, figures: dict[str, Any], present: set[str]
) -> None:
    """The first sheet of the workbook.

    Args:
        book: the open workbook.
        looks: its formats.
        rec: the run, for its settings.
        figures: the run's figures.
        present: keys of the sheets that lines may lead to.
    """
    lang, as_of = rec.settings.lang, rec.settings.as_of
    page = book.add_worksheet(text("sheet.summary", lang))
    page.hide_gridlines(2)
    tables = {"by_village": figures["villages"], "by_school": near_schools(figures, lang)}
    paper = Paper(page, _widths(tables, figures["population"]))
    paper.height(0, _TITLE)
    page.write_string(0, 0, text("screen.title", lang, as_of=as_of), looks.title)
    page.write_string(1, 0, text("advice.summary", lang, as_of=as_of), looks.advice)
    row = _overview(page, looks, figures, rec, present, 3)
    row = _rates(paper, looks, figures, lang, row + 1)
    row = _notes(paper, looks, figures, lang, row)
    for key, counts in tables.items():
        if counts:
            row = _matrix(paper, looks, counts, text(f"word.{key}", lang), lang, row + 1)
    row = _certainty(paper, looks, figures, lang, row + 1)
    paper.prepare(row, f"&C{text('word.page', lang)}")


def _widths(tables: dict[str, dict[str, dict[str, int]]], people: int) -> list[float]:
    """Of every column: as many as the widest table has, none too narrow for its numbers."""
    statuses = max((len(_statuses(counts)) for counts in tables.values()), default=0)
    digits = len(f"{people:,}") + _BESIDE_DIGITS
    return [_NAME, max(_FIRST, digits), *[max(_STATUS, digits)] * max(statuses, len(_RANGES) * 2)]


def _statuses(counts: dict[str, dict[str, int]]) -> list[Status]:
    """Those that any place has."""
    return [s for s in Status if any(s in cells for cells in counts.values())]


def _certainty(paper: Paper, looks: Looks, figures: dict[str, Any], lang: str, row: int) -> int:
    """Links of each pair of lists with the ranges of wrong and missed ones; the next free row."""
    page = paper.page
    paper.section(row)
    page.write_string(row, 0, text("word.certainty", lang), looks.section)
    row += 1
    paper.height(row, _HEAD)
    for i, key in enumerate(("pass", "accepted")):
        page.write_string(row, i, text(f"column.{key}", lang), looks.header)
    for i, key in enumerate(_RANGES):
        paper.across(row, 2 + 2 * i, text(f"column.{key}", lang), looks.header)
    for pair, estimate in figures["certainty"].items():
        row += 1
        lists = " – ".join(text(f"role.{role}", lang) for role in pair.split("-"))
        page.write_string(row, 0, lists, looks.name)
        page.write_number(row, 1, estimate["accepted"], looks.number)
        for i, key in enumerate(_RANGES):
            low, high = estimate[key]["low"], estimate[key]["high"]
            words = f"{low}" if low == high else f"{low}–{high}"
            paper.across(row, 2 + 2 * i, words, looks.percent)
    return row + 1


def _overview(
    page: Any,
    looks: Looks,
    figures: dict[str, Any],
    rec: Reconciliation,
    present: set[str],
    row: int,
) -> int:
    """The population, each group and the statuses in it; returns the next free row."""
    lang = rec.settings.lang
    first, last = rec.settings.ages
    page.write_string(row, 0, text("word.headline", lang), looks.section)
    row += 1
    lines: list[tuple[str, int, bool, str | None]] = [
        (text("word.population", lang, first=first, last=last), figures["population"], True, None)
    ]
    for group in _GROUP_ORDER:
        lines.append(
            (text(f"group.{group}", lang), figures["groups"][group], True, _LEADS_TO.get(group))
        )
        members = [s for s, g in GROUP_OF.items() if g is group]
        if len(members) > 1:
            lines += [
                (text(f"status.{s}", lang), figures["statuses"][s], False, _LEADS_TO.get(s))
                for s in members
                if figures["statuses"][s]
            ]
    lacking = text("word.missing_proof", lang, families=figures["proof"]["families"])
    lines.append((lacking, figures["proof"]["missing_proof"], True, "missing_proof"))
    for words, count, bold, leads_to in lines:
        page.write_string(row, 0, words, looks.name_bold if bold else looks.name_indented)
        page.write_number(row, 1, count, looks.number_bold if bold else looks.number)
        if count and leads_to in present:
            sheet = text(f"sheet.{leads_to}", lang)
            page.write_url(row, 2, f"internal:'{sheet}'!A1", looks.link, text("word.go", lang))
        row += 1
    return row


def _rates(paper: Paper, looks: Looks, figures: dict[str, Any], lang: str, row: int) -> int:
    """Rates with numerator and denominator beside them; the next free row."""
    page = paper.page
    rates = {"proof_rate": figures["proof"]["rate"], "net_rate": figures["rates"]["net_enrollment"]}
    for key, rate in rates.items():
        paper.height(row, _RATE)
        page.write_string(row, 0, text(f"word.{key}", lang), looks.name_wrapped)
        page.write_string(row, 1, rate["percent"], looks.percent)
        page.write_number(row, 2, rate["numerator"], looks.number)
        page.write_number(row, 3, rate["denominator"], looks.number)
        row += 1
    return row


def _notes(paper: Paper, looks: Looks, figures: dict[str, Any], lang: str, row: int) -> int:
    """What the run found worth saying about its lists and settings; nothing if that is nothing."""
    if not figures["findings"]:
        return row
    paper.page.write_string(row + 1, 0, text("word.notes", lang), looks.section)
    row += 2
    for finding in figures["findings"]:
        facts = {key: fact for key, fact in finding.items() if key != "code"}
        paper.sentence(row, text(f"finding.{finding['code']}", lang, **facts), looks.note)
        row += 1
    return row


def near_schools(figures: dict[str, Any], lang: str) -> dict[str, dict[str, int]]:
    """Status counts of each school in the county; the hundreds of others stand in one line.

    So do the children whom no list gives a school, so that this table, too, sums to the list.
    """
    near, others = {}, []
    for school, counts in sorted(figures["schools"].items()):
        if any(counts.get(status) for status in _NEAR):
            near[school] = counts
        else:
            others.append(counts)
    if others:
        together = {s: sum(c.get(s, 0) for c in others) for s in Status}
        near[text("word.other_schools", lang, n=len(others))] = {
            status: count for status, count in together.items() if count
        }
    placed = {s: sum(c.get(s, 0) for c in figures["schools"].values()) for s in Status}
    nowhere = {s: n - placed[Status(s)] for s, n in figures["statuses"].items()}
    if near and any(nowhere.values()):
        near[text("word.no_school", lang)] = {s: n for s, n in nowhere.items() if n}
    return near


def _matrix(
    paper: Paper,
    looks: Looks,
    counts: dict[str, dict[str, int]],
    title: str,
    lang: str,
    row: int,
) -> int:
    """Places down, statuses across, totals as formulas; returns the next free row."""
    page, statuses = paper.page, _statuses(counts)
    paper.section(row)
    page.write_string(row, 0, title, looks.section)
    top = row + 1
    paper.height(top, _TURNED)
    page.write_string(top, 0, "", looks.header)
    heading = looks.upright if lang == "zh" else looks.turned
    for i, status in enumerate(statuses, 1):
        page.write_string(top, i, text(f"status.{status}", lang), heading)
    total = len(statuses) + 1
    page.write_string(top, total, text("column.total", lang), heading)
    places = sorted(counts, key=lambda place: place == "")
    for n, place in enumerate(places, top + 1):
        words = place or text("word.no_village", lang)
        page.write_string(n, 0, words, looks.name_wrapped)
        if cells(words) > _NAME:
            paper.height(n, _RATE)
        for i, status in enumerate(statuses, 1):
            page.write_number(n, i, counts[place].get(status, 0), looks.count)
        span = f"{xl_rowcol_to_cell(n, 1)}:{xl_rowcol_to_cell(n, total - 1)}"
        page.write_formula(
            n, total, f"=SUM({span})", looks.number_bold, sum(counts[place].values())
        )
    bottom = top + len(places)
    page.write_string(bottom + 1, 0, text("column.total", lang), looks.name_bold)
    _write_sums(paper, looks, [[counts[p].get(s, 0) for p in places] for s in statuses], top)
    return bottom + 2


def _write_sums(paper: Paper, looks: Looks, columns: list[list[int]], top: int) -> None:
    """The sum of every column of counts below it, as formulas, and of all; they begin below top."""
    bottom = top + len(columns[0]) if columns else top
    sums = [sum(column) for column in columns]
    for i, value in enumerate([*sums, sum(sums)], 1):
        letter = xl_col_to_name(i)
        span = f"{letter}{top + 2}:{letter}{bottom + 1}"
        paper.page.write_formula(bottom + 1, i, f"=SUM({span})", looks.number_bold, value)
