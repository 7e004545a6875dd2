"""Lists that no clerk should have, and that must not hang or break the linking."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from listed import SETTINGS, records
from rosterrec.frames import Field, Role
from rosterrec.ids import complete
from rosterrec.link import link, registered_twice

MANY = 3_000


def number(n: int, day: str = "20140305") -> str:
    return complete(f"349921{day}{n % 1000:03d}")


def both(left: list[dict[Field, str]], right: list[dict[Field, str]]) -> pl.DataFrame:
    links, *_ = link(
        records(Role.POPULATION, left), records(Role.REGISTRY, right),
        Role.POPULATION, Role.REGISTRY,
    )  # fmt: skip
    return links


def decisions(links: pl.DataFrame) -> set[str]:
    return set(links["decision"].to_list())


def distinct(n: int) -> dict[Field, str]:
    first = dt.date(2009, 1, 1) + dt.timedelta(days=9 * n)
    return {Field.NAME: f"王{chr(0x4E00 + n)}", Field.BIRTH: first.isoformat(), Field.SEX: "男",
            Field.ID: number(1, f"{first:%Y%m%d}")}  # fmt: skip


def without(row: dict[Field, str], field: Field) -> dict[Field, str]:
    return {k: v for k, v in row.items() if k is not field}


def test_an_empty_list_has_no_links() -> None:
    assert both([distinct(1)], []).is_empty()
    assert both([], [distinct(1)]).is_empty()


def test_without_names_nobody_is_accepted_by_the_number_alone() -> None:
    people = [distinct(n) for n in range(300)]
    found = both(people, [without(p, Field.NAME) for p in people])
    assert decisions(found) == {"review"}
    assert found["left"].to_list() == found["right"].to_list() == list(range(300))


def test_without_numbers_names_and_birthdates_find_everybody() -> None:
    people = [without(distinct(n), Field.ID) for n in range(300)]
    found = both(people, people)
    assert decisions(found) == {"accepted"}
    assert found["left"].to_list() == found["right"].to_list()


def test_a_list_linked_with_itself_is_itself() -> None:
    people = [distinct(n) for n in range(300)]
    found = both(people, people).filter(pl.col("decision") == "accepted")
    assert found["left"].to_list() == found["right"].to_list() == list(range(300))


@pytest.mark.parametrize("with_birth", [True, False])
def test_everybody_has_one_name_and_one_birthday_and_no_number(with_birth: bool) -> None:
    person = {Field.NAME: "张伟"} | ({Field.BIRTH: "2014-03-05"} if with_birth else {})
    found, findings, _ = link(
        records(Role.POPULATION, [person] * MANY), records(Role.REGISTRY, [person] * MANY),
        Role.POPULATION, Role.REGISTRY,
    )  # fmt: skip
    assert "accepted" not in decisions(found)
    assert {"blocks_too_large"} == {finding.code for finding in findings}


def test_namesakes_of_one_birthday_are_told_apart_by_their_numbers() -> None:
    people = [
        {Field.NAME: "张伟", Field.BIRTH: "2014-03-05", Field.ID: number(n)} for n in range(999)
    ]
    found = both(people, people[::-1])
    accepted = found.filter(pl.col("decision") == "accepted")
    assert (accepted["left"] + accepted["right"]).to_list() == [998] * 999


def test_one_person_on_every_row_of_one_list_is_one_person() -> None:
    found = both([distinct(1)], [distinct(1)] * 50)
    assert "accepted" in decisions(found) or "review" in decisions(found)
    assert found["left"].n_unique() == 1


def western(rows: list[tuple[str, str, str]]) -> list[dict[Field, str]]:
    return [{Field.NAME: n, Field.BIRTH: b, Field.ID: i} for n, b, i in rows]


def test_opaque_numbers_and_western_names_link_by_their_setting() -> None:
    people = [("Michaela Neumann", "1912-05-03", "5304218"),
              ("Bella Grierson", "1931-06-23", "5873915"),
              ("Lucy Fitzpatrick", "1921-02-22", "6619346")]  # fmt: skip
    copies = [("neumann michaela", "1912-05-03", "5304218"),
              ("beloma griersn", "1931-06-23", "5872915"),
              ("Lucy Fitzpatrik", "1921-02-22", "6619346")]  # fmt: skip
    opaque = SETTINGS.model_copy(update={"numbers": "opaque", "ages": (0, 120)})
    found, *_ = link(
        records(Role.REGISTRY, western(people), opaque),
        records(Role.REGISTRY, western(copies), opaque),
        Role.POPULATION, Role.REGISTRY,
    )  # fmt: skip
    accepted = found.filter(pl.col("decision") == "accepted")
    assert accepted["left"].to_list() == accepted["right"].to_list() == [0, 1, 2]
    assert accepted["name_level"].to_list() == ["variant", "respelt", "respelt"]
    assert accepted["id_level"].to_list() == ["equal", "slip", "equal"]


def test_a_person_of_two_exports_of_the_police_list_counts_once() -> None:
    later = distinct(1) | {Field.GRADE: "三年级", Field.VILLAGE: "二村"}
    assert len(records(Role.POPULATION, [distinct(1), later, distinct(2)])) == 2


def test_namesakes_by_the_thousand_with_a_number_each_are_not_paired_with_each_other() -> None:
    crowd = [distinct(1) | {Field.ID: number(n), Field.BIRTH: "2014-03-05"} for n in range(900)]
    assert registered_twice(records(Role.POPULATION, crowd)).is_empty()


def test_a_family_of_too_many_namesakes_is_no_question() -> None:
    crowd = [
        distinct(1) | {Field.ID: number(n), Field.BIRTH: "2014-03-05", Field.HOUSEHOLD: "H1"}
        for n in range(300)
    ]
    assert registered_twice(records(Role.POPULATION, crowd)).is_empty()
    assert len(registered_twice(records(Role.POPULATION, crowd[:2]))) == 1


@pytest.mark.parametrize(("others", "decision"), [(5, "accepted"), (30, "review")])
def test_a_telephone_is_a_familys_until_it_is_everybodys(others: int, decision: str) -> None:
    phone = {Field.PHONE: "12000000000"}
    child = {Field.NAME: "王梓涵", Field.BIRTH: "20140601", Field.SEX: "女"} | phone
    people = [
        child | {Field.ID: number(26, "20140601")},
        *(distinct(n) | phone for n in range(others)),
    ]
    found = both(people, [child | {Field.NAME: "王子涵"}, *people[1:]])
    assert found.filter(pl.col("left") == 0)["decision"].to_list() == [decision]
