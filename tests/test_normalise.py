"""What a row says depends on the list it stands in."""

from __future__ import annotations

import pytest

from listed import records
from rosterrec.frames import Field, Role

ROW = {
    Field.NAME: "李雨桐", Field.DESTINATION: "县外", Field.PLACE: "某市某区", Field.NOTE: "随父母",
    Field.FILING_KIND: "休学", Field.ATTEMPTS: "两次", Field.PROOF: "有", Field.PROOF_DATE: "五月",
}  # fmt: skip


@pytest.mark.parametrize("role", [Role.WHEREABOUTS, Role.FILING])
def test_a_ledger_speaks_of_cases(role: Role) -> None:
    (row,) = records(role, [ROW]).iter_rows(named=True)
    told = row["destination"], row["place"], row["filing_kind"], row["note"]
    assert told == ("outside", "某市某区", "suspension", "随父母")


@pytest.mark.parametrize("role", [Role.REGISTRY, Role.ROSTER])
def test_other_lists_have_a_remark_at_most(role: Role) -> None:
    (row,) = records(role, [ROW]).iter_rows(named=True)
    told = row["destination"], row["place"], row["filing_kind"], row["note"]
    assert told == (None, None, None, "随父母")
