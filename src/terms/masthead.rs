//! The words of a masthead: titles, names of organs, dates, document numbers.

/// What a title says after the issuer and the year; the longer ones first.
pub const TITLES: &[&str] = &[
    "政府信息公开工作年度工作报告",
    "政府信息公开工作年度报告",
    "政府信息公开年度工作报告",
    "政府信息公开年度报告",
    "政府信息公开工作情况年度报告",
    "政府信息公开工作的年度报告",
    "政府信息公开工作情况报告",
    "政府信息公开工作情况的报告",
    "政府信息公开工作的报告",
    "政府信息公开工作报告",
    "政府信息公开工作总结",
    "政府信息公开工作年报",
    "政府信息公开年报",
    "政务公开工作年度报告",
    "政务公开年度报告",
    "政务公开工作报告",
    "信息公开工作年度报告",
    "信息公开年度工作报告",
    "信息公开年度报告",
    "信息公开工作报告",
    "信息公开工作年报",
    "信息公开年报",
    "政务公开工作年报",
    "政务公开年报",
    "政务公开工作总结",
    "政府信息公开报告",
    "政府信息公开情况报告",
    "政府信息公开工作情况",
    "政府信息公开工作",
];

/// In front of [`GOVERNMENT`] in the name of a people's government.
pub const PEOPLE: &str = "人民";
/// The beginning of most titles, and the end of a government's name.
pub const GOVERNMENT: &str = "政府";

/// What all of these have in common.
pub const TITLE_CORE: &str = "公开";

/// The same in a text of traditional characters.
pub const TRADITIONAL_CORE: &str = "公開";

/// Of these, the ones that a sentence may hold as well: a title only where the line ends with them.
pub const WEAK_TITLES: usize = 1;

/// An ending of an organ's name.
#[derive(Debug, Clone, Copy)]
pub struct OrganEnding {
    /// The ending as written.
    pub ending: &'static str,
    /// What makes it a full name.
    pub completion: &'static str,
    /// The ending that is taken away before the completion is put on.
    pub cut: &'static str,
    /// The level, where the ending tells it.
    pub level: Option<&'static str>,
    /// The kind.
    pub kind: &'static str,
    /// Whether a line of nothing but such a name is a signature: the ending is long enough to be no common word.
    pub alone: bool,
}

const fn organ(
    ending: &'static str,
    cut: &'static str,
    completion: &'static str,
    level: Option<&'static str>,
    kind: &'static str,
) -> OrganEnding {
    // Three characters take nine bytes; of the shorter endings only 局 makes a name beyond doubt.
    let alone = ending.len() >= 9 || matches!(ending.as_bytes(), [0xe5, 0xb1, 0x80]);
    OrganEnding { ending, completion, cut, level, kind, alone }
}

const TOWN: Option<&str> = Some("township");
const COUNTY: Option<&str> = Some("county");
const PROVINCE: Option<&str> = Some("province");

/// Endings of names, the more telling ones first.
pub const ORGANS: &[OrganEnding] = &[
    organ("镇人民政府", "", "", TOWN, "government"),
    organ("乡人民政府", "", "", TOWN, "government"),
    organ("苏木人民政府", "", "", TOWN, "government"),
    organ("镇政府", "政府", "人民政府", TOWN, "government"),
    organ("乡政府", "政府", "人民政府", TOWN, "government"),
    organ("街道办事处", "", "", TOWN, "agency"),
    organ("街道办", "办", "办事处", TOWN, "agency"),
    organ("人民政府办公室", "", "", None, "office"),
    organ("人民政府办公厅", "", "", None, "office"),
    organ("政府办公室", "政府办公室", "人民政府办公室", None, "office"),
    organ("政府办公厅", "政府办公厅", "人民政府办公厅", None, "office"),
    organ("省人民政府", "", "", PROVINCE, "government"),
    organ("自治区人民政府", "", "", PROVINCE, "government"),
    organ("县人民政府", "", "", COUNTY, "government"),
    organ("区人民政府", "", "", COUNTY, "government"),
    organ("旗人民政府", "", "", COUNTY, "government"),
    organ("人民政府", "", "", None, "government"),
    organ("县政府", "政府", "人民政府", COUNTY, "government"),
    organ("市政府", "政府", "人民政府", None, "government"),
    organ("区政府", "政府", "人民政府", COUNTY, "government"),
    organ("行政公署", "", "", Some("prefecture"), "government"),
    organ("国有资产监督管理委员会", "", "", None, "department"),
    organ("管理委员会", "", "", None, "agency"),
    organ("管委会", "", "", None, "agency"),
    organ("镇", "", "人民政府", TOWN, "government"),
    organ("乡", "", "人民政府", TOWN, "government"),
    organ("苏木", "", "人民政府", TOWN, "government"),
    organ("街道", "", "办事处", TOWN, "agency"),
    organ("办公厅", "", "", None, "office"),
    organ("办公室", "", "", None, "office"),
    organ("管理局", "", "", None, "department"),
    organ("委员会", "", "", None, "department"),
    organ("分局", "", "", None, "department"),
    organ("局", "", "", None, "department"),
    organ("厅", "", "", None, "department"),
    organ("管理中心", "", "", None, "institution"),
    organ("中心", "", "", None, "institution"),
    organ("研究院", "", "", None, "institution"),
    organ("图书馆", "", "", None, "institution"),
    organ("医院", "", "", None, "institution"),
    organ("学校", "", "", None, "institution"),
    organ("大学", "", "", None, "institution"),
    organ("总队", "", "", None, "department"),
    organ("调查队", "", "", None, "department"),
    organ("支队", "", "", None, "department"),
    organ("大队", "", "", None, "department"),
    organ("气象台", "", "", None, "institution"),
    organ("监管局", "", "", None, "department"),
    organ("委", "", "", None, "department"),
    organ("办", "", "", None, "office"),
    organ("处", "", "", None, "department"),
    organ("站", "", "", None, "institution"),
    organ("所", "", "", None, "institution"),
    organ("院", "", "", None, "institution"),
    organ("署", "", "", None, "department"),
    organ("部", "", "", None, "department"),
    organ("联合会", "", "", None, "institution"),
    organ("公司", "", "", None, "institution"),
    organ("自治州", "", "人民政府", Some("prefecture"), "government"),
    organ("自治县", "", "人民政府", COUNTY, "government"),
    organ("自治区", "", "人民政府", PROVINCE, "government"),
    organ("省", "", "人民政府", PROVINCE, "government"),
    organ("市", "", "人民政府", None, "government"),
    organ("县", "", "人民政府", COUNTY, "government"),
    organ("开发区", "", "管理委员会", None, "agency"),
    organ("高新区", "", "管理委员会", None, "agency"),
    organ("经开区", "", "管理委员会", None, "agency"),
    organ("园区", "", "管理委员会", None, "agency"),
    organ("示范区", "", "管理委员会", None, "agency"),
    organ("保税区", "", "管理委员会", None, "agency"),
    organ("合作区", "", "管理委员会", None, "agency"),
    organ("管理区", "", "管理委员会", None, "agency"),
    organ("度假区", "", "管理委员会", None, "agency"),
    organ("区", "", "人民政府", COUNTY, "government"),
    organ("旗", "", "人民政府", COUNTY, "government"),
    organ("盟", "", "行政公署", Some("prefecture"), "government"),
    organ("州", "", "人民政府", Some("prefecture"), "government"),
];

/// Names of divisions end so; a town's name begins behind the last of them.
pub const DIVISIONS: &[char] = &['省', '市', '县', '区', '旗', '州', '盟'];

/// Endings of a town's name.
pub const TOWNS: &[&str] = &["镇", "乡", "苏木", "街道"];

/// Behind a year of which the prose speaks as its own.
pub const SPOKEN: &[&str] = &["，", ",", "度", "我", "本", "全", "共"];
/// Behind a year at the beginning of a clause: the year of the report so far.
pub const SINCE: &str = "以来";

/// What follows 年 in 年度.
pub const YEARLY_TAIL: char = '度';
/// Between a year and the title.
pub const OF: char = '的';
/// In front of the number of a document.
pub const ORDINAL: char = '第';

/// Words in front of an issuer in an opening sentence, or that a name cannot hold.
pub const OPENINGS: &[&str] = &[
    "现将",
    "现就",
    "现公布",
    "现向社会公布",
    "向社会公布",
    "公布",
    "特向社会公布",
    "特编制",
    "编制",
    "根据",
    "按照",
    "依据",
    "要求",
    "规定",
    "精神",
    "现发布",
    "发布",
    "关于",
    "本报告由",
    "由",
    "《",
    "》",
    "对",
    "将",
    "就",
    "的",
    "在",
    "以",
    "向",
    "是",
    "为",
    "了",
    "和",
    "及",
    "与",
];

/// Of the words in front of an issuer, those that a name may hold as well: 发展和改革局.
pub const JOINING: &[&str] = &["和", "及", "与", "的", "在", "以", "是", "为", "了", "对", "将", "就", "由", "向"];

/// In front of the organ that wrote the report.
pub const WRITTEN_BY: char = '由';
/// Behind the organ that wrote the report, and behind the organ of which the prose speaks.
pub const DOINGS: &[&str] = &[
    "编制",
    "编写",
    "撰写",
    "根据",
    "按照",
    "依据",
    "结合",
    "汇总",
    "综合",
    "认真",
    "坚持",
    "严格",
    "深入",
    "贯彻",
    "以习近平",
    "紧紧",
    "紧密",
    "持续",
    "全面",
    "高度",
    "切实",
    "积极",
    "在区",
    "在县",
    "在市",
    "在省",
    "在党",
    "继续",
    "通过",
    "扎实",
    "围绕",
    "始终",
    "政务公开工作",
    "政府信息公开工作",
    "进一步",
    "着力",
    "不断",
    "依托",
];

/// In front of what an organ is called for short.
pub const FOR_SHORT: &[&str] = &["以下简称", "以下称", "下称", "简称"];

/// Labels in front of a title: a portal's field, or the mark of another page on the same report.
pub const TITLE_LABELS: &[&str] =
    &["文件名称", "信息名称", "公文名称", "文件标题", "标题", "名称", "题名", "题目", "正文", "附件", "附"];
/// Marks of lists, headings and tables in front of a title.
pub const TITLE_MARKS: &[char] =
    &['#', '*', '•', '·', '-', '>', '|', '｜', '◆', '●', '■', '○', '=', '_', '\u{feff}', ' ', '\u{3000}', '\u{a0}'];
/// The end of what portals call the column of such reports.
pub const COLUMN: &str = "年报";
/// Behind a title: the name of the site, or of the file.
pub const TITLE_TAILS: &[char] = &['_', '-', '—', '–', '|', '｜', '.', '*', '#', '-', '－', '【', '['];
/// What a text begins with whose title stands before it without a line's end.
pub const AFTER_TITLE: &[&str] = &[
    "根据",
    "按照",
    "依据",
    "为",
    "本报告",
    "本年度报告",
    "本年报",
    "现将",
    "现公布",
    "发布",
    "来源",
    "时间",
    "一、",
    "索引号",
    "字号",
];
/// A line that goes on so takes the words before it out of a title's place.
pub const GOES_ON: &[&str] = &["》", "格式", "，", "。", "、", "的", "）", "〉", "如下"];

/// Words of a page that no name of an organ holds.
pub const NEVER_IN_NAMES: &[&str] =
    &["网站", "门户", "首页", "栏目", "专栏", "通知", "公告", "动态", "政务公开", "正文", "当前位置", "文件"];

/// In front of the last character of a self: 我局, 本镇, 全县.
pub const SELF_MARKS: &[char] = &['我', '本', '全'];
/// The last characters of a self, each with the endings of the names that speak so of themselves.
pub const SELF_ENDS: &[(&str, &[&str])] = &[
    ("镇", &["镇", "镇人民政府", "镇政府", "管委会", "管理委员会"]),
    ("乡", &["乡", "乡人民政府", "乡政府"]),
    ("苏木", &["苏木", "苏木人民政府", "苏木政府"]),
    ("街道", &["街道", "街道办事处", "街道办"]),
    ("街", &["街道", "街道办事处", "街道办"]),
    ("局", &["局"]),
    ("委", &["委", "委员会"]),
    ("厅", &["厅"]),
    ("办", &["办", "办公室", "办事处", "办公厅"]),
    ("处", &["处"]),
    ("县", &["县", "县人民政府", "县政府"]),
    ("旗", &["旗", "旗人民政府"]),
    ("区", &["区", "区人民政府", "区政府", "管委会", "管理委员会"]),
    ("省", &["省", "省人民政府", "省政府"]),
    ("市", &["市", "市人民政府", "市政府"]),
];

/// Words that stand between a name and its year and belong to neither.
pub const BETWEEN: &[&str] = &["关于", "的", "本级", "本单位", "本机关", "：", ":", "-", "—", "_"];

/// A self that names no one.
pub const SELVES: &[&str] = &[
    "本机关",
    "本单位",
    "本镇",
    "本乡",
    "本局",
    "本街道",
    "本市",
    "本县",
    "本区",
    "我镇",
    "我乡",
    "我局",
    "我市",
    "我县",
    "我区",
    "我街道",
    "我旗",
    "我省",
    "我处",
    "我厅",
    "本处",
    "本厅",
    "本省",
    "本旗",
    "本级政府",
    "本委",
    "我委",
    "本办",
    "我办",
    "全镇",
    "全市",
    "全县",
    "全区",
    "镇",
    "乡",
    "市",
    "县",
    "区",
];

/// A letterhead ends so.
pub const LETTERHEAD: &str = "文件";

/// Words in front of a date of publication.
pub const DATE_LABELS: &[&str] = &[
    "发布日期",
    "发布时间",
    "公开日期",
    "公布日期",
    "成文日期",
    "发文日期",
    "印发日期",
    "公布时间",
    "公开时间",
    "更新日期",
    "更新时间",
];

/// Words in front of a date of publication that are also part of other words: only where nothing is written before them.
pub const BARE_DATE_LABELS: &[&str] = &["时间", "日期"];

/// Fields behind a date of publication.
pub const PUBLISHED: &[&str] = &["发布", "来源", "发布机构", "信息来源", "点击", "点击数", "浏览次数", "访问次数"];

/// A printing line ends so.
pub const PRINTED: &str = "印发";

/// Words in front of a document number.
pub const NUMBER_LABELS: &[&str] = &["发文字号", "文号", "发文文号", "文件编号"];

/// Brackets around the year of a document number, opening and closing.
pub const NUMBER_BRACKETS: &[(char, char)] =
    &[('〔', '〕'), ('[', ']'), ('［', '］'), ('【', '】'), ('（', '）'), ('(', ')'), ('﹝', '﹞'), ('{', '}')];

/// The end of a document number.
pub const NUMBER_END: char = '号';

/// The numbers of the notices that fix the editions, as (year, number).
pub const NOTICES: &[(super::Edition, &str, &str)] =
    &[(super::Edition::Of2019, "2019", "60号"), (super::Edition::Of2021, "2021", "30号")];

/// The digit that a character stands for: plain, full width or Chinese.
pub fn digit(c: char) -> Option<u8> {
    Some(match c {
        '0'..='9' => c as u8 - b'0',
        '０'..='９' => (c as u32 - '０' as u32) as u8,
        '〇' | '○' | '零' | 'O' | 'o' | 'Ｏ' | 'Ο' => 0,
        '一' | '壹' => 1,
        '二' | '贰' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// 十
pub const TEN: char = '十';
/// 年
pub const YEAR: char = '年';
/// Between year and month.
pub const YEAR_MARKS: &[char] = &['年', '.', '-', '/', '．', '－'];
/// Between month and day.
pub const MONTH_MARKS: &[char] = &['月', '.', '-', '/', '．', '－'];
/// Behind a day.
pub const DAY_MARKS: &[char] = &['日', '号'];
/// Between the ends of a period.
pub const UNTIL: &[&str] = &["起至", "至", "到", "起到", "—", "-", "－", "~", "～"];
/// Behind the year in a title.
pub const YEARLY: &[&str] = &["年度", "年"];
