//! A government's report against those of the organs and divisions below it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::identity::{Certainty, Life};
use super::{Summary, Verdict};
use crate::check::Outcome;
use crate::terms::rules::SUM_CHILDREN;
use crate::terms::{Form, Table};

/// The figures that a report which sums up adds up.
const SUMMED: [(Table, &str); 7] = [
    (Table::Requests, "received"),
    (Table::Requests, "carried_in"),
    (Table::Requests, "concluded_total"),
    (Table::Requests, "carried_out"),
    (Table::Disputes, "review"),
    (Table::Disputes, "litigation_direct"),
    (Table::Disputes, "litigation_after_review"),
];

/// Lengths of division codes: province, prefecture, county, town, village.
const LENGTHS: [usize; 5] = [2, 4, 6, 9, 12];

/// Where a lower report is summed up: the division of the next government above that the corpus has in any year.
fn above<'a>(governments: &FxHashSet<&str>, summary: &'a Summary) -> Option<&'a str> {
    let code = summary.identity.division.as_deref()?;
    let longest = if summary.identity.is_government { code.len().checked_sub(1)? } else { code.len() };
    let ends = LENGTHS.into_iter().rev().filter(|end| *end <= longest);
    ends.filter_map(|end| code.get(..end)).find(|prefix| governments.contains(prefix))
}

/// What is below one government.
#[derive(Default)]
struct Below {
    /// Issuers below it that have a report of any year.
    issuers: usize,
    /// The reports of each year.
    reports: FxHashMap<i16, Vec<usize>>,
}

/// Compares every government with what is below it; missing reports only make the sum smaller.
pub(super) fn compare(summaries: &[Summary], lives: &[Life]) -> Vec<(usize, Verdict)> {
    let resolved = || lives.iter().filter(|l| l.certainty == Certainty::Resolved && l.is_sound());
    let first = |life: &Life| &summaries[life.years[0].chosen()];
    let governments: FxHashSet<&str> = resolved()
        .map(first)
        .filter(|s| s.identity.is_government)
        .filter_map(|s| s.identity.division.as_deref())
        .collect();
    let mut below: FxHashMap<&str, Below> = FxHashMap::default();
    for life in resolved() {
        let Some(parent) = above(&governments, first(life)) else { continue };
        let entry = below.entry(parent).or_default();
        entry.issuers += 1;
        for year in &life.years {
            entry.reports.entry(year.year).or_default().push(year.chosen());
        }
    }
    let mut out = Vec::new();
    for life in resolved().filter(|l| first(l).identity.is_government) {
        let code = first(life).identity.division.as_deref().unwrap_or("");
        let Some(lower) = below.get(code) else { continue };
        for year in &life.years {
            let reports = lower.reports.get(&year.year).map_or(&[][..], Vec::as_slice);
            out.extend(judged(summaries, year.chosen(), reports, lower.issuers).map(|v| (year.chosen(), v)));
        }
    }
    out
}

fn judged<'a>(
    summaries: &'a [Summary],
    report: usize,
    lower: &'a [usize],
    issuers: usize,
) -> impl Iterator<Item = Verdict> + 'a {
    let figure = |i: usize, table, row| {
        let form = Form::of(summaries[i].editions?);
        summaries[i].figures.get(form.cell(table, row, "total")?)
    };
    let form = summaries[report].editions.map(Form::of);
    // A report that is below its lower ones in every figure does not sum them up: that is no fault.
    let sums_up = SUMMED.into_iter().any(|(table, row)| {
        let sum: f64 = lower.iter().filter_map(|i| figure(*i, table, row)).sum();
        sum > 0.0 && figure(report, table, row).is_some_and(|own| own >= sum)
    });
    SUMMED.into_iter().filter_map(move |(table, row)| {
        let term = form.and_then(|f| Some(&f.cells[f.cell(table, row, "total")?]))?;
        let known: Vec<f64> = lower.iter().filter_map(|i| figure(*i, table, row)).collect();
        let sum: f64 = known.iter().sum();
        let count = format!("{}/{issuers}", known.len());
        // Without any lower figure there is nothing to be below of.
        let compared = (!known.is_empty()).then_some(sum).zip(figure(report, table, row));
        let holds = compared.is_some_and(|(sum, own)| own >= sum);
        let verdict = Verdict::on_cell(&SUM_CHILDREN, term, compared, holds);
        let outcome = match verdict.outcome {
            _ if known.is_empty() => Outcome::NotApplicable,
            Outcome::Violated if !sums_up => Outcome::NotAssessable,
            outcome => outcome,
        };
        Some(Verdict { count, outcome, ..verdict })
    })
}
