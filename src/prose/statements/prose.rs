//! The prose of a section: its characters folded, each with its place, without the lines of tables.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::document::Span;
use crate::terms::fold_char;
use crate::terms::statements::TABLE_MARKS;

/// A folded character of the prose.
pub(super) type Folded = char;

/// Where a paragraph ends.
pub(super) const PARAGRAPH: Folded = '\n';

/// A line shorter than this ends a paragraph, in bytes: longer ones are cut by the width of a page.
const FULL_LINE: usize = 72;

/// A line shorter than this is no prose, in bytes.
const SHORT: usize = 9;

/// Folded prose with the byte at which each character starts.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) chars: Vec<Folded>,
    pub(super) starts: Vec<u32>,
    /// The byte behind each character.
    pub(super) ends: Vec<u32>,
    /// A line that stands in tables alone has been met, and no full stop since.
    in_table: bool,
}

impl Prose {
    /// Empties the buffer and reads a stretch of the text into it.
    pub(super) fn read(&mut self, text: &str, span: Span) {
        self.chars.clear();
        self.starts.clear();
        self.ends.clear();
        self.in_table = false;
        let (mut at, end) = (span.start as usize, span.end as usize);
        let bytes = &text.as_bytes()[..end];
        let breaks = memchr::memchr3_iter(b'\n', b'\r', b'\x0c', &bytes[at..]).map(|n| span.start as usize + n);
        for stop in breaks.chain([end]) {
            self.line(text, at, stop);
            at = (stop + 1).min(end);
        }
        self.end_paragraph(end);
    }

    fn line(&mut self, text: &str, start: usize, end: usize) {
        // Cells of a table one below the other are most of the lines: they are no words, and there is nothing to end.
        if end.saturating_sub(start) < SHORT && self.chars.last().is_none_or(|c| *c == PARAGRAPH) {
            return;
        }
        let line = Span { start: start as u32, end: end.max(start) as u32 }.trim(text);
        let words = line.of(text);
        if words.is_empty() {
            return;
        }
        if is_of_a_table(words) || self.is_glued(words) {
            self.end_paragraph(line.start as usize);
            return;
        }
        if begins_a_paragraph(words) {
            self.end_paragraph(line.start as usize);
        }
        let most = words.len() / 2;
        self.chars.reserve(most);
        self.starts.reserve(most);
        self.ends.reserve(most);
        for (offset, c) in words.char_indices() {
            if let Some(folded) = folded(c) {
                self.chars.push(folded);
                self.starts.push(line.start + offset as u32);
                self.ends.push(line.start + (offset + c.len_utf8()) as u32);
            } else if offset > 0 && c == ' ' && between_digits(words, offset) {
                self.chars.push(' ');
                self.starts.push(line.start + offset as u32);
                self.ends.push(line.start + offset as u32 + 1);
            }
        }
        if words.len() < FULL_LINE || words.ends_with(['。', '！', '？', '；', '：', ';']) {
            self.end_paragraph(line.end as usize);
        }
    }

    /// Whether a line belongs to a table whose cells nothing parts: from what stands in tables alone up to a full stop.
    fn is_glued(&mut self, words: &str) -> bool {
        let stops = words.contains('。');
        if self.in_table {
            self.in_table = !stops;
            return !stops;
        }
        if stops {
            return false;
        }
        self.in_table = is_marked_as_table(words);
        self.in_table || is_label_with_figure(words)
    }

    fn end_paragraph(&mut self, at: usize) {
        if self.chars.last().is_some_and(|c| *c != PARAGRAPH) {
            self.chars.push(PARAGRAPH);
            self.starts.push(at as u32);
            self.ends.push(at as u32);
        }
    }

    /// The span of the characters from `first` up to `behind`.
    pub(super) fn span(&self, first: usize, behind: usize) -> Span {
        let start = self.starts.get(first).copied().unwrap_or(0);
        let end = behind.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(start);
        Span { start, end: end.max(start) }
    }
}

/// What a sentence is read by: words, digits and the marks that part them.
#[inline]
fn folded(c: char) -> Option<Folded> {
    // Most characters are words.
    if ('\u{4e00}'..='\u{9fff}').contains(&c) {
        return fold_char(c);
    }
    match c {
        '，' | ',' => Some(','),
        '、' => Some('、'),
        '。' | '！' | '!' | '？' | '?' => Some('。'),
        '；' | ';' => Some('；'),
        '：' | ':' => Some('：'),
        '(' | '（' | '[' | '【' | '〔' => Some('('),
        ')' | '）' | ']' | '】' | '〕' => Some(')'),
        '%' | '％' => Some('%'),
        '.' | '．' => Some('.'),
        '-' | '－' | '—' | '–' | '~' | '～' => Some('-'),
        '/' | '+' => Some(c),
        '○' => Some(c),
        _ => fold_char(c),
    }
}

/// Finds the bar that is no ASCII and parts cells.
static WIDE_BAR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("｜"));

/// Whether a line is a row or a cell of a table: cells are parted by tabs, bars or wide gaps, or hold no words.
fn is_of_a_table(line: &str) -> bool {
    if line.len() < SHORT {
        return true;
    }
    let bytes = line.as_bytes();
    if memchr::memchr2(b'\t', b'|', bytes).is_some() || WIDE_BAR.find(bytes).is_some() {
        return true;
    }
    let spaces = || memchr::memchr_iter(b' ', bytes);
    let gaps = spaces().zip(spaces().skip(1)).filter(|(a, b)| a + 1 == *b).count();
    gaps >= 2 && !line.contains(['。', '，'])
}

/// Finds what stands in tables alone.
static MARKS: LazyLock<Vec<Finder<'static>>> =
    LazyLock::new(|| TABLE_MARKS.iter().map(|m| Finder::new(m.as_bytes())).collect());

/// Whether a line holds what stands in tables alone.
fn is_marked_as_table(line: &str) -> bool {
    let mut kept = String::with_capacity(line.len());
    kept.extend(line.chars().filter(|c| !c.is_whitespace()).filter_map(folded));
    MARKS.iter().any(|m| m.find(kept.as_bytes()).is_some())
}

/// Whether a line is words with a figure at its end, and no clause: a label glued to its cells.
fn is_label_with_figure(line: &str) -> bool {
    let last = line.chars().next_back().and_then(fold_char);
    last.is_some_and(|c| c.is_ascii_digit()) && !line.contains(['，', ',', '；', ';'])
}

/// Whether a line begins with a number mark, so that it does not go on with what stands above it.
fn begins_a_paragraph(line: &str) -> bool {
    let mut chars = line.chars().map(|c| folded(c).unwrap_or(' '));
    let (first, second, third) = (chars.next(), chars.next(), chars.next());
    let is_mark = |c: Option<char>| c.is_some_and(crate::terms::is_numeral);
    let is_point = |c: Option<char>| matches!(c, Some('、' | '.' | ')'));
    match first {
        Some('(') => is_mark(second),
        _ if is_mark(first) => is_point(second) && !is_mark(third) || is_mark(second) && is_point(third),
        _ => false,
    }
}

fn between_digits(line: &str, at: usize) -> bool {
    let digit = |c: Option<char>| c.and_then(fold_char).is_some_and(|c| c.is_ascii_digit());
    digit(line[..at].chars().next_back()) && digit(line[at..].chars().find(|c| !c.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut prose = Prose::default();
        prose.read(text, Span::new(0, text.len()));
        prose.chars.iter().collect()
    }

    #[test]
    fn rows_of_tables_are_left_out() {
        assert_eq!(read("规章\t3件\t0\n全年公开信息３条。\n行政许可 |\n12 |"), "全年公开信息3条。\n");
        assert_eq!(read("行政许可   3件   4件"), "");
    }

    #[test]
    fn a_sentence_goes_on_over_the_end_of_a_full_line() {
        let first = "全年公开信息一百五十四条其中重点是农村厕所改造河道清淤和美丽乡村建设的资金安排，厕";
        assert_eq!(read(&format!("{first}\n所改造。\n")), format!("{}所改造。\n", first.replace('，', ",")));
        assert_eq!(read("（一）主动公开情况\n甲乙丙丁"), "(一)主动公开情况\n甲乙丙丁\n");
    }

    #[test]
    fn places_are_those_of_the_text() {
        let mut prose = Prose::default();
        let text = "前面的一些文字，共３件";
        prose.read(text, Span::new(0, text.len()));
        let at = prose.chars.iter().position(|c| *c == '3').expect("a digit");
        assert_eq!(prose.span(at, at + 2).of(text), "３件");
    }
}
