"""Stage 7: every child of the police list gets one status, its rule, the proof state and flags."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from rosterrec import frames
from rosterrec.classify import flags
from rosterrec.classify.disagreements import corrections, outsiders, registry_check
from rosterrec.classify.evidence import gather
from rosterrec.classify.places import find_home, placed
from rosterrec.classify.proof import current, proof_state
from rosterrec.classify.rules import decide
from rosterrec.digests import digested
from rosterrec.frames import Finding, Links, People, Records, Role, Schools, Status
from rosterrec.once import repeats
from rosterrec.schools import school_key
from rosterrec.settings import Settings

__all__ = ["Classified", "classify"]


@dataclass(frozen=True)
class Classified:
    """The people with their statuses, and the three lists of disagreements."""

    people: People
    outsiders: pl.DataFrame
    registry_check: pl.DataFrame
    corrections: pl.DataFrame
    findings: tuple[Finding, ...]


def classify(
    records: dict[Role, Records],
    links: Links,
    schools: Schools,
    settings: Settings,
    by_hand: pl.DataFrame | None = None,
) -> Classified:
    """Decide every child and collect what the lists disagree about.

    Args:
        records: every list by role.
        links: the links of all passes.
        schools: the school directory, possibly empty.
        settings: reference date, home, county, cutoff.
        by_hand: what people set of children (``BY_HAND``).
    """
    hand = frames.empty(frames.BY_HAND) if by_hand is None else by_hand
    home, assumed = find_home(records, schools, settings)
    supplied = len(records[Role.REGISTRY]) > 0
    with ThreadPoolExecutor() as beside:  # whatever does not wait for the statuses
        ids = beside.submit(person_ids, records[Role.POPULATION])
        found_on_links = beside.submit(flags.link_flags, records, links)
        places = placed(records, schools, home)
        strangers = beside.submit(outsiders, records, links, places, home)
        decided = _decided(gather(records, links, places, settings, home, hand), records, settings)
        on_links = found_on_links.result()
        flagged = decided.with_columns(
            flags=flags.joined(decided, on_links, registry_supplied=supplied),
            person_id=ids.result(),
        )
        people = People(frames.checked(_people(flagged), frames.PEOPLE, "People"))
        to_correct = beside.submit(corrections, records, people, on_links)
        checked = registry_check(records, links, places, people)
    guessed = assumed and home.fallback is not None
    findings = (Finding("home_assumed", {"town": home.fallback}),) if guessed else ()
    return Classified(people, strangers.result(), checked, to_correct.result(), findings)


def _decided(
    evidence: pl.DataFrame, records: dict[Role, Records], settings: Settings
) -> pl.DataFrame:
    """The evidence with the status of every child, its rule and the state of the proof."""
    whole = evidence.with_columns(
        led_is_proven=current(settings), led_is_supplied=_roster_of_claim(records)
    )
    return decide(whole).with_columns(proof=proof_state(settings))


def person_ids(people: pl.DataFrame) -> pl.Series:
    """A name for each person that does not show who it is and does not hang on the row.

    From the ID number where it is valid, else from name and birthdate; persons who would share one
    (the same number twice on the list) are told apart by order.
    """
    content = people.select(pl.concat_str(pl.lit("id:"), "id")).to_series()
    others = content.is_null()
    told = people.filter(others).select(_without_number()).to_series()
    hashed = digested(content.scatter(others.arg_true(), told), size=6)
    digests = hashed.to_frame("of").select(pl.lit("P") + pl.col("of").bin.encode("hex")).to_series()
    shared = repeats(digests.hash()).arg_true()
    number = pl.int_range(1, pl.len() + 1).over("own")
    numbered = pl.when(number > 1).then(pl.format("{}-{}", "own", number)).otherwise("own")
    named = pl.DataFrame({"own": digests.gather(shared)}).select(numbered)
    return digests.scatter(shared, named.to_series())


def _without_number() -> pl.Expr:
    """What names a person without a valid number: name and birthdate, else the row."""
    return pl.coalesce(
        pl.concat_str(
            pl.lit("nb:"), "name_key", pl.col("birth").dt.strftime("%Y%m%d").fill_null("?"),
            pl.col("id_text").fill_null("?"), separator="|",
        ),
        pl.concat_str(pl.lit("row:"), "file", "sheet", "row", separator="|"),
    )  # fmt: skip


def _roster_of_claim(records: dict[Role, Records]) -> pl.Expr:
    """True where the school the ledger names has supplied a roster."""
    keys = records[Role.ROSTER].select(k=school_key(pl.col("school")))["k"].drop_nulls().unique()
    return pl.col("led_key").is_in(keys.implode()).fill_null(value=False)


def _people(decided: pl.DataFrame) -> pl.DataFrame:
    """The decided evidence as People, in list order."""

    def school_fact(roster: str, registry: str, ledger: str) -> pl.Expr:
        return (
            pl.when("by_ledger")
            .then(pl.coalesce(ledger, roster, registry))
            .when("by_roster")
            .then(pl.col(roster))
            .otherwise(pl.coalesce(roster, registry, ledger))
        )

    told = decided.with_columns(
        by_roster=pl.col("rule").str.ends_with("roster") & pl.col("ros_is_any"),
        by_ledger=pl.col("rule").str.contains("^(proven|claimed|ledger)_"),
    )
    whole = told.with_columns(
        id_number=pl.coalesce("id", "id_text"),
        birth_date=pl.col("birth"),
        township=pl.col("home"),
        school=school_fact("ros_school", "reg_school", "led_school"),
        school_town=school_fact("ros_town", "reg_town", "led_town"),
        school_county=school_fact("ros_county", "reg_county", "led_county"),
        grade=school_fact("ros_grade", "reg_grade", "led_grade"),
        class_name=school_fact("ros_class", "reg_class", "led_class"),
        claim=pl.col("led_place"),
        proof_date=pl.col("led_proof_date"),
        proof_false_on=pl.when("led_is_refuted").then("hand_false_on"),
        attempts=pl.col("led_attempts"),
        document=pl.coalesce(
            pl.when(pl.col("rule") == "decided").then("hand_document"), "fil_document"
        ),
        note=pl.coalesce("hand_note", "led_note", "note"),
        in_registry=pl.col("reg_is_any").fill_null(value=False),
        on_roster=pl.col("ros_is_any").fill_null(value=False),
        needs_review=pl.col("status") == Status.REVIEW,
        registry_rows=pl.col("registry_rows").fill_null(""),
        roster_rows=pl.col("roster_rows").fill_null(""),
    )
    return frames.conform(whole, frames.PEOPLE)
