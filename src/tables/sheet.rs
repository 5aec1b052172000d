//! From a document to rows of pieces: how cells are parted, nothing of what they mean.
//!
//! Every piece keeps its extent, in the unit of what told it apart from its neighbours.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::document::{Block, Document, Grid, Origin, Span};
use crate::terms::glyphs::BARS;
use crate::terms::may_hold_cue;

mod bars;
mod frames;
mod plain;
mod spread;

use bars::{bar_row, bar_stream};
pub(crate) use plain::columns;
use plain::{is_page_mark, is_rule, plain};

/// A cell or a word of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The characters, without white space at the ends.
    pub span: Span,
    /// Its left and right edge, in the unit of its row's origin; in lines of text a Chinese character is two columns wide.
    pub extent: (i32, i32),
    /// The same where every character is one column wide, as some tools count.
    pub narrow: (i32, i32),
}

/// Pieces that stand in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// What told its pieces apart.
    pub origin: Origin,
    /// Its pieces in [`Sheet::pieces`].
    pub pieces: Range<usize>,
    /// Whether it is a row of a table by itself, not one cell of a row.
    pub whole: bool,
}

/// All rows of a document.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// The pieces in reading order.
    pub pieces: Vec<Piece>,
    /// The rows in reading order.
    pub rows: Vec<Row>,
}

/// Lays out a document.
pub(crate) fn sheet(document: &Document) -> Sheet {
    let mut out = Sheet::default();
    for block in &document.blocks {
        match block {
            Block::Text(span) => text(&document.text, *span, &mut out),
            Block::Grid(grid) => table(&document.text, grid, &mut out),
        }
    }
    out
}

impl Sheet {
    /// Ends a row that began at a piece.
    pub(crate) fn close(&mut self, origin: Origin, whole: bool, start: usize) {
        if self.pieces.len() > start {
            self.rows.push(Row { origin, pieces: start..self.pieces.len(), whole });
        }
    }

    /// Adds a piece whose edges count cells.
    pub(crate) fn cell(&mut self, span: Span, at: i32, width: i32) {
        let extent = (at, at + width);
        self.pieces.push(Piece { span, extent, narrow: extent });
    }
}

fn table(text: &str, grid: &Grid, out: &mut Sheet) {
    for row in &grid.rows {
        let start = out.pieces.len();
        for cell in row {
            out.cell(cell.span.trim(text), i32::from(cell.column), i32::from(cell.width.max(1)));
        }
        out.close(grid.origin, true, start);
    }
}

/// Finds the bars that are no ASCII.
static WIDE_BARS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    let wide = BARS.iter().filter(|b| !b.is_ascii());
    wide.map(|b| Finder::new(&b.to_string()).into_owned()).collect()
});

/// What a line looks like on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Empty,
    /// Only dashes, bars, colons and white space: a line drawn under a header.
    Rule,
    /// With tabs: how many of its cells hold something, and whether a tab stands first.
    Tabs {
        full: u16,
        first: bool,
    },
    /// With bars: how many of its cells hold something.
    Bars {
        full: u16,
        first: bool,
        last: bool,
    },
    /// The number of a page.
    Page,
    /// A few characters of white space and nothing else.
    Space,
    /// Neither; `short` lines may be the rest of a label.
    Plain {
        short: bool,
    },
}

#[derive(Debug, Clone, Copy)]
struct Line {
    span: Span,
    shape: Shape,
}

pub(crate) fn is_bar(c: char) -> bool {
    BARS.contains(&c)
}

/// Whether a cell holds nothing but white space; most show that they do not with their first byte.
fn is_blank(cell: &str) -> bool {
    match cell.as_bytes().first() {
        None => true,
        Some(b'!'..=b'~' | 0xe4..=0xe9) => false,
        Some(_) => cell.trim().is_empty(),
    }
}

/// The cells of a line with tabs.
fn tab_cells(line: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'\t', line.as_bytes()).chain([line.len()]);
    ends.scan(0, |at, end| Some(&line[std::mem::replace(at, end + 1)..end]))
}

fn shape(line: &str, wide_bars: bool) -> Shape {
    let bytes = line.as_bytes();
    // Without a way out of the loop: lines are short, and so it takes many bytes at a time.
    let (tabs, bars) = bytes.iter().fold((false, false), |(tabs, bars), b| (tabs | (*b == b'\t'), bars | (*b == b'|')));
    let bars = bars || (wide_bars && line.contains(is_bar));
    if !tabs && !bars {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return if line.is_empty() || line.chars().count() > 4 { Shape::Empty } else { Shape::Space };
        }
        if is_rule(trimmed) {
            return Shape::Rule;
        }
        if trimmed.len() <= 40 && is_page_mark(trimmed) {
            return Shape::Page;
        }
        return Shape::Plain { short: trimmed.len() <= 120 };
    }
    if is_rule(line) {
        return Shape::Rule;
    }
    if bars {
        let body = line.trim();
        let full = body.split(is_bar).filter(|c| !is_blank(c)).count() as u16;
        return Shape::Bars { full, first: body.starts_with(is_bar), last: body.ends_with(is_bar) };
    }
    let first = bytes[0] == b'\t';
    if first && bytes.len() < 32 && !bytes[1..].contains(&b'\t') {
        return Shape::Tabs { full: u16::from(!is_blank(&line[1..])), first };
    }
    let full = tab_cells(line).filter(|c| !is_blank(c)).count() as u16;
    Shape::Tabs { full, first }
}

fn text(text: &str, block: Span, out: &mut Sheet) {
    let base = block.start as usize;
    let body = block.of(text);
    // Wide bars are rare: most documents have none.
    let wide_bars = WIDE_BARS.iter().any(|f| f.find(body.as_bytes()).is_some());
    let mut lines = Vec::with_capacity(body.len() / 16 + 4);
    // Room for a usual report at once; larger ones grow.
    out.rows.reserve((body.len() / 32).min(1024));
    out.pieces.reserve((body.len() / 12).min(4096));
    let mut at = 0;
    for end in memchr::memchr2_iter(b'\n', b'\x0c', body.as_bytes()).chain([body.len()]) {
        let ends = body.as_bytes()[at..end].iter().rev().take_while(|b| matches!(b, b'\r' | b'\n' | b'\x0c')).count();
        let line = &body[at..end - ends];
        lines.push(Line { span: Span::new(base + at, base + at + line.len()), shape: shape(line, wide_bars) });
        at = end + 1;
        if at > body.len() {
            break;
        }
    }
    if spread::is_one(text, &lines) {
        spread_out(text, &lines, out);
    } else {
        runs(text, &lines, out);
    }
}

/// Lines with rows that a browser copied.
fn spread_out(text: &str, lines: &[Line], out: &mut Sheet) {
    let (mut at, mut begun) = (0, 0);
    while at < lines.len() {
        let Some((cells, used)) = spread::row(text, lines, at) else {
            at += 1;
            continue;
        };
        runs(text, &lines[begun..at], out);
        let start = out.pieces.len();
        for (cell, place) in cells.into_iter().zip(0..) {
            out.cell(cell, place, 1);
        }
        out.close(Origin::Separated, true, start);
        at += used;
        begun = at;
    }
    runs(text, &lines[begun..], out);
}

fn runs(text: &str, lines: &[Line], out: &mut Sheet) {
    let mut i = 0;
    while i < lines.len() {
        // A run: lines that may belong to one table. Long plain lines are prose and end it.
        let run_end =
            lines[i..].iter().position(|l| l.shape == (Shape::Plain { short: false })).map_or(lines.len(), |n| i + n);
        run(text, &lines[i..run_end], out);
        i = run_end;
        if i < lines.len() {
            plain(text, lines[i].span, out);
            i += 1;
        }
    }
}

/// Parts the cells of a run after the habit of most of its lines.
fn run(text: &str, lines: &[Line], out: &mut Sheet) {
    let (mut tabs_one, mut tabs_many, mut bars_one, mut bars_many) = (0, 0, 0, 0);
    let (mut all_first, mut all_last) = (true, true);
    for line in lines {
        match line.shape {
            Shape::Tabs { full: 0 | 1, first: true } => tabs_one += 1,
            Shape::Tabs { .. } => tabs_many += 1,
            Shape::Bars { full, first, last } => {
                if full > 1 {
                    bars_many += 1;
                    all_first &= first;
                    all_last &= last;
                } else {
                    bars_one += 1;
                }
            }
            _ => {}
        }
    }
    let tab_cells = tabs_one > 2 * tabs_many;
    let bar_cells = bars_one > 2 * bars_many;
    let frame = Some(lines).filter(|_| bar_cells).and_then(|l| frames::column(text, l));
    let spaced = frames::is_spaced(lines);
    let is_cut = LazyCell::new(|| bars::is_cut(text, lines));
    let mut behind_cell = false;
    let mut i = 0;
    while i < lines.len() {
        let line = lines[i];
        // An empty line far behind a row that ends with its line is no cell.
        behind_cell = match line.shape {
            Shape::Empty => behind_cell,
            Shape::Plain { .. } | Shape::Space => true,
            _ => false,
        };
        match line.shape {
            Shape::Rule | Shape::Page => i += 1,
            Shape::Empty if !behind_cell || (spaced && matches!(lines[i - 1].shape, Shape::Plain { .. })) => i += 1,
            // An empty line may be an empty cell: what stands around it tells.
            Shape::Empty | Shape::Space => {
                let start = out.pieces.len();
                out.cell(Span { start: line.span.start, end: line.span.start }, 0, 1);
                out.close(Origin::Stream, false, start);
                i += 1;
            }
            Shape::Plain { .. }
                if bar_cells
                    && frame.is_none()
                    && lines.get(i + 1).is_some_and(|l| matches!(l.shape, Shape::Bars { full: 0, .. })) =>
            {
                i = bar_stream(text, lines, i, out);
            }
            Shape::Plain { .. } => {
                plain(text, line.span, out);
                i += 1;
            }
            Shape::Bars { .. } if frames::is_flat(line.span.of(text)) => {
                frames::flat(text, line.span, out);
                i += 1;
            }
            Shape::Tabs { .. } | Shape::Bars { .. } if frames::is_page(line.span.of(text)) => {
                frames::page(text, line.span, out);
                i += 1;
            }
            Shape::Tabs { full, .. } if full > frames::MANY_CELLS && may_hold_cue(line.span.of(text)) => {
                frames::tab_stream(text, line.span, out);
                i += 1;
            }
            Shape::Tabs { .. } if tab_cells || is_cells_alone(text, &lines[i..]) => {
                i = tab_cell_row(text, lines, i, out)
            }
            Shape::Tabs { .. } => {
                tab_row(text, line.span, out);
                i += 1;
            }
            Shape::Bars { .. } if frame.is_some() => {
                frames::framed_line(text, line.span, frame.unwrap_or(0), out);
                i += 1;
            }
            // A header without words above all columns of a page.
            Shape::Bars { full: 0, .. } if line.span.of(text).len() > plain::LONGEST_ROW => i += 1,
            Shape::Bars { .. } if bar_cells => i = bar_stream(text, lines, i, out),
            Shape::Bars { .. } => {
                let whole = || !*is_cut && !bars::goes_on(text, &lines[i + 1..]);
                bar_row(text, line.span, (all_first, all_last), whole, out);
                i += 1;
            }
        }
    }
}

/// Whether so many lines begin, each a cell behind a tab, that they are no rows, whatever the habit of the other tables.
fn is_cells_alone(text: &str, lines: &[Line]) -> bool {
    const FEWEST: usize = 5;
    let alone = |l: &&Line| l.span.of(text).strip_prefix('\t').is_some_and(|cell| !cell.contains('\t'));
    lines.iter().take(FEWEST).filter(alone).count() == FEWEST
}

/// A row a line, its cells parted by tabs.
fn tab_row(text: &str, line: Span, out: &mut Sheet) {
    let start = out.pieces.len();
    let mut at = line.start as usize;
    for (cell, place) in tab_cells(line.of(text)).zip(0..) {
        out.cell(Span::new(at, at + cell.len()).trim(text), place, 1);
        at += cell.len() + 1;
    }
    out.close(Origin::Separated, true, start);
}

/// A cell a line, each with a tab before it, until an empty line ends the row. Lines without a tab go on with the
/// cell above.
fn tab_cell_row(text: &str, lines: &[Line], from: usize, out: &mut Sheet) -> usize {
    let start = out.pieces.len();
    let mut i = from;
    let mut place = 0;
    while i < lines.len() {
        match lines[i].shape {
            Shape::Tabs { full: 0 | 1, .. } => {
                out.cell(lines[i].span.trim(text), place, 1);
                place += 1;
            }
            Shape::Page => {}
            // Another habit begins here.
            Shape::Tabs { .. } if i > from => break,
            Shape::Tabs { .. } => {
                tab_row(text, lines[i].span, out);
                return i + 1;
            }
            Shape::Plain { .. } if out.pieces.len() > start => {
                let last = out.pieces.len() - 1;
                let before = out.pieces[last].span;
                // A cell that is empty so far begins here; any other goes on.
                let head = if before.is_empty() { lines[i].span.trim(text).start } else { before.start };
                out.pieces[last].span = Span { start: head, end: lines[i].span.trim(text).end };
            }
            _ => break,
        }
        i += 1;
    }
    out.close(Origin::Separated, true, start);
    i
}

#[cfg(test)]
mod tests;
