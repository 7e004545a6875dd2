"""Joint one-to-one assignment by rounds of mutual best, with margins; ties stay ties."""

from __future__ import annotations

import polars as pl

from rosterrec.assign.grounds import ALIKE, TWO_WITNESSES
from rosterrec.frames import Decision

#: Grounds that rest on the person's own number: a second row with it is a second registration, not
#: a rival, so that only another *person* who fits the row can put it in doubt.
BY_NUMBER = [
    "id_and_name", "id_and_near_name", "id_and_given_name", "id_birth_and_given_name",
    "id_and_class",
    "broken_id_and_name", "broken_id_and_near_name",
]  # fmt: skip
#: Those of them where the name is another's, were the number not the person's.
BY_NUMBER_AND_NEAR_NAME = [
    "id_and_near_name", "id_birth_and_given_name", "id_and_class", TWO_WITNESSES,
]  # fmt: skip
#: Bits by which a pair must beat every rival, by grounds. Name and birthdate alone must stand well
#: clear, as when a near-namesake shares the birthday.
_MARGIN = {"id_and_name": 1.0, "name_and_birth": 12.0, "weight_alone": 12.0}
_USUAL_MARGIN = 4.0
#: A person is asked about no more rows, and of a row about no more people, than lie within this
#: many bits of the best.
_REVIEW_DEPTH = 6.0
#: Doubts that say no more than that the evidence does not suffice.
_OPEN_QUESTIONS = ["likely", "second_row", "family_and_birth"]
#: Doubts that stay open though the person is linked to another row.
_STANDING_DOUBTS = [
    "id_with_other_name", "shared_id", "swapped_ids", "other_id", "second_row", "unsure",
    "disputed",
]  # fmt: skip
#: Doubts that wait however much nearer another row is.
_WAITING_DOUBTS = ["swapped_ids", "unsure", "disputed"]
_SLIM = ["left", "right", "weight", "basis", "doubt"]


def resolve(
    grounded: pl.DataFrame, *, many: bool, certain: pl.Series | None = None
) -> pl.DataFrame:
    """Decide every pair that has grounds or a doubt.

    Args:
        grounded: scored pairs with ``basis`` (null if not acceptable) and ``doubt``.
        many: one left person may own several right rows as a matter of course.
        certain: left people who own a certain row already, by their number and name; that row is
            not among the pairs.

    Returns:
        The same columns with ``runner_up``, ``basis`` and ``decision``: accepted and review pairs,
        and for every left person without either the nearest rejected one.
    """
    settled = pl.DataFrame({"left": [] if certain is None else certain}, {"left": pl.Int64})
    decided = _decide(grounded.select(_SLIM), settled, many=many)
    whole = grounded.drop("basis", "doubt", "weight")
    return decided.join(whole, on=["left", "right"], how="left", maintain_order="left")


def _decide(slim: pl.DataFrame, settled: pl.DataFrame, *, many: bool) -> pl.DataFrame:
    judged = _rivalry(_sole_owner_of_number(slim, settled), many=many)
    candidates = judged.filter(pl.col("basis").is_not_null() | pl.col("doubt").is_not_null())
    open_ones = candidates
    if not many:
        open_ones = _not_of(candidates, settled)
        open_ones = _rivalry(open_ones, many=many).with_columns(best_right=open_ones["best_right"])
    accepted = _accept_in_rounds(open_ones, many=many)
    rest = candidates.join(accepted, on="right", how="anti", maintain_order="left")
    linked = pl.concat([accepted.select("left"), settled]).unique()
    seconds = _second_rows(rest, linked)
    rest = rest.join(seconds, on="right", how="anti", maintain_order="left")
    decided = pl.concat(
        [
            pl.concat([accepted, seconds]).with_columns(decision=pl.lit(str(Decision.ACCEPTED))),
            _review(rest, linked).with_columns(decision=pl.lit(str(Decision.REVIEW))),
        ]
    )
    alone = _not_of(_not_of(judged, settled), decided)
    return pl.concat([decided, _nearest(alone, decided.columns)])


def _not_of(pairs: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The pairs of other left people."""
    return pairs.join(people, on="left", how="anti", maintain_order="left")


def _sole_owner_of_number(pairs: pl.DataFrame, settled: pl.DataFrame) -> pl.DataFrame:
    """A row with a person's number under a near name waits while the person's own name is there.

    That is a number given twice, for a person to judge (``domain.md`` 7, case 20).
    """
    own = pl.concat(
        [pairs.filter(pl.col("basis") == "id_and_name").select("left"), settled]
    ).unique()
    named = pl.col("left").is_in(own["left"].implode())
    shared = (named & pl.col("basis").is_in(BY_NUMBER_AND_NEAR_NAME)).fill_null(value=False)
    return pairs.with_columns(
        basis=pl.when(~shared).then("basis"),
        doubt=pl.when(shared).then(pl.lit("shared_id")).otherwise("doubt"),
    )


def _rivalry(pairs: pl.DataFrame, *, many: bool) -> pl.DataFrame:
    """Add ``best_right``, the best weight of the row, and ``runner_up``, the best rival's weight.

    Rivals are other people for the same row and, where no number decides and a person has but one
    row, other rows for the same person.
    """
    ranked = _with_best_two(_with_best_two(pairs, "right"), "left")
    by_right, by_left = _best_other("right"), _best_other("left")
    row_alone = pl.lit(many) | pl.col("basis").is_in(BY_NUMBER).fill_null(value=False)
    return ranked.with_columns(
        runner_up=pl.when(row_alone).then(by_right).otherwise(pl.max_horizontal(by_right, by_left)),
    ).select(*_SLIM, "best_right", "runner_up")


def _with_best_two(pairs: pl.DataFrame, side: str) -> pl.DataFrame:
    """Add the best and the second weight among the pairs of the same row of one side."""
    best, second = f"best_{side}", f"second_{side}"
    row, weight = pl.col(side), pl.col("weight")
    ranked = pairs.select(side, "weight").sort(side, "weight", descending=[False, True])
    table = ranked.select(
        side,
        weight.alias(best),
        pl.when(row == row.shift(-1)).then(weight.shift(-1)).alias(second),
        first=row.ne_missing(row.shift(1)),
    ).filter("first")
    fresh = pairs.drop(best, second, strict=False)
    return fresh.join(table.drop("first"), on=side, how="left", maintain_order="left")


def _best_other(side: str) -> pl.Expr:
    """The best weight among the other pairs of the same row of one side."""
    best = pl.col(f"best_{side}")
    return pl.when(pl.col("weight") == best).then(pl.col(f"second_{side}")).otherwise(best)


def _accept_in_rounds(candidates: pl.DataFrame, *, many: bool) -> pl.DataFrame:
    """Accept what stands clear of its rivals, round by round until a round finds none.

    A row whose best owner is linked elsewhere falls to the next only from a near tie: elimination
    may break a tie, never promote a poor candidate.
    """
    done = [candidates.clear()]
    rest = candidates
    margin = pl.col("basis").replace_strict(_MARGIN, default=_USUAL_MARGIN, return_dtype=pl.Float64)
    lead = pl.col("weight") - pl.col("runner_up")
    while len(rest):
        clear = rest.filter(
            pl.col("basis").is_not_null()
            & (pl.col("runner_up").is_null() | (lead >= margin))
            & (pl.col("weight") >= pl.col("best_right") - _USUAL_MARGIN)
        )
        if not len(clear):
            break
        done.append(clear)
        rest = rest.join(clear, on="right", how="anti", maintain_order="left")
        if not many:
            rest = _not_of(rest, clear)
        rest = _rivalry(rest, many=many).with_columns(best_right=rest["best_right"])
    return pl.concat(done)


def _second_rows(rest: pl.DataFrame, linked: pl.DataFrame) -> pl.DataFrame:
    """Further rows of people already linked, on their own evidence, that no one else fits."""
    grounded = rest.filter(pl.col("basis").is_not_null())
    own = grounded.join(linked, on="left", how="semi", maintain_order="left")
    others = _not_of(grounded, linked)
    best = own.filter(pl.col("weight") == pl.col("weight").max().over("right"))
    single = best.filter(pl.len().over("right") == 1)
    return single.join(others, on="right", how="anti", maintain_order="left")


def _review(rest: pl.DataFrame, linked: pl.DataFrame) -> pl.DataFrame:
    """Open pairs near the best of their row and of their person, unless that person is settled."""
    of_linked = _called(rest, "second_row").join(
        linked, on="left", how="semi", maintain_order="left"
    )
    standing = of_linked.filter(
        pl.col("doubt").is_in(_STANDING_DOUBTS) | pl.col("basis").is_not_null()
    )
    near_row = pl.col("weight") >= pl.col("best_right") - _REVIEW_DEPTH
    near_person = pl.col("weight") >= pl.col("weight").max().over("left") - _REVIEW_DEPTH
    waiting = pl.col("doubt").is_in(_WAITING_DOUBTS)
    of_others = _not_of(_called(rest, "likely"), linked)
    kept = pl.concat([of_others, standing]).filter((near_row & near_person) | waiting)
    lead = pl.col("weight") - pl.col("runner_up")
    tied = (pl.len().over("right") > 1) & (lead.abs() < _USUAL_MARGIN)
    open_question = pl.col("doubt").is_in(_OPEN_QUESTIONS) | pl.col("doubt").is_null()
    return kept.with_columns(
        basis=pl.when(tied & open_question)
        .then(pl.lit("tied"))
        .otherwise(pl.coalesce("doubt", "basis"))
    )


def _called(pairs: pl.DataFrame, doubt: str) -> pl.DataFrame:
    """The pairs, where that they are alike in name, birthdate and sex is called so."""
    return pairs.with_columns(doubt=pl.col("doubt").replace(ALIKE, doubt))


def _nearest(alone: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """For every left person without link or review: the best other candidate, as rejected."""
    best = alone.filter(pl.col("weight") == pl.col("weight").max().over("left"))
    first = best.sort("left", "right").unique("left", keep="first", maintain_order=True)
    return first.with_columns(
        basis=pl.lit("too_unlike"), decision=pl.lit(str(Decision.REJECTED))
    ).select(columns)
