"""Invent a county and write its lists and its truth.

    python -m benchmarks.county --size 100000 --seed 7 OUT

writes what ``rosterrec match OUT/lists`` reads, and ``OUT/truth`` beside it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks import canvass, fates, ids, lists, names, people, places, truth
from benchmarks.plan import AS_OF, COUNTY_CODE, TOWN_SIZE, Plan
from benchmarks.sheet import County
from benchmarks.text import strings


def make(plan: Plan, out: Path) -> None:
    """Write the folders ``lists`` and ``truth`` of a county."""
    homes, children = people.families(plan)
    names.give(plan, homes, children)
    layout = places.lay_out(plan)
    fortunes = fates.befall(plan, homes, children, layout)
    county = County(plan, homes, children, strings(children.name), ids.text(children.id17))
    files, known = out / "lists", out / "truth"
    files.mkdir(parents=True, exist_ok=True)
    known.mkdir(exist_ok=True)
    layout.directory.write_csv(files / "学校目录.csv")
    told = truth.Truth(plan, known)
    told.add("population", lists.population(county, layout), files)
    told.add("registry", lists.registry(county, layout, fortunes), files)
    told.add("roster", lists.roster(county, layout, fortunes), files)
    told.add("whereabouts", canvass.whereabouts(county, layout, fortunes), files)
    told.add("filing", canvass.filings(county, layout, fortunes), files)
    told.people(county, fortunes)
    told.pairs()
    about = {**asdict(plan), "as_of": AS_OF.isoformat(), "county": str(COUNTY_CODE)}
    (out / "county.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.county", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write; lists/ and truth/ appear in it")
    parser.add_argument("--size", type=int, help="children on the population list")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--hard", action="store_true", help="errors doubled, 40 %% of roster IDs absent"
    )
    parser.add_argument(
        "--township", action="store_true", help="one township against its county's registry"
    )
    typed = parser.parse_args(arguments)
    size = typed.size or (TOWN_SIZE if typed.township else 10_000)
    make(Plan(size, typed.seed, typed.hard, typed.township), typed.out)


if __name__ == "__main__":
    main()
