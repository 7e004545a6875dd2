"""Invented names, and how clerks get them wrong."""

from __future__ import annotations

import random

# Frequent first: the weight falls with the rank.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程"
    "魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾"
    "龚邵万覃武戴莫孔向汤"
)
SURNAMES: list[str] = [*_SURNAMES, "欧阳", "诸葛", "上官", "单", "仇", "解", "区", "查", "盖", "朴"]
_WEIGHTS = [1 / (rank + 3) for rank in range(len(SURNAMES))]
_BOYS = (
    "子浩宇轩博文俊杰明辉志强伟鹏飞家豪天佑泽宸睿翔晨阳凯瑞嘉诚航毅磊涛峰建华国庆海龙铭昊然"
    "皓恒逸奕霖骏安康乐启源思远景行承运柏松景煜烨炜钧锦程"
)
_GIRLS = (
    "梓涵欣怡雨萱诗琪佳悦思妍婷婷静雅丽娜梦瑶紫晴语嫣若曦可馨心怡艺彤雪芳晓燕玉珍月玲珊珊琳"
    "颖慧敏洁秀兰美云依诺一诺沐瑾芷萌菲璇钰晗冉茜岚蓉"
)
_MINORITY = {
    "男": ("买买提江·艾力", "阿迪力·吐尔逊", "玉素甫·卡德尔"),
    "女": ("古丽娜尔·艾合买提", "热依汗·吐尔逊"),
}
RARE = ("䶮", "㻬", "𬀩", "𫍯", "㛃")

_SOUNDS = (
    "子梓紫", "轩萱宣", "涵晗寒", "宇雨语羽禹", "欣心馨昕", "浩皓昊", "杰洁捷", "佳嘉家",
    "怡依宜仪", "伟玮炜", "静婧靖", "明铭鸣", "文雯", "晨宸辰", "博柏", "俊骏钧", "梦孟",
    "琪淇祺", "瑶遥尧", "婷亭廷", "思诗斯", "艺奕逸", "磊雷蕾", "阳洋扬", "丽莉",
    "玉钰煜", "峰锋丰", "航杭", "悦月玥",
    "可珂", "凯楷", "睿瑞", "冉苒", "志智", "辉晖", "鹏朋", "翔祥", "敏闽", "慧惠", "诚承程成",
    "芳方", "晓小", "燕艳妍嫣", "玲琳霖林", "安桉", "泽则", "彤桐", "珊杉", "颖影", "雅娅", "娜那",
)  # fmt: skip
_VARIANTS = dict(
    zip("张陈刘赵吴孙马罗郑谢韩冯肖付闫戴", "張陳劉趙吳孫馬羅鄭謝韓馮萧傅阎代", strict=True)
)


def surname(rng: random.Random) -> str:
    """A surname, common ones more often."""
    return rng.choices(SURNAMES, weights=_WEIGHTS)[0]


def given(sex: str, rng: random.Random) -> str:
    """A given name of one or two characters."""
    pool = _BOYS if sex == "男" else _GIRLS
    return "".join(rng.choice(pool) for _ in range(1 if rng.random() < 0.12 else 2))


def adult(rng: random.Random, sex: str, family: str = "") -> str:
    """A parent's name."""
    return (family or surname(rng)) + given(sex, rng)


def minority(sex: str, rng: random.Random) -> str:
    """A long name with a middle dot."""
    return rng.choice(_MINORITY[sex])


def homophone(name: str, rng: random.Random) -> str | None:
    """The name with one given-name character replaced by one that sounds alike."""
    spots = [
        (at, other)
        for at, char in enumerate(name)
        if at > 0
        for group in _SOUNDS
        if char in group
        for other in group
        if other != char
    ]
    if not spots:
        return None
    at, other = rng.choice(spots)
    return name[:at] + other + name[at + 1 :]


def variant(name: str) -> str | None:
    """The name with its surname in a variant or traditional form."""
    return _VARIANTS[name[0]] + name[1:] if name[0] in _VARIANTS else None


def family_name(name: str) -> str:
    """The surname of a Chinese name."""
    return name[:2] if name[:2] in {"欧阳", "诸葛", "上官"} else name[:1]
