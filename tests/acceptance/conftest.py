"""An empty township per test."""

from pathlib import Path

import pytest

from .township import Township


@pytest.fixture
def town(tmp_path: Path) -> Township:
    return Township(tmp_path / "本月")
