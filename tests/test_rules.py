"""Rules on literal evidence: which status wins when several lists speak."""

import datetime as dt

import polars as pl
import pytest

from rosterrec.classify.evidence import LASTING
from rosterrec.classify.proof import current, proof_state
from rosterrec.classify.rules import RULES, decide
from rosterrec.frames import FilingKind, Status
from rosterrec.settings import Settings

SETTINGS = Settings(as_of=dt.date(2024, 10, 15))

_TEXT = [
    "reg_status", "reg_where", "reg_stage", "ros_where", "ros_stage", "led_claim",
    "hand_status", "hand_seen",
]  # fmt: skip
_NUMBER = ["reg_grade", "ros_grade", "led_attempts", "age_at_cutoff"]
_TRUTH = [
    "reg_is_any", "reg_is_supplied", "reg_is_home_taught", "reg_is_senior_any", "ros_is_any",
    "ros_is_home_taught", "led_is_any", "led_is_proof", "led_is_supplied", "is_due",
    "fil_is_severe", "fil_is_undocumented", "fil_is_lasting_undocumented", "fil_is_expired",
    "doubt_is_open", "doubt_is_swap", "doubt_is_shared", "doubt_is_other_id", "doubt_is_ledger",
    "doubt_is_twice", "hand_is_disputed", "hand_is_twice",
    *(f"fil_is_{kind}" for kind in FilingKind), *(f"fil_is_{kind}_good" for kind in FilingKind),
]  # fmt: skip


def child(**evidence: object) -> pl.DataFrame:
    """One child with this evidence and nothing else, ten years old and due at school."""
    row: dict[str, object] = dict.fromkeys([*_TEXT, *_NUMBER])
    row |= dict.fromkeys(_TRUTH, False) | {"is_due": True, "age_at_cutoff": 10}
    row |= {"led_proof_date": None}
    schema: dict[str, type[pl.DataType]] = {
        **dict.fromkeys(_TEXT, pl.String),
        **dict.fromkeys(_NUMBER, pl.Int64),
        **dict.fromkeys(_TRUTH, pl.Boolean),
        "led_proof_date": pl.Date,
    }
    unknown = evidence.keys() - row.keys()
    assert not unknown
    frame = pl.DataFrame([row | evidence], schema=schema)
    return frame.with_columns(led_is_proven=current(SETTINGS))


def status(**evidence: object) -> str:
    return str(decide(child(**evidence))["status"].item())


def proof(**evidence: object) -> str:
    return str(decide(child(**evidence)).select(proof_state(SETTINGS)).item())


REGISTERED_HERE = {"reg_is_any": True, "reg_status": "active", "reg_where": "local"}
ON_ROSTER = {"ros_is_any": True, "ros_where": "local"}
PROVEN = {"led_is_any": True, "led_is_proof": True, "led_proof_date": dt.date(2024, 9, 10)}


def test_a_status_set_by_hand_binds_while_the_lists_say_what_they_said() -> None:
    assert status(hand_status="dropout", hand_seen="not_found") == "dropout"
    assert status(hand_status="dropout", hand_seen="not_found", **ON_ROSTER) == "local"


def test_two_who_set_different_statuses_must_agree() -> None:
    assert status(hand_is_disputed=True, **ON_ROSTER) == "review"


def test_a_child_confirmed_to_be_on_the_list_twice_waits_for_the_police() -> None:
    assert status(hand_is_twice=True) == "review"


def test_a_place_set_by_hand_needs_a_proof() -> None:
    assert proof(hand_status="outside") == "missing"


def test_nothing_anywhere_is_not_found() -> None:
    assert status() == "not_found"


def test_a_home_roster_is_at_school_at_home() -> None:
    assert status(**ON_ROSTER) == "local"


def test_the_registry_alone_does_not_put_a_child_at_a_school_whose_roster_lacks_it() -> None:
    assert status(**REGISTERED_HERE, reg_is_supplied=True) == "not_found"


def test_the_registry_counts_where_the_roster_was_not_supplied() -> None:
    assert status(**REGISTERED_HERE) == "local"


def test_absent_from_the_roster_but_proven_outside_is_outside() -> None:
    evidence = {**REGISTERED_HERE, **PROVEN, "reg_is_supplied": True, "led_claim": "outside"}
    assert (status(**evidence), proof(**evidence)) == ("outside", "held")


def test_the_countys_registry_needs_no_proof() -> None:
    evidence = {"reg_is_any": True, "reg_status": "active", "reg_where": "county"}
    assert (status(**evidence), proof(**evidence)) == ("county", "not_needed")


@pytest.mark.parametrize(
    ("date", "state"),
    [
        (dt.date(2024, 9, 1), "held"),
        (dt.date(2024, 8, 31), "expired"),
        (dt.date(2024, 10, 16), "missing"),
        (None, "missing"),
    ],
)
def test_a_proof_counts_from_the_start_of_the_school_year(date: dt.date | None, state: str) -> None:
    evidence = {**PROVEN, "led_claim": "outside", "led_proof_date": date}
    assert (status(**evidence), proof(**evidence)) == ("outside", state)


def test_dropout_in_the_registry_yields_to_a_roster_but_not_to_a_bare_claim() -> None:
    gone = {"reg_is_any": True, "reg_status": "dropout", "reg_where": "local"}
    assert status(**gone) == "dropout"
    assert status(**gone, **ON_ROSTER) == "local"
    assert status(**gone, led_is_any=True, led_claim="outside") == "dropout"


@pytest.mark.parametrize("kind", LASTING)
def test_a_documented_filing_closes_and_an_undocumented_one_does_not(kind: FilingKind) -> None:
    closed = status(**{f"fil_is_{kind}": True, f"fil_is_{kind}_good": True})
    assert closed not in {"not_found", "review"}
    open_case = {f"fil_is_{kind}": True, "fil_is_lasting_undocumented": True}
    assert status(**open_case) == "not_found"
    assert status(**open_case, **REGISTERED_HERE) == "review"


def test_a_filing_against_a_roster_is_for_a_person() -> None:
    assert status(**ON_ROSTER, fil_is_death=True, fil_is_death_good=True) == "review"


def test_suspension_counts_while_its_approval_does() -> None:
    suspended = {"reg_is_any": True, "reg_status": "suspended", "fil_is_suspension": True}
    assert status(**suspended, fil_is_suspension_good=True) == "suspended"
    assert status(**suspended) == "not_found"
    assert status(reg_is_any=True, reg_status="suspended") == "review"


def test_too_young_is_not_due_unless_at_school() -> None:
    assert status(is_due=False) == "not_yet_due"
    assert status(is_due=False, **ON_ROSTER) == "local"


def test_out_of_contact_needs_three_attempts() -> None:
    assert status(led_claim="no_contact", led_attempts=3) == "no_contact"
    assert status(led_claim="no_contact", led_attempts=2) == "not_found"


def test_an_open_doubt_is_review_only_where_nothing_else_settles() -> None:
    assert status(doubt_is_open=True) == "review"
    assert status(doubt_is_open=True, **ON_ROSTER) == "local"


def test_swapped_numbers_count_nowhere() -> None:
    assert status(doubt_is_open=True, doubt_is_swap=True, **REGISTERED_HERE) == "review"


def test_primary_school_is_not_the_end_of_compulsory_school() -> None:
    done = {"reg_is_any": True, "reg_status": "graduated", "age_at_cutoff": 15}
    assert status(**done, reg_grade=9, reg_stage="junior") == "graduated"
    assert status(**done, reg_grade=6, reg_stage="primary") == "not_found"


def test_severe_disability_yields_to_home_teaching() -> None:
    assert status(fil_is_severe=True) == "severe_disability"
    assert status(fil_is_severe=True, reg_is_any=True, reg_is_home_taught=True) == "home_teaching"


def test_every_rule_explains_itself_in_both_languages() -> None:
    for rule in RULES:
        english, chinese = rule.explanation("en"), rule.explanation("zh")
        assert english.endswith("."), rule.code
        assert chinese.endswith("。"), rule.code


def test_rules_have_one_code_each_and_cover_every_status() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert {rule.status for rule in RULES} - {None} == set(Status)
