"""Joint one-to-one assignment by rounds of mutual best, with margins; ties stay ties."""

from __future__ import annotations

import polars as pl

from rosterrec.frames import Decision

#: Grounds that rest on the person's own number: a second row with it is a second registration, not
#: a rival, so that only another *person* who fits the row can put it in doubt.
_BY_NUMBER = [
    "id_and_name", "id_and_near_name", "id_and_given_name",
    "broken_id_and_name", "broken_id_and_near_name",
]  # fmt: skip
#: Bits by which a pair must beat every rival, by grounds. Name and birthdate alone must stand well
#: clear, as when a near-namesake shares the birthday.
_MARGIN = {"id_and_name": 1.0, "name_and_birth": 12.0}
_USUAL_MARGIN = 4.0
#: A person is asked about no more rows, and of a row about no more people, than lie within this
#: many bits of the best.
_REVIEW_DEPTH = 6.0
#: Doubts that stay open though the person is linked to another row.
_STANDING_DOUBTS = ["id_with_other_name", "shared_id", "swapped_ids", "other_id"]


def resolve(grounded: pl.DataFrame, *, many: bool) -> pl.DataFrame:
    """Decide every pair that has grounds or a doubt.

    Args:
        grounded: scored pairs with ``basis`` (null if not acceptable) and ``doubt``.
        many: one left person may own several right rows as a matter of course.

    Returns:
        The same columns with ``runner_up``, ``basis`` and ``decision``: accepted and review pairs,
        and for every left person without either the nearest rejected one.
    """
    judged = _rivalry(_sole_owner_of_number(grounded), many=many)
    candidates = judged.filter(pl.col("basis").is_not_null() | pl.col("doubt").is_not_null())
    accepted = _accept_in_rounds(candidates, many=many)
    rest = candidates.join(accepted, on="right", how="anti", maintain_order="left")
    seconds = _second_rows(rest, accepted)
    rest = rest.join(seconds, on="right", how="anti", maintain_order="left")
    review = _review(rest, pl.concat([accepted, seconds]))
    settled = pl.concat(
        [
            pl.concat([accepted, seconds]).with_columns(decision=pl.lit(str(Decision.ACCEPTED))),
            review.with_columns(decision=pl.lit(str(Decision.REVIEW))),
        ]
    )
    return pl.concat([settled, _nearest(judged, settled)])


def _sole_owner_of_number(pairs: pl.DataFrame) -> pl.DataFrame:
    """A row with a person's number under a near name waits while the person's own name is there.

    That is a number given twice, for a person to judge (``domain.md`` 7, case 20).
    """
    named = (pl.col("basis") == "id_and_name").fill_null(value=False).any().over("left")
    shared = named & (pl.col("basis") == "id_and_near_name")
    return pairs.with_columns(
        basis=pl.when(~shared.fill_null(value=False)).then("basis"),
        doubt=pl.when(shared).then(pl.lit("shared_id")).otherwise("doubt"),
    )


def _rivalry(pairs: pl.DataFrame, *, many: bool) -> pl.DataFrame:
    """Add ``best_right``, the best weight of the row, and ``runner_up``, the best rival's weight.

    Rivals are other people for the same row and, where no number decides and a person has but one
    row, other rows for the same person.
    """
    by_right, by_left = _best_other("right"), _best_other("left")
    row_alone = pl.lit(many) | pl.col("basis").is_in(_BY_NUMBER).fill_null(value=False)
    return pairs.with_columns(
        best_right=pl.col("weight").max().over("right"),
        runner_up=pl.when(row_alone).then(by_right).otherwise(pl.max_horizontal(by_right, by_left)),
    )


def _best_other(side: str) -> pl.Expr:
    """The best weight among the other pairs of the same row of one side."""
    weight = pl.col("weight")
    best = weight.max().over(side)
    tied = (weight == best).sum().over(side)
    below = weight.filter(weight < weight.max()).max().over(side)
    return pl.when((weight == best) & (tied == 1)).then(below).otherwise(best)


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
            rest = rest.join(clear, on="left", how="anti", maintain_order="left")
        rest = _rivalry(rest, many=many).with_columns(best_right=rest["best_right"])
    return pl.concat(done)


def _second_rows(rest: pl.DataFrame, accepted: pl.DataFrame) -> pl.DataFrame:
    """Further rows of people already linked, on their own evidence, that no one else fits."""
    grounded = rest.filter(pl.col("basis").is_not_null())
    own = grounded.join(accepted, on="left", how="semi", maintain_order="left")
    others = grounded.join(accepted, on="left", how="anti", maintain_order="left")
    best = own.filter(pl.col("weight") == pl.col("weight").max().over("right"))
    single = best.filter(pl.len().over("right") == 1)
    return single.join(others, on="right", how="anti", maintain_order="left")


def _review(rest: pl.DataFrame, accepted: pl.DataFrame) -> pl.DataFrame:
    """Open pairs near the best of their row and of their person, unless that person is settled."""
    linked = rest.join(accepted, on="left", how="semi", maintain_order="left")
    standing = linked.filter(
        pl.col("doubt").is_in(_STANDING_DOUBTS) | pl.col("basis").is_not_null()
    )
    unlinked = rest.join(accepted, on="left", how="anti", maintain_order="left")
    near_row = pl.col("weight") >= pl.col("best_right") - _REVIEW_DEPTH
    near_person = pl.col("weight") >= pl.col("weight").max().over("left") - _REVIEW_DEPTH
    swapped = pl.col("doubt") == "swapped_ids"
    kept = pl.concat([unlinked, standing]).filter((near_row & near_person) | swapped)
    return kept.with_columns(basis=pl.coalesce("doubt", "basis"))


def _nearest(judged: pl.DataFrame, settled: pl.DataFrame) -> pl.DataFrame:
    """For every left person without link or review: the best other candidate, as rejected."""
    alone = judged.join(settled, on="left", how="anti", maintain_order="left")
    best = alone.filter(pl.col("weight") == pl.col("weight").max().over("left"))
    first = best.sort("left", "right").unique("left", keep="first", maintain_order=True)
    return first.with_columns(
        basis=pl.lit("too_unlike"), decision=pl.lit(str(Decision.REJECTED))
    ).select(settled.columns)
