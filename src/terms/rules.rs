//! The rule catalogue: every rule one record, from which findings, documentation and tests are made.

use std::sync::LazyLock;

use super::Edition;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The report contradicts itself or the law.
    Error,
    /// It is odd and worth a look.
    Warning,
    /// It is told for completeness.
    Info,
}

impl Severity {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Sums inside the tables.
    Arithmetic,
    /// How a number is written.
    Number,
    /// What probably went wrong where a tie is broken.
    Diagnosis,
    /// Sections and tables that the form demands.
    Form,
    /// Years and dates.
    Time,
    /// Who may do what.
    Competence,
    /// One report against others: of the year before, of the same year, of lower organs.
    Across,
    /// What the text says against what the tables say.
    Prose,
    /// Which division an issuer belongs to.
    Identity,
}

impl Family {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Family::Arithmetic => "arithmetic",
            Family::Number => "number",
            Family::Diagnosis => "diagnosis",
            Family::Form => "form",
            Family::Time => "time",
            Family::Competence => "competence",
            Family::Across => "across",
            Family::Prose => "prose",
            Family::Identity => "identity",
        }
    }
}

/// A rule. Messages have the slots `{place}`, `{expected}` and `{found}`; those of [`Family::Across`] also `{other}`, the
/// other report, and `{count}`.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The public code.
    pub id: &'static str,
    /// What it is about.
    pub family: Family,
    /// How grave a violation is.
    pub severity: Severity,
    /// The editions it holds for.
    pub editions: &'static [Edition],
    /// Where it is laid down.
    pub basis: &'static str,
    /// What holds, in English.
    pub holds_en: &'static str,
    /// What holds, in Chinese.
    pub holds_zh: &'static str,
    /// The message of a violation in English.
    pub message_en: &'static str,
    /// The message of a violation in Chinese.
    pub message_zh: &'static str,
}

/// The Chinese message where a rule cannot be told.
pub const NOT_ASSESSABLE_ZH: &str = "{place}：有空白或无法读取的数字，无法判断";
/// The Chinese message where a rule does not apply.
pub const NOT_APPLICABLE_ZH: &str = "{place}：不适用";

const BOTH: &[Edition] = &Edition::ALL;
const FORM: &str = "国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号 (the form)";
const ARTICLE_49: &str = "条例 art. 49";
const ARTICLE_50: &str = "条例 art. 50";
const DIVISIONS: &str = "GB/T 2260, GB/T 10114 (the table of divisions)";

macro_rules! rules {
    ($($name:ident = $id:literal $family:ident $severity:ident $basis:expr, $holds_en:literal, $holds_zh:literal, $en:literal, $zh:literal;)*) => {
        $(
            #[doc = $holds_en]
            pub static $name: Rule = Rule {
                id: $id, family: Family::$family, severity: Severity::$severity, editions: BOTH, basis: $basis,
                holds_en: $holds_en, holds_zh: $holds_zh, message_en: $en, message_zh: $zh,
            };
        )*
        /// All rules.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    REQ_BALANCE = "REQ-BALANCE" Arithmetic Error FORM,
        "In every column of requests: received + carried_in = concluded_total + carried_out.",
        "依申请表每一列：本年新收 + 上年结转 = 总计 + 结转下年度。",
        "requests, {place}: received + carried_in is {expected}, concluded_total + carried_out is {found}",
        "依申请表（{place}）：第一项加第二项之和为{expected}，第三项加第四项之和为{found}";
    REQ_OUTCOMES = "REQ-OUTCOMES" Arithmetic Error FORM,
        "In every column of requests the outcome rows add up to concluded_total.",
        "依申请表每一列：各项办理结果之和 = 总计。",
        "requests, {place}: the outcomes add up to {expected}, concluded_total is {found}",
        "依申请表（{place}）：各项办理结果之和为{expected}，总计为{found}";
    REQ_APPLICANTS = "REQ-APPLICANTS" Arithmetic Error FORM,
        "In every row of requests the six kinds of applicants add up to total.",
        "依申请表每一行：六类申请人之和 = 总计。",
        "requests, {place}: the applicants add up to {expected}, total is {found}",
        "依申请表（{place}）：各类申请人之和为{expected}，总计为{found}";
    DSP_TOTAL = "DSP-TOTAL" Arithmetic Error FORM,
        "In every row of disputes: upheld + corrected + other_result + pending = total.",
        "复议诉讼表每一行：维持 + 纠正 + 其他结果 + 尚未审结 = 总计。",
        "disputes, {place}: the results add up to {expected}, total is {found}",
        "复议诉讼表（{place}）：四项结果之和为{expected}，总计为{found}";
    PRO_STOCK = "PRO-STOCK" Arithmetic Warning FORM,
        "issued <= in_force + repealed; in the edition of 2019 newly_disclosed <= disclosed_total.",
        "制发件数不大于现行有效与废止件数之和；2019年版：新公开数量不大于对外公开总数量。",
        "proactive, {place}: {found} newly issued or disclosed, at most {expected} can be",
        "主动公开表（{place}）：本年数量为{found}，不应大于{expected}";
    NUM_WHOLE = "NUM-WHOLE" Number Error FORM,
        "A count is whole and not negative; amounts may have decimals, changes may be negative.",
        "件数应为非负整数；金额可有小数，增减可为负数。",
        "{place}: expected {expected}, found {found}",
        "{place}：应为非负整数，实为{found}";
    NUM_FORM = "NUM-FORM" Number Info FORM,
        "A number is written with plain digits.",
        "数字应以普通阿拉伯数字书写。",
        "{place}: {found} is read as {expected}",
        "{place}：“{found}”读作{expected}";
    NUM_UNREAD = "NUM-UNREAD" Number Warning FORM,
        "What stands in a cell is a number, and it is clear which characters belong to which cell.",
        "单元格内应为数字，且字符归属明确。",
        "{place}: expected a number, found {found}",
        "{place}：应为数字，实为“{found}”";
    DIA_REPAIR = "DIA-REPAIR" Diagnosis Info FORM,
        "Where ties are broken, the smallest change of figures after which the ties hold.",
        "勾稽关系不成立时，使其成立的最小改动。",
        "{place}: {found} is published; with {expected} the ties hold",
        "{place}：公布为{found}；若为{expected}，则勾稽关系成立";
    DIA_SPLIT = "DIA-SPLIT" Diagnosis Info FORM,
        "A number was split into two cells.",
        "一个数字被拆成两格。",
        "{place}: {found} looks like one number split in two; with {expected} the ties hold",
        "{place}：公布为{found}，疑似一个数字被拆成两格；若为{expected}，则勾稽关系成立";
    DIA_SHIFT = "DIA-SHIFT" Diagnosis Info FORM,
        "The figures of a row stand one column beside their own.",
        "整行数字错位一列。",
        "{place}: {found} looks one column off; with {expected} the ties hold",
        "{place}：公布为{found}，疑似整行错位一列；若为{expected}，则勾稽关系成立";
    DIA_MISPLACED = "DIA-MISPLACED" Diagnosis Info FORM,
        "A count stands in another column or row: as much too little in one as too much in the other.",
        "数字填错栏目：一处少、另一处多，数量相同。",
        "{place}: {found} looks like a count in the wrong place; with {expected} the ties hold",
        "{place}：公布为{found}，疑似填错栏目；若为{expected}，则勾稽关系成立";
    DIA_TRANSPOSED = "DIA-TRANSPOSED" Diagnosis Info FORM,
        "Two digits of a figure are exchanged.",
        "数字中相邻两位颠倒。",
        "{place}: {found} looks like {expected} with two digits exchanged; with it the ties hold",
        "{place}：{found}疑似{expected}的数位颠倒；改正后勾稽关系成立";
    DIA_CARRIED = "DIA-CARRIED" Diagnosis Info FORM,
        "What is carried to the next year is counted into the total of the year's results.",
        "结转下年度件数被计入总计。",
        "{place}: {found} seems to count in what is carried out; with {expected} the ties hold",
        "{place}：公布为{found}，疑似计入了结转下年度件数；若为{expected}，则勾稽关系成立";
    DIA_DOUBLED = "DIA-DOUBLED" Diagnosis Info FORM,
        "A part, or a group of outcomes, is counted twice in a total, or left out of it.",
        "总计中某一项或某一组重复计入或漏计。",
        "{place}: {found} seems to count a part twice, or to leave one out; with {expected} the ties hold",
        "{place}：公布为{found}，疑似重复计入或漏计其中一项；若为{expected}，则勾稽关系成立";
    DIA_TOTAL = "DIA-TOTAL" Diagnosis Info FORM,
        "A total is left empty although its parts are given.",
        "各项已填而总计为空。",
        "{place}: the total is empty; its parts add up to {expected}",
        "{place}：总计为空；各项之和为{expected}";
    UNIT_READ = "UNIT-READ" Number Info FORM,
        "Amounts are in 10,000 yuan; what the cell, the label, the header or a line above the table gives in another unit is converted.",
        "金额以万元为单位；单元格、行名、表头或表格上方注明其他单位的，已予换算。",
        "{place}: {found} is converted into {expected} (10,000 yuan)",
        "{place}：“{found}”换算为{expected}万元";
    SEC_PRESENT = "SEC-PRESENT" Form Warning ARTICLE_50,
        "Each of the six sections is there.",
        "六个部分齐全。",
        "section {expected} is missing",
        "缺少“{expected}”部分";
    SEC_ORDER = "SEC-ORDER" Form Warning FORM,
        "The sections stand in the order of the form.",
        "各部分顺序与格式一致。",
        "section {found} stands before {expected}",
        "“{found}”部分排在“{expected}”之前";
    TAB_PRESENT = "TAB-PRESENT" Form Error FORM,
        "The three tables are there.",
        "三张表格齐全。",
        "the {expected} table is missing",
        "缺少{expected}表";
    TAB_COMPLETE = "TAB-COMPLETE" Form Warning FORM,
        "Every row and column of the edition is there; rows of the issuer's own are told.",
        "表格行列齐全；自行增加的行予以注明。",
        "{place}: expected {expected}, found {found}",
        "{place}：应有{expected}，实为{found}";
    TAB_DOUBLED = "TAB-DOUBLED" Form Warning FORM,
        "No row is there twice with different figures.",
        "同一行不得重复且数字不同。",
        "{place}: the row is there twice, with different figures",
        "{place}：该行出现两次且数字不同";
    EDN_YEAR = "EDN-YEAR" Form Warning FORM,
        "The edition of the tables is the one in force for the year.",
        "表格版式为当年适用的版式。",
        "{place}: of the edition {found}; for the year the edition {expected} is in force",
        "{place}：为{found}年版；该年度适用{expected}年版";
    EDN_CITED = "EDN-CITED" Form Warning FORM,
        "The notice that the report cites is the one whose tables it uses.",
        "所引通知与所用表格一致。",
        "the report cites the notice of the edition {found}, its tables are of the edition {expected}",
        "报告引用{found}年版通知，表格为{expected}年版";
    YEAR_AGREE = "YEAR-AGREE" Time Warning ARTICLE_50,
        "Title, reporting period and prose name the same year.",
        "标题、统计期限与正文的年份一致。",
        "the {place} names {found}, the report is on {expected}",
        "{place}所述年份为{found}，报告年度为{expected}";
    PERIOD_WHOLE = "PERIOD-WHOLE" Time Warning ARTICLE_50,
        "The reporting period is 1 January to 31 December.",
        "统计期限为1月1日至12月31日。",
        "the period is {found}, expected {expected}",
        "统计期限为{found}，应为{expected}";
    DUE_DATE = "DUE-DATE" Time Warning ARTICLE_49,
        "Departments of county level and above publish by 31 January of the next year, governments by 31 March; the law names no day for townships.",
        "县级以上部门应于次年1月31日前、县级以上人民政府应于次年3月31日前公布；乡镇未规定期限。",
        "published on {found}, due by {expected}",
        "公布日期为{found}，应不迟于{expected}";
    WHO_AMBIGUOUS = "WHO-AMBIGUOUS" Identity Info DIVISIONS,
        "Only one division bears the issuer's name, or the document tells which one is meant.",
        "发布机关的名称对应唯一的行政区划，或由上下文确定。",
        "{found} may be of several places, and nothing tells which: {expected}",
        "“{found}”可能属于多个行政区划，无法确定：{expected}";
    WHO_UNKNOWN = "WHO-UNKNOWN" Identity Info DIVISIONS,
        "The issuer's division is in the table of divisions.",
        "发布机关所属行政区划见于区划表。",
        "the division of {found} is not in the table of divisions",
        "区划表中没有“{found}”所属的行政区划";
    WHO_CONTRADICTED = "WHO-CONTRADICTED" Identity Info DIVISIONS,
        "Nothing in the document speaks for another place than the issuer's name does.",
        "文中其他线索与发布机关名称所示的行政区划一致。",
        "{found} is in {expected}, and the document speaks of another place",
        "“{found}”在{expected}，但文中其他线索指向别处";
    LAW_COMPETENCE = "LAW-COMPETENCE" Competence Warning "立法法 arts. 91, 93",
        "Regulations (规章) are issued by ministries, provinces, cities with districts and autonomous prefectures only.",
        "规章由国务院部门、省级及设区的市、自治州人民政府制定。",
        "{place}: {found} regulations are reported by an organ of the level {expected}, which has no power to make them",
        "{place}：{expected}级机关无规章制定权，却填报{found}件";
    CHN_CARRY = "CHN-CARRY" Across Error FORM,
        "In every column of requests carried_in is carried_out of the year before.",
        "依申请表每一列：上年结转 = 上一年度报告的结转下年度。",
        "{place}: {found} carried in; the report of the year before ({other}) carries {expected} out",
        "{place}：上年结转为{found}；上一年度报告（{other}）结转下年度为{expected}";
    CHN_STOCK = "CHN-STOCK" Across Warning FORM,
        "Edition of 2021: in_force = in_force of the year before + issued - repealed.",
        "2021年版：现行有效件数 = 上一年度现行有效件数 + 本年制发件数 - 本年废止件数。",
        "{place}: {found} in force; with the stock of the year before ({other}) it would be {expected}",
        "{place}：现行有效{found}件；按上一年度报告（{other}）推算应为{expected}件";
    CHN_ITEMS = "CHN-ITEMS" Across Warning FORM,
        "Edition of 2019: items_last_year = items_last_year + items_change of the year before.",
        "2019年版：上一年项目数量 = 上一年度报告的上一年项目数量 + 本年增/减。",
        "{place}: {found} items last year; by the report of the year before ({other}) there were {expected}",
        "{place}：上一年项目数量为{found}；按上一年度报告（{other}）应为{expected}";
    CHN_PENDING = "CHN-PENDING" Across Warning FORM,
        "Cases that were pending in the year before are counted in the year.",
        "上一年度尚未审结的案件应计入本年度。",
        "{place}: {found} cases in all, though the report of the year before ({other}) left {expected} pending",
        "{place}：总计为{found}，而上一年度报告（{other}）尚未审结{expected}件";
    CHN_COPY = "CHN-COPY" Across Warning ARTICLE_50,
        "Neither the figures nor the prose of a section are those of the year before.",
        "数字与各部分文字不照抄上一年度报告。",
        "{place}: {found} are those of the report of the year before ({other})",
        "{place}：{found}与上一年度报告（{other}）相同";
    CHN_RESTATED = "CHN-RESTATED" Across Warning ARTICLE_50,
        "An issuer publishes one set of figures for a year.",
        "同一机关同一年度只公布一组数字。",
        "{place}: {found}; another report of the same issuer and year ({other}) has {expected}; {count} figures differ",
        "{place}：{found}；同一机关同年度的另一份报告（{other}）为{expected}；共{count}处不同";
    CHN_REPEATED = "CHN-REPEATED" Across Info ARTICLE_50,
        "The report of an issuer and year is there once.",
        "同一机关同一年度的报告只出现一次。",
        "the figures are those of another report of the same issuer and year ({other})",
        "与同一机关同年度的另一份报告（{other}）数字相同";
    SUM_CHILDREN = "SUM-CHILDREN" Across Warning ARTICLE_50,
        "A figure of a government is not below the sum of the lower reports found; missing ones are no fault.",
        "政府汇总报告的数字不小于已找到的下级报告之和；缺少下级报告不算错误。",
        "{place}: {found}; the lower reports found ({count}) add up to {expected}: a fault, or a report that does not sum up",
        "{place}：为{found}；已找到的下级报告（{count}）合计{expected}：填报有误，或本报告并非汇总";
    UNIT_YUAN = "UNIT-YUAN" Across Warning FORM,
        "An amount is written in 10,000 yuan: it is not some 10,000 times that of the year before, nor the reverse.",
        "金额以万元为单位：不应约为上一年度的一万倍或万分之一。",
        "{place}: {found}, and {expected} in the report of the year before ({other}): one of the two seems to be in yuan",
        "{place}：为{found}，上一年度报告（{other}）为{expected}：其中之一疑以元为单位";
    TXT_RECEIVED = "TXT-RECEIVED" Prose Warning ARTICLE_50,
        "The requests that the text says were received are those of the table, or those received and carried in.",
        "正文所述收到申请数与表格新收数（或新收与上年结转之和）一致。",
        "{place}: the text says {found} requests were received, the table has {expected}",
        "{place}：正文称收到申请{found}件，表格为{expected}";
    TXT_CARRIED_IN = "TXT-CARRIED-IN" Prose Warning ARTICLE_50,
        "The requests that the text says were carried over from the year before are those of the table.",
        "正文所述上年结转数与表格一致。",
        "{place}: the text says {found} requests were carried in, the table has {expected}",
        "{place}：正文称上年结转{found}件，表格为{expected}";
    TXT_CONCLUDED = "TXT-CONCLUDED" Prose Warning ARTICLE_50,
        "The requests that the text says were concluded or answered are those of the table.",
        "正文所述办结或答复数与表格总计一致。",
        "{place}: the text says {found} requests were concluded, the table has {expected}",
        "{place}：正文称办结{found}件，表格为{expected}";
    TXT_CARRIED_OUT = "TXT-CARRIED-OUT" Prose Warning ARTICLE_50,
        "The requests that the text says were carried over to the next year are those of the table.",
        "正文所述结转下年度数与表格一致。",
        "{place}: the text says {found} requests were carried out, the table has {expected}",
        "{place}：正文称结转下年度{found}件，表格为{expected}";
    TXT_OUTCOME = "TXT-OUTCOME" Prose Warning ARTICLE_50,
        "The requests that the text says had an outcome are those of its row, or of its group of rows.",
        "正文所述各类办理结果数与表格相应行（或该组之和）一致。",
        "{place}: the text says {found}, the table has {expected}",
        "{place}：正文称{found}件，表格为{expected}";
    TXT_APPLICANTS = "TXT-APPLICANTS" Prose Warning ARTICLE_50,
        "The requests that the text says a kind of applicant made are those of its columns.",
        "正文所述各类申请人申请数与表格相应列一致。",
        "{place}: the text says {found}, the table has {expected}",
        "{place}：正文称{found}件，表格为{expected}";
    TXT_DISPUTES = "TXT-DISPUTES" Prose Warning ARTICLE_50,
        "The reconsiderations and lawsuits that the text names, and their results, are those of the table.",
        "正文所述行政复议、行政诉讼及其结果与表格一致。",
        "{place}: the text says {found}, the table has {expected}",
        "{place}：正文称{found}件，表格为{expected}";
    TXT_BALANCE = "TXT-BALANCE" Prose Warning FORM,
        "Where one section of the text states all four: received + carried in = concluded + carried out.",
        "正文同一部分所述：新收 + 上年结转 = 办结 + 结转下年度。",
        "the text alone: received + carried in is {expected}, concluded + carried out is {found}",
        "正文自身：新收加上年结转为{expected}，办结加结转下年度为{found}";
    TXT_PERCENT = "TXT-PERCENT" Prose Warning ARTICLE_50,
        "A percentage is 100 k / d, rounded or cut off at its last digit: k the count before it, d the requests concluded, received, or received and carried in, or a count that stands before it.",
        "正文百分比等于其前数字除以办结数、新收数、新收与上年结转之和（或其前所述总数），按四舍五入或截尾取至末位。",
        "the text says {found} %, it is {expected}",
        "正文称{found}%，按表格为{expected}";
    TXT_NONE = "TXT-NONE" Prose Warning ARTICLE_50,
        "Where the text says that no request was received, the table has none.",
        "正文称未收到申请的，表格新收数为零。",
        "{place}: the text says that no request was received, the table has {expected}",
        "{place}：正文称未收到申请，表格为{expected}";
    TXT_DOCUMENTS = "TXT-DOCUMENTS" Prose Warning ARTICLE_50,
        "The normative documents and regulations that the text says were issued, repealed or in force are those of the table.",
        "正文所述规章、规范性文件制发、废止、现行有效数与表格一致。",
        "{place}: the text says {found}, the table has {expected}",
        "{place}：正文称{found}件，表格为{expected}";
}

/// What is told where two reports of one name and year differ, and the name does not tell whether the issuer is the same.
pub const SAME_NAME_EN: &str = "another report of this name and year ({other}) has other figures; whether the issuer is the same cannot be told, and neither is compared with other years";
/// The same in Chinese.
pub const SAME_NAME_ZH: &str = "另有同名同年度的报告（{other}），数字不同；无法判断是否为同一机关，均不与其他年度比较";

/// Rivals of a diagnosis that its message still counts.
const MOST_RIVALS: usize = 30;

/// What a diagnosis says of itself in English and in Chinese: the only one, one of some, and whose fault it rather is.
const ONLY: (&str, &str) = ("the only one", "唯一的更正");
const ONE_OF: (&str, &str) = ("one of {n}", "{n}种更正之一");
const ISSUER: (&str, &str) = ("issuer: every figure in it was read with certainty", "疑为填报有误：相关数字读取无疑");
const READING: (&str, &str) =
    ("reading: a figure in it was not read, or not with certainty", "疑为读取有误：相关数字未能读取或读取存疑");

/// A rule of diagnosis, by its position in [`RULES`], with a message that also says how many rival repairs there are
/// and whether the fault is rather ours, in the reading, or the issuer's. In all else it is the same rule.
///
/// ```
/// use gxbg::terms::rules::{RULES, weighed};
/// let at = RULES.iter().position(|r| r.id == "DIA-TOTAL").unwrap();
/// assert!(weighed(at, 1, false).message_en.contains("[the only one; issuer"));
/// assert!(weighed(at, 3, true).message_en.contains("[one of 3; reading"));
/// ```
pub fn weighed(at: usize, rivals: usize, ours: bool) -> &'static Rule {
    // Messages are static texts: the few hundred that can occur are made once, when the first tie is found broken.
    static WEIGHED: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let cases = (1..=MOST_RIVALS + 1).flat_map(|n| [(n, false), (n, true)]);
        cases.flat_map(|(n, ours)| RULES.iter().map(move |rule| weigh(rule, n, ours))).collect()
    });
    let case = 2 * (rivals.clamp(1, MOST_RIVALS + 1) - 1) + usize::from(ours);
    WEIGHED.get(case * RULES.len() + at).unwrap_or(&DIA_REPAIR)
}

fn weigh(rule: &Rule, rivals: usize, ours: bool) -> Rule {
    let number = if rivals > MOST_RIVALS { format!("{MOST_RIVALS}+") } else { rivals.to_string() };
    let one = if rivals == 1 { ONLY } else { ONE_OF };
    let whose = if ours { READING } else { ISSUER };
    let en = format!("{} [{}; {}]", rule.message_en, one.0.replace("{n}", &number), whose.0);
    let zh = format!("{}〔{}；{}〕", rule.message_zh, one.1.replace("{n}", &number), whose.1);
    if rule.family == Family::Diagnosis {
        Rule { message_en: en.leak(), message_zh: zh.leak(), ..*rule }
    } else {
        *rule
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_messages_have_known_slots() {
        for (i, rule) in RULES.iter().enumerate() {
            assert!(!RULES[..i].iter().any(|r| r.id == rule.id), "{}", rule.id);
            for message in [rule.message_en, rule.message_zh] {
                let bare = message.replace("{place}", "").replace("{expected}", "").replace("{found}", "");
                let bare = bare.replace("{other}", "").replace("{count}", "");
                assert!(!bare.contains('{'), "{}: {message}", rule.id);
            }
        }
    }
}
