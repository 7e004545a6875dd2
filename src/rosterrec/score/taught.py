"""What people's decisions teach about the pairs that still wait for one.

People decide doubtful pairs alone, so what they say holds of doubtful pairs alone: nothing learnt
here reaches a pair that the lists settle. Of the pairs that wait, two numbers are learnt: by how
many bits each is likelier before any evidence (``shift``), and what a bit of evidence is worth
(``scale``). A row still has one owner or none, so that two alike stay as likely as each other.

The numbers are used only where they tell decisions that they were not learnt from better than the
weights as they are, and better than someone who knows no more than how often people say "same".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from rosterrec.frames import FEATURES

#: Fewer decided pairs teach nothing, nor fewer than that of the rarer answer (ten a number).
LEAST, LEAST_OF_EACH = 200, 20
_FOLDS = 5
_ROUNDS = 30
_SETTLED = 1.0e-4
#: A step is halved no more often than this where it overshoots.
_HALVINGS = 12
#: Probabilities are told apart no further than 1 in 1,000 from certain; evidence not beyond this.
_FURTHEST = 7.0
_MOST_BITS = 30.0
#: A rest of a row's odds that is less than this part of them is rounding.
_NOBODY = 1.0e-3
_LN2 = math.log(2)

#: A decided pair as the queue would show it: ``family`` is never split between folds.
HEARD: dict[str, pl.DataType] = {
    "family": pl.String(),
    "weight": pl.Float64(),
    "probability": pl.Float64(),
    "same": pl.Boolean(),
}


@dataclass(frozen=True)
class Lesson:
    """What decisions teach: bits before evidence, and what a bit of evidence is worth."""

    shift: float = 0.0
    scale: float = 1.0


class Outcome(StrEnum):
    """Whether the decisions changed the weights of the pairs that wait, and why not."""

    USED = "used"
    FEW = "few"
    NO_HELP = "no_help"


@dataclass(frozen=True)
class Taught:
    """What became of the decisions.

    Attributes:
        outcome: whether they are used.
        same: how many decided pairs people said to be one child.
        different: how many they said not to be.
        lesson: what is used; changes nothing unless ``outcome`` is used.
        wrong_before: held-back decisions that the weights as they are tell wrongly.
        wrong_after: the same with what the other decisions teach.
    """

    outcome: Outcome
    same: int
    different: int
    lesson: Lesson = Lesson()
    wrong_before: int = 0
    wrong_after: int = 0


def taught(heard: pl.DataFrame) -> Taught:
    """What decided pairs teach, where there are enough of them and it helps.

    Args:
        heard: decided pairs (``HEARD``); their order is all one.
    """
    same = int(heard["same"].sum())
    counts = same, len(heard) - same
    if not is_enough(*counts):
        return Taught(Outcome.FEW, *counts)
    pairs = _weighed(heard)
    lesson, tried = _fitted(pairs), _held_back(pairs)
    wrong = [int(tried[f"wrong_{by}"].sum()) for by in ("before", "after")]
    helps = (
        lesson.scale > 0
        and wrong[1] <= wrong[0]
        and all(_is_less(tried, "after", than) for than in ("before", "share"))
    )
    outcome = Outcome.USED if helps else Outcome.NO_HELP
    return Taught(outcome, *counts, lesson if helps else Lesson(), *wrong)


def is_enough(same: int, different: int) -> bool:
    """Whether so many decisions could teach anything."""
    return same + different >= LEAST and min(same, different) >= LEAST_OF_EACH


def as_taught(links: pl.DataFrame, lesson: Lesson, waiting: pl.Expr) -> pl.DataFrame:
    """Links whose waiting pairs weigh, and are as likely, as the lesson says.

    Args:
        links: have the columns of ``LINKS``.
        lesson: what was learnt.
        waiting: which of them wait for a person.
    """
    told = links.with_columns(
        *(pl.col(f"{feature}_weight") * lesson.scale for feature in FEATURES),
        *((_bits(lesson, pl.col(name))).alias(name) for name in ("weight", "runner_up")),
        probability=1 / (1 + (-_log_odds(lesson, _rest())).exp()),
    )
    return links.with_columns(
        pl.when(waiting).then(told[name].round(digits)).otherwise(pl.col(name)).alias(name)
        for name, digits in {
            **{f"{feature}_weight": 6 for feature in FEATURES},
            "weight": 6, "runner_up": 6, "probability": 9,
        }.items()
    )  # fmt: skip


def _rest() -> pl.Expr:
    """Bits of the other candidates of a pair's row together; null where there are none."""
    odds = (pl.col("weight").clip(-_MOST_BITS, _MOST_BITS) * _LN2).exp()
    rest = odds / pl.col("probability").clip(1.0e-6) - 1 - odds
    return pl.when(rest > _NOBODY * (1 + odds)).then(rest.log(2))


def _bits(lesson: Lesson, bits: pl.Expr) -> pl.Expr:
    return lesson.shift + lesson.scale * bits


def _log_odds(lesson: Lesson, rest: pl.Expr) -> pl.Expr:
    """Natural log-odds that a pair is one child, beside the other candidates of its row."""
    others = (_bits(lesson, rest) * _LN2).clip(-_MOST_BITS, _MOST_BITS).exp().log1p()
    own = _bits(lesson, pl.col("weight")) * _LN2
    return (own - others.fill_null(0.0)).clip(-_FURTHEST, _FURTHEST)


def _weighed(heard: pl.DataFrame) -> pl.DataFrame:
    """Decided pairs in an order that only what they say makes, with ``rest`` and ``fold``."""
    fold = (pl.col("family").rank("dense") % _FOLDS).cast(pl.Int64)
    return heard.with_columns(rest=_rest(), fold=fold, same=pl.col("same").cast(pl.Float64)).sort(
        "family", "weight", "probability", "same"
    )


def _fitted(pairs: pl.DataFrame) -> Lesson:
    """The likeliest lesson, steadied by weights as they are: Newton's steps, halved if too long."""
    at, cost = Lesson(), _cost(pairs, Lesson())
    for _ in range(_ROUNDS):
        step = _step(pairs, at)
        if abs(step.shift) + abs(step.scale) < _SETTLED:
            break
        for _ in range(_HALVINGS):
            there = Lesson(at.shift + step.shift, at.scale + step.scale)
            lower = _cost(pairs, there)
            if lower <= cost:
                break
            step = Lesson(step.shift / 2, step.scale / 2)
        else:
            return at
        at, cost = there, lower
    return at


def _cost(pairs: pl.DataFrame, lesson: Lesson) -> float:
    loss = pairs.select(_loss(_log_odds(lesson, pl.col("rest"))).sum()).item()
    return float(loss) + (lesson.shift**2 + (lesson.scale - 1) ** 2) / 2


def _loss(log_odds: pl.Expr) -> pl.Expr:
    """What it costs to have been so sure: minus the log of the probability of what was said."""
    return (-pl.when(pl.col("same") == 1).then(log_odds).otherwise(-log_odds)).exp().log1p()


def _step(pairs: pl.DataFrame, at: Lesson) -> Lesson:
    """Newton's step for both numbers, by the expected curvature."""
    probability = 1 / (1 + (-_log_odds(at, pl.col("rest"))).exp())
    others = (1 / (1 + (-_bits(at, pl.col("rest")) * _LN2).exp())).fill_null(0.0)
    by_shift = (1 - others) * _LN2
    by_scale = (pl.col("weight") - others * pl.col("rest").fill_null(0.0)) * _LN2
    left, curve = pl.col("same") - probability, probability * (1 - probability)
    a, b, aa, ab, bb = pairs.select(
        a=(left * by_shift).sum(), b=(left * by_scale).sum(), aa=(curve * by_shift**2).sum(),
        ab=(curve * by_shift * by_scale).sum(), bb=(curve * by_scale**2).sum(),
    ).row(0)  # fmt: skip
    a, b, aa, bb = a - at.shift, b - (at.scale - 1), aa + 1, bb + 1
    area = aa * bb - ab * ab
    return Lesson((a * bb - b * ab) / area, (b * aa - a * ab) / area)


def _held_back(pairs: pl.DataFrame) -> pl.DataFrame:
    """Every decision told by weights as they are, by what the others teach, and by their share."""
    parts = []
    for fold in range(_FOLDS):
        held, rest = pairs.filter(pl.col("fold") == fold), pairs.filter(pl.col("fold") != fold)
        sames = float(rest["same"].sum())
        by = {
            "before": _log_odds(Lesson(), pl.col("rest")),
            "after": _log_odds(_fitted(rest), pl.col("rest")),
            "share": pl.lit(math.log((sames + 1) / (len(rest) - sames + 1))),
        }
        parts.append(
            held.select(
                "family",
                *(_loss(odds).alias(f"loss_{name}") for name, odds in by.items()),
                *(((odds >= 0) != (pl.col("same") == 1)).alias(f"wrong_{name}")
                  for name, odds in by.items()),
            )
        )  # fmt: skip
    return pl.concat(parts)


def _is_less(tried: pl.DataFrame, by: str, than: str) -> bool:
    """Whether the held-back loss is less by more than its standard error; a family counts once."""
    gains = tried.group_by("family").agg(
        gain=(pl.col(f"loss_{than}") - pl.col(f"loss_{by}")).sum(), pairs=pl.len()
    )
    mean = gains["gain"].sum() / len(tried)
    apart = gains.sort("family").select(
        ((pl.col("gain") - mean * pl.col("pairs")) ** 2).sum().sqrt()
    )
    return bool(mean * len(tried) > apart.item())
