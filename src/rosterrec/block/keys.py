"""Blocking keys as numbers: what of a record can be shared with another, hashed once.

A key of several facts is a number made of their hashes. Two texts with one hash make a needless
pair, and never lose one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from rosterrec import frames
from rosterrec.dates import digits
from rosterrec.frames import IdKind, Keys, Records

#: The keys of one side of a kind; a record may have several.
Side = tuple[pl.Expr, ...]

#: An odd number of 64 bits (2^64 divided by the golden ratio), which moves every bit of a hash.
_SPREAD = 0x9E37_79B9_7F4A_7C15


def of_all(first: str, *others: str) -> pl.Expr:
    """One key of several facts; null where one of them is missing.

    The first must be the hash of a text, which an odd factor moves far away from any other's.
    """
    key = pl.col(first)
    for fact in others:
        key = key * pl.lit(_SPREAD, dtype=pl.UInt64) + pl.col(fact)
    return key


def _hashed(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.len_bytes() > 0).then(text.hash())


_NUMBER = pl.coalesce("id", "id_text")
_IS_OPAQUE = pl.col("id_kind") == IdKind.OPAQUE
_OPAQUE = pl.when(_IS_OPAQUE).then("id")
_LONG = pl.when(_NUMBER.str.len_chars() >= 14)

#: What a key can be made of, as numbers: hashes of texts, and parts of dates.
FACTS: Mapping[str, pl.Expr] = {
    "id": _hashed(pl.col("id")),
    "old_id": _hashed(pl.col("old_id")),
    "id_head": _hashed(pl.coalesce("id", "id_part", _LONG.then("id_text")).str.head(15)),
    "id_tail": _hashed(_LONG.then(_NUMBER.str.tail(8))),
    "opaque_head": _hashed(_OPAQUE.str.head(4)),
    "opaque_tail": _hashed(_OPAQUE.str.tail(4)),
    "opaque_start": _hashed(_OPAQUE.str.head(3)),
    "opaque_end": _hashed(_OPAQUE.str.tail(3)),
    "opaque_any": pl.when(_IS_OPAQUE).then(1),
    "opaque_day": pl.when(_IS_OPAQUE).then(digits(pl.col("birth"))),
    "name": _hashed(pl.col("name_key")),
    "former": _hashed(pl.col("former_key")),
    "day": digits(pl.col("birth")),
    "month": digits(pl.col("birth")) // 100,
    "year": pl.col("birth").dt.year(),
    "lunar_day": digits(pl.col("lunar_birth")),
    "birth_month": pl.col("birth_month").cast(pl.Int32, strict=False),
    "phone": _hashed(pl.col("phone")),
    "household": _hashed(pl.col("household")),
    "class": _hashed(pl.concat_str("school", "grade", "class_name", separator=" ")),
}
#: What facts are told from.
_COLUMNS = [
    "id", "id_kind", "old_id", "id_part", "id_text", "name_key", "former_key", "near", "birth",
    "lunar_birth", "birth_month", "guardians", "phone", "household", "school", "grade",
    "class_name",
]  # fmt: skip
#: Facts of which a record may have several: by each reading of the name, by each guardian.
_OF_A_READING: Mapping[str, pl.Expr] = {
    "sound": _hashed(pl.col("text")),
    "surname": _hashed(pl.col("text").str.extract(r"^(\S+)")),
    "given": _hashed(pl.col("text").str.extract(r"(\S+)$")),
}
_OF_A_GUARDIAN: Mapping[str, pl.Expr] = {"guardian": _hashed(pl.col("text"))}


class _Rows(NamedTuple):
    """What keys are made of: rows of records that have one each, and of those that have several."""

    single: pl.DataFrame
    several: pl.DataFrame


class Keyed:
    """A list ready to give keys of some kinds: its facts, by reading and by guardian.

    Args:
        records: the list.
        sides: of the kinds that it will be asked for.
        besides: ``rec`` of records that are left out.
    """

    def __init__(
        self, records: Records, sides: Iterable[Side], besides: pl.Series | None = None
    ) -> None:
        rows = records.select("rec", *_COLUMNS)
        if besides is not None:
            rows = rows.filter(~pl.col("rec").is_in(besides.implode()))
        wanted = [set(key.meta.root_names()) for side in sides for key in side]
        facts = rows.select(
            "rec",
            (pl.col("id").is_not_null() & ~_IS_OPAQUE).alias("numbered"),
            *_chosen(FACTS, wanted),
        )
        kept = _of_each(rows["guardians"], _chosen(_OF_A_GUARDIAN, wanted))
        self._lacking = _empty(facts) | _empty(*kept)
        possible = [names for names in wanted if not names & self._lacking]
        read = _of_each(rows["near"], _chosen(_OF_A_READING, possible))
        self._lacking |= _empty(*read)
        self._rows = facts
        manifold = {*_OF_A_READING, *_OF_A_GUARDIAN}
        beside = set[str]().union(*(names for names in possible if names & manifold)) - manifold
        few = facts.select("rec", "numbered", *sorted(beside))
        self._read, self._kept = _beside(few, read), _beside(few, kept)
        self._both = _beside(few, _every_two(read, kept))

    def has(self, side: Side) -> bool:
        """Whether some record has what a key of this side is made of."""
        return any(self._can(key) for key in side)

    def _can(self, key: pl.Expr) -> bool:
        return self._lacking.isdisjoint(key.meta.root_names())

    def keys(self, side: Side) -> Keys:
        """``rec, key, numbered`` of every record that has one, no two alike."""
        found = [frames.empty(frames.KEYS)]
        for n, key in enumerate(side):
            if self._can(key):
                found += self._of(_besides(key, side[:n]))
        return Keys(frames.checked(pl.concat(found), frames.KEYS, "Keys"))

    def _of(self, key: pl.Expr) -> list[pl.DataFrame]:
        """The keys that one expression makes, each once a record."""
        by_reading, by_guardian = (
            not facts.keys().isdisjoint(key.meta.root_names())
            for facts in (_OF_A_READING, _OF_A_GUARDIAN)
        )
        if not by_reading and not by_guardian:
            return [_made(self._rows, key)]
        rows = (
            self._both if by_reading and by_guardian else self._read if by_reading else self._kept
        )
        single = _made(rows.single, key)
        return [single, _made(rows.several, key).unique()] if len(rows.several) else [single]


def _chosen(facts: Mapping[str, pl.Expr], wanted: Iterable[set[str]]) -> list[pl.Expr]:
    """Those of the facts that some key wants."""
    names = set[str]().union(*wanted)
    return [fact.cast(pl.UInt64).alias(name) for name, fact in facts.items() if name in names]


def _made(rows: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    return rows.select("rec", "numbered", key=key).drop_nulls("key")


def _besides(key: pl.Expr, others: Side) -> pl.Expr:
    """The key where it is none of the others, which the record has as well."""
    for other in others:
        key = pl.when(key.ne_missing(other)).then(key)
    return key


def _empty(*facts: pl.DataFrame) -> set[str]:
    """Facts that no record has in any of the frames."""
    lacking = [{it.name for it in frame if it.null_count() == len(frame)} for frame in facts]
    return set.intersection(*lacking)


def _of_each(texts: pl.Series, facts: Sequence[pl.Expr]) -> _Rows:
    """The facts of each part of a text, which "|" keeps apart, and ``at``, the text's place."""
    rows = texts.alias("text").to_frame().with_row_index("at")
    if not facts:
        return _Rows(rows.clear().select("at"), rows.clear().select("at"))
    known = rows.drop_nulls()
    manifold = known["text"].str.contains("|", literal=True)
    several = known.filter(manifold).with_columns(pl.col("text").str.split("|")).explode("text")
    return _Rows(known.filter(~manifold).select("at", *facts), several.select("at", *facts))


def _every_two(one: _Rows, other: _Rows) -> _Rows:
    """Each part of one text with each of the other of the same place."""
    single = one.single.join(other.single, on="at")
    several = [
        one.single.join(other.several, on="at"),
        one.several.join(pl.concat(other), on="at"),
    ]
    return _Rows(single, pl.concat(several))


def _beside(facts: pl.DataFrame, parts: _Rows) -> _Rows:
    """The parts with the facts of the record that they are of."""
    return _Rows(
        *(pl.concat([facts[part["at"]], part.drop("at")], how="horizontal") for part in parts)
    )
