"""What each column is taken for, how sure, and how it may be pinned."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec.errors import InputError
from rosterrec.frames import ColumnUse, Field, Role
from rosterrec.ids import complete
from rosterrec.read.sheet import Sheet, Source, read_sheet
from rosterrec.read.table import Table, of_rows
from rosterrec.settings import FilePin

AS_OF = dt.date(2024, 10, 15)
NAMES = ["许诺", "田甜", "贾宁", "龚小满", "汤诗雅", "段明轩", "沈悦", "夏天", "郑雅琪", "周子豪"]
IDS = [complete(f"34992120130225{n:03}") for n in range(41, 51)]
PARENTS = [complete(f"34992119850225{n:03}") for n in range(41, 51)]
PLACES = ["上溪村", "下溪村"] * 5


def sheet(columns: dict[str, list[str]], pin: FilePin | None = None) -> Sheet:
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    (found,) = read_sheet(
        Table("六(1)班", of_rows(rows)), Source("名册.xlsx", "xlsx", "", AS_OF, pin=pin)
    )
    return found


def use(found: Sheet, heading: str) -> ColumnUse:
    return next(u for u in found.receipt.columns if u.heading == heading)


def test_a_known_heading_is_certain() -> None:
    it = use(sheet({"姓名": NAMES, "身份证号": IDS}), "身份证号")
    assert (it.column, it.field, it.basis, it.sure) == ("B", "id", "heading", 1.0)


@pytest.mark.parametrize("heading", ["号码列", "证号", "??", "编码x"])
def test_a_column_of_numbers_is_the_id(heading: str) -> None:
    it = use(sheet({"姓名": NAMES, heading: IDS}), heading)
    assert (it.field, it.basis) == ("id", "content")
    assert 0.6 <= it.sure < 1


def test_numbers_of_parents_are_theirs() -> None:
    found = sheet({"姓名": NAMES, "出生日期": ["2013-02-25"] * 10, "证号": PARENTS})
    assert use(found, "证号").field == "guardian_id"


@pytest.mark.parametrize(
    "heading", ["监沪人证号", "户王证号", "父新证号", "母号", "家章号", "开户人"]
)
def test_numbers_under_anothers_heading_are_never_the_childs(heading: str) -> None:
    found = sheet({"姓名": NAMES, "出生日期": ["2013-02-25"] * 10, heading: IDS})
    assert use(found, heading).field != "id"
    assert "id" not in found.receipt.mapping


def test_of_two_columns_that_may_be_the_id_neither_is() -> None:
    found = sheet({"姓名": NAMES, "出生日期": ["2013-02-25"] * 10, "甲": IDS, "乙": IDS[::-1]})
    assert [use(found, h).basis for h in ("甲", "乙")] == ["tied", "tied"]
    assert "id" not in found.receipt.mapping


def test_a_child_and_its_parent_without_headings_are_told_apart_by_age() -> None:
    found = sheet({"姓名": NAMES, "出生日期": ["2013-02-25"] * 10, "甲": PARENTS, "乙": IDS})
    assert (use(found, "甲").field, use(found, "乙").field) == ("guardian_id", "id")


def test_names_are_known_by_their_surnames() -> None:
    it = use(sheet({"对象": NAMES, "身份证号": IDS, "性别": ["男", "女"] * 5}), "对象")
    assert (it.field, it.basis) == ("name", "content")


@pytest.mark.parametrize("heading", ["监沪人", "户王", "父新", "联糸人", "填表", "负责"])
def test_names_under_anothers_heading_are_refused(heading: str) -> None:
    with pytest.raises(InputError) as refused:
        sheet({heading: NAMES, "身份证号": IDS, "性别": ["男", "女"] * 5})
    assert refused.value.code == "name_column_missing"


def test_two_columns_of_names_are_refused() -> None:
    with pytest.raises(InputError) as refused:
        sheet({"甲": NAMES, "乙": NAMES[::-1], "身份证号": IDS, "性别": ["男", "女"] * 5})
    assert refused.value.code == "name_column_missing"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["男", "女"] * 5, "sex"),
        ([f"1380000{n:04}" for n in range(10)], "phone"),
        (["青溪小学", "石桥小学"] * 5, "school"),
        (PLACES, "village"),
        (["青溪镇", "柳河镇"] * 5, "township"),
        (["三年级", "四年级"] * 5, "grade"),
        (["2班", "3班"] * 5, "class_name"),
        ([f"2013-02-{n:02}" for n in range(10, 20)], "birth"),
        ([f"G{i}" for i in IDS], "student_no"),
        ([f"{i}52" for i in IDS], "disability_no"),
    ],
)
def test_what_a_column_without_a_known_heading_holds(values: list[str], field: str) -> None:
    found = sheet({"姓名": NAMES, "身份证号": IDS, "x1": values})
    assert (use(found, "x1").field, use(found, "x1").basis) == (field, "content")


def test_a_heading_that_says_otherwise_is_not_overruled() -> None:
    found = sheet({"姓名": NAMES, "身份证号": IDS, "毕业学校": ["青溪小学", "石桥小学"] * 5})
    assert "school" not in found.receipt.mapping
    assert use(found, "毕业学校").basis == "of_no_use"


def test_of_two_columns_of_one_field_the_first_that_is_filled_counts() -> None:
    found = sheet({"姓名": NAMES, "身份证号": [""] * 10, "证件号码": IDS})
    assert found.receipt.mapping["id"] == "证件号码"
    assert use(found, "身份证号").basis == "repeated"


def test_a_pin_comes_before_everything() -> None:
    columns = {"姓名": NAMES, "身份证号": IDS, "甲": IDS[::-1]}
    it = use(sheet(columns, FilePin(pattern="*", columns={Field.ID: "甲"})), "甲")
    assert (it.field, it.basis, it.sure) == ("id", "pinned", 1.0)


def test_examples_show_nobody() -> None:
    found = sheet(
        {"姓名": NAMES, "身份证号": IDS, "监护人": NAMES[::-1], "x1": IDS, "住址": PLACES}
    )
    shown = str([u.examples for u in found.receipt.columns])
    assert all(i not in shown and i[-4:] not in shown for i in IDS)
    assert all(n not in shown for n in NAMES)
    assert "349921************" in shown


def test_a_column_unlike_its_heading_is_said() -> None:
    found = sheet({"姓名": NAMES, "身份证号": PLACES, "出生日期": ["2013-02-25"] * 10})
    assert "unlike_heading" in found.receipt.findings


TEXTS = st.lists(st.text(max_size=20), min_size=4, max_size=4)
#: A row with a word of headings, which may be what somebody is called; two would be a header.
CALLED = st.builds(
    lambda at, word, cells: [word if i == at else cell for i, cell in enumerate(cells)],
    st.integers(0, 3), st.sampled_from(["年级", "学生", "家长", "姓名"]), TEXTS | st.just([""] * 4),
)  # fmt: skip
CELLS = TEXTS | CALLED


@settings(deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12))
def test_whatever_cells_hold_no_row_is_lost(rows: list[list[str]]) -> None:
    head: list[str | None] = ["姓名", "身份证号", "班级", "备注"]
    cells = of_rows([head, *map(list, rows)])
    source = Source("名册.xlsx", "xlsx", "", AS_OF, (Role.ROSTER, "flag"))
    found = read_sheet(Table("六(1)班", cells), source)
    blank = sum(all(c is None for c in row[:-1]) for row in cells.iter_rows())
    seen = [row for s in found for row in (*s.raw["row"], *s.rejects["row"])]
    headers = [s.receipt.header_row for s in found]
    assert len(seen) == len(set(seen))
    assert len(seen) + blank + len(headers) == len(cells)
