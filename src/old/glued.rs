//! Rows without separators: labels and digits in one run of characters.

use crate::document::Span;
use crate::tables::number::is_nil;
use crate::terms::{CUES, Header, Labels, LineKey, Table, fold, fold_char, is_numeral};

/// A part of such a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// A label that opens a line.
    Line(LineKey, Span),
    /// The digits behind it.
    Digits(Span),
    /// A sign for nothing among them.
    Nil(Span),
    /// Words of no label.
    Words,
    /// The header of a table with its words.
    Headers(Table, Vec<Header>),
}

/// Parts a run; `None` unless at least one label with digits right behind it is there.
pub(crate) fn part(text: &str, span: Span, mut table: Table) -> Option<Vec<Part>> {
    let body = span.of(text);
    // Nobody knows where figures end that have unknown characters among them.
    if body.len() > 20_000 || body.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let runs = runs(body);
    if runs.len() < 2 {
        return None;
    }
    let at = |start: usize, end: usize| Span::new(span.start as usize + start, span.start as usize + end);
    let labels = Labels::get();
    let mut folded = String::new();
    let mut parts = Vec::new();
    let mut lines = 0;
    // A header in front makes it a table, whatever stands between its lines.
    let mut headed = false;
    let strip = marks_are_glued(body, &runs);
    for (i, run) in runs.iter().enumerate() {
        if run.digits {
            if i == 0 {
                // A mark in front of the first label.
                if run.end - run.start > 2 {
                    return None;
                }
                continue;
            }
            let mut end = run.end;
            if i + 1 < runs.len() && (strip || is_pointed(&body[run.end..])) && end > run.start {
                end -= body[..end].chars().next_back().map_or(0, char::len_utf8);
            }
            // Digits behind digits, with a mark between them, are told as well: they are of the same line.
            if end > run.start && matches!(parts.last(), Some(Part::Line(..) | Part::Digits(_) | Part::Nil(_))) {
                parts.push(Part::Digits(at(run.start, end)));
            }
            continue;
        }
        fold(&body[run.start..run.end], &mut folded);
        // Anything but marks behind the last digits is a sentence, not a table.
        if i + 1 == runs.len() {
            if !folded.is_empty() && lines < 8 && !headed {
                return None;
            }
            continue;
        }
        let mut header = false;
        if let Some((_, t)) = CUES.iter().filter_map(|(w, t)| folded.rfind(w).map(|p| (p, *t))).max_by_key(|c| c.0) {
            let (headers, bytes) = labels.headers_in(&folded, t);
            let label = labels.at_end(&folded).map_or(0, |l| l.1);
            // A header is nothing but its words and the first label; a sentence has others.
            if (bytes + label) * 10 >= folded.len() * 8 {
                table = t;
                header = true;
                headed = true;
                parts.push(Part::Headers(t, headers));
            }
        }
        let line = match table {
            Table::Disputes => Some((labels.disputes(), 0)),
            _ => labels.at_end(&folded).filter(|(k, _)| labels.line(*k).table == table),
        };
        match line {
            Some((key, bytes)) => {
                // Other words right before a label make a sentence of it.
                let front = folded[..folded.len() - bytes].trim_matches(is_numeral);
                let known = front.is_empty()
                    || header
                    || labels.exact(front).is_some_and(|m| m.group.is_some() || m.line.is_some())
                    || table == Table::Disputes && lines > 0;
                if !known && lines < 8 && !headed {
                    return None;
                }
                lines += 1;
                parts.push(Part::Line(key, at(run.start, run.end)));
                // A sign or a point in front of digits makes another number of them.
                if body[run.start..run.end].ends_with(SIGNS) {
                    parts.push(Part::Words);
                }
            }
            // Marks between digits; one that stands by itself is a cell, others may be signs.
            None if folded.is_empty() && lines > 0 => {
                let mark = &body[run.start..run.end];
                if is_nil(mark) && mark.starts_with(' ') && mark.ends_with(' ') {
                    parts.push(Part::Nil(at(run.start, run.end)));
                }
            }
            // Between the lines stand groups and headers, and nothing else.
            None if lines < 8 && i > 1 && !header && !headed && !is_group(&folded) => return None,
            // Digits behind words of no label belong to no line.
            None => parts.push(Part::Words),
        }
    }
    (lines > 0).then_some(parts)
}

/// What a number may begin with beside digits.
const SIGNS: [char; 7] = ['-', '−', '－', '+', '±', '.', '．'];

fn is_group(folded: &str) -> bool {
    let words = folded.trim_matches(is_numeral);
    words.is_empty() || Labels::get().exact(words).is_some_and(|m| m.group.is_some())
}

#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    digits: bool,
}

/// Maximal runs of digits and of other characters. A point, a space or a mark of thousands between digits belongs to
/// them.
fn runs(body: &str) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit = is_digit(c)
            || (c == ' '
                && out.last().is_some_and(|r| r.digits && r.end == at)
                && chars.peek().is_some_and(|(_, n)| is_digit(*n)))
            || (matches!(c, '.' | '．')
                && out.last().is_some_and(|r| r.digits && r.end == at)
                && chars.peek().is_some_and(|(_, n)| is_digit(*n)))
            || (matches!(c, ',' | '，')
                && out.last().is_some_and(|r| r.digits && r.end == at && ends_in_thousands(&body[r.start..at]))
                && digits_ahead(&body[at + c.len_utf8()..]) == 3);
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(run) if run.digits == digit => run.end = end,
            _ => out.push(Run { start: at, end, digits: digit }),
        }
    }
    out
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether digits are so few since the last mark that a mark of thousands may follow.
fn ends_in_thousands(digits: &str) -> bool {
    let since = digits.chars().rev().take_while(|c| is_digit(*c)).count();
    (1..=3).contains(&since)
}

fn digits_ahead(text: &str) -> usize {
    text.chars().take(4).take_while(|c| is_digit(*c)).count()
}

fn is_pointed(after: &str) -> bool {
    after.starts_with(['.', '．', '、', ')', '）'])
}

/// Whether every numbered label has its bare number at the end of the digits before it.
fn marks_are_glued(body: &str, runs: &[Run]) -> bool {
    let labels = Labels::get();
    let mut folded = String::new();
    let (mut with, mut without) = (0, 0);
    for pair in runs.windows(2) {
        let (digits, words) = (pair[0], pair[1]);
        if !digits.digits || digits.start == 0 || is_pointed(&body[digits.end..]) {
            continue;
        }
        fold(&body[words.start..words.end], &mut folded);
        let Some(meaning) = labels.exact(&folded).and_then(|m| m.line) else { continue };
        let ordinal = labels.line(meaning).ordinal;
        if labels.line(meaning).group.is_some() && ordinal > 0 {
            let last =
                body[digits.start..digits.end].chars().next_back().and_then(fold_char).and_then(|c| c.to_digit(10));
            if last == Some(u32::from(ordinal)) { with += 1 } else { without += 1 }
        }
    }
    with >= 5 && without == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, table: Table) -> Option<Vec<(String, String)>> {
        let parts = part(text, Span::new(0, text.len()), table)?;
        let labels = Labels::get();
        let mut out = Vec::new();
        let mut label = String::new();
        for p in parts {
            match p {
                Part::Line(key, _) => label = labels.line(key).rows[0].to_owned(),
                Part::Digits(span) => out.push((label.clone(), span.of(text).to_owned())),
                _ => {}
            }
        }
        Some(out)
    }

    #[test]
    fn labels_and_digits() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            parts("一、本年新收政府信息公开申请数量136122520451283214069", Table::Requests),
            Some(vec![pair("received", "136122520451283214069")])
        );
        assert_eq!(
            parts("1.属于国家秘密00000002.其他法律行政法规禁止公开0000000", Table::Requests),
            Some(vec![pair("denied_state_secret", "0000000"), pair("denied_other_law", "0000000")])
        );
        assert_eq!(parts("全年作出行政许可12件，行政处罚3件。", Table::Proactive), None);
        assert_eq!(parts("行政事业性收费738.35", Table::Proactive), Some(vec![pair("fees", "738.35")]));
        assert_eq!(parts("行政许可25,015", Table::Proactive), Some(vec![pair("licensing", "25,015")]));
        assert_eq!(parts("行政许可-5", Table::Proactive), Some(Vec::new()));
        let both = vec![pair("licensing", "12"), pair("licensing", "3")];
        assert_eq!(parts("行政许可12/3", Table::Proactive), Some(both));
    }
}
