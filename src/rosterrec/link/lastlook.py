"""A last look before a child is called out of school.

Evidence too thin among a hundred thousand children and rows is worth a question among the few that
are left on either side: one boy of a class is on no roster, and a row of that class, with a name
that has a character of his, is nobody's. Nothing is accepted here; a person is asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from rosterrec import frames
from rosterrec.block import LARGEST_BLOCK, pairs
from rosterrec.compare import compare
from rosterrec.frames import Decision, Judgements, Links, Pairs, Records, Role, Scored
from rosterrec.levels import family_agrees
from rosterrec.link import unclaimed
from rosterrec.score import Shares, plain_weights, score, with_prior
from rosterrec.score.tables import shipped
from rosterrec.settings import Settings

UNCLAIMED = "unclaimed_row"
_LISTS = (Role.REGISTRY, Role.ROSTER, Role.WHEREABOUTS, Role.FILING)
_CLASS = ["school", "grade", "class_name"]
#: A class, or a guardian's name in a village, with more open pairs than this tells nothing.
_LARGEST = 100
#: Bits from which a pair is as likely as not, among those left.
_EVEN = 0.0
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
    if not len(children):
        return links
    shares = Shares(people, people)
    fresh = []
    for role in (role for role in _LISTS if len(records[role])):
        offered, rows = unclaimed.rows(records, links, role)
        if not len(rows):
            continue
        told = judgements.filter(
            pl.col("left_source") == Role.POPULATION, pl.col("right_source") == role
        )
        found = _weighed((people, children), (offered, rows), told, shares)
        fresh.append(_asked(_worth_asking(found, people, offered), role))
    asked = pl.concat([links.clear(), *fresh])
    return _replacing(links, asked) if len(asked) else links


def _weighed(
    ours: tuple[Records, pl.Series],
    theirs: tuple[Records, pl.Series],
    told: pl.DataFrame,
    shares: Shares,
) -> Scored:
    """Pairs of who is left that nobody judged, weighed among those left alone.

    Args:
        ours: the police list, and the ``rec`` of the children who are left.
        theirs: another list, and the ``rec`` of its rows that are.
        told: pairs that people judged.
        shares: how common names are.
    """
    (people, children), (offered, rows) = ours, theirs
    left, right = (_those(records, recs) for records, recs in (ours, theirs))
    crowd = _by_turns(left, right)
    found = pl.concat([_candidates(left, right), crowd.select(*frames.PAIRS)]).unique()
    unasked = found.join(told, on=["left", "right"], how="anti").sort("left", "right")
    weights = plain_weights(len(people))
    scored = score(compare(Pairs(unasked), people, offered), people, shares, weights)
    beside = scored.join(crowd, on=["left", "right"], how="left", maintain_order="left")
    one_of = pl.col("rows").fill_null(1).log(2)  # of a crowd, each pair is one of so many
    thinned = Scored(beside.with_columns(weight=pl.col("weight") - one_of).drop("rows"))
    share = float(shipped()["prior"]["owned"]) / max(len(children), len(rows), 1)
    return with_prior(thinned, math.log2(share) - weights.prior)


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
    ours, theirs = left.drop_nulls(key), right.drop_nulls(key)
    sizes = ours.group_by(key).len().join(theirs.group_by(key).len(name="rows"), on=key)
    few = sizes.filter(pl.col("len").cast(pl.Int64) * pl.col("rows") <= _LARGEST).select(key)
    met = ours.join(few, on=key).select(*key, left="rec").join(theirs, on=key)
    return met.select("left", right="rec")


def _by_turns(left: Records, right: Records) -> pl.DataFrame:
    """Each child of too many namesakes of one birthday with one row of theirs, by turns.

    Returns:
        ``left, right`` and ``rows``, how many the row is one of.
    """
    same = ["name_key", "birth", "sex"]
    shared = left.select(same).unique().join(right.select(same).unique(), on=same)
    ours, theirs = (
        side.select(*same, "rec")
        .join(shared, on=same, how="semi", maintain_order="left")
        .with_columns(turn=pl.int_range(pl.len()).over(same), many=pl.len().over(same))
        for side in (left, right)
    )
    crowds = ours.join(theirs.select(*same, rows="many").unique(), on=same)
    many = pl.col("many").cast(pl.Int64) * pl.col("rows") > LARGEST_BLOCK
    turns = crowds.filter(many).with_columns(turn=pl.col("turn") % pl.col("rows"))
    return turns.join(theirs, on=[*same, "turn"]).select("rows", left="rec", right="rec_right")


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
    return (pl.col("weight") >= _EVEN) & (pl.col("id_level") != "conflict") & same


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
    near = records.select("near")[recs]
    return near.select(pl.col("near").str.replace(r"\|.*$", "").str.split(" ")).to_series()


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
    """The links with these in place of the nearest rejected of the same children.

    Nothing else is known of such a pair: nobody was asked of its child, and its row is nobody's.
    """
    side = ["left_source", "right_source", "left"]
    nearest = links.filter(pl.col("decision") == Decision.REJECTED)
    kept = [
        links.filter(pl.col("decision") != Decision.REJECTED),
        nearest.join(asked.select(side), on=side, how="anti"),
    ]
    return Links(frames.in_order(pl.concat([*kept, asked])))
