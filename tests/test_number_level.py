"""How far two ID numbers agree."""

from __future__ import annotations

import polars as pl
import pytest

from listed import records
from rosterrec import frames, ids
from rosterrec.compare import compare
from rosterrec.frames import Field, Pairs, Role

OWN = ids.complete("34992120140506001")


@pytest.mark.parametrize(
    ("written", "level"),
    [
        (OWN, "equal"),
        (OWN[:15] + "000", "partial"),
        ("3.49921201405E+17", "missing"),
        ("3.49921E+17", "missing"),
        ("4.40106E+17", "different"),
        ("", "missing"),
    ],
)
def test_what_a_spreadsheet_leaves_of_a_number_never_speaks_against_its_owner(
    written: str, level: str
) -> None:
    child = {Field.NAME: "王伟", Field.BIRTH: "20140506"}
    left = records(Role.POPULATION, [{**child, Field.ID: OWN}])
    right = records(Role.REGISTRY, [{**child, Field.ID: written}])
    pair = Pairs(frames.conform(pl.DataFrame({"left": [0], "right": [0]}), frames.PAIRS))
    assert compare(pair, left, right)["id_level"].to_list() == [level]
