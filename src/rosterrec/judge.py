"""How good links are, counted against labelled pairs: frames in, figures out.

A pair is a pair whichever side it is named from. Where labels say of each pair whether it is true,
only labelled pairs are counted; where they are just the list of all true pairs, every other link
between two lists that they speak of is false.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from rosterrec.frames import Decision, Role
from rosterrec.report.figures import rate

SCHEMA = "rosterrec.evaluate/1"
SIDES = ("left", "right")

#: What links must have to be judged. ``sheet`` is "" where there is none.
LINKS: dict[str, pl.DataType] = {
    **{
        f"{side}_{name}": dtype
        for side in SIDES
        for name, dtype in {
            "source": pl.String(),
            "file": pl.String(),
            "sheet": pl.String(),
            "row": pl.Int64(),
        }.items()
    },
    "probability": pl.Float64(),
    "decision": pl.String(),
}
#: What labels must have. ``label`` is null where nobody has decided; ``errors`` joins kinds by "+".
LABELS: dict[str, pl.DataType] = {
    **{name: dtype for name, dtype in LINKS.items() if name not in {"probability", "decision"}},
    "label": pl.Boolean(),
    "errors": pl.String(),
}

#: Lower ends of the bands of probability, best first.
BANDS = (0.99, 0.95, 0.9, 0.5, 0.0)
_ORDER = {str(role): i for i, role in enumerate(Role)}
_UNKNOWN = len(_ORDER)
_PAIR = ["a", "b"]


def judge(links: pl.DataFrame, labels: pl.DataFrame, *, complete: bool) -> dict[str, Any]:
    """Precision, recall, F1, recall by error kind and calibration.

    Args:
        links: links of a run, of the schema ``LINKS``.
        labels: labelled pairs, of the schema ``LABELS``, each pair once.
        complete: the labels are all true pairs of the lists they name.
    """
    verdicts = _verdicts(links, labels, complete=complete)
    judged = verdicts.filter(pl.col("true").is_not_null())
    lists = judged.select("left", "right").unique().sort(_rank("left"), _rank("right"))
    unjudged = verdicts.filter(pl.col("true").is_null())
    return {
        "schema": SCHEMA,
        "schema_version": 1,
        "complete": complete,
        "labelled": {
            "true": _count(judged, pl.col("labelled") & pl.col("true")),
            "false": _count(judged, pl.col("labelled") & ~pl.col("true")),
        },
        "unjudged": {
            "accepted": _count(unjudged, pl.col("decision") == Decision.ACCEPTED),
            "review": _count(unjudged, pl.col("decision") == Decision.REVIEW),
        },
        "all": _rates(judged),
        "lists": [
            {
                "left": left,
                "right": right,
                **_rates(judged.filter((pl.col("left") == left) & (pl.col("right") == right))),
            }
            for left, right in lists.iter_rows()
        ],
        "errors": _by_error(judged),
        "calibration": _calibration(judged),
    }


def _verdicts(links: pl.DataFrame, labels: pl.DataFrame, *, complete: bool) -> pl.DataFrame:
    """Every labelled pair and every accepted or open link: lists, truth, decision, probability."""
    open_or_accepted = pl.col("decision").is_in([Decision.ACCEPTED, Decision.REVIEW])
    decided = _keyed(links.filter(open_or_accepted)).sort("decision", "a", "b")
    decided = decided.unique(_PAIR, keep="first", maintain_order=True)
    told = _keyed(_sourced(labels.filter(pl.col("label").is_not_null()), links))
    both = decided.select(*_PAIR, "decision", "probability", "left", "right", "lists").join(
        told.select(*_PAIR, "label", "errors", "left", "right", "lists"),
        on=_PAIR, how="full", coalesce=True, suffix="_told",
    )  # fmt: skip
    spoken_of = pl.col("lists").is_in(told["lists"].unique().implode())
    silent = pl.when(spoken_of).then(pl.lit(value=False)) if complete else pl.lit(None, pl.Boolean)
    return both.select(
        pl.coalesce("left", "left_told").alias("left"),
        pl.coalesce("right", "right_told").alias("right"),
        "decision",
        "probability",
        "errors",
        labelled=pl.col("label").is_not_null(),
        true=pl.coalesce("label", silent),
    )


def _sourced(labels: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Labels with the source of each side: their own, else what the links say of that sheet."""
    known = pl.concat(
        links.select(
            file=f"{side}_file", sheet=f"{side}_sheet", known=f"{side}_source"
        ).unique()
        for side in SIDES
    ).unique(["file", "sheet"])  # fmt: skip
    for side in SIDES:
        labels = labels.join(
            known.rename({"file": f"{side}_file", "sheet": f"{side}_sheet"}),
            on=[f"{side}_file", f"{side}_sheet"], how="left", maintain_order="left",
        )  # fmt: skip
        source = pl.coalesce(f"{side}_source", "known").alias(f"{side}_source")
        labels = labels.with_columns(source).drop("known")
    return labels


def _keyed(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add what names the pair from either side: ``a``, ``b``, their ``lists``, and the sources."""
    ends = pairs.with_columns(
        *(_text(side, "file", "sheet", "row").alias(f"_{side}") for side in SIDES),
        *(_text(side, "file", "sheet").alias(f"_{side}_list") for side in SIDES),
    )
    turn = pl.col("_left") > pl.col("_right")
    swap = _rank("left_source") > _rank("right_source")
    ends = ends.with_columns(
        *_turned(turn, "_left", "_right", "a", "b"),
        *_turned(turn, "_left_list", "_right_list", "x", "y"),
        *_turned(swap, "left_source", "right_source", "left", "right"),
    )
    lists = pl.concat_str("x", "y", separator="\n").alias("lists")
    source = pl.col("left", "right").replace_strict(
        {r: r for r in _ORDER}, default="unknown", return_dtype=pl.String
    )
    return ends.with_columns(lists, source)


def _turned(turn: pl.Expr, left: str, right: str, first: str, second: str) -> list[pl.Expr]:
    return [
        pl.when(turn).then(right).otherwise(left).alias(first),
        pl.when(turn).then(left).otherwise(right).alias(second),
    ]


def _text(side: str, *names: str) -> pl.Expr:
    return pl.concat_str([pl.col(f"{side}_{n}").cast(pl.String) for n in names], separator="\t")


def _rank(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(_ORDER, default=_UNKNOWN, return_dtype=pl.Int64)


def _count(pairs: pl.DataFrame, which: pl.Expr) -> int:
    return int(pairs.select(which.sum()).item() or 0)


def _rates(judged: pl.DataFrame) -> dict[str, Any]:
    """Precision, recall and F1 of what was accepted, and of what was accepted or left to people."""
    true = _count(judged, pl.col("true"))
    found = {}
    for name, decisions in {
        "accepted": [Decision.ACCEPTED],
        "with_review": [Decision.ACCEPTED, Decision.REVIEW],
    }.items():
        taken = pl.col("decision").is_in(decisions)
        made, right = _count(judged, taken), _count(judged, taken & pl.col("true"))
        found[name] = {
            "precision": rate(right, made),
            "recall": rate(right, true),
            "f1": rate(2 * right, made + true),
        }
    return found


def _by_error(judged: pl.DataFrame) -> list[dict[str, Any]]:
    """Recall of the true pairs with each kind of error; a pair with two kinds counts in both."""
    kinds = (
        judged.filter(pl.col("true") & pl.col("errors").is_not_null())
        .with_columns(kind=pl.col("errors").str.split("+"))
        .explode("kind")
        .group_by("kind")
        .agg(
            pairs=pl.len(),
            accepted=(pl.col("decision") == Decision.ACCEPTED).sum(),
            taken=pl.col("decision").is_not_null().sum(),
        )
        .sort("pairs", "kind", descending=[True, False])
    )
    return [
        {
            "kind": row["kind"],
            "accepted": rate(row["accepted"], row["pairs"]),
            "with_review": rate(row["taken"], row["pairs"]),
        }
        for row in kinds.iter_rows(named=True)
    ]


def _calibration(judged: pl.DataFrame) -> list[dict[str, Any]]:
    """Share true among accepted links in bands of probability, and what was promised."""
    accepted = judged.filter(pl.col("decision") == Decision.ACCEPTED)
    accepted = accepted.drop_nulls("probability")
    bands = []
    above = float("inf")
    for least in BANDS:
        band = accepted.filter((pl.col("probability") >= least) & (pl.col("probability") < above))
        promised = band["probability"].mean()
        bands.append(
            {
                "from": least,
                "to": min(above, 1.0),
                "true": rate(_count(band, pl.col("true")), len(band)),
                "promised": None if promised is None else round(float(str(promised)), 6),
            }
        )
        above = least
    return bands
