//! Tables drawn with `+`, `-` and `|`, as reStructuredText and Markdown have them. A cell that covers others has no lines
//! inside of it.

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

/// The table that the lines begin with.
pub(super) fn table(source: &str, lines: &[Span], steps: &mut usize) -> Option<Found> {
    let first = lines.first()?.of(source);
    let margin = first.len() - first.trim_start_matches(' ').len();
    let border = first[margin..].trim_end();
    if border.len() < 4 || !border.starts_with('+') || !border.ends_with('+') || !border.bytes().all(is_border) {
        return None;
    }
    let drawn = |line: &&Span| {
        let line = line.of(source);
        line.get(margin..).is_some_and(|l| l.starts_with(['+', '|'])) && line[..margin].trim().is_empty()
    };
    let used = lines.iter().take_while(drawn).count();
    *steps += used.saturating_mul(1 + border.len() / 8);
    if used < 3 || used.saturating_mul(border.len()) > MAX_PLACES {
        return None;
    }
    let mut drawing = [false, true].into_iter().find_map(|wide| {
        let drawn: Option<Vec<Line>> =
            lines[..used].iter().map(|l| line(source, *l, margin, border.len(), wide)).collect();
        Some(Drawing { source, lines: drawn?, steps: 0 })
    })?;
    let rows = drawing.rows();
    *steps += drawing.steps;
    let rows = rows?;
    Some(Found { rows, used })
}

fn is_border(b: u8) -> bool {
    matches!(b, b'+' | b'-' | b'=' | b':')
}

/// A line of so many columns; none if it has more or fewer.
fn line(source: &str, span: Span, margin: usize, width: usize, wide: bool) -> Option<Line> {
    let text = source.get(span.start as usize + margin..span.end as usize)?.trim_end();
    let mut line = Line { places: Vec::with_capacity(width), marks: Vec::with_capacity(width), end: 0 };
    let start = span.start as usize + margin;
    for (at, c) in text.char_indices() {
        for part in 0..columns_if(c, wide) {
            line.places.push((start + at) as u32);
            line.marks.push(if part == 0 && c.is_ascii() { c as u8 } else { 0 });
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
            let start = line.places[left] as usize + 1;
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
