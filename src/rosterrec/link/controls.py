"""Questions that the lists answer themselves: how often would a stranger's row look like this?

A row without a number that has one slip beside one child's name, birthdate and sex is that child's,
unless chance made a stranger so alike. How often chance does is counted on rows whose numbers are
others': with its number hidden, such a row that still seems to be a child's is a stranger's for
certain. Negative controls of this kind come from searches beside decoys (Elias & Gygi, Nature
Methods 4, 2007). Lists too short to tell, and slips that strangers show, stay a person's question.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from rosterrec import frames
from rosterrec.assign import assign
from rosterrec.assign.grounds import sole_slip
from rosterrec.assign.standing import verdicts
from rosterrec.block import pairs
from rosterrec.compare import compare
from rosterrec.frames import Decision, Finding, IdKind, Links, Pairs, Records, Role, Scored
from rosterrec.levels import family_differs
from rosterrec.link.borrowed import set_aside
from rosterrec.link.coincidence import GROUP, REACHES, SCRIPT, borne_out, chances, script
from rosterrec.score import Shares, Weights, score, with_fewer_bearers
from rosterrec.score.tables import Table, bits_of

BORNE_OUT = "borne_out"
#: Rows whose numbers are hidden; more would show rarer accidents, and take longer.
_CONTROLS = 40_000
#: Of fewer, not even none that seems to be a child's says that less than 1 in 1,000 does (the rule
#: of three); and the few questions of so short a list are soon answered.
_FEWEST_CONTROLS = 3_000
#: Of more people, only those without a row are enough to be taken for by chance.
_PEOPLE = 20_000
#: Bits by which a pair must stand clear of all others; and within which another is near, so that it
#: is counted among its like alone.
_CLEAR, _NEAR = 4.0, 12.0
#: Levels of a number that is not whole, and does not speak against the pair.
_NO_NUMBER = ["missing", "partial", "slip"]
#: What else of a row would tell its number.
_OF_A_NUMBER = ("id_text", "id_part", "old_id")
#: A prime, by which the digits of numbers leave every remainder about as often.
_PRIME, _DIGITS = 9_973, 17


class _Controls(NamedTuple):
    """Rows whose numbers are hidden.

    Attributes:
        rows: numbered anew.
        owners: whose they are, ``left, right``.
        fewer: ``right``, and how many ``fewer`` would bear the name, were the row a stranger's
            without a number: neither its owner nor its number's other rows.
    """

    rows: Records
    owners: pl.DataFrame
    fewer: pl.DataFrame


def with_borne_out(
    links: Links,
    left: Records,
    right: Records,
    roles: tuple[Role, Role],
    by: tuple[Shares, Weights],
    told: pl.DataFrame,
) -> tuple[Links, tuple[Finding, ...]]:
    """The links of a pass, where pairs that strangers hardly ever make no longer wait.

    Args:
        links: what became of the pairs by their own evidence.
        left: the people who are looked for.
        right: the list they are looked for in.
        roles: what the lists are for.
        by: how common names are, and the weights of the pass.
        told: left, right and verdict of pairs that people judged.

    Returns:
        The links, and one finding that says how many were accepted, and by how many controls.
    """
    accepted = links.select(*frames.PAIRS).filter(links["decision"] == Decision.ACCEPTED)
    owned = pl.concat([accepted, verdicts(told, "same")])
    waiting = _clear_ones(links, right, by[1].table).join(owned, on="left", how="anti")
    if not len(waiting) or bool((left["id_kind"] == IdKind.OPAQUE).any()):
        return links, ()
    controls = _controls(links, right, owned)
    if len(controls.rows) < _FEWEST_CONTROLS:
        return links, ()
    borne = borne_out(waiting, *_tried(controls, (left, right), owned, roles, by), len(owned))
    settled = waiting.join(borne, on=GROUP)
    if not len(settled):
        return links, ()
    facts: dict[str, object] = {
        "n": len(settled), "controls": len(controls.rows), "seen": int(borne["seen"].sum()),
    }  # fmt: skip
    return _with_accepted(links, settled), (Finding(f"borne_out_{roles[1]}", facts),)


def _tried(
    controls: _Controls,
    sides: tuple[Records, Records],
    owned: pl.DataFrame,
    roles: tuple[Role, Role],
    by: tuple[Shares, Weights],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The controls that seem to be somebody's, and how many rows may be strangers' (``chances``).

    Args:
        controls: the rows that are held against them.
        sides: the people, and the list that is searched.
        owned: ``left, right`` of the accepted ones.
        roles: what the lists are for.
        by: how common names are, and the weights of the pass.
    """
    left, right = sides
    open_ones = left.filter(~pl.col("rec").is_in(owned["left"].implode()))
    people = left if len(left) <= _PEOPLE else Records(open_ones)
    is_open = pl.col("left").is_in(open_ones["rec"].implode())
    strangers = _seeming(people, left, controls, roles, by).with_columns(is_open=is_open)
    unowned = right.filter(pl.col("id").is_null() & ~pl.col("rec").is_in(owned["right"].implode()))
    return strangers, chances(controls.rows, unowned, len(open_ones) / len(people))


def _seeming(
    people: Records,
    left: Records,
    controls: _Controls,
    roles: tuple[Role, Role],
    by: tuple[Shares, Weights],
) -> pl.DataFrame:
    """The controls that seem to be somebody's as the waiting rows do, each as if it stood alone.

    Args:
        people: whose they may seem to be.
        left: the whole list of people.
        controls: the rows that are held against them.
        roles: what the lists are for.
        by: how common names are, and the weights of the pass.
    """
    hidden = controls.rows
    found = pairs(people, hidden)[0].join(controls.owners, on=["left", "right"], how="anti")
    scored = score(compare(Pairs(found.sort("left", "right")), left, hidden), left, *by)
    weighed = with_fewer_bearers(scored, controls.fewer, by[0], by[1].table)
    # No two of them vie for one person, as no row without a number does with one that has its own.
    alone = Scored(weighed.with_columns(left=pl.int_range(pl.len(), dtype=pl.Int64)))
    trial = assign(Scored(alone.clear()), alone, left, hidden, *roles)
    clear = _clear_ones(trial, hidden, by[1].table)
    return clear.with_columns(weighed["left"].gather(clear["left"]).alias("left"))


def _clear_ones(links: Links, right: Records, table: Table) -> pl.DataFrame:
    """Pairs that wait for one slip, or a near rival, of whom and of which nothing else waits.

    The row has no number of its own, and no document of another country.

    Returns:
        ``at``, the place among the links, ``left`` and ``right``; and the group of the pair.
    """
    asked = links.with_row_index("at").filter(pl.col("decision") == Decision.REVIEW)
    rows = right.select("id", "id_kind", *SCRIPT)[asked["right"]]
    lead = pl.col("weight") - pl.col("runner_up")
    alone = pl.all_horizontal(pl.len().over(side) == 1 for side in frames.PAIRS)
    clear = asked.with_columns(
        slip=sole_slip(),
        reach=pl.sum_horizontal(_unnumbered(table) >= bits for bits in REACHES),
        family=family_differs(),
        rivalled=(lead < _NEAR).fill_null(value=False),
        script=script(rows),
        is_numberless=rows["id"].is_null()
        & (rows["id_kind"] != IdKind.FOREIGN).fill_null(value=True),
    ).filter(
        (pl.col("basis") == "likely")
        & pl.col("slip").is_not_null()
        & pl.col("id_level").is_in(_NO_NUMBER)
        & pl.col("is_numberless")
        & (lead.is_null() | (lead >= _CLEAR))
        & alone
    )
    return clear.select("at", *frames.PAIRS, *GROUP)


def _unnumbered(table: Table) -> pl.Expr:
    """The bits of a pair were its number missing: beside a broken one, the birthdate is silent."""
    birth = pl.concat_str(pl.lit("birth."), pl.col("birth_level").cast(pl.String))
    spoken = birth.replace_strict(bits_of(table, "birth"), default=0.0, return_dtype=pl.Float64)
    silent = pl.when(pl.col("id_level") != "missing").then(spoken - pl.col("birth_weight"))
    return pl.col("weight") - pl.col("id_weight") + silent.fill_null(0.0)


def _controls(links: Links, right: Records, owned: pl.DataFrame) -> _Controls:
    """Rows with a valid number about which nobody is asked, their numbers hidden.

    Of many, those are taken whose number leaves a small remainder: the same ones in any order of
    the list.

    Args:
        links: what became of the pairs.
        right: the list.
        owned: ``left, right`` of the accepted ones.
    """
    asked = links["right"].filter(links["decision"] == Decision.REVIEW)
    known = right.filter(pl.col("id").is_not_null() & ~pl.col("rec").is_in(asked.implode()))
    if len(known) > _CONTROLS:
        remainder = pl.col("id").str.head(_DIGITS).cast(pl.Int64, strict=False) % _PRIME
        known = known.filter(remainder < _PRIME * _CONTROLS // len(known))
    anew = known.with_columns(rec=pl.int_range(pl.len(), dtype=pl.Int64))
    hidden = set_aside(Records(anew), anew["rec"])
    nothing = {c: pl.lit(None, dtype=frames.RECORDS[c]) for c in _OF_A_NUMBER}
    owners = owned.join(pl.DataFrame({"right": known["rec"], "rec": anew["rec"]}), on="right")
    of_owners = anew["rec"].is_in(owners["rec"].implode()).cast(pl.Int64)
    others = known.select(pl.len().over("id", "name_key").cast(pl.Int64) - 1).to_series()
    return _Controls(
        Records(hidden.with_columns(**nothing)),
        owners.select("left", right="rec"),
        pl.DataFrame({"right": anew["rec"], "fewer": of_owners + others}),
    )


def _with_accepted(links: Links, borne: pl.DataFrame) -> Links:
    """The links with these pairs accepted, as likely as so few strangers make them."""
    # In whole thousandths: one control more or less is no news.
    right_ones = 1 - (borne["wrong"] * 1e3).ceil() / 1e3
    likely = links["probability"].clone().scatter(borne["at"], right_ones.round(9))
    accepted = frames.decided_anew(links, borne["at"], BORNE_OUT, Decision.ACCEPTED)
    return Links(accepted.with_columns(probability=likely))
