"""The files of a OneRoster export joined: a row of users.csv with what the others say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rosterrec import frames
from rosterrec.frames import Field, Role
from rosterrec.read.sheet import Source
from rosterrec.read.table import Table

#: The columns that are looked at; those that an export leaves out are empty.
_COLUMNS: dict[str, str] = {
    "users": "sourcedid status role familyname givenname identifier usermasteridentifier userids "
    "grades phone sms agentsourcedids orgsourcedids primaryorgsourcedid",
    "enrollments": "status classsourcedid schoolsourcedid usersourcedid role enddate",
    "classes": "sourcedid status title grades coursesourcedid classtype schoolsourcedid",
    "courses": "sourcedid status grades",
    "orgs": "sourcedid status name type identifier",
    "demographics": "sourcedid status birthdate sex",
    "roles": "status usersourcedid role",
}
_GONE = ("tobedeleted", "inactive")
#: Which identifier in userIds, written {type:value}, is the citizen's number.
_CITIZEN = r"(?i)\{\s*(?:citizen|national|id_?card|identity|身份)[^:}]*:\s*([^}]*)\}"
_NUMBER = r"^[`']?[0-9]{14,17}[0-9XxＸ×]?$"
_STUDENT_NO = r"([GJLgjl][0-9]{17}[0-9Xx])"
_HAN = r"[\u4e00-\u9fff\u3400-\u4dbf]"


@dataclass(frozen=True)
class Export:
    """The files of one export by their kind, each as the table that it holds."""

    tables: Mapping[str, Table]
    source: Source
    opaque: bool = False


def headings_of(table: Table) -> tuple[int, dict[int, str]]:
    """The row of the headings, and each heading by its column."""
    columns = [c for c in table.cells.columns if c != "row"]
    head = table.cells.filter(pl.any_horizontal(pl.col(c).is_not_null() for c in columns)).head(1)
    words = {int(c[1:]): str(head[c][0]) for c in columns if head[c][0]}
    return int(head["row"][0]), words


def filled_below(table: Table, first: int) -> pl.DataFrame:
    """The rows below the headings that hold anything."""
    columns = [c for c in table.cells.columns if c != "row"]
    filled = pl.any_horizontal(pl.col(c).is_not_null() for c in columns)
    return table.cells.filter((pl.col("row") > first) & filled)


def _named(export: Export, kind: str) -> pl.DataFrame:
    """The rows of a file that are not to be deleted, under their headings in small letters."""
    wanted = _COLUMNS[kind].split()
    schema = {**{name: pl.String() for name in wanted}, "row": pl.Int64()}
    table = export.tables.get(kind)
    if table is None:
        return frames.empty(schema)
    first, headings = headings_of(table)
    places = {word.lower(): f"c{i}" for i, word in reversed(headings.items())}
    columns = [pl.col(places[name]).alias(name) for name in wanted if name in places]
    rows = frames.conform(filled_below(table, first).select("row", *columns), schema)
    return rows if kind == "users" else rows.filter(~_gone())


def _gone() -> pl.Expr:
    return pl.col("status").str.to_lowercase().is_in(_GONE).fill_null(value=False)


def joined(export: Export, role: Role) -> pl.DataFrame:
    """Raw rows with ``problem``, one for each row of users.csv."""
    users = _named(export, "users")
    listed = "enrollments" in export.tables
    enrolled = pl.col("enrolled").fill_null(value=False)
    orgs = _named(export, "orgs").filter(pl.col("type").is_null() | (pl.col("type") == "school"))
    school = _first_known(orgs, "class_school", "primaryorgsourcedid", "orgsourcedids")
    names = users.select("sourcedid", name=_name())
    agents = pl.col("agentsourcedids").str.split(",")
    return _users(export).select(
        "row",
        _name().alias(Field.NAME),
        _number(opaque=export.opaque).alias(Field.ID),
        _student_no().alias(Field.STUDENT_NO),
        pl.coalesce("phone", "sms").alias(Field.PHONE),
        *(
            _mapped(agents.list.get(i, null_on_oob=True).str.strip_chars(), names, "name").alias(f)
            for i, f in enumerate((Field.GUARDIAN, Field.GUARDIAN_2))
        ),
        pl.coalesce(_single("grades"), "class_grade").alias(Field.GRADE),
        pl.col("sex").alias(Field.SEX),
        pl.col("birthdate").alias(Field.BIRTH),
        pl.col("class_title").alias(Field.CLASS_NAME),
        _mapped(school, orgs, "name").alias(Field.SCHOOL),
        _mapped(school, orgs, "identifier").alias(Field.SCHOOL_CODE),
        _state(enrolled, listed=listed, role=role).alias(Field.REG_STATUS),
        file=pl.lit(export.source.file),
        sheet=pl.lit(""),
        id_cell=pl.lit("text"),
        problem=_problem(enrolled, listed=listed, role=role),
    )


def _users(export: Export) -> pl.DataFrame:
    """Every row of users.csv with birthdate and sex, class, and whether it is a pupil."""
    told = _named(export, "demographics").unique("sourcedid", keep="first")
    return (
        _named(export, "users")
        .join(told.select("sourcedid", "birthdate", "sex"), on="sourcedid", how="left")
        .join(_classes(export), on="sourcedid", how="left")
        .join(_roles(export), on="sourcedid", how="left")
        .sort("row")
    )


def _problem(enrolled: pl.Expr, *, listed: bool, role: Role) -> pl.Expr:
    """Why a user is nobody of this list; a registry keeps whoever has left."""
    own = pl.col("role").str.to_lowercase().is_in(["student", "学生"])
    pupil = pl.coalesce(own, "pupil", pl.when(listed).then(enrolled), pl.lit(value=True))
    absent = ~enrolled if listed and role is Role.ROSTER else pl.lit(value=False)
    return (
        pl.when(_gone())
        .then(pl.lit("to_be_deleted"))
        .when(~pupil | pl.col("sourcedid").is_null())
        .then(pl.lit("not_a_pupil"))
        .when(absent)
        .then(pl.lit("not_enrolled"))
    )


def _classes(export: Export) -> pl.DataFrame:
    """Per pupil the class that is home to it: ``enrolled, class_title, class_grade, class_school``.

    Of several classes of subjects none is the pupil's own.
    """
    as_of = export.source.as_of.isoformat()
    courses = _named(export, "courses").unique("sourcedid", keep="first")
    course = courses.select(coursesourcedid="sourcedid", course_grade=_single("grades"))
    classes = _named(export, "classes").unique("sourcedid", keep="first")
    classes = classes.join(course, on="coursesourcedid", how="left").select(
        "title", "classtype", classsourcedid="sourcedid", of_class="schoolsourcedid",
        class_grade=pl.coalesce(_single("grades"), "course_grade"),
    )  # fmt: skip
    live = _named(export, "enrollments").filter(
        pl.col("role").str.to_lowercase().is_in(["student", "学生"]).fill_null(value=True)
        & (pl.col("enddate").str.slice(0, 10) >= as_of).fill_null(value=True)
    )
    home = (pl.col("classtype").str.to_lowercase() == "homeroom").fill_null(value=False)
    found = live.join(classes, on="classsourcedid", how="left").with_columns(home=home)
    ordered = found.sort("home", "row", descending=[True, False])
    own = pl.col("home").first() | (pl.col("title").n_unique() == 1)
    return ordered.group_by(sourcedid="usersourcedid", maintain_order=True).agg(
        enrolled=pl.lit(value=True),
        class_title=pl.when(own).then(pl.col("title").first()),
        class_grade=pl.when(own).then(pl.col("class_grade").first()),
        class_school=pl.coalesce("schoolsourcedid", "of_class").first(),
    )


def _roles(export: Export) -> pl.DataFrame:
    """``sourcedid`` and whether one of the user's roles is a pupil's (OneRoster 1.2)."""
    roles = _named(export, "roles")
    return roles.group_by(sourcedid="usersourcedid").agg(
        pupil=(pl.col("role").str.to_lowercase() == "student").any()
    )


def _name() -> pl.Expr:
    """The family name first, and without a blank where it is Chinese."""
    parts = ["familyname", "givenname"]
    close = pl.concat_str(parts, ignore_nulls=True)
    apart = pl.concat_str(parts, separator=" ", ignore_nulls=True)
    whole = pl.when(close.str.contains(_HAN)).then(close).otherwise(apart)
    return pl.when(whole != "").then(whole)


def _number(*, opaque: bool) -> pl.Expr:
    """The citizen's number: the one that says so, else the first that is written like one."""
    said = pl.col("userids").str.extract(_CITIZEN)
    told = [pl.col(c) for c in ("usermasteridentifier", "identifier")]
    inner = pl.col("userids").str.extract(r"\{[^:}]*:\s*([0-9]{14,17}[0-9Xx]?)\s*\}")
    like = [pl.when(text.str.contains(_NUMBER)).then(text) for text in told]
    found = pl.coalesce(said.replace("", None), *(told if opaque else like), inner)
    return found.str.strip_chars()


def _student_no() -> pl.Expr:
    texts = ("userids", "identifier", "usermasteridentifier")
    return pl.coalesce(pl.col(text).str.extract(_STUDENT_NO) for text in texts)


def _single(column: str) -> pl.Expr:
    """A list of one, as its one word: grades of a class that holds several are nobody's."""
    text = pl.col(column).str.strip_chars(" []\"'")
    return pl.when(~text.str.contains(",")).then(text)


def _state(enrolled: pl.Expr, *, listed: bool, role: Role) -> pl.Expr:
    """Whether a registry's pupil is still at school; nothing is said of it without enrollments."""
    if role is not Role.REGISTRY or not listed:
        return pl.lit(None, dtype=pl.String)
    return pl.when(enrolled).then(pl.lit("在籍在校")).otherwise(pl.lit("离校"))


def _first_known(orgs: pl.DataFrame, *columns: str) -> pl.Expr:
    """The first of the columns' keys that is a school's; of a list of keys its first."""
    keys = [pl.col(c).str.split(",").list.first().str.strip_chars() for c in columns]
    return pl.coalesce(pl.when(key.is_in(orgs["sourcedid"].to_list())).then(key) for key in keys)


def _mapped(key: pl.Expr, frame: pl.DataFrame, to: str) -> pl.Expr:
    known = frame.drop_nulls("sourcedid").unique("sourcedid", keep="first", maintain_order=True)
    if known.is_empty():
        return pl.lit(None, dtype=pl.String)
    return key.replace_strict(known["sourcedid"], known[to], default=None, return_dtype=pl.String)
