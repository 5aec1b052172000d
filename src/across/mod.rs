//! One report against others: of the same issuer over the years, of the same year, of lower organs, and the prose of all.
//!
//! A report is known here by its [`Summary`], made where the report is read; [`link`] takes the summaries of a corpus
//! and sorts them by issuer and year. Its time grows with their number, and its outcome depends neither on their order
//! nor on threads. Only sound figures take part; where one is empty or unread the rule cannot be told.
//!
//! *Who is the same issuer.* An issuer whose division is resolved is its name with the code. One that is not is its
//! full name, and only as long as nothing speaks against it: a name that fits several divisions links nothing, and one
//! that two reports of one year share with different figures links nothing either (it may be two issuers).
//!
//! *Which report counts* where an issuer has several of a year: the one with the most sound figures; of these the one
//! published last; of these the one whose bytes have the smallest hash. The others are told by CHN-RESTATED or
//! CHN-REPEATED.

mod attached;
mod chain;
mod children;
mod copying;
mod figures;
mod identity;
mod panel;
mod repeats;
mod sketch;
mod summary;

#[cfg(test)]
mod tests;

pub use attached::{Likeness, attached};
pub use copying::{Copied, OWN_WORDS, WELL_KNOWN};
pub use figures::Figures;
pub use identity::{Certainty, Identity};
pub use panel::{Coverage, Gap, Place, coverage, panel};
pub use sketch::{SHINGLE, Sketch};
pub use summary::Summary;

use crate::check::{Finding, Outcome, Policy, Tally};
use crate::terms::rules::{self, Rule, Severity};
use crate::terms::{CellTerm, Section};

/// A rule outcome other than satisfied that speaks of a report and, in most cases, of another one.
#[derive(Debug, Clone)]
pub struct Link {
    /// The report that it is told of, by its position.
    pub report: usize,
    /// The other report.
    pub other: Option<usize>,
    /// How many figures or reports are concerned, in words for the message.
    pub count: String,
    /// The finding; its messages have slots for the other report and for the count.
    pub finding: Finding,
}

impl Link {
    /// The message in English; `other` names the other report.
    pub fn message_en(&self, other: &str) -> String {
        self.fill(if self.is_name_only() { rules::SAME_NAME_EN.to_owned() } else { self.finding.message_en() }, other)
    }

    /// The message in Chinese; `other` names the other report.
    pub fn message_zh(&self, other: &str) -> String {
        self.fill(if self.is_name_only() { rules::SAME_NAME_ZH.to_owned() } else { self.finding.message_zh() }, other)
    }

    /// Whether two reports differ of which only the name says that they have one issuer.
    fn is_name_only(&self) -> bool {
        self.finding.rule.id == rules::CHN_RESTATED.id && self.finding.outcome == Outcome::NotAssessable
    }

    fn fill(&self, message: String, other: &str) -> String {
        let filled = message.replace("{count}", &self.count).replace("{other}", other);
        if message.contains("{other}") || other.is_empty() { filled } else { format!("{filled} ({other})") }
    }
}

/// All that the comparison of the reports of a corpus says; positions are those of the summaries.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    /// Outcomes other than satisfied, in the order of the reports.
    pub links: Vec<Link>,
    /// For each report the counts of all outcomes, mere notes left out.
    pub tallies: Vec<Tally>,
    /// For each report and section, in the order of the form, how much of its prose another report has.
    pub copied: Vec<[Option<Copied>; 6]>,
    /// For each report whether it is the one that counts for its issuer and year.
    pub counts: Vec<bool>,
}

impl Linked {
    fn judge(&mut self, report: usize, other: Option<usize>, verdict: Verdict) {
        let tally = &mut self.tallies[report];
        if verdict.rule.severity != Severity::Info {
            match verdict.outcome {
                Outcome::Satisfied => tally.satisfied += 1,
                Outcome::Violated => tally.violated += 1,
                Outcome::NotAssessable => tally.not_assessable += 1,
                Outcome::NotApplicable => tally.not_applicable += 1,
            }
        }
        if verdict.outcome != Outcome::Satisfied {
            self.links.push(verdict.link(report, other));
        }
    }
}

/// What a rule says of one instance.
#[derive(Debug, Clone)]
struct Verdict {
    rule: &'static Rule,
    outcome: Outcome,
    place: crate::check::Place,
    subject: Option<&'static str>,
    arithmetic: bool,
    expected: Option<String>,
    found: Option<String>,
    count: String,
}

impl Verdict {
    fn of(rule: &'static Rule, outcome: Outcome) -> Verdict {
        Verdict {
            rule,
            outcome,
            place: crate::check::Place::default(),
            subject: None,
            arithmetic: false,
            expected: None,
            found: None,
            count: String::new(),
        }
    }

    /// A rule on the figure of a cell: what it should be and what it is, where both are known.
    fn on_cell(rule: &'static Rule, term: &CellTerm, compared: Option<(f64, f64)>, holds: bool) -> Verdict {
        let outcome = match compared {
            None => Outcome::NotAssessable,
            Some(_) if holds => Outcome::Satisfied,
            Some(_) => Outcome::Violated,
        };
        Verdict {
            place: crate::check::Place {
                table: Some(term.table.key()),
                row: Some(term.row),
                column: Some(term.column),
            },
            arithmetic: true,
            expected: compared.map(|(expected, _)| plain(expected)),
            found: compared.map(|(_, found)| plain(found)),
            ..Verdict::of(rule, outcome)
        }
    }

    fn link(self, report: usize, other: Option<usize>) -> Link {
        let finding = Finding {
            rule: self.rule,
            policy: self.arithmetic.then_some(Policy::Strict),
            outcome: self.outcome,
            place: self.place,
            subject: self.subject,
            expected: self.expected,
            found: self.found,
        };
        Link { report, other, count: self.count, finding }
    }
}

/// A number as it is written in messages.
fn plain(value: f64) -> String {
    // Sums of amounts would otherwise show their rounding.
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 { format!("{}", rounded as i64) } else { format!("{rounded}") }
}

/// Compares the reports of a corpus.
///
/// ```
/// use gxbg::across::{Summary, link};
/// let linked = link(&[]);
/// assert!(linked.links.is_empty());
/// ```
pub fn link(summaries: &[Summary]) -> Linked {
    let n = summaries.len();
    let mut linked = Linked {
        links: Vec::new(),
        tallies: vec![Tally::default(); n],
        copied: vec![[None; 6]; n],
        counts: vec![false; n],
    };
    let lives = identity::lives(summaries);
    repeats::told(summaries, &lives, &mut linked);
    for life in &lives {
        for year in &life.years {
            linked.counts[year.chosen()] = true;
        }
    }
    let compared: Vec<Vec<(usize, usize, Verdict)>> =
        copying::spread(&lives, |l| if l.is_sound() { chain::compare(summaries, l) } else { Vec::new() });
    for (report, other, verdict) in compared.into_iter().flatten() {
        linked.judge(report, Some(other), verdict);
    }
    for (report, verdict) in children::compare(summaries, &lives) {
        linked.judge(report, None, verdict);
    }
    copying::compare(summaries, &lives, &mut linked.copied);
    for (report, other, verdict) in chain::copied_prose(summaries, &lives, &linked.copied) {
        linked.judge(report, Some(other), verdict);
    }
    // Stable: the findings of a report stay in the order in which the rules came.
    linked.links.sort_by_key(|l| l.report);
    linked
}

/// The position of a section in the order of the form.
fn slot(section: Section) -> usize {
    Section::ALL.iter().position(|s| *s == section).unwrap_or(0)
}
