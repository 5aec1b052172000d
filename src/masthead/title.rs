//! The title: the words of a report's name with the name of the issuer and the year, on one line or broken over several.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::document::Span;
use crate::report::Quote;
use crate::terms::AnyOf;
use crate::terms::masthead::{
    AFTER_TITLE, COLUMN, GOES_ON, GOVERNMENT, PEOPLE, TITLE_CORE, TITLE_LABELS, TITLE_MARKS, TITLE_TAILS, TITLES,
    WEAK_TITLES, YEAR as YEARLY,
};
use crate::terms::portal::{COLONS, TRAILS};

use super::dates;
use super::name::{is_whole, organ_in, without_short, without_year};
use super::squeezed::{Mapped, squeezed};

/// Lines of the opening, or pieces of a line, in which a title is looked for.
const LINES: usize = 48;
/// Lines over which a title may be broken.
const BROKEN: usize = 4;
/// Longest title in bytes, without its white space.
const LONGEST: usize = 240;

static WORDS: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(TITLES));

/// A title, and what it says.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) quote: Quote,
    pub(super) year: Option<i16>,
    pub(super) name: Option<Quote>,
    /// A day in brackets behind it.
    pub(super) dated: Option<(Date, Span)>,
    /// Its first line and the line behind its last, of the lines that were looked at.
    pub(super) lines: (usize, usize),
    /// Whether the words are also what portals call the column of such reports, with nothing beside them.
    pub(super) is_column: bool,
    rating: i32,
}

/// Finds the title among the lines of an opening: the one that says most of issuer and year, the first of several.
pub(super) fn title(text: &str, lines: &[Span]) -> Option<Title> {
    let lines = &lines[..lines.len().min(LINES)];
    let mut best: Option<Title> = None;
    // The core of the words may be broken itself; its first character is on one of the lines.
    let core = &TITLE_CORE.as_bytes()[..3];
    let has_core = |l: &Span| memchr::memmem::find(l.of(text).as_bytes(), core).is_some();
    // A title without a line's end may stand before prose; no other line of prose is part of one.
    let is_prose = |l: &Span| l.of(text).contains(['，', '。', '；', '《']);
    let told: Vec<(bool, bool)> = lines.iter().map(|l| (has_core(l), is_prose(l))).collect();
    for first in 0..lines.len() {
        for last in first..lines.len().min(first + BROKEN) {
            let prose = told[last].1;
            if prose && !(told[last].0 && WORDS.is_in(lines[last].of(text))) {
                break;
            }
            if !told[first..=last].iter().any(|t| t.0) || goes_on(text, lines, first, last) {
                if prose {
                    break;
                }
                continue;
            }
            let span = Span { start: lines[first].start, end: lines[last].end };
            if span.end - span.start > 3 * LONGEST as u32 {
                break;
            }
            let starts = lines[last].start;
            let Some(mut found) = read(text, span, starts) else { continue };
            found.rating -= (last - first) as i32;
            found.lines = (first, last + 1);
            if best.as_ref().is_none_or(|b| found.rating > b.rating) {
                best = Some(found);
            }
            if prose {
                break;
            }
        }
    }
    best
}

/// Whether lines are the middle of a sentence: what stands before is not at its end, or what follows goes on.
fn goes_on(text: &str, lines: &[Span], first: usize, last: usize) -> bool {
    let before = first.checked_sub(1).map_or("", |i| lines[i].of(text).trim_end());
    let is_prose = before.contains(['，', '。', '；', '《']);
    let is_open = !before.ends_with(['。', '：', ':', '！', '；', '）', ')'])
        || before.matches('《').count() > before.matches('》').count();
    let after = lines.get(last + 1).map_or("", |l| l.of(text).trim_start());
    (is_prose && is_open) || GOES_ON.iter().any(|w| after.starts_with(w))
}

/// Reads one title from a stretch whose last line begins at `last_line`.
fn read(text: &str, span: Span, last_line: u32) -> Option<Title> {
    let mapped = Mapped::of(text, span);
    if !WORDS.is_in(&mapped.text) {
        return None;
    }
    let start = begin(&mapped.text);
    let shown = &mapped.text[start..];
    let (front, words, after) = split(shown)?;
    let is_cut = AFTER_TITLE.iter().any(|w| after.starts_with(w));
    let up_to = if is_cut { front } else { shown.len() };
    if shown[..up_to].contains(['《', '》', '>', '»', '，', '。', '；', ',', ':', '：'])
        || TRAILS.iter().any(|t| shown.starts_with(t))
    {
        return None;
    }
    let title_end = front + words.len();
    // A title over several lines ends on the last of them.
    if mapped.span(start + title_end - 3, start + title_end).end <= last_line {
        return None;
    }
    let shared = words.starts_with(GOVERNMENT) && shown[..front].ends_with(PEOPLE);
    let before = without_short(&shown[..if shared { front + GOVERNMENT.len() } else { front }]);
    let before = before.as_str();
    let in_bracket =
        after.starts_with(['(', '（']).then(|| after.find([')', '）'])).flatten().map_or("", |end| &after[..end]);
    let year = dates::first_year(before)
        .or_else(|| dates::first_year(in_bracket).filter(|_| dates::first_date(in_bracket).is_none()))
        .map(|y| y.0);
    // 桥头镇年政府信息公开年度报告: the year stands elsewhere, and what stands here is no title.
    if year.is_none() && before.ends_with(YEARLY) {
        return None;
    }
    let named = without_year(before);
    let (name, beside) = named_at_end(text, &mapped, (start, front), &named, year).unzip();
    let beside = beside.unwrap_or(0);
    let is_weak = TITLES.iter().position(|t| *t == words).is_none_or(|i| i + WEAK_TITLES >= TITLES.len());
    let known = name.as_deref().is_some_and(|n| is_whole(n, year));
    let told = named.is_empty() || name.is_some() || is_whole(&named, year) || super::name::is_nobody(&named);
    if !told || (is_weak && !known) || (is_cut && !(known && year.is_some())) {
        return None;
    }
    let dated = dates::first_date(in_bracket).map(|(date, from, to)| {
        let base = start + title_end;
        (date, mapped.span(base + from, base + to))
    });
    let years = if dates::first_year(in_bracket).is_some() && dated.is_none() {
        in_bracket.len() + after[in_bracket.len()..].chars().next().map_or(0, char::len_utf8)
    } else {
        0
    };
    let whole = mapped.span(start + beside, start + title_end + years);
    let rating = 8 * i32::from(known || is_whole(&named, year))
        + 4 * i32::from(year.is_some())
        + 2 * i32::from(name.is_some())
        + 2 * i32::from(!is_weak);
    let name = name.map(|name| Quote { text: name, span: whole });
    let is_column = before.is_empty() && year.is_none() && words.ends_with(COLUMN);
    let quote = Quote { text: on_one_line(whole.of(text)), span: whole };
    Some(Title { quote, year, name, dated, lines: (0, 0), is_column, rating })
}

/// The name at the end of a front whose words are parted by spaces, where the whole of it is none of a place, and the bytes
/// before it: 正文 沭阳县….
fn named_at_end(
    text: &str,
    mapped: &Mapped,
    (start, front): (usize, usize),
    named: &str,
    year: Option<i16>,
) -> Option<(String, usize)> {
    if is_whole(named, year) || front == 0 {
        return organ_in(named).map(|name| (name, 0));
    }
    let shown = mapped.span(start, start + front).of(text);
    let ends = shown.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| squeezed(&shown[at..]));
    let of_place = |end: String| {
        let name = without_year(&end);
        let bytes = front.checked_sub(end.len())?;
        is_whole(&name, year).then(|| organ_in(&name)).flatten().map(|n| (n, bytes))
    };
    ends.into_iter().find_map(of_place).or_else(|| organ_in(named).map(|name| (name, 0)))
}

/// The bytes of marks and labels before a title.
fn begin(shown: &str) -> usize {
    let mut rest = shown;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(TITLE_MARKS);
        // 【文稿解读】: a short word in brackets.
        let inner = rest.strip_prefix(['【', '[']).unwrap_or("");
        let close = inner.char_indices().find(|(_, c)| matches!(c, '】' | ']')).filter(|(at, _)| *at <= 30);
        if let Some((at, close)) = close {
            rest = &inner[at + close.len_utf8()..];
        }
        for label in TITLE_LABELS {
            if let Some(tail) = rest.strip_prefix(label) {
                rest = tail.trim_start_matches(COLONS);
            }
        }
        if rest.len() == before {
            return shown.len() - rest.len();
        }
    }
}

/// Splits a title into what stands before the fixed words, those words, and what follows.
fn split(shown: &str) -> Option<(usize, &'static str, &str)> {
    TITLES.iter().enumerate().find_map(|(i, words)| {
        let at = shown.find(words)?;
        let after = shown[at + words.len()..].trim_start_matches(['）', ')', '：', ':']);
        let weak = i + WEAK_TITLES >= TITLES.len();
        let bare = after.trim_end_matches(TITLE_MARKS);
        let goes = after.starts_with(['(', '（']) || after.starts_with(TITLE_TAILS);
        let ends = bare.is_empty() || (!weak && (goes || AFTER_TITLE.iter().any(|w| after.starts_with(w))));
        ends.then_some((at, *words, after))
    })
}

/// A title as it is written, on one line.
fn on_one_line(shown: &str) -> String {
    let lines: String = shown.split(['\n', '\r', '\x0c']).map(str::trim).collect();
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}
