//! Consistent ledgers: figures of a whole report on which every tie of the form holds.

use super::dice::Dice;
use gxbg::terms::{Edition, Form, Group, LineTerm, Measure, Role, Table};

/// How much an issuer has to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Nearly all zero, a few requests.
    Township,
    /// Tens to hundreds.
    County,
    /// Up to five digits.
    City,
}

impl Scale {
    pub(crate) const ALL: [Scale; 3] = [Scale::Township, Scale::County, Scale::City];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Scale::Township => "township",
            Scale::County => "county",
            Scale::City => "city",
        }
    }
}

/// The figures of a report in the order of `Form::cells`.
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    pub(crate) edition: Edition,
    pub(crate) figures: Vec<f64>,
}

/// A tie: the first cells add up to the second.
#[derive(Debug)]
pub(crate) struct Tie {
    pub(crate) rule: &'static str,
    pub(crate) parts: Vec<usize>,
    pub(crate) whole: Vec<usize>,
}

impl Ledger {
    /// A random ledger. `lumped`: every applicant is counted as 其他, as careless issuers do.
    pub(crate) fn roll(edition: Edition, scale: Scale, lumped: bool, dice: &mut Dice) -> Ledger {
        let form = Form::of(edition);
        let mut ledger = Ledger { edition, figures: vec![0.0; form.cells.len()] };
        ledger.roll_proactive(form, scale, dice);
        ledger.roll_requests(form, scale, lumped, dice);
        ledger.roll_disputes(form, scale, dice);
        ledger
    }

    fn roll_proactive(&mut self, form: &Form, scale: Scale, dice: &mut Dice) {
        let busy = match scale {
            Scale::Township => 0.12,
            Scale::County => 0.7,
            Scale::City => 0.95,
        };
        let top = match scale {
            Scale::Township => 16,
            Scale::County => 2_000,
            Scale::City => 60_000,
        };
        for (line, term) in form.lines.iter().enumerate().filter(|(_, t)| t.table == Table::Proactive) {
            let start = form.starts[line];
            let rare = term.rows[0] == "regulations" && !(scale == Scale::City && dice.chance(0.5));
            if rare || !dice.chance(busy) {
                continue;
            }
            let documents = if scale == Scale::City { 40 } else { 12 };
            for (i, column) in term.columns.iter().enumerate() {
                self.figures[start + i] = match (column.key, column.measure) {
                    ("issued" | "newly_disclosed" | "repealed", _) => dice.range(0, documents) as f64,
                    ("newly_made" | "projects", _) => dice.range(0, 2 * documents) as f64,
                    ("in_force" | "disclosed_total", _) => dice.range(documents, 20 * documents) as f64,
                    ("items_last_year", _) => dice.around(1, top.min(512)) as f64,
                    (_, Measure::Change) => {
                        let last = self.figures[start] as u64;
                        let less = dice.range(0, last.min(30)) as f64;
                        let more = dice.range(0, 30) as f64;
                        if dice.chance(0.4) {
                            0.0
                        } else if dice.chance(0.5) {
                            -less
                        } else {
                            more
                        }
                    }
                    (_, Measure::Money) => money(top, dice),
                    _ => dice.around(1, top) as f64,
                };
            }
        }
    }

    fn roll_requests(&mut self, form: &Form, scale: Scale, lumped: bool, dice: &mut Dice) {
        let received = match scale {
            Scale::Township => {
                let top = dice.weighted(&[(0, 0.5), (6, 0.4), (30, 0.1)]);
                dice.range(0, top)
            }
            Scale::County => dice.around(8, 600),
            Scale::City => dice.around(300, 60_000),
        };
        let carried = match scale {
            Scale::Township => u64::from(dice.chance(0.08)),
            _ => received * dice.range(0, 12) / 100,
        };
        let people: Vec<f64> = if lumped {
            vec![0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
        } else {
            let spread = dice.unit();
            [80.0, 24.0 * spread, 3.0 * spread, 3.0 * spread, 8.0 * spread, 6.0 * spread]
                .map(|w| w * dice.unit())
                .map(|w| if w < 0.4 { 0.0 } else { w })
                .to_vec()
        };
        let received = share(received, &people, dice);
        let carried = share(carried, &people, dice);
        let weights: Vec<f64> = form.lines.iter().map(|term| popularity(term, scale, dice)).collect();
        for column in 0..6 {
            let sum = received[column] + carried[column];
            let left = if dice.chance(0.4) { 0 } else { (sum as f64 * 0.15 * dice.unit()).round() as u64 };
            // Each kind of applicant asks for other things.
            let weights: Vec<f64> = weights.iter().map(|w| w * (0.2 + 1.6 * dice.unit())).collect();
            for (line, n) in share(sum - left, &weights, dice).into_iter().enumerate() {
                if form.lines[line].role == Role::Outcome {
                    self.figures[form.starts[line] + column] = n as f64;
                }
            }
            for (line, term) in form.lines.iter().enumerate() {
                let n = match term.role {
                    Role::Received => received[column],
                    Role::CarriedIn => carried[column],
                    Role::ConcludedTotal => sum - left,
                    Role::CarriedOut => left,
                    _ => continue,
                };
                self.figures[form.starts[line] + column] = n as f64;
            }
        }
        for (line, term) in form.lines.iter().enumerate().filter(|(_, t)| t.table == Table::Requests) {
            let start = form.starts[line];
            debug_assert_eq!(term.len(), 7);
            self.figures[start + 6] = self.figures[start..start + 6].iter().sum();
        }
    }

    fn roll_disputes(&mut self, form: &Form, scale: Scale, dice: &mut Dice) {
        let start = form.cell(Table::Disputes, "review", "upheld").expect("every edition has the disputes line");
        for row in 0..3 {
            let n = match scale {
                Scale::Township => u64::from(dice.chance(0.04)),
                Scale::County => dice.range(0, 12),
                Scale::City => dice.around(4, 600),
            };
            let odds = [8.0 * dice.unit(), 2.0 * dice.unit(), 4.0 * dice.unit(), 2.0 * dice.unit()];
            for (i, n) in share(n, &odds, dice).into_iter().enumerate() {
                self.figures[start + 5 * row + i] = n as f64;
            }
            self.figures[start + 5 * row + 4] = n as f64;
        }
    }

    /// The ties that do not hold.
    pub(crate) fn broken(&self) -> Vec<Tie> {
        let sum = |cells: &[usize]| cells.iter().map(|&c| self.figures[c]).sum::<f64>();
        ties(self.edition).into_iter().filter(|t| (sum(&t.parts) - sum(&t.whole)).abs() > 1e-9).collect()
    }
}

/// The ties of an edition, written here a second time on purpose: the bench does not trust the parser's table.
pub(crate) fn ties(edition: Edition) -> Vec<Tie> {
    let form = Form::of(edition);
    let of = |role: Role, column: usize| -> Vec<usize> {
        let lines = form.lines.iter().enumerate().filter(|(_, t)| t.role == role);
        lines.map(|(line, _)| form.starts[line] + column).collect()
    };
    let both = |a, b, column| [of(a, column), of(b, column)].concat();
    let mut ties = Vec::new();
    for column in 0..7 {
        let parts = both(Role::Received, Role::CarriedIn, column);
        ties.push(Tie { rule: "REQ-BALANCE", parts, whole: both(Role::ConcludedTotal, Role::CarriedOut, column) });
        let (parts, whole) = (of(Role::Outcome, column), of(Role::ConcludedTotal, column));
        ties.push(Tie { rule: "REQ-OUTCOMES", parts, whole });
    }
    for (line, term) in form.lines.iter().enumerate() {
        let rows = (form.starts[line]..).step_by(term.columns.len()).take(term.rows.len());
        for start in rows {
            let last = start + term.columns.len() - 1;
            match term.table {
                Table::Proactive => {}
                Table::Requests => {
                    ties.push(Tie { rule: "REQ-APPLICANTS", parts: (start..last).collect(), whole: vec![last] })
                }
                Table::Disputes => {
                    ties.push(Tie { rule: "DSP-TOTAL", parts: (start..last).collect(), whole: vec![last] })
                }
            }
        }
    }
    ties
}

/// How often an outcome is chosen in this report; 0 for lines that are no outcome.
fn popularity(term: &LineTerm, scale: Scale, dice: &mut Dice) -> f64 {
    let base = match (term.role, term.group, term.ordinal) {
        (Role::Outcome, Some(Group::Outcomes), 1) => 40.0,
        (Role::Outcome, Some(Group::Outcomes), 2) => 8.0,
        (Role::Outcome, Some(Group::Denied), 1..=3) => 0.7,
        (Role::Outcome, Some(Group::Denied), _) => 4.0,
        (Role::Outcome, Some(Group::Unable), 1) => 25.0,
        (Role::Outcome, Some(Group::Rejected), 1) => 6.0,
        (Role::Outcome, _, _) => 2.0,
        _ => return 0.0,
    };
    let idle = match scale {
        Scale::Township => 0.3,
        Scale::County => 0.35,
        Scale::City => 0.08,
    };
    // Never all idle: the first outcome always stays possible.
    if base < 40.0 && dice.chance(idle) { 0.0 } else { base * (0.1 + 2.0 * dice.unit()) }
}

/// `n` things dealt over the weights, all of them.
fn share(n: u64, weights: &[f64], dice: &mut Dice) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    let whole = if n > 48 { n } else { 0 };
    let mut parts: Vec<u64> = weights.iter().map(|w| (whole as f64 * w / sum) as u64).collect();
    let odds: Vec<(usize, f64)> = weights.iter().copied().enumerate().collect();
    for _ in parts.iter().sum::<u64>()..n {
        parts[dice.weighted(&odds)] += 1;
    }
    parts
}

/// An amount in 万元 with up to four decimals.
fn money(top: u64, dice: &mut Dice) -> f64 {
    let scale = dice.weighted(&[(1.0, 0.3), (10.0, 0.2), (100.0, 0.35), (10_000.0, 0.15)]);
    (dice.around(1, top) as f64 * scale + dice.range(0, scale as u64) as f64).round() / scale
}
