"""What stages 3 to 6 hand on: keys, pairs, levels, weights and links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NewType

import polars as pl

from rosterrec.frames.codes import Decision, Role

Keys = NewType("Keys", pl.DataFrame)
Pairs = NewType("Pairs", pl.DataFrame)
Compared = NewType("Compared", pl.DataFrame)
Scored = NewType("Scored", pl.DataFrame)
Links = NewType("Links", pl.DataFrame)
Judgements = NewType("Judgements", pl.DataFrame)

#: Blocking keys of one kind: records of two lists that share a key become a pair. ``key`` is the
#: hash of a text; two texts with one hash make a needless pair, never lose one.
KEYS: dict[str, pl.DataType] = {
    "rec": pl.Int64(),
    "numbered": pl.Boolean(),  # the record has a valid number of its own
    "key": pl.UInt64(),
}

#: ``left`` and ``right`` are ``rec`` numbers.
PAIRS: dict[str, pl.DataType] = {"left": pl.Int64(), "right": pl.Int64()}

FEATURES = ("id", "name", "birth", "sex", "guardian", "phone", "household", "village", "class")
#: Columns of the levels of the features.
LEVELS = tuple(f"{feature}_level" for feature in FEATURES)

#: Every level that a feature can have: one byte a pair and feature, as against sixteen.
LEVEL = pl.Enum(
    [
        "equal", "missing", "different", "implied",
        "recovered", "slip", "partial", "conflict", "old_differs",
        "variant", "former", "homophone", "near_homophone", "respelt", "shortened", "one_word",
        "look_alike", "placeholder", "char_missing", "given_same", "one_char", "given_alone",
        "one_of_two",
        "lunar", "swapped", "one_day", "one_digit", "month", "same_year",
        "same_class", "same_grade", "same_school",
    ]
)  # fmt: skip

COMPARED: dict[str, pl.DataType] = {**PAIRS, **dict.fromkeys(LEVELS, LEVEL)}

SCORED: dict[str, pl.DataType] = {
    **COMPARED,
    **{f"{f}_weight": pl.Float64() for f in FEATURES},
    "weight": pl.Float64(),
    "probability": pl.Float64(),
}

#: Codes that stand in every link.
ROLE = pl.Enum(Role)
DECISION = pl.Enum(Decision)

#: ``basis`` names the pattern of evidence that made the decision; ``runner_up`` is the weight of
#: the best other candidate of either side (null if there is none).
LINKS: dict[str, pl.DataType] = {
    "left_source": ROLE,
    "right_source": ROLE,
    **SCORED,
    "runner_up": pl.Float64(),
    "basis": pl.String(),
    "decision": DECISION,
}

#: What people said of pairs, and what follows from it: ``verdict`` is same, different, unsure, or
#: disputed where they contradict each other.
JUDGEMENTS: dict[str, pl.DataType] = {
    "left_source": pl.String(),
    "right_source": pl.String(),
    **PAIRS,
    "verdict": pl.String(),
}


def of_pass(
    links: pl.DataFrame, left: Role, right: Role, *decisions: Decision, columns: Sequence[str]
) -> pl.DataFrame:
    """These columns of the links of one list with another that were decided so, in their order.

    Links are wide, and most of them are accepted: what nobody asks for is not moved.
    """
    narrow = links.select({*columns, "left_source", "right_source", "decision"})
    chosen = narrow.filter(
        pl.col("left_source") == left,
        pl.col("right_source") == right,
        pl.any_horizontal(pl.col("decision") == decision for decision in decisions),
    )
    return chosen.select(columns)


def decided_anew(links: pl.DataFrame, at: pl.Series, basis: str, decision: Decision) -> Links:
    """The links, with another basis and decision for those at these places."""
    hit = pl.int_range(pl.len()).is_in(at.implode())
    return Links(
        links.with_columns(
            basis=pl.when(hit).then(pl.lit(basis)).otherwise("basis"),
            decision=pl.when(hit).then(pl.lit(str(decision), dtype=DECISION)).otherwise("decision"),
        )
    )


#: A list has fewer records than this, and three such numbers fit into one of 64 bits.
_MOST_RECORDS = 1 << 29
_PLACE_OF_ROLE = {str(role): place for place, role in enumerate(sorted(Role))}


def in_order(links: pl.DataFrame) -> pl.DataFrame:
    """Links by the names of both lists, then by both records: by one number, which sorts fast.

    What is in order already is not moved.
    """
    roles = (
        pl.col(f"{side}_source").replace_strict(_PLACE_OF_ROLE, return_dtype=pl.UInt64)
        for side in ("left", "right")
    )
    number = pl.lit(0, dtype=pl.UInt64)
    for part, size in zip(
        (*roles, pl.col("left"), pl.col("right")),
        (len(Role), len(Role), _MOST_RECORDS, _MOST_RECORDS),
        strict=True,
    ):
        number = number * size + part.cast(pl.UInt64)
    place = links.select(number=number).to_series()
    return links if place.is_sorted() else links.sort(place)
