//! Lines in which nothing but spaces parts the cells, as page dumps have them.

use crate::document::Span;
use crate::terms::glyphs::PAGE_WORDS;

use super::layout::{Kind, Layout, Piece, is_bar};
use crate::tables::number;

/// A line without tabs and bars: one piece, or words parted by runs of spaces.
pub(crate) fn plain(text: &str, line: Span, out: &mut Layout) {
    let trimmed = line.trim(text);
    let body = trimmed.of(text);
    let start = out.pieces.len();
    if body.len() > 600 || !has_gap(body) {
        out.pieces.push(Piece { span: trimmed, place: 0, columns: 0 });
        out.close(Kind::Line, start);
        return;
    }
    let lead: i32 = text[line.start as usize..trimmed.start as usize].chars().map(columns).sum();
    let (mut column, mut word_start, mut gap, mut word_end_column) = (lead, None, 0, 0);
    let mut word_end = 0;
    let push = |from: usize, to: usize, right: i32, out: &mut Layout| {
        out.pieces.push(Piece {
            span: Span::new(trimmed.start as usize + from, trimmed.start as usize + to),
            place: right,
            columns: body[from..to].chars().map(columns).sum(),
        });
    };
    for (at, c) in body.char_indices() {
        if c.is_whitespace() {
            gap += columns(c);
        } else {
            if let Some(from) =
                word_start.filter(|&from: &usize| gap >= 2 || (gap == 1 && numbers_meet(body, from, word_end, at)))
            {
                push(from, word_end, word_end_column, out);
                word_start = None;
            }
            gap = 0;
            word_start.get_or_insert(at);
            word_end = at + c.len_utf8();
            word_end_column = column + columns(c);
        }
        column += columns(c);
    }
    if let Some(from) = word_start {
        push(from, word_end, word_end_column, out);
    }
    let kind = if out.pieces.len() > start + 1 { Kind::Spaced } else { Kind::Line };
    out.close(kind, start);
}

/// Whether a single space parts two cells: a number or a nil stands on either side, or behind a label.
fn numbers_meet(body: &str, from: usize, end: usize, next: usize) -> bool {
    let after = body[next..].split_whitespace().next().unwrap_or("");
    let figure = |w: &str| {
        number::is_nil(w) && !w.is_empty()
            || w.chars().all(|c| {
                c.is_ascii_digit()
                    || ('０'..='９').contains(&c)
                    || matches!(c, '.' | ',' | '，' | '/' | '—' | '-' | '+')
            }) && !w.ends_with('.')
                && !w.is_empty()
    };
    let before = body[from..end].split_whitespace().next_back().unwrap_or("");
    figure(after) && (figure(before) || before.chars().next_back().is_some_and(|c| !c.is_ascii() || c == ')'))
}

/// "— 8 —", "8 / 9": a page's number between dashes, or with the number of pages.
pub(crate) fn is_page_mark(body: &str) -> bool {
    if let Some((page, pages)) = body.split_once('/') {
        let number = |s: &str| s.trim().parse::<u8>().ok().filter(|n| (1..=99).contains(n));
        return matches!((number(page), number(pages)), (Some(page), Some(pages)) if page <= pages);
    }
    if body.contains(PAGE_WORDS[0]) {
        return body.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || PAGE_WORDS.contains(&c));
    }
    let dashes = |c: char| matches!(c, '-' | '—' | '－' | '–' | '·') || c.is_whitespace();
    if !(body.starts_with(dashes) && body.ends_with(dashes)) {
        return false;
    }
    let inner = body.trim_matches(dashes);
    inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit()) && !inner.is_empty()
}

/// Three dashes or more in every cell, "---|---", ":--:", or a line drawn with box characters.
pub(crate) fn is_rule(line: &str) -> bool {
    let mut dashes = 0;
    for c in line.chars() {
        match c {
            '-' | '—' | '─' | '━' | '=' | '_' | '－' => dashes += 1,
            '|' | ':' | '+' | '\t' | ' ' | '┼' | '├' | '┤' | '┌' | '┐' | '└' | '┘' | '┬' | '┴' | '│' | '｜' =>
                {}
            _ => return false,
        }
    }
    if dashes < 3 {
        return false;
    }
    // A row of nils, "— | — | —", is no rule: some cell of a rule has three dashes.
    line.split(|c: char| is_bar(c) || c == '\t' || c == '+')
        .any(|cell| cell.chars().filter(|c| !matches!(c, ' ' | ':')).count() >= 3)
        && !line
            .split(|c: char| is_bar(c) || c == '\t')
            .any(|cell| matches!(cell.trim().chars().count(), 1 | 2) && !cell.contains(':'))
}

fn has_gap(body: &str) -> bool {
    let bytes = body.as_bytes();
    let spaced = memchr::memchr_iter(b' ', bytes).any(|at| {
        bytes
            .get(at + 1)
            .is_some_and(|b| b.is_ascii_digit() || matches!(b, b' ' | b'/' | b'-' | b'+' | 0xe2 | 0xe6 | 0xef))
    });
    // The wide space is E3 80 80, the fixed one C2 A0.
    spaced
        || memchr::memchr_iter(0x80, bytes).any(|at| at > 1 && bytes[at - 1] == 0x80 && bytes[at - 2] == 0xe3)
        || memchr::memchr_iter(0xc2, bytes).any(|at| bytes[at..].starts_with("\u{a0}\u{a0}".as_bytes()))
}

/// Columns that a character takes on a page of fixed pitch.
fn columns(c: char) -> i32 {
    match c {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        '“' | '”' | '‘' | '’' | '…' | '—' => 2,
        _ => 1,
    }
}
