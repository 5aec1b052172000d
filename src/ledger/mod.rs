//! The ledger: what the ties imply for what the document claims.
//!
//! A figure that was read beyond doubt is never touched, even where it breaks a tie: that is the issuer's. The ties
//! choose among readings that the layout leaves open, and fill cells that are empty. What they do not leave unique
//! has no value.

mod choose;
mod infer;
mod shift;
mod ties;

pub use ties::{Law, Tie, ties};

use crate::report::{Content, LineRead, Reading, Readings, Report, Writing, Written};
use crate::terms::{Form, Measure};
use choose::Choice;
use ties::ties_of_cells;

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
    let Some(edition) = report.edition else { return Settled { report, cells: Vec::new() } };
    let form = Form::of(edition);
    let mut cells = Vec::with_capacity(form.cells.len());
    // Cells of open lines that the ties chose: they want every tie as a witness.
    let mut chosen = vec![false; form.cells.len()];
    // Cells in which a zero stands if anything does: they are filled with nothing else.
    let mut maybe_zero = vec![false; form.cells.len()];
    let mut choices = choose::choose(form, &report.lines);
    for (i, line) in report.lines.iter().enumerate() {
        let n = form.lines[i].len();
        let start = cells.len();
        match (&line.readings, choices[i].take()) {
            (Readings::Certain(reading), _) => cells.extend(reading.iter().map(|w| certain(*w))),
            (Readings::Absent, _) => cells.extend((0..n).map(|_| certain(Written::MISSING))),
            (Readings::Hopeless(span), _) => {
                let written = Written { content: Content::Unreadable, span: Some(*span) };
                cells.extend((0..n).map(|_| certain(written)));
            }
            (Readings::Open(all), choice) => {
                let (readings, fits) = match &choice {
                    Some(Choice::Fitting(r)) => (r.as_slice(), true),
                    Some(Choice::Alone(r)) => (r.as_slice(), false),
                    Some(Choice::None) | None => (all.as_slice(), false),
                };
                for (c, maybe) in maybe_zero[start..start + n].iter_mut().enumerate() {
                    *maybe = readings.iter().any(|r| r[c].number() == Some(0.0));
                    cells.push(agreed(readings, c, fits, line));
                }
                chosen[start..start + n].iter_mut().for_each(|c| *c = true);
            }
        }
    }
    let index = ties_of_cells(edition);
    for line in shift::misplaced(form, &report.lines, &cells) {
        for cell in &mut cells[form.span(line)] {
            if cell.value.is_some() {
                cell.status = Status::Suspect;
            }
        }
    }
    let doubtful: Vec<bool> = cells
        .iter()
        .zip(&chosen)
        .map(|(c, open)| {
            (*open || matches!(c.written.content, Content::Number(_, Writing::Doubtful))) && c.value.is_some()
        })
        .collect();
    witness(ties(edition), index, &doubtful, &mut cells);
    // Nothing is concluded of cells whose figures may be there, in a row that was not understood.
    for line in &report.lost {
        cells[form.span(*line)].iter_mut().for_each(|c| c.status = Status::Unreadable);
    }
    infer::infer(ties(edition), index, &maybe_zero, &mut cells);
    for line in &report.lost {
        cells[form.span(*line)].iter_mut().for_each(|c| c.status = certain(c.written).status);
    }
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

/// What all readings of an open line agree on in one cell.
fn agreed(readings: &[Reading], cell: usize, fits: bool, line: &LineRead) -> Cell {
    let first = readings.first().map_or(Written::MISSING, |r| r[cell]);
    let same = |w: &Written| w.number() == first.number();
    if readings.iter().all(|r| same(&r[cell])) {
        return match first.content {
            Content::Number(v, _) => {
                let status = if fits { Status::Repaired } else { Status::Suspect };
                Cell { written: first, value: Some(v), status }
            }
            Content::Blank | Content::Missing => certain(first),
            Content::Unreadable => Cell { written: first, value: None, status: Status::Unreadable },
        };
    }
    // Zero in some readings and nothing in the others: empty for all that is known.
    let nothing = |w: &Written| w.number().is_none_or(|v| v == 0.0);
    if readings.iter().all(|r| nothing(&r[cell])) {
        return Cell { written: Written::MISSING, value: None, status: Status::Missing };
    }
    let spans: Vec<_> = readings.iter().filter_map(|r| r[cell].span).collect();
    let span = spans
        .iter()
        .min()
        .zip(spans.iter().max_by_key(|s| s.end))
        .map(|(a, b)| crate::document::Span { start: a.start, end: b.end.max(a.start) });
    let written = Written { content: Content::Unreadable, span: span.or(line.label) };
    Cell { written, value: None, status: Status::Unreadable }
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
