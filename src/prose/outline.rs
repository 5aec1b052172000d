//! The outline: where the six sections begin.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::Span;
use crate::report::SectionRead;
use crate::terms::glyphs::CONVERTER_NOTES;
use crate::terms::{
    MARK_END, Mark, SECTIONS, Section, SectionTerm, distance, fold, fold_char, is_numeral, may_begin_mark,
    section_number, split_mark,
};

/// A line that may be a heading.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    section: Section,
    heading: Span,
    weight: i32,
}

/// Longest heading line in bytes.
const LONGEST: usize = 180;

/// Shortest line in bytes that may hold headings beside the one at its beginning.
const PARAGRAPH: usize = 40;
/// Candidates from which on no line is looked into.
const MOST: usize = 400;

/// Finds the section headings of a text, in the order of the text.
pub fn outline(text: &str) -> Vec<SectionRead> {
    let mut candidates = Vec::with_capacity(16);
    let mut folded = String::new();
    let mut at = 0;
    for end in memchr::memchr2_iter(b'\n', b'\x0c', text.as_bytes()).chain([text.len()]) {
        if end > at
            && let Some(c) = candidate(text, Span::new(at, end), &mut folded)
        {
            candidates.push(c);
        }
        if end - at >= PARAGRAPH && candidates.len() < MOST {
            inside(text, Span::new(at, end), &mut candidates);
        }
        at = end + 1;
    }
    let chosen = best_chain(&candidates, text);
    let mut headings: Vec<Candidate> = chosen.iter().map(|i| candidates[*i]).collect();
    // Sections that stand out of order, or whose heading is written into the first line of the text.
    for section in Section::ALL {
        if !headings.iter().any(|h| h.section == section)
            && let Some(c) = candidates.iter().rev().find(|c| c.section == section && c.weight > 2)
        {
            headings.push(*c);
        }
    }
    headings.sort_by_key(|h| h.heading.start);
    let ends: Vec<u32> = headings.iter().skip(1).map(|h| h.heading.start).chain([text.len() as u32]).collect();
    headings
        .iter()
        .zip(ends)
        .map(|(h, end)| SectionRead {
            section: h.section,
            heading: h.heading,
            span: Span { start: h.heading.start, end: end.max(h.heading.end) },
        })
        .collect()
}

fn candidate(text: &str, line: Span, folded: &mut String) -> Option<Candidate> {
    // Figures and cells of one character are most of the lines.
    let is_short = |s: Span| s.end - s.start < 9;
    if is_short(line) {
        return None;
    }
    let mut span = line.trim(text);
    if is_short(span) {
        return None;
    }
    let headings = &*HEADINGS;
    let is_other = |c: char| !may_begin_mark(c) && headings.first.binary_search(&c).is_err();
    if span.of(text).starts_with(is_other) {
        return None;
    }
    let noted = span.of(text).starts_with('[');
    for note in CONVERTER_NOTES.iter().filter(|_| noted) {
        if let Some(rest) = span.of(text).strip_prefix(note) {
            let rest = rest.split_once(']').filter(|_| !note.ends_with(']')).map_or(rest, |r| r.1);
            span = Span { start: span.end - rest.len() as u32, end: span.end }.trim(text);
        }
    }
    let strip = |s: Span| {
        let body = s.of(text);
        let outside = |c: char| matches!(c, '#' | '*' | '=' | '|' | '｜' | '\u{feff}') || c.is_whitespace();
        let tail = body.trim_start_matches(outside);
        let head = s.start as usize + body.len() - tail.len();
        Span::new(head, head + tail.trim_end_matches(outside).len())
    };
    let body = span.of(text);
    let marked = body.starts_with(|c: char| c.is_ascii() || c == '\u{feff}')
        || body.ends_with(|c: char| c.is_ascii_punctuation());
    if marked {
        span = strip(span);
    }
    let body = span.of(text);
    let first = body.chars().next()?;
    // Most lines are figures or prose: only marks and the first characters of headings go on.
    if first.is_ascii_digit() && body.len() < 8 {
        return None;
    }
    let (mark, rest) = split_mark(body);
    if mark.is_none() && headings.first.binary_search(&first).is_err() {
        return None;
    }
    // Behind a mark that is none of a section, only the very words of a heading count.
    let of_section = mark.filter(|m| matches!(m, Mark::Chinese(1..=6) | Mark::Part(1..=6)));
    if of_section.is_none() && rest.chars().next().is_some_and(|c| headings.begin_otherwise(c)) {
        return None;
    }
    let style = match mark {
        Some(Mark::Chinese(_) | Mark::Part(_)) => 4,
        Some(Mark::Digit(_)) => 3,
        Some(Mark::Bracketed(_)) => 1,
        None => 2,
    };
    let numbered = |s: Section| mark.is_some_and(|m| usize::from(m.number()) == s as usize + 1);
    if body.len() <= LONGEST {
        fold(rest, folded);
        if let Some((section, official)) = headings.labels.get(folded.as_str()) {
            let weight = style + i32::from(*official) + if numbered(*section) { 2 } else { 0 };
            return Some(Candidate { section: *section, heading: span, weight });
        }
        let at = usize::from(of_section?.number()) - 1;
        let term = &SECTIONS[at];
        let chars: Vec<char> = folded.chars().take(60).collect();
        let near = chars.len() < 40
            && headings.wordings[at].iter().any(|label| {
                let limit = label.len() / 4 + 1;
                distance(&chars, label, limit + 1) <= limit.min(4)
            });
        if near && chars.len() > 3 {
            return Some(Candidate { section: term.section, heading: span, weight: 3 });
        }
    }
    // "一、总体情况2021年，我镇…": the heading and its text on one line.
    let offset = body.len() - rest.len();
    let (section, length) = words_in_front(rest, usize::from(of_section?.number()))?;
    Some(Candidate {
        section,
        heading: Span::new(span.start as usize, span.start as usize + offset + length),
        weight: 2,
    })
}

/// The section whose heading a text begins with, and the bytes of it: the one of the number, or another one whose words are
/// long enough to be no chance.
fn words_in_front(text: &str, number: usize) -> Option<(Section, usize)> {
    const LONG: usize = 24;
    let longest =
        |term: &SectionTerm| std::iter::once(&term.label).chain(term.aliases).filter_map(|l| front(text, l)).max();
    let own = SECTIONS.get(number.checked_sub(1)?)?;
    if let Some(length) = longest(own) {
        return Some((own.section, length));
    }
    let others = SECTIONS.iter().filter_map(|term| Some((term.section, longest(term)?)));
    others.filter(|(_, length)| *length >= LONG).max_by_key(|(_, length)| *length)
}

/// Headings inside a line: a number's mark and the words of a section, with a space or the end of a sentence before. Texts
/// whose line ends are lost have all six on one line.
fn inside(text: &str, line: Span, out: &mut Vec<Candidate>) {
    let body = line.of(text);
    let first = body.len() - body.trim_start().len();
    for mark in memchr::memmem::find_iter(body.as_bytes(), MARK_END) {
        let Some((number, at)) = numeral_before(body, mark) else { continue };
        if at <= first {
            continue;
        }
        let words = &body[mark + MARK_END.len()..];
        let gap = words.len() - words.trim_start().len();
        let Some((section, length)) = words_in_front(&words[gap..], number) else { continue };
        let end = mark + MARK_END.len() + gap + length;
        // "由一、总体情况，二、…组成" lists them.
        if body[end..].starts_with(['、', '，', ',', '；', ';']) {
            continue;
        }
        let before = body[..at].chars().next_back().unwrap_or(' ');
        let after = body[end..].chars().next().unwrap_or(' ');
        let weight = match (before.is_whitespace(), after.is_whitespace()) {
            (true, true) => 5,
            (true, false) => 3,
            _ if before.is_ascii_punctuation() || "。；！？）”》".contains(before) => 2,
            _ => 1,
        };
        let start = line.start as usize;
        out.push(Candidate { section, heading: Span::new(start + at, start + end), weight });
    }
}

/// The number from one to six that stands before a place, and where it begins; none where it is part of a longer number.
fn numeral_before(text: &str, at: usize) -> Option<(usize, usize)> {
    let front = text[..at].trim_end_matches(' ');
    let last = front.chars().next_back()?;
    let number = usize::from(section_number(last)?);
    let start = front.len() - last.len_utf8();
    let longer = front[..start].ends_with(|c: char| (is_numeral(c) && !c.is_ascii_digit()) || matches!(c, '(' | '（'));
    (!longer).then_some((number, start))
}

/// The wordings of all headings, folded.
struct Headings {
    /// The section of each wording, and whether it is the form's own.
    labels: FxHashMap<String, (Section, bool)>,
    /// The wordings of each section as folded characters.
    wordings: Vec<Vec<Vec<char>>>,
    /// The characters with which a wording begins, as written and folded, sorted.
    first: Vec<char>,
    folded_first: Vec<char>,
}

impl Headings {
    /// Whether words that begin with a character are surely no wording: it is kept in folding, and none begins so.
    fn begin_otherwise(&self, c: char) -> bool {
        fold_char(c).is_some_and(|f| self.folded_first.binary_search(&f).is_err())
    }
}

static HEADINGS: LazyLock<Headings> = LazyLock::new(|| {
    let all = |term: &'static SectionTerm| std::iter::once(&term.label).chain(term.aliases);
    let folded = |label: &&str| label.chars().filter_map(fold_char).collect::<Vec<char>>();
    let wordings: Vec<Vec<Vec<char>>> = SECTIONS.iter().map(|term| all(term).map(folded).collect()).collect();
    let mut folded_first: Vec<char> = wordings.iter().flatten().filter_map(|w| w.first().copied()).collect();
    folded_first.sort_unstable();
    let mut out = Headings { labels: FxHashMap::default(), wordings, first: Vec::new(), folded_first };
    let mut folded = String::new();
    for term in &SECTIONS {
        for (i, label) in std::iter::once(&term.label).chain(term.aliases).enumerate() {
            fold(label, &mut folded);
            out.labels.entry(folded.clone()).or_insert((term.section, i == 0));
            out.first.extend(label.chars().next());
        }
    }
    out.first.sort_unstable();
    out.first.dedup();
    out
});

/// The bytes of `text` in which the label stands in front, white space and punctuation aside.
fn front(text: &str, label: &str) -> Option<usize> {
    let mut wanted = label.chars().filter_map(fold_char).peekable();
    for (at, c) in text.char_indices() {
        if let Some(f) = fold_char(c) {
            wanted.next_if_eq(&f)?;
            if wanted.peek().is_none() {
                return Some(at + c.len_utf8());
            }
        }
    }
    None
}

/// The heaviest chain of candidates in the order of the form.
fn best_chain(candidates: &[Candidate], text: &str) -> Vec<usize> {
    let weight = |i: usize| {
        let c = &candidates[i];
        // A table of contents has heading upon heading, with nothing in between.
        let next = candidates.get(i + 1).map_or(text.len(), |n| n.heading.start as usize);
        let between = text.get(c.heading.end as usize..next).map_or(0, |t| t.trim().len());
        10 + c.weight * 4 + if between > 0 { 3 } else { 0 }
    };
    let mut best: Vec<(i32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for i in 0..candidates.len().min(400) {
        let before = (0..i).filter(|j| candidates[*j].section < candidates[i].section).max_by_key(|j| (best[*j].0, *j));
        best.push((weight(i) + before.map_or(0, |j| best[j].0), before));
    }
    let mut chain = Vec::new();
    let mut at = (0..best.len()).max_by_key(|i| best[*i].0);
    while let Some(i) = at {
        chain.push(i);
        at = best[i].1;
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<(&'static str, String)> {
        outline(text).iter().map(|s| (s.section.key(), s.heading.of(text).to_owned())).collect()
    }

    #[test]
    fn words_of_a_heading_in_the_introduction_are_none() {
        let text = "本报告包括总体情况，主动公开政府信息情况等。\n一、总体情况\n甲\n（一）主动公开情况\n乙\n二、主动公开政府信息情况\n丙";
        assert_eq!(
            headings(text),
            vec![("overview", "一、总体情况".to_owned()), ("proactive", "二、主动公开政府信息情况".to_owned())]
        );
    }

    #[test]
    fn marks_of_a_converter_and_other_wordings() {
        let text = "[bookmark: _GoBack]四、政府信息公开行政复议、行政诉讼情况\n0\n五、政府信息公开工作存在的主要问题及改进情况\n甲\n第六部分 其他需要报告的事项\n无";
        assert_eq!(headings(text).iter().map(|h| h.0).collect::<Vec<_>>(), vec!["disputes", "problems", "other"]);
        assert_eq!(headings(text)[0].1, "四、政府信息公开行政复议、行政诉讼情况");
    }

    #[test]
    fn headings_inside_a_line() {
        let spaced = "千户镇2021年报告 根据规定编制。 一、总体情况 2021年，我镇公开信息。 （一）主动公开。公开1条。 二、主动公开政府信息情况 规章 0 三、收到和处理政府信息公开申请情况 一、本年新收 0 四、政府信息公开行政复议、行政诉讼情况 0 五、存在的主要问题及改进情况 有。 六、其他需要报告的事项 无。";
        let keys = |text: &str| headings(text).iter().map(|h| h.0).collect::<Vec<_>>();
        let all = Section::ALL.map(Section::key).to_vec();
        assert_eq!(keys(spaced), all);
        assert_eq!(headings(spaced)[3].1, "四、政府信息公开行政复议、行政诉讼情况");
        assert_eq!(keys(&spaced.replace(' ', "")), all);
        let listed = "本报告由一、总体情况，二、主动公开政府信息情况，三、收到和处理政府信息公开申请情况组成。\n一、总体情况\n甲\n";
        assert_eq!(headings(listed), vec![("overview", "一、总体情况".to_owned())]);
    }

    #[test]
    fn a_section_under_another_number() {
        let text = "一、总体情况\n甲\n五、政府信息公开行政复议、行政诉讼情况0\n乙\n六、存在的主要问题及改进情况\n丙";
        assert_eq!(headings(text).iter().map(|h| h.0).collect::<Vec<_>>(), vec!["overview", "disputes", "problems"]);
    }

    #[test]
    fn a_heading_with_its_text_on_one_line() {
        let text = "一、总体情况2021年，我镇公开信息。\n二、主动公开政府信息情况\n甲";
        assert_eq!(headings(text)[0], ("overview", "一、总体情况".to_owned()));
    }
}
