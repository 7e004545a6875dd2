"""Standing decisions brought to this month's records, and what becomes of each."""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterrec import frames
from rosterrec.frames import DECISIONS, JUDGEMENTS, Records, Role
from rosterrec.ledger.judgements import Judged, judge
from rosterrec.ledger.keys import with_keys
from rosterrec.ledger.standing import STANDING
from rosterrec.settings import Settings

SETTINGS = Settings(as_of=dt.date(2024, 10, 15))


def records(*names: str, number: str | None = None) -> Records:
    rows = {
        "rec": range(len(names)),
        "name_key": names,
        "birth": [dt.date(2014, 3, 5)] * len(names),
    }
    frame = pl.DataFrame(rows).with_columns(id=pl.lit(number, dtype=pl.String))
    return Records(frames.conform(frame, frames.RECORDS))


#: In either list in another order, so that keys and rows do not run alike.
LISTS = {Role.POPULATION: records("甲", "乙", "丙"), Role.REGISTRY: records("丙", "乙", "甲")}


def key(role: Role, rec: int, lists: dict[Role, Records] = LISTS) -> str:
    return str(with_keys(lists[role], role)["key"][rec])


def pair(left: str, right: str, verdict: str = "same", **more: str) -> dict[str, object]:
    return {"kind": "pair", "left_key": left, "right_key": right, "verdict": verdict, **more}


def judged(*rows: dict[str, object], lists: dict[Role, Records] = LISTS) -> Judged:
    plain = {"at": "2024-10-01T00:00:00Z", "who": "王", "right_key": "", "verdict": ""}
    numbered = [{"seq": at, **plain, **row} for at, row in enumerate(rows, 1)]
    return judge(pl.DataFrame(numbered, schema=STANDING), lists, SETTINGS)


def states(found: Judged) -> list[str]:
    return found.decisions["state"].to_list()


A, B = key(Role.POPULATION, 0), key(Role.POPULATION, 1)
X, Y = key(Role.REGISTRY, 2), key(Role.REGISTRY, 1)


def test_decisions_on_pairs_bind_the_records_that_their_keys_name() -> None:
    found = judged(pair(A, X), pair(B, X, "different"))
    assert found.pairs.rows() == [
        ("population", "registry", 0, 2, "same"),
        ("population", "registry", 1, 2, "different"),
    ]
    assert dict(found.pairs.schema) == JUDGEMENTS
    assert dict(found.decisions.schema) == DECISIONS
    assert found.decisions.select("state", "left", "right").rows() == [
        ("applied", 0, 2), ("applied", 1, 2),
    ]  # fmt: skip


def test_a_changed_record_makes_a_decision_stale_and_names_who_took_its_place() -> None:
    parts = A.split(".")
    moved = ".".join([*parts[:2], "0" * 12, *parts[3:]])
    found = judged(pair(moved, X))
    assert (states(found), found.pairs.is_empty()) == (["stale"], True)
    assert found.decisions.select("left", "right").rows() == [(0, 2)]


def test_a_record_on_no_list_rests_and_still_joins_what_it_joined() -> None:
    gone = "roster.000000000000.-.-.-"
    found = judged(pair(A, gone), pair(X, gone))
    assert states(found) == ["absent", "absent"]
    assert found.pairs.rows() == [("population", "registry", 0, 2, "same")]


def test_decisions_that_contradict_each_other_are_disputed() -> None:
    found = judged(pair(A, X), pair(A, X, "different"), pair(B, Y))
    assert states(found) == ["disputed", "disputed", "applied"]
    assert found.pairs["verdict"].to_list() == ["disputed", "same"]


def test_rows_of_one_number_are_all_the_childs() -> None:
    number = "349921201403050014"
    lists = {**LISTS, Role.REGISTRY: records("甲", "甲", number=number)}
    found = judged(pair(A, key(Role.REGISTRY, 0, lists)), lists=lists)
    assert found.pairs.select("left", "right").rows() == [(0, 0), (0, 1)]


def test_two_of_one_list_stand_in_the_order_of_the_list() -> None:
    for one, other in ((A, B), (B, A)):
        assert judged(pair(one, other)).pairs.select("left", "right").rows() == [(0, 1)]


def test_a_status_holds_of_one_record_and_keeps_its_remark() -> None:
    status = {"kind": "status", "left_key": B, "verdict": "abroad"}
    found = judged({**status, "reason": "护照", "note": "村委会"}, {**status, "note": ""})
    assert found.people.select("rec", "hand_status").rows() == [(1, "abroad")]
    assert found.decisions["remark"].to_list() == ["护照; 村委会", None]
    assert found.decisions["right_source"].to_list() == [None, None]


def test_two_statuses_of_a_child_are_disputed() -> None:
    status = {"kind": "status", "left_key": B}
    found = judged({**status, "verdict": "abroad"}, {**status, "verdict": "custody"})
    assert states(found) == ["disputed", "disputed"]
