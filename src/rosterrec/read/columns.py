"""Which column holds what: pinned, told by its heading, by a heading like it, or by its values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from rosterrec.frames import ColumnUse, Field, Role
from rosterrec.read import content
from rosterrec.read.examples import examples
from rosterrec.read.headings import field_of, is_of_no_use
from rosterrec.read.layout import Header
from rosterrec.read.likeness import likely_fields

#: Fields of which two likely columns are too many: neither is taken.
_ONE_ONLY = frozenset([Field.NAME, Field.ID, Field.STUDENT_NO, Field.BIRTH, Field.VILLAGE])


@dataclass
class _Choices:
    """The choice as it grows: field -> column, and column -> what it was taken for."""

    fields: dict[Field, int] = field(default_factory=dict)
    uses: dict[int, ColumnUse] = field(default_factory=dict)

    def take(self, what: Field, column: int, use: ColumnUse) -> None:
        self.fields[what] = column
        self.uses[column] = replace(use, field=str(what))


def choose(
    header: Header,
    body: pl.DataFrame,
    role: Role,
    as_of: dt.date,
    pins: Mapping[Field, int],
    *,
    shown: bool = True,
) -> tuple[dict[Field, int], tuple[ColumnUse, ...]]:
    """Field -> column number, and what became of every column that has a heading or values.

    Args:
        header: the list's header.
        body: its rows, without those that are no persons.
        role: what the list is for.
        as_of: reference date, for ages.
        pins: fields whose column the settings name.
        shown: somebody is shown the first values of each column, masked.
    """
    columns = [int(c[1:]) for c in body.columns if c.startswith("c")]
    filled = {i for i in columns if body[f"c{i}"].null_count() < len(body)}
    mine = [i for i in columns if i in filled or i in header.headings]
    plain = {i: ColumnUse(letter(i), header.headings.get(i, ""), "", "unknown", 0.0) for i in mine}
    chosen = _Choices()
    for what, i in pins.items():
        chosen.take(what, i, replace(plain[i], basis="pinned", sure=1.0))
    _by_heading(chosen, plain, role, filled)
    _by_likeness(chosen, plain)
    _by_content(chosen, plain, body, as_of)
    uses = [chosen.uses.get(i, plain[i]) for i in mine]
    if shown:
        taken_for = {i: what for what, i in chosen.fields.items()}
        seen = examples(
            [(body[f"c{i}"], taken_for.get(i, field_of(plain[i].heading, role))) for i in mine]
        )
        uses = [replace(use, examples=own) for use, own in zip(uses, seen, strict=True)]
    return chosen.fields, tuple(_final(use) for use in uses)


def _by_heading(
    chosen: _Choices, plain: Mapping[int, ColumnUse], role: Role, filled: set[int]
) -> None:
    """Columns whose heading is an alias; of several the first that holds anything."""
    found: dict[Field, list[int]] = {}
    for i, use in plain.items():
        what = field_of(use.heading, role) if use.heading else None
        if what and i not in chosen.uses:
            found.setdefault(what, []).append(i)
    for what, columns in found.items():
        best = next((i for i in columns if i in filled), columns[0])
        if what not in chosen.fields:
            chosen.take(what, best, replace(plain[best], basis="heading", sure=1.0))
        for i in columns:
            if i not in chosen.uses:
                chosen.uses[i] = replace(plain[i], basis="repeated", runner_up=str(what))


def _by_likeness(chosen: _Choices, plain: Mapping[int, ColumnUse]) -> None:
    """Columns whose heading is like an alias, the surest first."""
    offers = [
        (-sure, i, what, found[1][0] if len(found) > 1 else None)
        for i, use in plain.items()
        if i not in chosen.uses and use.heading and not is_of_no_use(use.heading)
        if (found := likely_fields(use.heading))
        for what, sure in found[:1]
    ]
    for minus, i, what, second in sorted(offers, key=lambda offer: offer[:2]):
        use = replace(plain[i], basis="likeness", sure=-minus, runner_up=str(second or ""))
        if what in chosen.fields:
            chosen.uses[i] = replace(use, basis="repeated", sure=0.0, runner_up=str(what))
        else:
            chosen.take(what, i, use)


def _by_content(
    chosen: _Choices, plain: Mapping[int, ColumnUse], body: pl.DataFrame, as_of: dt.date
) -> None:
    """Columns whose values say what the heading does not; two that could be it are none."""
    offers: dict[Field, list[tuple[int, float]]] = {}
    for i, use in plain.items():
        if i in chosen.uses:
            continue
        found = content.likely_field(use.heading, body[f"c{i}"], as_of)
        if found and found[0] not in chosen.fields:
            offers.setdefault(found[0], []).append((i, found[1]))
    for what, columns in offers.items():
        best = max(columns, key=lambda column: column[1])
        tied = what in _ONE_ONLY and len(columns) > 1
        for i, sure in columns:
            use = replace(plain[i], basis="content", sure=sure)
            if tied:
                chosen.uses[i] = replace(use, basis="tied", sure=0.0, runner_up=str(what))
            elif (i, sure) == best:
                chosen.take(what, i, use)


def _final(use: ColumnUse) -> ColumnUse:
    """A column that is not used is known to be of no use, or not understood."""
    if use.basis == "unknown" and is_of_no_use(use.heading):
        return replace(use, basis="of_no_use", sure=1.0)
    return use


def letter(column: int) -> str:
    """A column's number as a spreadsheet names it: A, B, ... Z, AA."""
    name = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
