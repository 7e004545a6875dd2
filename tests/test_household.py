"""What the linked child of a household tells about the others."""

from __future__ import annotations

import polars as pl

from rosterrec import frames
from rosterrec.frames import Links, Records
from rosterrec.link.household import with_family


def records(*rows: dict[str, object]) -> Records:
    full = [{"rec": i, **row} for i, row in enumerate(rows)]
    return Records(frames.conform(pl.DataFrame(full, infer_schema_length=None), frames.RECORDS))


def accepted(left: int, right: int) -> Links:
    link = pl.DataFrame({"left": [left], "right": [right], "decision": ["accepted"]})
    return Links(frames.conform(link, frames.LINKS))


def test_the_grandmother_on_one_row_counts_for_the_open_sibling() -> None:
    left = records(
        {"household": "7", "guardians": "父"}, {"household": "7", "guardians": "父"},
        {"household": "8", "guardians": "他"},
    )  # fmt: skip
    right = records({"guardians": "祖母", "phone": "13000000001"}, {"guardians": "祖母"})
    known, learnt = with_family(left, right, accepted(0, 0))
    assert learnt.to_list() == [1]
    assert known["guardians"].to_list() == ["父", "父|祖母", "他"]
    assert known["phone"].to_list() == [None, "13000000001", None]


def test_a_family_that_is_known_already_teaches_nothing() -> None:
    left = records({"household": "7", "guardians": "父"}, {"household": "7", "guardians": "父"})
    _, learnt = with_family(left, records({"guardians": "父"}), accepted(0, 0))
    assert learnt.is_empty()
