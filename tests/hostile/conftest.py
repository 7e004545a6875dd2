"""A folder that would be accepted, for a hostile file to be put into."""

from pathlib import Path

import pytest
from tests.acceptance.township import Township, child

from .build import NUMBER


@pytest.fixture
def good(tmp_path: Path) -> Township:
    town = Township(tmp_path)
    town.neighbour().police(child("许诺", NUMBER))
    return town.roster("青溪小学", "六(1)班", child("许诺", NUMBER)).write()
