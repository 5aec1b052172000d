//! The words with which names of divisions are written, shortened and joined.

/// Last characters of the names of provinces, prefectures and counties.
pub const DIVISION_ENDS: &[char] = &['省', '市', '县', '区', '旗', '州', '盟'];

/// Endings of the names of towns, each with those that a town of that kind may be given later.
pub const TOWN_ENDS: &[(&str, &[&str])] = &[
    ("街道", &[]),
    ("镇", &["街道"]),
    ("民族乡", &["镇", "街道"]),
    ("乡", &["镇", "街道"]),
    ("苏木", &["镇", "乡", "街道"]),
];

/// Endings that the list of divisions or a report puts behind a name, each with what the name itself ends with.
pub const NAME_TAILS: &[(&str, &str)] = &[("街道办事处", "街道"), ("区管理委员会", "区"), ("区管委会", "区")];

/// Organs that run a zone: behind other words these name it.
pub const ZONE_ORGANS: &[&str] = &["管委会", "管理委员会"];
/// Organs that are the government of a town or more: behind other words these name it.
pub const GOVERNMENTS: &[&str] = &["人民政府", "政府", "街道办", "办事处", "行政公署", "公署"];
/// Words that make them organs of another kind.
pub const NO_ZONES: &[&str] = &["国有资产", "国资", "公积金"];

/// Words that hold a character of [`DIVISION_ENDS`] or [`TOWN_ENDS`] and name no division.
pub const NO_DIVISIONS: &[&str] = &[
    "市场",
    "城市",
    "城乡",
    "乡村",
    "市政",
    "社区",
    "区域",
    "县域",
    "小区",
    "街道办",
    "市容",
    "省直",
    "市直",
    "县直",
    "区直",
    "市级",
    "县级",
    "区级",
    "省级",
    "乡镇",
    "城镇",
    "州级",
    "市域",
    "超市",
    "特区事务",
    "校区",
    "地区局",
    "乡土",
    "林区",
    "灾区",
    "牧区",
    "矿区",
];

/// Names of divisions that running text holds as common words.
pub const COMMON_WORDS: &[&str] = &[
    "新城区",
    "新市区",
    "市中区",
    "城中区",
    "老城区",
    "江北区",
    "江南区",
    "河东区",
    "河西区",
    "开发区",
    "高新区",
    "经开区",
    "经济开发区",
    "经济技术开发区",
    "高新技术产业开发区",
    "高新技术开发区",
    "高新技术产业园区",
    "示范区",
    "城乡一体化示范区",
    "工业园区",
];

/// A division's name ends so, and has another character behind it that makes it none: 市 in 市场.
const NOT_BEFORE: &[(char, char)] = &[('市', '场'), ('区', '域'), ('市', '容'), ('市', '政'), ('县', '域')];
/// What begins so behind a division's name all the same: 政务 in 咸宁市政务服务和大数据管理局.
const BEFORE_ALL_THE_SAME: &[&str] = &["政务", "政府", "政协", "政策"];

/// Whether the last character of a division's name and what follows it are one word: 市 in 市场.
pub fn is_cut(last: char, rest: &str) -> bool {
    NOT_BEFORE.iter().any(|(a, b)| last == *a && rest.starts_with(*b))
        && !BEFORE_ALL_THE_SAME.iter().any(|w| rest.starts_with(w))
}

/// Provinces by the names that leave out what they are, with their codes.
pub const PROVINCES: &[(&str, &str)] = &[
    ("北京", "110000"),
    ("天津", "120000"),
    ("河北", "130000"),
    ("山西", "140000"),
    ("内蒙古", "150000"),
    ("辽宁", "210000"),
    ("吉林", "220000"),
    ("黑龙江", "230000"),
    ("上海", "310000"),
    ("江苏", "320000"),
    ("浙江", "330000"),
    ("安徽", "340000"),
    ("福建", "350000"),
    ("江西", "360000"),
    ("山东", "370000"),
    ("河南", "410000"),
    ("湖北", "420000"),
    ("湖南", "430000"),
    ("广东", "440000"),
    ("广西", "450000"),
    ("海南", "460000"),
    ("重庆", "500000"),
    ("四川", "510000"),
    ("贵州", "520000"),
    ("云南", "530000"),
    ("西藏", "540000"),
    ("陕西", "610000"),
    ("甘肃", "620000"),
    ("青海", "630000"),
    ("宁夏", "640000"),
    ("新疆", "650000"),
];

/// Names in use that no rule makes, with the codes that they stand for: the divisions of the Production and
/// Construction Corps, each of one government with a city, and short forms.
pub const OTHER_NAMES: &[(&str, &str)] = &[
    ("第一师", "659002"),
    ("第二师", "659006"),
    ("第三师", "659003"),
    ("第四师", "659008"),
    ("第五师", "659007"),
    ("第六师", "659004"),
    ("第七师", "659010"),
    ("第八师", "659001"),
    ("第九师", "659012"),
    ("第十师", "659005"),
    ("第十三师", "659011"),
    ("第十四师", "659009"),
    ("克州", "653000"),
    ("巴州", "652800"),
    ("博州", "652700"),
    ("锡盟", "152500"),
    ("神农架", "429021"),
    ("积石山县", "622927"),
    ("双江县", "530925"),
];

/// The Corps, whose name may stand before that of a division.
pub const CORPS: &[&str] = &["新疆生产建设兵团", "生产建设兵团", "兵团"];

/// Peoples in the names of autonomous divisions; a short name leaves them out.
pub const PEOPLES: &[&str] = &[
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "普米族",
    "塔吉克族",
    "怒族",
    "鄂温克族",
    "保安族",
    "裕固族",
    "独龙族",
    "鄂伦春族",
    "各族",
    "蒙古",
    "哈萨克",
    "柯尔克孜",
    "塔吉克",
    "维吾尔",
    "锡伯",
];

/// Endings of the names of autonomous divisions, each with that of the short name.
pub const AUTONOMOUS: &[(&str, &str)] = &[("自治县", "县"), ("自治州", "州"), ("自治旗", "旗")];

/// Endings of names of places that one level alone has, with its code. 市 and 区 are of several.
pub const ONE_LEVEL: &[(&str, &str)] = &[
    ("省", "province"),
    ("自治区", "province"),
    ("自治州", "prefecture"),
    ("地区", "prefecture"),
    ("盟", "prefecture"),
    ("县", "county"),
    ("旗", "county"),
];

/// Endings of the names of development zones, each with those of its short names.
pub const ZONES: &[(&str, &[&str])] = &[
    ("高新技术产业开发区", &["高新技术产业开发区", "高新技术开发区", "高新区", "高新产业开发区", "高新开发区"]),
    ("高新技术产业园区", &["高新技术产业园区", "高新区"]),
    ("高新技术开发区", &["高新技术开发区", "高新技术产业开发区", "高新区"]),
    ("高技术产业开发区", &["高技术产业开发区", "高区", "高新区"]),
    ("经济技术开发区", &["经济技术开发区", "经济开发区", "经开区", "经技区"]),
    ("经济开发区", &["经济开发区", "经开区"]),
    ("城乡一体化示范区", &["城乡一体化示范区", "示范区"]),
];

/// In front of a city's name a list may leave it out: behind it only these follow.
pub const CITY: char = '市';
/// The ending of a prefecture of the old kind, left out in short names.
pub const REGION: &str = "地区";
/// Signs of a longer name than most: behind them a name is looked for further back.
pub const LONG_ENDS: &[&str] =
    &["自治县", "自治旗", "自治州", "自治区", "开发区", "管理区", "示范区", "特区", "林区", "园区"];
