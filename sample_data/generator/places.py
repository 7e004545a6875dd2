"""The invented county: villages, townships, schools; and where else its children go."""

from __future__ import annotations

from dataclasses import dataclass

COUNTY, NEIGHBOUR, TOWN = "澄溪县", "霁川县", "青溪镇"

VILLAGES = (
    "柏树坪村", "石桥村", "大湾村", "龙塘村", "枫香村", "磨盘村",
    "白鹤村", "新田村", "高桥村", "云岭村", "竹林沟村", "三岔村",
)  # fmt: skip


@dataclass(frozen=True)
class School:
    """A school: ``first`` and ``last`` grade it teaches, classes per grade."""

    code: str
    name: str
    stage: str
    town: str
    county: str
    first: int
    last: int
    classes: int = 2


def _home(number: int, name: str, stage: str, first: int, last: int, classes: int) -> School:
    return School(f"34992101{number:02d}", name, stage, TOWN, COUNTY, first, last, classes)


QINGXI = _home(1, "青溪小学", "小学", 1, 6, 2)
SHIQIAO = _home(2, "石桥小学", "小学", 1, 6, 1)
YUNLING = _home(3, "云岭学校", "九年一贯制学校", 1, 9, 1)
JUNIOR = _home(4, "青溪初中", "初级中学", 7, 9, 3)
HOME_SCHOOLS = (QINGXI, SHIQIAO, YUNLING, JUNIOR)

# Grade four of 云岭学校 has a second class, whose roster nobody sent in.
UNSENT = (YUNLING, 4, 2)


def _other(town: int, number: int, name: str, stage: str, first: int, last: int) -> School:
    town_name = ("", "", "城关镇", "柳河镇", "白沙镇", "云台乡", "双河镇")[town]
    code = f"349921{town:02d}{number:02d}"
    return School(code, name, stage, town_name, COUNTY, first, last, 3)


PRIVATE = _other(2, 5, "启明学校", "九年一贯制学校", 1, 9)
LIUHE_JUNIOR = _other(3, 2, "柳河初中", "初级中学", 7, 9)
LIUHE_PRIMARY = _other(3, 1, "柳河小学", "小学", 1, 6)
COMPULSORY_ELSEWHERE = (
    _other(2, 1, "城关第一小学", "小学", 1, 6),
    _other(2, 2, "城关第二小学", "小学", 1, 6),
    _other(2, 3, "澄溪县实验初中", "初级中学", 7, 9),
    PRIVATE,
    LIUHE_PRIMARY,
    LIUHE_JUNIOR,
    _other(4, 1, "白沙小学", "小学", 1, 6),
    _other(4, 2, "白沙初中", "初级中学", 7, 9),
    _other(5, 1, "云台学校", "九年一贯制学校", 1, 9),
    _other(6, 1, "双河小学", "小学", 1, 6),
    _other(6, 2, "双河初中", "初级中学", 7, 9),
)
SENIOR = _other(2, 6, "澄溪县第一高级中学", "高级中学", 10, 12)
VOCATIONAL = _other(2, 7, "澄溪县职业高中", "中等职业学校", 10, 12)
SPECIAL = _other(2, 8, "澄溪县特殊教育学校", "特殊教育学校", 1, 9)
NAMESAKE = School("3499220301", "青溪小学", "小学", "麦田镇", NEIGHBOUR, 1, 6)
DIRECTORY = (
    *HOME_SCHOOLS,
    *COMPULSORY_ELSEWHERE,
    SENIOR,
    VOCATIONAL,
    SPECIAL,
    NAMESAKE,
    School("3499220302", "麦田初中", "初级中学", "麦田镇", NEIGHBOUR, 7, 9),
)

CITIES: dict[str, float] = {
    "广东省东莞市": 14, "广东省深圳市": 12, "广东省佛山市": 9, "广东省广州市": 8, "广东省惠州市": 5,
    "浙江省宁波市": 7, "浙江省温州市": 6, "浙江省杭州市": 5, "浙江省金华市": 4, "福建省泉州市": 5,
    "福建省厦门市": 3, "江苏省苏州市": 5, "江苏省无锡市": 3, "上海市松江区": 3, "重庆市渝北区": 4,
    "四川省成都市": 4, "湖北省武汉市": 2, "湖南省长沙市": 2, "北京市昌平区": 1, "天津市西青区": 1,
    "云南省昆明市": 2, "贵州省贵阳市": 2, "山东省青岛市": 1, "新疆维吾尔自治区喀什市": 1,
}  # fmt: skip
_WORDS = (
    "青禾",
    "蓝桥",
    "朝露",
    "星畔",
    "暖阳",
    "雨荷",
    "云朵",
    "拾光",
    "松果",
    "木棉",
    "听泉",
    "知更",
)


def outside_schools(city: str, grade: int) -> list[str]:
    """Invented schools of a city for that grade."""
    short = city.rsplit("省", maxsplit=1)[-1].rsplit("自治区", maxsplit=1)[-1]
    kind = "小学" if grade <= 6 else "中学" if grade <= 9 else "高级中学"
    return [f"{short}{word}{kind}" for word in _WORDS[:8]] + [f"{short}{_WORDS[8]}学校"]


def grade_text(grade: int) -> str:
    """A grade in words, as 三年级 or 高一."""
    return f"{'一二三四五六七八九'[grade - 1]}年级" if grade <= 9 else f"高{'一二三'[grade - 10]}"


def home_school(village: str, grade: int) -> School:
    """Where a child of the village goes who stays in the township."""
    place = VILLAGES.index(village)
    if place >= 9:
        return YUNLING
    if grade >= 7:
        return JUNIOR
    return SHIQIAO if place >= 6 else QINGXI
