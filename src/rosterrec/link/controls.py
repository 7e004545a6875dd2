"""Questions that the lists answer themselves: how often would a stranger's row look like this?

A row without a number that has one slip beside one child's name, birthdate and sex is that child's,
unless chance made a stranger so alike. How often chance does is counted on rows whose numbers are
others': with its number hidden, such a row that still seems to be a child's is a stranger's for
certain. Negative controls of this kind come from searches beside decoys (Elias & Gygi, Nature
Methods 4, 2007). Lists too short to tell, and slips that strangers show, stay a person's question.
"""

from __future__ import annotations

import polars as pl

from rosterrec import frames, names
from rosterrec.assign import assign
from rosterrec.assign.grounds import LIKELY, SURE, sole_slip
from rosterrec.assign.standing import verdicts
from rosterrec.block import pairs
from rosterrec.compare import compare
from rosterrec.frames import Decision, Finding, IdKind, Links, Pairs, Records, Role, Scored
from rosterrec.levels import family_differs
from rosterrec.link.borrowed import set_aside
from rosterrec.score import Shares, Weights, score, with_a_bearer_less
from rosterrec.score.tables import Table, bits_of

BORNE_OUT = "borne_out"
#: Of pairs that are accepted together, so many may be expected to be strangers'.
_WRONG = 0.01
#: Rows whose numbers are hidden; more would show rarer accidents, and take longer.
_CONTROLS = 40_000
#: Of fewer, not even none that seems to be a child's says that less than 1 in 1,000 does (the rule
#: of three); and the few questions of so short a list are soon answered.
_FEWEST_CONTROLS = 3_000
#: Of more people, only those without a row are enough to be taken for by chance.
_PEOPLE = 20_000
#: Bits by which a pair must stand clear of all others, as with name and birthdate alone; and where
#: there is no slip.
_CLEAR, _CLEAR_IF_EQUAL = 12.0, 4.0
#: Bits that part the pairs of one slip.
_REACHES = (SURE, LIKELY, 0.0)
#: So many of them (LIKELY) are reached by pairs that are likely by their own bits.
_LIKELY = 2
#: Levels of a number that is not whole, and does not speak against the pair.
_NO_NUMBER = ["missing", "partial", "slip"]
#: What else of a row would tell its number.
_OF_A_NUMBER = ("id_text", "id_part", "old_id")
_SCRIPT = ["name_key", "birth", "birth_month"]
#: A prime, by which the digits of numbers leave every remainder about as often.
_PRIME, _DIGITS = 9_973, 17
#: Pairs that are judged together: one slip, as many bits, the family another or silent, and rows
#: that are written alike.
_GROUP = ["slip", "reach", "family", "script"]


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
    hidden, owners = _controls(links, right, owned)
    if len(hidden) < _FEWEST_CONTROLS:
        return links, ()
    open_ones = left.filter(~pl.col("rec").is_in(owned["left"].implode()))
    people = left if len(left) <= _PEOPLE else Records(open_ones)
    strangers = _seeming(people, left, (hidden, owners), roles, by).with_columns(
        is_open=pl.col("left").is_in(open_ones["rec"].implode())
    )
    unowned = right.filter(pl.col("id").is_null() & ~pl.col("rec").is_in(owned["right"].implode()))
    chances = _chances(hidden, unowned, len(open_ones) / len(people))
    borne = _borne_out(waiting, strangers, chances)
    settled = waiting.join(borne, on=_GROUP)
    if not len(settled):
        return links, ()
    facts: dict[str, object] = {
        "n": len(settled), "controls": len(hidden), "seen": int(borne["seen"].sum()),
    }  # fmt: skip
    return _with_accepted(links, settled), (Finding(f"borne_out_{roles[1]}", facts),)


def _seeming(
    people: Records,
    left: Records,
    controls: tuple[Records, pl.DataFrame],
    roles: tuple[Role, Role],
    by: tuple[Shares, Weights],
) -> pl.DataFrame:
    """The controls that seem to be somebody's as the waiting rows do, each as if it stood alone.

    Args:
        people: whose they may seem to be.
        left: the whole list of people.
        controls: the rows, and whose they are.
        roles: what the lists are for.
        by: how common names are, and the weights of the pass.
    """
    hidden, owners = controls
    found = pairs(people, hidden)[0].join(owners, on=["left", "right"], how="anti")
    scored = score(compare(Pairs(found.sort("left", "right")), left, hidden), left, *by)
    weighed = with_a_bearer_less(scored, owners["right"], by[0], by[1].table)
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
    rows = right.select("id", "id_kind", *_SCRIPT)[asked["right"]]
    lead = pl.col("weight") - pl.col("runner_up")
    least = pl.when(pl.col("slip") == "equal").then(_CLEAR_IF_EQUAL).otherwise(_CLEAR)
    alone = pl.all_horizontal(pl.len().over(side) == 1 for side in frames.PAIRS)
    clear = asked.with_columns(
        slip=sole_slip(),
        reach=pl.sum_horizontal(_unnumbered(table) >= bits for bits in _REACHES),
        family=family_differs(),
        script=_script(rows),
        is_numberless=rows["id"].is_null()
        & (rows["id_kind"] != IdKind.FOREIGN).fill_null(value=True),
    ).filter(
        (pl.col("basis") == "likely")
        & pl.col("slip").is_not_null()
        & pl.col("id_level").is_in(_NO_NUMBER)
        & pl.col("is_numberless")
        & (lead.is_null() | (lead >= least))
        & alone
    )
    return clear.select("at", *frames.PAIRS, *_GROUP)


def _unnumbered(table: Table) -> pl.Expr:
    """The bits of a pair were its number missing: beside a broken one, the birthdate is silent."""
    birth = pl.concat_str(pl.lit("birth."), pl.col("birth_level").cast(pl.String))
    spoken = birth.replace_strict(bits_of(table, "birth"), default=0.0, return_dtype=pl.Float64)
    silent = pl.when(pl.col("id_level") != "missing").then(spoken - pl.col("birth_weight"))
    return pl.col("weight") - pl.col("id_weight") + silent.fill_null(0.0)


def _script(rows: pl.DataFrame) -> pl.Series:
    """How name and birthdate of rows are written, where that bears on whom they resemble."""
    key = pl.col("name_key")
    name = (
        pl.when(names.has_placeholder(key))
        .then(pl.lit("unclear"))
        .when(names.is_long(key))
        .then(pl.lit("long"))
        .otherwise(pl.lit("plain"))
    )
    birth = (
        pl.when(pl.col("birth").is_not_null())
        .then(pl.lit("day"))
        .when(pl.col("birth_month").is_not_null())
        .then(pl.lit("month"))
        .otherwise(pl.lit("none"))
    )
    return rows.select(script=pl.concat_str(name, birth, separator=" ")).to_series()


def _controls(links: Links, right: Records, owned: pl.DataFrame) -> tuple[Records, pl.DataFrame]:
    """Rows with a valid number about which nobody is asked, their numbers hidden.

    Of many, those are taken whose number leaves a small remainder: the same ones in any order of
    the list.

    Args:
        links: what became of the pairs.
        right: the list.
        owned: ``left, right`` of the accepted ones.

    Returns:
        The rows, numbered anew, and whose they are: ``left, right``.
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
    return Records(hidden.with_columns(**nothing)), owners.select("left", right="rec")


def _chances(hidden: Records, unowned: pl.DataFrame, at_stake: float) -> pl.DataFrame:
    """By ``script``: ``controls``, and ``open``, the rows without number that nobody has.

    Args:
        hidden: the controls.
        unowned: rows without a number that nobody has.
        at_stake: of the people whom controls were held against, the share without a row, who alone
            could be given another's.
    """
    counted = (
        _script(rows).value_counts(name=name)
        for rows, name in ((hidden, "controls"), (unowned, "open"))
    )
    both = next(counted).join(next(counted), on="script", how="full", coalesce=True)
    filled = both.with_columns(pl.col("controls", "open").fill_null(0).cast(pl.Int64))
    return filled.with_columns(at_stake=pl.lit(at_stake))


def _borne_out(
    waiting: pl.DataFrame, strangers: pl.DataFrame, chances: pl.DataFrame
) -> pl.DataFrame:
    """The groups of which strangers make next to nothing.

    A group has to hold for itself; those that are likely by their bits and that no control shows
    may hold together.

    Returns:
        The group, the controls ``seen`` in it, and the share of its pairs that is ``wrong``.
    """
    in_groups = strangers.group_by(_GROUP).agg(seen=pl.len(), hits=pl.col("is_open").sum())
    groups = _without_owned(
        waiting.group_by(_GROUP)
        .agg(pairs=pl.len())
        .join(in_groups, on=_GROUP, how="left")
        .with_columns(pl.col("pairs", "seen", "hits").fill_null(0).cast(pl.Int64))
        .join(chances, on="script")
        .with_columns(hits=pl.col("hits") + (pl.col("seen") - pl.col("hits")) * pl.col("at_stake"))
        .sort(_GROUP)
    )
    alone = _expected(pl.col("hits")) / pl.col("pairs")
    wrong = (
        pl.when(alone <= _WRONG)
        .then(alone)
        .when((pl.col("seen") == 0) & (pl.col("reach") >= _LIKELY))
        .then(_of_one_reach())
    )
    return groups.select(*_GROUP, "seen", wrong=wrong).filter(pl.col("wrong") <= _WRONG)


def _expected(hits: pl.Expr) -> pl.Expr:
    """How many of the open rows are strangers' that seem to be a child's, by the controls that do.

    One more than were seen (Laplace's rule of succession): what never happened may happen.
    """
    share = (hits + pl.col("at_stake")) / (pl.col("controls") + 2)
    return share * pl.col("open")


def _without_owned(groups: pl.DataFrame) -> pl.DataFrame:
    """The groups, ``open`` without the rows that are those of the children they seem to be.

    One at least is left: the row in question.
    """
    owned = (pl.col("pairs") - _expected(pl.col("hits"))).clip(0).sum().over("script")
    return groups.with_columns((pl.col("open") - owned).clip(1).alias("open"))


def _of_one_reach() -> pl.Expr:
    """What share strangers make of all pairs of one reach, and of rows that are written alike."""
    together = ["reach", "script"]
    return _expected(pl.col("hits").sum().over(together)) / pl.col("pairs").sum().over(together)


def _with_accepted(links: Links, borne: pl.DataFrame) -> Links:
    """The links with these pairs accepted, as likely as so few strangers make them."""
    hit = pl.int_range(pl.len()).is_in(borne["at"].implode())
    # In whole thousandths: one control more or less is no news.
    likely = (
        links["probability"].clone().scatter(borne["at"], 1 - (borne["wrong"] * 1e3).ceil() / 1e3)
    )
    accepted = pl.lit(str(Decision.ACCEPTED), dtype=frames.DECISION)
    return Links(
        links.with_columns(
            probability=likely,
            basis=pl.when(hit).then(pl.lit(BORNE_OUT)).otherwise("basis"),
            decision=pl.when(hit).then(accepted).otherwise("decision"),
        )
    )
