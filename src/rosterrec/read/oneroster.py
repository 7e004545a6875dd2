"""OneRoster 1.1 and 1.2 exports: users.csv joined with the files beside it into one list.

A row of the list is a row of users.csv, and its place is its place there. The other files say where
the pupil learns: enrollments.csv in which class, classes.csv what it is called, orgs.csv at which
school, demographics.csv when the pupil was born, roles.csv (1.2) who is a pupil at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from rosterrec.frames import ColumnUse, Field, Receipt, Role
from rosterrec.read.columns import letter
from rosterrec.read.examples import examples
from rosterrec.read.layout import Header
from rosterrec.read.pupils import Export, filled_below, headings_of, joined
from rosterrec.read.sheet import Sheet, sifted

#: What tells each file by its headings; the first that fits counts.
_KINDS: dict[str, frozenset[str]] = {
    "manifest": frozenset(["propertyname", "value"]),
    "users": frozenset(["sourcedid", "givenname", "familyname"]),
    "enrollments": frozenset(["sourcedid", "classsourcedid", "usersourcedid"]),
    "classes": frozenset(["sourcedid", "title", "coursesourcedid"]),
    "courses": frozenset(["sourcedid", "title", "coursecode"]),
    "orgs": frozenset(["sourcedid", "name", "parentsourcedid"]),
    "demographics": frozenset(["sourcedid", "birthdate", "sex"]),
    "roles": frozenset(["sourcedid", "usersourcedid", "roletype"]),
    "other": frozenset(["sourcedid", "status", "datelastmodified"]),
}
_HEAD = 4096
#: Field -> the file it comes from and the columns there, as they are shown.
_SHOWN: dict[Field, tuple[str, str]] = {
    Field.NAME: ("users", "familyName givenName"),
    Field.ID: ("users", "userIds userMasterIdentifier identifier"),
    Field.STUDENT_NO: ("users", "userIds identifier"),
    Field.PHONE: ("users", "phone sms"),
    Field.GUARDIAN: ("users", "agentSourcedIds"),
    Field.GUARDIAN_2: ("users", "agentSourcedIds"),
    Field.GRADE: ("users", "grades"),
    Field.SEX: ("demographics", "sex"),
    Field.BIRTH: ("demographics", "birthDate"),
    Field.CLASS_NAME: ("classes", "title"),
    Field.SCHOOL: ("orgs", "name"),
    Field.SCHOOL_CODE: ("orgs", "identifier"),
    Field.REG_STATUS: ("enrollments", "status endDate"),
}


def kind_of(data: bytes) -> str | None:
    """Which file of a OneRoster export this is, by its headings; None for any other file."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = data[:_HEAD].decode("utf-16" if wide else "utf-8-sig", "replace")
    line = next((line for line in head.splitlines() if line.strip()), "")
    words = frozenset(re.sub(r'[\s"]', "", word).lower() for word in re.split("[,;\t]", line))
    kinds = (kind for kind, needed in _KINDS.items() if needed <= words)
    found = next(kinds, None)
    return None if found == "manifest" and len(words) > len(_KINDS["manifest"]) else found


def read_export(export: Export) -> Sheet:
    """The pupils of users.csv with what the other files say of them.

    Rejected besides rows that name nobody: ``to_be_deleted``, ``not_a_pupil`` and, on a roster,
    ``not_enrolled`` for pupils of no class.
    """
    table, source = export.tables["users"], export.source
    first, headings = headings_of(table)
    header = Header(first, first, headings, (), ())
    role, basis = source.role or (_role(source.file), "headings")
    body = filled_below(table, first)
    raw = joined(export, role).join(body.select("row"), on="row", how="semi")
    used, refused = sifted(raw, body, header, role)
    if len(used) + len(refused) != len(body):
        raise AssertionError("rows used and rejected do not add up")
    uses = _uses(used, headings)
    last = body["row"].max()
    receipt = Receipt(
        file=source.file, sheet="", format="oneroster", encoding=source.encoding, role=role,
        role_basis=basis, header_row=first,
        mapping={use.field: use.heading for use in uses if use.field},
        unmapped=tuple(use.heading for use in uses if not use.field),
        rows=len(body), used=len(used), rejected=len(refused), columns=uses,
        role_why=("sourcedId",), last_row=last if isinstance(last, int) else first,
    )  # fmt: skip
    return Sheet(used, refused, receipt)


def _role(file: str) -> Role:
    """A roster, unless the name of the file, its folder or its zip speaks of a registry."""
    return Role.REGISTRY if re.search("学籍|registry", file, re.IGNORECASE) else Role.ROSTER


def _uses(used: pl.DataFrame, headings: Mapping[int, str]) -> tuple[ColumnUse, ...]:
    """What each column of users.csv, and each one joined to it, was taken for."""
    places = {word.lower(): i for i, word in headings.items()}
    found: list[ColumnUse] = []
    taken: set[str] = set()
    for field, (kind, words) in _SHOWN.items():
        if used[field].null_count() == len(used):
            continue
        shown = words.split()
        if kind == "users":
            shown = [word for word in shown if word.lower() in places]
            taken |= {word.lower() for word in shown}
        at = letter(places[shown[0].lower()]) if kind == "users" and shown else ""
        heading = "+".join(shown) if kind == "users" else f"{kind}.csv {'+'.join(shown)}"
        (seen,) = examples([(used[field], field)])
        found.append(ColumnUse(at, heading, str(field), "heading", 1.0, examples=seen))
    rest = [(i, word) for word, i in places.items() if word not in taken]
    found += [ColumnUse(letter(i), headings[i], "", "of_no_use", 1.0) for i, _ in sorted(rest)]
    return tuple(found)
