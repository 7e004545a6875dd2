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


@pytest.mark.parametrize(
    ("field", "cell", "column", "value"),
    [
        (Field.PHONE, "12900000001", "phone", "12900000001"),
        (Field.PHONE, "电话：１２９０００００００１", "phone", "12900000001"),
        (Field.PHONE, "11111111111", "phone", None),
        (Field.HOUSEHOLD, "A-12", "household", "A-12"),
        (Field.HOUSEHOLD, " Ａ－１２ ", "household", "A-12"),
        (Field.VILLAGE, "清渡 村", "village", "清渡村"),
        (Field.SCHOOL_CODE, "3499210240", "school_code", "3499210240"),
        (Field.SCHOOL_CODE, "3499210240.0", "school_code", "3499210240"),
        (Field.SCHOOL_CODE, "ab１２", "school_code", "AB12"),
    ],
)
def test_a_cell_is_folded_and_a_plain_one_stays(
    field: Field, cell: str, column: str, value: str | None
) -> None:
    (row,) = records(Role.REGISTRY, [{Field.NAME: "李雨桐", field: cell}]).iter_rows(named=True)
    assert row[column] == value


def test_a_householder_is_a_guardian_once() -> None:
    child = {Field.NAME: "李雨桐", Field.GUARDIAN: "李建国", Field.RELATION: "女"}
    family = [child | {Field.HOUSEHOLDER: "李建国"}, child | {Field.HOUSEHOLDER: "李老汉"}]
    assert records(Role.REGISTRY, family)["guardians"].to_list() == ["李建国", "李建国|李老汉"]
