"""Stage 3: which records of two lists are worth comparing.

Most rows leave by the certain tier. The rest meet wherever they share a blocking key; each kind of
key survives a different error, so that a true pair is lost only where every one of them fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass

import polars as pl

from rosterrec import frames
from rosterrec.frames import Finding, IdKind, Keys, Pairs, Records

#: Pairs that one key value may make; a value shared by more people than that tells nothing.
LARGEST_BLOCK = 10_000
#: The same for a name without the day, and for the day with half a name: among twenty people of
#: either list who share no more than that, nothing tells who is who, and in a province such pairs
#: would grow with the square of the people.
_OF_A_NAME, _OF_A_DAY = 400, 1_000
#: More records than a list can have: rows are counted by numbers of 32 bits.
_MANY = 1 << 32
#: Sides of a kind of key, each the column expressions that give a record its keys.
_Side = tuple[pl.Expr, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of blocking key.

    Attributes:
        left: what the left record must have, as text; null gives no key.
        right: what it must equal on the right; by default the same.
        settled: people whose row is certain already are looked for by it as well: they may have a
            second row. The other kinds would only find strangers for them.
        numbered: it is for two valid numbers too. They differ, or the number itself would be the
            key, so that the two are different people unless much else says that they are one.
        largest: pairs that one value of it may make.
    """

    left: _Side
    right: _Side = ()
    settled: bool = False
    numbered: bool = True
    largest: int = LARGEST_BLOCK


def _joined(*parts: pl.Expr | str) -> pl.Expr:
    return pl.concat_str(*parts, separator=" ")


#: Dates are eight digits here.
_DAY, _LUNAR_DAY = pl.col("day"), pl.col("lunar_day")
_MONTH, _YEAR = _DAY.str.head(6), _DAY.str.head(4)
_SURNAME = pl.col("near").str.extract(r"^(\S+)")
_GIVEN = pl.col("near").str.extract(r"(\S+)$")
_CLASS = ("school", pl.col("grade").cast(pl.String), "class_name")
_NUMBER = pl.coalesce("id", "id_text")
_IS_OPAQUE = pl.col("id_kind") == IdKind.OPAQUE
_OPAQUE = pl.when(_IS_OPAQUE).then("id")
_LONG = _NUMBER.str.len_chars() >= 14

#: Every kind with the error that it survives.
KINDS: Mapping[str, Kind] = {
    # any name, any birthdate
    "id": Kind((pl.col("id"), pl.col("old_id")), settled=True),
    # a number whose end was rounded, cut or mistyped
    "id_head": Kind((pl.coalesce("id", "id_part", pl.when(_LONG).then("id_text")).str.head(15),)),
    # a number mistyped in its first ten characters
    "id_tail": Kind((pl.when(_LONG).then(_NUMBER.str.tail(8)),)),
    # an opaque number mistyped at its end, or at its beginning; or mistyped as well as the name
    "opaque_head": Kind((_OPAQUE.str.head(4),)),
    "opaque_tail": Kind((_OPAQUE.str.tail(4),)),
    "opaque_day": Kind((pl.when(_IS_OPAQUE).then(_DAY),)),
    # no number: a homophone, a dialect slip
    "sound_day": Kind((_joined("near", _DAY),), settled=True),
    # no number, and the birthdate wrong
    "sound_year": Kind((_joined("near", _YEAR),), numbered=False, largest=_OF_A_NAME),
    "name": Kind((pl.col("name_key"), pl.col("former_key")), numbered=False, largest=_OF_A_NAME),
    # no number, and a character of the given name, or the surname, replaced
    "day_surname": Kind((_joined(_DAY, _SURNAME),), numbered=False, largest=_OF_A_DAY),
    "day_given": Kind((_joined(_DAY, _GIVEN),), numbered=False, largest=_OF_A_DAY),
    # the birthdate by the other calendar
    "lunar": Kind((_joined("near", _LUNAR_DAY),), (_joined("near", _DAY),)),
    "by_lunar": Kind((_joined("near", _DAY),), (_joined("near", _LUNAR_DAY),)),
    # the day of birth unknown on one side
    "month": Kind((_joined("near", _MONTH),), (_joined("near", "birth_month"),)),
    "by_month": Kind((_joined("near", "birth_month"),), (_joined("near", _MONTH),)),
    # no number, and name or birthdate far off: the family tells
    "family_given": Kind((_joined("guardian", _GIVEN),), settled=True),
    "family_year": Kind((_joined("guardian", _YEAR),)),
    "phone": Kind((pl.col("phone"),), settled=True),
    "household": Kind((pl.col("household"),)),
    # no number, no birthdate, no family: who is left of a class on both lists
    "class_surname": Kind((_joined(*_CLASS, _SURNAME),)),
    "class_given": Kind((_joined(*_CLASS, _GIVEN),)),
}


def certain(left: Records, right: Records) -> Pairs:
    """Pairs with the same valid ID and the same name, each number once in either list."""
    same = ["id", "name_key"]
    once_left, once_right = (
        side.select(*same, "rec").filter(pl.col("id").is_not_null() & pl.col("id").is_unique())
        for side in (left, right)
    )
    pairs = once_left.rename({"rec": "left"}).join(once_right.rename({"rec": "right"}), on=same)
    return Pairs(pairs.select("left", "right").sort("left", "right"))


def pairs(
    left: Records,
    right: Records,
    settled: pl.Series | None = None,
    owned: pl.Series | None = None,
    *,
    about: bool = False,
) -> tuple[Pairs, tuple[Finding, ...]]:
    """Distinct pairs that share at least one key, and the key values left out as too common.

    Args:
        left: everyone who may be looked for.
        right: the rows that they are looked for among.
        settled: ``rec`` of left people whose row is certain already.
        owned: ``rec`` of right rows that have an owner already, for whom nobody is looked for.
        about: the right rows speak of people of the left list, as a ledger's do, so that a namesake
            with another valid number is a question.
    """
    found, findings = [frames.empty(frames.PAIRS)], []
    for kind, pairs_of_kind, too_common in by_kind(left, right, settled, owned, about=about):
        found.append(pairs_of_kind)
        if too_common:
            findings.append(Finding("blocks_too_large", {"kind": kind, "keys": too_common}))
    every = _sorted_once(pl.concat(found))
    return Pairs(frames.checked(every, frames.PAIRS, "Pairs")), tuple(findings)


def _sorted_once(found: pl.DataFrame) -> pl.DataFrame:
    """Each pair once, in order; as one number of both records, which sorts twice as fast."""
    both = found.select(n=pl.col("left") * _MANY + pl.col("right")).unique().sort("n")
    return both.select(left=pl.col("n") // _MANY, right=pl.col("n") % _MANY)


def by_kind(
    left: Records,
    right: Records,
    settled: pl.Series | None = None,
    owned: pl.Series | None = None,
    *,
    about: bool = False,
) -> Iterator[tuple[str, pl.DataFrame, int]]:
    """Kind by kind: its name, the distinct pairs it makes, and how many values are too common."""
    sought = _Keyed(left)
    unsettled = sought if settled is None else sought.without(settled)
    offered = _Keyed(right, besides=owned)

    def met(kind: Kind) -> tuple[pl.DataFrame, int]:
        right_keys = offered.keys(kind.right or kind.left)
        if not len(right_keys):
            return frames.empty(frames.PAIRS), 0
        side = sought if kind.settled else unsettled
        numbered = kind.numbered or about
        return _meet(side.keys(kind.left), right_keys, kind.largest, numbered=numbered)

    with ThreadPoolExecutor() as at_once:  # no kind waits for another
        for name, (found, too_common) in zip(KINDS, at_once.map(met, KINDS.values()), strict=True):
            yield name, found, too_common


_KEYED = [
    "rec", "id", "id_kind", "old_id", "id_part", "id_text", "name_key", "former_key", "near",
    "birth", "lunar_birth", "birth_month", "guardians", "phone", "household", "school", "grade",
    "class_name",
]  # fmt: skip


class _Keyed:
    """A list ready to give keys: by each guardian, and by each reading of the name."""

    def __init__(self, records: Records, besides: pl.Series | None = None) -> None:
        rows = records.select(*_KEYED)
        if besides is not None:
            rows = rows.filter(~pl.col("rec").is_in(besides.implode()))
        self._rows = rows.with_columns(
            day=_written(pl.col("birth")),
            lunar_day=_written(pl.col("lunar_birth")),
            guardian=pl.col("guardians").str.split("|"),
            near=pl.col("near").str.split("|"),
            numbered=pl.col("id").is_not_null() & ~_IS_OPAQUE,
        )

    def without(self, recs: pl.Series) -> _Keyed:
        """The list but for these records."""
        fewer = copy(self)
        fewer._rows = self._rows.filter(~pl.col("rec").is_in(recs.implode()))
        return fewer

    def keys(self, side: _Side) -> Keys:
        """``rec, key, numbered`` of every record, a key being the hash of its text."""
        columns = {name for key in side for name in key.meta.root_names()}
        rows = self._rows.select("rec", "numbered", *sorted(columns))
        for name in ("guardian", "near"):
            rows = rows.explode(name, empty_as_null=True) if name in columns else rows
        found = [rows.select("rec", "numbered", text=key).drop_nulls("text") for key in side]
        texts = pl.concat(found).filter(pl.col("text").str.len_bytes() > 0)
        every = texts.select("rec", "numbered", key=pl.col("text").hash())
        again = pl.col("rec").is_duplicated()  # only a record's own keys can be alike
        keys = pl.concat([every.filter(~again), every.filter(again).unique()])
        return Keys(frames.checked(keys, frames.KEYS, "Keys"))


def _written(date: pl.Expr) -> pl.Expr:
    """A date as eight digits."""
    number = date.dt.year() * 10_000 + date.dt.month().cast(pl.Int32) * 100 + date.dt.day()
    return number.cast(pl.String)


def _meet(left: Keys, right: Keys, largest: int, *, numbered: bool) -> tuple[pl.DataFrame, int]:
    """Distinct pairs (left, right) with a key in common; and how many keys are too common.

    Args:
        left: keys of one list.
        right: keys of the other.
        largest: pairs that one key may make.
        numbered: two people with a valid number each are a pair as well.
    """
    near = left.join(right.select("key").unique(), on="key", how="semi")
    sizes = (
        near.group_by("key")
        .agg(left_size=pl.len().cast(pl.Int64))
        .join(right.group_by("key").agg(right_size=pl.len()), on="key")
        .with_columns(too_common=pl.col("left_size") * pl.col("right_size") > largest)
    )
    too_common = sizes.filter("too_common")
    found = (
        near.rename({"rec": "left"})
        .join(too_common, on="key", how="anti")
        .join(right.rename({"rec": "right"}), on="key")
        .filter(pl.lit(numbered) | ~(pl.col("numbered") & pl.col("numbered_right")))
        .select("left", "right")
        .unique()
    )
    return found, len(too_common)
