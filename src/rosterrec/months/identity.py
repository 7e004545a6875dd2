"""Person ids that stay from month to month, through corrected numbers and names.

A child whom the ledger knows keeps the id; a new one gets the id that its content makes, or the
next free one. The same list and the same ledger make the same ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import polars as pl

from rosterrec.frames import Records
from rosterrec.ledger.people import ALIAS, COPIES, Event, hashed
from rosterrec.months.persons import matched, of_records, prepared
from rosterrec.once import may_repeat, repeats

MERGED, SPLIT = "merged", "split"
#: What two rows share if they are certainly one person's.
_STRONG = (("number", "name_key"), ("name_key", "birth_date", "village", "household"))


class Identified(NamedTuple):
    """Ids for the people of a list, and what the ledger has to learn.

    Attributes:
        ids: one per row, no two alike.
        aliases: those that the ledger lacks.
        events: merges and splits that it lacks.
    """

    ids: pl.Series
    aliases: pl.DataFrame
    events: tuple[Event, ...]


def marked(people: pl.DataFrame) -> pl.DataFrame:
    """What identifies everybody on a list, as the ledger's aliases hold it, with ``copies``.

    Args:
        people: has the columns of ``persons.IDENTITY`` but ``person_id``, which is no evidence.
    """
    return _counted(hashed(prepared(people.with_columns(person_id=pl.lit(None, pl.String)))))


def marked_records(population: Records) -> pl.DataFrame:
    """The same of the police list's records, before anything is decided of them."""
    return _counted(hashed(of_records(population)))


def _counted(marks: pl.DataFrame) -> pl.DataFrame:
    """The same with how many of the list are marked alike: one, where the number is its own."""
    others = marks["number"].is_null() | repeats(marks["number"])
    counted = marks.filter(others).select(pl.len().over(*ALIAS).cast(pl.Int64)).to_series()
    copies = pl.repeat(1, len(marks), dtype=pl.Int64, eager=True).alias(COPIES)
    return marks.with_columns(copies.scatter(others.arg_true(), counted))


def identify(
    people: pl.DataFrame,
    known: pl.DataFrame,
    events: Collection[Event] = (),
    marks: pl.DataFrame | None = None,
) -> Identified:
    """Give everybody on a list the id of the person that they are.

    Args:
        people: has the columns of ``persons.IDENTITY``; ``person_id`` is what content alone makes.
        known: the ledger's aliases.
        events: those that it has.
        marks: what identifies the people (``marked``), where that is at hand.
    """
    now = marked(people) if marks is None else marks
    before = _of_ledger(known)
    kept = _kept(before, now)
    ids = _completed(people["person_id"], kept, known["person_id"])
    named = now.with_columns(person_id=ids)
    columns = ["person_id", *ALIAS, COPIES]
    fresh = named.select(columns)  # no two rows have one id
    if len(known):
        fresh = fresh.join(known.select(columns), on=columns, how="anti", nulls_equal=True)
    told = [event for event in _events(before, named, kept) if event not in events]
    return Identified(named["person_id"], fresh, tuple(told))


def _kept(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Who of a list is whom of the ledger: ``new, person_id``."""
    if before.is_empty():
        return pl.DataFrame(schema={"new": now.schema["at"], "person_id": pl.String()})
    alike = _alike(before, now)
    sure = matched(
        before.join(alike, left_on="who", right_on="person_id", how="anti"),
        now.join(alike, left_on="at", right_on="new", how="anti"),
    ).sure
    found = sure.select("new", person_id=before["who"].gather(sure["old"]))
    return pl.concat([alike, found])


def _of_ledger(known: pl.DataFrame) -> pl.DataFrame:
    """Aliases as ``persons.matched`` reads them; ids are no evidence between two lists."""
    return known.select(
        *ALIAS,
        COPIES,
        at=pl.int_range(pl.len(), dtype=pl.Int64),
        who="person_id",
        person=pl.lit(None, pl.String),
    )


def _alike(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Rows that say word for word what as many rows said before: ``new, person_id``.

    A list may hold a child twice, or two of whom it says the same: each keeps an id. Which of them
    keeps which is all one; where there are more or fewer than before, nobody can tell who is who.
    Of persons who were given the same words in turn, the last count.
    """
    single = pl.col(COPIES) == 1
    pairs = pl.concat(
        [
            _alike_alone(before.filter(single), now.filter(single)),
            _alike_among(before.filter(~single), now.filter(~single)),
        ]
    )
    return pairs.filter(~may_repeat(pl.col("person_id")))


def _alike_alone(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The same of rows whose words no other row of their list had: nearly all, so by their hash."""
    words = pl.struct(*ALIAS).hash()
    last = before.select("who", *ALIAS, words=words).unique("words", keep="last")
    met = now.select("at", *ALIAS, words=words).join(last, on="words")
    same = (pl.col(column).eq_missing(pl.col(f"{column}_right")) for column in ALIAS)
    return met.filter(*same).select(new="at", person_id="who")


def _alike_among(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The same of rows whose words several rows of their list had."""
    key = [*ALIAS, COPIES]
    old = before.unique([*key, "who"], maintain_order=True).filter(
        pl.len().over(key) >= pl.col(COPIES),
        pl.col("at").rank("ordinal", descending=True).over(key) <= pl.col(COPIES),
    )
    old = old.with_columns(rank=pl.col("who").rank("ordinal").over(key))
    met = now.join(old, on=key, how="semi", nulls_equal=True)
    new = met.with_columns(rank=pl.col("at").rank("ordinal").over(key))
    pairs = new.join(old, on=[*key, "rank"], nulls_equal=True)
    return pairs.select(new="at", person_id="who_right")


def _completed(content: pl.Series, kept: pl.DataFrame, known: pl.Series) -> pl.Series:
    """Every row's id: the person's, else the content's own, else the next that is free."""
    ids = content.clone().scatter(kept["new"], kept["person_id"])
    fresh = ~pl.int_range(len(ids), eager=True).is_in(kept["new"].implode())
    taken_ids = pl.concat([known, kept["person_id"]])
    met = taken_ids.filter(taken_ids.is_in(ids.filter(fresh).implode()))  # few: many are slow
    clash = fresh & (ids.is_in(met.implode()) | repeats(ids.hash()))
    if not clash.any():
        return ids
    taken = {*known, *ids.filter(~clash)}
    free: list[str] = []
    for own in content.filter(clash):
        free.append(_free(own, taken))
        taken.add(free[-1])
    return ids.scatter(clash.arg_true(), pl.Series(free))


def _free(own: str, taken: set[str]) -> str:
    stem, number, given = own.partition("-")[0], 2, own
    while given in taken:
        given, number = f"{stem}-{number}", number + 1
    return given


def _events(before: pl.DataFrame, named: pl.DataFrame, kept: pl.DataFrame) -> Iterable[Event]:
    """Persons whose whole evidence now belongs to another: gone into one, or come out of one."""
    if before.is_empty():
        return ()
    here = kept.select(who="person_id")
    gone = before.join(here, on="who", how="anti")
    fresh = named.join(kept, left_on="at", right_on="new", how="anti")
    merged: set[tuple[str, str, str]] = set()
    split: set[tuple[str, str, str]] = set()
    if len(gone):
        known = named.join(kept, left_on="at", right_on="new", how="semi")
        merged = {(MERGED, stays, other) for other, stays in _sharing(gone, known)}
    if len(fresh):
        stayed = before.join(here, on="who", how="semi")
        split = {(SPLIT, was, other) for was, other in _sharing(stayed, fresh)}
    return [Event(*each) for each in sorted(merged | split)]


def _sharing(before: pl.DataFrame, named: pl.DataFrame) -> Iterable[tuple[str, str]]:
    """Person before and id now of rows that share what only one person has."""
    for key in _STRONG:
        pairs = before.select(*key, "who").join(named.select(*key, "person_id"), on=list(key))
        yield from pairs.select("who", "person_id").unique().iter_rows()
