//! The text against the tables: every claim of the prose is held against the cells that it speaks of.
//!
//! A claim is held against the tables only if its frame is whole: it is told whose work it counts, what, with which
//! outcome and of which time. A claim of another year, of other organs or of a part of the work is told as not applicable;
//! one whose frame is open, or whose figures in the table are empty or not read with certainty, as not assessable, and the
//! open part is named. What fits no cell is tried with the sums that the form itself has; only if none of them fits either
//! is somebody contradicted.

mod balance;
mod claims;
mod message;
mod share;

use crate::ledger::{Assessment, Settled, Status, assess, ties};
use crate::report::{Notation, Period, Scope, Standing, Statement};
use crate::terms::Form;
use crate::terms::rules::{self, Rule};
use crate::terms::statements::{Metric, Part, Qualifier};

use super::{Checked, Finding, Outcome, Place, Sentence, plain};
use claims::{Claim, Sum, claim_of, positions, words};

pub(super) fn check(settled: &Settled, text: &str, out: &mut Checked) {
    let statements = &settled.report.statements;
    balance::check(statements, out);
    let Some(editions) = settled.report.editions else { return };
    let tables = Tables { form: Form::of(editions), settled };
    for statement in statements {
        let Some(metric) = statement.metric else { continue };
        if let Some(claim) = claim_of(metric) {
            let held = tables.hold(&claim, statement, statements);
            tell(out, rule(&claim, statement), &held, tables.place(&claim), statement, text);
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

/// What came of holding a claim against the tables.
#[derive(Debug, Clone, PartialEq)]
enum Held {
    /// It agrees.
    Agrees,
    /// It speaks of something else than the tables.
    Elsewhere,
    /// A part of it, or of the tables, is open.
    Open(Part),
    /// It is not what the cell has, but another sum of the form fits: what was compared, and what fits.
    Fits(Vec<Compared>, Compared),
    /// Nothing fits: what was compared.
    Contradicts(Vec<Compared>),
}

/// A sum in words, in English and in Chinese, with what it comes to.
type Compared = ([String; 2], String);

impl Held {
    fn outcome(&self) -> Outcome {
        match self {
            Held::Agrees => Outcome::Satisfied,
            Held::Elsewhere => Outcome::NotApplicable,
            Held::Open(_) | Held::Fits(..) => Outcome::NotAssessable,
            Held::Contradicts(_) => Outcome::Violated,
        }
    }
}

fn tell(out: &mut Checked, rule: &'static Rule, held: &Held, place: Place, statement: &Statement, text: &str) {
    let outcome = held.outcome();
    if outcome == Outcome::Satisfied {
        out.count(outcome);
        return;
    }
    let message = message::of(held, statement, text).map(Box::new);
    out.sentences.push(Sentence { finding: out.findings.len(), span: statement.phrase, message });
    let expected = match held {
        Held::Fits(told, _) | Held::Contradicts(told) => Some(message::listed(told)),
        _ => None,
    };
    let found = Some(plain(statement.number));
    out.tell(Finding { rule, policy: None, outcome, place, subject: None, expected, found });
}

/// Whether a statement speaks of the whole of the issuer's work in the year of the report.
fn is_of_the_report(statement: &Statement, all: &[Statement]) -> bool {
    is_of_the_issuer(statement, all) && open_part(statement).is_none()
}

/// Whether what a statement tells of its time and its organs is the time and the work that the tables count.
fn is_of_the_issuer(statement: &Statement, all: &[Statement]) -> bool {
    let whole = match statement.standing {
        Standing::Whole | Standing::Share(_) => true,
        Standing::Part(Some(of)) => all.get(of).is_none_or(|w| {
            // A part of what is not the issuer's is not either.
            w.metric != statement.metric
                && !matches!(w.scope, Scope::Own | Scope::Other)
                && w.period == statement.period
        }),
        Standing::Part(None) | Standing::Change | Standing::Narrow => false,
    };
    whole && !matches!(statement.period, Period::Year(_) | Period::Part | Period::Cumulative)
}

/// The part of the frame that is open, so that nothing can be told.
fn open_part(statement: &Statement) -> Option<Part> {
    match () {
        () if statement.scope == Scope::Open => Some(Part::Scope),
        () if statement.period == Period::Unclear => Some(Part::Period),
        () if statement.qualifier == Some(Qualifier::About) => Some(Part::Quantity),
        () => None,
    }
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
                // Only what the page shows for certain may contradict its text.
                (Status::Reported, Some(value)) => total += sign * value,
                (Status::Blank | Status::Missing | Status::Inferred, _) => empty = true,
                _ => return Some(Figure::Unknown),
            }
        }
        Some(if empty { Figure::Partly(total) } else { Figure::Known(total) })
    }

    /// What comes of a claim.
    fn hold(&self, claim: &Claim, statement: &Statement, all: &[Statement]) -> Held {
        if !is_of_the_issuer(statement, all) {
            return Held::Elsewhere;
        }
        let figures: Vec<(&Sum, Figure)> = claim.sums.iter().filter_map(|s| Some((s, self.figure(s)?))).collect();
        if figures.is_empty() {
            return Held::Elsewhere;
        }
        if let Some(part) = open_part(statement) {
            return Held::Open(part);
        }
        let fits = |f: &Figure| matches!(f, Figure::Known(v) if fits(statement.number, statement.qualifier, *v));
        if figures.iter().any(|(_, f)| fits(f)) {
            return Held::Agrees;
        }
        // An empty cell may be a zero, or a figure: nothing is contradicted.
        if figures.iter().any(|(_, f)| !matches!(f, Figure::Known(_))) {
            return Held::Open(Part::Table);
        }
        let told = || figures.iter().take(2).filter_map(|(s, f)| compared(s, f)).collect();
        let near = claim.near.iter().filter_map(|s| Some((s, self.figure(s)?)));
        if let Some(found) = near.into_iter().find(|(_, f)| fits(f)).and_then(|(s, f)| compared(s, &f)) {
            return Held::Fits(told(), found);
        }
        // Where the sums of the table do not hold, a figure may have been misread or misprinted there.
        if figures.iter().take(1).any(|(s, _)| !self.is_sound(s)) {
            return Held::Open(Part::Table);
        }
        Held::Contradicts(told())
    }

    /// Whether no tie is broken that a cell of a sum has part in.
    fn is_sound(&self, sum: &Sum) -> bool {
        let cells = &self.settled.cells;
        let value = |cell: usize| cells.get(cell).and_then(|c| c.value).or(Some(0.0));
        let mut touched = ties(self.form.editions).iter();
        let concerns =
            |cell: usize| positions(self.form, sum.plus).chain(positions(self.form, sum.minus)).any(|c| c == cell);
        !touched.any(|tie| {
            tie.cells.iter().any(|(cell, _)| concerns(*cell)) && matches!(assess(tie, value), Assessment::Broken(_))
        })
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

/// A sum whose figure is known, as it is told.
fn compared(sum: &Sum, figure: &Figure) -> Option<Compared> {
    match figure {
        Figure::Known(value) => Some((words(sum), plain(*value))),
        _ => None,
    }
}
