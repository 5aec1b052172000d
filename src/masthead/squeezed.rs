//! Texts without their white space: names and titles are often spaced out.

use crate::document::Span;

fn kept(text: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    text.chars().filter(|c| is_kept(*c))
}

fn is_kept(c: char) -> bool {
    !c.is_whitespace() && c != '\u{feff}'
}

/// The text without any white space.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    out.extend(kept(text));
    out
}

/// The first characters of the text without any white space, so many at most.
pub(super) fn squeezed_start(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(4 * most));
    out.extend(kept(text).take(most));
    out
}

/// Whether the text without any white space ends with words.
pub(super) fn ends_squeezed(text: &str, words: &str) -> bool {
    let mut kept = kept(text).rev();
    words.chars().rev().all(|c| kept.next() == Some(c))
}

/// A stretch of a text without its white space, and where each byte stands.
#[derive(Debug, Default)]
pub(super) struct Mapped {
    /// The text without white space.
    pub(super) text: String,
    places: Vec<u32>,
}

impl Mapped {
    /// The stretch of a text.
    pub(super) fn of(text: &str, span: Span) -> Mapped {
        let shown = span.of(text);
        let mut out = Mapped { text: String::with_capacity(shown.len()), places: Vec::with_capacity(shown.len()) };
        for (at, c) in shown.char_indices().filter(|(_, c)| is_kept(*c)) {
            out.text.push(c);
            out.places.extend((0..c.len_utf8() as u32).map(|i| span.start + at as u32 + i));
        }
        out
    }

    /// Where bytes of the squeezed text stand in the whole one.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.places.get(from).copied().unwrap_or(0);
        let end = to.checked_sub(1).and_then(|i| self.places.get(i)).map_or(start, |last| last + 1);
        Span { start, end: end.max(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_left_out() {
        assert_eq!(squeezed(" 印\u{3000}发\n"), "印发");
        assert_eq!(squeezed_start("章 古 台 镇", 2), "章古");
        assert!(ends_squeezed("2024年1月24日 印 发 ", "印发"));
        assert!(!ends_squeezed("发", "印发"));
        assert!(ends_squeezed("", ""));
    }

    #[test]
    fn places_are_kept() {
        let text = "甲 乙\n丙丁";
        let mapped = Mapped::of(text, Span::new(0, text.len()));
        assert_eq!((mapped.text.as_str(), mapped.span(3, 9).of(text)), ("甲乙丙丁", "乙\n丙"));
        assert!(mapped.span(99, 99).is_empty());
    }
}
