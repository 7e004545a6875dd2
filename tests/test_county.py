"""The county generator: same bytes for a seed, valid IDs, errors at their rates, real rows."""

from pathlib import Path

import polars as pl
import pytest
from benchmarks import audit
from benchmarks.county import make
from benchmarks.plan import Plan
from benchmarks.rates import KINDS


def _bytes(folder: Path) -> dict[str, bytes]:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return {str(f.relative_to(folder)): f.read_bytes() for f in files}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("county")
    make(Plan(20_000, 7), out)
    return out


def test_the_same_seed_gives_the_same_bytes_and_another_other_people(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        make(Plan(500, seed), tmp_path / name)
    one, two, other = (_bytes(tmp_path / name) for name in ("one", "two", "other"))
    assert one == two
    assert one["lists/户籍人口.csv"] != other["lists/户籍人口.csv"]


def test_ids_are_valid_rows_exist_and_rates_are_near(county: Path) -> None:
    assert audit.main(county) == 0


def test_every_kind_of_error_occurs(county: Path) -> None:
    truth = [pl.read_parquet(county / "truth" / f"{s}.parquet") for s in ("registry", "roster")]
    seen = {kind for rows in truth for text in rows["errors"].unique() for kind in text.split("+")}
    assert seen == {*KINDS, "none"}
