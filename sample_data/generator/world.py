"""The whole sample from nothing: people, what befalls them, two months of files, the truth."""

from __future__ import annotations

from pathlib import Path

from . import allot, cases, later, slips
from .files import write_month
from .lists import draw_up
from .people import Child, Town, populate
from .truth import MONTHS, write_changes, write_truth

CHILDREN = 4450
OUTSIDERS = 58
STRANGERS = 860


def build(out: Path) -> None:
    """Write both months and ``expected`` into ``out``."""
    children, changes = people()
    for month, name in enumerate(MONTHS):
        lists = draw_up(children, month)
        spots = write_month(out / name, lists)
        write_truth(out / "expected", children, lists, spots)
    write_changes(out / "expected", changes)


def people() -> tuple[list[Child], list[later.Change]]:
    """Everyone in any list, with both months decided, and the changes between them."""
    town = Town()
    special = cases.build(town)
    ordinary = populate(town, CHILDREN)
    allot.allot(ordinary, sum(c.fates[0].status in {"county", "outside"} for c in special))
    visitors = allot.outsiders(town, OUTSIDERS) + allot.strangers(town, STRANGERS)
    visitors += allot.namesakes(town, ordinary)
    allot.certify(ordinary, 14)
    slips.scatter(ordinary)
    slips.former_names(ordinary, 0.012)
    slips.siblings_id(ordinary, 4)
    everyone = [*special, *ordinary, *visitors]
    changes = later.turn(town, everyone, ordinary)
    return everyone, changes
