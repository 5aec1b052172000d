//! Rates of a report with their numerators, denominators and intervals.

use crate::ledger::Settled;
use crate::terms::{Form, Group, Role, Table};

/// A rate, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indicator {
    /// The numerator, where every figure of it is known.
    pub numerator: Option<f64>,
    /// The denominator, where every figure of it is known.
    pub denominator: Option<f64>,
    /// The rate with the ends of its interval, or the code of the reason why there is none.
    pub rate: Result<(f64, f64, f64), &'static str>,
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

/// The rates of a report, in the order of [`crate::schema::RATES`].
pub fn indicators(settled: &Settled) -> Vec<Indicator> {
    let Some(edition) = settled.report.edition else {
        return vec![rate(None, None); 7];
    };
    let form = Form::of(edition);
    let cell = |row: &str, column: &str| {
        let c = &settled.cells[form.cell(Table::Requests, row, column)?];
        c.value.filter(|_| c.status.is_sound())
    };
    let total = |row: &str| cell(row, "total");
    let group = |wanted: Group| -> Option<f64> {
        form.lines
            .iter()
            .filter(|l| {
                l.role == Role::Outcome && (l.group == Some(wanted) || (wanted == Group::Other && l.rows[0] == "other"))
            })
            .map(|l| total(l.rows[0]))
            .sum()
    };
    let add = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a + b);
    let concluded = total("concluded_total");
    vec![
        rate(add(total("granted"), total("partly_granted")), concluded),
        rate(group(Group::Denied), concluded),
        rate(group(Group::Unable), concluded),
        rate(group(Group::Rejected), concluded),
        rate(group(Group::Other), concluded),
        rate(total("carried_out"), add(total("received"), total("carried_in"))),
        rate(cell("received", "natural_person"), total("received")),
    ]
}

fn rate(numerator: Option<f64>, denominator: Option<f64>) -> Indicator {
    let rate = match (numerator, denominator) {
        (None, _) => Err("numerator_unknown"),
        (_, None) => Err("denominator_unknown"),
        (_, Some(0.0)) => Err("denominator_zero"),
        (Some(n), Some(d)) if n > d => Err("numerator_above_denominator"),
        (Some(n), Some(d)) => {
            let (low, high) = wilson(n, d);
            Ok((n / d, low, high))
        }
    };
    Indicator { numerator, denominator, rate }
}
