"""The lists of a county, each row copied from the truth and then spoilt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks import date_slips, id_slips, ids, name_slips
from benchmarks.fates import Fortunes
from benchmarks.ids import Ints
from benchmarks.people import Bools, Homes
from benchmarks.places import PER_TOWN, VILLAGES, Places
from benchmarks.plan import COUNTY, COUNTY_CODE, SCHOOL_YEAR
from benchmarks.sheet import County, Sheet, strike
from benchmarks.text import strings

#: Registered pupils whom a second school has too (双重学籍).
SECOND = 0.0035
#: Pupils from elsewhere who have no ID at all (无户籍在读).
_NO_HOUSEHOLD = 0.01
_GRADES = ["", *(f"{c}年级" for c in "一二三四五六七八九"), "高一"]


@dataclass(frozen=True)
class Table:
    """A list ready to be written.

    Attributes:
        rows: what the file shows, besides ``person``, ``errors`` (bits) and ``file``.
        order: heading order.
    """

    rows: pl.DataFrame
    order: list[str]


def population(county: County, places: Places) -> Table:
    """The police list: clean, since everything else is measured against it."""
    person = np.flatnonzero(county.people.listed)
    homes, people = county.homes, county.people
    home = people.home[person]
    former = _former_names(county, person)
    birth = pl.Series(people.birth[person].astype("datetime64[D]"))
    father, mother = (_texts(homes, who, home) for who in ("father", "mother"))
    columns = {
        "户号": pl.Series(300_000 + home).cast(pl.String),
        "户主姓名": father,
        "与户主关系": either(people.male[person], "子", "女"),
        "姓名": county.names.gather(person),
        "曾用名": former,
        "性别": either(people.male[person], "男", "女"),
        "出生日期": birth.dt.to_string("%Y-%m-%d"),
        "公民身份号码": county.numbers.gather(person),
        "户籍县": pl.Series([COUNTY]).gather(np.zeros(len(person), np.int64)),
        "户籍镇街": pl.Series(places.towns).gather(homes.town[home]),
        "户籍村": places.village(homes.town[home], homes.village[home]),
        "父亲姓名": father,
        "母亲姓名": mother,
        "联系电话": pl.Series(homes.phone[home]).cast(pl.String),
    }
    return table(columns, person, np.zeros(len(person), np.int64), "户籍人口.csv")


def _former_names(county: County, person: Ints) -> pl.Series:
    """曾用名 of three in five who were called otherwise."""
    people = county.people
    known = people.had_former & (county.plan.chance("former known").random(len(people)) < 0.6)
    at = (np.cumsum(people.had_former) - 1)[person].clip(0)
    if not len(people.former):
        return pl.Series([None] * len(person), dtype=pl.String)
    names = strings(people.former).gather(at)
    return where(known[person], names)


def registry(county: County, places: Places, fortunes: Fortunes) -> Table:
    """The county's student registry, second registrations included."""
    everyone, at, second = _registered(county, places, fortunes)
    grade = fortunes.grade[everyone]
    sheet = Sheet(county, "registry", everyone, _class(at, grade, fortunes.klass[everyone]))
    hits = _spoil(sheet)
    _no_household(sheet)
    state = fortunes.column("registry")[everyone]
    shown = np.where(state == "毕业", 9, grade)
    first = np.where(shown <= 6, 1, np.where(shown <= 9, 7, 10))
    entry = (SCHOOL_YEAR - (state == "毕业") - (shown - first)) * 100 + 9
    guardian = _guardian(sheet, hits)
    columns = {
        "学校标识码": places.directory["学校标识码"].gather(at),
        "学校名称": places.directory["学校名称"].gather(at),
        "姓名": sheet.name,
        "性别": either(sheet.male, "男", "女"),
        "出生日期": _dates(sheet, ["%Y%m%d"]),
        "身份证件号": sheet.id,
        "全国学籍号": sheet.student,
        "年级": pl.Series(_GRADES).gather(shown),
        "班级": pl.Series(fortunes.klass[everyone]).cast(pl.String) + "班",
        "入学年月": pl.Series(entry).cast(pl.String),
        "就读方式": pl.Series(fortunes.column("mode")[everyone].tolist(), dtype=pl.String),
        "学籍状态": pl.Series(state.tolist(), dtype=pl.String),
        "成员1姓名": guardian,
        "成员1联系电话": _phone(sheet, hits),
    }
    written = table(columns, everyone, sheet.mask, "学籍库.csv")
    return Table(written.rows.with_columns(pl.Series("second", second)), written.order)


def _registered(county: County, places: Places, fortunes: Fortunes) -> tuple[Ints, Ints, Bools]:
    """Child and school of each registry row, and whether it is a second registration.

    The second school is never in the first one's township.
    """
    school = fortunes.school("place")
    person = np.flatnonzero(school >= 0)
    chance = county.plan.chance("second registration")
    active = fortunes.column("registry")[person] == "正常"
    active &= school[person] < places.seniors().start
    again = person[active & (chance.random(len(person)) < SECOND)]
    step = 1 + chance.integers(0, len(places.towns) - 1, len(again))
    town = (school[again] // PER_TOWN + step) % len(places.towns)
    grade = fortunes.grade[again].clip(1, 9)
    second = places.school(town, chance.integers(0, VILLAGES, len(again)), grade)
    is_second = np.r_[np.zeros(len(person), np.bool_), np.ones(len(again), np.bool_)]
    return np.r_[person, again], np.r_[school[person], second], is_second


def roster(county: County, places: Places, fortunes: Fortunes) -> Table:
    """The class rosters of all townships' schools, or of the one that asks, a file to a school."""
    school = fortunes.school("roster")
    asked = (school >= 0) & ((school < PER_TOWN) | (not county.plan.township))
    person = np.flatnonzero(asked)
    at, grade = school[person], fortunes.grade[person]
    sheet = Sheet(county, "roster", person, _class(at, grade, fortunes.klass[person]))
    hits = _spoil(sheet)
    name_slips.loosen(sheet)
    homes, home = county.homes, county.people.home[person]
    columns = {
        "学校名称": places.directory["学校名称"].gather(at),
        "学校标识码": places.directory["学校标识码"].gather(at),
        "年级": pl.Series(_GRADES).gather(grade),
        "班级": pl.Series(fortunes.klass[person]).cast(pl.String) + "班",
        "学号": pl.Series(np.arange(len(person)) % 60 + 1).cast(pl.String),
        "学生姓名": sheet.name,
        "性别": either(sheet.male, "男", "女"),
        "出生日期": _dates(sheet, ["%Y-%m-%d", "%Y%m%d", "%Y.%-m.%-d", "%Y年%-m月%-d日"]),
        "身份证号": sheet.id,
        "户籍村": places.village(homes.town[home], homes.village[home]),
        "家长姓名": _guardian(sheet, hits),
        "联系电话": _phone(sheet, hits),
    }
    written = table(columns, person, sheet.mask, "名册.csv")
    if county.plan.township:
        files = "名册_" + columns["学校名称"] + ".csv"
        return Table(written.rows.with_columns(files.alias("file")), written.order)
    return written


def _spoil(sheet: Sheet) -> dict[str, Ints]:
    """Make the errors that every list can have; the rows they were meant for."""
    hits = strike(sheet)
    id_slips.spoil(sheet, hits)
    name_slips.spoil(sheet, hits)
    date_slips.spoil(sheet, hits)
    rows = hits["sex_wrong"]
    sheet.male[rows] = ~sheet.male[rows]
    sheet.mark(rows, "sex_wrong")
    return hits


def spoilt(county: County, source: str, person: Ints) -> tuple[Sheet, pl.Series, pl.Series]:
    """A list without classes, its guardians and its telephone numbers."""
    sheet = Sheet(county, source, person, np.zeros(len(person), np.int64))
    hits = _spoil(sheet)
    return sheet, _guardian(sheet, hits), _phone(sheet, hits)


def _class(school: Ints, grade: Ints, klass: Ints) -> Ints:
    return (school * 13 + grade) * 64 + klass


def _no_household(sheet: Sheet) -> None:
    """Pupils from elsewhere without any registration: no ID, a student number with J."""
    outsider = ~sheet.county.people.native[sheet.person]
    rows = np.flatnonzero(
        outsider & (sheet.chance("no household").random(len(sheet)) < _NO_HOUSEHOLD)
    )
    birth = ids.eight(sheet.county.people.birth[sheet.person[rows]])
    number = COUNTY_CODE * 10**11 + birth * 1000 + 1 + np.arange(len(rows)) % 900
    sheet.overwrite("id", rows, pl.Series([None] * len(rows), dtype=pl.String))
    sheet.overwrite("student", rows, "J" + ids.text(number))
    sheet.mark(rows, "id_missing")


def _guardian(sheet: Sheet, hits: dict[str, Ints]) -> pl.Series:
    """Father or mother; a grandparent, or nobody, where that is the slip."""
    homes, home = sheet.county.homes, sheet.county.people.home[sheet.person]
    use_mother = sheet.chance("guardian").random(len(sheet)) < 0.4
    names = homes.father[home]
    names[use_mother] = homes.mother[home[use_mother]]
    other = hits["guardian_other"]
    names[other] = homes.father[(home[other] + 7919) % len(homes.first)]
    sheet.mark(other, "guardian_other")
    missing = hits["guardian_missing"]
    names[missing] = 0
    sheet.mark(missing, "guardian_missing")
    text = strings(names)
    return where((names[:, 0] != 0), text)


def _phone(sheet: Sheet, hits: dict[str, Ints]) -> pl.Series:
    number = sheet.county.homes.phone[sheet.county.people.home[sheet.person]].copy()
    rows = hits["phone_differs"]
    number[rows] = 12_000_000_000 + sheet.chance("phone").integers(0, 10**9, len(rows))
    sheet.mark(rows, "phone_differs")
    return pl.Series(number).cast(pl.String)


def _dates(sheet: Sheet, formats: list[str]) -> pl.Series:
    """Birthdates as the classes write them."""
    frame = pl.DataFrame(
        {
            "day": sheet.birth.astype("datetime64[D]"),
            "part": sheet.birth_part,
            "style": sheet.klass % len(formats),
        }
    )
    day = pl.col("day")
    text = pl.coalesce(
        pl.when(pl.col("style") == i).then(day.dt.to_string(f)) for i, f in enumerate(formats)
    )
    return frame.select(
        pl.when(pl.col("part") == date_slips.MISSING)
        .then(None)
        .when(pl.col("part") == date_slips.MONTH_ONLY)
        .then(day.dt.to_string("%Y%m"))
        .otherwise(text)
        .alias("birth")
    ).to_series()


def either(which: Bools, yes: str, no: str) -> pl.Series:
    """One of two words a row."""
    return pl.Series([no, yes]).gather(which.astype(np.int64))


def where(keep: Bools, text: pl.Series) -> pl.Series:
    """The texts, and nothing in the other rows."""
    frame = pl.DataFrame({"keep": keep, "text": text})
    return frame.select(pl.when("keep").then("text").alias("text")).to_series()


def _texts(homes: Homes, who: str, home: Ints) -> pl.Series:
    return strings(getattr(homes, who)).gather(home)


def table(columns: dict[str, pl.Series], person: Ints, mask: Ints, file: str) -> Table:
    """The columns as a list of one file."""
    frame = pl.DataFrame([series.alias(name) for name, series in columns.items()])
    return Table(
        frame.with_columns(
            pl.Series("person", person), pl.Series("errors", mask), file=pl.lit(file)
        ),
        list(columns),
    )
