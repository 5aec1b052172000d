//! Text in which nothing parts the words of labels from digits: labels are found, and what stands between them.

use crate::document::Span;
use crate::terms::{Labels, LineKey, Mark, Table, fold_char, may_hold_cue, split_mark};

use super::bands::Ink;
use super::number;

/// A part of such a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Words of a label or a header.
    Words(Span),
    /// What stands behind them.
    Value(Ink, Span),
}

/// Longest text that is taken apart, in bytes.
const LONGEST: usize = 100_000;

fn is_digit(c: char) -> bool {
    fold_char(c).is_some_and(|c| c.is_ascii_digit())
}

/// Whether words may be a label with digits, or marks for nothing, right behind it.
pub(super) fn may_be_glued(words: &str, table: Option<Table>) -> bool {
    if words.len() > LONGEST || (table.is_none() && !may_hold_cue(words)) {
        return false;
    }
    let rest = split_mark(words).1;
    let mut after_words = false;
    rest.chars().any(|c| {
        let value = is_digit(c) || number::is_nil(c.encode_utf8(&mut [0; 4])) && !c.is_whitespace();
        let found = after_words && value;
        after_words |= ('\u{4e00}'..='\u{9fff}').contains(&c);
        found
    })
}

/// A text folded, with the byte that each byte of the folded text stands for.
struct Folded {
    text: String,
    at: Vec<u32>,
}

fn folded(text: &str) -> Folded {
    let mut out = Folded { text: String::with_capacity(text.len()), at: Vec::with_capacity(text.len()) };
    for (at, c) in text.char_indices() {
        if let Some(c) = fold_char(c) {
            out.text.push(c);
            out.at.extend(std::iter::repeat_n(at as u32, c.len_utf8()));
        }
    }
    out
}

/// A word of the form in the text.
struct Found {
    start: usize,
    end: usize,
    line: Option<LineKey>,
}

/// Takes a text apart; none where it is no label with values.
pub(super) fn parts(text: &str, span: Span, table: Option<Table>) -> Option<Vec<Part>> {
    let body = span.of(text);
    let base = span.start as usize;
    let labels = Labels::get();
    let fold = folded(body);
    let here = |t: Table| table.is_none_or(|now| now == t || body.len() > 600);
    // Sentences speak of applicants too: `商业企业提出17件` is no header.
    let prose = body.contains('\u{3002}');
    let found: Vec<Found> = labels
        .words_in(&fold.text)
        .into_iter()
        .filter(|(_, m)| {
            m.group.is_some()
                || m.line.is_some_and(|k| here(labels.line(k).table))
                || m.header.is_some_and(|h| !prose && here(h.table()))
        })
        .map(|(range, meaning)| {
            let last = fold.at[range.end - 1] as usize;
            let width = body[last..].chars().next().map_or(1, char::len_utf8);
            Found { start: fold.at[range.start] as usize, end: last + width, line: meaning.line }
        })
        .collect();
    let mut out = Vec::new();
    let (mut at, mut lines, mut values) = (0, 0, 0);
    for i in 0..=found.len() {
        let next = found.get(i);
        let end = next.map_or(body.len(), |f| f.start);
        let (gap, mark) = without_mark(&body[at..end], next.and_then(|f| f.line));
        let before = out.len();
        gap_parts(gap, base + at, i > 0, &mut out);
        values += out[before..].iter().filter(|p| matches!(p, Part::Value(..))).count();
        if let Some(f) = next {
            out.push(Part::Words(Span::new(base + f.start - mark, base + f.end)));
            lines += usize::from(f.line.is_some());
            at = f.end;
        }
    }
    // A sentence names columns and lines as well, with other words between them.
    let letters =
        |list: &mut dyn Iterator<Item = &str>| list.map(|w| w.chars().filter(|c| !c.is_ascii()).count()).sum::<usize>();
    let known = letters(&mut found.iter().map(|f| &body[f.start..f.end]));
    let all = letters(&mut out.iter().filter_map(|p| match p {
        Part::Words(span) => Some(span.of(text)),
        Part::Value(..) => None,
    }));
    let is_table = body.len() > 600 || 4 * all.saturating_sub(known) <= all;
    (lines > 0 && values > 0 && is_table).then_some(out)
}

/// What stands before a label without the label's number mark, and the bytes of the mark.
fn without_mark(gap: &str, line: Option<LineKey>) -> (&str, usize) {
    let starts = gap.char_indices().rev().map(|(at, _)| at).take(8);
    let ordinal = line.map(|k| Labels::get().line(k).ordinal);
    let mut best = gap.len();
    for at in starts {
        let (mark, rest) = split_mark(&gap[at..]);
        let Some(mark) = mark.filter(|_| rest.trim().is_empty()) else { continue };
        match mark {
            // Of digits only as many as the label's own number has belong to its mark.
            Mark::Digit(n) if ordinal == Some(n) => best = at,
            Mark::Digit(_) => {}
            Mark::Bracketed(_) if gap[at..].starts_with(['(', '（', '〔', '【']) => best = at,
            Mark::Chinese(_) | Mark::Part(_) => best = at,
            Mark::Bracketed(_) => {}
        }
    }
    (&gap[..best], gap.len() - best)
}

/// The values, and unknown words, between two labels.
fn gap_parts(gap: &str, base: usize, behind_label: bool, out: &mut Vec<Part>) {
    let gap_start = gap.len() - if behind_label { gap.trim_start_matches(closes).len() } else { gap.len() };
    let body = &gap[gap_start..];
    let spaced = body.split_whitespace().filter(|w| w.chars().all(|c| is_digit(c) || c == '.')).count() > 1;
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let start = base + gap_start + at;
        let mut end = at + c.len_utf8();
        if is_digit(c) {
            while let Some((next, d)) = chars.peek().copied() {
                let after = &body[next + d.len_utf8()..];
                let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                let point = (d == '.' && digits > 0) || (matches!(d, ',' | '\u{ff0c}') && digits == 3);
                if !is_digit(d) && !point {
                    break;
                }
                end = next + d.len_utf8();
                chars.next();
            }
            let many = !spaced && body[at..end].chars().count() > 1 && !body[at..end].contains(['.', ',', '\u{ff0c}']);
            let ink = if many { Ink::Digits } else { Ink::Figure };
            out.push(Part::Value(ink, Span::new(start, base + gap_start + end)));
        } else if ('\u{4e00}'..='\u{9fff}').contains(&c) && !number::is_nil(&body[at..end]) {
            while let Some((next, d)) = chars.peek().copied() {
                if is_digit(d) {
                    break;
                }
                end = next + d.len_utf8();
                chars.next();
            }
            out.push(Part::Words(Span::new(start, base + gap_start + end)));
        } else if !c.is_whitespace() && number::is_nil(&body[at..end]) {
            out.push(Part::Value(Ink::Nil, Span::new(start, base + gap_start + end)));
        }
    }
}

/// Punctuation that ends a label.
fn closes(c: char) -> bool {
    matches!(c, ')' | '\u{ff09}' | '\u{201d}' | '\u{2019}' | '"' | ':' | '\u{ff1a}')
}
