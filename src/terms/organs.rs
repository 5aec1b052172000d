//! What organs do, and the words that tell who an issuer is beside its name.

/// What organs do: a code and the words that tell it, in the order of the State Council's list of its departments, then
/// those that only local governments have. The longest word that a name holds decides.
pub const FUNCTIONS: &[(&str, &[&str])] = &[
    ("government", &["人民政府", "行政公署", "镇政府", "乡政府", "办事处"]),
    ("general_office", &["政府办公室", "政府办公厅", "党政办公室", "党政综合办公室", "办公厅", "政府办"]),
    ("zone_administration", &["管理委员会", "管委会", "开发区", "高新区", "经开区", "园区管理"]),
    ("foreign_affairs", &["外事办公室", "外事办", "外交部", "外事局", "外事侨务"]),
    (
        "development_reform",
        &[
            "发展和改革委员会",
            "发展和改革局",
            "发展改革委员会",
            "发展改革委",
            "发展改革局",
            "发改委",
            "发改局",
            "发展和改革委",
            "发展与改革",
        ],
    ),
    (
        "education",
        &[
            "教育委员会",
            "教育局",
            "教育厅",
            "教育体育局",
            "教育和体育局",
            "教体局",
            "教育科技局",
            "教育和科学技术局",
            "教育部",
            "教委",
        ],
    ),
    ("science_technology", &["科学技术局", "科学技术厅", "科学技术委员会", "科技局", "科技厅", "科委", "科学技术部"]),
    (
        "industry",
        &[
            "工业和信息化局",
            "工业和信息化厅",
            "工业和信息化委员会",
            "工信局",
            "工信厅",
            "经济和信息化",
            "经信局",
            "工业信息化",
            "科技和工业信息化",
            "工业和信息化部",
            "经济贸易局",
        ],
    ),
    ("ethnic_religious", &["民族宗教", "民族事务", "民族和宗教", "民宗局", "宗教事务", "民宗委"]),
    ("public_security", &["公安局", "公安厅", "公安分局", "公安部", "交通警察", "派出所"]),
    ("state_security", &["国家安全"]),
    ("civil_affairs", &["民政局", "民政厅", "民政部"]),
    ("justice", &["司法局", "司法厅", "司法部", "司法所"]),
    ("finance", &["财政局", "财政厅", "财政部", "财政金融局", "财政所", "财政和"]),
    (
        "human_resources",
        &["人力资源和社会保障", "人力资源社会保障", "人社局", "人社厅", "社会保险", "就业服务", "劳动就业"],
    ),
    (
        "natural_resources",
        &[
            "自然资源局",
            "自然资源厅",
            "自然资源和规划",
            "规划和自然资源",
            "自然资源规划",
            "国土资源",
            "自然资源部",
            "规划局",
            "不动产登记",
            "自然资源和城乡建设",
        ],
    ),
    ("ecology", &["生态环境局", "生态环境厅", "环境保护局", "环保局", "生态环境部", "生态环境分局"]),
    (
        "housing_construction",
        &[
            "住房和城乡建设",
            "住房城乡建设",
            "住建局",
            "住建厅",
            "城乡建设",
            "住房和建设",
            "住房保障",
            "房产管理",
            "房产局",
            "房屋管理",
            "建设局",
            "住房和城乡",
        ],
    ),
    ("transport", &["交通运输", "交通局", "交通厅", "公路管理", "公路局", "公路事业", "港口管理", "道路运输", "港航"]),
    ("water", &["水利局", "水利厅", "水务局", "水利部", "水务厅", "水利水务", "河务局", "水文"]),
    (
        "agriculture",
        &["农业农村", "农业局", "农业委员会", "畜牧", "农牧局", "农牧厅", "农机", "农业部", "农牧和", "农委"],
    ),
    ("rural_revitalisation", &["乡村振兴", "扶贫"]),
    (
        "commerce",
        &["商务局", "商务厅", "商务委员会", "商务和", "商务部", "招商局", "投资促进", "经济合作", "商务粮食", "商务委"],
    ),
    (
        "culture_tourism",
        &[
            "文化和旅游",
            "文化旅游",
            "文旅局",
            "文广",
            "文体",
            "文化广电",
            "文化体育",
            "文化局",
            "旅游局",
            "旅游发展",
            "文化广播",
            "文化馆",
            "图书馆",
            "博物馆",
        ],
    ),
    (
        "health",
        &[
            "卫生健康",
            "卫健局",
            "卫健委",
            "卫生和计划生育",
            "卫生计生",
            "卫生局",
            "疾病预防",
            "医院",
            "卫生院",
            "卫生监督",
        ],
    ),
    ("veterans", &["退役军人"]),
    ("emergency", &["应急管理", "安全生产监督", "应急局", "安全监管"]),
    ("fire_rescue", &["消防救援", "消防支队", "消防大队"]),
    ("audit", &["审计局", "审计厅", "审计署"]),
    ("state_assets", &["国有资产", "国资委", "国资局", "国资中心"]),
    ("market_supervision", &["市场监督管理", "市场监管", "工商行政", "质量技术监督", "食品药品", "药品监督", "市监局"]),
    ("radio_television", &["广播电视", "广电局", "新闻出版"]),
    ("sports", &["体育局", "体育总局"]),
    ("statistics", &["统计局", "调查队", "调查总队"]),
    ("medical_insurance", &["医疗保障", "医保局", "医疗保险"]),
    ("petitions", &["信访局", "信访办"]),
    ("grain_reserves", &["粮食和物资储备", "粮食局", "粮食和储备", "粮食储备"]),
    ("energy", &["能源局", "煤炭", "电力"]),
    ("forestry", &["林业和草原", "林业局", "林业厅", "林草局", "林业", "绿化", "园林"]),
    ("railways", &["铁路"]),
    ("aviation", &["民航", "机场", "航空港"]),
    ("post", &["邮政管理", "邮政局"]),
    ("heritage", &["文物"]),
    ("intellectual_property", &["知识产权"]),
    ("tax", &["税务局", "国税局", "地税局", "税务总局"]),
    ("customs", &["海关"]),
    (
        "finance_supervision",
        &[
            "银保监",
            "金融监督管理",
            "金融监管",
            "证监局",
            "银监局",
            "金融工作",
            "地方金融",
            "金融办",
            "金融局",
            "人民银行",
            "外汇管理",
        ],
    ),
    ("meteorology", &["气象局", "气象台"]),
    ("earthquake", &["地震局", "地震"]),
    ("maritime", &["海事", "海洋", "渔业"]),
    ("tobacco", &["烟草专卖", "烟草"]),
    (
        "urban_management",
        &["城市管理", "城管局", "综合行政执法", "综合执法", "城管执法", "行政执法局", "城市综合", "市容", "城市更新"],
    ),
    ("administrative_approval", &["行政审批", "政务服务", "行政服务中心", "审批服务", "政务和", "公共资源交易"]),
    ("big_data", &["大数据", "数据局", "数据资源", "数字", "政务数据", "信息中心"]),
    ("civil_defence", &["人民防空", "人防办", "国防动员"]),
    ("government_affairs", &["机关事务"]),
    ("housing_fund", &["住房公积金", "公积金"]),
    ("archives", &["档案"]),
    ("supply_cooperative", &["供销"]),
    ("migration", &["移民", "水库"]),
    ("disabled_persons", &["残疾人联合会", "残联"]),
    ("research_office", &["政策研究", "研究室", "参事室", "地方志"]),
    ("legal_affairs", &["法制办", "法制局"]),
    ("supervision", &["监察局", "监察厅"]),
];

/// Organs of the State Council: their names, or how these begin.
pub const CENTRAL: &[&str] = &[
    "国务院",
    "中华人民共和国",
    "外交部",
    "国家发展和改革委员会",
    "国家发展改革委",
    "教育部",
    "科学技术部",
    "工业和信息化部",
    "国家民族事务委员会",
    "国家民委",
    "公安部",
    "民政部",
    "司法部",
    "财政部",
    "人力资源和社会保障部",
    "人力资源社会保障部",
    "自然资源部",
    "生态环境部",
    "住房和城乡建设部",
    "住房城乡建设部",
    "交通运输部",
    "水利部",
    "农业农村部",
    "商务部",
    "文化和旅游部",
    "国家卫生健康委",
    "退役军人事务部",
    "应急管理部",
    "中国人民银行",
    "审计署",
    "国家税务总局",
    "国家市场监督管理总局",
    "市场监管总局",
    "国家广播电视总局",
    "国家体育总局",
    "国家统计局",
    "国家国际发展合作署",
    "国家医疗保障局",
    "国家信访局",
    "国家粮食和物资储备局",
    "国家能源局",
    "国家国防科技工业局",
    "国家烟草专卖局",
    "国家移民管理局",
    "国家林业和草原局",
    "国家铁路局",
    "中国民用航空局",
    "国家邮政局",
    "国家文物局",
    "国家中医药管理局",
    "国家疾病预防控制局",
    "国家矿山安全监察局",
    "国家外汇管理局",
    "国家药品监督管理局",
    "国家知识产权局",
    "国家数据局",
    "国家金融监督管理总局",
    "中国证券监督管理委员会",
    "中国银行保险监督管理委员会",
    "海关总署",
    "中国气象局",
    "中国地震局",
    "国家机关事务管理局",
    "国家乡村振兴局",
    "国家档案局",
    "国家保密局",
];

/// Systems led from the centre, whose name stands before that of the division: what follows is of the place that it
/// names.
pub const SYSTEMS: &[&str] = &[
    "国家税务总局",
    "国家统计局",
    "国家金融监督管理总局",
    "中国人民银行",
    "中国银行保险监督管理委员会",
    "中国银保监会",
    "中国证券监督管理委员会",
    "中国证监会",
    "国家矿山安全监察局",
    "国家外汇管理局",
    "中华人民共和国",
    "中国气象局",
];

/// The part of a bureau that works in a district.
pub const BRANCHES: &[&str] = &["分局", "分中心", "支局"];

/// Fields of a page that name the organ which publishes.
pub const PUBLISHERS: &[&str] = &[
    "发布机构",
    "发布单位",
    "公开单位",
    "公开机构",
    "公开主体",
    "发布机关",
    "发文机关",
    "发文单位",
    "责任单位",
    "信息来源",
    "来源",
];

/// The field of the index number.
pub const INDEX_NUMBERS: &[&str] = &["索引号", "索引编号", "信息索引号"];

/// The field of the unified social credit code.
pub const CREDIT: &str = "信用代码";

/// In front of the organ that answers questions.
pub const CONTACTS: &[&str] = &["请与", "请联系", "请径向", "请向", "可与", "联系单位", "联系"];

/// Behind the organ that answers questions.
pub const CONTACT_ENDS: &[&str] = &["联系", "反映", "咨询", "（", "(", "，", ",", "。", "；", "电话"];

/// Words in a title of a report on the organ alone, not on all that it governs.
pub const OWN: &[&str] = &["本级", "机关", "本机关", "本部门"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_few_and_told_apart() {
        assert!((50..=70).contains(&FUNCTIONS.len()), "{}", FUNCTIONS.len());
        let mut words: Vec<_> = FUNCTIONS.iter().flat_map(|(_, w)| w.iter()).collect();
        words.sort();
        assert!(words.windows(2).all(|w| w[0] != w[1]), "a word for two functions");
    }
}
