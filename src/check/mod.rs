//! Rules: what holds, what does not, and what cannot be told. A finding is a value, never an error.

mod arithmetic;
mod diagnosis;
mod form;
mod indicators;
mod masthead;
mod prose;

pub use indicators::{Indicator, indicators, wilson};
pub use masthead::{days_late, due_date};

use std::fmt;

use crate::document::Span;
use crate::ledger::{Cell, Settled};
use crate::terms::Form;
use crate::terms::rules::{NOT_APPLICABLE_ZH, NOT_ASSESSABLE_ZH, Rule, Severity};

/// What is said where a rule cannot be assessed; in Chinese it is a word of the terms.
const NOT_ASSESSABLE_EN: &str = "{place}: cannot be told, a figure is empty or unread";
/// What is said where a rule does not concern the report.
const NOT_APPLICABLE_EN: &str = "{place}: does not apply";

/// How an arithmetic rule takes empty cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Policy {
    /// An empty cell makes the rule not assessable.
    Strict,
    /// An empty cell counts as zero.
    BlankIsZero,
}

impl Policy {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Policy::Strict => "strict",
            Policy::BlankIsZero => "blank_is_zero",
        }
    }
}

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It holds.
    Satisfied,
    /// It does not.
    Violated,
    /// What it needs is empty or unread.
    NotAssessable,
    /// It does not concern this report.
    NotApplicable,
}

impl Outcome {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Satisfied => "satisfied",
            Outcome::Violated => "violated",
            Outcome::NotAssessable => "not_assessable",
            Outcome::NotApplicable => "not_applicable",
        }
    }
}

/// Where in the form a finding is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Code of the table.
    pub table: Option<&'static str>,
    /// Code of the row.
    pub row: Option<&'static str>,
    /// Code of the column.
    pub column: Option<&'static str>,
}

/// A rule outcome other than satisfied.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The policy, for arithmetic.
    pub policy: Option<Policy>,
    /// The outcome.
    pub outcome: Outcome,
    /// Where.
    pub place: Place,
    /// A place that is no cell (a section, a sentence), for the message.
    pub subject: Option<&'static str>,
    /// What was expected.
    pub expected: Option<String>,
    /// What was found.
    pub found: Option<String>,
}

impl Finding {
    /// The message in English.
    pub fn message_en(&self) -> String {
        written(|out| self.write_en(out))
    }

    /// The message in Chinese.
    pub fn message_zh(&self) -> String {
        written(|out| self.write_zh(out))
    }

    /// Writes the message in English to where it is to stand.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_en(&self, out: &mut impl fmt::Write) -> fmt::Result {
        match self.outcome {
            Outcome::Violated => self.fill(self.rule.message_en, out),
            Outcome::NotAssessable => self.fill(NOT_ASSESSABLE_EN, out),
            _ => self.fill(NOT_APPLICABLE_EN, out),
        }
    }

    /// Writes the message in Chinese to where it is to stand.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_zh(&self, out: &mut impl fmt::Write) -> fmt::Result {
        match self.outcome {
            Outcome::Violated => self.fill(self.rule.message_zh, out),
            Outcome::NotAssessable => self.fill(NOT_ASSESSABLE_ZH, out),
            _ => self.fill(NOT_APPLICABLE_ZH, out),
        }
    }

    /// Writes a message with the words of this finding in the place of its names in braces.
    fn fill(&self, message: &str, out: &mut impl fmt::Write) -> fmt::Result {
        let mut rest = message;
        while let Some(open) = memchr::memchr(b'{', rest.as_bytes()) {
            out.write_str(&rest[..open])?;
            let inner = &rest[open + 1..];
            let Some(close) = memchr::memchr(b'}', inner.as_bytes()) else { return out.write_str(&rest[open..]) };
            let (name, after) = (&inner[..close], &inner[close + 1..]);
            match name {
                "place" => self.about(out)?,
                "expected" => out.write_str(self.expected.as_deref().unwrap_or(""))?,
                "found" => out.write_str(self.found.as_deref().unwrap_or(""))?,
                _ => write!(out, "{{{name}}}")?,
            }
            rest = after;
        }
        out.write_str(rest)
    }

    /// What the finding is about: its subject, or the codes of its place with slashes between them; a rule that could
    /// not be assessed without a place is named itself.
    fn about(&self, out: &mut impl fmt::Write) -> fmt::Result {
        let violated = self.outcome == Outcome::Violated;
        if let Some(subject) = self.subject.filter(|_| violated) {
            return out.write_str(subject);
        }
        let mut codes = [self.place.table, self.place.row, self.place.column].into_iter().flatten();
        match codes.next() {
            Some(first) => out.write_str(first)?,
            None if violated => {}
            None => out.write_str(self.rule.id)?,
        }
        codes.try_for_each(|code| {
            out.write_char('/')?;
            out.write_str(code)
        })
    }
}

fn written(write: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut out = String::new();
    // Writing to memory does not fail.
    let done = write(&mut out);
    debug_assert!(done.is_ok(), "writing to memory does not fail");
    out
}

/// How many rule instances came to each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// They hold.
    pub satisfied: usize,
    /// They do not.
    pub violated: usize,
    /// What they need is empty or unread.
    pub not_assessable: usize,
    /// They do not concern the report.
    pub not_applicable: usize,
}

/// A finding on the prose: the clause that it speaks of, and what was compared with what.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The position of the finding in the list of findings.
    pub finding: usize,
    /// Where the clause stands.
    pub span: Span,
    /// The message in English and in Chinese, in place of the rule's; none where the rule's tells all.
    pub message: Option<Box<[String; 2]>>,
}

/// All that the rules say of a report.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Outcomes other than satisfied.
    pub findings: Vec<Finding>,
    /// For findings on the prose, in order, what they speak of.
    pub sentences: Vec<Sentence>,
    /// Counts of all outcomes, arithmetic under the strict policy.
    pub tally: Tally,
}

impl Checked {
    /// Counts an outcome.
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Satisfied => self.tally.satisfied += 1,
            Outcome::Violated => self.tally.violated += 1,
            Outcome::NotAssessable => self.tally.not_assessable += 1,
            Outcome::NotApplicable => self.tally.not_applicable += 1,
        }
    }

    /// Keeps a finding, and counts its outcome unless it is a mere note.
    fn tell(&mut self, finding: Finding) {
        if finding.rule.severity != Severity::Info {
            self.count(finding.outcome);
        }
        self.findings.push(finding);
    }
}

/// Checks a settled report; `text` is the decoded text that its spans refer to.
pub fn check(settled: &Settled, text: &str) -> Checked {
    // Room for what a usual report has.
    let mut out = Checked { findings: Vec::with_capacity(32), ..Checked::default() };
    if let Some(editions) = settled.report.editions {
        arithmetic::check(Form::of(editions), settled, text, &mut out);
        out.findings.extend(diagnosis::diagnose(Form::of(editions), settled));
    }
    form::check(settled, text, &mut out);
    prose::check(settled, text, &mut out);
    masthead::check(settled, &mut out);
    out
}

/// The figure that the issuer published, as far as it was read; what was only inferred is none.
fn published(cell: &Cell) -> Option<f64> {
    if cell.status == crate::ledger::Status::Inferred { None } else { cell.value }
}

/// A number as it is written in messages.
fn plain(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{}", value as i64) } else { format!("{value}") }
}
