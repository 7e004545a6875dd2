"""Rows on which the lists disagree: outsiders, registry against rosters, data to correct."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rosterrec import frames
from rosterrec.classify.places import Home, Placed, where
from rosterrec.frames import (
    Decision,
    Destination,
    Flag,
    Links,
    People,
    Records,
    RegStatus,
    Role,
    of_pass,
)
from rosterrec.schools import school_key


def _linked(links: Links, left: Role, right: Role, *decisions: Decision) -> pl.DataFrame:
    return of_pass(links, left, right, *decisions, columns=["left", "right"])


def outsiders(
    records: Mapping[Role, Records], links: Links, places: Placed, home: Home
) -> pl.DataFrame:
    """Pupils of home schools, on a roster or active in the registry, who the police list lacks.

    ``no_household_registration`` is a pupil without any valid number; the rest are ``outsider``.
    """
    found = []
    for role in (Role.ROSTER, Role.REGISTRY):
        known = _linked(links, Role.POPULATION, role, Decision.ACCEPTED, Decision.REVIEW)
        rows = records[role].join(known, left_on="rec", right_on="right", how="anti")
        placed = rows.join(places[role], on="rec")
        here = where(
            pl.col("town"), pl.col("school_county"), pl.lit(home.fallback, dtype=pl.String), home
        )
        at_home = (here == Destination.LOCAL) | (here.is_null() & pl.lit(role is Role.ROSTER))
        active = pl.col("reg_status").is_null() | (pl.col("reg_status") == RegStatus.ACTIVE)
        nameless = pl.col("id").is_null() & pl.col("old_id").is_null() & pl.col("id_part").is_null()
        kept = placed.filter(at_home & active).with_columns(
            source=pl.lit(str(role)),
            id_number=pl.coalesce("id", "id_text"),
            birth_date=pl.col("birth"),
            kind=pl.when(nameless)
            .then(pl.lit("no_household_registration"))
            .otherwise(pl.lit("outsider")),
        )
        found.append(kept)
    both = pl.concat([_without_listed(found[0], found[1], links), found[0]], how="diagonal_relaxed")
    return frames.conform(both.sort("source", "rec", descending=[True, False]), frames.OUTSIDERS)


def _without_listed(roster: pl.DataFrame, registry: pl.DataFrame, links: Links) -> pl.DataFrame:
    """Registry outsiders who are not the same pupil as one of the roster's."""
    same = _linked(links, Role.REGISTRY, Role.ROSTER, Decision.ACCEPTED)
    listed = same.join(roster.select(right="rec"), on="right")
    return registry.join(listed, left_on="rec", right_on="left", how="anti")


def registry_check(
    records: Mapping[Role, Records],
    links: Links,
    places: Placed,
    people: People,
) -> pl.DataFrame:
    """Home schools' registry rows that no roster shows, and roster rows that the registry lacks.

    Only classes whose roster was supplied can miss a pupil. ``other_school`` is where the other
    list has the pupil.
    """
    if not len(records[Role.REGISTRY]) or not len(records[Role.ROSTER]):
        return frames.empty(frames.REGISTRY_CHECK)
    registry = _with_place(records, Role.REGISTRY, places)
    roster = _with_place(records, Role.ROSTER, places)
    same = _linked(links, Role.REGISTRY, Role.ROSTER, Decision.ACCEPTED, Decision.REVIEW)
    pairs = same.join(registry.select("school_key", left="rec", other="school"), on="left").join(
        roster.select(key_c="school_key", right="rec", school_c="school"), on="right"
    )
    parts = (
        _absent_pupils(registry, roster, pairs),
        _unregistered_pupils(roster, pairs),
        _double(registry, links),
    )
    found = pl.concat(
        frames.conform(
            _with_person(part, links, people).with_columns(id_number=pl.coalesce("id", "id_text")),
            frames.REGISTRY_CHECK,
        )
        for part in parts
    )
    return found.sort("problem", "school", "grade", "class_name", "file", "sheet", "row")


def _at_one_school(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs of both lists in which they have the pupil at one school."""
    return pairs.filter(pl.col("school_key") == pl.col("key_c"))


def _absent_pupils(
    registry: pl.DataFrame, roster: pl.DataFrame, pairs: pl.DataFrame
) -> pl.DataFrame:
    """Active registry rows of classes with a roster on which the pupil is not."""
    classes = roster.select("school_key", "grade", "class_name").unique()
    active = pl.col("reg_status").is_null() | (pl.col("reg_status") == RegStatus.ACTIVE)
    return (
        registry.filter(active & (pl.col("mode").is_null() | (pl.col("mode") != "home")))
        .join(classes, on=["school_key", "grade", "class_name"], how="semi", nulls_equal=True)
        .join(_at_one_school(pairs), left_on="rec", right_on="left", how="anti")
        .join(_other(pairs, "left", "school_c"), on="rec", how="left")
        .with_columns(problem=pl.lit("not_on_roster"), source=pl.lit(str(Role.REGISTRY)))
    )


def _unregistered_pupils(roster: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Roster rows of pupils whom the registry has nowhere, or elsewhere."""
    return (
        roster.join(_at_one_school(pairs), left_on="rec", right_on="right", how="anti")
        .join(_other(pairs, "right", "other"), on="rec", how="left")
        .with_columns(
            problem=pl.when(pl.col("other_school").is_null())
            .then(pl.lit("not_in_registry"))
            .otherwise(pl.lit("registered_elsewhere")),
            source=pl.lit(str(Role.ROSTER)),
        )
    )


def _with_place(records: Mapping[Role, Records], role: Role, places: Placed) -> pl.DataFrame:
    placed = pl.concat([records[role], places[role].drop("rec")], how="horizontal")
    return placed.with_columns(school_key=school_key(pl.col("school")))


def _other(pairs: pl.DataFrame, side: str, column: str) -> pl.DataFrame:
    return pairs.group_by(rec=side).agg(other_school=pl.col(column).sort().first())


def _double(registry: pl.DataFrame, links: Links) -> pl.DataFrame:
    """Active registry rows of one child at two schools or more."""
    active = pl.col("reg_status").is_null() | (pl.col("reg_status") == RegStatus.ACTIVE)
    owned = _linked(links, Role.POPULATION, Role.REGISTRY, Decision.ACCEPTED).join(
        registry.filter(active).rename({"rec": "right"}), on="right"
    )
    twice = owned.filter(pl.col("school_key").n_unique().over("left") > 1)
    others = pl.col("school").sort().str.join("; ").over("left")
    return twice.with_columns(
        other_school=others,
        problem=pl.lit("double_registry"),
        source=pl.lit(str(Role.REGISTRY)),
        rec="right",
    )


def _with_person(rows: pl.DataFrame, links: Links, people: People) -> pl.DataFrame:
    """The rows with ``person_id`` of the child they belong to, if on the police list."""
    own = (
        links.select("left", "left_source", "right", "right_source", "decision")
        .filter(
            (pl.col("left_source") == Role.POPULATION) & (pl.col("decision") == Decision.ACCEPTED)
        )
        .select("left", source=pl.col("right_source").cast(pl.String), rec="right")
    )
    named = own.join(people.select("person_id", left="rec"), on="left").drop("left")
    first = named.sort("source", "rec", "person_id").unique(["source", "rec"], keep="first")
    return rows.drop("person_id", strict=False).join(
        first, on=["source", "rec"], how="left", maintain_order="left"
    )


#: What each flag corrects: the field, and the record columns that hold what is found and expected.
_CORRECTS = {
    Flag.ID_INVALID: ("id", "id_text", "id"),
    Flag.ID_DAMAGED: ("id", "id_text", "id"),
    Flag.ID_RELATIVE: ("id", "id_text", "id"),
    Flag.SWAPPED_IDS: ("id", "id_text", "id"),
    Flag.ID_MISSING: ("id", "id_text", "id"),
    Flag.ID_OLD: ("student_no", "student_no", "student_no"),
    Flag.TEMPORARY_NUMBER: ("student_no", "student_no", "student_no"),
    Flag.NAME_VARIANT: ("name", "name", "name"),
    Flag.BIRTH_DIFFERS: ("birth", "birth", "birth"),
    Flag.SEX_DIFFERS: ("sex", "sex", "sex"),
}


def corrections(
    records: Mapping[Role, Records], people: People, on_links: pl.DataFrame
) -> pl.DataFrame:
    """One row per datum to correct: found in which row, and what the police list has instead.

    ``owner`` is registry for registry rows and school for roster rows. Police-side data (a number
    that fails its check digit on the police list) have the owner police.
    """
    flagged_ones = pl.col("rec").is_in(on_links["rec"].implode())
    own = _expected(records[Role.POPULATION].filter(flagged_ones))
    parts = []
    for role, owner in ((Role.REGISTRY, "registry"), (Role.ROSTER, "school")):
        rows = records[role].select(
            "file", "sheet", "row", "id_text", "student_no", "sex", right="rec",
            found_name="name", birth=pl.col("birth").cast(pl.String),
        )  # fmt: skip
        flagged = (
            on_links.filter(pl.col("source") == role).join(rows, on="right").join(own, on="rec")
        )
        for flag, (field, found, expected) in _CORRECTS.items():
            column = {"name": "found_name"}.get(found, found)
            parts.append(
                flagged.filter(pl.col("flag") == flag).select(
                    "rec", "flag", "file", "sheet", "row",
                    owner=pl.lit(owner), field=pl.lit(field),
                    found=pl.col(column), expected=pl.col(f"own_{expected}"),
                )
            )  # fmt: skip
    parts.append(_police(records[Role.POPULATION]))
    both = pl.concat(parts).join(people.select("rec", "person_id", "name", "id_number"), on="rec")
    return frames.conform(both, frames.CORRECTIONS).sort("owner", "file", "sheet", "row", "flag")


def _expected(population: pl.DataFrame) -> pl.DataFrame:
    """What the police list has of each child, as ``own_<datum>``."""
    return population.select(
        "rec",
        own_id="id",
        own_name="name",
        own_birth=pl.col("birth").cast(pl.String),
        own_sex="sex",
        own_student_no=pl.concat_str(pl.lit("G"), "id"),  # how the registry numbers pupils
    )


def _police(population: Records) -> pl.DataFrame:
    """Numbers on the police list itself that are missing or fail their check."""
    wrong = population.filter(pl.col("id").is_null())
    return wrong.select(
        "rec",
        pl.when(pl.col("id_text").is_null())
        .then(pl.lit(str(Flag.ID_MISSING)))
        .when(pl.col("id_part").is_not_null())
        .then(pl.lit(str(Flag.ID_DAMAGED)))
        .otherwise(pl.lit(str(Flag.ID_INVALID)))
        .alias("flag"),
        "file", "sheet", "row",
        owner=pl.lit("police"), field=pl.lit("id"),
        found=pl.col("id_text"), expected=pl.lit(None, dtype=pl.String),
    )  # fmt: skip
