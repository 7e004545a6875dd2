"""On what grounds a pair is accepted, and when it is left to a person."""

from __future__ import annotations

import polars as pl

from listed import records
from rosterrec.assign.grounds import acceptable, reviewable
from rosterrec.frames import LEVELS, Field, Role
from rosterrec.ids import complete
from rosterrec.link import link

MING = complete("34992120150506011")
HE = complete("34992120150506013")
NAME_AND_BIRTH = {"name": "equal", "birth": "equal", "sex": "equal"}
BUT_SEX = NAME_AND_BIRTH | {"sex": "different"}


def pair(weight: float, levels: dict[str, str]) -> pl.DataFrame:
    silent = {level: ["missing"] for level in LEVELS}
    told = {f"{name.rstrip('_')}_level": [level] for name, level in levels.items()}
    return pl.DataFrame(silent | told).with_columns(weight=weight)


def basis(weight: float, *, birth_witnesses: bool = False, **levels: str) -> str | None:
    return pair(weight, levels).select(acceptable(birth_witnesses=birth_witnesses)).item()


def doubt(weight: float, **levels: str) -> str | None:
    return pair(weight, levels).select(reviewable(about_the_list=False)).item()


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
    assert basis(3.2, **NAME_AND_BIRTH) == "name_and_birth"
    assert basis(3.1, **NAME_AND_BIRTH) is None


def test_where_another_family_speaks_against_it_99_in_100_are_asked_for() -> None:
    assert basis(6.6, guardian="different", **NAME_AND_BIRTH) is None
    assert basis(6.7, guardian="different", **NAME_AND_BIRTH) == "name_and_birth"


def test_a_month_of_birth_is_accepted_from_99_in_100() -> None:
    month = NAME_AND_BIRTH | {"birth": "month"}
    assert basis(6.7, **month) == "name_and_birth"
    assert basis(6.6, **month) is None


def test_a_sex_mistyped_does_not_part_a_child_from_name_birthdate_and_family() -> None:
    assert basis(3.2, guardian="equal", **BUT_SEX) == "name_birth_and_family"
    assert basis(3.1, guardian="equal", **BUT_SEX) is None


def test_a_sex_mistyped_beside_name_and_birthdate_alone_is_asked_about() -> None:
    assert basis(9.0, **BUT_SEX) is None


def test_a_number_since_replaced_does_not_part_it_either() -> None:
    old = NAME_AND_BIRTH | {"id": "old_differs", "guardian": "equal"}
    assert basis(3.2, **old) == "name_birth_and_family"
    assert basis(3.1, **old) is None


def test_a_sex_mistyped_and_anothers_number_are_asked_about() -> None:
    assert basis(9.0, id="different", guardian="equal", **BUT_SEX) is None
    assert basis(9.0, id="old_differs", guardian="equal", **BUT_SEX) is None
    assert basis(9.0, id="conflict", guardian="equal", **BUT_SEX) is None


def test_a_slip_in_the_number_with_name_and_birthdate_outweighs_a_sex_mistyped() -> None:
    assert basis(3.2, id="slip", **BUT_SEX) == "broken_id_and_name"
    assert basis(3.1, id="slip", **BUT_SEX) is None
    assert basis(9.0, id="slip", guardian="different", **BUT_SEX) is None


def test_a_name_with_one_odd_character_under_the_number_is_asked_about() -> None:
    # A sister whom the police list does not show may go to school under this number, with the
    # birthdate that the registry read out of it.
    assert found([child("杨馨怡", MING)], child("杨馨月", MING)) == [(0, "review")]


def test_another_surname_under_the_number_and_birthdate_is_the_childs() -> None:
    assert found([child("胡静", MING)], child("罗静", MING)) == [(0, "accepted")]
    assert found([child("胡静", MING)], child("罗静", MING, birth="")) == [(0, "review")]


def test_another_surname_under_the_number_with_the_same_mother_is_the_child() -> None:
    mother = {Field.GUARDIAN: "王秀英"}
    row = child("罗静", MING, birth="") | mother
    assert found([child("胡静", MING) | mother], row) == [(0, "accepted")]


def test_a_twin_under_the_other_ones_number_is_asked_about() -> None:
    twins = [child("陈一鸣", MING), child("陈一鹤", HE)]
    assert (0, "accepted") not in found(twins, child("陈一鹤", MING))
    assert (0, "accepted") not in found(twins, child("陈一贺", MING))


def test_a_number_in_its_class_outweighs_one_wrong_character() -> None:
    one_off = NAME_AND_BIRTH | {"id": "equal", "name": "one_char"}
    assert basis(12.0, class_="same_class", **one_off) == "id_and_class"
    assert basis(12.0, class_="same_grade", **one_off) is None
    assert basis(12.0, class_="same_class", **one_off | {"birth": "different"}) is None
    assert basis(12.0, class_="same_class", **one_off | {"name": "one_of_two"}) is None


def test_a_slip_in_the_number_and_a_near_name_need_birthdate_or_family() -> None:
    slips = {"id": "slip", "name": "homophone"}
    assert basis(15.0, birth="equal", **slips) == "broken_id_and_near_name"
    assert basis(15.0, household="equal", **slips) == "broken_id_and_near_name"
    assert basis(15.0, **slips) is None
    assert basis(15.0, household="equal", birth="one_day", **slips) is None


def test_another_surname_before_a_short_given_name_is_accepted_unless_the_family_is_another() -> (
    None
):
    renamed = NAME_AND_BIRTH | {"id": "equal", "name": "given_alone"}
    assert basis(19.0, **renamed) == "id_birth_and_given_name"
    assert basis(19.0, guardian="different", **renamed) is None
    assert basis(19.0, **renamed | {"birth": "implied"}) is None


def test_where_birthdates_are_not_read_out_of_numbers_both_outweigh_one_wrong_character() -> None:
    one_off = NAME_AND_BIRTH | {"id": "equal", "name": "one_char"}
    assert basis(12.0, **one_off) is None
    by_both = "id_birth_and_part_of_name"
    assert basis(12.0, birth_witnesses=True, **one_off) == by_both
    for same in ({"id": "slip"}, {"name": "one_of_two"}, {"id": "slip", "name": "given_alone"}):
        assert basis(12.0, birth_witnesses=True, **one_off | same) == by_both
    assert basis(3.1, birth_witnesses=True, **one_off | {"id": "slip"}) is None
    for else_ in (
        {"id": "missing"}, {"birth": "implied"}, {"sex": "different"}, {"household": "different"},
        {"name": "different"},
    ):  # fmt: skip
        assert basis(12.0, birth_witnesses=True, **one_off | else_) is None


def test_common_names_and_birthdates_that_agree_are_told_from_what_is_only_likely() -> None:
    assert doubt(0.0, **NAME_AND_BIRTH) == "alike"
    assert doubt(0.0, **NAME_AND_BIRTH | {"name": "homophone"}) == "likely"
    assert doubt(0.0, **BUT_SEX) == "likely"


def test_what_two_valid_numbers_speak_against_is_not_alike() -> None:
    assert doubt(0.0, **NAME_AND_BIRTH, id_="conflict") is None
