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

/// Both laws that run along columns, one after the other: what each comes to in each column.
type Sums = [i64; 2 * COLUMNS];

/// What a line adds to both laws.
fn addend(role: Role, row: &Row) -> Sums {
    let signs = [sign(Law::Balance, role), sign(Law::Outcomes, role)];
    std::array::from_fn(|i| i64::from(signs[i / COLUMNS]) * row[i % COLUMNS])
}

fn added(a: &Sums, b: &Sums) -> Sums {
    let mut out = *a;
    for (sum, more) in out.iter_mut().zip(b) {
        *sum += more;
    }
    out
}

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
    sums: Sums,
    /// Columns in which each law can be assessed.
    known: [bool; 2 * COLUMNS],
}

impl Fixed {
    fn of(form: &Form, lines: &[crate::report::LineRead], joint: &[Open]) -> Option<Fixed> {
        let mut out = Fixed { sums: [0; 2 * COLUMNS], known: [true; 2 * COLUMNS] };
        for (i, line) in lines.iter().enumerate() {
            let term = form.lines[i];
            if term.table != Table::Requests || joint.iter().any(|o| o.line == i) {
                continue;
            }
            // Where the line takes part in a law at all.
            let takes_part = addend(term.role, &[1; COLUMNS]);
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
                for i in [c, COLUMNS + c] {
                    match value {
                        Some(v) => out.sums[i] += takes_part[i] * v,
                        None => out.known[i] &= takes_part[i] == 0,
                    }
                }
            }
        }
        // Ties that hold in no column at all cannot choose.
        out.known.contains(&true).then_some(out)
    }
}

/// Depth first over the open lines, with bounds on what the rest can still add to every column.
struct Search<'a> {
    open: &'a mut Vec<Open>,
    fixed: Sums,
    /// For each depth, the least and the most that the lines from there on add to the laws.
    rest: Vec<(Sums, Sums)>,
    /// For each depth, what each reading of the line adds.
    addends: Vec<Vec<Sums>>,
    /// All bits where a law can be assessed, none where it cannot.
    known: Sums,
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
        let addends: Vec<Vec<Sums>> = open.iter().map(|o| o.rows.iter().map(|r| addend(o.role, r)).collect()).collect();
        let mut rest = vec![([0; 2 * COLUMNS], [0; 2 * COLUMNS]); open.len() + 1];
        for d in (0..open.len()).rev() {
            let values = |i: usize| addends[d].iter().map(move |a| a[i]);
            let (low, high) = rest[d + 1];
            rest[d] = (
                std::array::from_fn(|i| low[i] + values(i).min().unwrap_or(0)),
                std::array::from_fn(|i| high[i] + values(i).max().unwrap_or(0)),
            );
        }
        let kept = open.iter().map(|o| vec![false; o.rows.len()]).collect();
        let known = fixed.known.map(|known| if known { -1 } else { 0 });
        Search { rest, addends, known, kept, steps: 0, solutions: 0, open, fixed: fixed.sums }
    }

    /// For each open line the readings that are part of a joint solution; `None` if the search was given up.
    fn run(mut self) -> Option<Vec<Vec<usize>>> {
        let sums = self.fixed;
        if self.goes_on(0, &sums, None)? {
            self.descend(0, &sums)?;
        }
        Some(self.kept.iter().map(|k| k.iter().enumerate().filter(|(_, k)| **k).map(|(i, _)| i).collect()).collect())
    }

    /// Whether the lines from a depth on cannot bring all sums to zero: the least they add leaves one above it, or the
    /// most leaves one below. Told without a branch, by the sign bits of all columns at once.
    fn is_lost(&self, depth: usize, sums: &Sums, more: &Sums) -> bool {
        let (low, high) = &self.rest[depth];
        let mut negative = 0;
        for i in 0..2 * COLUMNS {
            let sum = sums[i] + more[i];
            let (least, most) = (sum + low[i], sum + high[i]);
            negative |= self.known[i] & (-least | most);
        }
        negative < 0
    }

    /// Counts a step, and tells whether it leads anywhere; `None` where the search is given up.
    fn goes_on(&mut self, depth: usize, sums: &Sums, reading: Option<usize>) -> Option<bool> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.solutions > MOST_SOLUTIONS {
            return None;
        }
        let more = reading.map_or(&[0; 2 * COLUMNS], |i| &self.addends[depth - 1][i]);
        Some(!self.is_lost(depth, sums, more))
    }

    /// Whether any solution goes on from here; all readings that lead to one are kept.
    fn descend(&mut self, depth: usize, sums: &Sums) -> Option<bool> {
        if depth == self.open.len() {
            self.solutions += 1;
            return Some(true);
        }
        let mut any = false;
        for i in 0..self.addends[depth].len() {
            // Most readings end here: they are not gone into.
            if self.goes_on(depth + 1, sums, Some(i))? {
                let next = added(sums, &self.addends[depth][i]);
                if self.descend(depth + 1, &next)? {
                    self.kept[depth][i] = true;
                    any = true;
                }
            }
        }
        Some(any)
    }
}
