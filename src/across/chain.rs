//! A report and that of the year before.

use std::sync::LazyLock;

use super::copying::Copied;
use super::identity::Life;
use super::{Summary, Verdict};
use crate::check::Outcome;
use crate::terms::rules::{CHN_CARRY, CHN_COPY, CHN_ITEMS, CHN_PENDING, CHN_STOCK, UNIT_YUAN};
use crate::terms::{CellTerm, Edition, Editions, Form, Measure, Section, Table};

/// Figures that must agree before they are called copied.
const FEWEST_FIGURES: usize = 3;
/// Digits that these must have in all: small numbers agree by chance.
const FEWEST_DIGITS: u32 = 6;
/// The share of a section's own words from which it is called copied.
pub(super) const COPIED: f64 = 0.9;
/// How many times last year's amount is taken for another unit: 10,000 times, and what a year may change.
const YUAN: std::ops::RangeInclusive<f64> = 2_000.0..=50_000.0;
/// The larger of two amounts that differ in their unit, at least: 100 yuan in yuan.
const LEAST_YUAN: f64 = 100.0;

/// A report, that of the year before, and a verdict on the two.
type Compared = (usize, usize, Verdict);

/// Two reports with their forms.
struct Step<'a> {
    before: &'a Summary,
    after: &'a Summary,
    earlier: &'static Form,
    form: &'static Form,
}

impl Step<'_> {
    /// The figure of the year before.
    fn last(&self, table: Table, row: &str, column: &str) -> Option<f64> {
        self.before.figures.get(self.earlier.cell(table, row, column)?)
    }

    /// The figure of the year.
    fn now(&self, term: &CellTerm) -> Option<f64> {
        self.after.figures.get(self.form.cell(term.table, term.row, term.column)?)
    }

    /// Whether the proactive tables of both years are of an edition.
    fn is_of(&self, edition: Edition) -> bool {
        [self.form, self.earlier].iter().all(|f| f.editions.proactive == edition)
    }

    fn terms(&self, table: Table, row: Option<&str>, column: Option<&str>) -> Vec<&'static CellTerm> {
        let wanted =
            |t: &&CellTerm| t.table == table && row.is_none_or(|r| r == t.row) && column.is_none_or(|c| c == t.column);
        self.form.cells.iter().filter(wanted).collect()
    }
}

/// Compares each report of an issuer with that of the year before.
pub(super) fn compare(summaries: &[Summary], life: &Life) -> Vec<Compared> {
    let mut out = Vec::new();
    for (before, after) in life.steps() {
        let (b, a) = (&summaries[before], &summaries[after]);
        let (Some(earlier), Some(editions)) = (b.editions, a.editions) else { continue };
        let step = Step { before: b, after: a, earlier: Form::of(earlier), form: Form::of(editions) };
        let verdicts = [carry(&step), stock(&step), items(&step), pending(&step), amounts(&step)];
        out.extend(verdicts.into_iter().flatten().chain([copied_figures(&step)]).map(|v| (after, before, v)));
    }
    out
}

fn carry(step: &Step<'_>) -> Vec<Verdict> {
    let terms = step.terms(Table::Requests, Some("carried_in"), None);
    let judged = terms.into_iter().map(|t| {
        let compared = step.last(Table::Requests, "carried_out", t.column).zip(step.now(t));
        Verdict::on_cell(&CHN_CARRY, t, compared, compared.is_some_and(|(e, f)| e == f))
    });
    judged.collect()
}

fn stock(step: &Step<'_>) -> Vec<Verdict> {
    if !step.is_of(Edition::Of2021) {
        return Vec::new();
    }
    let judged = step.terms(Table::Proactive, None, Some("in_force")).into_iter().map(|t| {
        let now = |column| step.form.cell(t.table, t.row, column).and_then(|c| step.after.figures.get(c));
        let due = || Some(step.last(t.table, t.row, "in_force")? + now("issued")? - now("repealed")?);
        let compared = due().zip(step.now(t));
        Verdict::on_cell(&CHN_STOCK, t, compared, compared.is_some_and(|(e, f)| e == f))
    });
    judged.collect()
}

fn items(step: &Step<'_>) -> Vec<Verdict> {
    if !step.is_of(Edition::Of2019) {
        return Vec::new();
    }
    let judged = step.terms(Table::Proactive, None, Some("items_last_year")).into_iter().map(|t| {
        let last = |column| step.last(t.table, t.row, column);
        let due = || Some(last("items_last_year")? + last("items_change")?);
        let compared = due().zip(step.now(t));
        Verdict::on_cell(&CHN_ITEMS, t, compared, compared.is_some_and(|(e, f)| e == f))
    });
    judged.collect()
}

fn pending(step: &Step<'_>) -> Vec<Verdict> {
    let judged = step.terms(Table::Disputes, None, Some("total")).into_iter().map(|t| {
        let compared = step.last(t.table, t.row, "pending").zip(step.now(t));
        Verdict::on_cell(&CHN_PENDING, t, compared, compared.is_some_and(|(left, all)| left <= 0.0 || all > 0.0))
    });
    judged.collect()
}

fn amounts(step: &Step<'_>) -> Vec<Verdict> {
    let of_both = |t: &&CellTerm| t.measure == Measure::Money && step.earlier.cell(t.table, t.row, t.column).is_some();
    let judged = step.form.cells.iter().filter(of_both).map(|t| {
        let compared = step.last(t.table, t.row, t.column).zip(step.now(t));
        let is_odd = |(a, b): (f64, f64)| {
            let (small, large) = if a < b { (a, b) } else { (b, a) };
            small > 0.0 && large >= LEAST_YUAN && YUAN.contains(&(large / small))
        };
        Verdict::on_cell(&UNIT_YUAN, t, compared, compared.is_some_and(|c| !is_odd(c)))
    });
    judged.collect()
}

/// Cells of a form that are no sums of others and no stocks: for each form the year before, the pairs of positions
/// (there, here).
fn own_cells(earlier: Editions, editions: Editions) -> &'static [(usize, usize)] {
    static PAIRS: LazyLock<Vec<Vec<(usize, usize)>>> = LazyLock::new(|| {
        let all = Editions::ALL.into_iter().flat_map(|earlier| Editions::ALL.map(|editions| (earlier, editions)));
        all.map(|(earlier, editions)| pairs(Form::of(earlier), Form::of(editions))).collect()
    });
    PAIRS.get(earlier.index() * Editions::ALL.len() + editions.index()).map_or(&[], Vec::as_slice)
}

fn pairs(earlier: &Form, form: &Form) -> Vec<(usize, usize)> {
    let own = form.cells.iter().enumerate().filter(|(_, t)| {
        !matches!(t.column, "total" | "in_force" | "disclosed_total" | "items_last_year") && t.row != "concluded_total"
    });
    own.filter_map(|(here, t)| Some((earlier.cell(t.table, t.row, t.column)?, here))).collect()
}

/// Whether the figures are those of the year before.
fn copied_figures(step: &Step<'_>) -> Verdict {
    let (mut same, mut digits, mut unknown) = (0, 0, 0);
    for (there, here) in own_cells(step.earlier.editions, step.form.editions) {
        match (step.before.figures.get(*there), step.after.figures.get(*here)) {
            (Some(0.0), Some(0.0)) | (None, None) => {}
            (Some(a), Some(b)) if a == b => {
                same += 1;
                digits += (b.abs().max(1.0).log10().floor() as u32) + 1;
            }
            // One figure of its own is enough.
            (Some(_), Some(_)) => {
                return Verdict { subject: Some("figures"), ..Verdict::of(&CHN_COPY, Outcome::Satisfied) };
            }
            (Some(x), None) | (None, Some(x)) => unknown += usize::from(x != 0.0),
        }
    }
    let enough = same >= FEWEST_FIGURES && digits >= FEWEST_DIGITS;
    let outcome = match (enough, unknown) {
        (true, 0) => Outcome::Violated,
        (false, 0) => Outcome::NotApplicable,
        _ => Outcome::NotAssessable,
    };
    Verdict { subject: Some("figures"), found: Some(format!("{same}/{same}")), ..Verdict::of(&CHN_COPY, outcome) }
}

/// Whether the prose of a section is that of the year before.
pub(super) fn copied_prose(summaries: &[Summary], lives: &[Life], copied: &[[Option<Copied>; 6]]) -> Vec<Compared> {
    let mut out = Vec::new();
    for (before, after) in lives.iter().filter(|l| l.is_sound()).flat_map(Life::steps) {
        debug_assert!(summaries[before].identity.key == summaries[after].identity.key, "a life has one key");
        for (section, found) in Section::ALL.into_iter().zip(&copied[after]) {
            let Some(share) = found.as_ref().and_then(|c| c.last_year) else { continue };
            let outcome = if share >= COPIED { Outcome::Violated } else { Outcome::Satisfied };
            let found = Some(format!("{:.0} %", 100.0 * share));
            out.push((
                after,
                before,
                Verdict { subject: Some(section.key()), found, ..Verdict::of(&CHN_COPY, outcome) },
            ));
        }
    }
    out
}
