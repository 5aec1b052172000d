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
        if self.is_empty() || is_tight(inner) {
            return *self;
        }
        let head = inner.len() - inner.trim_start().len();
        let body = inner.trim().len();
        Span::new(self.start as usize + head, self.start as usize + head + body)
    }
}

/// Whether the bytes tell at a glance that no white space stands at either end, as in most cells: ASCII beyond the
/// space, or the first byte of the three that Chinese characters have. What is not told may be tight all the same.
fn is_tight(text: &str) -> bool {
    let told = |byte: &u8| matches!(byte, b'!'..=b'~' | 0xe4..=0xe9);
    match text.as_bytes() {
        [one] => told(one),
        [0xe4..=0xe9, _, _] => true,
        [first, .., b'!'..=b'~'] => told(first),
        [first, .., 0xe4..=0xe9, _, _] => told(first),
        _ => false,
    }
}

/// A cell of a grid: merged cells are one cell that stands where its left upper corner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridCell {
    /// Its characters.
    pub span: Span,
    /// Its left edge, counted from 0: a column, or a position where positions are all that is known.
    pub column: u16,
    /// How far it reaches, in the unit of the left edge: the columns that it covers.
    pub width: u16,
}

/// What told the cells of a table apart, from the strongest evidence to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Origin {
    /// The format itself: HTML, Word, a spreadsheet. Edges of cells count columns.
    #[default]
    Markup,
    /// Lines drawn on a page. Edges of cells count columns.
    Ruled,
    /// Characters between cells: tabs, bars, commas. Edges of cells count cells.
    Separated,
    /// Only where the characters stand. Edges of cells are positions, in any unit that is the same in the whole grid.
    Spaced,
    /// Only the order of the cells.
    Stream,
    /// Nothing: digits follow digits.
    Glued,
}

/// A table with coordinates.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// What told its cells apart.
    pub origin: Origin,
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

/// A rectangle on a page as it is shown, in points from the left upper corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Frame {
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge.
    pub bottom: f32,
}

impl Frame {
    /// The smallest rectangle around two.
    #[must_use]
    pub fn with(self, other: Frame) -> Frame {
        Frame {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Its middle: from the left, from the top.
    pub fn centre(&self) -> (f32, f32) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// Whether a point lies in it or on its edge.
    pub fn holds(&self, (x, y): (f32, f32)) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }
}

/// A stretch of the reading text and where it stands on which page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where it stands in the reading text.
    pub reading: Span,
    /// The page, counted from 1.
    pub page: u32,
    /// The word, or the whole cell of a table.
    pub frame: Frame,
}

/// A stretch of the reading text that was read from a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// Where it stands in the reading text.
    pub reading: Span,
    /// How sure the reading is, from 0 to 1.
    pub confidence: f32,
    /// The next likeliest reading of the whole stretch.
    pub rival: Option<Box<str>>,
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
    /// Where the reading text stands on its pages, in the order of the reading text; none where there are no pages.
    pub places: Vec<Place>,
    /// What the page says of the site it stands on: its title, the trail of links to it, who runs the site. No part of
    /// the reading text.
    pub site: Vec<String>,
    /// Stretches that were read from pictures, in the order of the reading text.
    pub sightings: Vec<Sighting>,
}

impl Document {
    /// A document that is one text, with nothing of the source left out.
    pub fn of_text(format: &'static str, charset: &'static str, text: String) -> Document {
        let blocks = vec![Block::Text(Span::new(0, text.len()))];
        Document { format, charset, text, blocks, ..Document::default() }
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

    /// The page of a span of the reading text, and the rectangle around what stands on that page of it.
    ///
    /// ```
    /// use gxbg::document::{Document, Frame, Place, Span};
    /// let frame = Frame { left: 50.0, top: 70.0, right: 58.0, bottom: 80.0 };
    /// let places = vec![Place { reading: Span::new(0, 2), page: 3, frame }];
    /// let document = Document { text: "12".to_owned(), places, ..Document::default() };
    /// assert_eq!(document.place(Span::new(0, 1)), Some((3, frame)));
    /// ```
    pub fn place(&self, span: Span) -> Option<(u32, Frame)> {
        let first = self.places.partition_point(|p| p.reading.end < span.start);
        let near = self.places[first..].iter().take_while(|p| p.reading.start <= span.end);
        let inside = |p: &&Place| match span.is_empty() || p.reading.is_empty() {
            true => p.reading == span,
            false => p.reading.start < span.end && span.start < p.reading.end,
        };
        let mut inside = near.filter(inside);
        let Place { page, frame, .. } = *inside.next()?;
        Some((page, inside.filter(|p| p.page == page).fold(frame, |all, p| all.with(p.frame))))
    }

    /// The stretches of a span that were read from pictures.
    pub fn sightings(&self, span: Span) -> &[Sighting] {
        let first = self.sightings.partition_point(|s| s.reading.end <= span.start);
        let count = self.sightings[first..].partition_point(|s| s.reading.start < span.end);
        &self.sightings[first..first + count]
    }

    /// Whether a cell was read from a picture. A document is pictures or it is none; in one of pages of both kinds, a
    /// cell without characters counts to the pictures.
    pub fn is_seen(&self, cell: Option<Span>) -> bool {
        match cell {
            Some(span) if !span.is_empty() => !self.sightings(span).is_empty(),
            _ => !self.sightings.is_empty(),
        }
    }

    /// How sure the least sure characters of a span are that were read from a picture; none where none were.
    ///
    /// ```
    /// use gxbg::document::{Document, Sighting, Span};
    /// let sighting = |start, end, confidence| Sighting { reading: Span::new(start, end), confidence, rival: None };
    /// let sightings = vec![sighting(0, 2, 0.9), sighting(3, 5, 0.7)];
    /// let document = Document { text: "12 34".to_owned(), sightings, ..Document::default() };
    /// assert_eq!(document.confidence(Span::new(0, 2)), Some(0.9));
    /// assert_eq!(document.confidence(Span::new(0, 5)), Some(0.7));
    /// assert_eq!(document.confidence(Span::new(2, 3)), None);
    /// ```
    pub fn confidence(&self, span: Span) -> Option<f32> {
        self.sightings(span).iter().map(|s| s.confidence).reduce(f32::min)
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
