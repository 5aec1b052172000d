//! Lines in which the bars of an outer table, or all bars of a table that lost its line ends, part more than cells.

use super::plain::plain;
use super::{Line, Shape, Sheet, is_bar};
use crate::document::{Origin, Span};
use crate::terms::may_hold_cue;

/// Lines of the shortest frame.
const FEWEST: usize = 24;
/// Bytes of the shortest line that holds a whole table, and its cells with something in them.
const SHORTEST: usize = 900;
pub(super) const MANY_CELLS: u16 = 24;

/// The column of an outer table in which all lines of a report stand, as antiword writes a page that a table arranges: each
/// of its lines has the same bars, and only one of its cells holds something.
pub(super) fn column(text: &str, lines: &[Line]) -> Option<usize> {
    let barred: Vec<&Line> = lines.iter().filter(|l| matches!(l.shape, Shape::Bars { .. })).collect();
    let framed = |l: &&&Line| matches!(l.shape, Shape::Bars { full: 0 | 1, first: true, last: true });
    let alone = barred.iter().filter(framed).count();
    if alone < FEWEST || alone * 20 < barred.len() * 19 {
        return None;
    }
    let mut columns = [0usize; 8];
    let mut bars = [0usize; 8];
    for line in barred.iter().filter(framed) {
        let cells: Vec<&str> = line.span.of(text).trim().split(is_bar).collect();
        *bars.get_mut(cells.len())? += 1;
        if let Some(at) = cells.iter().position(|c| !c.trim().is_empty()) {
            *columns.get_mut(at)? += 1;
        }
    }
    let same =
        |counts: &[usize; 8]| counts.iter().max().is_some_and(|most| most * 10 >= counts.iter().sum::<usize>() * 9);
    (same(&bars) && same(&columns)).then(|| (0..8).max_by_key(|at| columns[*at]).unwrap_or(0))
}

/// A line of such a table: what stands in the column is a line by itself, and nothing there is none.
pub(super) fn framed_line(text: &str, line: Span, column: usize, out: &mut Sheet) {
    let line = line.trim(text);
    let mut at = line.start as usize;
    for (place, cell) in line.of(text).split(is_bar).enumerate() {
        let span = Span::new(at, at + cell.len());
        at = span.end as usize + text[span.end as usize..].chars().next().map_or(0, char::len_utf8);
        if !cell.trim().is_empty() {
            plain(text, span.trim(text), out);
        } else if place == column && cell.contains(|c| c != ' ') {
            nothing(span, out);
        }
    }
}

fn nothing(span: Span, out: &mut Sheet) {
    let start = out.pieces.len();
    out.cell(Span { start: span.start, end: span.start }, 0, 1);
    out.close(Origin::Stream, false, start);
}

/// Whether a line holds all rows of tables inside of a cell, as Markdown has them that knows no tables in cells: a rule
/// stands among the rows.
pub(super) fn is_flat(line: &str) -> bool {
    line.len() > SHORTEST && line.contains("| --- |") && may_hold_cue(line)
}

/// The cells of such a line. A cell of one space stands only between two rows, and for what a merged cell covers.
pub(super) fn flat(text: &str, line: Span, out: &mut Sheet) {
    let mut at = line.start as usize;
    for cell in line.of(text).split('|') {
        let span = Span::new(at, at + cell.len());
        at = span.end as usize + 1;
        let words = cell.trim();
        if cell.is_empty() || cell == " " {
            continue;
        }
        if words.is_empty() {
            nothing(span, out);
        } else if words.len() > 2 && words.bytes().all(|b| matches!(b, b'-' | b':')) {
            // Above a rule stands a header without words.
            while out
                .rows
                .last()
                .is_some_and(|row| row.pieces.len() == 1 && out.pieces[row.pieces.start].span.is_empty())
                && out.rows.len() > 1
            {
                out.rows.pop();
                out.pieces.pop();
            }
        } else {
            paragraphs(text, span, out);
        }
    }
}

/// The paragraphs of a cell, parted by two spaces.
fn paragraphs(text: &str, cell: Span, out: &mut Sheet) {
    let mut at = cell.start as usize;
    for words in cell.of(text).split("  ") {
        let span = Span::new(at, at + words.len());
        at = span.end as usize + 2;
        let words = span.trim(text);
        if !words.is_empty() {
            let start = out.pieces.len();
            out.cell(words, 0, 1);
            out.close(Origin::Stream, false, start);
        }
    }
}

/// The cells of a line with tabs that holds a whole table.
pub(super) fn tab_stream(text: &str, line: Span, out: &mut Sheet) {
    let mut at = line.start as usize;
    for cell in line.of(text).split('\t') {
        let span = Span::new(at, at + cell.len());
        at = span.end as usize + 1;
        let start = out.pieces.len();
        out.cell(span.trim(text), 0, 1);
        out.close(Origin::Stream, false, start);
    }
}

/// Whether a bar or a tab parts the names of a page's columns from its whole text: `Home | Reports | …`.
pub(super) fn is_page(line: &str) -> bool {
    let parts = |c: char| c == '\t' || is_bar(c);
    line.len() > SHORTEST && line.split(parts).any(|cell| cell.len() > SHORTEST && may_hold_cue(cell))
}

/// The parts of such a line, each as a line.
pub(super) fn page(text: &str, line: Span, out: &mut Sheet) {
    let mut at = line.start as usize;
    for cell in line.of(text).split(|c: char| c == '\t' || is_bar(c)) {
        let span = Span::new(at, at + cell.len()).trim(text);
        at += cell.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        if !span.is_empty() {
            plain(text, span, out);
        }
    }
}

/// Whether an empty line stands behind every line, as lynx puts one between two cells: then one of several is none.
pub(super) fn is_spaced(lines: &[Line]) -> bool {
    let is_plain = |l: &Line| matches!(l.shape, Shape::Plain { .. });
    let all = lines.iter().filter(|l| is_plain(l)).count();
    all >= FEWEST && lines.windows(2).filter(|l| is_plain(&l[0]) && is_plain(&l[1])).count() * 20 < all
}
