"""Where a school is: by its code, by its name and what else is known, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rosterrec.frames import Destination, Records, Role, Schools
from rosterrec.schools import school_key, stage
from rosterrec.settings import Settings


@dataclass(frozen=True)
class Home:
    """The home side of every comparison of places.

    Attributes:
        town: the home town, or None where each child's own township is home.
        fallback: the town of a child whose row names none.
        counties: names and codes by which the home county goes.
    """

    town: str | None
    fallback: str | None
    counties: tuple[str, ...]


def find_home(
    records: dict[Role, Records], schools: Schools, settings: Settings
) -> tuple[Home, bool]:
    """The home town and county, and whether the town had to be assumed.

    The town is the setting; else each child's own township; a child without one has the township
    most of the others have, or the one that most roster pupils' schools lie in.
    """
    population = records[Role.POPULATION]
    usual = _most_common(population["township"])
    assumed = settings.home is None and usual is None
    if assumed:
        rosters = records[Role.ROSTER].with_columns(
            school_key(pl.col("school")).alias("school_key")
        )
        placed = rosters.join(schools.select("school_key", town="township"), on="school_key")
        usual = _most_common(placed["town"]) or _most_common(rosters["township"])
    fallback = settings.home or usual
    return Home(
        settings.home, fallback, _counties(population, schools, settings, fallback)
    ), assumed


def _counties(
    population: pl.DataFrame, schools: pl.DataFrame, settings: Settings, town: str | None
) -> tuple[str, ...]:
    """Every name and code of the home county that the lists use.

    The setting, or else the county of the police list, or else the commonest first six digits of
    its numbers; to these, what the directory calls the county of the home town, when only one of
    its counties has that town or agrees with the rest.
    """
    region = _most_common(population["id"].str.head(6))
    known = [settings.county] if settings.county else [_most_common(population["county"]), region]
    names = {name for name in known if name}
    of_town = pl.col("township") == pl.lit(town, dtype=pl.String)
    in_town = schools.filter(of_town)["county"].drop_nulls().unique().sort()
    if not names & set(schools["county"].to_list()):
        names |= {in_town[0]} if len(in_town) == 1 else set()
    return tuple(sorted(names))


def _most_common(values: pl.Series) -> str | None:
    counts = (
        values.drop_nulls()
        .value_counts(sort=False)
        .sort(pl.col("count"), pl.nth(0), descending=[True, False])
    )
    return str(counts[0, 0]) if len(counts) else None


#: Where the school of each record of a list is, by list: what ``place`` makes of it.
Placed = Mapping[Role, pl.DataFrame]


def placed(records: Mapping[Role, Records], schools: Schools, home: Home) -> Placed:
    """Every list that names schools, placed."""
    return {
        role: place(records[role], role, schools, home)
        for role in (Role.REGISTRY, Role.ROSTER, Role.WHEREABOUTS)
    }


def place(records: pl.DataFrame, role: Role, schools: Schools, home: Home) -> pl.DataFrame:
    """``rec, town, school_county, stage, placed_by`` of every record, in their order.

    A code of the directory settles it. A name settles it where the directory has it once, or once
    on the side (home county or not) that the list speaks of. Else the columns of the list itself.
    ``placed_by`` is code, name, list or null. Schools are few: each is looked up once.
    """
    told = ["school", "school_code", "destination", "township", "county"]
    rows = records.select("rec", way=pl.struct(told).hash())
    first = rows.unique("way", keep="first", maintain_order=True)
    ways = records.select(told)[first["rec"]].with_row_index("rec").cast({"rec": pl.Int64})
    found = _place(ways, role, schools, home).with_columns(way=first["way"])
    return rows.join(found.drop("rec"), on="way", how="left", maintain_order="left").select(_PLACED)


def _place(ways: pl.DataFrame, role: Role, schools: Schools, home: Home) -> pl.DataFrame:
    refs = ways.with_columns(school_key(pl.col("school")).alias("school_key"))
    directory = schools.select(
        "school_code", "school_key", town="township", school_county="county", stage="stage"
    )
    by_code = refs.join(
        directory.drop("school_key")
        .unique("school_code", keep="first", maintain_order=True)
        .drop_nulls("school_code"),
        on="school_code",
    ).with_columns(placed_by=pl.lit("code"))
    by_name = _by_name(refs.join(by_code, on="rec", how="anti"), directory, role, home)
    found = pl.concat([by_code.select(_PLACED), by_name.select(_PLACED)])
    rest = refs.join(found, on="rec", how="anti").with_columns(
        town=pl.when(pl.lit(role is not Role.WHEREABOUTS)).then("township"),
        school_county=pl.lit(None, dtype=pl.String)
        if role is not Role.REGISTRY
        else pl.col("county"),
        placed_by=pl.when(pl.lit(role is Role.ROSTER)).then(pl.lit("list")),
        stage=stage(pl.lit(None, dtype=pl.String), pl.col("school")),
    )
    return pl.concat([found, rest.select(_PLACED)]).sort("rec")


_PLACED = ["rec", "town", "school_county", "stage", "placed_by"]


def _by_name(refs: pl.DataFrame, directory: pl.DataFrame, role: Role, home: Home) -> pl.DataFrame:
    """Schools found by name: the directory's only one of that name on the side that is meant."""
    at_home = pl.col("school_county").is_in(home.counties)
    outside = pl.col("destination") == Destination.OUTSIDE
    side = (
        pl.when(outside.fill_null(value=False)).then(~at_home).otherwise(at_home)
        if role is Role.WHEREABOUTS
        else at_home
    )
    matches = refs.join(directory.drop("school_code"), on="school_key").with_columns(
        on_side=side.fill_null(value=False), same_town=pl.col("township") == pl.col("town")
    )
    return (
        matches.sort(
            "rec", "on_side", pl.col("same_town").fill_null(value=False), "town", "school_county",
            descending=[False, True, True, False, False],
        )
        .unique("rec", keep="first", maintain_order=True)
        .filter(pl.col("on_side") | (pl.lit(role is not Role.WHEREABOUTS)))
        .with_columns(placed_by=pl.lit("name"))
    )  # fmt: skip


def where(town: pl.Expr, county: pl.Expr, child_home: pl.Expr, home: Home) -> pl.Expr:
    """local, county or outside, as seen from a child's home town; null where nothing is known."""
    in_county = county.is_in(home.counties)
    return (
        pl.when((town == child_home) & (in_county | county.is_null()))
        .then(pl.lit(str(Destination.LOCAL)))
        .when(in_county | (county.is_null() & town.is_not_null()))
        .then(pl.lit(str(Destination.COUNTY)))
        .when(county.is_not_null())
        .then(pl.lit(str(Destination.OUTSIDE)))
    )
