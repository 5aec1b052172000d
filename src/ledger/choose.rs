//! The choice among open readings: those under which all ties hold together.

use crate::report::{Content, Reading, Readings};
use crate::terms::{Form, Role, Table};

use super::ties::{Law, sign};

/// Steps after which the search for joint readings is given up.
const MOST_STEPS: usize = 400_000;
/// Joint readings after which the search is given up: nothing would be unique among so many.
const MOST_SOLUTIONS: usize = 4_000;

const COLUMNS: usize = 7;
type Row = [i64; COLUMNS];

/// What the ties leave of an open line.
#[derive(Debug, Clone)]
pub(super) enum Choice {
    /// Readings under which the line's own ties hold, and as far as they were weighed together all others; never empty.
    Fitting(Vec<Reading>),
    /// Readings under which the line's own ties hold, but not all others.
    Alone(Vec<Reading>),
    /// No reading fits.
    None,
}

/// The whole numbers of a reading, blank and missing cells as zero; none if a cell is unreadable or no whole number.
fn row_of(reading: &[crate::report::Written]) -> Option<Row> {
    let mut row = [0; COLUMNS];
    for (slot, cell) in row.iter_mut().zip(reading) {
        *slot = match cell.content {
            Content::Missing | Content::Blank => 0,
            Content::Number(v, _) if v.fract() == 0.0 && (0.0..1e12).contains(&v) => v as i64,
            _ => return None,
        };
    }
    Some(row)
}

fn own_tie_holds(reading: &Reading, width: usize) -> bool {
    reading.chunks(width).all(|part| {
        let mut sum = 0.0;
        for (i, cell) in part.iter().enumerate() {
            match cell.content {
                Content::Unreadable => return false,
                _ => sum += cell.number().unwrap_or(0.0) * if i + 1 == width { -1.0 } else { 1.0 },
            }
        }
        sum == 0.0
    })
}

/// One choice for each line of the form; `None` for lines that are not open.
pub(super) fn choose(form: &Form, lines: &[crate::report::LineRead]) -> Vec<Option<Choice>> {
    let mut out: Vec<Option<Choice>> = vec![None; lines.len()];
    let mut joint: Vec<Open> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Readings::Open(all) = &line.readings else { continue };
        let term = form.lines[i];
        if term.table == Table::Proactive {
            out[i] = Some(Choice::Alone(all.clone()));
            continue;
        }
        let fitting: Vec<Reading> = all.iter().filter(|r| own_tie_holds(r, term.columns.len())).cloned().collect();
        if fitting.is_empty() {
            out[i] = Some(Choice::None);
        } else if term.table == Table::Disputes {
            out[i] = Some(Choice::Fitting(fitting));
        } else {
            let rows = fitting.iter().filter_map(|r| row_of(r)).collect::<Vec<_>>();
            if rows.len() == fitting.len() {
                joint.push(Open { line: i, role: term.role, readings: fitting, rows });
            } else {
                out[i] = Some(Choice::Alone(fitting));
            }
        }
    }
    if joint.is_empty() {
        return out;
    }
    let fixed = Fixed::of(form, lines, &joint);
    let kept = fixed.and_then(|f| Search::new(&mut joint, f).run());
    for (k, open) in joint.into_iter().enumerate() {
        out[open.line] = Some(match &kept {
            Some(kept) if !kept[k].is_empty() => {
                Choice::Fitting(kept[k].iter().map(|r| open.readings[*r].clone()).collect())
            }
            // No joint reading: some line was not read right, and nobody knows which.
            Some(_) => Choice::Alone(open.readings),
            // Too many to weigh: what all readings of the line have in common still holds.
            None => Choice::Fitting(open.readings),
        });
    }
    out
}

struct Open {
    line: usize,
    role: Role,
    readings: Vec<Reading>,
    rows: Vec<Row>,
}

/// What the lines that are not open put into the ties along columns.
struct Fixed {
    balance: Row,
    outcomes: Row,
    /// Columns in which each law can be assessed.
    balance_known: [bool; COLUMNS],
    outcomes_known: [bool; COLUMNS],
}

impl Fixed {
    fn of(form: &Form, lines: &[crate::report::LineRead], joint: &[Open]) -> Option<Fixed> {
        let mut out = Fixed {
            balance: [0; COLUMNS],
            outcomes: [0; COLUMNS],
            balance_known: [true; COLUMNS],
            outcomes_known: [true; COLUMNS],
        };
        for (i, line) in lines.iter().enumerate() {
            let term = form.lines[i];
            if term.table != Table::Requests || joint.iter().any(|o| o.line == i) {
                continue;
            }
            let (b, o) = (i64::from(sign(Law::Balance, term.role)), i64::from(sign(Law::Outcomes, term.role)));
            for c in 0..COLUMNS {
                let value = match &line.readings {
                    Readings::Absent => Some(0),
                    Readings::Certain(r) => match r[c].content {
                        Content::Missing | Content::Blank => Some(0),
                        Content::Number(v, _) if v.fract() == 0.0 && v.abs() < 1e12 => Some(v as i64),
                        _ => None,
                    },
                    _ => None,
                };
                match value {
                    Some(v) => {
                        out.balance[c] += b * v;
                        out.outcomes[c] += o * v;
                    }
                    None => {
                        out.balance_known[c] &= b == 0;
                        out.outcomes_known[c] &= o == 0;
                    }
                }
            }
        }
        // Ties that hold in no column at all cannot choose.
        (out.balance_known.contains(&true) || out.outcomes_known.contains(&true)).then_some(out)
    }
}

/// Depth first over the open lines, with bounds on what the rest can still add to every column.
struct Search<'a> {
    open: &'a mut Vec<Open>,
    fixed: Fixed,
    /// For each depth, the least and the most that the lines from there on add to each law's columns.
    rest: Vec<[(Row, Row); 2]>,
    picked: Vec<usize>,
    kept: Vec<Vec<bool>>,
    steps: usize,
    solutions: usize,
}

impl<'a> Search<'a> {
    fn new(open: &'a mut Vec<Open>, fixed: Fixed) -> Search<'a> {
        // The line that both laws share first, then the widest numbers: they prune most.
        open.sort_by_key(|o| {
            let most = o.rows.iter().map(|r| r[COLUMNS - 1]).max().unwrap_or(0);
            (o.role != Role::ConcludedTotal, o.role == Role::Outcome, std::cmp::Reverse(most), o.line)
        });
        let mut rest = vec![[([0; COLUMNS], [0; COLUMNS]); 2]; open.len() + 1];
        for d in (0..open.len()).rev() {
            for (l, law) in [Law::Balance, Law::Outcomes].into_iter().enumerate() {
                let s = i64::from(sign(law, open[d].role));
                for c in 0..COLUMNS {
                    let values = open[d].rows.iter().map(|r| s * r[c]);
                    let (low, high) = (values.clone().min().unwrap_or(0), values.max().unwrap_or(0));
                    rest[d][l].0[c] = rest[d + 1][l].0[c] + low;
                    rest[d][l].1[c] = rest[d + 1][l].1[c] + high;
                }
            }
        }
        let kept = open.iter().map(|o| vec![false; o.rows.len()]).collect();
        Search { rest, picked: vec![0; open.len()], kept, steps: 0, solutions: 0, open, fixed }
    }

    /// For each open line the readings that are part of a joint solution; `None` if the search was given up.
    fn run(mut self) -> Option<Vec<Vec<usize>>> {
        let sums = [self.fixed.balance, self.fixed.outcomes];
        self.descend(0, sums)?;
        Some(self.kept.iter().map(|k| k.iter().enumerate().filter(|(_, k)| **k).map(|(i, _)| i).collect()).collect())
    }

    fn descend(&mut self, depth: usize, sums: [Row; 2]) -> Option<()> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.solutions > MOST_SOLUTIONS {
            return None;
        }
        for (l, known) in [self.fixed.balance_known, self.fixed.outcomes_known].iter().enumerate() {
            let (low, high) = &self.rest[depth][l];
            for c in 0..COLUMNS {
                if known[c] && (sums[l][c] + low[c] > 0 || sums[l][c] + high[c] < 0) {
                    return Some(());
                }
            }
        }
        if depth == self.open.len() {
            self.solutions += 1;
            for (d, p) in self.picked.iter().enumerate() {
                self.kept[d][*p] = true;
            }
            return Some(());
        }
        let signs = [sign(Law::Balance, self.open[depth].role), sign(Law::Outcomes, self.open[depth].role)];
        for i in 0..self.open[depth].rows.len() {
            let row = self.open[depth].rows[i];
            let mut next = sums;
            for (l, s) in signs.iter().enumerate() {
                for c in 0..COLUMNS {
                    next[l][c] += i64::from(*s) * row[c];
                }
            }
            self.picked[depth] = i;
            self.descend(depth + 1, next)?;
        }
        Some(())
    }
}
