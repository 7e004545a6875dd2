"""Headings as real exports write them, and the guard around the child's name and number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterrec.frames import Field, Role
from rosterrec.read.headings import field_of, known_headings, normalise
from rosterrec.read.likeness import A_SLIP_AWAY, likely_fields

#: As registries, police exports, rosters, poverty and disability lists and ledgers head columns.
KNOWN = {
    Field.NAME: ("姓名", "*姓名", "姓  名", "姓\n名", "学生姓名（必填）", "★学生姓名", "姓名：", "1.姓名", "残疾人姓名",
                 "被摸排人姓名", "家庭成员姓名", "儿童姓名", "幼儿姓名", "XM"),
    Field.FORMER_NAME: ("曾用名", "小名", "乳名"),
    Field.ID: ("身份证件号", "*身份证件号(18位)", "公民身份号码", "公民身份证号", "身份证号码", "身 份 证 号", "身份证\n号码",
               "居民身份证号码", "证件号码", "学生身份证件号", "公民身份证件编号", "身份证号【必填】", "SFZH", "身份证号\u200b"),
    Field.ID_TYPE: ("身份证件类型", "证件类型"),
    Field.STUDENT_NO: ("全国学籍号", "学籍主号", "学籍号（全国）", "个人标识码", "国网学籍号"),
    Field.SEX: ("性别", "性別", "性别(男/女)"),
    Field.BIRTH: ("出生日期", "出生日期(yyyy-mm-dd)", "出生年月日", "出生年月", "生日"),
    Field.GUARDIAN: ("监护人", "监护人姓名", "家长姓名", "父亲姓名", "成员1姓名", "父母或其他监护人姓名", "家长信息姓名"),
    Field.GUARDIAN_2: ("母亲姓名", "成员2姓名", "监护人2姓名", "第二监护人"),
    Field.GUARDIAN_ID: ("成员1身份证件号", "成员2身份证件号", "监护人身份证号", "户主身份证", "户主身份证号码", "父亲身份证号",
                        "母亲身份证号码（18位）", "家长公民身份号码", "联系人证件号码", "户主公民身份号码"),
    Field.HOUSEHOLDER: ("户主姓名", "户主"),
    Field.RELATION: ("与户主关系", "户主或与户主关系", "与户主的关系"),
    Field.HOUSEHOLD: ("户号", "户编号"),
    Field.PHONE: ("联系电话", "监护人联系电话", "成员1联系电话", "家长手机号", "手机号码", "母亲联系电话"),
    Field.ADDRESS: ("户籍地址", "户口所在地行政区划", "家庭住址", "现住址"),
    Field.VILLAGE: ("户籍社区/村", "居(村)委会", "村（居）", "行政村", "村组"),
    Field.TOWNSHIP: ("户籍镇街", "所在镇乡（街道）", "乡镇"),
    Field.SCHOOL: ("学校名称", "就读学校", "*学校名称", "现就读学校"),
    Field.SCHOOL_CODE: ("*学校标识码", "学校代码"),
    Field.GRADE: ("年级", "年级名称", "届别", "年级编号"),
    Field.CLASS_NAME: ("班级", "班级名称", "班号", "行政班", "班别"),
    Field.ENTRY: ("入学年月", "入学年月(YYYYMM)"),
    Field.MODE: ("就读方式",),
    Field.REG_STATUS: ("学籍状态", "学生当前状态"),
    Field.DESTINATION: ("就读去向(本镇/县内外镇/县外)", "在校生状况", "在校生情况", "去向"),
    Field.PLACE: ("就读省市县", "就读地"),
    Field.PROOF: ("是否取证", "取证情况"),
    Field.PROOF_DATE: ("取证时间", "取证日期"),
    Field.PROOF_TYPE: ("佐证材料", "证明类型"),
    Field.REASON: ("未入学原因", "辍学原因", "失学或辍学原因", "义务教育阶段未上学原因"),
    Field.NOTE: ("备注", "核查情况"),
    Field.TEACHER: ("劝返责任人", "包保教师"),
    Field.DISABILITY_NO: ("残疾人证号", "残疾证号"),
    Field.DISABILITY_KIND: ("残疾类别", "残疾类型"),
    Field.DISABILITY_GRADE: ("残疾等级",),
    None: ("省学籍辅号", "学籍副号", "班内学号", "座号", "毕业学校", "原就读学校", "身高(cm)", "体重（kg）", "序号", "籍贯",
           "是否留守儿童", "随班就读", "派出所", "注销原因", "成员1身份证件类型", "成员1职务", "班主任电话", "学校联系人",
           "监护人与学生关系", "父亲工作单位", "出生地行政区划代码", "健康状况"),
}  # fmt: skip
PAIRS = [(heading, field) for field, headings in KNOWN.items() for heading in headings]


@pytest.mark.parametrize(("heading", "field"), PAIRS)
def test_what_a_heading_names(heading: str, field: Field | None) -> None:
    assert field_of(heading) is field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("学生身份证号(18位)", Field.ID), ("适龄儿童身份证号码", Field.ID), ("身份证号码（第二代）", Field.ID),
        ("身份征号码", Field.ID), ("身份号证码", Field.ID), ("身份证件?码", Field.ID),
        ("在校生姓名", Field.NAME), ("适龄少年姓名", Field.NAME), ("中国公民姓名", Field.NAME),
        ("学生出生日期", Field.BIRTH), ("儿童性别", Field.SEX), ("学生全国学籍号", Field.STUDENT_NO),
        ("现就读学校全称", Field.SCHOOL), ("目前所在班级", Field.CLASS_NAME), ("户籍所在行政村", Field.VILLAGE),
        ("家庭详细地址", Field.ADDRESS), ("就读学校名秤", Field.SCHOOL),
    ],
)  # fmt: skip
def test_a_heading_in_other_words_or_with_a_slip(heading: str, field: Field) -> None:
    assert field_of(heading) is None or field_of(heading) is field
    likely = likely_fields(heading) or ((field_of(heading), 1.0),)
    assert likely[0][0] is field
    assert likely[0][1] >= A_SLIP_AWAY


OTHERS = [
    "监护人身份证号", "监护人证件", "监沪人身份证号", "监户人身份证号", "?护人身份证号", "监护入身份证", "户主身份证号",
    "户王身份证号", "户丰公民身份号码", "父新身份证号", "父亲证件号码", "父身份证号", "母身份证号", "母亲公民身份号码",
    "家长身份证", "家章身份证号", "爷爷身份证号", "祖母证件号码", "外公身份证号码", "抚养人身份证号", "委托监护人身份证号",
    "成员3身份证件号", "配偶身份证号", "法定代理人身份证号码", "联系人身份证号", "养父身份证号", "继母身份证号",
    "班主任身份证号", "教师身份证号", "负责人身份证号", "填表人身份证号", "开户人身份证号", "户主证件编号", "家庭成员身份证号",
    "监护人姓名", "监沪人姓名", "户王姓名", "父新姓名", "父親姓名", "家长姓名", "母亲名字", "户主姓名", "爷爷姓名",
    "联系人姓名", "紧急联系人", "班主任姓名", "责任人姓名", "填报人姓名", "审核人姓名", "户主名字", "父姓名", "兄弟姓名",
    "监护人出生日期", "父亲出生年月", "户主性别", "母亲学籍号", "校长姓名", "包保干部姓名", "帮扶人姓名",
]  # fmt: skip
CHILDS = {Field.NAME, Field.ID, Field.BIRTH, Field.SEX, Field.STUDENT_NO, Field.FORMER_NAME}


@pytest.mark.parametrize("heading", OTHERS)
@pytest.mark.parametrize("role", [None, *Role])
def test_what_belongs_to_another_never_becomes_the_childs(heading: str, role: Role | None) -> None:
    assert field_of(heading, role) not in CHILDS
    assert not CHILDS & {field for field, _ in likely_fields(heading)}


@settings(deadline=None)
@given(
    st.sampled_from(
        ["监护人", "户主", "父亲", "母亲", "家长", "祖父", "配偶", "成员1", "抚养人", "联系人"]
    ),
    st.sampled_from(sorted(known_headings())),
    st.sampled_from(["", "的", " ", "1", "（一）", "\n", "*", "信息"]),
    st.booleans(),
)
def test_a_relative_before_or_after_any_heading_keeps_it_from_the_child(
    relative: str, alias: str, between: str, behind: bool
) -> None:
    heading = f"{alias}{between}{relative}" if behind else f"{relative}{between}{alias}"
    if normalise(heading) in known_headings():
        return
    assert field_of(heading) not in CHILDS
    assert not CHILDS & {field for field, _ in likely_fields(heading)}


@settings(deadline=None)
@given(st.text(max_size=12))
def test_no_heading_is_too_odd(heading: str) -> None:
    assert not any(c.isspace() for c in normalise(heading))
    for field, sure in likely_fields(heading):
        assert isinstance(field, Field)
        assert 0 < sure < 1


@settings(deadline=None)
@given(
    st.sampled_from(sorted(known_headings())),
    st.sampled_from(["*", " ", "：", "（必填）", "\u3000"]),
)
def test_what_stands_around_a_heading_does_not_change_it(alias: str, decoration: str) -> None:
    assert field_of(f"{alias}{decoration}") is field_of(alias)
