//! The figures of a report as a board on which changes can be tried: what each tie comes to, before and after.

use std::ops::Range;
use std::sync::LazyLock;

use crate::ledger::{Cell, Settled, Status, Tie, ties};
use crate::report::{Content, Knowledge, LineRead, Reading, Writing};
use crate::terms::{Editions, Form, Group, Role, Table};

/// Figures from here on are no counts, and their sums might not fit.
const MOST: f64 = 1e12;
/// More than any form has ties, so that a set of ties is one number.
const SEATS: usize = 64;

/// A set of ties, one bit each.
pub(super) type Ties = u64;
/// A cell and the figure that it is to have.
pub(super) type Change = (usize, i64);

/// Where a tied cell sits.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    /// The table.
    pub(super) table: Table,
    /// The line of the form.
    pub(super) line: usize,
    /// The cells of its row.
    pub(super) row: Range<usize>,
    /// Its place in the row.
    pub(super) column: usize,
    /// Its part in the arithmetic along columns.
    pub(super) role: Role,
    /// The group of outcomes it belongs to.
    pub(super) group: Option<Group>,
    /// The ties it takes part in, each with its sign.
    pub(super) ties: Vec<(usize, i64)>,
}

impl Seat {
    /// Whether it is the sum of its row.
    pub(super) fn is_sum(&self) -> bool {
        self.column + 1 == self.row.len()
    }
}

/// The seats of a form; none for the cells of the proactive table.
fn seats(editions: Editions) -> &'static [Option<Seat>] {
    static SEATS_OF: LazyLock<[Vec<Option<Seat>>; Editions::ALL.len()]> = LazyLock::new(|| Editions::ALL.map(build));
    &SEATS_OF[editions.index()]
}

fn build(editions: Editions) -> Vec<Option<Seat>> {
    let form = Form::of(editions);
    let mut out: Vec<Option<Seat>> = vec![None; form.cells.len()];
    for (i, line) in form.lines.iter().enumerate().filter(|(_, l)| l.table != Table::Proactive) {
        for cell in form.span(i) {
            let width = line.columns.len();
            let column = (cell - form.starts[i]) % width;
            let row = cell - column..cell - column + width;
            out[cell] = Some(Seat {
                table: line.table,
                line: i,
                row,
                column,
                role: line.role,
                group: line.group,
                ties: Vec::new(),
            });
        }
    }
    for (t, tie) in ties(editions).iter().enumerate() {
        for (cell, sign) in &tie.cells {
            if let Some(seat) = &mut out[*cell] {
                seat.ties.push((t, i64::from(*sign)));
            }
        }
    }
    out
}

/// The figure of a cell as the diagnosis takes it: an empty cell is zero, and what follows from the ties is known.
fn figure(cell: &Cell) -> Option<f64> {
    match cell.status {
        Status::Blank | Status::Missing => Some(0.0),
        _ => cell.value.filter(|v| v.fract() == 0.0 && v.abs() < MOST),
    }
}

/// The signed sum of a tie; none if a figure is not known.
fn sum(tie: &Tie, cells: &[Cell]) -> Option<f64> {
    tie.cells.iter().try_fold(0.0, |sum, (c, s)| figure(&cells[*c]).map(|v| sum + f64::from(*s) * v))
}

/// Whether any tie is broken; this is all that a sound report costs.
pub(super) fn any_broken(editions: Editions, cells: &[Cell]) -> bool {
    ties(editions).iter().any(|t| sum(t, cells).is_some_and(|s| s != 0.0))
}

/// Figures and what the ties come to on them.
pub(super) struct Board<'a> {
    /// The form.
    pub(super) form: &'static Form,
    /// The ties.
    pub(super) ties: &'static [Tie],
    settled: &'a Settled,
    seats: &'static [Option<Seat>],
    figures: Vec<i64>,
    sums: [i64; SEATS],
    /// Ties that do not hold.
    pub(super) broken: Ties,
    /// Ties in which a figure is not known: they speak for nothing and against nothing.
    open: Ties,
}

impl<'a> Board<'a> {
    pub(super) fn new(form: &'static Form, settled: &'a Settled) -> Board<'a> {
        let ties = ties(form.editions);
        let mut board = Board {
            form,
            ties,
            settled,
            seats: seats(form.editions),
            figures: settled.cells.iter().map(|c| figure(c).unwrap_or(0.0) as i64).collect(),
            sums: [0; SEATS],
            broken: 0,
            open: 0,
        };
        for (t, tie) in ties.iter().enumerate() {
            match sum(tie, &settled.cells) {
                Some(s) => board.sums[t] = s as i64,
                None => board.open |= 1 << t,
            }
        }
        board.broken = board.nonzero();
        board
    }

    fn nonzero(&self) -> Ties {
        (0..self.ties.len()).filter(|t| self.sums[*t] != 0).fold(0, |set, t| set | 1 << t)
    }

    /// The figure of a cell.
    pub(super) fn figure(&self, cell: usize) -> i64 {
        self.figures[cell]
    }

    /// The seat of a cell.
    pub(super) fn seat(&self, cell: usize) -> Option<&'static Seat> {
        self.seats[cell].as_ref()
    }

    /// What a tie comes to.
    pub(super) fn sum(&self, tie: usize) -> i64 {
        self.sums[tie]
    }

    /// The ties of a table that are broken.
    pub(super) fn broken_in(&self, table: Table) -> Ties {
        bits(self.broken).filter(|t| self.ties[*t].table == table).fold(0, |set, t| set | 1 << t)
    }

    /// The cells of the requests table in a column, with their roles, from top to bottom.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = (usize, Role)> + '_ {
        let lines = self.form.lines.iter().enumerate().filter(|(_, l)| l.table == Table::Requests);
        lines.map(move |(i, l)| (self.form.starts[i] + column, l.role))
    }

    /// Whether nothing stands in a cell.
    pub(super) fn is_empty(&self, cell: usize) -> bool {
        matches!(self.settled.cells[cell].status, Status::Blank | Status::Missing)
    }

    /// Whether changes would be ours to make: what the page says of one of them is in doubt, and might well be this.
    ///
    /// `cut` tells that the change moves figures to other cells. Where a line can be read in several ways it is in
    /// doubt as far as these go: a figure that none of them offers is not what the page says.
    pub(super) fn is_in_doubt(&self, changes: &[Change], cut: bool) -> bool {
        changes.iter().any(|&(cell, to)| {
            let Some(seat) = self.seat(cell) else { return false };
            let unread = |c: usize| self.settled.cells[c].status == Status::Unreadable;
            let offered = match self.line(seat) {
                Some(line) if !line.ways.is_empty() => {
                    let at = cell - self.form.starts[seat.line];
                    let says = |r: &Reading| r[at].number().unwrap_or(0.0) == to as f64;
                    cut || line.ways.iter().any(says) || self.form.span(seat.line).any(unread)
                }
                _ => !self.is_certain(cell),
            };
            // Where a tie of the cell cannot be assessed, the fault may as well lie beside it in the other.
            let unsure = |t: &usize| self.ties[*t].cells.iter().any(|(c, _)| !self.is_certain(*c));
            let mut ties = seat.ties.iter().map(|(t, _)| *t);
            let beside =
                ties.clone().any(|t| self.open & 1 << t != 0) && ties.any(|t| self.broken & 1 << t != 0 && unsure(&t));
            let lost = unread(cell) || self.settled.cells[cell].written.content == Content::Missing;
            // A line of which nothing was read, though the ties want figures in it, may well have been lost by us.
            let empty = self.form.span(seat.line).all(|c| self.is_blank(c));
            offered || beside || lost || empty || self.settled.report.doubled.contains(&seat.line)
        })
    }

    /// Whether nothing was read in a cell, whatever was concluded since.
    fn is_blank(&self, cell: usize) -> bool {
        !matches!(self.settled.cells[cell].written.content, Content::Number(..) | Content::Unreadable)
    }

    fn line(&self, seat: &Seat) -> Option<&LineRead> {
        self.settled.report.lines.get(seat.line)
    }

    /// Whether there is but one way to read a cell.
    fn is_certain(&self, cell: usize) -> bool {
        let Some(seat) = self.seat(cell) else { return true };
        let read = self.line(seat).and_then(|l| l.cells.get(cell - self.form.starts[seat.line]));
        read.is_some_and(|c| {
            let sure = !matches!(
                c.written.content,
                Content::Missing | Content::Unreadable | Content::Number(_, Writing::Doubtful)
            );
            sure && c.knowledge == Knowledge::Page
        })
    }

    /// The ties that changes move: those that they make hold, and those that do not hold after them.
    pub(super) fn effect(&self, changes: &[Change]) -> (Ties, Ties) {
        let mut moved = [0i64; SEATS];
        let mut touched: Ties = 0;
        for &(cell, to) in changes {
            let Some(seat) = self.seat(cell) else { continue };
            for (tie, sign) in &seat.ties {
                moved[*tie] += sign * (to - self.figures[cell]);
                touched |= 1 << tie;
            }
        }
        let (mut mended, mut failing) = (0, 0);
        for t in bits(touched & !self.open).filter(|t| moved[*t] != 0) {
            if self.sums[t] + moved[t] != 0 {
                failing |= 1 << t;
            } else {
                mended |= 1 << t;
            }
        }
        (mended, failing)
    }

    /// The board after a change.
    pub(super) fn with(&self, (cell, to): Change) -> Board<'a> {
        let mut board = Board { figures: self.figures.clone(), ..*self };
        if let Some(seat) = self.seat(cell) {
            for (tie, sign) in seat.ties.iter().filter(|(t, _)| self.open & 1 << t == 0) {
                board.sums[*tie] += sign * (to - self.figures[cell]);
            }
        }
        board.figures[cell] = to;
        board.broken = board.nonzero();
        board
    }
}

/// The ties of a set.
pub(super) fn bits(mut set: Ties) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        first
    })
}
