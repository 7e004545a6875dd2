"""Headings as clerks' exports write them (``domain.md`` 1.1), field by field."""

from __future__ import annotations

from rosterrec.frames import Field, Role

#: Aliases that mean the same on every list.
ALIASES: dict[Field, str] = {
    Field.NAME: "姓名 学生姓名 人员姓名 学生 名字 幼儿姓名 儿童姓名 家庭成员姓名 被摸排人姓名 残疾人姓名 孩子姓名 "
    "适龄儿童姓名 中文姓名 学生名称 XM name 辍学学生姓名 失学儿童姓名 持证人姓名",
    Field.FORMER_NAME: "曾用名 别名 小名 乳名 学名 又名",
    Field.ID: "身份证件号 公民身份号码 公民身份证号码 公民身份证号 公民身份证 身份证号 身份证号码 身份证 证件号码 证件号 "
    "身份证明号码 公民身份证件编号 身份证件号码 居民身份证号 居民身份证号码 居民身份证 学生身份证号 学生身份证件号 "
    "学生身份证号码 儿童身份证号 身份号码 身份证编号 二代身份证号 公民身份证件号 公民身份证件号码 身份证证件号 "
    "SFZH SFZJH idcard id_card 身份证件编号 证件编码 有效证件号码 有效证件号",
    Field.ID_TYPE: "身份证件类型 证件类型 身份证类型 证件种类",
    Field.STUDENT_NO: "学籍号 全国学籍号 学籍主号 个人标识码 国网学籍号 正式学籍号 全国学籍号码 学籍号码 学生学籍号 "
    "全国统一学籍号 学籍编号 学生标识码 XJH",
    Field.SEX: "性别 性別 学生性别 XB sex gender",
    Field.BIRTH: "出生日期 出生年月 出生年月日 生日 出生时间 出生 学生出生日期 出生日 CSRQ birthdate",
    Field.ETHNIC: "民族",
    Field.GUARDIAN: "监护人 监护人姓名 家长姓名 家长 父亲姓名 父亲 成员1姓名 第一监护人 监护人1 法定监护人 监护人1姓名 "
    "父母姓名 父母或监护人姓名 父母或其他监护人姓名 家长或监护人姓名 家长(监护人) 家庭成员1姓名",
    Field.GUARDIAN_2: "母亲姓名 母亲 成员2姓名 第二监护人 监护人2 监护人2姓名 家庭成员2姓名",
    Field.GUARDIAN_ID: "成员1身份证件号 成员2身份证件号 户主身份证 户主身份证号 户主身份证号码 监护人身份证号 "
    "监护人身份证 监护人身份证号码 监护人身份证件号 父亲身份证号 父亲身份证 母亲身份证号 母亲身份证 家长身份证号 户主公民身份号码",
    Field.PHONE: "家长电话 联系电话 手机 手机号 手机号码 电话 联系方式 监护人电话 监护人联系电话 家长联系电话 "
    "成员1联系电话 家庭电话 电话号码 联系手机 家长手机 家长手机号 监护人手机号 父亲电话 家庭联系电话 联系号码",
    Field.HOUSEHOLD: "户号 户编号 家庭户号 户口簿号 家庭编号 户编码 户籍户号",
    Field.HOUSEHOLDER: "户主姓名 户主",
    Field.RELATION: "与户主关系 户主或与户主关系 与户主的关系 家庭关系",
    Field.COUNTY: "户籍县 户籍区县 户籍县区 所在县 县名称 区县名称",
    Field.TOWNSHIP: "户籍镇街 户籍乡镇 所在镇乡 所在乡镇 户籍所在乡镇 乡镇 镇街 所属镇街 所属乡镇 镇乡 户籍镇 乡 镇 "
    "乡镇名称 乡镇街道 乡(镇) 镇(街道) 街道 户籍所在镇 户籍所在镇街 乡镇办",
    Field.VILLAGE: "户籍社区/村 户籍村 村委会 居委会 居村委会 村居 行政村 户籍村居 户籍社区 村社区 所在村 村组 村 社区 "
    "村名 村名称 村(居) 村/社区 村(社区) 户籍所在村 村居委会 行政村名称 村民委员会",
    Field.ADDRESS: "户籍地址 户口所在地行政区划 住址 现住址 家庭住址 户籍地 户口地址 详细地址 家庭地址 户口所在地 户籍所在地 "
    "户籍详细地址 居住地址 现居住地 常住地址 家庭详细住址 实际居住地 通讯地址 现居住地址",
    Field.TEACHER: "包保教师 帮扶教师 责任教师 包保责任人 核查人 劝返责任人 包保人 帮扶责任人 帮扶干部 包联教师 控辍责任人 "
    "包保责任教师 摸排人 摸排教师",
    Field.SCHOOL: "学校名称 就读学校 现就读学校 所在学校 学校 就读学校名称 学籍所在学校 学籍学校 在读学校 目前就读学校 现就读学校名称 "
    "XXMC school 所在学校名称 现所在学校 就读院校 学校全称",
    Field.SCHOOL_CODE: "学校标识码 学校代码 学校编码 就读学校标识码 就读学校代码 学校(机构)标识码 学校编号 XXDM 学校国标码",
    Field.STAGE: "学段 办学类型 学校类型 学校类别 办学层次 就读学段",
    Field.GRADE: "年级 年级名称 年级编号 届别 就读年级 所在年级 现读年级 现就读年级 NJ 级别",
    Field.CLASS_NAME: "班级 班级名称 班级号 班号 行政班 班别 所在班级 就读班级 班 现就读班级 班次 年级班级 年班 BJ",
    Field.ENTRY: "入学年月 入学时间 入学日期 入学年份",
    Field.MODE: "就读方式",
    Field.REG_STATUS: "学籍状态 就读状态 学生当前状态 在校状态 学生状态 当前状态",
    Field.LEFT_ON: "离校日期 毕业时间 毕业年月 毕业日期 毕业年月日 离校时间 毕业离校年月",
    Field.DROPPED_OUT: "是否失学辍学 是否辍学 是否失学 是否失学或辍学 是否疑似辍学 是否疑似失学辍学 是否适龄儿童失学辍学 "
    "是否义务教育阶段适龄儿童少年失学辍学 是否义务教育阶段失学辍学 是否适龄儿童少年失学辍学 是否义务教育阶段辍学",
    Field.DESTINATION: "就读去向 去向 就学去向 就读情况 摸排去向 就读类别 在校生状况 在校生情况 在校情况 就学情况 就学状况 "
    "学生去向 目前去向 现去向 入学情况 失学辍学状态 辍学状态 就读情况说明 目前状况 当前去向 就学状态",
    Field.PLACE: "就读省市县 就读地 就读地区 就读地点 就读所在地 就读地址 就读学校所在地 就读学校地址 学校所在地 外出就读地 "
    "就读省份 就读县区 务工就读地",
    Field.PROOF: "是否取证 取证情况 就读证明 是否已取证 证明情况 是否有就读证明 有无就读证明 取证状态 是否有佐证",
    Field.PROOF_DATE: "取证时间 取证日期 证明开具日期 证明开具时间 证明时间 开具时间 开具日期",
    Field.PROOF_TYPE: "证明类型 证明材料 佐证材料 取证方式 佐证资料 取证材料",
    Field.PROOF_BY: "证明单位 出具单位 取证单位 开具单位 证明出具单位",
    Field.PROOF_NO: "就读证明编号 证明编号",
    Field.ATTEMPTS: "联系次数 走访次数 劝返次数 家访次数",
    Field.REASON: "未取证原因 未入学原因 失学或辍学原因 辍学原因 义务教育阶段未上学原因 原因 未就读原因 失学辍学原因 疑似辍学原因 "
    "失学原因 未在校原因 辍学原因分类 未上学原因 未返校原因",
    Field.NOTE: "备注 说明 核实结果 核查情况 情况说明 备注说明 核查情况说明 核实情况 劝返记录 劝返情况 其他说明",
    Field.FILING_KIND: "备案类型 备案类别 备案情形 情形 备案事项 特殊情形 人员类别 特殊类型 备案原因",
    Field.DOCUMENT_NO: "文号 证明文号 备案文号 文件号 备案编号 批准文号 文书编号 审批文号 备案号",
    Field.DOCUMENT_DATE: "备案日期 备案时间 批准日期 审批日期 发证日期 办理日期 批准时间 审批时间 发证时间 签发日期 "
    "初次领证日期 领证日期 评定日期",
    Field.VALID_FROM: "起始日期 开始日期 休学开始 休学起始日期 有效期起 起始时间 休学时间 休学开始日期 开始时间",
    Field.VALID_UNTIL: "截止日期 结束日期 休学结束 休学截止日期 有效期至 有效期止 有效期 到期日期 截止时间 休学结束日期 结束时间 "
    "有效期限 证件有效期 复学日期",
    Field.DISABILITY_NO: "残疾人证号 残疾证号 残疾人证号码 残疾证号码 残疾人证件号 残疾人证编号 残疾证编号 残疾证件号码 "
    "残疾证件号",
    Field.DISABILITY_KIND: "残疾类别 残疾类型 残疾人类型 残疾种类",
    Field.DISABILITY_GRADE: "残疾等级 残疾级别 残疾程度",
}
#: Headings whose meaning hangs on the list they stand in.
BY_ROLE: dict[Role, dict[str, Field]] = {
    Role.FILING: {
        "类别": Field.FILING_KIND,
        "类型": Field.FILING_KIND,
        "证明日期": Field.DOCUMENT_DATE,
        "证明编号": Field.DOCUMENT_NO,
        "证件编号": Field.DOCUMENT_NO,
        "日期": Field.DOCUMENT_DATE,
    },
    Role.WHEREABOUTS: {
        "证明日期": Field.PROOF_DATE,
        "类别": Field.DESTINATION,
        "核查结果": Field.DESTINATION,
        "核查结论": Field.DESTINATION,
        "核实去向": Field.DESTINATION,
        "排查结果": Field.DESTINATION,
    },
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
#: What is understood and not asked for: a pattern for folded headings.
OF_NO_USE = (
    r"序号?|顺序号?|行号|编号|人编号|No\.?|学籍接续标识|(?:省|地方)?学籍[辅副]号|班内(?:学|编)号|学号|座号|教育ID|"
    r"籍贯|国籍.*|出生地.*|港澳台.*|户口性质|户籍性质|户籍类型|政治面貌|健康状况|血型|邮政编码|电子邮箱|特长|"
    r"(?:毕业|原|原就读|转出|转入|前|来源|生源)学校.*|学生来源|入学方式|是否.*|随班就读|"
    r"无户口学生|休学中|成员\d.*|.*职务|.*职业|.*工作单位|文化程度|户类型|脱贫属性|监测对象类别|"
    r"派出所.*|何时由何地.*|迁[入出]日期|注销(?:日期|原因)|学校地址|班主任.*|校长.*|学校联系人.*|年龄|周岁|"
    r"户籍省县?|省|市|省份|地市|身高.*|体重.*|劳动技能|务工.*|照片|签名|销号时间|复学时间|辍学时间"
)
