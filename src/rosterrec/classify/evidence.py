"""What the lists say about each child, gathered on one row per person of the population list.

Columns begin with the list they come from: ``reg_`` registry, ``ros_`` roster, ``led_`` ledger,
``fil_`` filings; a rule of ``rules.py`` reads nothing else.
"""

from __future__ import annotations

import polars as pl

from rosterrec import dates
from rosterrec.classify.places import Home, place, where
from rosterrec.frames import (
    Decision,
    Destination,
    FilingKind,
    Links,
    Mode,
    Records,
    RegStatus,
    Role,
    Schools,
    Stage,
    Status,
)
from rosterrec.schools import school_key
from rosterrec.settings import Settings

#: Kinds of filing whose document closes a case for good; the others count within their period.
LASTING = (
    FilingKind.DEATH,
    FilingKind.MISSING,
    FilingKind.EMPTY,
    FilingKind.DUPLICATE,
    FilingKind.ABROAD,
    FilingKind.CUSTODY,
)


def gather(
    records: dict[Role, Records],
    links: Links,
    schools: Schools,
    settings: Settings,
    home: Home,
    by_hand: pl.DataFrame,
) -> pl.DataFrame:
    """One row per population record with all evidence columns, in list order."""
    children = _children(records[Role.POPULATION], settings, home)
    parts = [
        _registry(children, records, links, schools, home),
        _roster(children, records, links, schools, home),
        _ledger(children, records, links, schools, home),
        _filings(records, links, settings),
        _doubts(links),
        by_hand,
    ]
    frame = children
    for part in parts:
        frame = frame.join(part, on="rec", how="left", maintain_order="left")
    whole = frame.join(_twice(links, frame), on="rec", how="left", maintain_order="left")
    return whole.with_columns(
        pl.col("^(fil|led|reg|ros|doubt|hand)_is_.*$").fill_null(value=False),
        pl.col("^.*_count$").fill_null(0),
    ).with_columns(
        led_is_proof=pl.col("led_is_proof") | pl.col("hand_proof_date").is_not_null(),
        led_proof_date=pl.max_horizontal("led_proof_date", "hand_proof_date"),
        led_attempts=pl.max_horizontal("led_attempts", "hand_attempts"),
    )


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


def _linked(links: Links, role: Role, decision: Decision) -> pl.DataFrame:
    """``rec`` of the child and ``right`` of the row, for one list and decision."""
    chosen = links.filter(
        (pl.col("left_source") == Role.POPULATION)
        & (pl.col("right_source") == role)
        & (pl.col("decision") == decision)
    )
    return chosen.select("right", "basis", "weight", rec="left")


def _rows(
    children: pl.DataFrame,
    records: dict[Role, Records],
    links: Links,
    schools: Schools,
    home: Home,
    role: Role,
) -> pl.DataFrame:
    """Accepted rows of one list beside their child, placed as seen from the child's home."""
    linked = _linked(links, role, Decision.ACCEPTED).select("rec", "right")
    rows = records[role].rename({"rec": "right"})
    placed = place(records[role], role, schools, home).rename({"rec": "right"})
    beside = (
        linked.join(rows, on="right")
        .join(placed, on="right")
        .join(children.select("rec", "home"), on="rec")
    )
    return beside.with_columns(
        where=where(pl.col("town"), pl.col("school_county"), pl.col("home"), home),
        school_key=school_key(pl.col("school")),
    ).sort("rec", "right")


def reference(file: str = "file", sheet: str = "sheet", row: str = "row") -> pl.Expr:
    """A row as a person finds it: ``[file]sheet!row``."""
    return pl.format("[{}]{}!{}", file, pl.col(sheet).fill_null(""), row)


def _registry(
    children: pl.DataFrame,
    records: dict[Role, Records],
    links: Links,
    schools: Schools,
    home: Home,
) -> pl.DataFrame:
    """The registry row that counts (active before the rest, on a roster before not), and all."""
    rows = _rows(children, records, links, schools, home, Role.REGISTRY)
    rosters = records[Role.ROSTER].with_columns(school_key=school_key(pl.col("school")))
    classes = (
        rosters.select("school_key", "grade", "class_name")
        .unique()
        .with_columns(supplied=pl.lit(value=True))
    )
    seen = _linked(links, Role.ROSTER, Decision.ACCEPTED).join(
        rosters.select("school_key", right="rec"), on="right"
    )
    status = pl.coalesce("reg_status", pl.lit(str(RegStatus.ACTIVE)))
    rank = status.replace_strict(
        {s: i for i, s in enumerate(RegStatus)}, default=9, return_dtype=pl.Int64
    )
    nearness = pl.col("where").replace_strict(
        {Destination.LOCAL: 0, Destination.COUNTY: 1}, default=2, return_dtype=pl.Int64
    )
    by_class = classes.drop_nulls("class_name")
    by_grade = classes.select("school_key", "grade", graded="supplied").unique()
    with_supply = (
        rows.join(by_class, on=["school_key", "grade", "class_name"], how="left")
        .join(by_grade, on=["school_key", "grade"], how="left")
        .join(
            seen.select("rec", "school_key", here=pl.lit(value=True)).unique(),
            on=["rec", "school_key"],
            how="left",
        )
        .with_columns(
            status=status,
            rank=rank,
            near=nearness,
            is_supplied=pl.when(pl.col("class_name").is_null())
            .then("graded")
            .otherwise("supplied")
            .fill_null(value=False),
        )
        .sort("rec", "rank", "here", "near", "right", nulls_last=True)
    )
    active = status.is_in([RegStatus.ACTIVE, RegStatus.SUSPENDED])
    return with_supply.group_by("rec", maintain_order=True).agg(
        reg_status=pl.col("status").first(),
        reg_where=pl.col("where").first(),
        reg_school=pl.col("school").first(),
        reg_town=pl.col("town").first(),
        reg_county=pl.col("school_county").first(),
        reg_stage=pl.col("stage").first(),
        reg_grade=pl.col("grade").first(),
        reg_class=pl.col("class_name").first(),
        reg_key=pl.col("school_key").first(),
        reg_is_placed=pl.col("placed_by").first().is_not_null()
        | pl.col("where").first().is_not_null(),
        reg_is_supplied=pl.col("is_supplied").first(),
        reg_is_home_taught=((pl.col("mode") == Mode.HOME) & active).any(),
        reg_is_senior_any=_is_senior().any(),
        reg_active_count=pl.col("school_key").filter(active).n_unique(),
        reg_count=pl.len(),
        registry_rows=reference().str.join("; "),
        reg_is_any=pl.lit(value=True),
    )


def _is_senior() -> pl.Expr:
    return (
        pl.col("stage").is_in([Stage.SENIOR, Stage.VOCATIONAL]) | (pl.col("grade") >= 10)
    ).fill_null(value=False) & (pl.col("status").is_in([RegStatus.ACTIVE, RegStatus.SUSPENDED]))


def _roster(
    children: pl.DataFrame,
    records: dict[Role, Records],
    links: Links,
    schools: Schools,
    home: Home,
) -> pl.DataFrame:
    """The roster row that counts (at home first) and how many schools list the child."""
    rows = _rows(children, records, links, schools, home, Role.ROSTER)
    # A roster that the directory cannot place comes from the office that runs the home schools.
    local = pl.lit(str(Destination.LOCAL))
    placed = rows.with_columns(where=pl.coalesce("where", local))
    near = pl.col("where").replace_strict(
        {Destination.LOCAL: 0, Destination.COUNTY: 1}, default=2, return_dtype=pl.Int64
    )
    return (
        placed.sort("rec", near, "right")
        .group_by("rec", maintain_order=True)
        .agg(
            ros_where=pl.col("where").first(),
            ros_school=pl.col("school").first(),
            ros_key=pl.col("school_key").first(),
            ros_town=pl.coalesce("town", "home").first(),
            ros_county=pl.col("school_county").first(),
            ros_stage=pl.col("stage").first(),
            ros_grade=pl.col("grade").first(),
            ros_class=pl.col("class_name").first(),
            ros_is_home_taught=(pl.col("mode") == Mode.HOME).any(),
            ros_school_count=pl.col("school_key").n_unique(),
            ros_count=pl.len(),
            roster_rows=reference().str.join("; "),
            ros_is_any=pl.lit(value=True),
        )
    )


def _ledger(
    children: pl.DataFrame,
    records: dict[Role, Records],
    links: Links,
    schools: Schools,
    home: Home,
) -> pl.DataFrame:
    """The ledger row that counts: the latest with a proof, else the last written."""
    rows = _rows(children, records, links, schools, home, Role.WHEREABOUTS)
    placed_elsewhere = pl.col("where").is_not_null() & pl.col("placed_by").is_not_null()
    claimed = (
        pl.when(placed_elsewhere & _plain_destination()).then("where").otherwise("destination")
    )
    chosen = rows.with_columns(claimed=pl.coalesce(claimed, "where")).sort(
        "rec", pl.col("proof").fill_null(value=False), "proof_date", "right", nulls_last=False
    )
    return chosen.group_by("rec", maintain_order=True).agg(
        led_claim=pl.col("claimed").last(),
        led_said=pl.col("destination").last(),
        led_school=pl.col("school").last(),
        led_key=pl.col("school_key").last(),
        led_town=pl.col("town").last(),
        led_county=pl.col("school_county").last(),
        led_grade=pl.col("grade").last(),
        led_class=pl.col("class_name").last(),
        led_stage=pl.col("stage").last(),
        led_place=pl.col("place").last(),
        led_is_proof=pl.col("proof").last().fill_null(value=False),
        led_proof_date=pl.col("proof_date").last(),
        led_attempts=pl.col("attempts").max(),
        led_note=pl.col("note").last(),
        led_is_any=pl.lit(value=True),
    )


def _plain_destination() -> pl.Expr:
    """The claim is a place (or silent), so that the school's true place may correct it."""
    places = [Destination.LOCAL, Destination.COUNTY, Destination.OUTSIDE]
    return pl.col("destination").is_in(places) | pl.col("destination").is_null()


def _filings(records: dict[Role, Records], links: Links, settings: Settings) -> pl.DataFrame:
    """Per kind: any filing, one with number and date, one in date; and the document that counts."""
    documented = pl.col("document_no").is_not_null() & pl.col("document_date").is_not_null()
    rows = _said_in(Role.FILING, records, links)
    # What a ledger says of death and the like stands without a document; what it says of a
    # suspension without one is no approval.
    told = pl.col("filing_kind").is_in([str(kind) for kind in LASTING]) | documented
    rows = pl.concat([_said_in(Role.WHEREABOUTS, records, links).filter(told), rows])
    rows = rows.sort("rec", "from_filing", "right")
    today = pl.lit(settings.as_of)
    in_date = (pl.col("valid_until").is_null() | (pl.col("valid_until") >= today)) & (
        pl.col("valid_from").is_null() | (pl.col("valid_from") <= today)
    )
    columns: list[pl.Expr] = []
    for kind in FilingKind:
        this = pl.col("filing_kind") == kind
        columns += [
            this.any().alias(f"fil_is_{kind}"),
            (this & documented & in_date).any().alias(f"fil_is_{kind}_good"),
        ]
    severe = (pl.col("filing_kind") == FilingKind.DISABILITY) & pl.col("severe")
    lasting = pl.col("filing_kind").is_in([str(kind) for kind in LASTING])
    return rows.group_by("rec", maintain_order=True).agg(
        *columns,
        fil_is_severe=(severe & pl.col("document_no").is_not_null()).any(),
        fil_is_undocumented=(~documented & (pl.col("filing_kind") != FilingKind.DISABILITY)).any(),
        fil_is_lasting_undocumented=(~documented & lasting).any(),
        fil_is_expired=(documented & ~in_date).any(),
        fil_document=pl.concat_str(
            "document_no",
            pl.col("document_date").dt.strftime("%Y-%m-%d"),
            separator=", ",
            ignore_nulls=True,
        ).last(),
    )


def _said_in(role: Role, records: dict[Role, Records], links: Links) -> pl.DataFrame:
    """The children's rows on a list that say what a filing says."""
    rows = records[role].filter(pl.col("filing_kind").is_not_null()).rename({"rec": "right"})
    mine = _linked(links, role, Decision.ACCEPTED).select("rec", "right")
    return mine.join(rows, on="right").with_columns(from_filing=pl.lit(role is Role.FILING))


def _by_registry(links: Links) -> pl.DataFrame:
    """Roster rows that wait, as the child's own where the registry row they wait for is his."""
    between = links.filter(
        (pl.col("left_source") == Role.REGISTRY) & (pl.col("decision") == Decision.REVIEW)
    )
    owned = _linked(links, Role.REGISTRY, Decision.ACCEPTED).select(child="rec", left="right")
    return between.join(owned, on="left").with_columns(left=pl.col("child")).select(links.columns)


def _doubts(links: Links) -> pl.DataFrame:
    """Which lists hold a row for the child that waits for a person, and which kind of doubt."""
    waiting = links.filter(
        (pl.col("left_source") == Role.POPULATION) & (pl.col("decision") == Decision.REVIEW)
    )
    own = waiting.filter(pl.col("right_source") == Role.POPULATION)
    twice = pl.concat([own.select(rec="left"), own.select(rec="right")]).unique()
    others = pl.concat(
        [waiting.filter(pl.col("right_source") != Role.POPULATION), _by_registry(links)]
    )
    per_child = others.group_by(rec="left").agg(
        doubt_is_open=pl.lit(value=True),
        doubt_is_swap=(pl.col("basis") == "swapped_ids").any(),
        doubt_is_shared=pl.col("basis").is_in(["shared_id", "id_with_other_name"]).any(),
        doubt_is_other_id=(pl.col("basis") == "other_id").any(),
        doubt_is_ledger=(pl.col("right_source") == Role.WHEREABOUTS).any(),
    )
    return per_child.join(
        twice.with_columns(doubt_is_twice=pl.lit(value=True)), on="rec", how="full", coalesce=True
    )


def _twice(links: Links, evidence: pl.DataFrame) -> pl.DataFrame:
    """Children of whom a person said that they are on the list twice, until one is off it."""
    pairs = _linked(links, Role.POPULATION, Decision.ACCEPTED).select("rec", other="right")
    off = pl.col(f"fil_is_{FilingKind.DUPLICATE}_good").fill_null(value=False) | (
        pl.col("hand_status") == Status.DUPLICATE_REGISTRATION
    ).fill_null(value=False)
    gone = evidence.filter(off)["rec"].implode()
    open_ones = pairs.filter(~pl.col("rec").is_in(gone) & ~pl.col("other").is_in(gone))
    both = pl.concat([open_ones.select("rec"), open_ones.select(rec="other")]).unique()
    return both.with_columns(hand_is_twice=pl.lit(value=True))
