"""What is true of every row: whose it is, what is wrong in it, and which rows belong together."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.fates import FATES, Fortunes
from benchmarks.lists import Table
from benchmarks.plan import Plan
from benchmarks.rates import bit, words
from benchmarks.sheet import County

#: Lists whose rows are paired with each other; the population with every list besides.
_PAIRED = [("population", o) for o in ("registry", "roster", "whereabouts", "filing")] + [
    ("registry", "roster")
]


class Truth:
    """Numbers the rows of each list as it is written, and remembers whose they are."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._folder = folder
        self._rows: dict[str, pl.DataFrame] = {}

    def add(self, source: str, table: Table, files: Path) -> None:
        """Shuffle a list, write its files and keep person, row and errors of each row.

        The header is row 1 of a file, as a person counts.
        """
        order = self._plan.chance(f"shuffle {source}").permutation(len(table.rows))
        rows = table.rows.select(pl.all().gather(order))
        kept = [c for c in ("file", "person", "errors", "second") if c in rows.columns]
        names = rows["file"].unique().sort()
        parts = []
        for name in names:
            part = rows if len(names) == 1 else rows.filter(pl.col("file") == name)
            part.select(table.order).write_csv(files / name)
            parts.append(part.select(kept).with_columns(row=pl.int_range(2, len(part) + 2)))
        if not parts:
            rows.select(table.order).write_csv(
                files / {"filing": "备案.csv"}.get(source, f"{source}.csv")
            )
            parts = [rows.select(kept).with_columns(row=pl.lit(0, dtype=pl.Int64))]
        self._rows[source] = pl.concat(parts)
        if source != "population":
            _written(self._rows[source]).write_parquet(self._folder / f"{source}.parquet")

    def people(self, county: County, fortunes: Fortunes) -> None:
        """One row per row of the population list: status, proof, and how the child came by it."""
        listed = self._rows["population"].select("file", "row", "person")
        at = fortunes.fate[listed["person"].to_numpy()]
        told = {
            name: pl.Series([getattr(f, name) for f in FATES]).gather(at)
            for name in ("status", "proof", "name")
        }
        person = listed["person"].to_numpy()
        listed.with_columns(
            status=told["status"],
            proof=told["proof"],
            fate=told["name"],
            household=pl.Series(county.people.home[person]),
            twin=pl.Series(county.people.twin[person] >= 0),
            namesake=self._namesakes(county).gather(person),
            swapped=pl.col("person").is_in(self._swapped().implode()),
        ).sort("row").write_parquet(self._folder / "people.parquet")

    def _swapped(self) -> pl.Series:
        """Children with a row that has a sibling's number: review is right for them as well."""
        mask = bit("id_swapped_with_sibling")
        return pl.concat(
            rows.filter(pl.col("errors") & mask != 0)["person"]
            for source, rows in sorted(self._rows.items())
            if source != "population"
        )

    @staticmethod
    def _namesakes(county: County) -> pl.Series:
        """Whether another child of the county has the same name and birthdate, for everyone."""
        frame = pl.DataFrame({"name": county.names, "birth": county.people.birth})
        return frame.select(pl.len().over("name", "birth") > 1).to_series()

    def pairs(self) -> None:
        """A file for each pair of lists: every two rows of one child, with the errors of both."""
        for left, right in _PAIRED:
            sides = [
                self._rows[source].select(
                    "person",
                    pl.col("^second$"),
                    pl.col("file").alias(f"{side}_file"),
                    pl.col("row").alias(f"{side}_row"),
                    pl.col("errors").alias(f"{side}_errors"),
                )
                for side, source in (("left", left), ("right", right))
            ]
            both = sides[0].join(sides[1], on="person")
            both = both.with_columns(errors=pl.col("left_errors") | pl.col("right_errors"))
            _written(both.drop("left_errors", "right_errors")).sort(
                "left_row", "right_row", "right_file"
            ).write_parquet(self._folder / f"{left}-{right}.parquet")


def _written(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with their errors in words."""
    masks = rows["errors"].unique().sort()
    table = pl.DataFrame(
        {"errors": masks, "words": pl.Series([words(m) for m in masks], dtype=pl.String)}
    )
    return (
        rows.join(table, on="errors", how="left", maintain_order="left")
        .with_columns(errors="words")
        .drop("words")
    )
