//! Tables of HTML inside of other text.

use super::super::charset::Decoded;
use super::super::html;
use crate::decode::Budget;
use crate::document::{Document, Span};

const OPEN: &str = "<table";
const CLOSE: &str = "</table";

/// Whether such a table may stand in a text.
pub(super) fn may_stand_in(source: &str) -> bool {
    tags(source, OPEN).next().is_some()
}

/// Where a tag stands in a text, whatever its letters.
fn tags<'a>(source: &'a str, tag: &'a str) -> impl Iterator<Item = usize> + 'a {
    memchr::memchr_iter(b'<', source.as_bytes())
        .filter(|at| source.as_bytes().get(*at..at + tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag.as_bytes())))
}

/// The part of the source that is a table which begins in the first line, and the lines that it takes.
pub(super) fn html(source: &str, lines: &[Span]) -> Option<(Span, usize)> {
    let first = lines.first()?;
    tags(first.of(source), OPEN).next()?;
    let start = first.start as usize;
    // Lines of a cell of another table may lie apart; such a table ends with the line.
    let whole = lines.windows(2).all(|pair| pair[1].start.saturating_sub(pair[0].end) <= 2);
    let last = if whole { lines.last()?.end } else { first.end } as usize;
    let part = &source[start..last];
    let mut ends = tags(part, CLOSE).peekable();
    let mut depth = 0usize;
    let mut begins = tags(part, OPEN).peekable();
    let end = loop {
        match (begins.peek(), ends.peek()) {
            (Some(begin), Some(end)) if begin < end => {
                depth += 1;
                begins.next();
            }
            (_, Some(_)) => {
                let end = ends.next().unwrap_or(part.len());
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break end;
                }
            }
            _ => break part.len(),
        }
    };
    let used = lines.partition_point(|line| (line.start as usize) <= start + end);
    let last = lines[used.max(1) - 1];
    Some((Span::new(start, last.end as usize), used.max(1)))
}

/// Reads the table.
pub(super) fn read(source: &str, part: Span, budget: &Budget) -> Document {
    html::read("html", &Decoded { text: part.of(source).into(), charset: "utf-8" }, budget)
}
