"""Briefs opened in headless Chromium: what a meeting sees, on a phone, a projector and paper.

Run as ``python -m benchmarks.brief_page BRIEF.html... [--pictures DIR]``. Every fault is a line,
and the exit status is 1 if there is one. Nothing is fetched; Chromium must be there.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.chromium import Tab, tab

WIDTHS = (320, 768, 1280, 1920)
SCHEMES = ("light", "dark")
#: Least contrast of text (WCAG 2.2, 1.4.3) and of what a chart is drawn with (1.4.11).
_TEXT, _DRAWN = 4.5, 3.0
#: A4 in points, upright; pages may lie on their side.
_A4 = (595, 842)

#: Contrast of every text and every drawn shape with what lies behind it, the least first.
_CONTRASTS = r"""
(() => {
  const numbers = c => c.match(/[\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = numbers(c).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor, n = numbers(c);
    if (n.length < 4 || n[3] === 1) return c; } return 'rgb(255, 255, 255)'; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05); };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = texts.nextNode(); n; n = texts.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || e.closest('svg > title, svg > desc')) continue;
    const style = getComputedStyle(e);
    const ink = e.closest('svg') ? style.fill : style.color;
    const size = +style.fontSize.slice(0, -2);
    found.push([ratio(ink, behind(e)), 'text', n.data.trim().slice(0, 20), size]);
  }
  for (const e of document.querySelectorAll('svg rect, svg circle, svg polyline')) {
    const style = getComputedStyle(e);
    const ink = style.fill === 'none' ? style.stroke : style.fill;
    found.push([ratio(ink, behind(e.parentElement)), 'drawn', e.getAttribute('class'), 0]);
  }
  return found.sort((a, b) => a[0] - b[0]);
})()
"""
#: What a reader without eyes or script must find.
_STRUCTURE = r"""
(() => ({
  lang: document.documentElement.lang,
  title: document.title,
  scripts: document.scripts.length,
  handlers: [...document.querySelectorAll('*')]
    .filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
  headings: [...document.querySelectorAll('h1, h2, h3, h4')].map(h => +h.tagName[1]),
  unlabelled: [...document.querySelectorAll('table')].filter(t => !t.caption ||
    [...t.querySelectorAll('th')].some(h => !h.scope)).length,
}))()
"""
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: What sticks out of the page though it does not scroll it, and letters cut off at a chart's edge.
_OUTSIDE = r"""
[...document.querySelectorAll('svg text, h1, h2, p, figcaption, caption, summary')]
  .filter(e => { const r = e.getBoundingClientRect(), s = e.closest('svg, .scroll'),
    edge = s && s.matches('svg') ? s.getBoundingClientRect().right : innerWidth;
    return r.width && !e.closest('.scroll') && r.right > edge + 1; })
  .map(e => e.textContent.slice(0, 20))
"""


def faults(page: Tab, path: Path, pictures: Path | None) -> Iterator[str]:
    """Everything that is wrong with one brief."""
    page.ask("Emulation.setEmulatedMedia", features=[])
    page.open(path)
    yield from _noise(page, path)
    yield from _structure(page)
    yield from _accessible(page)
    for scheme in SCHEMES:
        feature = {"name": "prefers-color-scheme", "value": scheme}
        page.ask("Emulation.setEmulatedMedia", features=[feature])
        yield from _contrasts(page, scheme)
        for width in WIDTHS:
            yield from _at(page, path, width, scheme, pictures)
    yield from _printed(page, path, pictures)
    yield from _noise(page, path)


def _noise(page: Tab, path: Path) -> Iterator[str]:
    """Console messages, faults and requests for anything but the page itself."""
    own = path.resolve().as_uri()
    for event in page.events:
        params = event.get("params", {})
        match event.get("method"):
            case "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded":
                yield f"console: {params.get('entry', params)}"
            case "Network.requestWillBeSent" if params["request"]["url"] != own:
                yield f"request: {params['request']['url']}"
    page.events.clear()


def _structure(page: Tab) -> Iterator[str]:
    found = page.value(_STRUCTURE)
    if found["lang"] not in {"zh-CN", "en"} or not found["title"]:
        yield f"lang {found['lang']!r}, title {found['title']!r}"
    if found["scripts"] or found["handlers"]:
        yield "the page has a script"
    if found["unlabelled"]:
        yield f"{found['unlabelled']} tables without caption or scope"
    levels = [0, *found["headings"]]
    if levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels)):
        yield f"headings out of order: {levels[1:]}"


def _accessible(page: Tab) -> Iterator[str]:
    """Images and regions without a name, as a screen reader is told of them."""
    drawn = page.value("document.querySelectorAll('svg, img').length")
    named = 0
    for node in page.ask("Accessibility.getFullAXTree")["nodes"]:
        role, name = node.get("role", {}).get("value"), node.get("name", {}).get("value")
        if role in {"image", "img"} and not node.get("ignored"):
            named += bool(name and node.get("description", {}).get("value", name))
        if role in {"region", "table"} and not name:
            yield f"a {role} without a name"
    if named != drawn:
        yield f"{drawn} charts, {named} with a name"


def _contrasts(page: Tab, scheme: str) -> Iterator[str]:
    for ratio, kind, what, size in page.value(_CONTRASTS):
        if ratio < {"text": _TEXT, "drawn": _DRAWN}[kind]:
            yield f"{scheme}: contrast {ratio:.2f} of {kind} {what!r}"
        elif kind == "text" and 0 < size < 12:
            yield f"{scheme}: letters of {size} px: {what!r}"


def _at(page: Tab, path: Path, width: int, scheme: str, pictures: Path | None) -> Iterator[str]:
    page.ask(
        "Emulation.setDeviceMetricsOverride",
        width=width, height=900, deviceScaleFactor=1, mobile=width < 500,
    )  # fmt: skip
    if over := page.value(_OVERFLOW):
        yield f"{width} px: {over} px too wide"
    for words in page.value(_OUTSIDE):
        yield f"{width} px: cut off: {words!r}"
    if pictures:
        shot = page.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        name = f"{path.parent.name}-{scheme}-{width}.png"
        (pictures / name).write_bytes(base64.b64decode(shot["data"]))


def _printed(page: Tab, path: Path, pictures: Path | None) -> Iterator[str]:
    """The page printed: A4 throughout."""
    page.ask("Emulation.clearDeviceMetricsOverride")
    page.ask("Emulation.setEmulatedMedia", features=[])
    printed = page.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
    data = base64.b64decode(printed["data"])
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", data)
    sizes = {tuple(sorted(round(float(side)) for side in box)) for box in boxes}
    if sizes != {_A4}:
        yield f"printed on {sorted(sizes)}"
    if pictures:
        (pictures / f"{path.parent.name}.pdf").write_bytes(data)


def main() -> int:
    """Check every page that is named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--pictures", type=Path, help="folder for screenshots and printed pages")
    asked = parser.parse_args()
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    bad = 0
    with tab() as page:
        for path in asked.pages:
            found = list(dict.fromkeys(faults(page, path, asked.pictures)))
            bad += len(found)
            print(f"{path}: {len(found)} faults", *found, sep="\n  ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
