//! How numbers are written in prose: numerals, units, and the words that limit them.

use super::Qualifier;

/// Chinese digits with their values.
pub const NUMERALS: &[(char, u8)] = &[
    ('零', 0),
    ('〇', 0),
    ('○', 0),
    ('一', 1),
    ('二', 2),
    ('两', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
];

/// Chinese powers of ten inside of a numeral.
pub const TENFOLDS: &[(char, u32)] = &[('十', 10), ('百', 100), ('千', 1_000)];

/// Powers of ten behind a number.
pub const SCALES: &[(char, f64)] = &[('万', 1e4), ('亿', 1e8)];

/// In front of a number that is a rank, not a count.
pub const ORDINAL: char = '第';

/// A percentage in Chinese numerals.
pub const PER_CENT_OF: &str = "百分之";

/// In front of a Chinese power of ten, what makes it vague: 数百, 几十.
pub const VAGUE: &[char] = &['数', '几', '好', '上'];

/// In front of 近, what makes it no limit: 最近, 附近.
pub const NO_LIMITS: &[char] = &['最', '附', '就'];

/// Between the two numbers of a range.
pub const RANGE: &[char] = &['-', '至', '到'];

/// Behind a range, what makes it a part of the year: 1至6月.
pub const MONTH: char = '月';

/// Behind 万 and 亿, what makes them part of a unit.
pub const YUAN: char = '元';

/// The unit of pieces of text.
pub const PIECE: &str = "条";
/// The unit of single things.
pub const SINGLE: &str = "个";
/// The unit of times.
pub const TIMES: &str = "次";
/// The unit of issues.
pub const ISSUE: &str = "期";

/// What a unit can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Per cent.
    Percent,
    /// Percentage points.
    Points,
    /// Money.
    Money,
    /// Times that money was taken.
    Charges,
    /// People.
    People,
    /// Requests, disputes and other things.
    Things,
    /// Documents.
    Documents,
    /// Decisions.
    Decisions,
    /// Times that something was held.
    Times,
    /// Items published.
    Items,
    /// Pieces of text, which are nothing else.
    Pieces,
}

/// A unit with what it can count.
#[derive(Debug, PartialEq, Eq)]
pub struct Unit {
    /// The word.
    pub word: &'static str,
    /// The public code.
    pub key: &'static str,
    kinds: u16,
}

impl Unit {
    /// Whether it can count such things.
    pub fn counts(&self, kind: Kind) -> bool {
        self.kinds & (1 << kind as u8) != 0
    }
}

const fn unit(word: &'static str, key: &'static str, kinds: &[Kind]) -> Unit {
    let (mut bits, mut i) = (0, 0);
    while i < kinds.len() {
        bits |= 1 << kinds[i] as u8;
        i += 1;
    }
    Unit { word, key, kinds: bits }
}

/// The unit of percentages.
pub static PER_CENT: &Unit = &unit("%", "%", &[Kind::Percent]);

/// Units with their public codes; of two that fit, the longer one stands first.
pub static UNITS: &[Unit] = &[
    unit("个百分点", "百分点", &[Kind::Points]),
    unit("百分点", "百分点", &[Kind::Points]),
    unit("%", "%", &[Kind::Percent]),
    unit("亿元", "亿元", &[Kind::Money]),
    unit("万元", "万元", &[Kind::Money]),
    unit("元", "元", &[Kind::Money]),
    unit("人次", "人次", &[Kind::People]),
    unit("件次", "件次", &[Kind::Things, Kind::Decisions]),
    unit("场次", "场次", &[Kind::Times]),
    unit("条次", "条次", &[Kind::Things, Kind::Items, Kind::Pieces]),
    unit("件", "件", &[Kind::Things, Kind::Documents, Kind::Decisions, Kind::Items]),
    unit("条", "条", &[Kind::Things, Kind::Items, Kind::Pieces]),
    unit("次", "次", &[Kind::Things, Kind::Decisions, Kind::Times, Kind::Items]),
    unit("篇", "篇", &[Kind::Things, Kind::Items, Kind::Pieces]),
    unit("场", "场", &[Kind::Times]),
    unit("期", "期", &[Kind::Times]),
    unit("个", "个", &[Kind::Things, Kind::Documents, Kind::Times]),
    unit("份", "份", &[Kind::Things, Kind::Documents, Kind::Items]),
    unit("项", "项", &[Kind::Things, Kind::Documents, Kind::Items]),
    unit("宗", "宗", &[Kind::Things, Kind::Decisions]),
    unit("起", "起", &[Kind::Things, Kind::Decisions]),
    unit("例", "例", &[Kind::Things, Kind::Decisions]),
    unit("则", "则", &[Kind::Things, Kind::Items]),
    unit("批", "批", &[]),
    unit("封", "封", &[]),
    unit("部", "部", &[Kind::Things, Kind::Documents]),
    unit("人", "人", &[Kind::People]),
    unit("名", "名", &[Kind::People]),
    unit("位", "位", &[Kind::People]),
    unit("家", "家", &[]),
    unit("户", "户", &[]),
    unit("处", "处", &[]),
    unit("块", "块", &[]),
    unit("类", "类", &[]),
    unit("种", "种", &[]),
    unit("张", "张", &[]),
    unit("幅", "幅", &[]),
    unit("册", "册", &[]),
    unit("本", "本", &[]),
    unit("卷", "卷", &[]),
    unit("笔", "笔", &[Kind::Charges]),
    unit("讲", "讲", &[]),
    unit("轮", "轮", &[Kind::Times]),
    unit("台", "台", &[]),
    unit("套", "套", &[]),
    unit("版", "版", &[]),
    unit("页", "页", &[]),
    unit("字", "字", &[]),
    unit("班", "班", &[Kind::Times]),
    unit("课时", "课时", &[]),
];

/// Behind a unit, what makes it no unit of a count: 3个工作日, 5部门.
pub const BARRED_UNITS: &[&str] = &[
    "个月",
    "个工作日",
    "个小时",
    "个自然日",
    "个方面",
    "个部分",
    "个层面",
    "个维度",
    "个环节",
    "个阶段",
    "个重点",
    "个关键",
    "个坚持",
    "个确保",
    "个意识",
    "个原则",
    "个自信",
    "个维护",
    "个全覆盖",
    "个平台建设",
    "个特点",
    "个季度",
    "个工作月",
    "个年度",
    "部分",
    "部门",
    "条例",
    "期间",
    "次性",
    "家级",
    "位一体",
    "位数",
    "处长",
    "处理",
    "处室",
    "本级",
    "类别",
    "份额",
    "名单",
    "名称",
    "人大",
    "人民",
    "个章节",
    "个大方面",
    "大方面",
    "起至",
    "起到",
    "期限",
    "场所",
    "名义",
    "件事",
    "处于",
    "元化",
    "条第",
    "项规定",
    "条规定",
    "条之",
    "项之",
    "个统一",
    "个公开",
    "位置",
    "版本",
    "套路",
    "本报告",
];

/// Behind a number, what says that it counts nothing here: dates, times, ranks, marks.
pub const NO_COUNTERS: &[char] =
    &['年', '月', '日', '号', '时', '点', '分', '秒', '楼', '层', '届', '级', '岁', '度', '天', '周', '季', '倍'];

/// Behind a year, what makes it the year's end: 截至2021年12月31日 tells of the whole year.
pub const YEAR_ENDS: &[&str] = &["12月31日", "12月底", "12月末", "底", "末", "年底", "年末"];

/// What stands in tables alone, white space left out: behind it comes no prose up to the next full stop.
pub const TABLE_MARKS: &[&str] = &[
    "勾稽关系",
    "本年制发件数",
    "本年废止件数",
    "本年新制作数量",
    "本年新公开数量",
    "本年处理决定数量",
    "信息内容上一年项目数量",
    "商业企业科研机构",
    "结果维持结果纠正",
    "未经复议直接起诉复议后起诉",
    "本年度办理结果(一)予以公开",
];

/// What limits a number and stands before it; of two that fit, the longer one stands first.
pub const BEFORE: &[(&str, Qualifier)] = &[
    ("不少于", Qualifier::AtLeast),
    ("不低于", Qualifier::AtLeast),
    ("至少", Qualifier::AtLeast),
    ("不超过", Qualifier::AtMost),
    ("不多于", Qualifier::AtMost),
    ("至多", Qualifier::AtMost),
    ("不足", Qualifier::Below),
    ("不到", Qualifier::Below),
    ("少于", Qualifier::Below),
    ("低于", Qualifier::Below),
    ("超过", Qualifier::Over),
    ("多于", Qualifier::Over),
    ("高于", Qualifier::Over),
    ("突破", Qualifier::Over),
    ("超", Qualifier::Over),
    ("逾", Qualifier::Over),
    ("将近", Qualifier::Nearly),
    ("接近", Qualifier::Nearly),
    ("近", Qualifier::Nearly),
    ("大约", Qualifier::About),
    ("约", Qualifier::About),
];

/// What limits a number and stands between it and its unit, or behind the unit.
pub const AFTER: &[(&str, Qualifier)] = &[
    ("余", Qualifier::Over),
    ("多", Qualifier::Over),
    ("以上", Qualifier::AtLeast),
    ("以内", Qualifier::AtMost),
    ("以下", Qualifier::AtMost),
    ("左右", Qualifier::About),
    ("上下", Qualifier::About),
];

/// What a share is a share of, where the sentence names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denominator {
    /// Requests received.
    Received,
    /// Requests concluded.
    Concluded,
}

/// The words that name what a share is a share of.
pub const DENOMINATORS: &[(&str, Denominator)] = &[
    ("办结总", Denominator::Concluded),
    ("办结数", Denominator::Concluded),
    ("办结量", Denominator::Concluded),
    ("答复总", Denominator::Concluded),
    ("答复数", Denominator::Concluded),
    ("办结申请", Denominator::Concluded),
    ("已办结", Denominator::Concluded),
    ("新收总", Denominator::Received),
    ("新收申请", Denominator::Received),
    ("新收数", Denominator::Received),
    ("收到申请", Denominator::Received),
    ("申请总", Denominator::Received),
    ("申请数", Denominator::Received),
    ("申请量", Denominator::Received),
    ("受理总", Denominator::Received),
    ("收到总", Denominator::Received),
];
