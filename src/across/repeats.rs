//! Several reports of one issuer and year: the same figures, or others.

use rustc_hash::FxHashMap;

use super::identity::{Certainty, Life};
use super::{Linked, Summary, Verdict, plain};
use crate::check::{Outcome, Place};
use crate::ledger::{Assessment, Tie, assess, ties};
use crate::terms::Form;
use crate::terms::rules::{CHN_REPEATED, CHN_RESTATED};

/// How the figures of two reports compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Likeness {
    /// All figures that both have are the same.
    Same,
    /// Some are not: how many, and the first cell of the form that differs.
    Different { figures: usize, first: Option<usize> },
    /// They have no figure in common.
    Unknown,
}

/// Compares the figures that two reports have; tables of two editions are two sets of figures.
pub(super) fn likeness(summaries: &[Summary], a: usize, b: usize) -> Likeness {
    let (a, b) = (&summaries[a], &summaries[b]);
    let (Some(edition), Some(other)) = (a.edition, b.edition) else { return Likeness::Unknown };
    if edition != other {
        return Likeness::Different { figures: Form::of(edition).cells.len(), first: None };
    }
    let (mut common, mut differ, mut first) = (0, 0, None);
    for cell in 0..Form::of(edition).cells.len() {
        let (Some(x), Some(y)) = (a.figures.get(cell), b.figures.get(cell)) else { continue };
        common += 1;
        if x != y {
            differ += 1;
            first = first.or(Some(cell));
        }
    }
    match (common, differ) {
        (0, _) => Likeness::Unknown,
        (_, 0) => Likeness::Same,
        _ => Likeness::Different { figures: differ, first },
    }
}

/// Tells of every report that is not the one that counts.
pub(super) fn told(summaries: &[Summary], lives: &[Life], out: &mut Linked) {
    let mut placed = vec![false; summaries.len()];
    for life in lives {
        for year in &life.years {
            let chosen = year.chosen();
            year.reports.iter().for_each(|i| placed[*i] = true);
            for report in &year.reports[1..] {
                compare(summaries, life.certainty, *report, chosen, out);
            }
        }
    }
    // Without an issuer or a year only the very same bytes are the same report.
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    let mut open: Vec<usize> = (0..summaries.len()).filter(|i| !placed[*i]).collect();
    open.sort_by_key(|i| &summaries[*i].path);
    for report in open {
        let known = *first.entry(summaries[report].content).or_insert(report);
        if known != report {
            out.judge(report, Some(known), Verdict::of(&CHN_REPEATED, Outcome::Violated));
        }
    }
}

fn compare(summaries: &[Summary], certainty: Certainty, report: usize, chosen: usize, out: &mut Linked) {
    let verdict = match (likeness(summaries, chosen, report), certainty) {
        (Likeness::Same, _) => {
            out.judge(report, Some(chosen), Verdict::of(&CHN_RESTATED, Outcome::Satisfied));
            Verdict::of(&CHN_REPEATED, Outcome::Violated)
        }
        (Likeness::Different { .. }, Certainty::Resolved) if breaks_sums(summaries, chosen, report) => {
            Verdict::of(&CHN_RESTATED, Outcome::NotAssessable)
        }
        (Likeness::Different { figures, first }, Certainty::Resolved) => Verdict {
            count: figures.to_string(),
            ..first
                .map_or_else(|| editions(summaries, chosen, report), |cell| differing(summaries, chosen, report, cell))
        },
        (Likeness::Different { .. } | Likeness::Unknown, _) => Verdict::of(&CHN_RESTATED, Outcome::NotAssessable),
    };
    out.judge(report, Some(chosen), verdict);
}

/// Whether a figure in which two reports differ breaks a sum of its table: it may be misread, and says nothing.
fn breaks_sums(summaries: &[Summary], a: usize, b: usize) -> bool {
    let (a, b) = (&summaries[a], &summaries[b]);
    let Some(edition) = a.edition.filter(|e| b.edition == Some(*e)) else { return false };
    let differs = |cell: usize| a.figures.get(cell) != b.figures.get(cell);
    let broken = |s: &Summary, tie: &Tie| matches!(assess(tie, |cell| s.figures.get(cell)), Assessment::Broken(_));
    let touched = ties(edition).iter().filter(|tie| tie.cells.iter().any(|(cell, _)| differs(*cell)));
    touched.into_iter().any(|tie| broken(a, tie) || broken(b, tie))
}

fn differing(summaries: &[Summary], chosen: usize, report: usize, cell: usize) -> Verdict {
    let term = summaries[chosen].edition.map(|e| Form::of(e).cells[cell]);
    let place = term.map_or_else(Place::default, |t| Place {
        table: Some(t.table.key()),
        row: Some(t.row),
        column: Some(t.column),
    });
    Verdict {
        place,
        expected: summaries[chosen].figures.get(cell).map(plain),
        found: summaries[report].figures.get(cell).map(plain),
        ..Verdict::of(&CHN_RESTATED, Outcome::Violated)
    }
}

fn editions(summaries: &[Summary], chosen: usize, report: usize) -> Verdict {
    let edition = |i: usize| summaries[i].edition.map(|e| e.key().to_owned());
    Verdict {
        subject: Some("edition"),
        expected: edition(chosen),
        found: edition(report),
        ..Verdict::of(&CHN_RESTATED, Outcome::Violated)
    }
}
