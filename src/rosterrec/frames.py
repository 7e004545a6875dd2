"""The nouns that stages hand to each other: codes, and one declared schema per frame.

Every frame that crosses a module is a ``NewType`` over ``pl.DataFrame``, so that mypy refuses a
``Compared`` where a ``Scored`` is due; ``checked`` proves the columns and types at run time. Codes
are ``StrEnum`` values in String columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

import polars as pl


class Role(StrEnum):
    """What a list is for."""

    POPULATION = "population"
    REGISTRY = "registry"
    ROSTER = "roster"
    WHEREABOUTS = "whereabouts"
    FILING = "filing"
    SCHOOLS = "schools"


class Field(StrEnum):
    """What a column can hold; headings map to these (``domain.md`` 1.1)."""

    NAME = "name"
    FORMER_NAME = "former_name"
    ID = "id"
    ID_TYPE = "id_type"
    STUDENT_NO = "student_no"
    SEX = "sex"
    BIRTH = "birth"
    ETHNIC = "ethnic"
    GUARDIAN = "guardian"
    GUARDIAN_2 = "guardian_2"
    GUARDIAN_ID = "guardian_id"  # kept apart so that it can never become the child's ID
    PHONE = "phone"
    HOUSEHOLD = "household"
    HOUSEHOLDER = "householder"
    RELATION = "relation"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    ADDRESS = "address"
    TEACHER = "teacher"  # the person answerable for the child: 包保教师, 班主任
    SCHOOL = "school"
    SCHOOL_CODE = "school_code"
    STAGE = "stage"
    GRADE = "grade"
    CLASS_NAME = "class_name"
    ENTRY = "entry"
    MODE = "mode"  # 就读方式: boarding, day, 送教上门
    REG_STATUS = "reg_status"  # 学籍状态
    LEFT_ON = "left_on"  # graduation, transfer or leaving date
    DESTINATION = "destination"  # 就读去向: 本镇, 县内外镇, 县外, 高中, 辍学 ...
    PLACE = "place"  # 就读省市县: the claimed place in words
    PROOF = "proof"  # 是否取证
    PROOF_DATE = "proof_date"
    PROOF_TYPE = "proof_type"
    PROOF_BY = "proof_by"
    PROOF_NO = "proof_no"
    ATTEMPTS = "attempts"  # how often contact was tried
    REASON = "reason"
    NOTE = "note"
    FILING_KIND = "filing_kind"
    DOCUMENT_NO = "document_no"
    DOCUMENT_DATE = "document_date"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    DISABILITY_NO = "disability_no"  # 20 digits: ID, type, grade
    DISABILITY_KIND = "disability_kind"
    DISABILITY_GRADE = "disability_grade"


Raw = NewType("Raw", pl.DataFrame)
Rejects = NewType("Rejects", pl.DataFrame)
Records = NewType("Records", pl.DataFrame)
Schools = NewType("Schools", pl.DataFrame)
Keys = NewType("Keys", pl.DataFrame)
Pairs = NewType("Pairs", pl.DataFrame)
Compared = NewType("Compared", pl.DataFrame)
Scored = NewType("Scored", pl.DataFrame)
Links = NewType("Links", pl.DataFrame)
People = NewType("People", pl.DataFrame)

#: Text as read. ``row`` is the row a person sees in the file (first row 1); ``sheet`` is "" for
#: delimited text; ``id_cell`` is "number" where the ID's cell held a number of 16 digits or more,
#: whose last digits a spreadsheet has lost, else "text".
RAW: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "id_cell": pl.String(),
    **{str(f): pl.String() for f in Field},
}

#: Rows that could not be used. ``column`` is the heading, ``value`` is masked, ``problem`` a code
#: explained in ``messages.toml`` under ``problem.<code>``.
REJECTS: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "problem": pl.String(),
}

#: One person-row of any list, ready to compare. Missing is null, never "".
RECORDS: dict[str, pl.DataType] = {
    "rec": pl.Int64(),  # number within the role, in reading order
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    # name
    "name": pl.String(),  # as shown to a person
    "name_key": pl.String(),  # folded for comparison: width, variants, dots
    "former_key": pl.String(),
    "readings": pl.String(),  # every toneless reading of name_key, "wang zi han|..."
    "near": pl.String(),  # the same with what dialects confuse folded
    # citizen ID
    "id": pl.String(),  # a valid 18-character number that can be the child's own, or an opaque one
    "id_kind": pl.String(),  # see IdKind
    "id_text": pl.String(),  # the number as written, folded; shown in correction lists
    "id_part": pl.String(),  # leading digits that can be trusted of a damaged number
    "old_id": pl.String(),  # a valid number recovered from 学籍号 that differs from ``id``
    "student_no": pl.String(),
    # birth and sex
    "birth": pl.Date(),  # stated in the list, else read from the ID or student number
    "birth_basis": pl.String(),  # stated, id, student_no
    "birth_month": pl.String(),  # YYYYMM when the day is not known (``birth`` is null)
    "lunar_birth": pl.Date(),  # the stated date taken as lunar, as a solar date
    "sex": pl.String(),  # M, F
    "sex_basis": pl.String(),  # stated, id
    # family and place
    "guardians": pl.String(),  # folded names joined by "|"
    "phone": pl.String(),
    "household": pl.String(),
    "county": pl.String(),
    "township": pl.String(),
    "village": pl.String(),
    "teacher": pl.String(),
    # school
    "school": pl.String(),
    "school_code": pl.String(),
    "grade": pl.Int64(),  # 1-9 compulsory, 10-12 senior, at the reference date
    "class_name": pl.String(),  # the class within its grade, as "2"
    "mode": pl.String(),  # see Mode
    "reg_status": pl.String(),  # see RegStatus
    "left_on": pl.Date(),
    # whereabouts
    "destination": pl.String(),  # see Destination
    "place": pl.String(),
    "proof": pl.Boolean(),
    "proof_date": pl.Date(),
    "attempts": pl.Int64(),
    "note": pl.String(),
    # filing
    "filing_kind": pl.String(),  # see FilingKind
    "document_no": pl.String(),
    "document_date": pl.Date(),
    "valid_from": pl.Date(),
    "valid_until": pl.Date(),
    "severe": pl.Boolean(),  # disability of grade 1 or 2
}


class IdKind(StrEnum):
    """What the ID cell of a row is worth."""

    VALID = "valid"  # 18 characters, real date, check digit right
    RECOVERED = "recovered"  # read from a G student number; no usable ID of its own
    RELATIVE = "relative"  # a valid number whose birth year cannot be a pupil's
    FIFTEEN = "fifteen"  # an old 15-digit number of an adult
    DAMAGED = "damaged"  # cut or rounded by a spreadsheet: ``id_part`` can be trusted
    INVALID = "invalid"  # 17 to 19 characters that fail the date or the check digit
    FOREIGN = "foreign"  # passport or another document: opaque text
    OPAQUE = "opaque"  # any text, where the settings say that numbers have no check digit
    MISSING = "missing"


class RegStatus(StrEnum):
    """State of a registry row (学籍状态)."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DROPOUT = "dropout"
    GRADUATED = "graduated"
    LEFT = "left"  # transferred away, deleted, registered but gone


class Mode(StrEnum):
    """How a child attends (就读方式), where it decides a status."""

    HOME = "home"
    SCHOOL = "school"


class Destination(StrEnum):
    """Where the family or the canvasser says a child is."""

    LOCAL = "local"
    COUNTY = "county"
    OUTSIDE = "outside"
    SENIOR = "senior"
    GRADUATED = "graduated"
    HOME = "home"
    DROPOUT = "dropout"
    NO_CONTACT = "no_contact"
    ABROAD = "abroad"


class FilingKind(StrEnum):
    """What a filing says."""

    DEATH = "death"
    MISSING = "missing"
    EMPTY = "empty"
    DUPLICATE = "duplicate"
    DISABILITY = "disability"
    DEFERRAL = "deferral"
    SUSPENSION = "suspension"
    ABROAD = "abroad"
    CUSTODY = "custody"


class Stage(StrEnum):
    """Stage of a school."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    NINE_YEAR = "nine_year"
    SENIOR = "senior"
    VOCATIONAL = "vocational"
    SPECIAL = "special"


#: The school directory.
SCHOOLS: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "school_code": pl.String(),
    "school": pl.String(),
    "school_key": pl.String(),
    "stage": pl.String(),
    "township": pl.String(),
    "county": pl.String(),
}

#: Blocking keys of one kind: records of two lists that share a key become a pair. ``key`` is the
#: hash of a text; two texts with one hash make a needless pair, never lose one.
KEYS: dict[str, pl.DataType] = {"rec": pl.Int64(), "key": pl.UInt64()}

#: ``left`` and ``right`` are ``rec`` numbers.
PAIRS: dict[str, pl.DataType] = {"left": pl.Int64(), "right": pl.Int64()}

FEATURES = ("id", "name", "birth", "sex", "guardian", "phone", "household", "village", "class")

COMPARED: dict[str, pl.DataType] = {**PAIRS, **{f"{f}_level": pl.String() for f in FEATURES}}

SCORED: dict[str, pl.DataType] = {
    **COMPARED,
    **{f"{f}_weight": pl.Float64() for f in FEATURES},
    "weight": pl.Float64(),
    "probability": pl.Float64(),
}

#: ``basis`` names the pattern of evidence that made the decision; ``runner_up`` is the weight of
#: the best other candidate of either side (null if there is none).
LINKS: dict[str, pl.DataType] = {
    "left_source": pl.String(),
    "right_source": pl.String(),
    **SCORED,
    "runner_up": pl.Float64(),
    "basis": pl.String(),
    "decision": pl.String(),
}


class Decision(StrEnum):
    """What became of a pair."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    REJECTED = "rejected"


class Status(StrEnum):
    """One per person of the population list (``contract.md``), in the order of the summary."""

    LOCAL = "local"
    COUNTY = "county"
    OUTSIDE = "outside"
    HOME_TEACHING = "home_teaching"
    SUSPENDED = "suspended"
    DEFERRED = "deferred"
    NOT_YET_DUE = "not_yet_due"
    GRADUATED = "graduated"
    SENIOR = "senior"
    SEVERE_DISABILITY = "severe_disability"
    EMPTY_REGISTRATION = "empty_registration"
    DECEASED = "deceased"
    MISSING_PERSON = "missing_person"
    DUPLICATE_REGISTRATION = "duplicate_registration"
    ABROAD = "abroad"
    CUSTODY = "custody"
    NO_CONTACT = "no_contact"
    DROPOUT = "dropout"
    NOT_FOUND = "not_found"
    REVIEW = "review"


class Group(StrEnum):
    """Headline group of a status."""

    ENROLLED = "enrolled"
    APART = "enrolled_apart"
    NOT_DUE = "not_due"
    BEYOND = "beyond"
    FILED = "filed"
    OUT = "out_of_school"
    REVIEW = "review"


GROUP_OF: dict[Status, Group] = {
    Status.LOCAL: Group.ENROLLED,
    Status.COUNTY: Group.ENROLLED,
    Status.OUTSIDE: Group.ENROLLED,
    Status.HOME_TEACHING: Group.ENROLLED,
    Status.SUSPENDED: Group.APART,
    Status.DEFERRED: Group.NOT_DUE,
    Status.NOT_YET_DUE: Group.NOT_DUE,
    Status.GRADUATED: Group.BEYOND,
    Status.SENIOR: Group.BEYOND,
    Status.SEVERE_DISABILITY: Group.FILED,
    Status.EMPTY_REGISTRATION: Group.FILED,
    Status.DECEASED: Group.FILED,
    Status.MISSING_PERSON: Group.FILED,
    Status.DUPLICATE_REGISTRATION: Group.FILED,
    Status.ABROAD: Group.FILED,
    Status.CUSTODY: Group.FILED,
    Status.NO_CONTACT: Group.OUT,
    Status.DROPOUT: Group.OUT,
    Status.NOT_FOUND: Group.OUT,
    Status.REVIEW: Group.REVIEW,
}


class Proof(StrEnum):
    """State of the proof of enrollment."""

    NOT_NEEDED = "not_needed"
    HELD = "held"
    MISSING = "missing"
    EXPIRED = "expired"


class Flag(StrEnum):
    """What stands beside a status: findings that ask for a correction or a second look."""

    # where the lists disagree about attendance
    NOT_IN_REGISTRY = "not_in_registry"
    NOT_ON_ROSTER = "not_on_roster"
    ROSTER_NOT_SUPPLIED = "roster_not_supplied"
    DOUBLE_REGISTRY = "double_registry"
    DOUBLE_ROSTER = "double_roster"
    CLAIM_DIFFERS = "claim_differs"
    SCHOOL_NOT_PLACED = "school_not_placed"
    REG_STATUS_DIFFERS = "reg_status_differs"
    # where identities disagree
    ID_CONFLICT = "id_conflict"
    ID_INVALID = "id_invalid"
    ID_DAMAGED = "id_damaged"
    ID_OLD = "id_old"
    ID_RELATIVE = "id_relative"
    ID_MISSING = "id_missing"
    TEMPORARY_NUMBER = "temporary_number"
    NAME_VARIANT = "name_variant"
    BIRTH_DIFFERS = "birth_differs"
    SEX_DIFFERS = "sex_differs"
    SWAPPED_IDS = "swapped_ids"
    SHARED_ID = "shared_id"
    TWO_REGISTRATIONS = "two_registrations"  # suspected double household registration
    # age and filings
    UNDERAGE = "underage"
    OVERAGE = "overage"
    FILING_UNDOCUMENTED = "filing_undocumented"
    FILING_EXPIRED = "filing_expired"
    FILING_CONTRADICTED = "filing_contradicted"
    PROOF_UNDATED = "proof_undated"
    PROPOSE_HOME_TEACHING = "propose_home_teaching"
    FEW_ATTEMPTS = "few_attempts"


#: One row per population row. The first block is ``people.parquet``; what follows is for reports.
PEOPLE_PUBLIC: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "name": pl.String(),
    "id_number": pl.String(),
    "sex": pl.String(),
    "birth_date": pl.Date(),
    "age": pl.Int64(),
    "village": pl.String(),
    "household": pl.String(),
    "status": pl.String(),
    "proof": pl.String(),
    "rule": pl.String(),
    "flags": pl.String(),  # codes joined by ","
    "needs_review": pl.Boolean(),
    "school": pl.String(),
    "school_town": pl.String(),
    "grade": pl.Int64(),
    "class_name": pl.String(),
    "registry_rows": pl.String(),  # "[file]sheet!row; ..." of accepted links
    "roster_rows": pl.String(),
}
PEOPLE: dict[str, pl.DataType] = {
    **PEOPLE_PUBLIC,
    "rec": pl.Int64(),  # the population record
    "township": pl.String(),  # the child's home town
    "school_county": pl.String(),
    "guardians": pl.String(),
    "phone": pl.String(),
    "teacher": pl.String(),
    "claim": pl.String(),  # where the ledger says the child is, in its own words
    "proof_date": pl.Date(),
    "attempts": pl.Int64(),
    "document": pl.String(),  # "number, date" of the filing that counts
    "note": pl.String(),  # the ledger's note or reason
    "in_registry": pl.Boolean(),
    "on_roster": pl.Boolean(),
}

#: Pupils of home schools who are not on the police list (外在本), and why.
OUTSIDERS: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "source": pl.String(),  # roster, registry
    "name": pl.String(),
    "id_number": pl.String(),
    "sex": pl.String(),
    "birth_date": pl.Date(),
    "school": pl.String(),
    "grade": pl.Int64(),
    "class_name": pl.String(),
    "kind": pl.String(),  # outsider, no_household_registration (无户籍在读)
}

#: Registry rows of home schools against the rosters, row by row where they disagree.
REGISTRY_CHECK: dict[str, pl.DataType] = {
    "problem": pl.String(),  # not_on_roster, not_in_registry, registered_elsewhere, double_registry
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "source": pl.String(),
    "name": pl.String(),
    "id_number": pl.String(),
    "school": pl.String(),
    "grade": pl.Int64(),
    "class_name": pl.String(),
    "other_school": pl.String(),
    "person_id": pl.String(),
}

#: One datum to correct: who should change what, where (``owner``: police, registry, school).
CORRECTIONS: dict[str, pl.DataType] = {
    "owner": pl.String(),
    "person_id": pl.String(),
    "name": pl.String(),  # as the police list has it
    "id_number": pl.String(),
    "flag": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "field": pl.String(),
    "found": pl.String(),
    "expected": pl.String(),
}


@dataclass(frozen=True)
class Receipt:
    """How one sheet was read. ``rows`` = ``used`` + ``rejected``; blank rows are not rows."""

    file: str
    sheet: str
    format: str
    encoding: str
    role: Role
    role_basis: str  # flag, settings, headings
    header_row: int
    mapping: dict[str, str]  # field -> heading
    unmapped: tuple[str, ...]
    rows: int
    used: int
    rejected: int
    findings: tuple[str, ...] = ()  # codes of oddities, ``finding.<code>``
    hidden: bool = False


@dataclass(frozen=True)
class InputFile:
    """A file as it was read, by name and content."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Finding:
    """Something about the whole run that the clerk must know, ``finding.<code>``."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)


def empty(schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """A frame of that schema without rows."""
    return pl.DataFrame(schema=schema)


def conform(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """The frame with exactly the schema's columns: absent ones null, others dropped, cast."""
    have = set(frame.columns)
    return frame.select(
        (pl.col(name) if name in have else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )


def checked(frame: pl.DataFrame, schema: dict[str, pl.DataType], what: str) -> pl.DataFrame:
    """The frame itself, once its columns and types are proven to be the schema's.

    Raises:
        TypeError: naming the columns that differ; a fault of the program, not of the data.
    """
    if dict(frame.schema) != schema:
        wrong = [
            f"{name}: {frame.schema.get(name)} is not {schema.get(name)}"
            for name in {*frame.columns, *schema}
            if frame.schema.get(name) != schema.get(name)
        ]
        raise TypeError(f"{what}: {'; '.join(sorted(wrong)) or 'columns out of order'}")
    return frame
