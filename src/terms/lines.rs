//! The lines and columns of the form, in its order, with the wordings seen of each.

use super::form::{ColumnTerm, Group, LineTerm, Measure, Role, Table};

const fn count(key: &'static str, label: &'static str, aliases: &'static [&'static str]) -> ColumnTerm {
    ColumnTerm { key, label, aliases, measure: Measure::Count }
}

/// The columns of the requests table; the six kinds of applicants first, their sum last.
pub const APPLICANTS: [ColumnTerm; 7] = [
    count("natural_person", "自然人", &["公民", "自然人公民"]),
    count("business", "商业企业", &["企业", "商业"]),
    count("research", "科研机构", &["科研"]),
    count("nonprofit", "社会公益组织", &["公益组织", "社会公益"]),
    count("legal_service", "法律服务机构", &["法律服务", "法律机构"]),
    count("other_org", "其他", &["其它"]),
    count("total", "总计", &["合计", "总数", "共计"]),
];

/// The columns of the disputes table, for each of its three rows.
pub const RESULTS: [ColumnTerm; 5] = [
    count("upheld", "结果维持", &["维持"]),
    count("corrected", "结果纠正", &["纠正"]),
    count("other_result", "其他结果", &["其它结果"]),
    count("pending", "尚未审结", &["未审结"]),
    count("total", "总计", &["合计"]),
];

const DOCUMENTS_2021: [ColumnTerm; 3] = [
    count("issued", "本年制发件数", &["本年度制发件数", "制发件数", "本年制发数量"]),
    count("repealed", "本年废止件数", &["本年度废止件数", "废止件数", "本年度止件数", "本年废止数量"]),
    count("in_force", "现行有效件数", &["现行有效数量", "现行有效数"]),
];
const DECISIONS_2021: [ColumnTerm; 1] =
    [count("decisions", "本年处理决定数量", &["本年度处理决定数量", "本年处理决定数", "本年度处理决定数"])];
const FEES_2021: [ColumnTerm; 1] = [ColumnTerm {
    key: "amount",
    label: "本年收费金额（单位：万元）",
    aliases: &[
        "本年收费金额",
        "本年度收费金额（单位：万元）",
        "本年度收费金额",
        "收费金额",
        "收费金额（单位：万元）",
        "本年收费金额（万元）",
    ],
    measure: Measure::Money,
}];
const DOCUMENTS_2019: [ColumnTerm; 3] = [
    count("newly_made", "本年新制作数量", &["本年度新制作数量", "新制作数量", "本年制作数量"]),
    count("newly_disclosed", "本年新公开数量", &["本年度新公开数量", "新公开数量", "本年公开数量"]),
    count("disclosed_total", "对外公开总数量", &["对外公开总数", "公开总数量"]),
];
const ITEMS_2019: [ColumnTerm; 3] = [
    count("items_last_year", "上一年项目数量", &["上年项目数量", "上一年度项目数量"]),
    ColumnTerm {
        key: "items_change",
        label: "本年增/减",
        aliases: &["本年度增/减", "增/减", "本年增减"],
        measure: Measure::Change,
    },
    count("decisions", "处理决定数量", &["处理决定数", "本年度处理决定数量", "本年处理决定数量"]),
];
const FEES_2019: [ColumnTerm; 2] = [
    count("items_last_year", "上一年项目数量", &["上年项目数量", "上一年度项目数量"]),
    ColumnTerm {
        key: "items_change",
        label: "本年增/减",
        aliases: &["本年度增/减", "增/减", "本年增减"],
        measure: Measure::Change,
    },
];
const PROCUREMENT_2019: [ColumnTerm; 2] = [
    count("projects", "采购项目数量", &["采购项目数", "项目数量"]),
    ColumnTerm {
        key: "amount",
        label: "采购总金额",
        aliases: &["采购总金额（单位：万元）", "采购总金额（万元）", "采购金额", "采购总额"],
        measure: Measure::Money,
    },
];

const fn proactive(
    rows: &'static [&'static str],
    label: &'static str,
    aliases: &'static [&'static str],
    columns: &'static [ColumnTerm],
) -> LineTerm {
    LineTerm { table: Table::Proactive, rows, label, aliases, group: None, ordinal: 0, role: Role::None, columns }
}

const fn flow(
    rows: &'static [&'static str],
    label: &'static str,
    aliases: &'static [&'static str],
    ordinal: u8,
    role: Role,
) -> LineTerm {
    LineTerm { table: Table::Requests, rows, label, aliases, group: None, ordinal, role, columns: &APPLICANTS }
}

const fn outcome(
    rows: &'static [&'static str],
    label: &'static str,
    aliases: &'static [&'static str],
    group: Group,
    ordinal: u8,
) -> LineTerm {
    LineTerm {
        table: Table::Requests,
        rows,
        label,
        aliases,
        group: Some(group),
        ordinal,
        role: Role::Outcome,
        columns: &APPLICANTS,
    }
}

const REGULATIONS: (&[&str], &str, &[&str]) =
    (&["regulations"], "规章", &["行政规章", "政府规章", "部门规章", "规章制度"]);
const NORMATIVE: (&[&str], &str, &[&str]) =
    (&["normative_documents"], "行政规范性文件", &["规范性文件", "政府规范性文件", "行政规范文件"]);
const LICENSING: (&[&str], &str, &[&str]) = (&["licensing"], "行政许可", &["行政许可事项"]);
const SERVICES: (&[&str], &str, &[&str]) = (
    &["other_services"],
    "其他对外管理服务事项",
    &["其它对外管理服务事项", "其他对外服务管理事项", "对外管理服务事项"],
);
const PENALTIES: (&[&str], &str, &[&str]) = (&["penalties"], "行政处罚", &["行政处罚事项"]);
const COERCION: (&[&str], &str, &[&str]) = (&["coercion"], "行政强制", &["行政强制事项", "行政强制措施"]);
const FEES: (&[&str], &str, &[&str]) = (&["fees"], "行政事业性收费", &["行政事业性收费项目", "事业性收费"]);
const PROCUREMENT: (&[&str], &str, &[&str]) = (&["procurement"], "政府集中采购", &["集中采购", "政府采购"]);

macro_rules! proactive {
    ($term:ident, $columns:ident) => {
        proactive($term.0, $term.1, $term.2, &$columns)
    };
}

pub(super) const PROACTIVE_2021: [LineTerm; 6] = [
    proactive!(REGULATIONS, DOCUMENTS_2021),
    proactive!(NORMATIVE, DOCUMENTS_2021),
    proactive!(LICENSING, DECISIONS_2021),
    proactive!(PENALTIES, DECISIONS_2021),
    proactive!(COERCION, DECISIONS_2021),
    proactive!(FEES, FEES_2021),
];

pub(super) const PROACTIVE_2019: [LineTerm; 8] = [
    proactive!(REGULATIONS, DOCUMENTS_2019),
    proactive!(NORMATIVE, DOCUMENTS_2019),
    proactive!(LICENSING, ITEMS_2019),
    proactive!(SERVICES, ITEMS_2019),
    proactive!(PENALTIES, ITEMS_2019),
    proactive!(COERCION, ITEMS_2019),
    proactive!(FEES, FEES_2019),
    proactive!(PROCUREMENT, PROCUREMENT_2019),
];

pub(super) const REQUESTS_HEAD: [LineTerm; 20] = [
    flow(
        &["received"],
        "本年新收政府信息公开申请数量",
        &[
            "本年新收政府信息公开申请数",
            "本年度新收政府信息公开申请数量",
            "本年新收申请数量",
            "新收政府信息公开申请数量",
        ],
        1,
        Role::Received,
    ),
    flow(
        &["carried_in"],
        "上年结转政府信息公开申请数量",
        &["上年结转政府信息公开申请数", "上年度结转政府信息公开申请数量", "上年结转申请数量"],
        2,
        Role::CarriedIn,
    ),
    outcome(&["granted"], "予以公开", &["予以公开数量"], Group::Outcomes, 1),
    outcome(
        &["partly_granted"],
        "部分公开（区分处理的，只计这一情形，不计其他情形）",
        &["部分公开", "部分公开（区分处理的，只计这一情形）", "部分公开（区分处理的，只计这一情况，不计其他情形）"],
        Group::Outcomes,
        2,
    ),
    outcome(&["denied_state_secret"], "属于国家秘密", &["国家秘密", "涉及国家秘密"], Group::Denied, 1),
    outcome(
        &["denied_other_law"],
        "其他法律行政法规禁止公开",
        &["其他法律、行政法规禁止公开", "法律行政法规禁止公开", "其他法律法规禁止公开"],
        Group::Denied,
        2,
    ),
    outcome(&["denied_stability"], "危及“三安全一稳定”", &["三安全一稳定", "危及三安全一稳定的"], Group::Denied, 3),
    outcome(&["denied_third_party"], "保护第三方合法权益", &["损害第三方合法权益", "第三方合法权益"], Group::Denied, 4),
    outcome(
        &["denied_internal"],
        "属于三类内部事务信息",
        &["三类内部事务信息", "属于三类内容事务信息", "内部事务信息"],
        Group::Denied,
        5,
    ),
    outcome(&["denied_process"], "属于四类过程性信息", &["四类过程性信息", "过程性信息"], Group::Denied, 6),
    outcome(
        &["denied_enforcement_file"],
        "属于行政执法案卷",
        &["行政执法案卷", "属于行政执法案卷信息"],
        Group::Denied,
        7,
    ),
    outcome(&["denied_query"], "属于行政查询事项", &["行政查询事项"], Group::Denied, 8),
    outcome(
        &["unable_not_held"],
        "本机关不掌握相关政府信息",
        &["不掌握相关政府信息", "本机关不掌握"],
        Group::Unable,
        1,
    ),
    outcome(&["unable_not_ready"], "没有现成信息需要另行制作", &["没有现成信息", "需要另行制作"], Group::Unable, 2),
    outcome(
        &["unable_unclear"],
        "补正后申请内容仍不明确",
        &["申请内容仍不明确", "补正后内容仍不明确"],
        Group::Unable,
        3,
    ),
    outcome(&["rejected_petition"], "信访举报投诉类申请", &["信访举报投诉类", "信访举报投诉"], Group::Rejected, 1),
    outcome(&["rejected_repeat"], "重复申请", &["重复申请类"], Group::Rejected, 2),
    outcome(&["rejected_publication"], "要求提供公开出版物", &["提供公开出版物", "公开出版物"], Group::Rejected, 3),
    outcome(
        &["rejected_excessive"],
        "无正当理由大量反复申请",
        &["大量反复申请", "无正当理由反复申请"],
        Group::Rejected,
        4,
    ),
    outcome(
        &["rejected_reissue"],
        "要求行政机关确认或重新出具已获取信息",
        &["确认或重新出具已获取信息", "要求行政机关确认或重新出具"],
        Group::Rejected,
        5,
    ),
];

pub(super) const OTHER_2019: [LineTerm; 1] =
    [outcome(&["other"], "其他处理", &["其它处理", "其他处理情形"], Group::Outcomes, 6)];

pub(super) const OTHER_2021: [LineTerm; 3] = [
    outcome(
        &["other_no_correction"],
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        &["申请人无正当理由逾期不补正", "无正当理由逾期不补正", "逾期不补正", "申请人无正当理由逾期不补证"],
        Group::Other,
        1,
    ),
    outcome(
        &["other_fee_unpaid"],
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        &["申请人逾期未按收费通知要求缴纳费用", "逾期未按收费通知要求缴纳费用", "逾期未缴费"],
        Group::Other,
        2,
    ),
    outcome(&["other_other"], "其他", &["其它"], Group::Other, 3),
];

pub(super) const REQUESTS_TAIL: [LineTerm; 2] = [
    LineTerm {
        table: Table::Requests,
        rows: &["concluded_total"],
        label: "总计",
        aliases: &["合计", "共计"],
        group: Some(Group::Outcomes),
        ordinal: 7,
        role: Role::ConcludedTotal,
        columns: &APPLICANTS,
    },
    flow(
        &["carried_out"],
        "结转下年度继续办理",
        &["结转下年继续办理", "结转下年度", "结转下一年度继续办理", "结转下年度办理"],
        4,
        Role::CarriedOut,
    ),
];

pub(super) const DISPUTES: [LineTerm; 1] = [LineTerm {
    table: Table::Disputes,
    rows: &["review", "litigation_direct", "litigation_after_review"],
    label: "",
    aliases: &[],
    group: None,
    ordinal: 0,
    role: Role::None,
    columns: &RESULTS,
}];

/// The rows of the disputes table with the words of its headers.
pub const DISPUTE_ROWS: [(&str, &[&str]); 3] = [
    ("review", &["行政复议"]),
    ("litigation_direct", &["未经复议直接起诉", "未经复议直接诉讼"]),
    ("litigation_after_review", &["复议后起诉", "复议后诉讼", "经复议后起诉"]),
];
