//! What is read of a file, and how two readings of it are held against each other.

use gxbg::document::Document;
use gxbg::ledger::{Settled, settle};
use gxbg::terms::{Edition, Form};

use crate::bench::drafts::{Draft, Writer};

/// What is read of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    /// The figure to work with.
    pub(crate) value: Option<f64>,
    pub(crate) status: &'static str,
}

impl Cell {
    /// The figure as far as the reading vouches for it.
    pub(crate) fn claim(self) -> Option<f64> {
        self.value.filter(|_| self.status != "suspect")
    }
}

/// What is read of a file.
pub(crate) struct View {
    /// The document and what it says; none where the file was not read as a report of the form.
    pub(crate) whole: Option<(Document, Settled)>,
    /// Its cells in the order of the form.
    pub(crate) cells: Vec<Cell>,
}

impl View {
    pub(crate) fn of(bytes: &[u8], edition: Edition) -> View {
        let whole = gxbg::decode::decode(bytes).ok().and_then(|document| {
            let report = gxbg::recognize::recognize(&document).ok()?;
            (report.editions.is_some_and(|e| e.only() == Some(edition))).then(|| (document, settle(report)))
        });
        let cells = match &whole {
            Some((_, settled)) => {
                settled.cells.iter().map(|c| Cell { value: c.value, status: c.status.key() }).collect()
            }
            None => vec![Cell { value: None, status: "missing" }; Form::of(edition).cells.len()],
        };
        View { whole, cells }
    }

    pub(crate) fn read(draft: &Draft, writer: Writer) -> View {
        View::of(&draft.write(writer), draft.edition)
    }
}

/// What may not happen to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It has another value.
    Other,
    /// It has none any more.
    Lost,
    /// It has one that the page cannot tell.
    More,
    /// It has the value with another status.
    Status,
    /// Characters of the table are nowhere.
    Dropped,
    /// A tie is assessed without one of its rows.
    Assessed,
}

impl Kind {
    pub(crate) fn key(self) -> &'static str {
        ["other", "lost", "more", "status", "dropped", "assessed"][self as usize]
    }
}

/// An invariant broken.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) seed: u64,
    pub(crate) writer: &'static str,
    pub(crate) kind: Kind,
    /// Where, and what is read.
    pub(crate) what: String,
}

/// Faults of one trial as they are found.
pub(crate) struct Faults<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) writer: Writer,
    pub(crate) found: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub(crate) fn new(draft: &'a Draft, writer: Writer) -> Faults<'a> {
        Faults { draft, writer, found: Vec::new() }
    }

    pub(crate) fn say(&mut self, kind: Kind, what: String) {
        self.found.push(Fault { seed: self.draft.seed, writer: self.writer.key(), kind, what });
    }

    pub(crate) fn cell(&mut self, kind: Kind, cell: usize, before: Cell, after: Cell) {
        let term = self.draft.form().cells[cell];
        let told = |c: Cell| format!("{} ({})", c.value.map_or("nothing".to_owned(), |v| v.to_string()), c.status);
        let name = format!("{}/{}/{}", term.table.key(), term.row, term.column);
        self.say(kind, format!("{name}: {} became {}", told(before), told(after)));
    }

    /// The cell says the same, in value and status.
    pub(crate) fn same(&mut self, cell: usize, before: Cell, after: Cell) {
        match (before.claim(), after.claim()) {
            (Some(a), Some(b)) if a != b => self.cell(Kind::Other, cell, before, after),
            (None, Some(_)) => self.cell(Kind::More, cell, before, after),
            (Some(_), None) if after.value.is_none() => self.cell(Kind::Lost, cell, before, after),
            _ if before.status != after.status => self.cell(Kind::Status, cell, before, after),
            _ => {}
        }
    }

    /// The cell does not say something else; in a file that keeps its cells it says the same value.
    pub(crate) fn alike(&mut self, cell: usize, before: Cell, after: Cell) {
        match (before.claim(), after.claim()) {
            (Some(a), Some(b)) if a != b => self.cell(Kind::Other, cell, before, after),
            (Some(_), None) if self.writer.keeps_cells() => self.cell(Kind::Lost, cell, before, after),
            _ => {}
        }
    }

    /// The cell has this value or none.
    pub(crate) fn only(&mut self, cell: usize, figure: Option<f64>, before: Cell, after: Cell) {
        if after.claim().is_some_and(|v| Some(v) != figure) {
            self.cell(Kind::Other, cell, before, after);
        }
    }

    pub(crate) fn done(self) -> Option<Vec<Fault>> {
        Some(self.found)
    }
}
