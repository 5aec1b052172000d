//! Rates of a report with their numerators, denominators and intervals.

use std::sync::LazyLock;

use super::Tally;
use crate::ledger::{Settled, Status};
use crate::terms::{Count, Editions, Form, Group, Part, RATES, Rate, Role, Section, Table};

/// A rate, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indicator {
    /// The numerator, where every figure of it is known.
    pub numerator: Option<f64>,
    /// The denominator, where every figure of it is known.
    pub denominator: Option<f64>,
    /// The rate, or the code of the reason why there is none.
    pub rate: Result<f64, &'static str>,
    /// The ends of its interval, where it is a proportion.
    pub interval: Option<(f64, f64)>,
}

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The Wilson 95 % interval of a share of `n` (E. B. Wilson, JASA 22, 1927).
///
/// ```
/// let (low, high) = gxbg::check::wilson(1.0, 10.0);
/// assert!((low - 0.0179).abs() < 1e-4 && (high - 0.4042).abs() < 1e-4);
/// ```
pub fn wilson(numerator: f64, n: f64) -> (f64, f64) {
    let p = numerator / n;
    let z2 = Z * Z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// A part of a sum on a form: cells that are added up or taken away, or a count.
#[derive(Debug)]
enum Placed {
    /// Their positions, each with its sign. None where the form has no such cell.
    Cells(Option<Vec<(usize, f64)>>),
    Count(Count),
}

/// The sums above and below the line of every rate.
type Sums = Vec<[Vec<Placed>; 2]>;

/// The rates on a form, or on none.
fn placed(editions: Option<Editions>) -> &'static Sums {
    static PLACED: LazyLock<Vec<Sums>> = LazyLock::new(|| {
        let forms = [None].into_iter().chain(Editions::ALL.map(|e| Some(Form::of(e))));
        let sum = |form, parts: &[Part]| parts.iter().map(|part| place(form, *part)).collect();
        forms.map(|form| RATES.iter().map(|r| [sum(form, r.numerator), sum(form, r.denominator)]).collect()).collect()
    });
    &PLACED[editions.map_or(0, |e| 1 + e.index())]
}

fn place(form: Option<&Form>, part: Part) -> Placed {
    let cell = |table, row: &str, column: &str, sign: f64| Some(vec![(form?.cell(table, row, column)?, sign)]);
    match part {
        Part::Cell(table, row, column) => Placed::Cells(cell(table, row, column, 1.0)),
        Part::Less(table, row, column) => Placed::Cells(cell(table, row, column, -1.0)),
        Part::Group(group) => Placed::Cells(form.and_then(|form| {
            let rows = form.lines.iter().filter(|l| l.role == Role::Outcome && is_of(l.group, l.rows[0], group));
            rows.map(|l| Some((form.cell(Table::Requests, l.rows[0], "total")?, 1.0))).collect()
        })),
        Part::Count(count) => Placed::Count(count),
    }
}

/// The rates of a report, in the order of [`RATES`]. Only sound figures take part.
pub fn indicators(settled: &Settled, tally: &Tally) -> Vec<Indicator> {
    let sum = |parts: &[Placed]| parts.iter().map(|part| figure(settled, tally, part)).sum::<Option<f64>>();
    let sums = placed(settled.report.editions);
    RATES.iter().zip(sums).map(|(rate, [above, below])| indicator(rate, sum(above), sum(below))).collect()
}

fn figure(settled: &Settled, tally: &Tally, part: &Placed) -> Option<f64> {
    let cell = |(at, sign): &(usize, f64)| {
        let c = &settled.cells[*at];
        c.value.filter(|_| c.status.is_sound()).map(|v| v * sign)
    };
    match part {
        Placed::Cells(cells) => cells.as_ref()?.iter().map(cell).sum(),
        Placed::Count(count) => counted(settled, tally, *count).map(|n| n as f64),
    }
}

/// Whether a row belongs to a group; in the edition of 2019 other outcomes are one row and no group.
fn is_of(group: Option<Group>, row: &str, wanted: Group) -> bool {
    group == Some(wanted) || (wanted == Group::Other && row == "other")
}

fn counted(settled: &Settled, tally: &Tally, count: Count) -> Option<usize> {
    // Without an edition nobody knows which cells there should be.
    let cells = || settled.report.editions.map(|_| &settled.cells);
    let present = |section| settled.report.sections.iter().any(|found| found.section == section);
    match count {
        Count::Cells => cells().map(Vec::len),
        Count::CellsEmpty => {
            let is_empty = |s: Status| matches!(s, Status::Blank | Status::Missing | Status::Inferred);
            // A total that the ties give was published as an empty cell all the same.
            cells().map(|c| c.iter().filter(|c| is_empty(c.status)).count())
        }
        Count::Ties => Some(tally.satisfied + tally.violated),
        Count::TiesViolated => Some(tally.violated),
        Count::Sections => Some(Section::ALL.len()),
        Count::SectionsPresent => Some(Section::ALL.into_iter().filter(|s| present(*s)).count()),
    }
}

fn indicator(term: &Rate, numerator: Option<f64>, denominator: Option<f64>) -> Indicator {
    let rate = match (numerator, denominator) {
        (None, _) => Err("numerator_unknown"),
        (_, None) => Err("denominator_unknown"),
        (_, Some(0.0)) => Err("denominator_zero"),
        (_, Some(d)) if d < 0.0 => Err("denominator_negative"),
        (Some(n), Some(d)) if term.is_proportion && n > d => Err("numerator_above_denominator"),
        (Some(n), Some(d)) => Ok(n / d),
    };
    let interval = rate.ok().and(numerator.zip(denominator)).filter(|_| term.is_proportion).map(|(n, d)| wilson(n, d));
    Indicator { numerator, denominator, rate, interval }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(key: &str) -> &'static Rate {
        RATES.iter().find(|r| r.key == key).unwrap()
    }

    #[test]
    fn a_rate_or_the_reason_why_there_is_none() {
        for (key, numerator, denominator, wanted) in [
            ("denial_rate", Some(1.0), Some(4.0), Ok(0.25)),
            ("denial_rate", None, Some(4.0), Err("numerator_unknown")),
            ("denial_rate", Some(1.0), None, Err("denominator_unknown")),
            ("denial_rate", Some(0.0), Some(0.0), Err("denominator_zero")),
            ("denial_rate", Some(5.0), Some(4.0), Err("numerator_above_denominator")),
            ("correction_rate", Some(0.0), Some(-1.0), Err("denominator_negative")),
            ("dispute_rate", Some(5.0), Some(4.0), Ok(1.25)),
        ] {
            let found = indicator(rate(key), numerator, denominator);
            assert_eq!(found.rate, wanted, "{key} {numerator:?} {denominator:?}");
            assert_eq!(found.interval.is_some(), wanted.is_ok() && key != "dispute_rate");
        }
    }

    #[test]
    fn an_interval_holds_its_rate() {
        for n in 1..60 {
            for k in 0..=n {
                let (low, high) = wilson(f64::from(k), f64::from(n));
                let p = f64::from(k) / f64::from(n);
                assert!(0.0 <= low && low <= p + 1e-12 && p <= high + 1e-12 && high <= 1.0, "{k} of {n}");
            }
        }
    }
}
