"""Whether the birthdates of a list witness beside its numbers."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from listed import records
from rosterrec import frames
from rosterrec.assign.witness import birthdates_of_their_own
from rosterrec.frames import Field, Records, Role
from rosterrec.ids import complete
from rosterrec.link import link

BORN = dt.date(2012, 3, 4)
MANY = 4_000


def rows(differing: int, many: int = MANY, basis: str = "stated") -> Records:
    """Rows of whom so many have another birthdate than their number says."""
    births = [BORN + dt.timedelta(days=n < differing) for n in range(many)]
    told = pl.DataFrame({"rec": range(many), "birth": births, "birth_basis": basis}).with_columns(
        id=pl.lit(complete(f"349921{BORN:%Y%m%d}011"))
    )
    return Records(frames.conform(told, frames.RECORDS))


@pytest.mark.parametrize(
    ("list_", "own"),
    [
        (rows(MANY // 200), True),
        (rows(MANY // 200 - 1), False),  # read out of the numbers, or nearly all of them
        (rows(100, many=2_999), False),  # too few to tell
        (rows(MANY // 200, basis="id"), False),  # none stands there
    ],
)
def test_a_list_whose_birthdates_sometimes_differ_has_its_own(list_: Records, own: bool) -> None:
    assert birthdates_of_their_own(list_) is own


def child(n: int, name: str, off: int = 0) -> dict[Field, str]:
    """A row whose birthdate is so many days after that of its number."""
    born = dt.date(2009, 9, 1) + dt.timedelta(days=n)
    stated = born + dt.timedelta(days=off)
    return {
        Field.NAME: name, Field.ID: complete(f"349921{born:%Y%m%d}011"),
        Field.BIRTH: stated.isoformat(), Field.SEX: "男",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("every", "rows_of_her", "decision"),
    [
        (50, ["林馨月"], "accepted id_birth_and_part_of_name"),
        (0, ["林馨月"], "review id_with_other_name"),  # birthdates are those of the numbers
        (50, ["林馨怡", "林馨月"], "accepted id_and_name"),  # her own row is there
    ],
)
def test_one_wrong_character_under_number_and_birthdate(
    every: int, rows_of_her: list[str], decision: str
) -> None:
    many, n = 3_200, 3_200
    others = [child(i, f"周{chr(0x4E00 + i)}") for i in range(many)]
    listed = [
        child(i, f"周{chr(0x4E00 + i)}", off=bool(every) and i % every == 0) for i in range(many)
    ]
    left = records(Role.POPULATION, [*others, child(n, "林馨怡")])
    right = records(Role.REGISTRY, [*listed, *(child(n, name) for name in rows_of_her)])
    found = link(left, right, Role.POPULATION, Role.REGISTRY).links
    of_her = found.filter(pl.col("left") == n)
    told = of_her.select(pl.concat_str("decision", "basis", separator=" ")).to_series()
    assert set(told) == {decision}
