//! Places where paragraphs stand.

use super::super::compose::Part;
use super::super::notes::{self, RAISED};

/// Bytes of a figure with white space around it.
const LONGEST: usize = 64;

/// A place where paragraphs stand: the body, a cell or a text box.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) parts: Vec<Part>,
    /// The lines since the last table.
    pub(super) lines: String,
    /// What stands in the text boxes of the open paragraph: it follows the paragraph.
    pub(super) later: Vec<Part>,
    /// The cell that it fills.
    pub(super) slot: Option<Slot>,
    /// Where raised characters begin behind a figure.
    pub(super) raised: Option<usize>,
}

impl Story {
    /// A figure says nothing by the mark of its note.
    pub(super) fn drop_mark(&mut self) {
        if let Some(at) = self.raised.take().filter(|at| self.parts.is_empty() && notes::is_noted(&self.lines, *at)) {
            self.lines.truncate(at);
        }
    }

    /// Raised characters begin: those behind a digit are none of its number.
    pub(super) fn raise(&mut self, text: &str) {
        if text.starts_with(notes::may_begin) && self.lines.ends_with(|c: char| c.is_ascii_digit()) {
            self.raised =
                self.slot.map(|_| self.lines.len()).filter(|at| *at <= LONGEST && !self.lines.contains(RAISED));
            self.lines.push(RAISED);
        }
    }

    pub(super) fn break_off(&mut self) {
        if !self.lines.is_empty() {
            if !self.lines.ends_with('\n') {
                self.lines.push('\n');
            }
            self.parts.push(Part::Lines(std::mem::take(&mut self.lines)));
        }
        self.parts.append(&mut self.later);
    }

    pub(super) fn end(mut self) -> Vec<Part> {
        self.break_off();
        self.parts
    }
}

/// The place of an open cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) left: i32,
    pub(super) right: i32,
    /// It shows nothing of its own: the rest of a merged cell.
    pub(super) hidden: bool,
    pub(super) copies: i32,
}
