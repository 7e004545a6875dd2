"""Who is asked about before a child is called out of school: rows that nobody claims."""

from __future__ import annotations

import polars as pl

from listed import SETTINGS, records
from rosterrec import frames
from rosterrec.frames import DECISION, Field, Judgements, Links, Records, Role
from rosterrec.ids import complete
from rosterrec.link.lastlook import UNCLAIMED, with_last_look

Row = dict[Field, str]
XIN: Row = {
    Field.NAME: "刘鑫", Field.BIRTH: "2010-03-10", Field.SEX: "男", Field.VILLAGE: "福冲村",
    Field.ID: complete("34992120100310243"), Field.GUARDIAN: "刘健", Field.HOUSEHOLD: "H1",
}  # fmt: skip
CLASS: Row = {Field.SCHOOL: "新沟中学", Field.GRADE: "九年级", Field.CLASS_NAME: "1班"}
#: Another pupil of the class, so that its roster was supplied.
MATE: Row = {
    Field.NAME: "吴俊", Field.BIRTH: "2010-05-01", Field.SEX: "男",
    Field.ID: complete("34992120100501001"),
}  # fmt: skip


def lists(**rows: list[Row]) -> dict[Role, Records]:
    roles = (Role.POPULATION, Role.REGISTRY, Role.ROSTER, Role.WHEREABOUTS, Role.FILING)
    return {role: records(role, rows.get(str(role), [])) for role in roles}


def accepted(*pairs: tuple[Role, int, int]) -> Links:
    found = pl.DataFrame(
        [
            {"left_source": "population", "right_source": str(role), "left": left, "right": right,
             "decision": "accepted", "basis": "id_and_name"}
            for role, left, right in pairs
        ],
        schema_overrides={"left": pl.Int64, "right": pl.Int64},
    )  # fmt: skip
    return Links(frames.conform(found, frames.LINKS) if pairs else frames.empty(frames.LINKS))


def asked(
    known: dict[Role, Records], links: Links, judged: Judgements | None = None
) -> list[tuple[str, int, int]]:
    told = judged if judged is not None else Judgements(frames.empty(frames.JUDGEMENTS))
    looked = with_last_look(links, known, told, SETTINGS)
    fresh = looked.filter(basis=UNCLAIMED, decision="review")
    return fresh.select("right_source", "left", "right").rows()


def registered(*roster: Row, registry: Row | None = None) -> tuple[dict[Role, Records], Links]:
    """刘鑫, whom the registry has in a class of whose roster he is not; and rows of that roster."""
    known = lists(
        population=[XIN, MATE],
        registry=[registry or XIN | CLASS, MATE | CLASS],
        roster=[MATE | CLASS, *(CLASS | row for row in roster)],
    )
    mate = (Role.REGISTRY, 1, 1), (Role.ROSTER, 1, 0)
    return known, accepted((Role.REGISTRY, 0, 0), *mate)


def test_a_row_of_his_class_with_half_his_name_is_asked_about() -> None:
    half = {Field.NAME: "浏□", Field.BIRTH: "2010-03-10", Field.SEX: "男"}
    assert asked(*registered(half)) == [("roster", 0, 1)]


def test_a_stranger_in_his_class_is_not() -> None:
    stranger = {Field.NAME: "钱文博", Field.BIRTH: "2010-07-01", Field.SEX: "男"}
    assert asked(*registered(stranger)) == []


def test_a_part_of_the_name_under_another_birthdate_is_not() -> None:
    other = {Field.NAME: "刘文博", Field.BIRTH: "2010-07-01", Field.SEX: "男"}
    assert asked(*registered(other)) == []


def test_a_girl_of_his_class_with_his_surname_is_not() -> None:
    girl = {Field.NAME: "刘文博", Field.SEX: "女"}
    assert asked(*registered(girl)) == []


def test_his_name_but_for_a_wrong_sex_is() -> None:
    slip = {Field.NAME: "刘?", Field.SEX: "女"}
    assert asked(*registered(slip)) == [("roster", 0, 1)]


def test_a_row_with_the_valid_number_of_a_stranger_is_not() -> None:
    stranger = {Field.NAME: "刘欣", Field.ID: complete("34992120100310001"), Field.SEX: "男"}
    assert asked(*registered(stranger)) == []


def test_the_number_of_another_child_of_the_list_does_not_forbid_it() -> None:
    typed = {Field.NAME: "刘欣", Field.ID: MATE[Field.ID], Field.SEX: "男"}
    assert asked(*registered(typed)) == [("roster", 0, 1)]


def test_a_row_that_has_its_child_is_not_asked_about() -> None:
    known, links = registered({Field.NAME: "刘欣", Field.SEX: "男"})
    taken = accepted((Role.ROSTER, 1, 1))
    assert asked(known, Links(pl.concat([links, taken]))) == []


def test_a_child_on_a_roster_is_not_looked_for() -> None:
    known, links = registered({Field.NAME: "刘欣", Field.SEX: "男"}, XIN)
    taken = accepted((Role.ROSTER, 0, 2))
    assert asked(known, Links(pl.concat([links, taken]))) == []


def test_a_child_whose_class_supplied_no_roster_is_not_looked_for() -> None:
    elsewhere = XIN | CLASS | {Field.CLASS_NAME: "2班"}
    half = {Field.NAME: "浏□", Field.BIRTH: "2010-03-10", Field.SEX: "男"}
    assert asked(*registered(half, registry=elsewhere)) == []


def test_a_child_who_is_not_due_is_not_looked_for() -> None:
    young = XIN | {Field.BIRTH: "2019-03-10", Field.ID: complete("34992120190310243")}
    row = {Field.NAME: "刘□", Field.HOUSEHOLD: "H1", Field.DESTINATION: "县外"}
    assert asked(lists(population=[young], whereabouts=[row]), accepted()) == []


def test_a_pair_that_a_person_told_apart_is_not_asked_again() -> None:
    half = {Field.NAME: "浏□", Field.BIRTH: "2010-03-10", Field.SEX: "男"}
    told = {"left_source": ["population"], "right_source": ["roster"], "left": [0], "right": [1],
            "verdict": ["different"]}  # fmt: skip
    judged = Judgements(frames.conform(pl.DataFrame(told), frames.JUDGEMENTS))
    assert asked(*registered(half), judged) == []


def test_a_ledger_row_of_the_household_with_a_part_of_the_given_name_is_asked_about() -> None:
    child = XIN | {Field.NAME: "王嘉骉"}
    row = {Field.NAME: "王价?", Field.HOUSEHOLD: "H1", Field.DESTINATION: "县外"}
    known = lists(population=[child], whereabouts=[row])
    assert asked(known, accepted()) == [("whereabouts", 0, 0)]


def test_a_filing_by_guardian_and_village_is_asked_about() -> None:
    row = {
        Field.NAME: "刘□", Field.GUARDIAN: "刘健", Field.VILLAGE: "福冲村",
        Field.FILING_KIND: "空挂户",
    }  # fmt: skip
    assert asked(lists(population=[XIN], filing=[row]), accepted()) == [("filing", 0, 0)]


def test_a_row_of_his_village_under_his_mothers_surname_and_a_date_a_digit_off_is() -> None:
    child = XIN | {Field.NAME: "白森伟"}
    row = CLASS | {
        Field.NAME: "杨森伟", Field.BIRTH: "2010-03-11", Field.SEX: "男", Field.VILLAGE: "福冲村",
    }  # fmt: skip
    assert asked(lists(population=[child], roster=[row]), accepted()) == [("roster", 0, 0)]


def test_a_row_that_waits_for_its_number_alone_is_asked_about_by_its_name() -> None:
    sister = MATE | {Field.NAME: "刘欣", Field.HOUSEHOLD: "H1"}
    row = {Field.NAME: "刘鑫", Field.ID: MATE[Field.ID], Field.HOUSEHOLD: "H1"}
    known = lists(population=[XIN, sister], whereabouts=[row | {Field.DESTINATION: "县外"}])
    doubt = {"decision": pl.lit("review", dtype=DECISION), "basis": pl.lit("shared_id")}
    waiting = accepted((Role.WHEREABOUTS, 1, 0)).with_columns(**doubt)
    assert asked(known, Links(waiting)) == [("whereabouts", 0, 0)]


def test_namesakes_of_one_birthday_too_many_to_pair_are_each_asked_about_one_row() -> None:
    number = pl.int_range(150, eager=True)
    children = [XIN | {Field.ID: complete(f"34992120100310{2 * n + 1:03d}")} for n in number]
    rows = [{f: v for f, v in XIN.items() if f in (Field.NAME, Field.BIRTH, Field.SEX)}] * 120
    found = asked(lists(population=children, registry=rows), accepted())
    assert {left for _, left, _ in found} == set(range(150))
    assert len(found) == 150


def test_the_nearest_rejected_makes_room_for_the_question() -> None:
    known, links = registered({Field.NAME: "浏□", Field.BIRTH: "2010-03-10", Field.SEX: "男"})
    nearest = accepted((Role.ROSTER, 0, 1)).with_columns(
        decision=pl.lit("rejected", dtype=DECISION)
    )
    told = Judgements(frames.empty(frames.JUDGEMENTS))
    looked = with_last_look(Links(pl.concat([links, nearest])), known, told, SETTINGS)
    assert looked.filter(right_source="roster", left=0)["decision"].to_list() == ["review"]


def test_opaque_numbers_are_left_to_their_own_rules() -> None:
    known, links = registered({Field.NAME: "浏□", Field.BIRTH: "2010-03-10", Field.SEX: "男"})
    opaque = SETTINGS.model_copy(update={"numbers": "opaque"})
    told = Judgements(frames.empty(frames.JUDGEMENTS))
    assert with_last_look(links, known, told, opaque).equals(links)
