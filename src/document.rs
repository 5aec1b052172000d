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

/// A stretch of the reading text and the characters of the decoded source that it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it stands in the reading text.
    pub reading: Span,
    /// Where it stands in the source; of the same length where the characters are the same.
    pub source: Span,
}

/// A decoded file.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The format found in the bytes.
    pub format: &'static str,
    /// The character encoding found.
    pub charset: &'static str,
    /// The reading text, which all spans refer to.
    pub text: String,
    /// The parts in reading order.
    pub blocks: Vec<Block>,
    /// Where the reading text stands in the decoded source, in the order of the reading text; none where the reading
    /// text is the source.
    pub stretches: Vec<Stretch>,
}

impl Document {
    /// A document that is one text, with nothing of the source left out.
    pub fn of_text(format: &'static str, charset: &'static str, text: String) -> Document {
        let blocks = vec![Block::Text(Span::new(0, text.len()))];
        Document { format, charset, text, blocks, stretches: Vec::new() }
    }

    /// Where the characters of a span of the reading text stand in the decoded source.
    ///
    /// ```
    /// use gxbg::{decode::decode, document::Span};
    /// let page = "<p>1<b>2</b></p>";
    /// let document = decode(page.as_bytes()).unwrap();
    /// assert_eq!(document.source(Span::new(0, 2)).of(page), "1<b>2");
    /// ```
    pub fn source(&self, span: Span) -> Span {
        if self.stretches.is_empty() {
            return span;
        }
        let start = self.source_start(span.start);
        Span { start, end: if span.is_empty() { start } else { self.source_end(span.end).max(start) } }
    }

    /// Where the character at a place stands; white space that was put in counts to what follows it.
    fn source_start(&self, at: u32) -> u32 {
        let next = self.stretches.partition_point(|s| s.reading.end <= at);
        match self.stretches.get(next) {
            Some(s) if at > s.reading.start && s.is_verbatim() => s.source.start + (at - s.reading.start),
            Some(s) => s.source.start,
            None => self.stretches.last().map_or(at, |s| s.source.end),
        }
    }

    /// Where the character before a place ends; white space that was put in counts to what stands before it.
    fn source_end(&self, at: u32) -> u32 {
        let after = self.stretches.partition_point(|s| s.reading.start < at);
        match after.checked_sub(1).and_then(|i| self.stretches.get(i)) {
            Some(s) if at < s.reading.end && s.is_verbatim() => s.source.start + (at - s.reading.start),
            Some(s) => s.source.end,
            None => 0,
        }
    }
}

impl Stretch {
    /// Whether the reading text has the very characters of the source.
    fn is_verbatim(&self) -> bool {
        self.reading.end - self.reading.start == self.source.end - self.source.start
    }
}
