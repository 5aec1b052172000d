//! The one way from the events of an office format to a [`Document`]: paragraphs, and tables in tables.
//!
//! A format tells what begins and what ends; misplaced events do nothing. Columns are resolved when a table ends:
//! edges that almost coincide are one, so that a row drawn a hair too wide keeps the columns of the others.

mod story;

use self::story::{Slot, Story};
use super::Budget;
use super::columns::{SLACK, resolve};
use super::compose::{self, Cell, Part};
use crate::document::{Document, Origin};
use crate::error::Failure;

/// Tables inside of tables.
pub(super) const MAX_NESTED: usize = 64;
/// Bytes of text of a file.
const MAX_TEXT: usize = 64 << 20;
/// Bytes of a cell that is copied into its neighbours on a format's word.
const MAX_COPIED: usize = 64;

/// Where a cell of a row stands, told behind the row's cells; edges are in twips.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Its left edge.
    pub left: i32,
    /// Its right edge.
    pub right: i32,
    /// It goes on in the row below.
    pub opens_below: bool,
    /// It is the rest of the one above.
    pub from_above: bool,
    /// It is the rest of the one to its left.
    pub from_left: bool,
}

/// A table that is being read.
#[derive(Debug, Default)]
struct Draft {
    rows: Vec<Vec<Cell>>,
    row: Option<Vec<Cell>>,
    /// Whether the open row is shown.
    row_hidden: bool,
    /// Where the next cell begins.
    at: i32,
    /// Columns before it that the last cell covers, its first one aside.
    ahead: i32,
    /// The left edges of cells that the row above lets go on below.
    above: Vec<i32>,
    /// The same for the open row.
    below: Vec<i32>,
    /// Widths of the columns in twips, if the format tells them.
    widths: Vec<i32>,
    /// Whether the edges of the cells are in twips themselves.
    measured: bool,
}

#[derive(Debug)]
enum Frame {
    Story(Story),
    Table(Draft),
}

/// A document that is being read.
#[derive(Debug)]
pub(super) struct Flow {
    frames: Vec<Frame>,
    cells: usize,
    tables: usize,
    text: usize,
    budget: Budget,
    /// Columns that one cell may cover.
    span: i32,
    /// Whether the last characters were raised.
    raised: bool,
}

impl Flow {
    /// An empty document.
    pub(super) fn new(budget: &Budget) -> Flow {
        let span = i32::try_from(budget.span).unwrap_or(i32::MAX).max(1);
        Flow {
            frames: vec![Frame::Story(Story::default())],
            cells: 0,
            tables: 0,
            text: 0,
            budget: budget.clone(),
            span,
            raised: false,
        }
    }

    /// Characters of the open paragraph.
    pub(super) fn text(&mut self, text: &str) {
        self.text = self.text.saturating_add(text.len());
        if self.text > MAX_TEXT {
            return;
        }
        if let Some(story) = self.story() {
            story.lines.push_str(text);
        }
    }

    /// Characters of the open paragraph that may be raised: those behind a digit are none of its number.
    pub(super) fn text_of_run(&mut self, text: &str, raised: bool) {
        if text.is_empty() {
            return;
        }
        if raised {
            let begins = !std::mem::replace(&mut self.raised, true);
            self.story().filter(|_| begins).into_iter().for_each(|story| story.raise(text));
        } else if self.raised && !text.trim().is_empty() {
            // More than the mark of a note stands behind the figure.
            self.raised = false;
            self.story().into_iter().for_each(|story| story.raised = None);
        }
        self.text(text);
    }

    /// The innermost place where paragraphs stand.
    fn story(&mut self) -> Option<&mut Story> {
        self.frames.iter_mut().rev().find_map(|f| match f {
            Frame::Story(story) => Some(story),
            Frame::Table(_) => None,
        })
    }

    /// What has no place of its own follows the open paragraph.
    fn later(&mut self, parts: Vec<Part>) {
        if let Some(story) = self.story() {
            story.later.extend(parts);
        }
    }

    /// Ends the open paragraph.
    pub(super) fn end_paragraph(&mut self) {
        if let Some(Frame::Story(story)) = self.frames.last_mut() {
            story.lines.push('\n');
            if !story.later.is_empty() {
                story.break_off();
            }
        }
    }

    /// A text box in the open paragraph.
    pub(super) fn open_box(&mut self) -> Result<(), Failure> {
        self.nest()?;
        self.frames.push(Frame::Story(Story::default()));
        Ok(())
    }

    /// Ends the text box.
    pub(super) fn close_box(&mut self) {
        if self.frames.len() < 2 || !matches!(self.frames.last(), Some(Frame::Story(s)) if s.slot.is_none()) {
            return;
        }
        self.tables -= 1;
        if let Some(Frame::Story(inner)) = self.frames.pop() {
            self.later(inner.end());
        }
    }

    /// A table begins; `measured` if the edges of its cells will be given in twips.
    pub(super) fn open_table(&mut self, measured: bool) -> Result<(), Failure> {
        self.nest()?;
        self.budget.time()?;
        if let Some(Frame::Story(story)) = self.frames.last_mut() {
            story.break_off();
        }
        self.frames.push(Frame::Table(Draft { measured, ..Draft::default() }));
        Ok(())
    }

    fn nest(&mut self) -> Result<(), Failure> {
        self.tables += 1;
        if self.tables > MAX_NESTED {
            return Err(Failure::Limit { name: "nested_tables", limit: MAX_NESTED as u64 });
        }
        Ok(())
    }

    /// The width of the next column of the table.
    pub(super) fn column_width(&mut self, twips: i32) {
        if let Some(Frame::Table(table)) = self.frames.last_mut()
            && table.widths.len() < self.budget.cells
        {
            table.widths.push(twips.clamp(0, 1 << 16));
        }
    }

    /// The next row of the table.
    pub(super) fn open_row(&mut self) {
        self.close_row();
        if let Some(Frame::Table(table)) = self.frames.last_mut() {
            (table.row, table.at, table.ahead, table.row_hidden) = (Some(Vec::new()), 0, 0, false);
        }
    }

    /// The open row was deleted.
    pub(super) fn hide_row(&mut self) {
        if let Some(Frame::Table(table)) = self.frames.last_mut() {
            table.row_hidden = true;
        }
    }

    /// Columns of the open row without a cell.
    pub(super) fn skip_columns(&mut self, columns: i32) {
        if let Some(Frame::Table(table)) = self.frames.last_mut() {
            table.at = table.at.saturating_add(columns.clamp(0, self.span));
        }
    }

    /// Gives the cells of the open row their places, in their order; cells without one follow each other.
    pub(super) fn place_cells(&mut self, places: &[Place]) {
        let Some(Frame::Table(table)) = self.frames.last_mut() else { return };
        let Some(row) = table.row.as_mut() else { return };
        let mut end = 0;
        let mut placed: Vec<Cell> = Vec::with_capacity(row.len());
        for (i, cell) in row.drain(..).enumerate() {
            let beside = Place { left: end, right: end.saturating_add(20 * SLACK), ..Place::default() };
            let place = places.get(i).copied().unwrap_or(beside);
            end = place.right;
            let rest = place.from_above && table.above.iter().any(|l| (l - place.left).abs() < SLACK);
            if place.opens_below || rest {
                table.below.push(place.left);
            }
            match placed.last_mut().filter(|_| place.from_left) {
                Some(before) => before.right = place.right,
                None if rest => {}
                None => placed.push(Cell { left: place.left, right: place.right, ..cell }),
            }
        }
        *row = placed;
    }

    /// Columns of the open row that cells told before may cover already: those of the cell to the left are not counted
    /// again.
    pub(super) fn skip_covered(&mut self, columns: i32) {
        if let Some(Frame::Table(table)) = self.frames.last_mut() {
            let columns = columns.clamp(0, self.span);
            let covered = table.ahead.min(columns);
            table.ahead -= covered;
            table.at = table.at.saturating_add(columns - covered);
        }
    }

    /// Ends the open row.
    pub(super) fn close_row(&mut self) {
        let Some(Frame::Table(table)) = self.frames.last_mut() else { return };
        let Some(row) = table.row.take() else { return };
        if !table.row_hidden {
            table.above = std::mem::take(&mut table.below);
            if !row.is_empty() {
                table.rows.push(row);
            }
        }
        table.below.clear();
    }

    /// The next cell of the open row.
    pub(super) fn open_cell(&mut self) -> Result<(), Failure> {
        let at = match self.frames.last() {
            Some(Frame::Table(table)) => table.at,
            _ => return Ok(()),
        };
        self.open_cell_at(at, at.saturating_add(1))
    }

    /// The next cell of the open row, between two edges.
    pub(super) fn open_cell_at(&mut self, left: i32, right: i32) -> Result<(), Failure> {
        if !matches!(self.frames.last(), Some(Frame::Table(Draft { row: Some(_), .. }))) {
            return Ok(());
        }
        self.cells += 1;
        if self.cells > self.budget.cells {
            return Err(self.too_many_cells());
        }
        let slot = Slot { left, right: right.max(left), hidden: false, copies: 1 };
        self.frames.push(Frame::Story(Story { slot: Some(slot), ..Story::default() }));
        Ok(())
    }

    fn too_many_cells(&self) -> Failure {
        Failure::Limit { name: "cells", limit: self.budget.cells as u64 }
    }

    fn slot(&mut self) -> Option<(&mut Slot, &mut Draft)> {
        match self.frames.as_mut_slice() {
            [.., Frame::Table(table), Frame::Story(Story { slot: Some(slot), .. })] => Some((slot, table)),
            _ => None,
        }
    }

    /// The columns that a cell of a format's own count covers here.
    pub(super) fn width(&self, columns: u32) -> i32 {
        i32::try_from(columns).unwrap_or(self.span).clamp(1, self.span)
    }

    /// The open cell covers so many columns.
    pub(super) fn cell_covers(&mut self, columns: i32) {
        let span = self.span;
        if let Some((slot, _)) = self.slot() {
            slot.right = slot.left.saturating_add(columns.clamp(1, span));
        }
    }

    /// The open cell stands so many times side by side.
    pub(super) fn cell_repeats(&mut self, copies: i32) {
        let span = self.span;
        if let Some((slot, _)) = self.slot() {
            slot.copies = copies.clamp(1, span);
        }
    }

    /// The open cell goes on in the row below.
    pub(super) fn cell_opens_below(&mut self) {
        if let Some((slot, table)) = self.slot() {
            table.below.push(slot.left);
        }
    }

    /// The open cell is the rest of the one above, if that one lets it.
    pub(super) fn cell_from_above(&mut self) {
        if let Some((slot, table)) = self.slot() {
            let slack = if table.measured { SLACK } else { 1 };
            if table.above.iter().any(|left| (left - slot.left).abs() < slack) {
                slot.hidden = true;
                table.below.push(slot.left);
            }
        }
    }

    /// The open cell is the rest of the one to its left.
    pub(super) fn cell_from_left(&mut self) {
        if let Some((slot, table)) = self.slot()
            && let Some(before) = table.row.as_mut().and_then(|r| r.last_mut())
        {
            slot.hidden = true;
            before.right = before.right.max(slot.right);
        }
    }

    /// Ends the open cell.
    pub(super) fn close_cell(&mut self) -> Result<(), Failure> {
        let [.., Frame::Table(_), Frame::Story(Story { slot: Some(slot), .. })] = self.frames.as_slice() else {
            return Ok(());
        };
        let slot = *slot;
        let Some(Frame::Story(mut story)) = self.frames.pop() else { return Ok(()) };
        story.drop_mark();
        let parts = story.end();
        let Some(Frame::Table(table)) = self.frames.last_mut() else { return Ok(()) };
        table.at = slot.right;
        table.ahead = slot.right - slot.left - 1;
        let Some(row) = table.row.as_mut() else { return Ok(()) };
        if slot.hidden {
            return Ok(());
        }
        let small = parts.iter().all(|p| matches!(p, Part::Lines(l) if l.len() <= MAX_COPIED));
        let width = (slot.right - slot.left).max(1);
        for copy in 1..slot.copies {
            let left = slot.left.saturating_add(copy.saturating_mul(width));
            table.at = left.saturating_add(width);
            if small {
                self.cells += 1;
                if self.cells > self.budget.cells {
                    return Err(Failure::Limit { name: "cells", limit: self.budget.cells as u64 });
                }
                let lines = parts.iter().filter_map(|p| match p {
                    Part::Lines(lines) => Some(Part::Lines(lines.clone())),
                    Part::Table(_) => None,
                });
                row.push(Cell { left, right: table.at, parts: lines.collect() });
            }
        }
        let at = row.len() - if small { slot.copies as usize - 1 } else { 0 };
        row.insert(at, Cell { left: slot.left, right: slot.right, parts });
        Ok(())
    }

    /// Ends the table: its columns are resolved.
    pub(super) fn close_table(&mut self) {
        self.close_row();
        if !matches!(self.frames.last(), Some(Frame::Table(_))) {
            return;
        }
        self.tables -= 1;
        let Some(Frame::Table(draft)) = self.frames.pop() else { return };
        if draft.rows.is_empty() {
            return;
        }
        let table = Part::Table(resolve(draft.rows, &draft.widths, draft.measured));
        match self.frames.last_mut() {
            Some(Frame::Story(story)) => story.parts.push(table),
            _ => self.later(vec![table]),
        }
    }

    /// The document, whatever is still open; `bytes` is the size of what it was read from.
    pub(super) fn finish(
        mut self,
        format: &'static str,
        charset: &'static str,
        bytes: usize,
    ) -> Result<Document, Failure> {
        if self.text > MAX_TEXT {
            return Err(Failure::Limit { name: "text_bytes", limit: MAX_TEXT as u64 });
        }
        while self.frames.len() > 1 {
            match self.frames.last() {
                Some(Frame::Story(story)) if story.slot.is_some() => self.close_cell()?,
                Some(Frame::Story(_)) => self.close_box(),
                _ => self.close_table(),
            }
        }
        let parts = match self.frames.pop() {
            Some(Frame::Story(story)) => story.end(),
            _ => Vec::new(),
        };
        let document = compose::document(&parts, Origin::Markup, format, charset);
        if document.text.trim().is_empty() {
            return Err(Failure::Empty { bytes: bytes as u64 });
        }
        Ok(document)
    }
}
