//! Lines in which nothing but spaces parts the cells, as page dumps have them.

use crate::document::{Origin, Span};
use crate::tables::number;
use crate::terms::glyphs::PAGE_WORDS;
use crate::terms::may_hold_cue;

use super::{Piece, Sheet, is_bar};

/// Bytes of a line that is looked at as a row of a table.
pub(super) const LONGEST_ROW: usize = 900;

/// A line without tabs and bars: one piece, or words parted by spaces. A line that holds a whole table, or a whole
/// report, is its words one after the other.
pub(crate) fn plain(text: &str, line: Span, out: &mut Sheet) {
    let trimmed = line.trim(text);
    let body = trimmed.of(text);
    let start = out.pieces.len();
    if body.len() > LONGEST_ROW && may_hold_cue(body) && body.contains(' ') {
        for word in words(body, |_, _| true) {
            let from = out.pieces.len();
            push(text, trimmed, &word, out);
            out.close(Origin::Stream, false, from);
        }
        return;
    }
    let lead = &text[line.start as usize..trimmed.start as usize];
    let before = (lead.chars().map(columns).sum::<i32>(), lead.chars().count() as i32);
    if body.len() > LONGEST_ROW || !has_gap(body) {
        let right = (before.0 + body.chars().map(columns).sum::<i32>(), before.1 + body.chars().count() as i32);
        push(text, trimmed, &Word { start: 0, end: body.len(), left: before, right }, out);
        out.close(Origin::Stream, false, start);
        return;
    }
    for mut word in words(body, numbers_meet) {
        for (edge, shift) in [(&mut word.left, before), (&mut word.right, before)] {
            *edge = (edge.0 + shift.0, edge.1 + shift.1);
        }
        push(text, trimmed, &word, out);
    }
    let row = out.pieces.len() > start + 1;
    out.close(if row { Origin::Spaced } else { Origin::Stream }, row, start);
}

/// A stretch of a line and where it stands, by both ways to count columns.
struct Word {
    start: usize,
    end: usize,
    left: (i32, i32),
    right: (i32, i32),
}

fn push(text: &str, line: Span, word: &Word, out: &mut Sheet) {
    let span = Span::new(line.start as usize + word.start, line.start as usize + word.end).trim(text);
    out.pieces.push(Piece { span, extent: (word.left.0, word.right.0), narrow: (word.left.1, word.right.1) });
}

/// The words of a line: parted by two spaces and more, and by one where `parts` says so of what stands before and behind it.
fn words(body: &str, parts: impl Fn(&str, &str) -> bool) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let (mut at, mut gap, mut open) = ((0, 0), 2, false);
    for (start, c) in body.char_indices() {
        let wide = columns(c);
        let next = (at.0 + wide, at.1 + 1);
        if c.is_whitespace() {
            gap += wide;
        } else {
            let end = start + c.len_utf8();
            let apart = match out.last() {
                Some(word) if open => gap >= 2 || (gap == 1 && parts(&body[word.start..word.end], &body[start..])),
                _ => true,
            };
            if apart {
                out.push(Word { start, end, left: at, right: next });
                open = true;
            } else if let Some(word) = out.last_mut() {
                (word.end, word.right) = (end, next);
            }
            gap = 0;
        }
        at = next;
    }
    out
}

/// Whether a single space parts two cells: a number or a nil stands on either side, or behind a label.
fn numbers_meet(word: &str, rest: &str) -> bool {
    let after = rest.split_whitespace().next().unwrap_or("");
    let figure = |w: &str| {
        number::is_nil(w) && !w.is_empty()
            || w.chars().all(|c| {
                c.is_ascii_digit()
                    || ('０'..='９').contains(&c)
                    || matches!(c, '.' | ',' | '，' | '/' | '—' | '-' | '+')
            }) && !w.ends_with('.')
                && !w.is_empty()
    };
    let before = word.split_whitespace().next_back().unwrap_or("");
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
pub(crate) fn columns(c: char) -> i32 {
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
