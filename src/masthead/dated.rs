//! The day of publication, the number of the document and the reporting period.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::document::Span;
use crate::report::{Masthead, Quote};
use crate::terms::AnyOf;
use crate::terms::masthead::{
    BARE_DATE_LABELS, DATE_LABELS, NUMBER_END, NUMBER_LABELS, ORGANS, PRINTED, PUBLISHED, TITLE_MARKS,
};
use crate::terms::portal::{COLONS, LABELS};

use super::squeezed::{Mapped, ends_squeezed, squeezed};
use super::{Lines, dates, number};

/// Lines at either end in which dates and numbers are looked for.
const LINES: usize = 30;
/// Longest line in bytes that is nothing but a date.
const SHORT: usize = 60;
/// Years behind which a period is looked for, and the bytes that it takes at most.
const YEARS: usize = 12;
const PERIOD: usize = 120;
/// Longest line in bytes that begins with a date and a field.
const LONG: usize = 240;

fn within(line: &Span, at: usize, end: usize) -> Span {
    Span::new(line.start as usize + at, line.start as usize + end)
}

/// A line that is a date and nothing else, or a date and a field behind it.
fn alone(text: &str, line: &Span) -> Option<(Date, Span)> {
    let words = line.of(text);
    if words.len() > LONG {
        return None;
    }
    let (date, at, end) = dates::first_date(words)?;
    let marks = |c: char| "()（）[]【】〔〕".contains(c) || TITLE_MARKS.contains(&c);
    let after = words[end..].trim_start();
    let bare = squeezed(&words[..at]).chars().all(marks);
    // A time of day may follow.
    let ends = squeezed(after).chars().all(|c| marks(c) || c.is_ascii_digit() || COLONS.contains(&c));
    // 2021-02-09 发布:…
    let after = after.trim_start_matches(['(', '（']);
    let field = PUBLISHED.iter().any(|w| after.strip_prefix(w).is_some_and(|r| r.trim_start().starts_with(COLONS)));
    (bare && (field || (ends && words.len() <= SHORT))).then(|| (date, within(line, at, end)))
}

/// A date behind a label.
fn labelled(text: &str, line: &Span) -> Option<(Date, Span)> {
    static ANY: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(BARE_DATE_LABELS));
    let words = line.of(text);
    if !ANY.is_in(words) {
        return None;
    }
    let at_label = |label: &&str, bare: bool| {
        words.match_indices(*label).find_map(|(found, _)| {
            let before = &words[..found];
            let part_of_word = before.ends_with(|c: char| ('\u{3400}'..='\u{9fff}').contains(&c));
            // 来源:州经信局时间:… has lost its space; 统计时间 is another word.
            if bare && part_of_word && !ORGANS.iter().any(|o| before.ends_with(o.ending)) {
                return None;
            }
            let from = found + label.len();
            let rest = &words[from..];
            let (date, at, end) = dates::first_date(rest)?;
            let near = squeezed(&rest[..at]).chars().all(|c| matches!(c, ':' | '：' | '【' | '】' | '[' | ']' | '|'));
            // The beginning of a period is no day of publication.
            let single = dates::first_period(rest).is_none_or(|p| p.2 > at);
            (near && single).then(|| (date, within(line, from + at, from + end)))
        })
    };
    DATE_LABELS
        .iter()
        .find_map(|l| at_label(l, false))
        .or_else(|| BARE_DATE_LABELS.iter().find_map(|l| at_label(l, true)))
}

/// A date that stands on the line below its label, as cells of a portal's table are copied.
fn below(text: &str, lines: &[Span]) -> Option<(Date, Span)> {
    lines.windows(2).find_map(|pair| {
        let label = squeezed(pair[0].of(text));
        let label = label.trim_matches(|c| TITLE_MARKS.contains(&c) || COLONS.contains(&c));
        let told = DATE_LABELS.contains(&label) && LABELS.contains(&label);
        told.then(|| alone(text, &pair[1])).flatten()
    })
}

fn printed(text: &str, line: &Span) -> Option<(Date, Span)> {
    let words = line.of(text);
    if !ends_squeezed(words, PRINTED) {
        return None;
    }
    let (date, at, end) = dates::first_date(words)?;
    Some((date, within(line, at, end)))
}

/// Reads dates, number and period into a masthead.
pub(super) fn dates_and_number(text: &str, head: &Lines, tail: &Lines, out: &mut Masthead) {
    let top = |lines: &'_ [Span]| lines[..lines.len().min(LINES)].to_vec();
    let (lines, pieces) = (top(&head.lines), top(&head.pieces));
    let one_line = |line: &Span| {
        let (start, end, at, stop) = dates::first_period(line.of(text))?;
        Some((start, end, within(line, at, stop)))
    };
    out.period = head.lines.iter().find_map(one_line).or_else(|| {
        let whole = Span { start: head.lines.first()?.start, end: head.lines.last()?.end };
        broken(text, whole)
    });
    // The end of a period that is broken over lines may stand alone on its own.
    let period = out.period.as_ref().map_or(Span::default(), |p| p.2);
    let apart = |line: &&Span| line.end <= period.start || line.start >= period.end;
    out.published_on = lines
        .iter()
        .find_map(|l| labelled(text, l))
        .or_else(|| below(text, &lines))
        .or_else(|| pieces.iter().filter(apart).find_map(|l| alone(text, l)))
        .or(out.published_on)
        .or_else(|| tail.pieces.iter().rev().find_map(|l| printed(text, l)))
        .or_else(|| tail.pieces.iter().rev().find_map(|l| alone(text, l)))
        .or_else(|| tail.lines.iter().rev().find_map(|l| labelled(text, l)));
    out.document_number = lines.iter().chain(&pieces).find_map(|line| {
        let words = line.of(text);
        if !words.contains(NUMBER_END) {
            return None;
        }
        let (body, labelled) = NUMBER_LABELS
            .iter()
            .find_map(|l| words.split_once(l))
            .map_or((words, false), |(_, rest)| (rest.trim_start_matches([':', '：', ' ', '\u{3000}', '】']), true));
        number::document_number(body, labelled).map(|text| Quote { text, span: *line })
    });
}

/// A period that is broken over lines.
pub(super) fn broken(text: &str, span: Span) -> Option<(Date, Date, Span)> {
    let mut from = span.start as usize;
    for _ in 0..YEARS {
        let (_, at, end) = dates::first_year(text.get(from..span.end as usize)?)?;
        let mut stop = (from + at + PERIOD).min(span.end as usize);
        while !text.is_char_boundary(stop) {
            stop -= 1;
        }
        let mapped = Mapped::of(text, Span::new(from + at, stop));
        if let Some((first, last, at, stop)) = dates::first_period(&mapped.text) {
            return Some((first, last, mapped.span(at, stop)));
        }
        from += end;
    }
    None
}
