//! The ties of the form under both policies, and how numbers are written.

use crate::ledger::{Assessment, Cell, Law, Settled, Status, Tie, assess, ties};
use crate::report::{Content, Writing};
use crate::terms::rules::{self, Rule};
use crate::terms::{CellTerm, Form, Measure, Table};

use super::form::told;
use super::{Checked, Finding, Outcome, Place, Policy, plain, published};

/// The rule that states a law.
fn rule(law: Law) -> &'static Rule {
    match law {
        Law::Balance => &rules::REQ_BALANCE,
        Law::Outcomes => &rules::REQ_OUTCOMES,
        Law::Applicants => &rules::REQ_APPLICANTS,
        Law::Disputes => &rules::DSP_TOTAL,
    }
}

/// The two sides of a tie: what adds up, and what it is held against.
fn sides(tie: &Tie, figure: impl Fn(usize) -> Option<f64>) -> (f64, f64) {
    tie.cells.iter().fold((0.0, 0.0), |(plus, minus), (c, s)| {
        let v = figure(*c).unwrap_or(0.0);
        if *s > 0 { (plus + v, minus) } else { (plus, minus + v) }
    })
}

pub(super) fn check(form: &Form, settled: &Settled, text: &str, out: &mut Checked) {
    let cells = &settled.cells;
    let strict = |c: usize| published(&cells[c]);
    let lenient = |c: usize| match cells[c].status {
        // Only a cell that is there and empty can be zero.
        Status::Blank | Status::Inferred => Some(0.0),
        _ => published(&cells[c]),
    };
    for tie in ties(form.editions) {
        let place = Place { table: Some(tie.table.key()), row: tie.row, column: tie.column };
        let finding = |policy, outcome, (expected, found): (f64, f64)| Finding {
            rule: rule(tie.law),
            policy: Some(policy),
            outcome,
            place,
            subject: tie.row.or(tie.column),
            expected: (outcome == Outcome::Violated).then(|| plain(expected)),
            found: (outcome == Outcome::Violated).then(|| plain(found)),
        };
        match assess(tie, strict) {
            Assessment::Holds => out.count(Outcome::Satisfied),
            Assessment::Broken(_) => out.tell(finding(Policy::Strict, Outcome::Violated, sides(tie, strict))),
            Assessment::Open => {
                out.tell(finding(Policy::Strict, Outcome::NotAssessable, (0.0, 0.0)));
                if let Assessment::Broken(_) = assess(tie, lenient) {
                    out.findings.push(finding(Policy::BlankIsZero, Outcome::Violated, sides(tie, lenient)));
                }
            }
        }
    }
    stock(form, cells, out);
    for (cell, term) in cells.iter().zip(&form.cells) {
        written(cell, term, text, out);
    }
    for c in &settled.report.converted {
        let (Some(cell), Some(term)) = (cells.get(c.cell), form.cells.get(c.cell)) else { continue };
        let mut finding = told(&rules::UNIT_READ, Outcome::Violated, cell.written.number().map(plain), None);
        finding.found = Some(format!("{}{}", plain(c.shown), c.unit.word));
        finding.place = Place { table: Some(term.table.key()), row: Some(term.row), column: Some(term.column) };
        out.tell(finding);
    }
}

/// A line of documents: what was issued is in force or was repealed.
fn stock(form: &Form, cells: &[Cell], out: &mut Checked) {
    // New ones, and the columns of which at least one must hold them.
    const STOCKS: [(&str, &[&str]); 2] =
        [("issued", &["in_force", "repealed"]), ("newly_disclosed", &["disclosed_total"])];
    for (i, line) in form.lines.iter().enumerate().filter(|(_, l)| l.table == Table::Proactive) {
        let figure = |key: &str| {
            let at = line.columns.iter().position(|c| c.key == key)?;
            Some(published(&cells[form.starts[i] + at]))
        };
        for (new, holders) in STOCKS {
            let Some(new_figure) = figure(new) else { continue };
            let held: Option<f64> = holders.iter().map(|h| figure(h).flatten()).sum();
            let place = Place { table: Some(line.table.key()), row: Some(line.rows[0]), column: Some(new) };
            let (outcome, expected, found) = match (new_figure, held) {
                (Some(n), Some(h)) if n <= h => {
                    out.count(Outcome::Satisfied);
                    continue;
                }
                (Some(n), Some(h)) => (Outcome::Violated, Some(plain(h)), Some(plain(n))),
                _ => (Outcome::NotAssessable, None, None),
            };
            out.tell(Finding {
                rule: &rules::PRO_STOCK,
                policy: Some(Policy::Strict),
                outcome,
                place,
                subject: Some(line.rows[0]),
                expected,
                found,
            });
        }
    }
}

/// How the number of one cell is written.
fn written(cell: &Cell, term: &CellTerm, text: &str, out: &mut Checked) {
    let place = Place { table: Some(term.table.key()), row: Some(term.row), column: Some(term.column) };
    let raw = || cell.written.span.map_or(String::new(), |s| shown(s.of(text)));
    let tell = |rule, expected: Option<String>| Finding {
        rule,
        policy: None,
        outcome: Outcome::Violated,
        place,
        subject: None,
        expected,
        found: Some(raw()),
    };
    match cell.written.content {
        Content::Missing | Content::Blank => {}
        Content::Unreadable => out.tell(tell(&rules::NUM_UNREAD, None)),
        Content::Number(value, writing) => {
            let (odd, expected) = match term.measure {
                Measure::Count => (value < 0.0 || value.fract() != 0.0, "a whole number not below zero"),
                Measure::Change => (value.fract() != 0.0, "a whole number"),
                Measure::Money => (value < 0.0, "an amount not below zero"),
            };
            if odd {
                out.tell(tell(&rules::NUM_WHOLE, Some(expected.to_owned())));
            } else {
                out.count(Outcome::Satisfied);
            }
            if writing != Writing::Plain {
                out.tell(tell(&rules::NUM_FORM, Some(plain(value))));
            }
        }
    }
}

/// Published characters for a message: short, on one line.
fn shown(raw: &str) -> String {
    let line: String = raw.chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    line.trim().to_owned()
}
