"""The brief as one self-contained web page: no script, no file beside it, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby

from rosterrec.messages import text
from rosterrec.report.brief import svg
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

_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def page(blocks: Sequence[Block], lang: str) -> str:
    """The whole page.

    Args:
        blocks: the content, in order.
        lang: its language.
    """
    title = next((b.text for b in blocks if isinstance(b, Title)), "")
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    body = "\n".join(_drawn(blocks, lang))
    return (
        f'<!doctype html>\n<html lang="{_LANGUAGE[lang]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _drawn(blocks: Sequence[Block], lang: str) -> Iterator[str]:
    """Every block, points that follow each other as one list."""
    numbered = enumerate(blocks)
    for is_item, run in groupby(numbered, key=lambda pair: isinstance(pair[1], Item)):
        if is_item:
            points = "".join(f"<li>{escape(b.text)}</li>" for _, b in run if isinstance(b, Item))
            yield f"<ul>{points}</ul>"
        else:
            for at, block in run:
                yield _block(block, f"c{at}", lang)


def _block(block: Block, key: str, lang: str) -> str:
    match block:
        case Title(words):
            return f"<h1>{escape(words)}</h1>"
        case Dateline(words):
            return f'<p class="date">{escape(words)}</p>'
        case Heading(words, level):
            return f"<h{level}>{escape(words)}</h{level}>"
        case Table():
            return _table(block)
        case Bars() | Progress():
            return _figure(block, key, lang)
        case Paragraph(words) | Item(words):
            return f"<p>{escape(words)}</p>"


def _table(table: Table) -> str:
    """A table that scrolls on its own where the page is narrow."""
    number = ['class="n" ' if i in table.numeric else "" for i in range(len(table.head))]
    head = "".join(
        f'<th {n}scope="col">{escape(words)}</th>'
        for n, words in zip(number, table.head, strict=True)
    )
    last = len(table.rows) - 1
    rows = []
    for i, row in enumerate(table.rows):
        cells = [f'<th scope="row">{escape(row[0])}</th>']
        cells += [
            f"<td {n}>{escape(words)}</td>".replace(" >", ">")
            for n, words in zip(number[1:], row[1:], strict=True)
        ]
        kind = ' class="sum"' if table.foots and i == last else ""
        rows.append(f"<tr{kind}>{''.join(cells)}</tr>")
    caption = escape(table.caption)
    wide = " wide" if table.wide else ""
    return (
        f'<div class="scroll{wide}" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _figure(chart: Bars | Progress, key: str, lang: str) -> str:
    drawn, legend = "", ""
    if isinstance(chart, Bars):
        drawn = svg.bars(chart, key)
        if len(chart.series) > 1:
            entries = "".join(
                f'<li><i class="c-{s.colour}"></i>{escape(s.name)}</li>' for s in chart.series
            )
            legend = f'<ul class="legend">{entries}</ul>'
    else:
        drawn = svg.progress(chart, key)
    data = ""
    if chart.data:
        words = text("brief.data", lang)
        data = f"<details><summary>{escape(words)}</summary>{_table(chart.data)}</details>"
    caption = f"<figcaption>{escape(chart.caption)}</figcaption>"
    return f"<figure>{caption}{legend}{drawn}{data}</figure>"
