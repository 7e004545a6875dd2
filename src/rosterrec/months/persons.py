"""Who on one police list is who on another: by person, number, or name with enough beside it.

Rounds go from the most certain evidence to the least. In each, a key must belong to one person on
either side: the first of two namesakes is never taken. Two valid numbers that differ are two
people, unless name, village and household all say that a number was corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from rosterrec import ids, names
from rosterrec.frames import IdKind, Records
from rosterrec.once import seldom

#: What ``paired`` reads of a list. ``person_id`` may be null on the newer side.
IDENTITY: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    "name": pl.String(),
    "id_number": pl.String(),
    "sex": pl.String(),
    "birth_date": pl.Date(),
    "village": pl.String(),
    "household": pl.String(),
}


class _Round(NamedTuple):
    """A key, whether differing valid numbers forbid the pair, and whether all rows must be unique.

    ``alone`` counts everybody of that key, not only those whom earlier rounds left over.
    """

    key: tuple[str, ...]
    one_number: bool = False
    alone: bool = False


_ROUNDS: Mapping[str, _Round] = {
    "person_name": _Round(("person", "name_key")),
    "number_name": _Round(("number", "name_key")),
    "name_birth_household": _Round(("name_key", "birth_date", "village", "household")),
    "person": _Round(("person",)),
    "number": _Round(("number",)),
    "name_household": _Round(("name_key", "village", "household")),
    "name_birth_village": _Round(("name_key", "birth_date", "village"), one_number=True),
    "name_birth": _Round(("name_key", "birth_date"), one_number=True, alone=True),
}
_NOBODY = pl.DataFrame(schema={"old": pl.Int64, "new": pl.Int64, "basis": pl.String})
#: Those who share this may be one person, where no round could tell.
_LIKENESS = ("name_key", "birth_date")


class Paired(NamedTuple):
    """Row numbers of two lists.

    Attributes:
        sure: ``old, new, basis``; each row of either list at most once, but for aliases of one
            person on the older side, of which one stands.
        doubtful: ``old, new``: rows left over that may be one person, of whom several may be.
    """

    sure: pl.DataFrame
    doubtful: pl.DataFrame


def paired(older: pl.DataFrame, newer: pl.DataFrame) -> Paired:
    """Pair the people of two lists.

    Args:
        older: has the columns of ``IDENTITY``; several rows may be aliases of one ``person_id``.
        newer: has them too, one row a person.
    """
    return matched(prepared(older), prepared(newer))


def matched(old: pl.DataFrame, new: pl.DataFrame) -> Paired:
    """The same of two lists that are ``prepared``, or whose every value is hashed alike."""
    all_old, all_new = old, new
    found = []
    for basis, rule in _ROUNDS.items() if len(old) else ():  # the first month has nobody before
        pairs = _round(old, new, rule, (all_old, all_new))
        found.append(pairs.select("old", "new", basis=pl.lit(basis)))
        old = old.join(pairs, left_on="who", right_on="old_who", how="anti")
        new = new.join(pairs, left_on="at", right_on="new", how="anti")
    doubtful = _joined(old, new, _LIKENESS).select("old", "new")
    return Paired(pl.concat([_NOBODY, *found]).sort("new"), doubtful.sort("old", "new"))


def prepared(people: pl.DataFrame) -> pl.DataFrame:
    """The columns that keys are made of; ``who`` tells persons apart, ``at`` is the row."""
    number = pl.col("id_number").replace("", None)
    return _evidence(
        people,
        number,
        valid=pl.when(ids.is_valid(number)).then(number),
        name_key=names.key(pl.col("name")),
    )


def of_records(population: Records) -> pl.DataFrame:
    """The same of the police list's records, which have the name folded and the number judged."""
    broken = pl.when(pl.col("id_kind") != IdKind.VALID).then("id_text")
    people = population.with_columns(person_id=pl.lit(None, pl.String), birth_date=pl.col("birth"))
    number = pl.coalesce("id", "id_text")
    return _evidence(
        people,
        number,
        valid=pl.coalesce(
            pl.when(pl.col("id_kind") == IdKind.VALID).then("id"),
            seldom(broken, lambda _: pl.lit(value=False), _if_valid),
        ),
        name_key=pl.col("name_key"),
    )


def _if_valid(number: pl.Expr) -> pl.Expr:
    return pl.when(ids.is_valid(number)).then(number)


def _evidence(
    people: pl.DataFrame, number: pl.Expr, valid: pl.Expr, name_key: pl.Expr
) -> pl.DataFrame:
    """What tells people apart, with the row that each stands in."""
    return people.select(
        at=pl.int_range(pl.len()).cast(pl.Int64),
        who=pl.coalesce("person_id", pl.format("#{}", pl.int_range(pl.len()))),
        person="person_id",
        number=number,
        valid=valid,
        name_key=name_key,
        birth_date="birth_date",
        sex="sex",
        village="village",
        household=pl.col("household").replace("", None),
    )


def _round(
    old: pl.DataFrame, new: pl.DataFrame, rule: _Round, everyone: tuple[pl.DataFrame, pl.DataFrame]
) -> pl.DataFrame:
    """The pairs that one key makes: ``old, new, old_who``."""
    key = list(rule.key)
    among = everyone if rule.alone else (old, new)
    pairs = _joined(_single(old, among[0], key), _single(new, among[1], key), rule.key)
    if rule.one_number:
        pairs = pairs.filter(~_contradicts())
    # One key a person, not yet one person a key: aliases of one person may name two of the new.
    return pairs.sort("old", "new").filter(
        pl.col("new").n_unique().over("old_who") == 1, pl.col("old_who").n_unique().over("new") == 1
    ).unique("new", keep="first", maintain_order=True).select("old", "new", "old_who")  # fmt: skip


def _single(rows: pl.DataFrame, among: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Rows whose key belongs to one person among some."""
    one = among.drop_nulls(key).group_by(key).agg(pl.col("who").n_unique())
    return rows.join(one.filter(pl.col("who") == 1).select(key), on=key, how="semi")


def _joined(old: pl.DataFrame, new: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Rows of both with the same key, none of it missing."""
    kept = ["at", "who", "valid", "sex"]
    left = old.select(*key, pl.col(kept).name.prefix("old_"))
    right = new.select(*key, pl.col(kept).name.prefix("new_"))
    return left.join(right, on=list(key)).rename({"old_at": "old", "new_at": "new"})


def _contradicts() -> pl.Expr:
    """Two valid numbers that differ, or two sexes."""
    return (pl.col("old_valid") != pl.col("new_valid")).fill_null(value=False) | (
        pl.col("old_sex") != pl.col("new_sex")
    ).fill_null(value=False)
