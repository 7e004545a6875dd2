"""What the lists say about each child, gathered on one row per person of the population list.

Columns begin with the list they come from: ``reg_`` registry, ``ros_`` roster, ``led_`` ledger,
``fil_`` filings; a rule of ``rules`` reads nothing else.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from rosterrec import dates
from rosterrec.classify.evidence.doubts import doubts, twice
from rosterrec.classify.evidence.filings import LASTING, of_filings
from rosterrec.classify.evidence.registry import of_registry
from rosterrec.classify.evidence.rosters import of_rosters
from rosterrec.classify.evidence.whereabouts import of_ledger
from rosterrec.classify.places import Home, Placed
from rosterrec.frames import Links, Records, Role
from rosterrec.settings import Settings

__all__ = ["LASTING", "gather"]


def gather(
    records: dict[Role, Records],
    links: Links,
    places: Placed,
    settings: Settings,
    home: Home,
    by_hand: pl.DataFrame,
) -> pl.DataFrame:
    """One row per population record with all evidence columns, in list order."""
    children = _children(records[Role.POPULATION], settings, home)
    of_schools = (of_registry, of_rosters, of_ledger)
    with ThreadPoolExecutor() as at_once:  # no list waits for another
        said = at_once.map(lambda of: of(children, records, links, places, home), of_schools)
        parts = [*said, of_filings(records, links, settings), doubts(links), by_hand]
    frame = children
    for part in parts:
        frame = _beside(frame, part)
    whole = _beside(frame, twice(links, frame))
    return whole.with_columns(
        pl.col("^(fil|led|reg|ros|doubt|hand)_is_.*$").fill_null(value=False),
        pl.col("^.*_count$").fill_null(0),
    ).pipe(_with_what_people_found)


def _beside(children: pl.DataFrame, part: pl.DataFrame) -> pl.DataFrame:
    """The children with what a part says of each; where it says nothing, nobody is looked up."""
    if not part.is_empty():
        return children.join(part, on="rec", how="left", maintain_order="left")
    told = part.drop("rec").schema
    return children.with_columns(pl.lit(None, dtype=kind).alias(c) for c, kind in told.items())


def _with_what_people_found(evidence: pl.DataFrame) -> pl.DataFrame:
    """The ledger's proof and attempts with those of people's hands, and proofs found false.

    A proof that a call found false counts no more, unless it is dated after the call.
    """
    told = evidence.with_columns(
        led_is_proof=pl.col("led_is_proof") | pl.col("hand_proof_date").is_not_null(),
        led_proof_date=pl.max_horizontal("led_proof_date", "hand_proof_date"),
        led_attempts=pl.max_horizontal("led_attempts", "hand_attempts"),
    )
    newer = (pl.col("led_proof_date") > pl.col("hand_false_on")).fill_null(value=False)
    refuted = pl.col("led_is_proof") & pl.col("hand_false_on").is_not_null() & ~newer
    return told.with_columns(led_is_refuted=refuted, led_is_proof=pl.col("led_is_proof") & ~refuted)


_OF_THE_PERSON = [
    "rec", "file", "sheet", "row", "name", "name_key", "id", "id_text", "sex", "birth",
    "village", "household", "township", "guardians", "phone", "teacher", "note",
]  # fmt: skip


def _children(population: Records, settings: Settings, home: Home) -> pl.DataFrame:
    """The people themselves: home, age today, and whether they are due at school this year."""
    own = pl.lit(home.town, dtype=pl.String) if home.town else pl.col("township")
    birth = pl.col("birth")
    return population.select(_OF_THE_PERSON).with_columns(
        home=pl.coalesce(own, pl.lit(home.fallback, dtype=pl.String)),
        age=dates.years_between(birth, pl.lit(settings.as_of)),
        age_at_cutoff=dates.years_between(birth, pl.lit(settings.cutoff_date)),
        is_due=(
            dates.years_between(birth, pl.lit(settings.cutoff_date)) >= settings.entry_age
        ).fill_null(value=True),
    )
