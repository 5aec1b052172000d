//! Tables of MediaWiki: `{|`, `|-`, `|`, `!`, `|}`.

use super::{Found, Piece};
use crate::document::Span;

/// Columns that a cell may cover.
const MAX_SPAN: usize = 1_000;
/// Rows within a table.
const MAX_ROWS: usize = 20_000;

/// A table that is being read.
#[derive(Debug, Default)]
struct Draft {
    rows: Vec<Vec<Piece>>,
    open: Option<Vec<Piece>>,
    /// Cells that reach into the open row: column, columns, rows with the open one; and those that it lets reach down.
    above: Vec<(usize, usize, usize)>,
    below: Vec<(usize, usize, usize)>,
    column: usize,
    /// Lines before the first cell of a row, a caption among them, belong to none.
    in_cell: bool,
}

/// The table that the lines begin with.
pub(super) fn table(source: &str, lines: &[Span], steps: &mut usize) -> Option<Found> {
    if !lines.first()?.of(source).trim_start().starts_with("{|") {
        return None;
    }
    let mut draft = Draft::default();
    let mut depth = 0usize;
    for (at, span) in lines.iter().enumerate().skip(1) {
        *steps += 1;
        let line = span.trim(source);
        let words = line.of(source);
        match words {
            // A table in a cell is read with the lines of the cell.
            _ if words.starts_with("{|") => {
                depth += 1;
                draft.go_on(line);
            }
            _ if words.starts_with("|}") && depth > 0 => {
                depth -= 1;
                draft.go_on(line);
            }
            _ if depth > 0 => draft.go_on(line),
            _ if words.starts_with("|}") => {
                draft.close_row();
                return Some(Found { rows: draft.rows, used: at + 1, beside: Vec::new() });
            }
            _ if words.starts_with("|-") => {
                draft.close_row();
                if draft.rows.len() > MAX_ROWS {
                    return None;
                }
            }
            _ if words.starts_with("|+") => draft.in_cell = false,
            _ if words.starts_with(['|', '!']) => cells(source, line, &mut draft),
            _ => draft.go_on(line),
        }
    }
    None
}

/// The cells of a line: `| a || b`, `! a !! b`.
fn cells(source: &str, line: Span, draft: &mut Draft) {
    let words = line.of(source);
    let is_header = words.starts_with('!');
    let mut from = 1;
    loop {
        let rest = &words[from..];
        let next = rest.find("||").into_iter().chain(rest.find("!!").filter(|_| is_header)).min();
        let end = from + next.unwrap_or(rest.len());
        draft.cell(source, Span::new(line.start as usize + from, line.start as usize + end));
        match next {
            Some(_) => from = end + 2,
            None => break,
        }
    }
}

impl Draft {
    fn open_row(&mut self) -> &mut Vec<Piece> {
        if self.open.is_none() {
            self.above.retain_mut(|(.., rows)| {
                *rows -= 1;
                *rows > 0
            });
            self.above.append(&mut self.below);
            self.column = 0;
        }
        self.open.get_or_insert_default()
    }

    fn close_row(&mut self) {
        self.rows.extend(self.open.take());
        self.in_cell = false;
    }

    /// A cell with what stands before its bar.
    fn cell(&mut self, source: &str, span: Span) {
        let words = span.of(source);
        let bar = words.find('|').filter(|at| words[..*at].contains('=') && !words[..*at].contains("[["));
        let (attributes, start) = bar.map_or(("", 0), |at| (&words[..at], at + 1));
        let content = Span::new(span.start as usize + start, span.end as usize).trim(source);
        self.open_row();
        while let Some((left, width, _)) =
            self.above.iter().find(|(left, width, _)| (*left..left + width).contains(&self.column))
        {
            self.column = left + width;
        }
        let (width, rows) = (count(attributes, "colspan"), count(attributes, "rowspan"));
        if rows > 1 {
            self.below.push((self.column, width, rows - 1));
        }
        let piece = Piece { column: self.column, width, lines: lines(content) };
        self.column += width;
        self.in_cell = true;
        self.open_row().push(piece);
    }

    /// A line of the open cell.
    fn go_on(&mut self, line: Span) {
        if let Some(cell) = self.open.as_mut().and_then(|row| row.last_mut()).filter(|_| self.in_cell) {
            cell.lines.extend(lines(line));
        }
    }
}

fn lines(content: Span) -> Vec<Span> {
    if content.is_empty() { Vec::new() } else { vec![content] }
}

/// A number of columns or rows.
fn count(attributes: &str, name: &str) -> usize {
    let Some(at) = attributes.find(name) else { return 1 };
    let value = attributes[at + name.len()..].trim_start_matches([' ', '=', '"', '\'']);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    value[..digits].parse().unwrap_or(1).clamp(1, MAX_SPAN)
}
