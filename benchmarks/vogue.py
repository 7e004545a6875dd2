"""Given names and their characters in order of favour, compiled by hand.

What is in favour is public fact: the ministry's yearly name reports (全国姓名报告, 2018 to 2021)
print the ten commonest names of each sex and the fifty commonest characters. The order within a
list below is that of the reports where they speak, and a teacher's ear where they do not.
``make_tables`` turns the lists into ``data/``; nothing else reads them.
"""

#: Whole names of the children's years, by sex and year of the height of the fashion.
CHILDREN: dict[str, dict[int, str]] = {
    "M": {
        2008: "浩然 俊杰 子豪 文博 博文 志豪 俊豪 家豪 嘉豪 文杰 思远 天乐 文轩 鑫宇 俊辉 佳豪 宇鹏 "
        "嘉俊 家乐 嘉诚 俊宇 天宇 明轩 志远 鹏飞 嘉伟 文涛 浩杰 俊峰 家俊",
        2013: "子轩 浩宇 宇轩 梓轩 浩轩 皓轩 子涵 梓豪 子墨 俊熙 一鸣 子睿 宇航 梓睿 博涵 子皓 梓涵 "
        "浩博 宇涵 昊天 浩辰 子昂 睿泽 宇浩 雨泽 佳乐 俊轩 浩铭 泽宇 瑞泽",
        2018: "浩宇 奕辰 沐宸 宇泽 沐阳 亦辰 宇辰 铭泽 梓宸 茗泽 奕泽 亦宸 沐辰 俊泽 一诺 昊宇 "
        "梓宇 煜宸 子宸 奕诚 若谦 沐泽 辰逸 景澄 星辰 嘉懿 梓恒 泽轩 皓宇 宸宇",
    },
    "F": {
        2008: "欣怡 佳怡 雨欣 思雨 佳琪 雨婷 雅婷 静怡 思琪 梦婷 佳慧 诗雨 梦琪 欣悦 梦瑶 雅琪 语嫣 "
        "若曦 可馨 思颖 佳欣 婷婷 雨晴 慧敏 晓雨 佳敏 思思 梦洁 静雯 嘉怡",
        2013: "梓涵 子涵 诗涵 雨涵 欣妍 梓萱 紫涵 子萱 雨萱 可欣 雨桐 思涵 诗琪 依诺 语涵 欣然 佳妮 "
        "梦涵 思彤 梓琪 雨彤 欣彤 若涵 紫萱 诗萱 怡然 涵予 佳瑶 馨月 艺馨",
        2018: "一诺 依诺 语桐 若汐 语汐 艺涵 苡沫 沐瑶 芷晴 奕涵 雨汐 沐晴 诗悦 语彤 婉清 若溪 艺彤 "
        "伊诺 梓妍 诺一 书瑶 云舒 芊语 亦菲 梓沫 昕怡 书妍 灵儿 予汐 知夏",
    },
}

#: First and second characters of children's names of two, and those used alone.
CHARACTERS: dict[tuple[str, str], str] = {
    ("M", "first"): "子浩宇梓俊嘉文志家佳明天博泽思睿鑫皓伟建永晨一昊铭瑞旭景振世金国奕煜沐正海立"
    "承雨玉启成学林云少庆晓凯德荣华展健亚锦润星若亦墨楚逸长新东立乐小义军清秋锐彦绍禹修宏",
    ("M", "second"): "轩豪杰泽宇涵然航辰博宸文鑫浩翔辉睿鹏乐阳龙熙霖涛铭林皓东峰明凯超磊城诚"
    "恒斌成远源伟瑞毅健昊晨俊洋飞强旭辛哲安琪佑钧锋阔烨达华海良亮彬帆卓森锐一康栋凡兴平",
    ("M", "alone"): "浩涛鑫杰磊睿鹏博翔阳帅龙宇轩昊伟俊凯超锐毅皓峰哲航辉琪瑞恒霖尧晨旭喆烨",
    ("F", "first"): "雨思欣佳梓梦诗子雅紫静若可嘉语婉晓艺慧玉文依怡心雪馨美悦晨瑞芷小春秋金"
    "丽乐沐书舒林云安月清海心晴凡灵璐淑艳红亚海锦彩爱明天乐莹羽奕玥亦曼",
    ("F", "second"): "涵怡萱婷欣琪妍雨瑶彤悦琳慧佳颖雯婕然桐静娜馨熙诺玲敏洁晴菲月语莹丽汐"
    "瑜蕊嫣宁茹倩娟霞燕云珊宇雪媛萌茜蓉岚芳妮祺玉钰函璇溪柔娇花艳兰梅心凤钥薇卉",
    ("F", "alone"): "悦萱婷颖琪欣静佳雪瑶慧怡妍倩敏涵玥琳雯月洁娜蕊彤莹馨桐璐",
}

#: The same of the parents' years; the names alone come from Faker's list besides.
PARENTS: dict[tuple[str, str], str] = {
    ("M", "first"): "建志国文永明小海俊春玉金光晓德新成家学长振立正世庆红少宏军东华卫荣向",
    ("M", "second"): "军强华平明伟林勇峰辉杰国涛斌龙飞波生荣刚民成兵锋东忠祥海文良清亮权",
    ("F", "first"): "小晓秀丽玉海春红艳美雪彩金燕凤淑爱桂文冬亚翠素月慧志惠莉会永静建",
    ("F", "second"): "丽芳燕霞红英梅玲艳娟娜平敏华萍琴兰云香花凤珍莲静琼荣芬秀琳会利慧",
}

#: Characters that clerks' machines may lack: in GBK but rare, and beyond GBK.
RARE = "喆堃翀赟犇淼焱垚鑫骉彧昶晔珺玥祎玚弢頔勍颋旻彣璟翾甯昉懿燚犟烜琰垲錡"
BEYOND = "䶮㛃㬢㳘㻗㸌䒟䢼"

#: Minority names are a child's own name, a dot, and the father's name.
MINORITY = {
    "M": "阿卜杜拉 买买提 艾山 艾力 吐尔逊 玉素甫 阿迪力 伊力哈木 库尔班 艾尔肯 木拉提 热合曼 "
    "麦麦提 伊敏 尼加提 沙吾提 依布拉音 凯赛尔 扎西 多吉 次仁 达瓦 平措 尼玛 日沙 木呷 拉则 "
    "叶尔波力 阿依丁 巴合提 依沙克 亚森 卡德尔 祖农",
    "F": "古丽 阿依古丽 热依汗 帕提古丽 阿米娜 麦尔哈巴 祖丽皮亚 古丽米热 迪丽努尔 阿孜古丽 "
    "努尔比亚 米热班 凯丽比努尔 茹仙 热孜亚 卓玛 央金 拉姆 德吉 白玛 曲珍 阿依努尔 沙依拉 "
    "阿呷 尔西 木果 巴哈尔 再努尔 祖丽胡玛尔 伊力米努尔",
}
#: Characters that one sound of another language is written with, group by group.
TRANSLITERATION = (
    "卜不布 拉啦腊 买麦 提地帝 艾爱 力里丽 尔耳儿 逊孙 玉于 素苏 甫普 迪地 哈合 库苦 肯坑 木姆 "
    "曼满 敏明 尼妮 加佳 沙萨 依伊以 扎札 吉基 次才 措错 玛马 日尔 古姑 热惹 汗罕 帕怕 娜那 巴芭 "
    "祖足 亚娅 努奴 班斑 凯开 茹如 孜则 央雍 姆母 德得 白拜 珍真 胡呼"
)

#: Compound surnames with their bearers in thousands (全国姓名报告, 2020).
COMPOUND = {
    "欧阳": 1112, "上官": 88, "皇甫": 64, "令狐": 55, "诸葛": 48, "司徒": 47, "司马": 23,
    "申屠": 19, "夏侯": 11, "贺兰": 10, "完颜": 6, "慕容": 5, "尉迟": 4, "长孙": 3,
}  # fmt: skip
