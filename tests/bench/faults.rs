//! Faults of one kind each, done to a consistent ledger, and what the diagnosis makes of them.

use super::dice::Dice;
use super::ledger::{Ledger, Scale};
use gxbg::check::{Checked, Finding, check};
use gxbg::ledger::{Cell, Settled, Status};
use gxbg::report::{CellRead, Content, Knowledge, LineRead, Masthead, Report, Writing, Written};
use gxbg::terms::rules::Family;
use gxbg::terms::{Edition, Form, Group, Role, Table};

/// What may go wrong between the register and the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// One figure is another: a digit replaced, dropped or added, or a miscount.
    Figure,
    /// Two neighbouring digits are exchanged.
    Transposed,
    /// A number stands in two cells.
    Split,
    /// A row stands one column off.
    Shift,
    /// A count stands in another column of its row, or in another row of its column.
    Misplaced,
    /// A total leaves out one of its parts, or counts it twice.
    Part,
    /// The subtotal of a group is counted into the total.
    Group,
    /// What is carried out is counted into the total.
    Carried,
    /// Totals are left empty.
    Empty,
    /// One figure is another, and the total of its row adds it up as it is.
    Followed,
    /// Two figures of the report are others.
    Two,
    /// Requests are counted under another outcome, and so are the totals of both rows.
    Unseen,
}

impl Fault {
    pub(crate) const ALL: [Fault; 12] = [
        Fault::Figure,
        Fault::Transposed,
        Fault::Split,
        Fault::Shift,
        Fault::Misplaced,
        Fault::Part,
        Fault::Group,
        Fault::Carried,
        Fault::Empty,
        Fault::Followed,
        Fault::Two,
        Fault::Unseen,
    ];

    /// What is done, in words.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Fault::Figure => "one figure wrong",
            Fault::Transposed => "digits exchanged",
            Fault::Split => "number split",
            Fault::Shift => "row one column off",
            Fault::Misplaced => "count in the wrong place",
            Fault::Part => "part doubled or left out",
            Fault::Group => "subtotal counted twice",
            Fault::Carried => "carried_out in the total",
            Fault::Empty => "totals left empty",
            Fault::Followed => "figure wrong, its total follows",
            Fault::Two => "two figures wrong",
            Fault::Unseen => "outcome in the wrong row, totals too",
        }
    }

    /// The diagnosis that names it.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Fault::Figure | Fault::Followed | Fault::Two => "DIA-REPAIR",
            Fault::Transposed => "DIA-TRANSPOSED",
            Fault::Split => "DIA-SPLIT",
            Fault::Shift => "DIA-SHIFT",
            Fault::Misplaced | Fault::Unseen => "DIA-MISPLACED",
            Fault::Part | Fault::Group => "DIA-DOUBLED",
            Fault::Carried => "DIA-CARRIED",
            Fault::Empty => "DIA-TOTAL",
        }
    }

    /// Does it to figures; none where they have nothing that it could happen to.
    fn commit(self, form: &Form, figures: &[f64], dice: &mut Dice) -> Option<Vec<Option<f64>>> {
        let mut out: Vec<Option<f64>> = figures.iter().copied().map(Some).collect();
        let pick = |cells: Vec<usize>, dice: &mut Dice| (!cells.is_empty()).then(|| cells[dice.below(cells.len())]);
        let tied: Vec<usize> = (0..figures.len()).filter(|c| form.cells[*c].table != Table::Proactive).collect();
        let lines = |roles: &[Role]| -> Vec<usize> {
            let fitting = form.lines.iter().enumerate().filter(|(_, l)| roles.contains(&l.role));
            fitting.map(|(i, _)| form.starts[i]).collect()
        };
        const REQUESTS: [Role; 5] =
            [Role::Received, Role::CarriedIn, Role::Outcome, Role::ConcludedTotal, Role::CarriedOut];
        match self {
            Fault::Figure => {
                let busy: Vec<usize> = tied.iter().copied().filter(|c| figures[*c] > 0.0).collect();
                let cell = pick(if dice.chance(0.3) { tied } else { busy }, dice)?;
                out[cell] = Some(another(figures[cell], dice));
            }
            Fault::Transposed => {
                let cell = pick(tied.into_iter().filter(|c| swapped(figures[*c], 0).is_some()).collect(), dice)?;
                let digits = figures[cell].to_string().len();
                let ways: Vec<f64> = (0..digits).filter_map(|at| swapped(figures[cell], at)).collect();
                out[cell] = Some(ways[dice.below(ways.len())]);
            }
            Fault::Split => {
                let starts = lines(&REQUESTS);
                let long = |start: &usize| (*start..start + 6).filter(|c| figures[*c] >= 10.0).collect::<Vec<_>>();
                let cell = pick(starts.iter().flat_map(long).collect(), dice)?;
                let end = starts.iter().find(|s| (**s..**s + 7).contains(&cell))? + 7;
                let digits = figures[cell].to_string();
                let (head, tail) = digits.split_at(1 + dice.below(digits.len() - 1));
                let beside = cell + 2 < end && figures[cell + 1] == 0.0 && dice.chance(0.5);
                if !beside {
                    out[cell + 1..end].rotate_right(1);
                }
                out[cell] = head.parse().ok();
                out[cell + 1] = tail.parse().ok();
            }
            Fault::Shift => {
                let filled = |start: &usize| (*start..start + 6).filter(|c| figures[*c] > 0.0).count() > 1;
                let start = pick(lines(&REQUESTS).into_iter().filter(filled).collect(), dice)?;
                let row = &mut out[start..start + if dice.chance(0.5) { 7 } else { 6 }];
                let end = if dice.chance(0.5) {
                    row.rotate_right(1);
                    0
                } else {
                    row.rotate_left(1);
                    row.len() - 1
                };
                row[end] = if dice.chance(0.5) { None } else { Some(0.0) };
            }
            Fault::Misplaced => {
                let starts = lines(&REQUESTS);
                let busy = starts.iter().flat_map(|s| *s..s + 6).filter(|c| figures[*c] > 0.0).collect();
                let from = pick(busy, dice)?;
                let home = *starts.iter().find(|s| (**s..**s + 7).contains(&from))?;
                let others: Vec<usize> = if dice.chance(0.5) {
                    (home..home + 6).filter(|c| *c != from).collect()
                } else {
                    starts.iter().map(|s| s + from - home).filter(|c| *c != from).collect()
                };
                let to = pick(others, dice)?;
                let count = if dice.chance(0.5) { figures[from] } else { dice.range(1, figures[from] as u64) as f64 };
                out[from] = Some(figures[from] - count);
                out[to] = Some(figures[to] + count);
            }
            Fault::Part if dice.chance(0.5) => {
                let busy = |start: &usize| figures[start + 6] > 0.0;
                let start = pick(lines(&REQUESTS).into_iter().filter(busy).collect(), dice)?;
                let part = pick((start..start + 6).filter(|c| figures[*c] > 0.0).collect(), dice)?;
                let sign = if dice.chance(0.5) { 1.0 } else { -1.0 };
                out[start + 6] = Some(figures[start + 6] + sign * figures[part]);
            }
            Fault::Part => {
                let busy = |start: &usize| figures[start + 6] > 0.0;
                let part = pick(lines(&[Role::Outcome]).into_iter().filter(busy).collect(), dice)?;
                let sign = if dice.chance(0.5) { 1.0 } else { -1.0 };
                add(&mut out, *lines(&[Role::ConcludedTotal]).first()?, |column| sign * figures[part + column]);
            }
            Fault::Group => {
                let groups = [Group::Denied, Group::Unable, Group::Rejected, Group::Other];
                let group = groups[dice.below(groups.len())];
                let parts: Vec<usize> = form
                    .lines
                    .iter()
                    .zip(&form.starts)
                    .filter(|(l, _)| l.group == Some(group))
                    .map(|(_, s)| *s)
                    .collect();
                add(&mut out, *lines(&[Role::ConcludedTotal]).first()?, |column| {
                    parts.iter().map(|s| figures[s + column]).sum()
                });
            }
            Fault::Carried => {
                let carried = *lines(&[Role::CarriedOut]).first()?;
                add(&mut out, *lines(&[Role::ConcludedTotal]).first()?, |column| figures[carried + column]);
            }
            Fault::Empty => {
                let totals: Vec<usize> = tied.into_iter().filter(|c| form.cells[*c].column == "total").collect();
                let concluded = *lines(&[Role::ConcludedTotal]).first()?;
                let cells = match dice.below(4) {
                    0 => totals,
                    1 => (concluded..concluded + 7).collect(),
                    _ => vec![pick(totals.into_iter().filter(|c| figures[*c] > 0.0).collect(), dice)?],
                };
                cells.into_iter().for_each(|c| out[c] = None);
            }
            Fault::Followed => {
                let busy = lines(&REQUESTS).into_iter().flat_map(|s| s..s + 6).filter(|c| figures[*c] > 0.0).collect();
                let cell = pick(busy, dice)?;
                let to = another(figures[cell], dice);
                let total = lines(&REQUESTS).into_iter().find(|s| (*s..s + 7).contains(&cell))? + 6;
                out[cell] = Some(to);
                out[total] = Some(figures[total] + to - figures[cell]);
            }
            Fault::Two => {
                for _ in 0..2 {
                    let once = Fault::Figure.commit(form, figures, dice)?;
                    for (slot, to) in
                        out.iter_mut().zip(once).zip(figures).filter(|((_, to), v)| *to != Some(**v)).map(|(s, _)| s)
                    {
                        *slot = to;
                    }
                }
            }
            Fault::Unseen => {
                let starts = lines(&[Role::Outcome]);
                let (from, to) = (starts[dice.below(starts.len())], starts[dice.below(starts.len())]);
                let column = pick((0..6).filter(|c| figures[from + c] > 0.0).collect(), dice)?;
                let count = figures[from + column];
                for at in [column, 6] {
                    out[from + at] = out[from + at].map(|v| v - count);
                    out[to + at] = out[to + at].map(|v| v + count);
                }
            }
        }
        Some(out)
    }
}

fn add(out: &mut [Option<f64>], start: usize, what: impl Fn(usize) -> f64) {
    for column in 0..7 {
        out[start + column] = out[start + column].map(|v| v + what(column));
    }
}

/// Another figure, of any size; never below zero.
fn another(figure: f64, dice: &mut Dice) -> f64 {
    let mut digits = figure.to_string().into_bytes();
    let at = dice.below(digits.len());
    match dice.below(4) {
        0 => digits[at] = b'0' + dice.below(10) as u8,
        1 if digits.len() > 1 => {
            digits.remove(at);
        }
        2 => digits.insert(at, b'0' + dice.below(10) as u8),
        _ if figure >= 3.0 && dice.chance(0.5) => return figure - dice.range(1, 3) as f64,
        _ => return figure + dice.range(1, 3) as f64,
    }
    let other = String::from_utf8_lossy(&digits).parse().unwrap_or(figure);
    if other == figure { figure + 1.0 } else { other }
}

/// A number with two neighbouring digits exchanged, from a place on.
fn swapped(figure: f64, from: usize) -> Option<f64> {
    let mut digits = figure.to_string().into_bytes();
    let differ = |d: &[u8], at: usize| d[at] != d[at + 1] && (at > 0 || d[1] != b'0');
    let at = (from..digits.len().saturating_sub(1)).find(|at| differ(&digits, *at))?;
    digits.swap(at, at + 1);
    String::from_utf8_lossy(&digits).parse().ok()
}

/// A ledger with one fault.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) edition: Edition,
    /// What would be right.
    pub(crate) truth: Vec<f64>,
    /// What is published; none for an empty cell.
    pub(crate) published: Vec<Option<f64>>,
}

impl Case {
    /// The case of a seed; other ledgers are rolled until the fault can happen. `None` if no tie sees it: the fault
    /// then leaves a report on which everything adds up.
    pub(crate) fn of(fault: Fault, scale: Scale, seed: u64) -> Option<Case> {
        let mut dice = Dice::of(seed, fault.key());
        for _ in 0..400 {
            let edition = Edition::ALL[dice.below(2)];
            let ledger = Ledger::roll(edition, scale, false, &mut dice);
            let Some(published) = fault.commit(Form::of(edition), &ledger.figures, &mut dice) else { continue };
            if published.iter().zip(&ledger.figures).all(|(p, t)| p.unwrap_or(0.0) == *t) {
                continue;
            }
            let seen = Ledger { edition, figures: published.iter().map(|p| p.unwrap_or(0.0)).collect() };
            return (!seen.broken().is_empty()).then_some(Case { edition, truth: ledger.figures, published });
        }
        None
    }

    /// The cells that would have to change, with their figures.
    pub(crate) fn repair(&self) -> Vec<(usize, f64)> {
        let pairs = self.published.iter().zip(&self.truth).enumerate();
        pairs.filter(|(_, (p, t))| p.unwrap_or(0.0) != **t).map(|(i, (_, t))| (i, *t)).collect()
    }

    /// Whether all that a proposal changes would have to change, and so.
    pub(crate) fn is_right(&self, proposal: &Proposal) -> bool {
        let truth = self.repair();
        proposal.changes.iter().all(|change| truth.contains(change))
    }

    /// Whether the proposals that are right make up the whole repair.
    pub(crate) fn is_offered(&self, proposals: &[Proposal]) -> bool {
        let right: Vec<&Proposal> = proposals.iter().filter(|p| self.is_right(p)).collect();
        self.repair().iter().all(|change| right.iter().any(|p| p.changes.contains(change)))
    }

    /// What the diagnosis proposes, every figure read with certainty.
    pub(crate) fn proposals(&self) -> Vec<Proposal> {
        let checked = check(&settled(self.edition, &self.published), "");
        proposals(self.edition, &checked)
    }
}

/// A report with these figures, each read with certainty, and with no text.
pub(crate) fn settled(edition: Edition, published: &[Option<f64>]) -> Settled {
    let form = Form::of(edition);
    let cells: Vec<Cell> = published
        .iter()
        .map(|value| {
            let content = value.map_or(Content::Blank, |v| Content::Number(v, Writing::Plain));
            let status = if value.is_some() { Status::Reported } else { Status::Blank };
            Cell { written: Written { content, span: None }, value: *value, status }
        })
        .collect();
    let line = |i: usize| LineRead {
        label: None,
        cells: form.span(i).map(|c| CellRead { written: cells[c].written, knowledge: Knowledge::Page }).collect(),
        ways: Vec::new(),
    };
    let report = Report {
        masthead: Masthead::default(),
        sections: Vec::new(),
        editions: Some(edition.into()),
        converted: Vec::new(),
        lines: (0..form.lines.len()).map(line).collect(),
        extras: Vec::new(),
        doubled: Vec::new(),
        statements: Vec::new(),
    };
    Settled { report, cells }
}

/// A proposal as a finding tells it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Proposal {
    /// The diagnosis.
    pub(crate) rule: &'static str,
    /// The cells to change, with their figures, in the order of the form.
    pub(crate) changes: Vec<(usize, f64)>,
    /// It is said to be the only one.
    pub(crate) only: bool,
    /// The fault is said to be in the reading.
    pub(crate) reading: bool,
}

/// The proposals among the findings.
pub(crate) fn proposals(edition: Edition, checked: &Checked) -> Vec<Proposal> {
    let of_diagnosis = checked.findings.iter().filter(|f| f.rule.family == Family::Diagnosis);
    of_diagnosis.map(|f| Proposal::of(Form::of(edition), f)).collect()
}

impl Proposal {
    fn of(form: &Form, finding: &Finding) -> Proposal {
        let at = |row: &str, column: &str| {
            let here = |c: &gxbg::terms::CellTerm| Some(c.table.key()) == finding.place.table;
            form.cells.iter().position(|c| here(c) && c.row == row && c.column == column)
        };
        let read = |entry: &str| -> Option<(usize, f64)> {
            let (name, figure) = entry.rsplit_once(' ').unwrap_or(("", entry));
            let cell = match (finding.place.row, finding.place.column) {
                (Some(row), Some(column)) => at(row, column),
                (Some(row), None) => at(row, name),
                (None, Some(column)) => at(name, column),
                (None, None) => name.split_once('/').and_then(|(row, column)| at(row, column)),
            };
            Some((cell?, figure.parse().ok()?))
        };
        let message = finding.message_en();
        let expected = finding.expected.as_deref().unwrap_or_default();
        Proposal {
            rule: finding.rule.id,
            changes: expected.split(", ").filter_map(read).collect(),
            only: message.contains("[the only one; "),
            reading: message.contains("; reading: "),
        }
    }
}
