"""Whom somebody means: a row, a number, a name or a person id, found among a run's people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rosterrec import names
from rosterrec.errors import InputError
from rosterrec.frames import Field, Role
from rosterrec.report.recorded import Recorded, lists_of

_PERSON_ID = re.compile(r"P[0-9A-F]{12}(?:-\d+)?", re.IGNORECASE)
_PLACE = re.compile(r"(?:\[(?P<file>[^\[\]]+)\])?(?P<sheet>.*)!(?P<row>\d+)")
_ROW = re.compile(r"[1-9]\d{0,6}")
_NUMBER = re.compile(r"\d{3,17}[\dX]", re.IGNORECASE)
#: Of a number, so many digits tell where and when its bearer was born at least.
_BEGINNING = 12

Search = Callable[[], pl.DataFrame]


@dataclass(frozen=True)
class Sought:
    """Who was found, and how.

    Attributes:
        people: rows of the run's people.
        tried: what the words were taken for, in order, as keys of ``sought.*``; the last one found
            them, unless nobody was found.
        also: so many others would be meant if the row number were the end of an ID.
    """

    people: pl.DataFrame
    tried: tuple[str, ...]
    also: int = 0


def seek(run: Recorded, who: str, base: Path, out: Path) -> Sought:
    """The people whom some words may mean; the first reading that finds anybody counts.

    Args:
        run: the run.
        who: what was typed.
        base: the folder of the run's inputs, where former names are looked up.
        out: the folder of its results.
    """
    words = unicodedata.normalize("NFKC", who).strip()
    tried: list[str] = []
    readings = _readings(run, who.strip().replace("！", "!"), words)
    if "name" in readings:
        readings["former_name"] = lambda: _by_former_name(run, words, base, out)
    for kind, search in readings.items():
        tried.append(kind)
        found = search()
        if len(found):
            also = len(_by_end(run.people, words)) if kind == "row" and len(words) >= 4 else 0
            return Sought(found, tuple(tried), also)
    return Sought(run.people.clear(), tuple(tried))


def _readings(run: Recorded, typed: str, words: str) -> dict[str, Search]:
    """What the words can be taken for, the most particular first."""
    people = run.people
    if _PERSON_ID.fullmatch(words):
        mine = pl.col("person_id").str.to_lowercase() == words.lower()
        return {"person_id": lambda: people.filter(mine)}
    place = _PLACE.fullmatch(typed)
    if place:
        file, sheet, row = place["file"], place["sheet"], int(place["row"])
        return {
            "place": lambda: people.filter(_stands("", file, sheet, row)),
            "linked_place": lambda: _linked(run, file, sheet, row),
        }
    found: dict[str, Search] = {}
    if _ROW.fullmatch(words):
        found["row"] = lambda: people.filter(row=int(words))
    if _NUMBER.fullmatch(words):
        number = words.upper()
        found["number"] = lambda: people.filter(pl.col("id_number") == number)
        if len(number) >= _BEGINNING:
            begins = pl.col("id_number").str.starts_with(number)
            found["number_begins"] = lambda: people.filter(begins)
        found["number_ends"] = lambda: _by_end(people, words)
    if not found:
        key = pl.select(names.key(pl.lit(words))).item()
        folded = names.key(pl.col("name"))
        found["name"] = lambda: people.filter(folded == key)
        found["name_part"] = lambda: people.filter(folded.str.contains(key or words, literal=True))
    return found


def _by_former_name(run: Recorded, words: str, base: Path, out: Path) -> pl.DataFrame:
    """Children whom the police list says were called so; nobody where it is not there any more."""
    try:
        files = set(run.people["file"])
        listed = lists_of(run, base, out, files)[Role.POPULATION]
    except InputError:
        return run.people.clear()
    key = pl.select(names.key(pl.lit(words))).item()
    here = listed.filter(names.key(pl.col(Field.FORMER_NAME)) == key).select("file", "sheet", "row")
    return run.people.join(here, on=here.columns, how="semi", nulls_equal=True)


def _by_end(people: pl.DataFrame, words: str) -> pl.DataFrame:
    return people.filter(pl.col("id_number").str.ends_with(words.upper()))


def _stands(side: str, file: str | None, sheet: str, row: int) -> pl.Expr:
    """A row by its number and what was typed before it: ``[file]sheet``, a sheet, or a file."""
    here = pl.col(f"{side}row") == row
    in_file, in_sheet = pl.col(f"{side}file"), pl.col(f"{side}sheet").fill_null("")
    if file is not None:
        return here & (in_file == file) & (in_sheet == sheet)
    if not sheet:
        return here
    stem = in_file.str.replace(r"\.[^.]*$", "")
    return here & ((in_sheet == sheet) | (in_file == sheet) | (stem == sheet))


def _linked(run: Recorded, file: str | None, sheet: str, row: int) -> pl.DataFrame:
    """The children of the police list to whom a row of another list belongs, or may belong."""
    here = (
        run.links.filter(
            (pl.col("left_source") == "population")
            & (pl.col("decision") != "rejected")
            & _stands("right_", file, sheet, row)
        )
        .select(file="left_file", sheet="left_sheet", row="left_row")
        .unique()
        .collect()
    )
    return run.people.join(here, on=here.columns, how="semi", nulls_equal=True)
