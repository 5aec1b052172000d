//! Rows of tables: cells get their columns, and each row becomes a row of a grid, fields of a header, or lines of text.
//!
//! Tables lay pages out as well. A row is taken for a row of data unless it holds a table, prose or a heading; then its
//! cells are lines of text, one behind the other, as if there were no table.

use super::super::{Budget, notes};
use super::ink::Ink;
use super::portal;
use super::style::{Declared, Look};
use super::tags::Tag;
use crate::document::{Block, Grid, GridCell, Span};

/// Columns of a row at most; a wider row is read as text.
const MOST_COLUMNS: usize = 4096;
/// Bytes of a cell that is prose: some 300 characters.
const PROSE: usize = 900;
/// Bytes before a field of a form in which a figure is looked for.
const NEAR: usize = 256;
/// Bytes at the beginning of a page in which rows may be fields of a header.
const HEAD: usize = 16 * 1024;

/// A cell as its tag says.
#[derive(Debug, Clone, Copy)]
struct Cell {
    start: usize,
    end: usize,
    columns: u16,
    rows: u16,
    heading: bool,
    /// Where raised characters begin behind a figure.
    noted: Option<usize>,
    /// Where the fields of forms begin and end.
    fields: Option<(usize, usize)>,
    /// Whether a figure in it is not shown.
    misses: bool,
}

/// Links so far, and their bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Links {
    pub(super) count: usize,
    pub(super) bytes: usize,
}

/// An open table.
#[derive(Debug)]
pub(super) struct Table {
    /// How many tags were open when the table began: no end tag in it closes one of these.
    pub(super) base: usize,
    /// Whether a cell is open.
    pub(super) in_cell: bool,
    /// Where the table begins, and the links before it.
    pub(super) begin: (usize, Links),
    /// Where the first cell of the row begins, and the links before it.
    pub(super) row: Option<(usize, Links)>,
    /// Where the last cell of the row begins, and the links before it.
    pub(super) open: Option<(usize, Links)>,
    has_row: bool,
    cells: Vec<Cell>,
    /// The row has more cells than are kept.
    overflows: bool,
    /// For each column, how many rows below a cell of the rows above covers.
    covered: Vec<u16>,
    /// Whether the last block of the page is a grid of this table.
    is_last: bool,
    /// How characters are shown around the table, in it, in the open group and in the open row.
    looks: [Look; 4],
}

impl Table {
    /// A table that begins where so many tags are open.
    pub(super) fn new(base: usize, begin: (usize, Links), [around, inside]: [Look; 2]) -> Table {
        Table {
            base,
            in_cell: false,
            begin,
            row: None,
            open: None,
            has_row: false,
            cells: Vec::new(),
            overflows: false,
            covered: Vec::new(),
            is_last: false,
            looks: [around, inside, inside, inside],
        }
    }

    /// How characters are shown where a part of the table begins.
    pub(super) fn begin_look(&mut self, tag: Tag, said: &Declared) -> Look {
        let [_, inside, group, row] = self.looks;
        match tag {
            Tag::Group => {
                let look = inside.with(said);
                (self.looks[2], self.looks[3]) = (look, look);
                look
            }
            Tag::Row => {
                self.looks[3] = group.with(said);
                self.looks[3]
            }
            _ => row.with(said),
        }
    }

    /// How characters are shown behind the end of a part of the table.
    pub(super) fn look_behind(&self, tag: Tag) -> Look {
        let [around, _, group, row] = self.looks;
        match tag {
            Tag::Table => around,
            Tag::Row => group,
            _ => row,
        }
    }

    /// The open cell has raised characters behind a figure, and nothing behind them; or it has something there.
    pub(super) fn note(&mut self, at: Option<usize>) {
        if let Some(cell) = self.cells.last_mut() {
            cell.noted = at;
        }
    }

    /// A figure of the open cell is not shown.
    pub(super) fn miss(&mut self) {
        self.cells.last_mut().into_iter().for_each(|cell| cell.misses = true);
    }

    /// A field of a form in the open cell. Two fields are no figure.
    pub(super) fn field(&mut self, ink: &mut Ink, value: &[u8], at: usize) {
        let Some(cell) = self.cells.last_mut() else { return };
        let first = cell.fields.map(|(first, _)| first);
        // A figure of the page stands before it.
        let behind = cell.fields.map_or(cell.start, |(_, last)| last);
        if ink.since(behind).iter().rev().take(NEAR).any(u8::is_ascii_digit) {
            return;
        }
        if first.is_some() {
            ink.line();
        }
        let start = ink.len();
        ink.write(value, at, 0);
        cell.fields = Some((first.unwrap_or(start), ink.len()));
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        (self.has_row, self.in_cell) = (true, false);
    }

    /// A heading begins in the open cell.
    pub(super) fn heading(&mut self) {
        if let Some(cell) = self.cells.last_mut() {
            cell.heading = true;
        }
    }

    /// A group of rows ends; no cell reaches over its end.
    pub(super) fn end_group(&mut self) {
        self.covered.clear();
    }

    /// Leaves the row out, its cells' reach aside.
    pub(super) fn skip(&mut self) {
        self.columns();
        self.clear();
    }

    fn clear(&mut self) {
        self.cells.clear();
        (self.row, self.open) = (None, None);
        (self.has_row, self.in_cell, self.overflows) = (false, false, false);
    }

    /// Begins a cell, which ends the cell before and begins a row where none is open.
    pub(super) fn cell(&mut self, ink: &mut Ink, links: Links, (columns, rows): (u16, u16)) {
        (self.has_row, self.in_cell) = (true, true);
        if self.cells.len() >= MOST_COLUMNS {
            self.overflows = true;
            return ink.line();
        }
        let start = match self.cells.last_mut() {
            Some(last) => {
                last.end = ink.end();
                ink.begin_line(true)
            }
            None => ink.begin_line(false),
        };
        self.open = Some((start, links));
        self.row = self.row.or(self.open);
        self.cells.push(Cell {
            start,
            end: start,
            columns,
            rows,
            heading: false,
            noted: None,
            fields: None,
            misses: false,
        });
    }

    /// The columns of the row's cells, beside the cells that reach down from above; `None` where they are too many.
    fn columns(&mut self) -> Option<Vec<u16>> {
        let mut at = 0usize;
        let mut columns = Vec::with_capacity(self.cells.len());
        for cell in &self.cells {
            while self.covered.get(at).is_some_and(|rows| *rows > 0) {
                at += 1;
            }
            let end = at + usize::from(cell.columns);
            if end > MOST_COLUMNS {
                self.covered.clear();
                return None;
            }
            columns.push(at as u16);
            if self.covered.len() < end {
                self.covered.resize(end, 0);
            }
            for rows in &mut self.covered[at..end] {
                *rows = (*rows).max(cell.rows);
            }
            at = end;
        }
        for rows in &mut self.covered {
            *rows = rows.saturating_sub(1);
        }
        Some(columns)
    }
}

/// What a row turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Data,
    Fields,
    Text,
}

/// The blocks of a page in the making.
#[derive(Debug, Default)]
pub(super) struct Rows {
    blocks: Vec<Block>,
    /// Where the text behind the last grid begins.
    text: usize,
    /// Cells of all grids so far, covered ones included.
    cells: usize,
    /// How many they may be; what follows is read as text.
    most_cells: usize,
    /// Columns and rows that a cell covers at most.
    span: u16,
    /// Cells with a figure that is shown, and those with none but one that is not.
    shown: usize,
    missed: usize,
}

impl Rows {
    pub(super) fn new(budget: &Budget) -> Rows {
        let span = u16::try_from(budget.span).unwrap_or(u16::MAX).max(1);
        Rows { span, most_cells: budget.cells, ..Rows::default() }
    }

    /// The columns and rows that a cell covers, by its attributes.
    pub(super) fn spans(&self, columns: Option<u32>, rows: Option<u32>) -> (u16, u16) {
        let within = |n: u32| u16::try_from(n).unwrap_or(u16::MAX).min(self.span);
        // No rows at all means all rows of the group.
        (within(columns.unwrap_or(1).max(1)), rows.map_or(1, |n| if n == 0 { self.span } else { within(n) }))
    }

    /// Whether more cells have a figure that is not shown than one that is: a script shows them.
    pub(super) fn hide_most(&self) -> bool {
        self.missed > self.shown
    }

    /// Whether there is a grid.
    pub(super) fn has_grid(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Grid(_)))
    }

    /// Whether a grid stands in what was written from a place on.
    pub(super) fn reach(&self, start: usize) -> bool {
        self.text > start
    }

    /// The blocks of a page of so many bytes.
    pub(super) fn finish(mut self, end: usize) -> Vec<Block> {
        if end > self.text || self.blocks.is_empty() {
            self.blocks.push(Block::Text(Span::new(self.text.min(end), end)));
        }
        self.blocks
    }

    /// Ends the row of a table.
    pub(super) fn end(&mut self, table: &mut Table, ink: &mut Ink) {
        if !table.has_row {
            return;
        }
        let end = ink.end();
        if let Some(last) = table.cells.last_mut() {
            last.end = end;
        }
        let columns = table.columns();
        if let (Some(columns), false) = (columns, table.cells.is_empty()) {
            match self.kind(table, &columns, ink) {
                Kind::Data => self.data(table, &columns, ink),
                Kind::Fields => fields(&table.cells, ink),
                Kind::Text => {}
            }
        }
        table.clear();
        ink.line();
    }

    fn kind(&self, table: &Table, columns: &[u16], ink: &Ink) -> Kind {
        let row = &table.cells;
        let start = row[0].start;
        let full = || row.iter().filter(|c| !ink.between(c.start, c.end).trim_ascii().is_empty());
        let wide = table.covered.len();
        // A cell alone in its row is a line, unless cells from above stand beside it.
        if self.reach(start)
            || table.overflows
            || self.cells + wide > self.most_cells
            || (row.len() == 1 && columns[0] == 0)
        {
            return Kind::Text;
        }
        if start < HEAD && is_fields(row, ink) {
            return Kind::Fields;
        }
        let lines = |c: &Cell| memchr::memchr(b'\n', ink.between(c.start, c.end).trim_ascii()).is_some();
        let prose = row.len() <= 4 && row.iter().any(|c| c.end - c.start > PROSE || (c.heading && row.len() < 3));
        let alone = row.len() <= 3 && full().count() == 1 && full().any(lines);
        if prose || alone { Kind::Text } else { Kind::Data }
    }

    /// A row of a grid: a tab between its cells, and its lines in one.
    fn data(&mut self, table: &mut Table, columns: &[u16], ink: &mut Ink) {
        let row = &table.cells;
        self.cells += table.covered.len();
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                ink.between_mut(cell.start - 1, cell.start).fill(b'\t');
            }
            one_line(ink.between_mut(cell.start, cell.end));
            only_figure(cell, ink);
            let shows = ink.between(cell.start, cell.end).iter().any(u8::is_ascii_digit);
            self.shown += usize::from(shows);
            self.missed += usize::from(cell.misses && !shows);
        }
        let span = |c: &Cell| {
            // What became blank is no part of the cell.
            let text = ink.between(c.start, c.end);
            let shown = if c.noted.is_some() || c.fields.is_some() { text.trim_ascii() } else { text };
            let start = c.start + text.len()
                - if shown.len() < text.len() { text.trim_ascii_start().len() } else { text.len() };
            Span::new(start, start + shown.len())
        };
        let cells =
            row.iter().zip(columns).map(|(c, at)| GridCell { span: span(c), column: *at, width: c.columns }).collect();
        let (start, end) = (row[0].start, row[row.len() - 1].end);
        let between = !ink.between(self.text, start).trim_ascii().is_empty();
        if let (Some(Block::Grid(grid)), true, false) = (self.blocks.last_mut(), table.is_last, between) {
            grid.rows.push(cells);
        } else {
            if between {
                self.blocks.push(Block::Text(Span::new(self.text, start)));
            }
            self.blocks.push(Block::Grid(Grid { rows: vec![cells], ..Grid::default() }));
        }
        table.is_last = true;
        self.text = end;
        ink.keep();
    }
}

/// A figure stands alone in its cell: the mark of its note and the fields beside it become blank.
fn only_figure(cell: &Cell, ink: &mut Ink) {
    if let Some(at) = cell.noted {
        let text = str::from_utf8(ink.between(cell.start, cell.end)).unwrap_or("");
        if at.checked_sub(cell.start).is_some_and(|at| notes::is_noted(text, at)) {
            ink.between_mut(at, cell.end).fill(b' ');
        }
    }
    if let Some((first, last)) = cell.fields {
        let digit = |text: &[u8]| text.iter().any(u8::is_ascii_digit);
        if digit(ink.between(cell.start, first)) || digit(ink.between(last, cell.end)) {
            ink.between_mut(first, last.min(cell.end)).fill(b' ');
        }
    }
}

/// Whether a row is of names of fields, each with its value behind it.
fn is_fields(row: &[Cell], ink: &Ink) -> bool {
    if !row.len().is_multiple_of(2) {
        return false;
    }
    let label = |c: &Cell| portal::label(ink.between(c.start, c.end)).is_some();
    let names = row.iter().step_by(2).filter(|c| label(c)).count();
    names > 0 && names * 4 >= row.len() && !row.iter().skip(1).step_by(2).any(label)
}

/// Writes a colon between a field's name and its value; each field stays on a line of its own.
fn fields(row: &[Cell], ink: &mut Ink) {
    for pair in row.chunks_exact(2) {
        let (name, value) = (pair[0], pair[1]);
        let colon = portal::label(ink.between(name.start, name.end)) == Some(true);
        one_line(ink.between_mut(name.start, name.end));
        one_line(ink.between_mut(value.start, value.end));
        ink.between_mut(value.start - 1, value.start).fill(if colon { b' ' } else { b':' });
    }
}

/// Line breaks and tabs become spaces; between digits they stay, for two lines of digits are no number.
fn one_line(cell: &mut [u8]) {
    let mut from = 0;
    while let Some(at) = memchr::memchr2(b'\n', b'\t', &cell[from..]).map(|i| from + i) {
        let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
        let next = cell[at..].iter().find(|b| !b.is_ascii_whitespace());
        let before = cell[..at].iter().rev().find(|b| !b.is_ascii_whitespace());
        if !(digit(before) && digit(next)) {
            cell[at] = b' ';
        }
        from = at + 1;
    }
}
