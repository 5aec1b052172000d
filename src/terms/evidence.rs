//! Words that tell a disclosure report from its neighbours on a government's site.

/// What a disclosure report or its form says, and hardly any other document of a government: the subject itself, and
/// the headers of the tables.
pub const SUBJECT: &[&str] = &[
    "信息公开",
    "第二十条第",
    "本年制发件数",
    "现行有效件数",
    "本年新制作数量",
    "本年处理决定数量",
    "处理决定数量",
    "本年度收费金额",
    "结转政府信息",
    "未经复议直接起诉",
];

/// What the title of a document has that is about the form and not written in it: a notice that hands it on.
pub const ABOUT_THE_FORM: &[&str] =
    &["格式", "模板", "样式", "样表", "填报说明", "编制要求", "编制说明", "编制工作", "报送", "工作要点"];

/// Endings of the titles of such notices.
pub const NOTICE_ENDINGS: &[&str] = &["通知", "的函", "说明", "要求", "的公告", "模板", "格式"];

/// What the titles of other documents have.
pub const OTHER_SUBJECTS: &[&str] = &[
    "法治政府",
    "依法行政",
    "工作要点",
    "决算",
    "预算",
    "建议提案",
    "提案办理",
    "建议办理",
    "议案办理",
    "行政执法",
    "执法数据",
    "行政处罚",
    "执法统计",
    "政府工作报告",
    "条例",
    "实施办法",
    "实施细则",
    "暂行办法",
    "管理办法",
    "公开指南",
    "公开目录",
    "公开制度",
    "工作方案",
    "实施方案",
    "实施意见",
    "政策解读",
    "绩效",
    "统计公报",
];

/// Endings of the titles of documents.
pub const TITLE_ENDINGS: &[&str] = &[
    "报告",
    "通知",
    "要点",
    "条例",
    "办法",
    "细则",
    "指南",
    "目录",
    "制度",
    "方案",
    "意见",
    "说明",
    "情况",
    "公告",
    "统计表",
    "汇总表",
    "决算",
    "预算",
    "公开",
    "解读",
    "公报",
    "总结",
    "公示",
    "的函",
    "规定",
];

/// Beginnings of sentences that name a regulation.
pub const REASONS: &[&str] = &["根据", "按照", "依据", "依照", "为", "本报告", "《"];
