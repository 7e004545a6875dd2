"""Both sample months against their truth: nobody missing, nobody wrong outside review."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import polars as pl
import pytest

from .outcome import cause, rosterrec

SAMPLES = Path(__file__).parents[2] / "sample_data"
MONTHS = {"2024-10": dt.date(2024, 10, 15), "2024-11": dt.date(2024, 11, 15)}
#: Share of the children that may wait for a person.
REVIEW_SHARE = 0.03


@pytest.fixture(scope="module", params=sorted(MONTHS))
def month(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The people of one month beside their truth."""
    name = str(request.param)
    lists = shutil.copytree(SAMPLES / name, tmp_path_factory.mktemp(name) / name)
    result = rosterrec("match", str(lists), "--as-of", MONTHS[name].isoformat())
    assert result.exit_code == 0, (result.output, cause(result))
    out = lists / "rosterrec"
    folder = out / (out / "latest.txt").read_text(encoding="utf-8").strip()
    people = pl.read_parquet(folder / "people.parquet")
    truth = pl.read_csv(SAMPLES / "expected" / f"{name}.csv", infer_schema=False)
    truth = truth.with_columns(pl.col("row").cast(pl.Int64)).rename(
        {
            c: f"true_{c}"
            for c in truth.columns
            if c not in {"file", "sheet", "row", "person", "case"}
        }
    )
    return truth.join(people, on=["file", "sheet", "row"], how="full", coalesce=True)


def shown(frame: pl.DataFrame) -> str:
    """The rows of a failure in words."""
    columns = [
        "row",
        "case",
        "name",
        "true_status",
        "status",
        "true_proof",
        "proof",
        "rule",
        "flags",
    ]
    with pl.Config(tbl_rows=60, tbl_width_chars=200, fmt_str_lengths=40):
        return str(frame.select(columns))


def test_every_child_of_the_police_list_is_accounted_for_once(month: pl.DataFrame) -> None:
    missing = month.filter(pl.col("status").is_null() | pl.col("true_status").is_null())
    assert missing.is_empty(), shown(missing)
    assert month["person_id"].is_unique().all()


def test_no_status_is_wrong_outside_review(month: pl.DataFrame) -> None:
    wrong = month.filter(
        (pl.col("status") != pl.col("true_status")) & (pl.col("status") != "review")
    )
    assert wrong.is_empty(), shown(wrong)


def test_review_is_small_and_only_where_the_lists_cannot_settle(month: pl.DataFrame) -> None:
    waiting = month.filter(pl.col("status") == "review")
    assert len(waiting) <= REVIEW_SHARE * len(month)
    needless = waiting.filter(
        (pl.col("true_status") != "review") & (pl.col("true_review_allowed") != "true")
    )
    assert needless.is_empty(), shown(needless)


def test_proofs_are_judged_right(month: pl.DataFrame) -> None:
    settled = month.filter(pl.col("status") == pl.col("true_status"))
    wrong = settled.filter(pl.col("proof") != pl.col("true_proof"))
    assert wrong.is_empty(), shown(wrong)


def test_every_demanded_flag_is_raised(month: pl.DataFrame) -> None:
    demanded = month.with_columns(
        lacking=pl.col("true_flags")
        .fill_null("")
        .str.split(",")
        .list.set_difference(pl.col("flags").fill_null("").str.split(","))
        .list.join(",")
    ).filter((pl.col("lacking") != "") & (pl.col("status") == pl.col("true_status")))
    assert demanded.is_empty(), shown(demanded.with_columns(rule="lacking"))
