"""What stage 7 hands on: people with their status, and what is to be looked at beside them."""

from __future__ import annotations

from typing import NewType

import polars as pl

People = NewType("People", pl.DataFrame)

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
    "proof_false_on": pl.Date(),  # day of the call that found the proof false
    "attempts": pl.Int64(),
    "document": pl.String(),  # "number, date" of the filing that counts
    "note": pl.String(),  # the ledger's note or reason
    "in_registry": pl.Boolean(),
    "on_roster": pl.Boolean(),
    "listed_status": pl.String(),  # what the lists alone give
    "hand_status": pl.String(),  # what a person set, whether it holds or not
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

#: What people set by hand of a child of the police list, where it holds today.
BY_HAND: dict[str, pl.DataType] = {
    "rec": pl.Int64(),
    "hand_status": pl.String(),
    "hand_seen": pl.String(),  # the status that the rules gave then; null if that is not known
    "hand_document": pl.String(),  # "number, date"
    "hand_is_disputed": pl.Boolean(),
    "hand_proof_date": pl.Date(),
    "hand_false_on": pl.Date(),  # day of a call that found the proof false, if no later one did not
    "hand_attempts": pl.Int64(),
    "hand_note": pl.String(),
}

#: Every standing decision and what became of it in this run: applied, stale (its record changed,
#: or another answers to its name), absent (its record is on no list), disputed, expired (its school
#: year is over), overtaken (the lists say otherwise than when it was made).
DECISIONS: dict[str, pl.DataType] = {
    "seq": pl.Int64(),
    "kind": pl.String(),
    "verdict": pl.String(),
    "who": pl.String(),
    "at": pl.String(),
    "remark": pl.String(),
    "state": pl.String(),
    "left_source": pl.String(),
    "left": pl.Int64(),  # the record it is about, or the one that took its place
    "right_source": pl.String(),
    "right": pl.Int64(),
}

#: What names a record from month to month (``ledger.keys``).
RECORD_KEYS: dict[str, pl.DataType] = {
    "source": pl.String(),
    "rec": pl.Int64(),
    "key": pl.String(),
}
