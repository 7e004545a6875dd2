"""Headings as clerks' exports write them, and the field each one names (``domain.md`` 1.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from rosterrec.frames import Field, Role

#: Aliases that mean the same on every list.
_ALIASES: dict[Field, str] = {
    Field.NAME: "姓名 学生姓名 人员姓名 学生 名字 幼儿姓名 儿童姓名 家庭成员姓名 被摸排人姓名 残疾人姓名",
    Field.FORMER_NAME: "曾用名 别名 小名 乳名 学名",
    Field.ID: "身份证件号 公民身份号码 公民身份证号码 身份证号 身份证号码 身份证 证件号码 证件号 身份证明号码 "
    "公民身份证件编号 身份证件号码 居民身份证号 居民身份证号码 学生身份证号 学生身份证件号 身份号码",
    Field.ID_TYPE: "身份证件类型 证件类型 身份证类型",
    Field.STUDENT_NO: "学籍号 全国学籍号 学籍主号 个人标识码 国网学籍号 正式学籍号",
    Field.SEX: "性别 性別 学生性别",
    Field.BIRTH: "出生日期 出生年月 出生年月日 生日 出生时间",
    Field.ETHNIC: "民族",
    Field.GUARDIAN: "监护人 监护人姓名 家长姓名 家长 父亲姓名 父亲 成员1姓名 第一监护人",
    Field.GUARDIAN_2: "母亲姓名 母亲 成员2姓名 第二监护人",
    Field.GUARDIAN_ID: "成员1身份证件号 成员2身份证件号 户主身份证 户主身份证号 户主身份证号码 监护人身份证号 "
    "监护人身份证 监护人身份证号码 监护人身份证件号 父亲身份证号 父亲身份证 母亲身份证号 母亲身份证 家长身份证号 户主公民身份号码",
    Field.PHONE: "家长电话 联系电话 手机 手机号 手机号码 电话 联系方式 监护人电话 监护人联系电话 家长联系电话 "
    "成员1联系电话 家庭电话",
    Field.HOUSEHOLD: "户号 户编号 家庭户号 户口簿号",
    Field.HOUSEHOLDER: "户主姓名 户主",
    Field.RELATION: "与户主关系 户主或与户主关系",
    Field.COUNTY: "户籍县 户籍区县 户籍县区 所在县",
    Field.TOWNSHIP: "户籍镇街 户籍乡镇 所在镇乡 所在乡镇 户籍所在乡镇 乡镇 镇街 所属镇街 所属乡镇 镇乡 户籍镇",
    Field.VILLAGE: "户籍社区/村 户籍村 村委会 居委会 居村委会 村居 行政村 户籍村居 户籍社区 村社区 所在村 村组",
    Field.ADDRESS: "户籍地址 户口所在地行政区划 住址 现住址 家庭住址 户籍地 户口地址 详细地址",
    Field.TEACHER: "包保教师 帮扶教师 责任教师 包保责任人 核查人 劝返责任人",
    Field.SCHOOL: "学校名称 就读学校 现就读学校 所在学校 学校 就读学校名称 学籍所在学校",
    Field.SCHOOL_CODE: "学校标识码 学校代码 学校编码 就读学校标识码 就读学校代码",
    Field.STAGE: "学段 办学类型 学校类型 学校类别 办学层次",
    Field.GRADE: "年级 年级名称 年级编号 届别 就读年级",
    Field.CLASS_NAME: "班级 班级名称 班级号 班号 行政班 班别 所在班级 就读班级",
    Field.ENTRY: "入学年月 入学时间 入学日期",
    Field.MODE: "就读方式",
    Field.REG_STATUS: "学籍状态 就读状态 学生当前状态 在校状态 学生状态",
    Field.LEFT_ON: "离校日期 毕业时间 毕业年月 毕业日期 毕业年月日 离校时间 毕业离校年月",
    Field.DESTINATION: "就读去向 去向 就学去向 就读情况 摸排去向 就读类别",
    Field.PLACE: "就读省市县 就读地 就读地区 就读地点 就读所在地 就读地址",
    Field.PROOF: "是否取证 取证情况 就读证明 是否已取证 证明情况",
    Field.PROOF_DATE: "取证时间 取证日期 证明开具日期 证明开具时间",
    Field.PROOF_TYPE: "证明类型 证明材料 佐证材料 取证方式",
    Field.PROOF_BY: "证明单位 出具单位 取证单位",
    Field.PROOF_NO: "就读证明编号 证明编号",
    Field.ATTEMPTS: "联系次数 走访次数 劝返次数",
    Field.REASON: "未取证原因 未入学原因 失学或辍学原因 辍学原因 义务教育阶段未上学原因 原因 未就读原因",
    Field.NOTE: "备注 说明 核实结果 核查情况",
    Field.FILING_KIND: "备案类型 备案类别 备案情形 情形 备案事项 特殊情形 人员类别",
    Field.DOCUMENT_NO: "文号 证明文号 备案文号 文件号 备案编号 批准文号 文书编号",
    Field.DOCUMENT_DATE: "备案日期 备案时间 批准日期 审批日期 发证日期 办理日期",
    Field.VALID_FROM: "起始日期 开始日期 休学开始 休学起始日期 有效期起 起始时间 休学时间",
    Field.VALID_UNTIL: "截止日期 结束日期 休学结束 休学截止日期 有效期至 有效期止 有效期 到期日期 截止时间",
    Field.DISABILITY_NO: "残疾人证号 残疾证号 残疾人证号码 残疾证号码",
    Field.DISABILITY_KIND: "残疾类别 残疾类型 残疾人类型",
    Field.DISABILITY_GRADE: "残疾等级 残疾级别",
}
#: Headings whose meaning hangs on the list they stand in.
_BY_ROLE: dict[Role, dict[str, Field]] = {
    Role.FILING: {
        "类别": Field.FILING_KIND,
        "类型": Field.FILING_KIND,
        "证明日期": Field.DOCUMENT_DATE,
        "证明编号": Field.DOCUMENT_NO,
        "证件编号": Field.DOCUMENT_NO,
        "日期": Field.DOCUMENT_DATE,
    },
    Role.WHEREABOUTS: {"证明日期": Field.PROOF_DATE, "类别": Field.DESTINATION},
    Role.SCHOOLS: {
        "名称": Field.SCHOOL,
        "代码": Field.SCHOOL_CODE,
        "标识码": Field.SCHOOL_CODE,
        "类别": Field.STAGE,
        "所属县区": Field.COUNTY,
        "所在县区": Field.COUNTY,
        "所在区县": Field.COUNTY,
        "所属区县": Field.COUNTY,
        "区县": Field.COUNTY,
        "县区": Field.COUNTY,
        "县": Field.COUNTY,
        "区划代码": Field.COUNTY,
        "行政区划代码": Field.COUNTY,
        "所在乡镇街道": Field.TOWNSHIP,
    },
    Role.ROSTER: {"出生": Field.BIRTH},
}
_GUARDIAN_WORDS = re.compile(r"成员\d|户主|监护人|父亲|母亲|家长|父母|配偶")
_HINT = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\]]*\]|【[^】]*】")


@cache
def normalise(heading: str) -> str:
    """A heading for comparison: width folded, without blanks, stars, hints and closing colons."""
    text = unicodedata.normalize("NFKC", heading)
    bare = _HINT.sub("", text)
    kept = bare if re.sub(r"[\s*★☆:：]", "", bare) else text
    return re.sub(r"[\s*★☆]|[:：]+$", "", kept)


@cache
def _known() -> dict[str, Field]:
    return {alias: field for field, aliases in _ALIASES.items() for alias in aliases.split()}


def field_of(heading: str, role: Role | None = None) -> Field | None:
    """The field a heading names, on a list of that role.

    A guardian's or householder's number can never be taken for the child's: any heading that
    speaks of a relative and of an ID is ``guardian_id``.
    """
    text = normalise(heading)
    if _GUARDIAN_WORDS.search(text) and re.search("身份|证件号", text):
        return None if "类型" in text else Field.GUARDIAN_ID
    return _BY_ROLE.get(role, {}).get(text) or _known().get(text) if role else _known().get(text)


def mapping(headings: Sequence[str | None], role: Role) -> tuple[dict[Field, int], list[str]]:
    """Field -> column for one header row, and the headings that name no field.

    Of two columns with one field the first counts; the other is reported among the unmapped.
    """
    found: dict[Field, int] = {}
    rest: list[str] = []
    for i, heading in enumerate(headings):
        if not heading:
            continue
        field = field_of(heading, role)
        if field is None or field in found:
            rest.append(heading)
        else:
            found[field] = i
    return found, rest
