"""The wording of a brief: a template of plain lines, which a county can replace by its own.

``# `` begins the title, ``% `` the line under it, ``## `` and ``### `` headings, ``- `` a point;
``@table NAME`` and ``@chart NAME`` put in what the run holds. Other lines are running text, those
without an empty line between them one paragraph. Figures come in by Jinja's ``{{ }}`` and
``{% if %}``. What comes from a list is text and nothing else: it cannot begin a heading, and the
page and the document escape it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rosterrec.errors import InputError
from rosterrec.messages import LANGUAGES
from rosterrec.report.brief.model import (
    Block,
    Dateline,
    Heading,
    Item,
    Paragraph,
    Title,
    clean,
)
from rosterrec.report.brief.tables import number

#: Stands before what came from data: no line that begins with it is more than a paragraph.
_DATA = "\x02"
_MARKS: Mapping[str, Callable[[str], Block]] = {
    "# ": Title,
    "% ": Dateline,
    "## ": lambda words: Heading(words, 2),
    "### ": lambda words: Heading(words, 3),
    "- ": Item,
}
_PUT_IN = re.compile(r"@(table|chart) +([a-z_]+)")


def blocks(
    template: str, name: str, facts: Mapping[str, Any], parts: Mapping[str, Block | None], lang: str
) -> list[Block]:
    """The content of a brief.

    Args:
        template: its wording.
        name: the template's file name, for errors.
        facts: what the template may speak of.
        parts: tables and charts by ``table NAME`` and ``chart NAME``; None where there is nothing.
        lang: how numbers are written.

    Raises:
        InputError: ``template_bad``, naming the line.
    """
    made: list[Block] = []
    running: list[str] = []
    for line in [*_lines(template, name, facts, lang), ""]:
        words = line.strip(" \t\r")
        block = _marked(words, name, parts)
        if words and block is None and not _PUT_IN.fullmatch(words):
            running.append(_plain(words))
            continue
        if running:
            made.append(Paragraph(("" if lang == LANGUAGES[0] else " ").join(running)))
            running = []
        if block is not None:
            made.append(block)
    return made


def _lines(template: str, name: str, facts: Mapping[str, Any], lang: str) -> list[str]:
    """The template's lines with the figures in them."""

    def shown(value: Any) -> Any:
        if isinstance(value, Undefined):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return number(value, lang)
        return _DATA + clean(str(value)) if value else ""

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=shown, trim_blocks=True, lstrip_blocks=True
    )
    try:
        return environment.from_string(template).render(facts).splitlines()
    except TemplateSyntaxError as error:
        raise InputError("template_bad", file=name, line=error.lineno, what=str(error)) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise InputError("template_bad", file=name, line=_line(error), what=str(error)) from None


def _line(error: BaseException) -> int | str:
    """The template's line at which rendering failed."""
    trace, line = error.__traceback__, "?"
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = str(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _marked(line: str, name: str, parts: Mapping[str, Block | None]) -> Block | None:
    """The block that a marked line makes; none of running text or a table without rows."""
    put_in = _PUT_IN.fullmatch(line)
    if put_in:
        key = f"{put_in[1]} {put_in[2]}"
        if key not in parts:
            raise InputError("template_bad", file=name, line="?", what=f"@{key}")
        return parts[key]
    for mark, make in _MARKS.items():
        if line.startswith(mark):
            return make(_plain(line.removeprefix(mark)))
    return None


def _plain(words: str) -> str:
    return words.replace(_DATA, "").strip()
