"""What changed between two runs: one behaviour each, and sums that foot."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec import ids
from rosterrec.frames import PEOPLE_PUBLIC, Proof, Status, conform
from rosterrec.months.changes import GONE, NEW, Change, Month, changes
from rosterrec.months.told import DECISION, EVENTS, OVERTURNED, Told
from rosterrec.settings import Settings

OCTOBER, NOVEMBER = dt.date(2024, 10, 15), dt.date(2024, 11, 15)


def number(sequence: int, birth: str = "20140506") -> str:
    return ids.complete(f"349921{birth}{sequence:03d}")


def child(sequence: int, **facts: Any) -> dict[str, Any]:
    usual = {
        "person_id": f"P{sequence}", "name": f"王{'一二三四五六七八九'[sequence % 9]}明",
        "id_number": number(sequence), "sex": "M", "birth_date": dt.date(2014, 5, 6),
        "village": "上溪村", "household": f"H{sequence}", "status": "local",
        "proof": "not_needed", "flags": "", "registry_rows": "", "roster_rows": "",
    }  # fmt: skip
    return {**usual, **facts}


def month(day: dt.date, *rows: dict[str, Any]) -> Month:
    columns = sorted({key for row in rows for key in row}) or ["person_id"]
    frame = pl.DataFrame(
        [[row.get(c) for c in columns] for row in rows], schema=columns, orient="row"
    )
    return Month(conform(frame, PEOPLE_PUBLIC), Settings(as_of=day))


def kinds(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[str]:
    return changes(month(OCTOBER, *old), month(NOVEMBER, *new)).rows["kind"].to_list()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("local", "dropout", "newly_out"),
        ("review", "not_found", "newly_out"),
        ("dropout", "local", "returned"),
        ("suspended", "county", "returned"),
        ("not_found", "outside", "found"),
        ("not_found", "empty_registration", "filed"),
        ("outside", "local", "moved"),
        ("local", "home_teaching", "moved"),
        ("local", "deceased", "filed"),
        ("outside", "senior", "beyond"),
        ("local", "review", "review_opened"),
        ("review", "county", "review_settled"),
        ("dropout", "no_contact", "status_changed"),
        ("dropout", "review", "review_opened"),
        ("deferred", "local", "status_changed"),
    ],
)
def test_a_status_that_changed_has_one_name(before: str, after: str, kind: str) -> None:
    assert kinds([child(11, status=before)], [child(11, status=after)]) == [kind]


def test_a_status_set_by_hand_that_holds_no_more_is_overturned() -> None:
    set_by_hand = child(11, status="dropout", rule="decided")
    assert kinds([set_by_hand], [child(11, status="local")]) == ["returned", "overturned"]
    again = child(11, status="no_contact", rule="decided")
    assert kinds([set_by_hand], [again]) == ["status_changed", "overturned"]
    assert kinds([set_by_hand], [set_by_hand]) == []


def test_nothing_changed() -> None:
    assert kinds([child(11)], [child(11)]) == []


def test_a_child_who_was_too_young_reached_the_age() -> None:
    young = child(11, birth_date=dt.date(2018, 11, 1), status="not_yet_due")
    assert kinds([], [young]) == ["reached_age"]


def test_a_child_of_the_age_moved_in() -> None:
    assert kinds([], [child(11)]) == ["moved_in"]


def test_a_child_who_turned_sixteen_is_past_the_age_where_the_list_has_none_such() -> None:
    sixteen = child(11, birth_date=dt.date(2008, 11, 1))
    younger = child(22, birth_date=dt.date(2010, 1, 1))
    assert kinds([sixteen, younger], [younger]) == ["past_age"]


def test_a_child_who_turned_sixteen_moved_out_where_the_list_has_older_ones() -> None:
    sixteen = child(11, birth_date=dt.date(2008, 11, 1))
    older = child(22, birth_date=dt.date(2008, 10, 2))
    assert kinds([sixteen, older], [older]) == ["moved_out"]


def test_a_namesake_born_the_same_day_is_said_to_be_unsure() -> None:
    gone = child(11, name="王伟", household=None)
    new = child(33, name="王伟", household=None, person_id="P9")
    assert kinds([gone], [new]) == ["new_unsure", "gone_unsure"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (("outside", "missing"), ("outside", "held"), "proof_obtained"),
        (("outside", "expired"), ("outside", "held"), "proof_obtained"),
        (("county", "missing"), ("county", "not_needed"), "proof_by_registry"),
        (("outside", "held"), ("outside", "expired"), "proof_expired"),
        (("outside", "held"), ("outside", "missing"), "proof_lacking"),
    ],
)
def test_a_proof_that_changed(before: tuple[str, str], after: tuple[str, str], kind: str) -> None:
    old, new = (dict(zip(("status", "proof"), pair, strict=True)) for pair in (before, after))
    assert kinds([child(11, **old)], [child(11, **new)]) == [kind]


def test_a_corrected_number_and_name_are_told_with_what_they_were() -> None:
    found = changes(
        month(OCTOBER, child(11, name="王伟")),
        month(NOVEMBER, child(11, name="王玮琪", id_number=number(33))),
    ).rows
    assert found["kind"].to_list() == ["id_corrected", "name_corrected"]
    assert found["id_before"].to_list() == [number(11)] * 2
    assert found["name_before"].to_list() == ["王伟"] * 2


def test_a_registry_number_put_right_is_a_correction() -> None:
    wrong = child(11, flags="id_invalid,not_on_roster", registry_rows="[a]b!1")
    right = child(11, flags="not_on_roster", registry_rows="[a]b!9")
    assert kinds([wrong], [right]) == ["entry_corrected"]


def test_a_registry_row_that_is_gone_was_not_corrected() -> None:
    wrong = child(11, flags="id_invalid", registry_rows="[a]b!1", roster_rows="[c]d!1")
    gone = child(11, flags="", registry_rows="", roster_rows="[c]d!1")
    assert kinds([wrong], [gone]) == []


proofs = st.sampled_from([str(p) for p in Proof])
children = st.builds(
    child,
    st.integers(1, 12),
    status=st.sampled_from([str(s) for s in Status]),
    proof=proofs,
    birth_date=st.dates(dt.date(2008, 1, 1), dt.date(2019, 1, 1)),
)
lists = st.lists(children, max_size=10, unique_by=lambda c: c["person_id"])


@settings(max_examples=30, deadline=None)
@given(lists, lists)
def test_before_plus_and_minus_make_after(
    old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> None:
    away = {"county", "outside"}
    for row in (*old, *new):
        row["proof"] = row["proof"] if row["status"] in away else "not_needed"
    before, after = month(OCTOBER, *old), month(NOVEMBER, *new)
    found = changes(before, after)
    figures = found.figures
    assert figures["population_before"] + figures["new"] - figures["gone"] == len(new)
    now = dict(after.people["status"].value_counts().iter_rows())
    for status in map(str, Status):
        arrived = sum(f["n"] for f in figures["flows"] if f["to"] == status)
        left = sum(f["n"] for f in figures["flows"] if f["from"] == status)
        assert figures["statuses_before"][status] + arrived - left == now.get(status, 0)
    proof = figures["missing_proof"]
    settled = proof["obtained"] + proof["by_registry"] + proof["no_longer_away"]
    assert proof["before"] + proof["newly"] - settled == proof["after"]
    assert proof["no_longer_away"] >= 0
    for side in (NEW, GONE):
        rows = found.rows.filter(pl.col("kind").is_in([str(k) for k in side]))
        assert rows["person_id"].is_unique().all()
    assert set(found.rows["kind"]) <= {str(k) for k in Change}


def told(
    overturned: list[tuple[Any, ...]] | None = None, events: list[tuple[str, ...]] | None = None
) -> Told:
    return Told(
        pl.DataFrame(overturned or [], schema=OVERTURNED, orient="row"),
        pl.DataFrame(events or [], schema=EVENTS, orient="row"),
    )


def test_a_decision_of_a_pair_that_is_overturned_is_told_with_both_verdicts() -> None:
    said = told([("P11", "pair", "same", "different", 3, 7)])
    found = changes(month(OCTOBER, child(11)), month(NOVEMBER, child(11)), said).rows
    assert found.select("kind", "person_id", *DECISION).rows() == [
        ("overturned", "P11", "same", "different", 3, 7)
    ]


def test_a_status_that_was_set_anew_is_told_once() -> None:
    before = month(OCTOBER, child(11, status="dropout", rule="decided"))
    after = month(NOVEMBER, child(11, status="local"))
    said = told([("P11", "status", "dropout", "retracted", 3, 4)])
    found = changes(before, after, said).rows.filter(pl.col("kind") == Change.OVERTURNED)
    assert found["decision"].to_list() == ["retracted"]


def test_two_decisions_of_one_child_are_two_rows_in_their_order() -> None:
    both = [("P11", "pair", "same", "retracted", 5, 9), ("P11", "pair", "same", "disputed", 2, 8)]
    found = changes(month(OCTOBER, child(11)), month(NOVEMBER, child(11)), told(both))
    assert found.rows["seq_before"].to_list() == [2, 5]
    assert found.figures["kinds"]["overturned"] == 2


def test_an_id_that_is_merged_is_gone_into_the_row_of_whoever_stays() -> None:
    before = month(OCTOBER, child(11, row=4), child(12, row=5))
    after = month(NOVEMBER, child(11, row=9))
    found = changes(before, after, told(events=[("merged", "P11", "P12")]))
    assert found.rows.select("kind", "person_id", "row_before", "row").rows() == [
        ("merged", "P12", 5, 9)
    ]
    assert (found.figures["gone"], found.figures["kinds"]["moved_out"]) == (1, 0)


def test_an_id_that_is_split_off_is_new_out_of_the_row_where_both_were() -> None:
    before = month(OCTOBER, child(11, row=4))
    after = month(NOVEMBER, child(11, row=4), child(12, row=5))
    found = changes(before, after, told(events=[("split", "P11", "P12")]))
    assert found.rows.select("kind", "person_id", "row_before", "row").rows() == [
        ("split", "P12", 4, 5)
    ]
    assert (found.figures["new"], found.figures["kinds"]["moved_in"]) == (1, 0)


def test_a_merge_of_children_who_are_both_on_the_list_again_is_no_change() -> None:
    both = month(OCTOBER, child(11), child(12)), month(NOVEMBER, child(11), child(12))
    assert not len(changes(*both, told(events=[("merged", "P11", "P12")])).rows)
