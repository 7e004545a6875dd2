"""On what grounds a pair is accepted, and when it is left to a person."""

from __future__ import annotations

import polars as pl

from listed import records
from rosterrec.assign.grounds import acceptable
from rosterrec.frames import LEVELS, Field, Role
from rosterrec.ids import complete
from rosterrec.link import link

MING = complete("34992120150506011")
HE = complete("34992120150506013")
ELSEWHERE = complete("34992120120405015")


def basis(weight: float, **levels: str) -> str | None:
    silent = {level: ["missing"] for level in LEVELS}
    pair = pl.DataFrame(silent | {f"{name}_level": [level] for name, level in levels.items()})
    return pair.with_columns(weight=weight, unheard=False).select(acceptable()).item()


def child(name: str, number: str, birth: str = "20150506") -> dict[Field, str]:
    return {Field.NAME: name, Field.ID: number, Field.BIRTH: birth, Field.SEX: "男"}


def found(population: list[dict[Field, str]], *registry: dict[Field, str]) -> list[tuple[int, str]]:
    links = link(
        records(Role.POPULATION, population), records(Role.REGISTRY, list(registry)),
        Role.POPULATION, Role.REGISTRY,
    ).links  # fmt: skip
    waiting = links.filter(pl.col("decision") != "rejected")
    return list(waiting.select("left", "decision").iter_rows())


def test_a_name_with_its_birthdate_is_accepted_from_nine_in_ten() -> None:
    same = {"name": "equal", "birth": "equal", "sex": "equal"}
    assert basis(3.2, **same) == "name_and_birth"
    assert basis(3.1, **same) is None


def test_where_another_family_speaks_against_it_99_in_100_are_asked_for() -> None:
    same = {"name": "equal", "birth": "equal", "sex": "equal"}
    assert basis(6.6, **same, guardian="different") is None
    assert basis(6.7, **same, guardian="different") == "name_and_birth"


def test_a_month_of_birth_is_accepted_from_99_in_100() -> None:
    same = {"name": "equal", "birth": "month", "sex": "equal"}
    assert basis(6.7, **same) == "name_and_birth"
    assert basis(6.6, **same) is None


def test_another_surname_with_number_and_birthdate_is_the_child() -> None:
    assert found([child("胡静", MING)], child("罗静", MING)) == [(0, "accepted")]


def test_one_odd_character_beside_number_and_birthdate_is_a_slip() -> None:
    assert found([child("杨馨怡", MING)], child("杨需怡", MING)) == [(0, "accepted")]


def test_an_odd_character_is_asked_about_where_somebody_has_that_name() -> None:
    people = [child("陈建国", MING), child("陈建军", ELSEWHERE, "20120405")]
    assert (0, "accepted") not in found(people, child("陈建军", MING))


def test_a_twin_under_the_other_ones_number_is_asked_about() -> None:
    twins = [child("陈一鸣", MING), child("陈一鹤", HE)]
    assert (0, "accepted") not in found(twins, child("陈一鹤", MING))


def test_a_twin_under_the_other_ones_number_and_a_slip_of_his_name_is_asked_about() -> None:
    twins = [child("陈一鸣", MING), child("陈一鹤", HE)]
    assert (0, "accepted") not in found(twins, child("陈一贺", MING))


def test_an_odd_character_is_asked_about_where_the_birthdate_is_the_numbers_own() -> None:
    row = child("杨需怡", MING) | {Field.BIRTH: ""}
    assert found([child("杨馨怡", MING)], row) == [(0, "review")]


def test_a_given_name_of_one_character_that_differs_is_asked_about() -> None:
    assert found([child("杨馨", MING)], child("杨需", MING)) == [(0, "review")]


FAMILY = {"guardian": "equal", "name": "equal", "birth": "equal"}


def test_a_sex_mistyped_does_not_part_a_child_from_name_birthdate_and_family() -> None:
    assert basis(9.0, sex="different", **FAMILY) == "name_birth_and_family"


def test_a_number_since_replaced_does_not_either() -> None:
    assert basis(1.0, id="old_differs", sex="equal", **FAMILY) == "name_birth_and_family"


def test_sex_and_an_old_number_together_do() -> None:
    assert basis(1.0, id="old_differs", sex="different", **FAMILY) is None


def test_another_valid_number_always_does() -> None:
    assert basis(9.0, id="conflict", sex="equal", **FAMILY) is None


def test_a_slip_in_the_number_outweighs_a_sex_mistyped() -> None:
    assert basis(9.0, id="slip", name="equal", birth="equal", sex="different") == (
        "broken_id_and_name"
    )


def test_a_slip_and_a_near_name_need_a_birthdate_or_the_family() -> None:
    near = {"id": "slip", "name": "homophone"}
    assert basis(9.0, **near, birth="equal") == "broken_id_and_near_name"
    assert basis(9.0, **near, guardian="equal") == "broken_id_and_near_name"
    assert basis(9.0, **near) is None
