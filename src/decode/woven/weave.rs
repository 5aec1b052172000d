//! A document that is woven from pieces of its source: what parts cells and lines there is left out, and every piece
//! keeps its place.

use crate::document::{Block, Document, Grid, GridCell, Origin, Span, Stretch};

/// A cell: lines of the source, and its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::decode) struct Piece {
    /// Its first column.
    pub(in crate::decode) column: usize,
    /// The columns that it covers.
    pub(in crate::decode) width: usize,
    /// Its lines.
    pub(in crate::decode) lines: Vec<Span>,
}

/// A document in the making.
#[derive(Debug)]
pub(in crate::decode) struct Weave<'s> {
    source: &'s str,
    text: String,
    blocks: Vec<Block>,
    stretches: Vec<Stretch>,
    /// Where the open block of lines begins.
    lines_from: usize,
    /// The rows of the open table.
    rows: Vec<Vec<GridCell>>,
    origin: Origin,
    /// What of a line is read: all of it but the marks of a notation.
    read_of: fn(&str, Span) -> Vec<Span>,
}

impl<'s> Weave<'s> {
    pub(in crate::decode) fn new(source: &'s str, origin: Origin) -> Weave<'s> {
        Weave {
            source,
            text: String::with_capacity(source.len()),
            blocks: Vec::new(),
            stretches: Vec::new(),
            lines_from: 0,
            rows: Vec::new(),
            origin,
            read_of: |_, line| vec![line],
        }
    }

    /// Lines have marks that are no characters of theirs.
    pub(in crate::decode) fn with_marks(self, read_of: fn(&str, Span) -> Vec<Span>) -> Weave<'s> {
        Weave { read_of, ..self }
    }

    /// A line in pieces.
    fn push_line(&mut self, line: Span) {
        for piece in (self.read_of)(self.source, line) {
            self.push(piece);
        }
    }

    fn push(&mut self, piece: Span) {
        let start = self.text.len();
        self.text.push_str(piece.of(self.source));
        if self.text.len() > start {
            self.stretches.push(Stretch { reading: Span::new(start, self.text.len()), source: piece });
        }
    }

    /// A line of text in pieces.
    pub(in crate::decode) fn line(&mut self, pieces: &[Span]) {
        self.end_table();
        pieces.iter().for_each(|piece| self.push_line(*piece));
        self.text.push('\n');
    }

    /// A row of the open table; one begins if none is open.
    pub(in crate::decode) fn row(&mut self, cells: &[Piece]) {
        if self.rows.is_empty() {
            self.end_lines();
        }
        let mut row = Vec::with_capacity(cells.len());
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push('\t');
            }
            let start = self.text.len();
            for (at, line) in cell.lines.iter().enumerate() {
                if at > 0 {
                    self.text.push('\n');
                }
                self.push_line(*line);
            }
            let column = u16::try_from(cell.column).unwrap_or(u16::MAX);
            let width = u16::try_from(cell.width).unwrap_or(u16::MAX);
            row.push(GridCell { span: Span::new(start, self.text.len()), column, width });
        }
        self.text.push('\n');
        self.rows.push(row);
    }

    /// A part of the source that another reader has read, from a place of it on.
    pub(in crate::decode) fn read(&mut self, part: Document, from: usize) {
        self.end_table();
        self.end_lines();
        let (shift, from) = (self.text.len() as u32, from as u32);
        let moved = |span: Span, by: u32| Span { start: span.start + by, end: span.end + by };
        let stretches = part.stretches.iter();
        self.stretches
            .extend(stretches.map(|s| Stretch { reading: moved(s.reading, shift), source: moved(s.source, from) }));
        for mut block in part.blocks {
            match &mut block {
                Block::Text(span) => *span = moved(*span, shift),
                Block::Grid(grid) => grid.rows.iter_mut().flatten().for_each(|c| c.span = moved(c.span, shift)),
            }
            self.blocks.push(block);
        }
        self.text.push_str(&part.text);
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.lines_from = self.text.len();
    }

    fn end_lines(&mut self) {
        if self.text.len() > self.lines_from {
            self.blocks.push(Block::Text(Span::new(self.lines_from, self.text.len())));
        }
        self.lines_from = self.text.len();
    }

    /// The open table ends.
    pub(in crate::decode) fn end_table(&mut self) {
        if !self.rows.is_empty() {
            let rows = std::mem::take(&mut self.rows);
            self.blocks.push(Block::Grid(Grid { origin: self.origin, rows }));
            self.lines_from = self.text.len();
        }
    }

    /// The document.
    pub(in crate::decode) fn finish(mut self, format: &'static str, charset: &'static str) -> Document {
        self.end_table();
        self.end_lines();
        if self.stretches.is_empty() {
            self.stretches.push(Stretch { reading: Span::new(0, self.text.len()), source: Span::default() });
        }
        let Weave { text, blocks, stretches, .. } = self;
        Document { format, charset, text, blocks, stretches, ..Document::default() }
    }
}
