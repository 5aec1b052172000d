//! The ledger: what the ties imply for what the document claims.
//!
//! A figure that was read beyond doubt is never touched, even where it breaks a tie: that is the issuer's. The ties
//! choose among readings that the layout leaves open, and fill cells that are empty. What they do not leave unique
//! has no value.

mod infer;

pub use crate::law::{Law, Tie, ties};

use crate::law::ties_of_cells;
use crate::report::{CellRead, Content, Knowledge, Report, Writing, Written};
use crate::terms::{Form, Measure};

/// How a cell came to its value, or why it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Read as published.
    Reported,
    /// The cell is there and empty.
    Blank,
    /// Empty, and the ties leave one value.
    Inferred,
    /// The characters were ambiguous, and the ties leave one reading.
    Repaired,
    /// Read, but the evidence is against it.
    Suspect,
    /// Something is there that is no number, or can be read in several ways.
    Unreadable,
    /// The document has no such cell.
    Missing,
}

impl Status {
    /// All statuses.
    pub const ALL: [Status; 7] = [
        Status::Reported,
        Status::Blank,
        Status::Inferred,
        Status::Repaired,
        Status::Suspect,
        Status::Unreadable,
        Status::Missing,
    ];

    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Status::Reported => "reported",
            Status::Blank => "blank",
            Status::Inferred => "inferred",
            Status::Repaired => "repaired",
            Status::Suspect => "suspect",
            Status::Unreadable => "unreadable",
            Status::Missing => "missing",
        }
    }

    /// Whether a value with this status may enter into conclusions about other cells.
    pub fn is_sound(self) -> bool {
        matches!(self, Status::Reported | Status::Inferred | Status::Repaired)
    }
}

/// A cell with what was read and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// What the document says.
    pub written: Written,
    /// The figure to work with.
    pub value: Option<f64>,
    /// How the value came about.
    pub status: Status,
}

/// A report with its cells settled, in the order of the form; no cells without an edition.
#[derive(Debug, Clone)]
pub struct Settled {
    /// What the document claims.
    pub report: Report,
    /// The cells.
    pub cells: Vec<Cell>,
}

/// Whether a tie holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Assessment {
    /// It holds.
    Holds,
    /// It does not: the signed sum.
    Broken(f64),
    /// A cell that it needs has no figure.
    Open,
}

/// Assesses a tie on figures, an empty one making it open.
pub fn assess(tie: &Tie, figure: impl Fn(usize) -> Option<f64>) -> Assessment {
    let mut sum = 0.0;
    for (cell, sign) in &tie.cells {
        match figure(*cell) {
            Some(v) => sum += f64::from(*sign) * v,
            None => return Assessment::Open,
        }
    }
    if sum == 0.0 { Assessment::Holds } else { Assessment::Broken(sum) }
}

/// Settles a report.
///
/// ```
/// let document = gxbg::decode::decode("一、总体情况\n甲\n二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t0\t\n三、收到和处理政府信息公开申请情况\n无\n".as_bytes()).unwrap();
/// let settled = gxbg::ledger::settle(gxbg::recognize::recognize(&document).unwrap());
/// assert_eq!(settled.cells[0].value, Some(1.0));
/// assert_eq!(settled.cells[2].status.key(), "blank");
/// assert_eq!(settled.cells[2].value, None);
/// ```
pub fn settle(report: Report) -> Settled {
    let Some(editions) = report.editions else { return Settled { report, cells: Vec::new() } };
    let form = Form::of(editions);
    let mut cells: Vec<Cell> = Vec::with_capacity(form.cells.len());
    for (line, term) in report.lines.iter().zip(&form.lines) {
        match line.is_there() {
            true => cells.extend(line.cells.iter().map(known)),
            false => cells.extend((0..term.len()).map(|_| certain(Written::MISSING))),
        }
    }
    let index = ties_of_cells(editions);
    let doubtful: Vec<bool> = cells
        .iter()
        .map(|c| matches!(c.written.content, Content::Number(_, Writing::Doubtful)) && c.status == Status::Reported)
        .collect();
    // Lines of which something is on the page: nothing is concluded of the others.
    let there: Vec<bool> =
        report.lines.iter().zip(&form.lines).flat_map(|(l, t)| vec![l.is_there(); t.len()]).collect();
    witness(ties(editions), index, &doubtful, &mut cells);
    infer::infer(ties(editions), index, &there, &mut cells);
    for (cell, term) in cells.iter_mut().zip(&form.cells) {
        // A count that is no count was not read right, or was not written right.
        let odd = cell.value.is_some_and(|v| match term.measure {
            Measure::Count => v.fract() != 0.0 || v < 0.0,
            Measure::Change => v.fract() != 0.0,
            Measure::Money => v < 0.0,
        });
        if odd {
            cell.status = Status::Suspect;
        }
    }
    Settled { report, cells }
}

fn certain(written: Written) -> Cell {
    let (value, status) = match written.content {
        Content::Missing => (None, Status::Missing),
        Content::Blank => (None, Status::Blank),
        Content::Number(v, _) => (Some(v), Status::Reported),
        Content::Unreadable => (None, Status::Unreadable),
    };
    Cell { written, value, status }
}

/// A cell of a line that is there.
fn known(read: &CellRead) -> Cell {
    let cell = certain(read.written);
    let status = match (read.knowledge, cell.status) {
        (Knowledge::Ties, Status::Reported) => Status::Repaired,
        (Knowledge::Doubt, Status::Reported) => Status::Suspect,
        (Knowledge::Open, _) => return Cell { status: Status::Unreadable, value: None, ..cell },
        (_, status) => status,
    };
    Cell { status, ..cell }
}

/// Cells that were not read beyond doubt keep their value as sound only if a tie speaks for it and none against.
fn witness(ties: &[Tie], index: &[Vec<usize>], doubtful: &[bool], cells: &mut [Cell]) {
    if !doubtful.contains(&true) {
        return;
    }
    let assessed: Vec<Assessment> = ties
        .iter()
        .map(|t| {
            assess(t, |c| match cells[c].status {
                Status::Blank | Status::Missing => Some(0.0),
                _ => cells[c].value,
            })
        })
        .collect();
    for (c, _) in doubtful.iter().enumerate().filter(|(_, d)| **d) {
        let mut holds = 0;
        let mut broken = 0;
        for t in &index[c] {
            match assessed[*t] {
                Assessment::Holds => holds += 1,
                Assessment::Broken(_) => broken += 1,
                Assessment::Open => {}
            }
        }
        cells[c].status = match (holds, broken, cells[c].status) {
            // One of many readings that no other line speaks for wants a witness beside its own row.
            (2.., 0, Status::Suspect) => Status::Repaired,
            (1.., 0, Status::Reported | Status::Repaired) => Status::Repaired,
            _ => Status::Suspect,
        };
    }
}
