//! The six sections of a report and the wordings of their headings.

/// A section of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// 总体情况
    Overview,
    /// 主动公开政府信息情况
    Proactive,
    /// 收到和处理政府信息公开申请情况
    Requests,
    /// 因政府信息公开工作被申请行政复议、提起行政诉讼情况
    Disputes,
    /// 存在的主要问题及改进情况
    Problems,
    /// 其他需要报告的事项
    Other,
}

/// What the vocabulary knows of a section.
#[derive(Debug)]
pub struct SectionTerm {
    /// The section.
    pub section: Section,
    /// The public code.
    pub key: &'static str,
    /// The heading of the official form.
    pub label: &'static str,
    /// Other wordings seen; each is the whole heading without its number mark.
    pub aliases: &'static [&'static str],
}

/// The sections in the order of the form.
pub const SECTIONS: [SectionTerm; 6] = [
    SectionTerm {
        section: Section::Overview,
        key: "overview",
        label: "总体情况",
        aliases: &[
            "概述",
            "总体概述",
            "基本情况",
            "工作总体情况",
            "总体工作情况",
            "政府信息公开工作总体情况",
            "信息公开总体情况",
            "政府信息公开总体情况",
            "政务公开总体情况",
            "年度总体情况",
            "总体情况概述",
            "本年度政府信息公开工作的总体情况",
            "本年度政府信息公开工作总体情况",
            "年度政府信息公开工作总体情况",
            "政府信息公开工作的总体情况",
            "政府信息公开工作的基本情况",
            "政府信息公开工作基本情况",
            "工作概述",
            "工作概况",
        ],
    },
    SectionTerm {
        section: Section::Proactive,
        key: "proactive",
        label: "主动公开政府信息情况",
        aliases: &[
            "主动公开政府信息的情况",
            "主动公开情况",
            "主动公开信息情况",
            "政府信息主动公开情况",
            "主动公开政府信息工作情况",
            "行政机关主动公开政府信息情况",
            "行政机关主动公开政府信息的情况",
            "主动公开政府信息",
            "主动公开工作情况",
        ],
    },
    SectionTerm {
        section: Section::Requests,
        key: "requests",
        label: "收到和处理政府信息公开申请情况",
        aliases: &[
            "收到和处理政府信息公开申请的情况",
            "行政机关收到和处理政府信息公开申请情况",
            "行政机关收到和处理政府信息公开申请的情况",
            "收到和处理政府信息依申请公开情况",
            "收到和处理政府信息公开情况",
            "收到和处理信息公开申请情况",
            "依申请公开政府信息情况",
            "依申请公开情况",
            "政府信息依申请公开情况",
            "收到和处理依申请公开情况",
            "收到和处理政府信息公开申请",
            "政府信息公开申请情况",
        ],
    },
    SectionTerm {
        section: Section::Disputes,
        key: "disputes",
        label: "政府信息公开行政复议、行政诉讼情况",
        aliases: &[
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "因政府信息公开工作被申请行政复议、提起行政诉讼的情况",
            "政府信息公开行政复议、提起行政诉讼情况",
            "政府信息公开行政复议和行政诉讼情况",
            "政府信息公开工作行政复议、行政诉讼情况",
            "因政府信息公开被申请行政复议、提起行政诉讼情况",
            "行政复议、行政诉讼情况",
            "行政复议和行政诉讼情况",
            "因政府信息公开工作被申请行政复议和提起行政诉讼情况",
            "行政复议、提起行政诉讼情况",
            "政府信息公开行政复议行政诉讼",
            "因政府信息公开申请行政复议、提起行政诉讼情况",
            "因政府信息公开引起的行政复议、行政诉讼情况",
        ],
    },
    SectionTerm {
        section: Section::Problems,
        key: "problems",
        label: "存在的主要问题及改进情况",
        aliases: &[
            "政府信息公开工作存在的主要问题及改进情况",
            "政府信息公开工作存在的主要问题和改进情况",
            "存在的主要问题和改进情况",
            "存在问题及改进情况",
            "存在的问题及改进情况",
            "存在主要问题及改进情况",
            "存在的主要问题及改进措施",
            "存在的问题及改进措施",
            "存在问题及改进措施",
            "存在的主要问题和改进措施",
            "工作存在的主要问题及改进情况",
            "存在的主要问题及下一步改进情况",
            "政府信息公开工作存在的主要问题及改进措施",
            "存在的不足及改进情况",
            "存在的主要问题及改进",
        ],
    },
    SectionTerm {
        section: Section::Other,
        key: "other",
        label: "其他需要报告的事项",
        aliases: &[
            "其他需要报告的情况",
            "其他需要报告事项",
            "需要报告的其他事项",
            "其他需报告的事项",
            "其它需要报告的事项",
            "其他报告事项",
            "其他事项",
            "其他需要说明的事项",
            "其它需要报告的情况",
            "需要说明的其他事项",
        ],
    },
];

/// Behind the number of a section.
pub const MARK_END: &str = "、";

/// The number of a section that a character writes.
pub fn section_number(c: char) -> Option<u8> {
    super::masthead::digit(c).filter(|n| (1..=6).contains(n) && !c.is_ascii_digit())
}

impl Section {
    /// The sections in the order of the form.
    pub const ALL: [Section; 6] = [
        Section::Overview,
        Section::Proactive,
        Section::Requests,
        Section::Disputes,
        Section::Problems,
        Section::Other,
    ];

    /// What the vocabulary knows of this section.
    pub fn term(self) -> &'static SectionTerm {
        &SECTIONS[self as usize]
    }

    /// The public code.
    ///
    /// ```
    /// assert_eq!(gxbg::terms::Section::Requests.key(), "requests");
    /// ```
    pub fn key(self) -> &'static str {
        self.term().key
    }
}
