//! What may have gone wrong: every hypothesis is a change of few figures, and is kept if the ties that it moves hold.

use crate::terms::rules::{self, Rule};
use crate::terms::{APPLICANTS, Role, Table};

use super::board::{Board, Change, Seat, Ties, bits};
use super::naming::name;

/// Zeros that the second part of a split number may have had in front: `1 05` is 105.
const MOST_ZEROS: u32 = 2;
/// Numbers from here on are no counts.
const MOST_JOINED: i64 = 1_000_000_000;

/// A change of figures under which every tie that it moves holds.
#[derive(Debug, Clone)]
pub(super) struct Repair {
    /// What went wrong if this is the truth.
    pub(super) rule: &'static Rule,
    /// The figures to change, in the order of the form.
    pub(super) changes: Vec<Change>,
    /// The broken ties that hold afterwards.
    pub(super) mends: Ties,
    /// How many figures it alters; an empty total that is filled alters none.
    pub(super) cost: usize,
}

/// Repairs found, each once.
pub(super) struct Found<'b, 'a> {
    board: &'b Board<'a>,
    /// In the order they were found.
    pub(super) repairs: Vec<Repair>,
}

impl<'b, 'a> Found<'b, 'a> {
    /// All one-stroke repairs of a table: one figure, a figure in the wrong place, a row or a line of totals as a whole.
    pub(super) fn strokes(board: &'b Board<'a>, table: Table) -> Found<'b, 'a> {
        let mut found = Found { board, repairs: Vec::new() };
        found.totals(table);
        found.figures(table);
        found.misplaced(table);
        if table == Table::Requests {
            found.concluded();
        }
        for (i, line) in board.form.lines.iter().enumerate().filter(|(_, l)| l.table == table) {
            // A line without a part in any broken tie mends none.
            let ties = board.form.span(i).filter_map(|c| board.seat(c)).flat_map(|s| &s.ties);
            if ties.fold(0, |set: Ties, (t, _)| set | 1 << t) & board.broken == 0 {
                continue;
            }
            let cells: Vec<usize> = board.form.span(i).collect();
            found.shifted(&cells, line.columns.len());
            found.split(&cells);
        }
        found
    }

    /// Keeps changes if they are sound: no figure below zero, a broken tie mended, and no tie that they move failing.
    fn keep(&mut self, rule: Option<&'static Rule>, changes: &[Change]) {
        let moved = || changes.iter().filter(|(cell, to)| self.board.figure(*cell) != *to);
        if moved().any(|(_, to)| *to < 0) {
            return;
        }
        let (mended, failing) = self.board.effect(changes);
        let mends = mended & self.board.broken;
        // Nearly all hypotheses end here.
        if failing != 0 || mends == 0 {
            return;
        }
        let mut changes: Vec<Change> = moved().copied().collect();
        changes.sort_unstable();
        if self.repairs.iter().any(|r| r.changes == changes) {
            return;
        }
        let filled = |cell: usize| self.board.is_empty(cell) && self.board.seat(cell).is_some_and(is_total);
        let cost = changes.iter().filter(|(cell, _)| !filled(*cell)).count();
        let rule = match rule {
            // What is as small as one figure or two is named by how it looks.
            Some(rule) if changes.len() > 2 || std::ptr::eq(rule, &rules::DIA_SPLIT) => rule,
            _ if cost == 0 => &rules::DIA_TOTAL,
            _ => name(self.board, &changes),
        };
        self.repairs.push(Repair { rule, changes, mends, cost });
    }

    /// Every single figure in a broken tie, changed to what the tie wants.
    fn figures(&mut self, table: Table) {
        for t in bits(self.board.broken_in(table)) {
            for change in wanted(self.board, t) {
                self.keep(None, &[change]);
            }
        }
    }

    /// As much too little in one cell as too much in another of the same row or column.
    fn misplaced(&mut self, table: Table) {
        let board = self.board;
        let columns: Vec<Vec<usize>> = match table {
            Table::Requests => (0..APPLICANTS.len()).map(|c| board.column(c).map(|(c, _)| c).collect()).collect(),
            _ => Vec::new(),
        };
        for t in bits(board.broken_in(table)) {
            for (cell, to) in wanted(board, t) {
                let Some(seat) = board.seat(cell) else { continue };
                let more = board.figure(cell) - to;
                let beside = seat.row.clone().filter(|c| board.seat(*c).is_some_and(|s| !s.is_sum() && !seat.is_sum()));
                let same = |c: &usize| board.seat(*c).is_some_and(|s| s.column == seat.column);
                let line = if columns.is_empty() { board.form.span(seat.line) } else { 0..0 };
                let above = columns.get(seat.column).into_iter().flatten().copied().chain(line.filter(same));
                for other in beside.chain(above).filter(|c| *c != cell) {
                    self.keep(None, &[(cell, to), (other, board.figure(other) + more)]);
                }
            }
        }
    }

    /// Two figures that are wrong by themselves. Too many to be among the strokes: for reports that nothing else mends.
    pub(super) fn pairs(&mut self, broken: Ties) {
        let board = self.board;
        let Some(first) = bits(broken).next() else { return };
        for (cell, _) in &board.ties[first].cells {
            let Some(seat) = board.seat(*cell) else { continue };
            for (t, sign) in seat.ties.iter().filter(|(t, _)| broken & 1 << t != 0) {
                let change = (*cell, board.figure(*cell) - sign * board.sum(*t));
                let rest = board.with(change);
                let Some(next) = bits(rest.broken & !(board.broken & !broken)).next() else { continue };
                for second in wanted(&rest, next) {
                    if second.0 != *cell {
                        self.keep(None, &[change, second]);
                    }
                }
            }
        }
    }

    /// Totals left empty: the sums of their parts, all at once, only those of the rows, or only those of the columns.
    fn totals(&mut self, table: Table) {
        let board = self.board;
        let empty =
            |cell: &usize| board.is_empty(*cell) && board.seat(*cell).is_some_and(|s| s.table == table && is_total(s));
        let cells: Vec<usize> = (0..board.form.cells.len()).filter(empty).collect();
        for (rows, columns) in [(true, true), (true, false), (false, true)] {
            let mut after: Vec<Change> = Vec::new();
            for cell in &cells {
                let Some(seat) = board.seat(*cell) else { continue };
                if seat.is_sum() && rows {
                    let known = |c: usize| after.iter().find(|(a, _)| *a == c).map_or(board.figure(c), |(_, to)| *to);
                    let sum = (seat.row.start..seat.row.end - 1).map(known).sum();
                    after.push((*cell, sum));
                } else if !seat.is_sum() && columns {
                    after.push((*cell, outcomes(board, seat.column)));
                }
            }
            self.keep(Some(&rules::DIA_TOTAL), &after);
        }
    }

    /// The line of totals as a whole is not the sum of the outcomes, and the differences tell why.
    fn concluded(&mut self) {
        let board = self.board;
        let mut changes = Vec::new();
        for column in 0..APPLICANTS.len() {
            let cell = board.column(column).find(|(_, role)| *role == Role::ConcludedTotal);
            changes.extend(cell.map(|(c, _)| (c, outcomes(board, column))).filter(|(c, to)| board.figure(*c) != *to));
        }
        let rule = name(board, &changes);
        if !std::ptr::eq(rule, &rules::DIA_REPAIR) {
            self.keep(Some(rule), &changes);
        }
    }

    /// The figures of a line stand one cell to the right or to the left; what fell off the end is what the row wants.
    fn shifted(&mut self, cells: &[usize], width: usize) {
        let published: Vec<i64> = cells.iter().map(|c| self.board.figure(*c)).collect();
        if published.iter().filter(|v| **v != 0).count() < 2 {
            return;
        }
        // The line with its total, or, where the total stands right, what is before it.
        let inner = if cells.len() == width { width - 1 } else { cells.len() };
        for n in [cells.len(), inner] {
            if published[0] == 0 {
                let mut truth = published.clone();
                truth[..n].rotate_left(1);
                self.line(&rules::DIA_SHIFT, cells, truth, n - 1, width);
            }
            if published[n - 1] == 0 {
                let mut truth = published.clone();
                truth[..n].rotate_right(1);
                self.line(&rules::DIA_SHIFT, cells, truth, 0, width);
            }
        }
    }

    /// Two neighbours are one number, with what follows moved up, or with nothing in the other cell.
    fn split(&mut self, cells: &[usize]) {
        let published: Vec<i64> = cells.iter().map(|c| self.board.figure(*c)).collect();
        let last = cells.len() - 1;
        let width = self.board.seat(cells[0]).map_or(cells.len(), |s| s.row.len());
        for at in 0..last {
            let (head, tail) = (published[at], published[at + 1]);
            let printed = [at, at + 1].iter().all(|i| !self.board.is_empty(cells[*i]));
            for joined in (0..=MOST_ZEROS).filter_map(|zeros| join(head, tail, zeros)).filter(|_| printed) {
                let mut truth = published.clone();
                truth[at] = joined;
                truth[at + 1..].rotate_left(1);
                self.line(&rules::DIA_SPLIT, cells, truth, last, width);
                for (one, other) in [(at, at + 1), (at + 1, at)] {
                    self.keep(Some(&rules::DIA_SPLIT), &[(cells[one], joined), (cells[other], 0)]);
                }
            }
        }
    }

    /// Keeps new figures of a whole line, of which one is lost and taken from the sum of its row.
    fn line(&mut self, rule: &'static Rule, cells: &[usize], mut truth: Vec<i64>, lost: usize, width: usize) {
        let start = lost - lost % width;
        let sum: i64 = (start..start + width - 1).filter(|i| *i != lost).map(|i| truth[i]).sum();
        truth[lost] = if lost == start + width - 1 { sum } else { truth[start + width - 1] - sum };
        let changes = cells.iter().copied().zip(truth).collect::<Vec<_>>();
        let (mended, _) = self.board.effect(&changes);
        // The lost figure makes its own tie hold: others have to confirm.
        if (mended & self.board.broken).count_ones() > 1 {
            self.keep(Some(rule), &changes);
        }
    }
}

/// Whether a cell is the sum of others.
fn is_total(seat: &Seat) -> bool {
    seat.is_sum() || seat.role == Role::ConcludedTotal
}

/// What each figure of a broken tie would have to be, if it alone were wrong.
fn wanted<'x>(board: &'x Board<'_>, tie: usize) -> impl Iterator<Item = Change> + 'x {
    let sum = board.sum(tie);
    board.ties[tie].cells.iter().map(move |(cell, sign)| (*cell, board.figure(*cell) - i64::from(*sign) * sum))
}

/// The sum of the outcomes in a column.
fn outcomes(board: &Board<'_>, column: usize) -> i64 {
    board.column(column).filter(|(_, role)| *role == Role::Outcome).map(|(c, _)| board.figure(c)).sum()
}

/// Two figures written as one, with zeros between them that the second could not show.
fn join(head: i64, tail: i64, zeros: u32) -> Option<i64> {
    let digits = tail.checked_ilog10().map_or(1, |d| d + 1) + zeros;
    let joined = head.checked_mul(10i64.checked_pow(digits)?)?.checked_add(tail)?;
    (head > 0 && tail >= 0 && joined < MOST_JOINED).then_some(joined)
}
