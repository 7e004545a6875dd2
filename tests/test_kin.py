"""Rows under one child's number with a name like a brother's or sister's."""

from __future__ import annotations

import pytest

from listed import records
from rosterrec.frames import Field, Role
from rosterrec.ids import complete
from rosterrec.link import link

MING = complete("34992120120506011")
YOUNGER = complete("34992120150809011")


def child(name: str, number: str, **more: str) -> dict[Field, str]:
    own = {Field.NAME: name, Field.ID: number, Field.BIRTH: number[6:14], Field.SEX: "男"}
    return own | {Field[key.upper()]: cell for key, cell in more.items()}


BROTHERS = [
    child("陈一鸣", MING, household="H1"), child("陈一鸿", YOUNGER, household="H1"),
]  # fmt: skip


def told(
    *rows: dict[Field, str],
    of: list[dict[Field, str]] = BROTHERS,
    role: Role = Role.REGISTRY,
) -> set[tuple[int, str]]:
    population = records(Role.POPULATION, of)
    links = link(population, records(role, list(rows)), Role.POPULATION, role).links
    return set(links.select("left", "decision").iter_rows())


@pytest.mark.parametrize("number", [MING, MING[:14] + "9" + MING[15:]])
def test_a_near_name_that_is_exactly_the_brothers_is_asked_of_both(number: str) -> None:
    row = child("陈一鸿", number) | {Field.BIRTH: "20120506"}
    assert told(row) == {(0, "review"), (1, "review")}


def test_a_near_name_that_is_nobodys_in_the_family_is_the_childs() -> None:
    strangers = [BROTHERS[0], BROTHERS[1] | {Field.HOUSEHOLD: "H2"}]
    assert (0, "accepted") in told(child("陈一鸿", MING), of=strangers)


def test_a_near_name_that_is_exactly_that_of_a_child_born_the_same_day_is_asked_about() -> None:
    same_day = child("陈一鸿", complete("34992120120506013"), household="H2")
    assert (0, "review") in told(child("陈一鸿", MING), of=[BROTHERS[0], same_day])


CLASS = {"school": "青溪小学", "grade": "三年级", "class_name": "1班"}


def enrolled(*rows: dict[Field, str], of: list[dict[Field, str]]) -> set[tuple[int, str]]:
    registry = records(Role.REGISTRY, of)
    links = link(registry, records(Role.ROSTER, list(rows)), Role.REGISTRY, Role.ROSTER).links
    return set(links.select("left", "decision").iter_rows())


def test_one_wrong_character_under_a_number_in_its_class_may_be_a_twin() -> None:
    one, row = child("陈一鸣", MING, **CLASS), child("陈一鹏", MING, **CLASS)
    assert enrolled(row, of=[one]) == {(0, "accepted")}
    twin = child("陈一鹏", complete("34992120120506013"), **CLASS)
    assert (0, "review") in enrolled(row, of=[one, twin])


OTHER = child("赵小磊", YOUNGER, household="H3")


def test_name_birthdate_and_sex_of_a_child_without_a_row_outweigh_anothers_number() -> None:
    row = OTHER | {Field.ID: MING}
    assert (1, "accepted") in told(row, of=[BROTHERS[0], OTHER])
    assert (0, "review") not in told(row, of=[BROTHERS[0], OTHER])


@pytest.mark.parametrize("role", [Role.WHEREABOUTS, Role.FILING])
def test_but_not_where_a_proof_or_filing_names_anothers_number(role: Role) -> None:
    row = OTHER | {Field.ID: MING, Field.FILING_KIND: "空挂户"}
    assert "accepted" not in str(told(row, of=[BROTHERS[0], OTHER], role=role))


def test_nor_where_that_childs_number_stands_in_a_row_as_well() -> None:
    rows = OTHER | {Field.ID: MING}, BROTHERS[0] | {Field.ID: YOUNGER}
    assert told(*rows, of=[BROTHERS[0], OTHER]) == {(0, "review"), (1, "review")}


def test_nor_where_the_bearer_was_born_that_day() -> None:
    born_then = OTHER | {Field.ID: complete("34992120120506015"), Field.BIRTH: "20120506"}
    row = born_then | {Field.ID: MING}
    assert (0, "review") in told(row, of=[BROTHERS[0], born_then])
