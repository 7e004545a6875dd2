"""Charts as inline SVG. Colours are named by the page's style, so that they suit light and dark.

Widths are those of a phone; a wider page scales the drawing, its letters with it.
"""

from __future__ import annotations

from html import escape

from rosterrec.report.brief.model import Bars, Progress

_WIDTH, _LINE, _BAR = 340, 32, 11
#: Percentage points that fill the height at least, so that a hundredth does not look like a leap.
_LEAST_SPAN = 2.0
_LEFT, _RIGHT, _HEIGHT, _TOP = 8, 8, 130, 24


def bars(chart: Bars, key: str) -> str:
    """Each label over its bar, the total at the right; a bar is as long as its share of the most.

    Args:
        chart: what to draw.
        key: makes the ids of its title and description the only ones on the page.
    """
    totals = [sum(s.values[i] for s in chart.series) for i in range(len(chart.labels))]
    most = max(totals, default=0) or 1
    parts = []
    for i, (label, total) in enumerate(zip(chart.labels, totals, strict=True)):
        y = i * _LINE
        parts += [_text(0, y + 12, label), _text(_WIDTH, y + 12, f"{total:,}", "end")]
        x = 0.0
        for series in chart.series:
            width = series.values[i] / most * _WIDTH
            if width:
                parts.append(
                    f'<rect class="c-{series.colour}" x="{x:.1f}" y="{y + 16}" '
                    f'width="{width:.1f}" height="{_BAR}"/>'
                )
            x += width
    return _svg(chart.caption, chart.told, key, max(len(chart.labels) * _LINE, _LINE), parts)


def progress(chart: Progress, key: str) -> str:
    """A line from the first day to the last, its ends and its lowest point labelled."""
    values = [100 * n / d if d else 100.0 for n, d, _ in chart.shares]
    low, high = min(values), max(values)
    span = max(high - low, _LEAST_SPAN)
    above = high + (span - (high - low)) / 2  # a line that is nearly level lies in the middle
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(values) - 1, 1)
    points = [
        (_LEFT + i * step, _TOP + (above - v) / span * (_HEIGHT - 2 * _TOP - 12))
        for i, v in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts = [f'<polyline class="l" points="{line}"/>']
    parts += [f'<circle class="d" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in points]
    last = len(values) - 1
    for i in sorted({0, last, values.index(low)}):
        x, y = points[i]
        anchor = "start" if i == 0 else "end" if i == last else "middle"
        parts.append(_text(x, y - 9, chart.shares[i][2], anchor))
        if i in {0, last}:
            parts.append(_text(x, _HEIGHT - 4, chart.days[i], anchor))
    return _svg(chart.caption, chart.told, key, _HEIGHT, parts)


def _svg(title: str, told: str, key: str, height: int, parts: list[str]) -> str:
    ids = f"{key}-t {key}-d"
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{ids}">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(told)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(_cut(words))}</text>'


def _cut(words: str) -> str:
    """A label short enough for its line; Han characters take two places."""
    room, kept = 46, ""
    for char in words:
        room -= 2 if ord(char) > 0x2E7F else 1
        if room < 0:
            return kept + "…"
        kept += char
    return kept
