//! Tables drawn with `+`, `-` and `|`, as reStructuredText and Markdown have them, or with box characters, as text browsers
//! draw them. A cell that covers others has no lines inside of it.

use super::{Found, Piece, columns_if};
use crate::document::Span;

/// Characters of the largest drawing.
const MAX_PLACES: usize = 4_000_000;
/// Steps that tracing the lines may take.
const MAX_STEPS: usize = 2_000_000;

/// A drawing: for each line the characters at each column, with their places in the source.
struct Drawing<'s> {
    source: &'s str,
    lines: Vec<Line>,
    steps: usize,
}

struct Line {
    /// The bytes at each column; what a wide character covers has those of the character.
    places: Vec<u32>,
    marks: Vec<u8>,
    end: u32,
}

/// What a character is of a drawing: a corner `+`, a horizontal `-`, a vertical `|`, or none.
type Pen = fn(char) -> u8;

/// Lines of ASCII characters.
fn ascii(c: char) -> u8 {
    if c.is_ascii() { c as u8 } else { 0 }
}

/// Lines of box characters, as text browsers draw them.
fn boxes(c: char) -> u8 {
    match c {
        '─' | '━' | '═' => b'-',
        '│' | '┃' | '║' => b'|',
        '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{2570}' => b'+',
        _ => 0,
    }
}

/// The table that the lines begin with.
pub(super) fn table(source: &str, lines: &[Span], steps: &mut usize) -> Option<Found> {
    let first = lines.first()?.of(source);
    let margin = first.len() - first.trim_start_matches(' ').len();
    let border = first[margin..].trim_end();
    let pen: Pen = if border.starts_with('+') { ascii } else { boxes };
    let (begin, end) = (border.chars().next()?, border.chars().next_back()?);
    let width = border.chars().count();
    if width < 4 || pen(begin) != b'+' || pen(end) != b'+' || !border.chars().all(|c| is_border(pen(c))) {
        return None;
    }
    // What stands beside a drawing of box characters belongs to another column of the page.
    let framed = |span: &Span| {
        let front = front(source, *span, margin, pen)?;
        (front.is_empty() || !begin.is_ascii()).then_some(front)
    };
    let beside: Vec<Span> = lines.iter().map_while(framed).collect();
    let used = beside.len();
    *steps += used.saturating_mul(1 + border.len() / 8);
    if used < 3 || used.saturating_mul(width) > MAX_PLACES {
        return None;
    }
    let drawn: Option<Vec<Line>> = (0..used)
        .map(|at| {
            let span = Span { start: lines[at].start.max(beside[at].end), end: lines[at].end };
            [false, true].into_iter().find_map(|wide| line(source, span, width, pen, wide))
        })
        .collect();
    let mut drawing = Drawing { source, lines: drawn?, steps: 0 };
    let rows = drawing.rows();
    *steps += drawing.steps;
    let beside = beside.into_iter().map(|span| span.trim(source)).filter(|span| !span.is_empty()).collect();
    Some(Found { rows: rows?, used, beside })
}

fn is_border(b: u8) -> bool {
    matches!(b, b'+' | b'-' | b'=' | b':')
}

/// What stands before a margin, if a line of the drawing stands behind it.
fn front(source: &str, span: Span, margin: usize, pen: Pen) -> Option<Span> {
    let text = span.of(source);
    [false, true].into_iter().find_map(|wide| {
        let mut column = 0;
        for (at, c) in text.char_indices() {
            if column == margin && matches!(pen(c), b'+' | b'|') {
                let end = span.start as usize + at;
                let blank = text[..at].trim().is_empty();
                return Some(Span::new(if blank { end } else { span.start as usize }, end));
            }
            column += columns_if(c, wide);
            if column > margin {
                return None;
            }
        }
        None
    })
}

/// A line of so many columns; none if it has more or fewer.
fn line(source: &str, span: Span, width: usize, pen: Pen, wide: bool) -> Option<Line> {
    let text = span.of(source).trim_end();
    let mut line = Line { places: Vec::with_capacity(width), marks: Vec::with_capacity(width), end: 0 };
    let start = span.start as usize;
    for (at, c) in text.char_indices() {
        for part in 0..columns_if(c, wide) {
            line.places.push((start + at) as u32);
            line.marks.push(if part == 0 { pen(c) } else { 0 });
        }
        if line.marks.len() > width {
            return None;
        }
    }
    line.end = (start + text.len()) as u32;
    (line.marks.len() == width).then_some(line)
}

impl Drawing<'_> {
    fn at(&self, line: usize, column: usize) -> u8 {
        self.lines.get(line).and_then(|l| l.marks.get(column)).copied().unwrap_or(0)
    }

    /// The rows of the table; none if the lines do not close around cells.
    fn rows(&mut self) -> Option<Vec<Vec<Piece>>> {
        // Left upper corners of cells: top, left, bottom, right.
        let mut cells: Vec<(usize, usize, usize, usize)> = Vec::new();
        let (height, width) = (self.lines.len(), self.lines[0].marks.len());
        // For each column, the line down to which cells were found.
        let mut done = vec![0usize; width];
        for top in 0..height - 1 {
            let mut left = 0;
            while left + 1 < width {
                if done[left] > top || self.at(top, left) != b'+' {
                    left += 1;
                    continue;
                }
                let (bottom, right) = self.cell(top, left)?;
                cells.push((top, left, bottom, right));
                done[left..right].fill(bottom);
                left = right;
            }
        }
        if done[..width - 1].iter().any(|d| *d != height - 1) {
            return None;
        }
        let mut edges: Vec<usize> = cells.iter().flat_map(|c| [c.1, c.3]).collect();
        edges.sort_unstable();
        edges.dedup();
        let column = |edge: usize| edges.partition_point(|e| *e < edge);
        let mut rows: Vec<Vec<Piece>> = Vec::new();
        for same in cells.chunk_by(|a, b| a.0 == b.0) {
            rows.push(
                same.iter()
                    .map(|(top, left, bottom, right)| Piece {
                        column: column(*left),
                        width: column(*right) - column(*left),
                        lines: self.content(*top, *left, *bottom, *right),
                    })
                    .collect(),
            );
        }
        Some(rows)
    }

    /// The right lower corner of the smallest cell with a left upper corner.
    fn cell(&mut self, top: usize, left: usize) -> Option<(usize, usize)> {
        let mut right = left + 1;
        loop {
            match self.at(top, right) {
                b'+' => {
                    if let Some(bottom) = self.bottom(top, left, right) {
                        return Some((bottom, right));
                    }
                }
                b'-' | b'=' | b':' => {}
                _ => return None,
            }
            right += 1;
        }
    }

    /// The line of the lower edge of a cell.
    fn bottom(&mut self, top: usize, left: usize, right: usize) -> Option<usize> {
        for line in top + 1..self.lines.len() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return None;
            }
            let (l, r) = (self.at(line, left), self.at(line, right));
            if l == b'+' && r == b'+' {
                self.steps += right - left;
                if self.lines[line].marks[left..=right].iter().all(|b| is_border(*b)) {
                    return Some(line);
                }
            }
            if !matches!(l, b'+' | b'|') || !matches!(r, b'+' | b'|') {
                return None;
            }
        }
        None
    }

    /// The lines of a cell, empty ones at its ends left out.
    fn content(&self, top: usize, left: usize, bottom: usize, right: usize) -> Vec<Span> {
        let lines = &self.lines[top + 1..bottom];
        let inner = |line: &Line| {
            let edge = line.places[left] as usize;
            let start = edge + self.source[edge..].chars().next().map_or(1, char::len_utf8);
            let end = line.places.get(right).copied().unwrap_or(line.end) as usize;
            let span = Span::new(start, end.max(start));
            let words = span.of(self.source);
            // The first space is that of the drawing.
            let head = usize::from(words.starts_with(' '));
            Span::new(start + head, start + words.trim_end().len().max(head))
        };
        let mut lines: Vec<Span> = lines.iter().map(inner).collect();
        let is_blank = |span: &Span| span.of(self.source).trim().is_empty();
        while lines.last().is_some_and(is_blank) {
            lines.pop();
        }
        let head = lines.iter().take_while(|l| is_blank(l)).count();
        lines.drain(..head);
        // Lines keep what they are indented by, beyond what all are.
        let indent = |l: &Span| l.of(self.source).len() - l.of(self.source).trim_start_matches(' ').len();
        let least = lines.iter().filter(|l| !is_blank(l)).map(indent).min().unwrap_or(0);
        lines.iter().map(|l| Span { start: (l.start + least as u32).min(l.end), end: l.end }).collect()
    }
}
