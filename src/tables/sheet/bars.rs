//! Cells that bars part, a row a line or across lines.

use super::{Line, Row, Shape, Sheet, is_bar};
use crate::document::{Origin, Span};
use crate::tables::number;
use crate::terms::{Labels, fold, split_mark};

/// A row a line, its cells parted by bars; `whole` where no row near goes on with the figures of another one.
pub(crate) fn bar_row(
    text: &str,
    line: Span,
    (first, last): (bool, bool),
    whole: impl FnOnce() -> bool,
    out: &mut Sheet,
) {
    let start = out.pieces.len();
    let line = if first || last { line.trim(text) } else { line };
    let body = line.of(text);
    let mut at = 0;
    let mut place = 0;
    for (end, c) in body.char_indices().filter(|(_, c)| is_bar(*c)).chain([(body.len(), '\n')]) {
        let outer = (first && at == 0 && end == 0) || (last && end == body.len() && at == end);
        if !outer {
            let span = Span::new(line.start as usize + at, line.start as usize + end).trim(text);
            out.cell(span, place, 1);
            place += 1;
        }
        at = end + c.len_utf8();
    }
    if out.pieces[start..].iter().any(|p| holds_several(p.span.of(text))) && whole() {
        let cells = out.pieces.split_off(start);
        for span in cells.into_iter().map(|p| p.span).filter(|span| !span.is_empty()) {
            several(text, span, out);
        }
        return out.close(Origin::Stream, true, start);
    }
    out.close(Origin::Separated, true, start);
}

/// What stands in a line between bars.
#[derive(Default)]
struct Held {
    figures: bool,
    words: bool,
    /// A label with its mark, or one of the form's.
    label: bool,
}

fn held(text: &str, line: &Line) -> Held {
    let mut held = Held::default();
    let mut folded = String::new();
    for cell in line.span.of(text).split(is_bar).map(str::trim).filter(|c| !c.is_empty()) {
        if cell.split_whitespace().all(is_figure) {
            held.figures = true;
            continue;
        }
        held.words = true;
        let (mark, rest) = split_mark(cell);
        fold(rest, &mut folded);
        held.label |= mark.is_some() || Labels::get().exact(&folded).is_some();
    }
    held
}

/// Rows of figures alone that tell a table whose numbers are cut over rows; the form has one such row.
const CUT: usize = 4;

/// Whether the rows of a table go on with the figures of rows above.
pub(crate) fn is_cut(text: &str, lines: &[Line]) -> bool {
    let barred = lines.iter().filter(|l| matches!(l.shape, Shape::Bars { .. })).map(|l| held(text, l));
    barred.filter(|h| h.figures && !h.words).take(CUT).count() == CUT
}

/// Whether the row behind a row goes on with its figures.
pub(crate) fn goes_on(text: &str, behind: &[Line]) -> bool {
    let next = behind.iter().find(|l| !matches!(l.shape, Shape::Empty | Shape::Space | Shape::Rule));
    next.filter(|l| matches!(l.shape, Shape::Bars { .. })).map(|l| held(text, l)).is_some_and(|h| h.figures && !h.label)
}

/// Whether a cell holds several figures: markitdown guesses the columns of a PDF page, and takes two of them for one.
/// Then the bars tell nothing of the columns, and only the order of the figures is known.
fn holds_several(cell: &str) -> bool {
    cell.contains(' ') && cell.split_whitespace().count() > 1 && cell.split_whitespace().all(is_figure)
}

fn is_figure(word: &str) -> bool {
    number::is_figure(word) || (number::is_nil(word) && !word.is_empty())
}

/// The figures of a cell, or its words.
fn several(text: &str, cell: Span, out: &mut Sheet) {
    let words = cell.of(text);
    let place = out.pieces.len() as i32;
    if !holds_several(words) {
        return out.cell(cell, place, 1);
    }
    for (word, place) in words.split_whitespace().zip(place..) {
        let at = cell.start as usize + (word.as_ptr() as usize - words.as_ptr() as usize);
        out.cell(Span::new(at, at + word.len()), place, 1);
    }
}

/// Cells that end with a bar, whatever the lines: a bar behind nothing is an empty cell.
pub(crate) fn bar_stream(text: &str, lines: &[Line], from: usize, out: &mut Sheet) -> usize {
    let mut i = from;
    let mut open = false;
    let mut place = 0;
    let mut push = |span: Span, out: &mut Sheet| {
        out.cell(span, place, 1);
        place += 1;
        let at = out.pieces.len() - 1;
        out.rows.push(Row { origin: Origin::Stream, pieces: at..at + 1, whole: false });
    };
    while i < lines.len() {
        let Line { span, shape } = lines[i];
        match shape {
            Shape::Empty | Shape::Space | Shape::Rule | Shape::Page => {}
            Shape::Bars { .. } => {
                let body = span.of(text);
                let mut at = 0;
                for (end, c) in body.char_indices().filter(|(_, c)| is_bar(*c)) {
                    let cell = Span::new(span.start as usize + at, span.start as usize + end).trim(text);
                    // A bar behind an open cell ends it; any other one has an empty cell in front of it.
                    if !cell.is_empty() || !open {
                        push(cell, out);
                    }
                    open = false;
                    at = end + c.len_utf8();
                }
                let tail = Span::new(span.start as usize + at, span.end as usize).trim(text);
                if !tail.is_empty() {
                    push(tail, out);
                    open = true;
                }
            }
            // A number without a bar in front of a cell with one, or on a row of its own: that of a page.
            Shape::Plain { .. } if is_page_number(text, lines, i) => {}
            Shape::Plain { .. } => {
                // Words that no bar follows soon are no cell.
                let goes_on = lines[i + 1..].iter().take(2).any(|l| matches!(l.shape, Shape::Bars { .. }))
                    || lines[from..i].last().is_some_and(|l| matches!(l.shape, Shape::Bars { .. }));
                if !goes_on {
                    return i;
                }
                push(span.trim(text), out);
                open = true;
            }
            Shape::Tabs { .. } => return i,
        }
        i += 1;
    }
    i
}

/// Whether a plain line among cells with bars is a bare number that no bar touches, though bars touch its neighbours.
fn is_page_number(text: &str, lines: &[Line], at: usize) -> bool {
    let body = lines[at].span.of(text).trim();
    if body.len() > 3 || !body.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let solid = |l: &&Line| !matches!(l.shape, Shape::Empty | Shape::Space | Shape::Rule | Shape::Page);
    let before = lines[..at].iter().rev().find(solid).map(|l| l.shape);
    let after = lines[at + 1..].iter().find(solid).map(|l| l.shape);
    match (before, after) {
        (_, Some(Shape::Bars { full, first, .. })) if full > 0 => !first,
        (Some(Shape::Plain { .. }), Some(Shape::Plain { .. })) => true,
        _ => false,
    }
}
