"""The central school's ledger of whereabouts and the filings."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.fates import Fortunes
from benchmarks.ids import Ints
from benchmarks.lists import Table, either, spoilt, table, where
from benchmarks.places import CITIES, Places
from benchmarks.plan import COUNTY
from benchmarks.sheet import County

_NAMES = ["阳光", "育才", "晨光", "新华", "向阳", "启明", "实验", "滨江", "新城", "希望"]


def whereabouts(county: County, places: Places, fortunes: Fortunes) -> Table:
    """Where families say that children are, and the proof held."""
    people, homes = county.people, county.homes
    claim = fortunes.column("claim")
    person = np.flatnonzero(people.listed & (claim != ""))
    sheet, guardian, phone = spoilt(county, "whereabouts", person)
    home, chance = people.home[person], county.plan.chance("whereabouts")
    claim, proven = claim[person], fortunes.column("proven")[person]
    place, school = _claimed(places, fortunes, person, claim, chance)
    days = chance.integers(0, 44, len(person))
    when = np.where(
        proven == "held",
        np.datetime64("2024-09-01") + days,
        np.datetime64("2023-10-01") + 4 * days,
    ).astype("datetime64[D]")
    dated = np.isin(proven, ["held", "expired"])
    attempts = pl.Series(chance.integers(3, 7, len(person))).cast(pl.String)
    columns = {
        "户号": pl.Series(300_000 + home).cast(pl.String),
        "姓名": sheet.name,
        "身份证号": sheet.id,
        "户籍镇街": pl.Series(places.towns).gather(homes.town[home]),
        "户籍村": places.village(homes.town[home], homes.village[home]),
        "监护人": guardian,
        "联系电话": phone,
        "就读去向": pl.Series(claim.tolist(), dtype=pl.String),
        "就读省市县": place,
        "就读学校": school,
        "是否取证": where(proven != "", either(dated, "是", "否")),
        "取证时间": where(dated, pl.Series(when).dt.to_string("%Y-%m-%d")),
        "联系次数": where(claim == "失联", attempts),
    }
    return table(columns, person, sheet.mask, "摸排台账.csv")


def _claimed(
    places: Places, fortunes: Fortunes, person: Ints, claim: np.ndarray, chance: np.random.Generator
) -> tuple[pl.Series, pl.Series]:
    """Place and school in words."""
    size = len(person)
    city = pl.Series(CITIES).gather(chance.integers(0, len(CITIES), size))
    away = pl.Series(_NAMES).gather(chance.integers(0, len(_NAMES), size))
    grade = fortunes.grade[person]
    kind = pl.Series(["小学", "中学", "高级中学"]).gather((grade > 6).astype(int) + (grade > 9))
    names = places.directory["学校名称"]
    frame = pl.DataFrame(
        {
            "claim": pl.Series(claim.tolist(), dtype=pl.String),
            "city": city,
            "far": city.str.slice(3, 2) + away + kind,
            "near": names.gather(fortunes.other_school[person]),
            "home": names.gather(fortunes.home_school[person]),
        }
    )
    gone = pl.col("claim").is_in(["县外", "高中"])
    near = pl.col("claim").is_in(["本镇", "县内外镇"])
    local = pl.when(pl.col("claim") == "本镇").then("home").otherwise("near")
    found = frame.select(
        place=pl.when(gone).then("city").when(near).then(pl.lit(COUNTY)),
        school=pl.when(gone).then("far").when(near).then(local),
    )
    return found["place"], found["school"]


def filings(county: County, places: Places, fortunes: Fortunes) -> Table:
    """Deaths, empty registrations, suspensions and the rest, with their documents."""
    people, homes = county.people, county.homes
    kind = fortunes.column("filing")
    person = np.flatnonzero(people.listed & (kind != ""))
    sheet, guardian, _ = spoilt(county, "filing", person)
    home, kind = people.home[person], kind[person]
    chance = county.plan.chance("filing")
    documented = fortunes.column("documented")[person].astype(bool)
    numbers = "澄备〔2024〕" + pl.Series(np.arange(len(person)) + 1).cast(pl.String) + "号"
    day = np.datetime64("2024-02-01") + chance.integers(0, 200, len(person))
    timed = np.isin(kind, ["休学", "延缓入学"])
    columns = {
        "姓名": sheet.name,
        "性别": either(sheet.male, "男", "女"),
        "身份证号": sheet.id,
        "户籍村": places.village(homes.town[home], homes.village[home]),
        "监护人": guardian,
        "备案类别": pl.Series(kind.tolist(), dtype=pl.String),
        "备案文号": where(documented, numbers),
        "备案日期": where(
            documented, pl.Series(day.astype("datetime64[D]")).dt.to_string("%Y-%m-%d")
        ),
        "有效期起": where(timed, either(kind == "休学", "2024-03-01", "2024-08-20")),
        "有效期止": where(timed, either(kind == "休学", "2025-02-28", "2025-08-31")),
    }
    return table(columns, person, sheet.mask, "备案.csv")
