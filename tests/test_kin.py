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


def told(*rows: dict[Field, str], of: list[dict[Field, str]] = BROTHERS) -> set[tuple[int, str]]:
    population = records(Role.POPULATION, of)
    links = link(
        population, records(Role.REGISTRY, list(rows)), Role.POPULATION, Role.REGISTRY
    ).links
    return set(links.select("left", "decision").iter_rows())


@pytest.mark.parametrize("number", [MING, MING[:14] + "9" + MING[15:]])
def test_a_near_name_that_is_exactly_the_brothers_is_asked_of_both(number: str) -> None:
    row = child("陈一鸿", number) | {Field.BIRTH: "20120506"}
    assert told(row) == {(0, "review"), (1, "review")}


def test_a_near_name_that_is_nobodys_in_the_family_is_the_childs() -> None:
    strangers = [BROTHERS[0], BROTHERS[1] | {Field.HOUSEHOLD: "H2"}]
    assert (0, "accepted") in told(child("陈一鸿", MING), of=strangers)
