"""Where the lists are on a sheet, and which rows are nobody."""

import datetime as dt

import pytest

from rosterrec.frames import Role
from rosterrec.ids import complete
from rosterrec.read.sheet import Sheet, Source, read_sheet
from rosterrec.read.table import Table, of_rows

AS_OF = dt.date(2024, 10, 15)
IDS = [complete(f"34992120130225{n:03}") for n in range(41, 61)]
NAMES = ["许诺", "田甜", "贾宁", "龚小满", "汤诗雅", "段明轩", "沈悦", "夏天", "郑雅琪", "周子豪"]
HEAD = ["序号", "姓名", "身份证号"]
PUPILS = [[str(n), name, IDS[n]] for n, name in enumerate(NAMES, 1)]


def lists(
    *rows: list[str | None], sheet: str = "六(1)班", file: str = "青溪小学名册.xlsx"
) -> list[Sheet]:
    padded = [[cell or None for cell in row] for row in rows]
    found = read_sheet(Table(sheet, of_rows(padded)), Source(file, "xlsx", "", AS_OF))
    for each in found:
        assert each.receipt.rows == each.receipt.used + each.receipt.rejected
    return found


def names(sheet: Sheet) -> list[str]:
    return sheet.raw["name"].to_list()


def problems(sheet: Sheet) -> list[str]:
    return sheet.rejects["problem"].to_list()


def test_titles_dates_and_units_stand_above_the_header() -> None:
    titles = [["青溪小学学生名册"], ["填报单位：青溪小学", None, "2024年9月"], ["单位：人"], []]
    (found,) = lists(*titles, HEAD, *PUPILS[:2], sheet="Sheet1")
    assert names(found) == NAMES[:2]
    assert found.receipt.header_row == 5
    assert found.raw["school"].unique().to_list() == ["青溪小学"]
    assert found.raw["class_name"].to_list() == [None, None]  # 2024年9月 is no class


def test_two_rows_of_headings() -> None:
    (found,) = lists(
        ["姓名", "身份证号", "监护人", None],
        [None, None, "姓名", "身份证号"],
        ["许诺", IDS[1], "许伟", complete("34992119850225041")],
    )
    assert found.raw.select("name", "id", "guardian").row(0) == ("许诺", IDS[1], "许伟")


@pytest.mark.parametrize("name", ["年级", "班级", "学校", "家长", "姓名", "性别"])
def test_a_word_of_headings_below_a_heading_that_stands_is_no_second_row(name: str) -> None:
    (found,) = lists(["姓名", "身份证号", "班级"], [name], ["许诺", IDS[1], "六(1)班"])
    assert (names(found)[-1], found.receipt.header_row) == ("许诺", 1)


@pytest.mark.parametrize(
    "above",
    [["监护人", None, "家庭住址"], ["监护人信息", None, "住址"], ["监护人", "监护人", "现住址"]],
)
def test_a_second_row_explains_a_group_and_may_say_more_beside_it(above: list[str | None]) -> None:
    (found,) = lists(
        ["姓名", "身份证号", *above],
        [None, None, "姓名", "电话", "村"],
        ["许诺", IDS[1], "许伟", "13800000000", "上溪村"],
    )
    assert found.raw.select("name", "guardian", "village").row(0) == ("许诺", "许伟", "上溪村")
    assert found.receipt.header_row == 2


@pytest.mark.parametrize("order", [(0, 2), (2, 0)])
def test_groups_of_headings_say_whose_name_it_is(order: tuple[int, int]) -> None:
    groups = {
        0: ("学生信息", "许诺", IDS[1]),
        2: ("家长信息", "许伟", complete("34992119850225041")),
    }
    parts = [groups[at] for at in order]
    (found,) = lists(
        [cell for group, *_ in parts for cell in (group, None)],
        ["姓名", "身份证号"] * 2,
        [cell for _, name, number in parts for cell in (name, number)],
    )
    assert found.raw.select("name", "id").row(0) == ("许诺", IDS[1])


def test_the_header_again_on_each_page() -> None:
    title = ["青溪小学六(1)班名册"]
    (found,) = lists(title, HEAD, *PUPILS[:2], ["合计", None, "2人"], title, HEAD, *PUPILS[2:4])
    assert names(found) == NAMES[:4]
    assert problems(found) == ["footer", "title", "repeated_header"]


def test_blank_rows_and_columns() -> None:
    wide = [[r[0], None, r[1], None, None, r[2]] for r in (HEAD, *PUPILS[:3])]
    (found,) = lists(*wide[:2], [None] * 6, *wide[2:])
    assert names(found) == NAMES[:3]
    assert found.raw["row"].to_list() == [2, 4, 5]


@pytest.mark.parametrize(
    "footer",
    [
        ["合计", None, "31人"], ["总 计"], ["制表人：章文清"], ["制 表：章文清", "审核：汤志"],
        ["审核人：章文清"], ["填报日期：2024年10月8日"], ["填报人（签字）："], ["第 3 页"],
        ["第1页 共3页"], ["共 31 人"], ["共计31人"], ["男生18人 女生13人"], ["班主任签字："],
        ["班主任：章文清"], ["校长（签章）："], ["学校（盖章）"], ["以下空白"], ["备注：未列走读"],
        ["说明：本表一式两份"], ["注：走读生未列"], ["打印时间：2024-10-08 10:02"],
        ["导出日期", "2024-10-08"], ["联系电话：0559-1234567"], ["2024年10月8日"],
        [None, "合计", "31"], ["下溪村", "小计"], ["负责人：", None, "章文清"],
    ],
)  # fmt: skip
def test_footers_are_nobody(footer: list[str | None]) -> None:
    (found,) = lists(HEAD, *PUPILS[:2], footer)
    assert names(found) == NAMES[:2]
    assert problems(found) == ["footer"]
    assert "章文清" not in str(found.rejects.to_dicts())


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["3"], "unused_line"),
        (["1", "2", "3"], "form"),
        (["甲", "乙", "1"], "form"),
        (["必填", "必填", "18位数字"], "form"),
        (["示例", "张三", IDS[15]], "form"),
        (["本表由班主任逐人核对后于每月五日前报送中心校教导处"], "text"),
        (["9", None, None, "男"], "no_name_no_id"),
    ],
)
def test_lines_of_the_form_are_nobody(row: list[str | None], problem: str) -> None:
    (found,) = lists([*HEAD, "性别"], row, *PUPILS[:2])
    assert names(found) == NAMES[:2]
    assert problems(found) == [problem]


def test_a_reject_has_its_place_and_a_masked_value() -> None:
    (found,) = lists(HEAD, *PUPILS[:1], ["制表人：章文清"])
    assert found.rejects.row(0) == ("青溪小学名册.xlsx", "六(1)班", 3, "序号", "制******", "footer")


def test_lists_side_by_side_lose_nobody() -> None:
    head = [*HEAD, None, *HEAD]
    left, right = lists(head, [*PUPILS[0], None, *PUPILS[1]], [*PUPILS[2]])
    assert (names(left), names(right)) == ([NAMES[0], NAMES[2]], [NAMES[1]])
    assert (left.receipt.sheet, right.receipt.sheet) == ("六(1)班", "六(1)班[E]")


def test_lists_side_by_side_have_their_own_titles_and_columns() -> None:
    left, right = lists(
        ["三(1)班", None, None, None, "三(2)班"],
        [*HEAD, None, "姓名", "性别", "身份证号"],
        [*PUPILS[0], None, NAMES[1], "女", IDS[2]],
        sheet="三年级",
    )
    assert (names(left), names(right)) == ([NAMES[0]], [NAMES[1]])
    assert left.raw["class_name"].to_list() == ["三(1)班"]
    assert right.raw["class_name"].to_list() == ["三(2)班"]
    assert right.raw["id"].to_list() == [IDS[2]]


def test_parents_to_the_right_are_no_list_of_their_own() -> None:
    (found,) = lists(
        ["姓名", "身份证号", None, "家长", "姓名", "电话"],
        ["许诺", IDS[1], None, "父亲", "许伟", "13800000000"],
    )
    assert names(found) == ["许诺"]


def test_lists_one_below_another_are_each_read_with_their_own_header() -> None:
    first, second = lists(
        ["青溪小学三(1)班"], HEAD, *PUPILS[:2], ["合计", None, "2"], [],
        ["三(2)班"], ["姓名", "性别", "身份证号"], [NAMES[4], "女", IDS[5]],
        sheet="Sheet1",
    )  # fmt: skip
    assert (names(first), names(second)) == (NAMES[:2], [NAMES[4]])
    assert first.raw["class_name"].unique().to_list() == ["小学三(1)班"]
    assert second.raw["class_name"].unique().to_list() == ["三(2)班"]
    assert second.raw["school"].unique().to_list() == ["青溪小学"]
    assert second.raw["row"].to_list() == [9]


@pytest.mark.parametrize(
    "statistic",
    [
        [["年级", "班级", "人数"], ["三年级", "1班", "40"], ["三年级", "2班", "38"]],
        [["学校", "年级", "班级", "备注"], ["青溪小学", "三年级", "1班", None]],
        [["各班情况统计"], ["班别", "男生人数", "女生人数"], ["甲班", "二十", "十八"]],
        [["村", "总人数"], ["上溪村", "七"]],
    ],
)
def test_a_statistic_below_a_list_is_nobody_and_is_told(statistic: list[list[str | None]]) -> None:
    (found,) = lists(HEAD, *PUPILS, [], *statistic)
    assert names(found) == NAMES
    assert problems(found) == ["other_table"] * len(statistic)
    assert "other_table" in found.receipt.findings


def test_whoever_stands_below_a_statistic_is_not_lost() -> None:
    (found,) = lists(HEAD, *PUPILS[:2], ["班别", "人数"], ["甲班", "二"], *PUPILS[2:4])
    assert names(found) == NAMES[:4]
    assert problems(found) == ["other_table", "other_table"]


def test_classes_below_one_another_under_the_same_headings() -> None:
    first, second = lists(
        ["三(1)班"], HEAD, PUPILS[0], ["三(2)班"], HEAD, PUPILS[1], sheet="全校"
    )  # fmt: skip
    assert first.raw["class_name"].to_list() == ["三(1)班"]
    assert second.raw["class_name"].to_list() == ["三(2)班"]


def test_a_second_list_with_more_columns_does_not_hide_the_first() -> None:
    more = ["姓名", "性别", "身份证号", "出生日期", "民族"]
    first, second = lists(HEAD, PUPILS[0], [], more, [NAMES[1], "女", IDS[2], "2013-02-25", "汉"])
    assert (names(first), names(second)) == ([NAMES[0]], [NAMES[1]])


@pytest.mark.parametrize(
    ("sheet", "file", "titles", "grade", "in_class", "school"),
    [
        ("三(2)班", "青溪小学.xlsx", [], None, "三(2)班", "青溪小学"),
        ("302班", "名册_石桥小学.xlsx", [], None, "302班", "石桥小学"),
        ("三年级", "青溪小学名册.xlsx", [], "三年级", None, "青溪小学"),
        ("Sheet1", "青溪小学三年级2班名册.xlsx", [], None, "小学三年级2班", "青溪小学"),
        ("Sheet1", "名册.xlsx", ["青溪小学2024年秋季四(1)班花名册"], None, "四(1)班", "青溪小学"),
        ("1", "名册.xlsx", ["学校：青溪初中", "班级：初一(3)班"], None, "初一(3)班", "青溪初中"),
        ("2024年10月", "青溪小学名册.xlsx", [], None, None, "青溪小学"),
    ],
)
def test_class_grade_and_school_from_the_surroundings(
    sheet: str, file: str, titles: list[str], grade: str, in_class: str, school: str
) -> None:
    (found,) = lists(*([t] for t in titles), HEAD, PUPILS[0], sheet=sheet, file=file)
    assert found.receipt.role is Role.ROSTER
    assert found.raw.select("grade", "class_name", "school").row(0) == (grade, in_class, school)


def test_the_class_of_a_row_is_not_overruled_by_a_title() -> None:
    (found,) = lists(
        ["青溪小学三年级及以上学生名册"], ["班级", "姓名", "身份证号"], ["四(1)班", *PUPILS[0][1:]],
        sheet="Sheet1",
    )  # fmt: skip
    assert found.raw.select("grade", "class_name").row(0) == (None, "四(1)班")


def test_a_sheet_per_village() -> None:
    (found,) = lists(
        ["户号", "与户主关系", "姓名", "公民身份号码"], ["1", "子", "许诺", IDS[1]],
        sheet="上溪村", file="青溪镇户籍人口.xlsx",
    )  # fmt: skip
    assert found.receipt.role is Role.POPULATION
    assert found.raw.select("village", "township").row(0) == ("上溪村", "青溪镇")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_columns_stand_in_any_order(order: tuple[int, ...]) -> None:
    (found,) = lists(*([row[i] for i in order] for row in (HEAD, *PUPILS[:3])))
    assert found.raw["id"].to_list() == IDS[1:4]
    assert names(found) == NAMES[:3]
