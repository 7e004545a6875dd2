"""Names of all lists are read aloud once, and every row hears its own."""

from __future__ import annotations

import polars as pl

from listed import SETTINGS, raw, records
from rosterrec import ids
from rosterrec.frames import Field, Records, Role
from rosterrec.normalise import normalise_all
from rosterrec.normalise.aloud import read_aloud


def test_a_name_on_two_lists_sounds_the_same_on_both() -> None:
    police = records(Role.POPULATION, [{Field.NAME: "单雄"}, {Field.NAME: "李明"}])
    roster = records(Role.ROSTER, [{Field.NAME: "李明"}, {Field.NAME: "单雄"}])
    nothing = pl.lit(None, dtype=pl.String)
    silent = [
        Records(side.with_columns(readings=nothing, near=nothing)) for side in (police, roster)
    ]
    heard = [side["readings"].to_list() for side in read_aloud(silent)]
    assert heard == [["shan xiong|dan xiong", "li ming"], ["li ming", "shan xiong|dan xiong"]]


def test_a_latin_name_sounds_like_its_words() -> None:
    (name,) = records(Role.ROSTER, [{Field.NAME: "Anna Schmidt"}])["near"]
    assert name == "ANNA SCHMIDT|SCHMIDT ANNA"


def test_a_row_without_a_name_sounds_like_nothing() -> None:
    frame = records(
        Role.ROSTER, [{Field.ID: ids.complete("34992120140506001")}, {Field.NAME: "王伟"}]
    )
    assert frame["readings"].to_list() == [None, "wang wei"]


def test_an_empty_list_stands_beside_the_others() -> None:
    lists = {
        Role.POPULATION: raw(Role.POPULATION, [{Field.NAME: "王伟", Field.BIRTH: "20140506"}]),
        Role.FILING: raw(Role.FILING, []),
    }
    made = normalise_all(lists, SETTINGS)
    assert [made[role][0]["readings"].to_list() for role in lists] == [["wang wei"], []]
