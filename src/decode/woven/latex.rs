//! LaTeX: lines of text, and tables of the family of `tabular`.

use super::{Piece, Weave};
use crate::decode::Budget;
use crate::decode::charset::Decoded;
use crate::document::{Document, Origin, Span};
use crate::error::Failure;

/// The beginnings of tables.
const TABLES: [&str; 8] =
    ["longtable", "tabular", "tabular*", "tabularx", "tabulary", "xltabular", "longtabu", "supertabular"];
/// Commands whose arguments say nothing of the text, and how many they have.
const ARGUMENTS: &[(&str, usize)] = &[
    ("label", 1),
    ("hypertarget", 1),
    ("href", 1),
    ("cline", 1),
    ("cmidrule", 1),
    ("begin", 1),
    ("end", 1),
    ("includegraphics", 1),
    ("multirow", 2),
    ("multicolumn", 2),
    ("textcolor", 1),
    ("color", 1),
    ("vspace", 1),
    ("hspace", 1),
    ("setcounter", 2),
    ("addtocounter", 2),
    ("rule", 2),
    ("phantom", 1),
    ("parbox", 1),
    ("raisebox", 1),
    ("footnote", 1),
    ("noalign", 1),
    ("tabularnewline", 0),
    ("documentclass", 1),
    ("usepackage", 1),
    ("setlength", 2),
    ("renewcommand", 2),
    ("newcommand", 2),
    ("fontsize", 2),
    ("foreignlanguage", 1),
    ("selectlanguage", 1),
    ("hyperref", 0),
    ("url", 1),
];
/// Ends of the parts of a table that is repeated on pages: what was before them is a head or a foot.
const HEADS: [(&str, bool); 4] =
    [("\\endfirsthead", true), ("\\endhead", false), ("\\endfoot", false), ("\\endlastfoot", false)];
/// Columns or rows that a cell may cover.
const MAX_SPAN: usize = 1_000;

/// Whether a text is one in LaTeX with a table in it.
pub(super) fn is_one(source: &str) -> bool {
    source.contains("\\begin{longtab") || source.contains("\\begin{tabular") || source.contains("\\begin{xltabular")
}

/// Reads the text.
pub(super) fn read(decoded: &Decoded<'_>, budget: &Budget) -> Option<Result<Document, Failure>> {
    let source = &*decoded.text;
    let start = source.find("\\begin{document}").map_or(0, |at| at + "\\begin{document}".len());
    let end = source[start..].find("\\end{document}").map_or(source.len(), |at| start + at);
    let mut weave = Weave::new(source, Origin::Markup).with_marks(inner);
    let mut cells = 0;
    let mut at = start;
    while let Some((open, body, close, next)) = table_from(source, at, end) {
        if budget.time().is_err() {
            return Some(budget.time().map(|()| weave.finish("latex", decoded.charset)));
        }
        prose(source, Span::new(at, open), &mut weave);
        for row in rows(source, Span::new(body, close)) {
            cells += row.len();
            if cells > budget.cells {
                return Some(Err(Failure::Limit { name: "cells", limit: budget.cells as u64 }));
            }
            weave.row(&row);
        }
        weave.end_table();
        at = next;
    }
    prose(source, Span::new(at, end), &mut weave);
    Some(Ok(weave.finish("latex", decoded.charset)))
}

/// Where the next table begins, where its rows do and end, and what follows it.
fn table_from(source: &str, at: usize, end: usize) -> Option<(usize, usize, usize, usize)> {
    let part = source.get(at..end)?;
    for (found, _) in part.match_indices("\\begin{") {
        let name = &part[found + 7..];
        let name = &name[..name.find('}')?];
        if !TABLES.contains(&name) {
            continue;
        }
        let mut body = at + found + 8 + name.len();
        // A width in front of the columns.
        let arguments = if matches!(name, "tabular*" | "tabularx" | "tabulary" | "xltabular") { 2 } else { 1 };
        for _ in 0..arguments {
            body = behind(source, body, b'[', b']');
            body = behind(source, body, b'{', b'}');
        }
        let closing = format!("\\end{{{name}}}");
        let close = source[body..end].find(&closing).map_or(end, |at| body + at);
        return Some((at + found, body, close, (close + closing.len()).min(end)));
    }
    None
}

/// The place behind an argument, if one begins there.
fn behind(source: &str, at: usize, open: u8, close: u8) -> usize {
    let bytes = source.as_bytes();
    let start = at + bytes[at..].iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r')).count();
    if bytes.get(start) != Some(&open) {
        return at;
    }
    let (mut depth, mut inner, mut place) = (0usize, 0usize, start);
    while let Some(b) = bytes.get(place) {
        match *b {
            b'\\' => place += 1,
            // Braces protect what stands in brackets.
            b'{' if open != b'{' => inner += 1,
            b'}' if open != b'{' => inner = inner.saturating_sub(1),
            b if b == open && inner == 0 => depth += 1,
            b if b == close && inner == 0 => {
                depth -= 1;
                if depth == 0 {
                    return place + 1;
                }
            }
            _ => {}
        }
        place += 1;
    }
    at
}

/// Lines of text.
fn prose(source: &str, part: Span, weave: &mut Weave<'_>) {
    for line in super::lines_of(source, part) {
        let pieces = inline(source, line);
        if pieces.iter().any(|p| !p.of(source).trim().is_empty()) {
            weave.line(&[line]);
        }
    }
}

/// The characters of a part without commands, braces and comments.
fn inline(source: &str, part: Span) -> Vec<Span> {
    let bytes = source.as_bytes();
    let end = part.end as usize;
    let (mut pieces, mut from, mut at) = (Vec::new(), part.start as usize, part.start as usize);
    let mut cut = |from: usize, to: usize| {
        if to > from {
            pieces.push(Span::new(from, to));
        }
    };
    while at < end {
        match bytes[at] {
            b'\\' => {
                cut(from, at);
                let name = bytes[at + 1..end].iter().take_while(|b| b.is_ascii_alphabetic()).count();
                if name == 0 {
                    let is_escape = bytes.get(at + 1).is_some_and(|b| b"%&#$_{}".contains(b));
                    from = (at + if is_escape { 1 } else { 2 }).min(end);
                    at = (at + 2).min(end);
                    // The second character may be a wide one.
                    while !source.is_char_boundary(at) {
                        at += 1;
                    }
                    from = if is_escape { from } else { at };
                    continue;
                }
                let command = &source[at + 1..at + 1 + name];
                at = arguments(source, at + 1 + name, command).min(end);
                at += usize::from(bytes.get(at) == Some(&b' ') && at < end);
                from = at;
            }
            b'{' | b'}' | b'~' | b'$' => {
                cut(from, at);
                at += 1;
                from = at;
            }
            b'%' => {
                cut(from, at);
                at = memchr::memchr(b'\n', &bytes[at..end]).map_or(end, |n| at + n);
                from = at;
            }
            _ => at += 1,
        }
    }
    cut(from, end);
    pieces
}

/// The characters of a part, without white space at its ends.
fn inner(source: &str, part: Span) -> Vec<Span> {
    let mut pieces = inline(source, part);
    let is_blank = |p: &Span| p.of(source).trim().is_empty();
    while pieces.last().is_some_and(is_blank) {
        pieces.pop();
    }
    let head = pieces.iter().take_while(|p| is_blank(p)).count();
    pieces.drain(..head);
    if let Some(first) = pieces.first_mut() {
        first.start = Span { start: first.start, end: first.end }.trim(source).start;
    }
    if let Some(last) = pieces.last_mut() {
        last.end = last.start + last.of(source).trim_end().len() as u32;
    }
    pieces
}

/// The place behind the arguments of a command that say nothing.
fn arguments(source: &str, mut at: usize, command: &str) -> usize {
    let count = ARGUMENTS.iter().find(|(name, _)| *name == command).map_or(0, |(_, count)| *count);
    let is_box = source[at..].starts_with("{minipage}");
    at = behind(source, at, b'[', b']');
    at = behind(source, at, b'(', b')');
    for _ in 0..count {
        at = behind(source, at, b'{', b'}');
        at = behind(source, at, b'[', b']');
    }
    if is_box && command == "begin" { behind(source, at, b'{', b'}') } else { at }
}

/// The rows of a table, without the heads of its other pages and its feet.
fn rows(source: &str, body: Span) -> Vec<Vec<Piece>> {
    let mut parts = vec![body];
    let mut has_first = false;
    for (mark, is_first) in HEADS {
        let Some(last) = parts.pop() else { break };
        let Some(at) = last.of(source).find(mark) else {
            parts.push(last);
            continue;
        };
        let end = last.start as usize + at;
        // The head of the first page is the table's; of one without it, the head of all pages is.
        if is_first || (mark == "\\endhead" && !has_first) {
            parts.push(Span::new(last.start as usize, end));
        }
        has_first |= is_first;
        parts.push(Span::new(end + mark.len(), last.end as usize));
    }
    let mut draft = Draft::default();
    for part in parts {
        for row in
            split(source, part, &|at| source[at..].starts_with("\\\\") || source[at..].starts_with("\\tabularnewline"))
        {
            draft.row(source, row);
        }
    }
    draft.rows
}

/// Splits a part at marks that no braces protect; a mark is two characters or one.
fn split(source: &str, part: Span, is_mark: &dyn Fn(usize) -> bool) -> Vec<Span> {
    let bytes = source.as_bytes();
    let (mut out, mut depth, mut at, mut from) = (Vec::new(), 0usize, part.start as usize, part.start as usize);
    let end = part.end as usize;
    while at < end {
        if depth == 0 && source.is_char_boundary(at) && is_mark(at) {
            out.push(Span::new(from, at));
            let length = match bytes[at] {
                b'&' => 1,
                _ if source[at..].starts_with("\\\\") => 2,
                _ => "\\tabularnewline".len(),
            };
            // `\\[2pt]`, `\\*`
            at = behind(source, at + length + usize::from(bytes.get(at + length) == Some(&b'*')), b'[', b']').min(end);
            from = at;
            continue;
        }
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'%' => at = memchr::memchr(b'\n', &bytes[at..end]).map_or(end, |n| at + n),
            _ => {}
        }
        at += 1;
    }
    out.push(Span::new(from.min(end), end));
    out
}

/// A table that is being read.
#[derive(Debug, Default)]
struct Draft {
    rows: Vec<Vec<Piece>>,
    /// Cells that reach into the next row: column, columns, rows from there on.
    above: Vec<(usize, usize, usize)>,
}

impl Draft {
    fn row(&mut self, source: &str, row: Span) {
        let cells = split(source, row, &|at| source.as_bytes()[at] == b'&');
        if cells.len() == 1 && inline(source, row).iter().all(|p| p.of(source).trim().is_empty()) {
            return;
        }
        let mut out = Vec::new();
        let (mut column, mut below) = (0, Vec::new());
        for cell in cells {
            let words = cell.of(source);
            let width = count(source, cell, words.find("\\multicolumn"));
            let height = count(source, cell, words.find("\\multirow"));
            let is_empty = inner(source, cell).is_empty();
            let is_covered = self.above.iter().any(|(left, columns, _)| (*left..left + columns).contains(&column));
            if !(is_covered && is_empty) {
                out.push(Piece { column, width, lines: vec![cell] });
                if height > 1 {
                    below.push((column, width, height - 1));
                }
            }
            column += width;
        }
        self.above.retain_mut(|(.., rows)| {
            *rows -= 1;
            *rows > 0
        });
        self.above.extend(below);
        self.rows.push(out);
    }
}

/// The number in the first argument of a command that stands at a place of a cell.
fn count(source: &str, cell: Span, at: Option<usize>) -> usize {
    let Some(at) = at.map(|at| cell.start as usize + at) else { return 1 };
    let start = at + 1 + source[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let start = behind(source, start, b'[', b']');
    let end = behind(source, start, b'{', b'}');
    let number = source[start..end].trim_matches(['{', '}', ' ', '\n', '*', '=']);
    number.parse().unwrap_or(1).clamp(1, MAX_SPAN)
}
