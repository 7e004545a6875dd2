"""Which records meet, and by which kind of key."""

from __future__ import annotations

import polars as pl
import pytest

from listed import SETTINGS, records
from rosterrec.block import both, by_kind, certain, pairs, same_number
from rosterrec.block.keys import Keyed, of_all
from rosterrec.frames import Field, Pairs, Role
from rosterrec.ids import complete
from rosterrec.settings import Settings

Row = dict[Field, str]
ID = complete("34992120140506001")
OTHER = complete("34992120151213003")
LI: Row = {Field.NAME: "李雨桐", Field.BIRTH: "2014-05-06"}
CLASS: Row = {Field.SCHOOL: "青溪小学", Field.GRADE: "三年级", Field.CLASS_NAME: "1班"}


def met(left: Row, right: Row, settings: Settings = SETTINGS) -> set[str]:
    """The kinds of key by which two people meet."""
    lists = records(Role.REGISTRY, [left], settings), records(Role.ROSTER, [right], settings)
    return {kind for kind, found, _ in by_kind(*lists) if len(found)}


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("id", {Field.NAME: "王伟", Field.ID: ID}, {Field.NAME: "赵刚", Field.ID: ID}),
        ("id_head", LI | {Field.ID: ID}, {Field.NAME: "赵刚", Field.ID: ID[:15] + "000"}),
        ("id_tail", LI | {Field.ID: ID}, {Field.NAME: "赵刚", Field.ID: "3499" + ID[5:]}),
        ("sound_day", LI, LI | {Field.NAME: "李宇彤"}),
        ("sound_year", LI, LI | {Field.BIRTH: "2014-11-30"}),
        ("name", LI, LI | {Field.BIRTH: "2012-11-30"}),
        ("name", LI | {Field.FORMER_NAME: "李小花"}, {Field.NAME: "李小花"}),
        ("day_surname", LI, LI | {Field.NAME: "李思涵"}),
        ("day_given", LI, LI | {Field.NAME: "赵雨桐"}),
        ("lunar", LI, LI | {Field.BIRTH: "2014-06-03"}),
        ("by_lunar", LI | {Field.BIRTH: "2014-06-03"}, LI),
        ("month", LI, LI | {Field.BIRTH: "201405"}),
        ("by_month", LI | {Field.BIRTH: "201405"}, LI),
        ("family_given", LI | {Field.GUARDIAN: "李建国"},
         {Field.NAME: "赵雨桐", Field.GUARDIAN: "李建国"}),
        ("family_year", LI | {Field.GUARDIAN: "李建国"},
         {Field.NAME: "赵刚", Field.GUARDIAN: "李建国", Field.BIRTH: "2014-01-01"}),
        ("phone", LI | {Field.PHONE: "13900000001"},
         {Field.NAME: "赵刚", Field.PHONE: "13900000001"}),
        ("household", LI | {Field.HOUSEHOLD: "H7"}, {Field.NAME: "赵刚", Field.HOUSEHOLD: "H7"}),
        ("class_surname", LI | CLASS, {Field.NAME: "李刚"} | CLASS),
        ("class_given", LI | CLASS, {Field.NAME: "赵桐"} | CLASS),
    ],
)  # fmt: skip
def test_each_kind_survives_its_error(kind: str, left: Row, right: Row) -> None:
    assert kind in met(left, right)


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("opaque_head", ("amber hoist", "8009122"), ("lily reid", "8009477")),
        ("opaque_tail", ("amber hoist", "8009122"), ("lily reid", "3319122")),
        ("opaque_ends", ("amber hoist", "8009122"), ("lily reid", "8000122")),
        ("opaque_start_name", ("matilda satterley", "7200837"), ("daniel satterley", "7208037")),
        ("opaque_end_name", ("lily reid", "2062273"), ("lily raid", "2026273")),
        ("opaque_rare", ("lily reid", "2062273"), ("lily satterley", "8009122")),
    ],
)
def test_numbers_without_a_check_digit_are_met_by_what_is_left_of_them(
    kind: str, left: tuple[str, str], right: tuple[str, str]
) -> None:
    one, other = ({Field.NAME: name, Field.ID: number} for name, number in (left, right))
    assert kind in met(one, other, SETTINGS.model_copy(update={"numbers": "opaque"}))


def test_citizens_numbers_have_no_keys_of_opaque_ones() -> None:
    row = LI | {Field.ID: ID}
    assert not any(kind.startswith("opaque") for kind in met(row, row))


def test_who_shares_nothing_does_not_meet() -> None:
    assert not met(LI, {Field.NAME: "赵刚", Field.BIRTH: "2012-01-01"})


def test_two_valid_numbers_do_not_meet_by_a_day_and_half_a_name() -> None:
    left, right = LI | {Field.ID: ID}, LI | {Field.NAME: "赵雨桐", Field.ID: OTHER}
    assert not met(left, right) & {"day_given", "sound_year", "name"}


def test_every_reading_of_a_name_is_a_key_once() -> None:
    """A name read two ways whose given name is read one way has that as one key."""
    (name,) = records(Role.ROSTER, [{Field.NAME: "单雄", Field.BIRTH: "2014-05-06"}])["near"]
    assert name == "san xiong|dan xiong"
    listed = records(Role.ROSTER, [{Field.NAME: "单雄", Field.BIRTH: "2014-05-06"}])
    sound, given = (of_all("sound", "day"),), (of_all("given", "day"),)
    keyed = Keyed(listed, [sound, given])
    assert (len(keyed.keys(sound)), len(keyed.keys(given))) == (2, 1)


def test_a_reading_goes_with_every_guardian() -> None:
    row = {Field.NAME: "单雄", Field.GUARDIAN: "单国", Field.GUARDIAN_2: "王芳"}
    side = (of_all("guardian", "sound"),)
    assert len(Keyed(records(Role.ROSTER, [row]), [side]).keys(side)) == 4


def test_a_former_name_that_is_the_name_is_no_second_key() -> None:
    rows = [LI | {Field.FORMER_NAME: "李雨桐"}, LI | {Field.FORMER_NAME: "李小花"}]
    side = (pl.col("name"), pl.col("former"))
    assert Keyed(records(Role.ROSTER, rows), [side]).keys(side)["rec"].to_list() == [0, 1, 1]


def test_a_list_that_lacks_a_fact_has_no_such_key() -> None:
    phone, name = (pl.col("phone"),), (pl.col("name"),)
    keyed = Keyed(records(Role.ROSTER, [LI]), [phone, name])
    assert (keyed.has(phone), keyed.has(name)) == (False, True)
    assert keyed.keys(phone).is_empty()


def test_a_key_of_too_many_is_left_out_and_told() -> None:
    crowd = [{Field.NAME: "王伟"}] * 30
    found, findings = pairs(records(Role.REGISTRY, crowd), records(Role.ROSTER, crowd))
    assert found.is_empty()
    assert [(f.code, f.facts) for f in findings] == [
        ("blocks_too_large", {"kind": "name", "keys": 1})
    ]


def test_pairs_come_once_and_in_order() -> None:
    rows = [LI, LI | {Field.NAME: "赵刚"}]
    found, _ = pairs(records(Role.REGISTRY, rows), records(Role.ROSTER, rows))
    assert found.rows() == [(0, 0), (1, 1)]


def test_settled_people_are_looked_for_by_the_strongest_keys_alone() -> None:
    rows = [LI], [LI | {Field.NAME: "赵雨桐"}]
    left, right = records(Role.REGISTRY, rows[0]), records(Role.ROSTER, rows[1])
    settled = pl.Series([0], dtype=pl.Int64)
    assert len(pairs(left, right)[0]) == 1
    assert pairs(left, right, settled)[0].is_empty()


def test_a_row_with_an_owner_is_offered_to_nobody() -> None:
    left, right = records(Role.REGISTRY, [LI]), records(Role.ROSTER, [LI])
    assert pairs(left, right, owned=pl.Series([0], dtype=pl.Int64))[0].is_empty()


def test_a_pair_tells_both_records() -> None:
    rows = [{Field.NAME: "赵刚"}, LI]
    lists = records(Role.REGISTRY, rows), records(Role.ROSTER, [LI])
    found = next(found for _, found, _ in by_kind(*lists) if len(found))
    assert found.select(*both()).rows() == [(1, 0)]


def settled(left: list[Row], right: list[Row]) -> Pairs:
    lists = records(Role.POPULATION, left), records(Role.REGISTRY, right)
    return certain(same_number(*lists), lists[1])


def test_certain_are_those_of_one_number_and_one_name() -> None:
    left = [LI | {Field.ID: ID}, {Field.NAME: "赵刚", Field.ID: OTHER}]
    right = [{Field.NAME: "赵强", Field.ID: OTHER}, LI | {Field.ID: ID}]
    found = settled(left, right)
    assert found.rows() == [(0, 1)]


def test_a_number_that_stands_twice_makes_nobody_certain() -> None:
    twice = [LI | {Field.ID: ID}, LI | {Field.ID: ID, Field.SCHOOL: "河东小学"}]
    found = settled(twice[:1], twice)
    assert found.is_empty()


def test_a_number_without_a_name_makes_nobody_certain() -> None:
    assert settled([{Field.ID: ID}], [{Field.ID: ID}]).is_empty()


def test_a_number_that_everybody_has_makes_no_pair() -> None:
    everybody = [
        {Field.NAME: f"李{n}", Field.ID: ID, Field.CLASS_NAME: f"{n}班"} for n in range(101)
    ]
    lists = records(Role.REGISTRY, everybody), records(Role.ROSTER, everybody)
    assert same_number(*lists).is_empty()
