//! From pages that were read to a document: text and tables from top to bottom, every stretch with its confidence.

use super::ctc::Guess;
use super::cut::{Leaf, Told};
use super::page::{Joint, Page, Region};
use crate::document::{Block, Document, Frame, Grid, GridCell, Origin, Place, Sighting, Span};

/// Something is there, and the recogniser sees no character in it.
const UNKNOWN: char = '\u{fffd}';
/// A line goes on below if it ends so near to the right margin, in its heights.
const FULL: f32 = 2.2;
/// Lines at most so far from the left margin begin no paragraph, in their heights.
const INDENT: f32 = 1.2;
/// Lines that are so much higher than most are headings.
const HEADING: f32 = 1.25;
/// Lines of a paragraph stand at most so far apart, in their heights.
const APART: f32 = 1.3;

/// The document as far as it was told.
#[derive(Debug, Default)]
pub(super) struct Story {
    text: String,
    blocks: Vec<Block>,
    places: Vec<Place>,
    sightings: Vec<Sighting>,
    lines_from: usize,
    /// The last page, of which the next one may have the rest of a row.
    waiting: Option<Leaf>,
}

/// What stands on a page, in the order of `Page::regions`.
pub(super) type Read = Vec<Vec<Guess>>;

impl Story {
    /// Adds a page.
    pub(super) fn page(&mut self, page: Page, read: Read, number: u32) {
        let mut leaf = Leaf::of(page, read, number);
        if let Some(waiting) = &mut self.waiting {
            waiting.join(&mut leaf);
        }
        self.tell();
        self.waiting = Some(leaf);
    }

    /// Tells the page that waits.
    fn tell(&mut self) {
        let Some(Leaf { number, tables, lines }) = self.waiting.take() else { return };
        let body = Body::of(&lines);
        let mut tables = tables.iter().peekable();
        for (i, (line, words)) in lines.iter().enumerate() {
            while let Some(table) = tables.next_if(|t| t.lattice.frame.top < line.frame.top) {
                self.table(table, number);
            }
            self.region(line, words, number);
            let below = lines.get(i + 1).map(|l| &l.0);
            let parted = below.is_some_and(|b| tables.peek().is_some_and(|t| t.lattice.frame.top < b.frame.top));
            if parted || !below.is_some_and(|b| body.goes_on(&line.frame, &b.frame)) {
                self.text.push('\n');
            }
        }
        tables.for_each(|table| self.table(table, number));
    }

    /// The whole document.
    pub(super) fn finish(mut self, format: &'static str) -> Document {
        self.tell();
        self.close_lines();
        Document {
            format,
            text: self.text,
            blocks: self.blocks,
            places: self.places,
            sightings: self.sightings,
            ..Document::default()
        }
    }

    /// Adds a page that has its characters.
    #[cfg(feature = "pdf")]
    pub(super) fn written(&mut self, page: &Document) {
        self.tell();
        self.close_lines();
        let shift = self.text.len() as u32;
        let moved = |span: Span| Span { start: span.start + shift, end: span.end + shift };
        self.text.push_str(&page.text);
        self.blocks.extend(page.blocks.iter().map(|block| {
            match block {
                Block::Text(span) => Block::Text(moved(*span)),
                Block::Grid(grid) => Block::Grid(Grid {
                    origin: grid.origin,
                    rows: grid
                        .rows
                        .iter()
                        .map(|r| r.iter().map(|c| GridCell { span: moved(c.span), ..*c }).collect())
                        .collect(),
                }),
            }
        }));
        self.lines_from = self.text.len();
    }

    fn close_lines(&mut self) {
        if self.text.len() > self.lines_from {
            self.blocks.push(Block::Text(Span::new(self.lines_from, self.text.len())));
        }
        self.lines_from = self.text.len();
    }

    fn table(&mut self, table: &Told, page: u32) {
        self.close_lines();
        let mut grid = Grid { origin: Origin::Ruled, ..Grid::default() };
        let mut row = None;
        let rooms = table.lattice.rooms.iter().zip(&table.rooms).zip(&table.is_gone);
        for ((room, (region, words)), _) in rooms.filter(|(_, is_gone)| !**is_gone) {
            if row == Some(room.row) {
                self.text.push('\t');
            } else {
                if row.is_some() {
                    self.text.push('\n');
                }
                row = Some(room.row);
                grid.rows.push(Vec::new());
            }
            let span = self.region(region, words, page);
            let cell = GridCell { span, column: room.column, width: room.width };
            grid.rows.last_mut().into_iter().for_each(|r| r.push(cell));
        }
        self.text.push('\n');
        self.blocks.push(Block::Grid(grid));
        self.lines_from = self.text.len();
    }

    /// The characters of a cell or a line.
    fn region(&mut self, region: &Region, words: &[Guess], page: u32) -> Span {
        let start = self.text.len();
        for (i, (piece, guess)) in region.pieces.iter().zip(words).enumerate() {
            match piece.joint {
                _ if i == 0 => {}
                Joint::Line => self.text.push('\n'),
                // No number has two spaces.
                Joint::Gap => self.text.push_str("  "),
                Joint::Cut => {}
            }
            let from = self.text.len();
            match guess.text.trim() {
                "" => self.text.push(UNKNOWN),
                text => self.text.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c })),
            }
            self.sightings.push(Sighting {
                reading: Span::new(from, self.text.len()),
                confidence: guess.confidence,
                rival: guess.rival.as_ref().map(|r| r.trim().into()),
            });
        }
        let span = Span::new(start, self.text.len());
        self.places.push(Place { reading: span, page, frame: region.frame });
        span
    }
}

/// Running text: its margins, and the height of its lines.
struct Body {
    left: f32,
    right: f32,
    height: f32,
}

impl Body {
    fn of(lines: &[(Region, Vec<Guess>)]) -> Body {
        let frames = || lines.iter().map(|l| l.0.frame);
        let mut heights: Vec<f32> = frames().map(|f| f.bottom - f.top).collect();
        heights.sort_by(f32::total_cmp);
        let height = heights.get(heights.len() / 2).copied().unwrap_or(0.0);
        let mut rights: Vec<f32> = frames().map(|f| f.right).collect();
        rights.sort_by(f32::total_cmp);
        // A margin is where several lines end: a title that is longer than all headings ends at none.
        let right = match rights.as_slice() {
            [.., second, last] if last - second <= height * FULL => *last,
            _ => f32::INFINITY,
        };
        Body { left: frames().map(|f| f.left).fold(f32::MAX, f32::min), right, height }
    }

    /// Whether a line is continued by the one below; the lines of headings are not.
    fn goes_on(&self, line: &Frame, below: &Frame) -> bool {
        let height = line.bottom - line.top;
        let body = |f: &Frame| (f.bottom - f.top) < self.height * HEADING;
        self.right - line.right <= height * FULL
            && below.left - self.left <= height * INDENT
            && body(line)
            && body(below)
            && below.top - line.bottom < height * APART
    }
}
