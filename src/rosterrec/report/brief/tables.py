"""The tables of a brief, each with the figures of ``summary.json`` and nothing worked out anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rosterrec.frames import GROUP_OF, Group, Status
from rosterrec.messages import LANGUAGES, text
from rosterrec.months.changes import Change
from rosterrec.report.brief.model import Table, clean
from rosterrec.report.summary import near_schools

Figures = dict[str, Any]
_RATES = {
    "net": ("rates", "net_enrollment"), "proof": ("proof", "rate"),
    "dropout": ("rates", "dropout"), "home_teaching": ("rates", "home_teaching"),
}  # fmt: skip
#: From so many columns on a table does not fit a page held upright.
_WIDE = 9


def number(count: int, lang: str) -> str:
    """A count as official papers of the language write it."""
    return str(count) if lang == LANGUAGES[0] else f"{count:,}"


def day(iso: str, lang: str) -> str:
    """A date in words."""
    year, month, of_month = (int(part) for part in iso[:10].split("-"))
    name = text(f"month.{month}", lang)
    return text("brief.day", lang, year=year, month=name, day=of_month)


def overview(figures: Figures, lang: str) -> Table:
    """Every group with its statuses; the groups make the list."""
    rows: list[tuple[str, ...]] = []
    for group in Group:
        members = [s for s, g in GROUP_OF.items() if g is group]
        rows.append((text(f"group.{group}", lang), number(figures["groups"][group], lang)))
        if len(members) > 1:
            rows += [
                (f"　{text(f'status.{s}', lang)}", number(figures["statuses"][s], lang))
                for s in members
                if figures["statuses"][s]
            ]
    first, last = figures["settings"]["ages"]
    whole = text("word.population", lang, first=first, last=last)
    rows.append((whole, number(figures["population"], lang)))
    return _table("overview", ("column.status", "column.counts"), rows, lang, {1}, foots=True)


def villages(figures: Figures, lang: str) -> Table:
    """Village by status."""
    return _matrix("villages", "column.village", figures["villages"], lang)


def schools(figures: Figures, lang: str) -> Table:
    """School by status; those outside the county on one line."""
    return _matrix("schools", "column.school", near_schools(figures, lang), lang)


def _matrix(key: str, heading: str, counts: Mapping[str, Mapping[str, int]], lang: str) -> Table:
    statuses = [s for s in Status if any(cells.get(s) for cells in counts.values())]
    places = sorted(counts, key=lambda p: p == "")
    rows = [
        (p or text("word.no_village", lang), [counts[p].get(s, 0) for s in statuses])
        for p in places
    ]
    if rows:
        sums = [sum(column) for column in zip(*(cells for _, cells in rows), strict=True)]
        rows.append((text("column.total", lang), sums))
    head = (heading, *(f"status.{s}" for s in statuses), "column.total")
    told = [
        (place, *(number(n, lang) for n in numbers), number(sum(numbers), lang))
        for place, numbers in rows
    ]
    return _table(key, head, told, lang, set(range(1, len(head))), foots=True)


def rates(figures: Figures, lang: str) -> Table:
    """Each rate with what it is, its numerator and its denominator."""
    rows = []
    for key, (part, name) in _RATES.items():
        rate = figures[part].get(name)
        if rate is not None:
            counts = (number(rate[side], lang) for side in ("numerator", "denominator"))
            words = (text(f"rate.{key}", lang), text(f"rate.{key}_is", lang))
            rows.append((*words, *counts, rate["percent"]))
    head = tuple(f"column.{c}" for c in ("rate", "definition", "numerator", "denominator", "share"))
    return _table("rates", head, rows, lang, {2, 3, 4})


def changes(figures: Figures, lang: str) -> Table:
    """How many children each kind of change concerns, those that happened alone."""
    kinds = (figures.get("changes") or {}).get("kinds", {})
    rows: list[tuple[str, ...]] = [
        (text(f"change.{kind}", lang), number(kinds[kind], lang))
        for kind in Change
        if kinds.get(kind)
    ]
    return _table("changes", ("column.change", "column.counts"), rows, lang, {1})


def corrections(figures: Figures, lang: str) -> Table:
    """Data to correct, by who has to."""
    rows: list[tuple[str, ...]] = [
        (text(f"owner.{owner}", lang), number(n, lang))
        for owner, n in figures["corrections"].items()
    ]
    return _table("corrections", ("column.owner", "column.places"), rows, lang, {1})


def certainty(figures: Figures, lang: str) -> Table:
    """Per pair of lists the links with the ranges of wrong and missed ones."""
    rows = []
    for lists, estimate in figures["certainty"].items():
        names = " – ".join(text(f"role.{role}", lang) for role in lists.split("-"))
        ranges = (range_of(estimate[key], lang) for key in ("wrong", "waiting", "missed"))
        rows.append((names, number(estimate["accepted"], lang), *ranges))
    head = tuple(f"column.{c}" for c in ("pass", "accepted", "wrong", "waiting", "missed"))
    return _table("certainty", head, rows, lang, {1, 2, 3, 4})


def range_of(estimate: Mapping[str, int], lang: str) -> str:
    """A range as one number where it is one."""
    low, high = (number(estimate[end], lang) for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"


def listed(
    key: str, columns: tuple[str, ...], rows: list[tuple[str, ...]], lang: str, numeric: set[int]
) -> Table:
    """A table of children, under headings of the workbook."""
    return _table(key, tuple(f"column.{c}" for c in columns), rows, lang, numeric)


def _table(
    key: str,
    head: tuple[str, ...],
    rows: list[tuple[str, ...]],
    lang: str,
    numeric: set[int],
    *,
    foots: bool = False,
) -> Table:
    return Table(
        caption=text(f"brief.{key}", lang),
        head=tuple(text(heading, lang) for heading in head),
        rows=tuple(tuple(clean(cell) for cell in row) for row in rows),
        numeric=frozenset(numeric),
        foots=foots,
        wide=len(head) >= _WIDE,
    )
