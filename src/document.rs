//! What any file decodes to: one text and its blocks, without a format and without a meaning.

/// A stretch of bytes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "a span runs forward");
        Span { start: start as u32, end: end as u32 }
    }

    /// The characters of the span in its text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// The span without the white space at its ends.
    pub fn trim(&self, text: &str) -> Span {
        let inner = self.of(text);
        let head = inner.len() - inner.trim_start().len();
        let body = inner.trim().len();
        Span::new(self.start as usize + head, self.start as usize + head + body)
    }
}

/// A cell of a grid: merged cells are one cell that stands where its left upper corner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridCell {
    /// Its characters.
    pub span: Span,
    /// The column of its left edge, counted from 0.
    pub column: u16,
    /// How many columns it covers.
    pub width: u16,
}

/// A table with coordinates.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The rows from top to bottom, each with its cells from left to right.
    pub rows: Vec<Vec<GridCell>>,
}

/// A part of a document in reading order.
#[derive(Debug, Clone)]
pub enum Block {
    /// Lines of running text, whatever they hold; a text file is one such block.
    Text(Span),
    /// A table whose cells the format itself tells apart.
    Grid(Grid),
}

/// A decoded file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The format found in the bytes.
    pub format: &'static str,
    /// The character encoding found.
    pub charset: &'static str,
    /// The text that all spans refer to.
    pub text: String,
    /// The parts in reading order.
    pub blocks: Vec<Block>,
}
