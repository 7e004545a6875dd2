"""Codes: ``StrEnum`` values that stand in String or Enum columns."""

from __future__ import annotations

from enum import StrEnum


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
    DROPPED_OUT = "dropped_out"  # 是否失学辍学
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
    FILED = "filed"  # dead, missing and the like: counts as a filing does


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
    PROOF_FALSE = "proof_false"
    PROPOSE_HOME_TEACHING = "propose_home_teaching"
    FEW_ATTEMPTS = "few_attempts"
    DECISION_OVERTAKEN = "decision_overtaken"
