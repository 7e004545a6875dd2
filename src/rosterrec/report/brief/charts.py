"""The charts of a brief, from the same figures as its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rosterrec.frames import GROUP_OF, Group, Status
from rosterrec.messages import text
from rosterrec.report.brief.history import Day
from rosterrec.report.brief.model import Bars, Progress, Series, Table, clean
from rosterrec.report.brief.tables import number

Figures = dict[str, Any]
#: So many bars can be taken in at a glance; the table beside a chart holds all.
_MOST = 20
_URGENT = (Group.OUT, Group.REVIEW)


def villages(figures: Figures, lang: str) -> Bars | None:
    """Villages by group of status, those with most open cases where there are too many."""
    grouped = {
        place or text("word.no_village", lang): _groups(counts)
        for place, counts in figures["villages"].items()
    }
    pressing = sorted(
        grouped, key=lambda p: (-sum(grouped[p][g] for g in _URGENT), -sum(grouped[p].values()), p)
    )[:_MOST]
    if not pressing:
        return None
    shown = {place: grouped[place] for place in pressing}
    first = pressing[0]
    told = text(
        "brief.villages_told", lang, shown=number(len(shown), lang), n=number(len(grouped), lang),
        first=clean(first), open=number(sum(grouped[first][g] for g in _URGENT), lang),
    )  # fmt: skip
    return _bars("villages_chart", told, shown, lang)


def ages(figures: Figures, lang: str) -> Bars | None:
    """Ages by group of status; a summary of an earlier version has none."""
    counts = figures.get("ages") or {}
    known = {age: _groups(counts[age]) for age in sorted(filter(str.isdigit, counts), key=int)}
    if not known:
        return None
    shown = {text("brief.age", lang, age=age): groups for age, groups in known.items()}
    out = {age: sum(groups[g] for g in _URGENT) for age, groups in shown.items()}
    most = max(out, key=lambda age: out[age])
    told = text("brief.ages_told", lang, age=most, n=number(out[most], lang))
    return _bars("ages_chart", told, shown, lang, with_data=True)


def flows(figures: Figures, lang: str) -> Bars | None:
    """Who went from which group to which since the earlier run, coloured by where they are now."""
    found: dict[tuple[str, str], int] = {}
    for flow in (figures.get("changes") or {}).get("flows", ()):
        ends = (_group(flow["from"]), _group(flow["to"]))
        if ends[0] != ends[1]:
            found[ends] = found.get(ends, 0) + flow["n"]
    largest = sorted(found, key=lambda ends: (-found[ends], ends))[:_MOST]
    if not largest:
        return None
    labels = tuple(" → ".join(_end(end, i, lang) for i, end in enumerate(p)) for p in largest)
    series = tuple(
        Series(
            text(f"group.{group}", lang),
            str(group),
            tuple(found[p] if (p[1] or p[0]) == group else 0 for p in largest),
        )
        for group in Group
        if any((p[1] or p[0]) == group for p in largest)
    )
    rows = tuple((label, number(found[p], lang)) for label, p in zip(labels, largest, strict=True))
    caption = text("brief.flows_chart", lang)
    head = (text("column.change", lang), text("column.counts", lang))
    told = text("brief.flows_told", lang, first=labels[0], n=rows[0][1])
    data = Table(text("brief.flows", lang), head, rows, frozenset({1}))
    return Bars(caption, told, labels, series, data)


def progress(days: Sequence[Day], lang: str) -> Progress | None:
    """The proof rate of each day; one day alone makes no line."""
    known = [day for day in days if day.rate["denominator"]]
    if len(known) < 2:
        return None
    shares = tuple((d.rate["numerator"], d.rate["denominator"], d.rate["percent"]) for d in known)
    dates = tuple(d.date.isoformat() for d in known)
    caption = text("brief.progress_chart", lang)
    told = text(
        "brief.progress_told", lang, first=dates[0], last=dates[-1], before=shares[0][2],
        after=shares[-1][2],
    )  # fmt: skip
    head = tuple(text(f"column.{c}", lang) for c in ("day", "numerator", "denominator", "share"))
    rows = tuple(
        (date, number(n, lang), number(d, lang), share)
        for date, (n, d, share) in zip(dates, shares, strict=True)
    )
    return Progress(caption, told, dates, shares, Table(caption, head, rows, frozenset({1, 2, 3})))


def _bars(
    key: str,
    told: str,
    shown: Mapping[str, Mapping[Group, int]],
    lang: str,
    *,
    with_data: bool = False,
) -> Bars:
    used = [g for g in Group if any(groups[g] for groups in shown.values())]
    series = tuple(
        Series(text(f"group.{g}", lang), str(g), tuple(c[g] for c in shown.values())) for g in used
    )
    labels = tuple(clean(label) for label in shown)
    caption = text(f"brief.{key}", lang)
    if not with_data:
        return Bars(caption, told, labels, series)
    head = (text("column.age", lang), *(s.name for s in series))
    rows = tuple(
        (label, *(number(s.values[i], lang) for s in series)) for i, label in enumerate(labels)
    )
    data = Table(caption, head, rows, frozenset(range(1, len(head))), wide=len(head) > 7)
    return Bars(caption, told, labels, series, data)


def _groups(counts: Mapping[str, int]) -> dict[Group, int]:
    return {g: sum(n for s, n in counts.items() if GROUP_OF[Status(s)] is g) for g in Group}


def _group(status: str | None) -> str:
    return str(GROUP_OF[Status(status)]) if status else ""


def _end(group: str, side: int, lang: str) -> str:
    """A group, or that the child was not on the list, or is not any more."""
    return text(f"group.{group}", lang) if group else text(f"brief.{('new', 'gone')[side]}", lang)
