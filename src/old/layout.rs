//! From a document to rows of pieces: how cells are parted, nothing of what they mean.
//!
//! Three kinds of rows come out. In a *grid* row the place of a piece counts cells, in a *spaced* row it counts
//! columns of characters, and in a *stream* the cells of a table follow each other and no row is told apart.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::document::{Block, Document, Grid, Span};
use crate::terms::glyphs::BARS;

use super::spaced::{is_page_mark, is_rule, plain};

mod bars;

use bars::{bar_row, bar_stream};

/// How the pieces of a row stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole row of a table; the place of a piece is its cell.
    Grid,
    /// A line in which runs of spaces part the pieces; the place is the column of characters of its right end.
    Spaced,
    /// A cell of a table whose rows cannot be told apart.
    Stream,
    /// A line of text.
    Line,
}

/// A cell or a word of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The characters, without white space at the ends.
    pub span: Span,
    /// Where it stands in its row.
    pub place: i32,
    /// Columns of characters it takes; counted in spaced rows only.
    pub columns: i32,
}

/// Pieces that stand in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub kind: Kind,
    /// Its pieces in [`Layout::pieces`].
    pub pieces: Range<usize>,
    /// How many cells wide it is, blank ones included.
    pub width: i32,
}

/// All rows of a document.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub pieces: Vec<Piece>,
    pub rows: Vec<Row>,
}

/// Lays out a document.
pub(crate) fn layout(document: &Document) -> Layout {
    let mut out = Layout::default();
    for block in &document.blocks {
        match block {
            Block::Text(span) => text(&document.text, *span, &mut out),
            Block::Grid(grid) => table(&document.text, grid, &mut out),
        }
    }
    out
}

impl Layout {
    /// Ends a row that began at a piece.
    pub(crate) fn close(&mut self, kind: Kind, start: usize) {
        if self.pieces.len() > start {
            let width = self.pieces[self.pieces.len() - 1].place + 1;
            self.rows.push(Row { kind, pieces: start..self.pieces.len(), width });
        }
    }
}

fn table(text: &str, grid: &Grid, out: &mut Layout) {
    for row in &grid.rows {
        let start = out.pieces.len();
        out.pieces.extend(row.iter().map(|c| Piece {
            span: c.span.trim(text),
            place: i32::from(c.column),
            columns: 0,
        }));
        out.close(Kind::Grid, start);
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
            return Shape::Empty;
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

fn text(text: &str, block: Span, out: &mut Layout) {
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
fn run(text: &str, lines: &[Line], out: &mut Layout) {
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
    let mut i = 0;
    while i < lines.len() {
        let line = lines[i];
        match line.shape {
            Shape::Empty | Shape::Rule | Shape::Page => i += 1,
            Shape::Plain { .. }
                if bar_cells && lines.get(i + 1).is_some_and(|l| matches!(l.shape, Shape::Bars { full: 0, .. })) =>
            {
                i = bar_stream(text, lines, i, out);
            }
            Shape::Plain { .. } => {
                plain(text, line.span, out);
                i += 1;
            }
            Shape::Tabs { .. } if tab_cells || is_cells_alone(text, &lines[i..]) => {
                i = tab_cell_row(text, lines, i, out)
            }
            Shape::Tabs { .. } => {
                tab_row(text, line.span, out);
                i += 1;
            }
            Shape::Bars { .. } if bar_cells => i = bar_stream(text, lines, i, out),
            Shape::Bars { .. } => {
                bar_row(text, line.span, all_first, all_last, out);
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
fn tab_row(text: &str, line: Span, out: &mut Layout) {
    let start = out.pieces.len();
    let mut at = line.start as usize;
    for (cell, place) in tab_cells(line.of(text)).zip(0..) {
        out.pieces.push(Piece { span: Span::new(at, at + cell.len()).trim(text), place, columns: 0 });
        at += cell.len() + 1;
    }
    out.close(Kind::Grid, start);
}

/// A cell a line, each with a tab before it, until an empty line ends the row. Lines without a tab go on with the
/// cell above.
fn tab_cell_row(text: &str, lines: &[Line], from: usize, out: &mut Layout) -> usize {
    let start = out.pieces.len();
    let mut i = from;
    let mut place = 0;
    while i < lines.len() {
        match lines[i].shape {
            Shape::Tabs { full: 0 | 1, .. } => {
                out.pieces.push(Piece { span: lines[i].span.trim(text), place, columns: 0 });
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
    out.close(Kind::Grid, start);
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(source: &str) -> Vec<(Kind, Vec<String>)> {
        let document = Document::of_text("text", "utf-8", source.into());
        let l = layout(&document);
        l.rows
            .iter()
            .map(|r| (r.kind, l.pieces[r.pieces.clone()].iter().map(|p| p.span.of(source).to_owned()).collect()))
            .collect()
    }

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn a_row_a_line() {
        assert_eq!(rows("规章\t0\t\t3"), vec![(Kind::Grid, words(&["规章", "0", "", "3"]))]);
        assert_eq!(rows("规章 | 0 |  | 3"), vec![(Kind::Grid, words(&["规章", "0", "", "3"]))]);
        assert_eq!(rows("| 规章 | 0 |  |\n|---|---|---|"), vec![(Kind::Grid, words(&["规章", "0", ""]))]);
        assert_eq!(rows("规章   0  3"), vec![(Kind::Spaced, words(&["规章", "0", "3"]))]);
        assert_eq!(rows("规章 0 3"), vec![(Kind::Spaced, words(&["规章", "0", "3"]))]);
        assert_eq!(rows("自然 人"), vec![(Kind::Line, words(&["自然 人"]))]);
    }

    #[test]
    fn a_cell_a_line() {
        assert_eq!(
            rows("\t规章\n\t　0　\n\t\n\n\t规范性\n文件\n\t1"),
            vec![(Kind::Grid, words(&["规章", "0", ""])), (Kind::Grid, words(&["规范性\n文件", "1"])),]
        );
        let cell = |s: &str| (Kind::Stream, words(&[s]));
        assert_eq!(rows("规章 |\n0 |\n||\n3 |"), vec![cell("规章"), cell("0"), cell(""), cell(""), cell("3")]);
        assert_eq!(rows("规章\n|\n0\n|\n|\n3\n"), vec![cell("规章"), cell("0"), cell(""), cell("3")]);
    }
}
