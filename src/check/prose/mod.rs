//! The text against the tables: every claim of the prose is held against the cells that it speaks of.
//!
//! Only claims on the year of the report and on all of the issuer's work are held against the tables; the others are
//! told as not applicable. A figure under doubt contradicts nobody: then the rule is not assessable.

mod balance;
mod claims;
mod share;

use crate::ledger::{Settled, Status};
use crate::report::{Notation, Period, Standing, Statement};
use crate::terms::Form;
use crate::terms::rules::{self, Rule};
use crate::terms::statements::{Metric, Qualifier};

use super::{Checked, Finding, Outcome, Place, plain};
use claims::{Claim, Sum, claim_of, positions, words};

pub(super) fn check(settled: &Settled, text: &str, out: &mut Checked) {
    let statements = &settled.report.statements;
    balance::check(statements, out);
    let Some(edition) = settled.report.edition else { return };
    let tables = Tables { form: Form::of(edition), settled };
    for statement in statements {
        let Some(metric) = statement.metric else { continue };
        if let Some(claim) = claim_of(metric) {
            let rule = rule(&claim, statement);
            let (outcome, expected) = tables.hold(&claim, statement, statements);
            tell(out, rule, outcome, tables.place(&claim), statement, expected);
        } else if metric == Metric::Share {
            share::check(&tables, statement, statements, text, out);
        }
    }
}

/// The rule that a claim falls under; that nothing was received is one of its own.
fn rule(claim: &Claim, statement: &Statement) -> &'static Rule {
    let none = statement.notation == Notation::Words && statement.metric == Some(Metric::Received);
    if none { &rules::TXT_NONE } else { claim.rule }
}

fn tell(
    out: &mut Checked,
    rule: &'static Rule,
    outcome: Outcome,
    place: Place,
    statement: &Statement,
    expected: Option<String>,
) {
    if outcome == Outcome::Satisfied {
        out.count(outcome);
        return;
    }
    out.sentences.push((out.findings.len(), statement.phrase));
    let found = Some(plain(statement.number));
    out.tell(Finding { rule, policy: None, outcome, place, subject: None, expected, found });
}

/// Whether a statement speaks of the whole of the issuer's work in the year of the report.
fn is_of_the_report(statement: &Statement, all: &[Statement]) -> bool {
    let whole = match statement.standing {
        Standing::Whole => true,
        Standing::Part(of) => all.get(of).is_none_or(|w| w.metric != statement.metric),
        Standing::Share(_) => true,
        Standing::Change | Standing::Narrow => false,
    };
    whole && statement.period == Period::Reported && statement.qualifier != Some(Qualifier::About)
}

/// Whether a number that is limited so can be said of a figure.
fn fits(number: f64, qualifier: Option<Qualifier>, figure: f64) -> bool {
    match qualifier {
        None | Some(Qualifier::About) => number == figure,
        Some(Qualifier::Over | Qualifier::AtLeast) => figure >= number,
        Some(Qualifier::Nearly | Qualifier::AtMost) => figure <= number,
        Some(Qualifier::Below) => figure < number,
    }
}

/// The figures of the tables.
#[derive(Debug, Clone, Copy)]
struct Tables<'a> {
    form: &'static Form,
    settled: &'a Settled,
}

/// What a sum of cells comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Figure {
    /// Every cell has a figure beyond doubt.
    Known(f64),
    /// Some are empty: what the others come to.
    Partly(f64),
    /// Some are unread or under doubt, or the form has none of them.
    Unknown,
}

impl Tables<'_> {
    /// What a sum comes to; none where the form has none of its cells.
    fn figure(&self, sum: &Sum) -> Option<Figure> {
        let plus = || positions(self.form, sum.plus);
        let minus = || positions(self.form, sum.minus);
        if plus().next().is_none() || (!sum.minus.is_empty() && minus().next().is_none()) {
            return None;
        }
        let signed = plus().map(|c| (c, 1.0)).chain(minus().map(|c| (c, -1.0)));
        let mut total = 0.0;
        let mut empty = false;
        for (cell, sign) in signed {
            let cell = self.settled.cells.get(cell)?;
            match (cell.status, cell.value) {
                (Status::Reported | Status::Repaired, Some(value)) => total += sign * value,
                (Status::Blank | Status::Missing | Status::Inferred, _) => empty = true,
                _ => return Some(Figure::Unknown),
            }
        }
        Some(if empty { Figure::Partly(total) } else { Figure::Known(total) })
    }

    /// The outcome of a claim, and what the tables say where it is violated.
    fn hold(&self, claim: &Claim, statement: &Statement, all: &[Statement]) -> (Outcome, Option<String>) {
        if !is_of_the_report(statement, all) {
            return (Outcome::NotApplicable, None);
        }
        let figures: Vec<(&Sum, Figure)> = claim.sums.iter().filter_map(|s| Some((s, self.figure(s)?))).collect();
        if figures.is_empty() {
            return (Outcome::NotApplicable, None);
        }
        let fits = |v: f64| fits(statement.number, statement.qualifier, v);
        let known = |f: &Figure| if let Figure::Known(v) = f { Some(*v) } else { None };
        if figures.iter().any(|(_, f)| known(f).is_some_and(fits)) {
            return (Outcome::Satisfied, None);
        }
        // An empty cell may be a zero, or a figure: it contradicts only what is below its neighbours' sum.
        let open = figures.iter().enumerate().any(|(i, (_, f))| match f {
            Figure::Known(_) => false,
            Figure::Partly(v) => i == 0 || fits(*v),
            Figure::Unknown => true,
        });
        if open {
            return (Outcome::NotAssessable, None);
        }
        let told = figures.iter().filter_map(|(s, f)| Some(format!("{} = {}", words(s), plain(known(f)?))));
        (Outcome::Violated, Some(distinct(told)))
    }

    /// The cell that a claim is about; where it is a sum, the column and what is common to the rows.
    fn place(&self, claim: &Claim) -> Place {
        let Some((table, rows, columns)) = claim.sums.first().and_then(|s| s.plus.first()) else {
            return Place::default();
        };
        let only = |names: &'static [&'static str]| if let [one] = names { Some(*one) } else { None };
        Place { table: Some(table.key()), row: only(rows), column: only(columns) }
    }
}

/// The first two of some sums, in words.
fn distinct(told: impl Iterator<Item = String>) -> String {
    told.take(2).collect::<Vec<_>>().join("; ")
}
