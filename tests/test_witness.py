"""Whether the birthdates of a list witness beside its numbers."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from listed import records
from rosterrec import frames
from rosterrec.assign.witness import birthdates_of_their_own
from rosterrec.classify.flags import link_flags
from rosterrec.frames import Field, Records, Role
from rosterrec.ids import complete
from rosterrec.link import link

BORN = dt.date(2012, 3, 4)
MANY = 4_000
#: Others on the lists of a county.
OTHERS = 3_200


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


def long_lists(
    people: list[dict[Field, str]], rows: list[dict[Field, str]], every: int = 50
) -> tuple[Records, Records]:
    """Both lists with these at the end; every so many-th birthdate is not the number's."""
    names = [f"周{chr(0x4E00 + i)}" for i in range(OTHERS)]
    others = [child(i, name) for i, name in enumerate(names)]
    listed = [child(i, name, off=bool(every) and i % every == 0) for i, name in enumerate(names)]
    left = records(Role.POPULATION, [*others, *people])
    return left, records(Role.REGISTRY, [*listed, *rows])


def beside_others(
    people: list[dict[Field, str]], rows: list[dict[Field, str]], every: int = 50
) -> pl.DataFrame:
    """Links of these people among many others (``long_lists``)."""
    links = link(*long_lists(people, rows, every), Role.POPULATION, Role.REGISTRY).links
    return links.filter(pl.col("left") >= OTHERS)


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
    rows_so_named = [child(OTHERS, name) for name in rows_of_her]
    of_her = beside_others([child(OTHERS, "林馨怡")], rows_so_named, every)
    told = of_her.select(pl.concat_str("decision", "basis", separator=" ")).to_series()
    assert set(told) == {decision}


def test_a_row_named_as_a_child_without_a_row_may_be_that_childs() -> None:
    """His number was typed in, and that row's birthdate read out of it."""
    sister = child(OTHERS + 40, "林馨月")
    asked = beside_others([child(OTHERS, "林馨怡"), sister], [child(OTHERS, "林馨月")])
    told = asked.filter(pl.col("left") == OTHERS).select("decision", "basis")
    assert told.rows() == [("review", "id_with_other_name")]


HIS, HERS = dt.date(2011, 3, 2), dt.date(2014, 7, 9)


def of_two(name: str, born: dt.date, number: dt.date, sex: str = "男") -> dict[Field, str]:
    """A row with this birthdate and the number of the child born on the other."""
    return {
        Field.NAME: name, Field.ID: complete(f"349922{number:%Y%m%d}011"),
        Field.BIRTH: born.isoformat(), Field.SEX: sex,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("every", "hers", "decision"),
    [
        (50, of_two("孙婷", HERS, HIS), "accepted exchanged_ids"),
        (0, of_two("孙婷", HERS, HIS), "review swapped_ids"),  # birthdates are those of the numbers
        (50, of_two("孙婷", HERS, HIS, "女"), "review swapped_ids"),  # that sex is not hers
    ],
)
def test_two_children_whose_numbers_were_exchanged(
    every: int, hers: dict[Field, str], decision: str
) -> None:
    both = [of_two("孙浩", HIS, HIS), of_two("孙婷", HERS, HERS)]
    of_them = beside_others(both, [of_two("孙浩", HIS, HERS), hers], every)
    by_name = of_them.filter(pl.col("name_level") == "equal")
    told = by_name.select(pl.concat_str("decision", "basis", separator=" ")).to_series()
    assert told.to_list() == [decision] * 2


def test_an_exchange_shows_by_the_numbers_too_where_a_birthdate_was_read_out_of_one() -> None:
    both = [of_two("孙浩", HIS, HIS), of_two("孙婷", HERS, HERS)]
    of_them = beside_others(both, [of_two("孙浩", HIS, HERS), of_two("孙婷", HIS, HIS)])
    assert set(of_them["basis"]) == {"swapped_ids"}
    assert set(of_them["decision"]) == {"review"}


def test_exchanged_numbers_say_nothing_of_whose_the_row_is() -> None:
    both = [of_two("孙浩", HIS, HIS), of_two("孙婷", HERS, HERS)]
    of_them = beside_others(both, [of_two("孙浩", HIS, HERS), of_two("孙婷", HERS, HIS)])
    assert of_them["id_weight"].to_list() == [0.0, 0.0]
    assert of_them["probability"].min() > 0.999


def test_exchanged_numbers_are_corrected_where_they_stand() -> None:
    both = [of_two("孙浩", HIS, HIS), of_two("孙婷", HERS, HERS)]
    left, right = long_lists(both, [of_two("孙浩", HIS, HERS), of_two("孙婷", HERS, HIS)])
    links = link(left, right, Role.POPULATION, Role.REGISTRY).links
    lists = {Role.POPULATION: left, Role.REGISTRY: right, Role.ROSTER: records(Role.ROSTER, [])}
    of_them = link_flags(lists, links).filter(pl.col("rec") >= OTHERS)
    flags = of_them.select("rec", "flag", "source", "right").rows()
    assert flags == [(n, "swapped_ids", "registry", n) for n in (OTHERS, OTHERS + 1)]


def test_a_list_with_the_wrong_column_of_names_is_not_a_crowd_of_exchanges() -> None:
    """Every 孙浩 could have exchanged with every 孙婷 of that day: each row is asked about once."""
    numbers = [complete(f"349922{HIS:%Y%m%d}{n:02d}1") for n in range(40)]
    named = [of_two(("孙浩", "孙婷")[n % 2], HIS, HIS) for n in range(41)]
    people = [row | {Field.ID: number} for row, number in zip(named[:40], numbers, strict=True)]
    rows = [row | {Field.ID: number} for row, number in zip(named[1:], numbers, strict=True)]
    links = link(
        records(Role.POPULATION, people), records(Role.REGISTRY, rows),
        Role.POPULATION, Role.REGISTRY,
    ).links  # fmt: skip
    assert links.select("left", "right", "decision", "basis").rows() == [
        (n, n, "review", "id_with_other_name") for n in range(40)
    ]


def test_twins_with_exchanged_numbers_are_a_persons_question() -> None:
    """Their birthdate goes with either number."""
    numbers = [complete(f"349922{HIS:%Y%m%d}0{n}1") for n in (1, 3)]
    both = [of_two(name, HIS, HIS) for name in ("孙浩", "孙涛")]
    people = [row | {Field.ID: number} for row, number in zip(both, numbers, strict=True)]
    rows = [row | {Field.ID: number} for row, number in zip(both, numbers[::-1], strict=True)]
    assert set(beside_others(people, rows)["decision"]) == {"review"}
