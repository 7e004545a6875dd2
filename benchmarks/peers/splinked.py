"""Splink with settings that its authors would call expert, on DuckDB."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import polars as pl

from benchmarks.peers.entry import Timer, hand_in, lists

#: Random pairs for u. Of its default, a million, Splink warns that it may be too small; ten million
#: its manual calls often adequate for trying models out, and a hundred million is its example.
_RANDOM_PAIRS = {"splink": 1e7, "splink-1m": 1e6, "splink-100m": 1e8}
_SEED = 1
#: Pairs below this are not worth ranking; a decision is what Splink's guides use.
_LEAST, _DECIDE = 0.01, 0.95

#: Twins share fifteen digits too, so that zeros must follow them on one side.
_ROUNDED = "id15_l = id15_r and (right(id_l, 3) = '000' or right(id_r, 3) = '000')"
_ONE_OTHER = "length(name_l) = length(name_r) and levenshtein(name_l, name_r) = 1"

_RULES = [
    ("id",),
    ("name", "birth"),
    ("birth", "surname"),
    ("name", "year"),
    ("id17",),
    ("id15",),
]


def link(folder: Path, name: str) -> None:
    """Train without labels, score every blocked pair."""
    timer = Timer()
    left, right = lists(folder)
    with timer.part("prepare"):
        sound = _sounds(left, right)
        sides = [_prepared(side, sound) for side in (left, right)]
    with timer.part("link"):
        scored = predict(
            sides, _comparisons(), _RULES, [("id",), ("name", "birth")], _RANDOM_PAIRS[name]
        )
    pairs = scored.select(
        left_row="unique_id_l",
        right_row="unique_id_r",
        score="match_weight",
        decided=pl.col("match_probability") >= _DECIDE,
    )
    hand_in(folder, name, pairs, timer)


def predict(
    sides: list[pl.DataFrame],
    comparisons: list[Any],
    rules: list[tuple[str, ...]],
    sure: list[tuple[str, ...]],
    random_pairs: float,
    least: float = _LEAST,
) -> pl.DataFrame:
    """Scored pairs of two lists.

    Args:
        sides: both lists with ``unique_id``.
        comparisons: comparison levels of each feature.
        rules: columns that must agree for two rows to be compared, rule by rule.
        sure: rules that nearly always mean one person; the model is trained on either.
        random_pairs: how many to learn from how often people agree by chance.
        least: pairs less likely are left out.
    """
    linker = _linker(sides, comparisons, rules)
    _train(linker.training, sure, random_pairs)
    scored = linker.inference.predict(threshold_match_probability=least)
    with NamedTemporaryFile(suffix=".parquet") as file:
        scored.to_parquet(file.name, overwrite=True)
        return pl.read_parquet(Path(file.name).read_bytes())


def _linker(sides: list[pl.DataFrame], comparisons: list[Any], rules: list[tuple[str, ...]]) -> Any:
    """Splink with both lists in its database; names sort so that the first is the left one."""
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    connection = duckdb.connect()
    database = DuckDBAPI(connection)
    tables = []
    for side, name in zip(sides, ("a_left", "b_right"), strict=True):
        with NamedTemporaryFile(suffix=".parquet") as file:
            side.write_parquet(file.name)
            connection.execute(f"create table {name} as from read_parquet('{file.name}')")
        tables.append(database.register(name, dataset_display_name=name))
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
        retain_matching_columns=False,
    )
    return Linker(tables, settings)


def _train(training: Any, sure: list[tuple[str, ...]], random_pairs: float) -> None:
    """The prior from sure rules, u from random pairs, m by expectation maximisation."""
    from splink import block_on

    certain = [block_on(*rule) for rule in sure]
    training.estimate_probability_two_random_records_match(certain, recall=0.95)
    training.estimate_u_using_random_sampling(max_pairs=random_pairs, seed=_SEED)
    for rule in certain:
        training.estimate_parameters_using_expectation_maximisation(rule)


def _sounds(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Toneless pinyin of every name."""
    from pypinyin import lazy_pinyin

    names = pl.concat([left["name"], right["name"]]).drop_nulls().unique()
    return pl.DataFrame({"name": names, "pinyin": [" ".join(lazy_pinyin(n)) for n in names]})


def _prepared(rows: pl.DataFrame, sound: pl.DataFrame) -> pl.DataFrame:
    number = pl.col("id")
    return rows.join(sound, on="name", how="left").select(
        "id", "name", "pinyin", "birth", "sex",
        unique_id="row",
        surname=pl.col("name").str.slice(0, 1),
        year=pl.col("birth").str.slice(0, 4),
        swapped=pl.col("birth").str.replace(r"^(\d{4})-(\d\d)-(\d\d)$", "$1-$3-$2"),
        id17=pl.when(number.str.len_chars() >= 17).then(number.str.slice(0, 17)),
        id15=pl.when(number.str.len_chars() >= 15).then(number.str.slice(0, 15)),
    )  # fmt: skip


def _comparisons() -> list[Any]:
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    number = [
        levels.NullLevel("id"),
        levels.ExactMatchLevel("id"),
        levels.DamerauLevenshteinLevel("id", 1),
        levels.CustomLevel(_ROUNDED, "rounded by a spreadsheet"),
        levels.ElseLevel(),
    ]
    name = [
        levels.NullLevel("name"),
        levels.ExactMatchLevel("name", term_frequency_adjustments=True),
        levels.ExactMatchLevel("pinyin"),
        levels.Or(
            levels.JaroWinklerLevel("name", 0.8), levels.CustomLevel(_ONE_OTHER, "one character")
        ),
        levels.ElseLevel(),
    ]
    birth = [
        levels.NullLevel("birth"),
        levels.ExactMatchLevel("birth"),
        levels.CustomLevel("birth_l = swapped_r", "day and month swapped"),
        levels.DamerauLevenshteinLevel("birth", 1),
        levels.ExactMatchLevel("year"),
        levels.ElseLevel(),
    ]
    of = {"id": number, "name": name, "birth": birth}
    custom = [library.CustomComparison(ladder, field) for field, ladder in of.items()]
    return [*custom, library.ExactMatch("sex")]
