//! The frame of a claim: whose work it counts, what, with which outcome, of which time, and what kind of number it is.

use super::{Family, Metric};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Object {
    /// Requests for information.
    Requests,
    /// Reconsiderations and lawsuits.
    Disputes,
    /// Items published.
    Information,
    /// Regulations, normative documents and policy documents.
    Documents,
    /// Decisions on licences, penalties and coercive measures.
    Decisions,
    /// Other work, by the code of its metric.
    Work(Metric),
}

impl Object {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Object::Requests => "requests",
            Object::Disputes => "disputes",
            Object::Information => "information",
            Object::Documents => "documents",
            Object::Decisions => "decisions",
            Object::Work(metric) => metric.key(),
        }
    }
}

impl Metric {
    /// What it counts; none for shares and rates.
    pub fn object(self) -> Option<Object> {
        use Metric::*;
        match self {
            NormativePublished | RegulationsPublished | PolicyDocuments => Some(Object::Documents),
            Licensing | Penalties | Coercion => Some(Object::Decisions),
            _ => match self.family() {
                Family::Requests => Some(Object::Requests),
                Family::Disputes => Some(Object::Disputes),
                Family::Published => Some(Object::Information),
                Family::Documents => Some(Object::Documents),
                Family::Work => Some(Object::Work(self)),
                Family::Rates => None,
            },
        }
    }

    /// What became of it: a row of the form or a group of rows, a result, or what was done; none where a total is meant.
    pub fn outcome(self) -> Option<&'static str> {
        use Metric::*;
        match self {
            NaturalPerson | Organisation | Business | Research | Nonprofit | LegalService => Some("received"),
            ReviewsUpheld | LawsuitsUpheld => Some("upheld"),
            ReviewsCorrected | LawsuitsCorrected => Some("corrected"),
            ReviewsOther | LawsuitsOther => Some("other_result"),
            ReviewsPending | LawsuitsPending => Some("pending"),
            NormativeIssued | RegulationsIssued => Some("issued"),
            NormativeRepealed | RegulationsRepealed => Some("repealed"),
            NormativeInForce | RegulationsInForce => Some("in_force"),
            NormativePublished | RegulationsPublished | PolicyDocuments => Some("published"),
            _ => match self.family() {
                Family::Requests => Some(self.key()),
                Family::Published => Some("published"),
                _ => None,
            },
        }
    }
}

/// A part of a frame that is open, so that the claim cannot be held against the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Whose work it is.
    Scope,
    /// What is counted.
    Object,
    /// Which outcome is meant.
    Outcome,
    /// Which time is meant.
    Period,
    /// How large the number is.
    Quantity,
    /// What the table has.
    Table,
}

impl Part {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Part::Scope => "scope",
            Part::Object => "object",
            Part::Outcome => "outcome",
            Part::Period => "period",
            Part::Quantity => "quantity",
            Part::Table => "table",
        }
    }

    /// Why nothing can be told, as the end of an English sentence and of a Chinese one.
    pub fn reason(self) -> [&'static str; 2] {
        match self {
            Part::Scope => ["whose work it counts (scope) is not told", "统计主体（scope）不明"],
            Part::Object => ["what it counts (object) is not told", "统计对象（object）不明"],
            Part::Outcome => ["which outcome it means (outcome) is not told", "所指办理结果（outcome）不明"],
            Part::Period => ["which time it means (period) is not told", "统计时段（period）不明"],
            Part::Quantity => ["the number is only about so large (quantity)", "数字仅为约数（quantity）"],
            Part::Table => [
                "the table has it empty, or it was not read with certainty (table)",
                "表格中相应数字空白或未能确认（table）",
            ],
        }
    }
}
