"""A last look before a child is called out of school.

Evidence too thin among a hundred thousand children and rows is worth a question among the few that
are left on either side: one boy of a class is on no roster, and a row of that class, with a name
that has a character of his, is nobody's. Nothing is accepted here; a person is asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from rosterrec import frames, unclaimed
from rosterrec.assign.grounds import DOUBTFUL
from rosterrec.block import pairs
from rosterrec.compare import compare
from rosterrec.frames import Decision, Judgements, Links, Pairs, Records, Role, Scored
from rosterrec.levels import family_agrees
from rosterrec.score import Shares, count_names, plain_weights, score, with_prior
from rosterrec.score.tables import shipped
from rosterrec.settings import Settings

UNCLAIMED = "unclaimed_row"
_LISTS = (Role.REGISTRY, Role.ROSTER, Role.WHEREABOUTS, Role.FILING)
_CLASS = ["school", "grade", "class_name"]
#: A class, or a guardian's name in a village, with more open pairs than this tells nothing.
_LARGEST = 100
#: Of a child, and of a row, only what is within so many bits of the best is asked.
_DEPTH = 6.0
_SAME_DAY = ["equal", "lunar", "swapped", "one_day", "one_digit", "month"]
_NAME = ["equal", "variant"]
#: Levels that a name reaches beside another child's as well.
_FAR_NAME = ["different", "missing", "one_char", "one_of_two", "one_word", "given_alone"]
#: Sounds of a name that are compared place by place.
_PLACES = 4


def with_last_look(
    links: Links, records: Mapping[Role, Records], judgements: Judgements, settings: Settings
) -> Links:
    """The links with questions about rows that may be those of children whom no list shows.

    Args:
        links: of all passes, closed.
        records: every list by role.
        judgements: what people said of pairs; they are not asked again.
        settings: who is due at school.
    """
    if settings.numbers == "opaque":
        return links
    people, children = unclaimed.children(records, links, settings)
    shares = None
    fresh = [links.clear()]
    for role in _LISTS if len(children) else ():
        offered, rows = unclaimed.rows(records, links, role)
        if not len(rows):
            continue
        told = judgements.filter(
            pl.col("left_source") == Role.POPULATION, pl.col("right_source") == role
        )
        found = _candidates(_those(people, children), _those(offered, rows))
        unasked = found.join(told, on=["left", "right"], how="anti", maintain_order="left")
        shares = shares or count_names(people, people)
        compared = compare(Pairs(unasked), people, offered)
        weighed = _weighed(Scored(_scored(compared, people, shares)), len(children), len(rows))
        fresh.append(_asked(_worth_asking(weighed, people, offered), role))
    asked = pl.concat(fresh)
    return _replacing(links, asked) if len(asked) else links


def _those(records: Records, recs: pl.Series) -> Records:
    return Records(records.filter(pl.col("rec").is_in(recs.implode())))


def _candidates(left: Records, right: Records) -> pl.DataFrame:
    """Pairs that share a blocking key, the class, or the village and guardian or given name."""
    keyed, _ = pairs(left, right)
    ours, theirs = (
        side.select(
            "rec",
            "village",
            *_CLASS,
            guardian=pl.col("guardians").str.split("|"),
            given=pl.col("near").str.extract(r"^[^|]* ([^| ?]+)(?:\||$)"),
        )
        for side in (left, right)
    )
    shared = [
        _meeting(ours, theirs, _CLASS),
        _meeting(ours, theirs, ["village", "given"]),
        _meeting(ours.explode("guardian"), theirs.explode("guardian"), ["guardian", "village"]),
    ]
    return pl.concat([keyed, *shared]).unique().sort("left", "right")


def _meeting(left: pl.DataFrame, right: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Pairs that have all of these in common, where few have."""
    met = left.select(*key, left="rec").join(right.select(*key, right="rec"), on=key)
    return met.filter(pl.len().over(key) <= _LARGEST).select(*frames.PAIRS)


def _scored(compared: frames.Compared, people: Records, shares: Shares) -> pl.DataFrame:
    return score(compared, people, shares, plain_weights(len(people)))


def _weighed(scored: Scored, children: int, rows: int) -> Scored:
    """The pairs weighed among those left alone."""
    owned = float(shipped()["prior"]["owned"])
    among_the_rest = math.log2(owned / max(children, rows))
    people = plain_weights(children)
    return with_prior(scored, among_the_rest - people.prior)


def _worth_asking(scored: Scored, people: Records, offered: Records) -> pl.DataFrame:
    """Pairs that are likely enough, or have a place and a part of the name in common."""
    beside = scored.with_columns(
        own=_sounds(people, scored["left"]), its=_sounds(offered, scored["right"])
    )
    asked = beside.filter(_likely().fill_null(value=False) | _hinted().fill_null(value=False))
    near = pl.all_horizontal(
        pl.col("weight") >= pl.col("weight").max().over(side) - _DEPTH for side in frames.PAIRS
    )
    return asked.filter(near)


def _likely() -> pl.Expr:
    """The sum of the evidence speaks for it, and the name or the birthdate is not another's."""
    same = ~pl.col("name_level").is_in(_FAR_NAME) | pl.col("birth_level").is_in(_SAME_DAY)
    return (pl.col("weight") >= DOUBTFUL) & (pl.col("id_level") != "conflict") & same


def _hinted() -> pl.Expr:
    """Class, family, or birthdate and village agree, and so does a part of the name.

    Of a family everybody has the surname; there a part of the given name must agree. A sex that
    differs may be a slip where the name is near.
    """
    name, birth, sex = (pl.col(f"{feature}_level") for feature in ("name", "birth", "sex"))
    near, same_day = ~name.is_in(_FAR_NAME), birth.is_in(_SAME_DAY)
    possible = ~birth.is_in(["different", "same_year"]) & ((sex != "different") | near)
    in_place = (pl.col("class_level") == "same_class") | (
        same_day & (pl.col("village_level") == "equal")
    )
    by_name = (sex != "different") & ((name.is_in(_NAME) & same_day) | (near & (birth == "equal")))
    return possible & (
        (in_place & _sound_alike(0)) | (family_agrees() & (_sound_alike(1) | near)) | by_name
    )


def _sounds(records: Records, recs: pl.Series) -> pl.Series:
    """The sounds of the first reading of each name; "?" for unknown characters."""
    first = pl.col("near").str.replace(r"\|.*$", "")
    return records.select(first.str.split(" ")).to_series()[recs]


def _sound_alike(first: int) -> pl.Expr:
    """Some sound of both names from this place on is the same, in its place if they are as long."""
    own, its = pl.col("own"), pl.col("its")
    in_place = pl.any_horizontal(
        (own.list.get(at, null_on_oob=True) == its.list.get(at, null_on_oob=True))
        & (own.list.get(at, null_on_oob=True) != "?")
        for at in range(first, _PLACES)
    )
    common = own.list.slice(first).list.set_intersection(its.list.slice(first))
    anywhere = common.list.set_difference(pl.lit(["?"])).list.len() > 0
    return pl.when(own.list.len() == its.list.len()).then(in_place).otherwise(anywhere)


def _asked(scored: pl.DataFrame, role: Role) -> pl.DataFrame:
    """Scored pairs as links that wait for a person."""
    links = scored.with_columns(
        left_source=pl.lit(str(Role.POPULATION)),
        right_source=pl.lit(str(role)),
        runner_up=pl.lit(None, dtype=pl.Float64),
        basis=pl.lit(UNCLAIMED),
        decision=pl.lit(str(Decision.REVIEW)),
    )
    return frames.conform(links, frames.LINKS)


def _replacing(links: Links, asked: pl.DataFrame) -> Links:
    """The links with these in place of the nearest rejected of the same children."""
    nearest = links.filter(pl.col("decision") == Decision.REJECTED)
    side = ["left_source", "right_source", "left"]
    kept = pl.concat(
        [
            links.filter(pl.col("decision") != Decision.REJECTED),
            nearest.join(asked, on=side, how="anti"),
        ]
    )
    pair = [*side, "right"]
    return Links(pl.concat([kept.join(asked, on=pair, how="anti"), asked]).sort(*pair))
