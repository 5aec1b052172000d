//! Rows and columns of the form as messages name them, and the sentences that tell of claims.

/// Rows that are added up, as messages name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// Their codes.
    pub rows: &'static [&'static str],
    /// The code of the sum.
    pub en: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
}

macro_rules! rows {
    ($($en:literal = $zh:literal: $($row:literal)+;)*) => {
        &[$(Rows { rows: &[$($row),+], en: $en, zh: $zh }),*]
    };
}

/// Every row of the requests and disputes tables and of the documents, and the groups of rows that the form has.
const ROWS: &[Rows] = rows! {
    "received" = "本年新收": "received";
    "carried_in" = "上年结转": "carried_in";
    "granted" = "予以公开": "granted";
    "partly_granted" = "部分公开": "partly_granted";
    "concluded_total" = "办理结果总计": "concluded_total";
    "carried_out" = "结转下年度": "carried_out";
    "denied" = "不予公开（合计）": "denied_state_secret" "denied_other_law" "denied_stability" "denied_third_party"
        "denied_internal" "denied_process" "denied_enforcement_file" "denied_query";
    "unable" = "无法提供（合计）": "unable_not_held" "unable_not_ready" "unable_unclear";
    "rejected" = "不予处理（合计）": "rejected_petition" "rejected_repeat" "rejected_publication" "rejected_excessive"
        "rejected_reissue";
    "other" = "其他处理": "other" "other_no_correction" "other_fee_unpaid" "other_other";
    "denied_state_secret" = "属于国家秘密": "denied_state_secret";
    "denied_other_law" = "其他法律行政法规禁止公开": "denied_other_law";
    "denied_stability" = "危及“三安全一稳定”": "denied_stability";
    "denied_third_party" = "保护第三方合法权益": "denied_third_party";
    "denied_internal" = "属于三类内部事务信息": "denied_internal";
    "denied_process" = "属于四类过程性信息": "denied_process";
    "denied_enforcement_file" = "属于行政执法案卷": "denied_enforcement_file";
    "denied_query" = "属于行政查询事项": "denied_query";
    "unable_not_held" = "本机关不掌握相关政府信息": "unable_not_held";
    "unable_not_ready" = "没有现成信息需要另行制作": "unable_not_ready";
    "unable_unclear" = "补正后申请内容仍不明确": "unable_unclear";
    "rejected_petition" = "信访举报投诉类申请": "rejected_petition";
    "rejected_repeat" = "重复申请": "rejected_repeat";
    "rejected_publication" = "要求提供公开出版物": "rejected_publication";
    "rejected_excessive" = "无正当理由大量反复申请": "rejected_excessive";
    "rejected_reissue" = "确认或重新出具已获取信息": "rejected_reissue";
    "other_no_correction" = "逾期不补正": "other_no_correction";
    "other_fee_unpaid" = "逾期未缴费": "other_fee_unpaid";
    "review" = "行政复议": "review";
    "litigation" = "行政诉讼": "litigation_direct" "litigation_after_review";
    "litigation_direct" = "未经复议直接起诉": "litigation_direct";
    "litigation_after_review" = "复议后起诉": "litigation_after_review";
    "disputes" = "行政复议和行政诉讼": "review" "litigation_direct" "litigation_after_review";
    "regulations" = "规章": "regulations";
    "normative_documents" = "规范性文件": "normative_documents";
};

/// Rows with their name; none where they have none of their own.
pub fn rows_of(rows: &[&str]) -> Option<&'static Rows> {
    ROWS.iter().find(|r| r.rows == rows)
}

/// The name of a column in Chinese, where it has to be told.
pub fn column_zh(column: &str) -> Option<&'static str> {
    let known = [
        ("natural_person", "自然人"),
        ("business", "商业企业"),
        ("research", "科研机构"),
        ("nonprofit", "社会公益组织"),
        ("legal_service", "法律服务机构"),
        ("other_org", "其他组织"),
        ("upheld", "结果维持"),
        ("corrected", "结果纠正"),
        ("other_result", "其他结果"),
        ("pending", "尚未审结"),
        ("issued", "本年制发"),
        ("repealed", "本年废止"),
        ("in_force", "现行有效"),
        ("newly_made", "本年新制作"),
        ("newly_disclosed", "本年新公开"),
    ];
    known.iter().find(|(key, _)| *key == column).map(|(_, zh)| *zh)
}

/// What the columns of organisations are called together.
pub const ORGANISATIONS_ZH: &str = "（法人或其他组织）";

/// What is said of a claim, in English and in Chinese.
#[derive(Debug, Clone, Copy)]
pub struct Sentences {
    /// It fits nothing that the form has.
    pub violated: [&'static str; 2],
    /// It fits another sum than the one it seems to speak of.
    pub fits: [&'static str; 2],
    /// It was not held against the tables.
    pub open: [&'static str; 2],
    /// Between two sums.
    pub and: [&'static str; 2],
    /// Between rows that are added up, and before one that is taken away.
    pub plus: [&'static str; 2],
    /// Before a row that is taken away.
    pub minus: [&'static str; 2],
}

/// The sentences; `{clause}`, `{number}`, `{told}`, `{sum}` and `{reason}` are filled in.
pub const SENTENCES: Sentences = Sentences {
    violated: [
        "The text says \u{201c}{clause}\u{201d}, a number of {number}; the table has {told}, and no sum of the form that it may mean comes to {number}.",
        "正文称“{clause}”，数字为{number}；表格中{told}，表内可能所指的各项合计均不等于{number}。",
    ],
    fits: [
        "The text says \u{201c}{clause}\u{201d}, a number of {number}; the table has {told}, but {sum} comes to {number}: the text may mean that.",
        "正文称“{clause}”，数字为{number}；表格中{told}，而{sum}恰为{number}，正文可能指后者。",
    ],
    open: [
        "The text says \u{201c}{clause}\u{201d}, a number of {number}; it is not held against the table: {reason}.",
        "正文称“{clause}”，数字为{number}；{reason}，未与表格比对。",
    ],
    and: [" and ", "、"],
    plus: [" + ", "加"],
    minus: [" - ", "减"],
};
