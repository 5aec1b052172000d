//! Tables of Markdown whose cells hold several lines, `<br>` between them: where a number is cut over lines, as readers of
//! PDF files write narrow columns (pymupdf4llm), only its whole cell tells the number.

use super::{Found, Piece};
use crate::document::Span;
use crate::terms::{Labels, fold, fold_char, split_mark};

/// Lines and columns of the largest table.
const MAX_LINES: usize = 10_000;
const MAX_COLUMNS: usize = 500;
/// Empty lines between two parts of a table that a page cuts.
const GAP: usize = 6;
const BREAK: &str = "<br>";

/// A part of a table, as it stands under a header.
struct Part {
    rows: Vec<Vec<Piece>>,
    width: usize,
    used: usize,
}

/// The table that the lines begin with, with what of it stands on the next pages.
pub(super) fn table(source: &str, lines: &[Span], steps: &mut usize) -> Option<Found> {
    let mut parts = vec![part(source, lines, steps)?];
    let mut used = parts[0].used;
    while let Some((next, gap)) = next_part(source, lines, used, steps) {
        let Some(last) = parts.last_mut().and_then(|p| p.rows.last_mut()) else { break };
        let Some(joined) = next.rows.first().and_then(|first| join(source, last, first)) else { break };
        *last = joined;
        used += gap + next.used;
        let rows = next.rows.into_iter().skip(1).collect();
        parts.push(Part { rows, ..next });
    }
    let cut = parts.iter().flat_map(|p| p.rows.iter().flatten()).any(|cell| is_cut_figure(source, cell));
    if !cut {
        return None;
    }
    // The columns of the figures end together.
    let width = parts.iter().map(|p| p.width).max()?;
    let mut rows = Vec::new();
    for part in parts {
        let shift = width - part.width;
        for mut row in part.rows {
            for (at, cell) in row.iter_mut().enumerate() {
                let first = at == 0 && cell.column == 0;
                cell.width += if first { shift } else { 0 };
                cell.column += if first { 0 } else { shift };
            }
            rows.push(row);
        }
    }
    Some(Found { rows, used, beside: Vec::new() })
}

fn next_part(source: &str, lines: &[Span], used: usize, steps: &mut usize) -> Option<(Part, usize)> {
    let rest = lines.get(used..)?;
    let gap = rest.iter().take(GAP + 1).take_while(|l| l.of(source).trim().is_empty()).count();
    (1..=GAP).contains(&gap).then_some(())?;
    Some((part(source, &rest[gap..], steps)?, gap))
}

fn part(source: &str, lines: &[Span], steps: &mut usize) -> Option<Part> {
    let is_row = |line: &&Span| {
        let line = line.of(source).trim();
        line.len() > 2 && line.starts_with('|') && line.ends_with('|')
    };
    let is_rule = |line: &Span| line.of(source).bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '));
    if !lines.first().is_some_and(|l| is_row(&l)) || !lines.get(1).is_some_and(|l| is_row(&l) && is_rule(l)) {
        return None;
    }
    let used = lines.iter().take(MAX_LINES).take_while(is_row).count();
    *steps += used;
    let width = cells(source, lines[0]).len();
    if width > MAX_COLUMNS {
        return None;
    }
    let rows = lines[..used].iter().enumerate().filter(|(at, _)| *at != 1);
    let rows = rows.map(|(at, line)| row(source, *line, at == 0)).collect();
    Some(Part { rows, width, used })
}

/// The cells of a row.
fn cells(source: &str, line: Span) -> Vec<Span> {
    let line = line.trim(source);
    let inner = Span { start: line.start + 1, end: line.end - 1 };
    let words = inner.of(source);
    let mut cells = Vec::new();
    let mut from = 0;
    let bars = memchr::memchr_iter(b'|', words.as_bytes()).filter(|at| !words[..*at].ends_with('\\'));
    for end in bars.chain([words.len()]) {
        cells.push(Span::new(inner.start as usize + from, inner.start as usize + end));
        from = end + 1;
    }
    cells
}

/// A row: what stands in several columns with the same words is one cell, and so is what has no name of its own.
fn row(source: &str, line: Span, is_header: bool) -> Vec<Piece> {
    let mut row: Vec<(Span, Piece)> = Vec::new();
    for (column, cell) in cells(source, line).into_iter().take(MAX_COLUMNS).enumerate() {
        let words = cell.of(source);
        let unnamed = is_header && words.strip_prefix("Col").is_some_and(|n| n.parse() == Ok(column + 1));
        if let Some((before, piece)) = row.last_mut()
            && (unnamed || (before.of(source) == words && is_words(words)))
        {
            piece.width += 1;
            continue;
        }
        let lines = if unnamed { Vec::new() } else { lines_of(source, cell) };
        row.push((cell, Piece { column, width: 1, lines }));
    }
    row.into_iter().map(|(_, piece)| piece).collect()
}

fn lines_of(source: &str, cell: Span) -> Vec<Span> {
    let mut at = cell.start as usize;
    let mut lines = Vec::new();
    for words in cell.of(source).split(BREAK) {
        let line = Span::new(at, at + words.len()).trim(source);
        at += words.len() + BREAK.len();
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

fn is_words(words: &str) -> bool {
    words.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() > 1
}

fn is_figure(words: &str) -> bool {
    let mut digits = words.chars().filter_map(fold_char).peekable();
    digits.peek().is_some() && digits.all(|c| c.is_ascii_digit())
}

fn is_cut_figure(source: &str, cell: &Piece) -> bool {
    cell.lines.len() > 1 && cell.lines.iter().all(|line| is_figure(line.of(source)))
}

/// A row that goes on in the first row of the next page: its label ends there, and each of its cells may.
fn join(source: &str, above: &[Piece], below: &[Piece]) -> Option<Vec<Piece>> {
    let words = |cell: &Piece| cell.lines.iter().map(|l| l.of(source)).collect::<String>();
    let (first, end) = (above.first()?, below.first()?);
    let label = |words: &str| {
        let mut folded = String::new();
        fold(split_mark(words).1, &mut folded);
        Labels::get().exact(&folded).is_some_and(|m| m.line.is_some())
    };
    let (front, tail) = (words(first), words(end));
    if tail.is_empty() || label(&front) || !label(&format!("{front}{tail}")) || above.len() != below.len() {
        return None;
    }
    let pairs = above.iter().zip(below);
    Some(pairs.map(|(a, b)| Piece { lines: a.lines.iter().chain(&b.lines).copied().collect(), ..a.clone() }).collect())
}
