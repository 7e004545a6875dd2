"""What stages 1 and 2 hand on: rows as read, rejected rows, people and schools to compare."""

from __future__ import annotations

from typing import NewType

import polars as pl

from rosterrec.frames.codes import Field, IdKind

Raw = NewType("Raw", pl.DataFrame)
Rejects = NewType("Rejects", pl.DataFrame)
Records = NewType("Records", pl.DataFrame)
Schools = NewType("Schools", pl.DataFrame)

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

#: Codes that stand in every row, at one byte each.
ID_KIND = pl.Enum(IdKind)
BASIS = pl.Enum(["stated", "id", "student_no"])

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
    "id_kind": ID_KIND,
    "id_text": pl.String(),  # the number as written, folded; shown in correction lists
    "id_part": pl.String(),  # leading digits that can be trusted of a damaged number
    "old_id": pl.String(),  # a valid number recovered from 学籍号 that differs from ``id``
    "student_no": pl.String(),
    # birth and sex
    "birth": pl.Date(),  # stated in the list, else read from the ID or student number
    "birth_basis": BASIS,
    "birth_month": pl.String(),  # YYYYMM when the day is not known (``birth`` is null)
    "lunar_birth": pl.Date(),  # the stated date taken as lunar, as a solar date
    "sex": pl.String(),  # M, F
    "sex_basis": BASIS,  # stated, id
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
