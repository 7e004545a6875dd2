"""Marks for pairs against the truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

_ROWS = ["left_row", "right_row"]


class Referee:
    """Knows which rows of the police list and the registry are one child."""

    def __init__(self, folder: Path, *, alike: bool) -> None:
        """Read the truth.

        Args:
            folder: the county.
            alike: registry rows with an ID that are alike in all four columns count as one row,
                since nothing there tells a second registration from a row written twice.
        """
        truth = folder / "truth"
        self._first = _first_alike(folder) if alike else None
        pairs = pl.read_parquet(truth / "population-registry.parquet").select(*_ROWS, "errors")
        self.true = self._one_row(pairs).unique(_ROWS, keep="first", maintain_order=True)
        self._people = pl.read_parquet(truth / "people.parquet").select(
            "person", "household", "twin", left_row="row"
        )
        self._owner = pl.read_parquet(truth / "registry.parquet").select("person", right_row="row")

    def marks(self, pairs: pl.DataFrame) -> dict[str, Any]:
        """All marks of a contestant: at its own decision, and of its ranking at the best cut."""
        judged = self._judged(pairs)
        own = judged.filter("decided")
        single = resolved(judged)
        return {
            "own": self.rates(own),
            "own_resolved": self.rates(resolved(own)),
            "best_raw": self.best(judged),
            "best_resolved": self.best(single),
            "twin_merges": self.twin_merges(own),
            "errors": self.by_error(own),
        }

    def ranking(self, pairs: pl.DataFrame) -> dict[str, Any]:
        """Marks of a ranking alone."""
        judged = self._judged(pairs)
        return {"best_raw": self.best(judged), "best_resolved": self.best(resolved(judged))}

    def _one_row(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """The pairs with the first of like registry rows in place of each."""
        if self._first is None:
            return pairs
        return pairs.with_columns(pl.col("right_row").replace(*self._first))

    def _judged(self, pairs: pl.DataFrame) -> pl.DataFrame:
        once = self._one_row(pairs).sort("score", descending=True).unique(_ROWS, keep="first")
        told = self.true.select(*_ROWS, true=pl.lit(value=True))
        return once.join(told, on=_ROWS, how="left").with_columns(
            pl.col("true").fill_null(value=False)
        )

    def rates(self, pairs: pl.DataFrame) -> dict[str, Any]:
        """Precision, recall and F1 with their counts."""
        right = self._judged(pairs) if "true" not in pairs.columns else pairs
        return _rates(int(right["true"].sum()), len(right), len(self.true))

    def best(self, judged: pl.DataFrame) -> dict[str, Any]:
        """Rates at the cut of the score that gives the best F1."""
        cuts = (
            judged.group_by("score")
            .agg(made=pl.len(), right=pl.col("true").sum())
            .sort("score", descending=True)
            .with_columns(pl.col("made", "right").cum_sum())
            .with_columns(f1=2 * pl.col("right") / (pl.col("made") + len(self.true)))
        )
        if not len(cuts):
            return _rates(0, 0, len(self.true))
        best = cuts.sort("f1", "score", descending=True).row(0, named=True)
        return {**_rates(best["right"], best["made"], len(self.true)), "at": best["score"]}

    def twin_merges(self, own: pl.DataFrame) -> int:
        """False pairs of a twin with a row of another twin of the household."""
        wrong = self._judged(own.select("left_row", "right_row", "score")).filter(~pl.col("true"))
        owner = self._people.select("person", owner_home="household", owner_twin="twin")
        placed = wrong.join(self._people, on="left_row").join(self._owner, on="right_row")
        met = placed.join(owner, left_on="person_right", right_on="person")
        same = pl.col("twin") & pl.col("owner_twin") & (pl.col("household") == pl.col("owner_home"))
        return len(met.filter(same))

    def by_error(self, pairs: pl.DataFrame) -> dict[str, list[int]]:
        """Of the true pairs with each kind of error: how many were found, how many there are."""
        found = self.true.join(
            self._one_row(pairs).select(*_ROWS, found=pl.lit(value=True)).unique(),
            on=_ROWS,
            how="left",
        )
        kinds = (
            found.with_columns(kind=pl.col("errors").str.split("+"))
            .explode("kind")
            .group_by("kind")
            .agg(pl.col("found").sum(), pairs=pl.len())
            .sort("pairs", "kind", descending=True)
        )
        return {kind: [int(hit), int(all_)] for kind, hit, all_ in kinds.iter_rows()}


def _first_alike(folder: Path) -> tuple[pl.Series, pl.Series]:
    """Registry rows that repeat one above in ID, name, birthdate and sex, and the first such."""
    rows = pl.read_csv(folder / "peers" / "right.csv", infer_schema=False)
    same = ["id", "name", "birth", "sex"]
    rows = rows.drop_nulls("id").select(
        row=pl.col("row").cast(pl.Int64), first=pl.col("row").first().over(same).cast(pl.Int64)
    )
    again = rows.filter(pl.col("row") != pl.col("first"))
    return again["row"], again["first"]


def resolved(pairs: pl.DataFrame) -> pl.DataFrame:
    """Every registry row with its one best owner; of owners that tie the first on the list."""
    best = pairs.sort(["score", "left_row"], descending=[True, False])
    return best.unique("right_row", keep="first", maintain_order=True)


def _rates(right: int, made: int, true: int) -> dict[str, Any]:
    return {
        "precision": right / made if made else None,
        "recall": right / true if true else None,
        "f1": 2 * right / (made + true) if made + true else None,
        "right": right,
        "made": made,
        "true": true,
    }
