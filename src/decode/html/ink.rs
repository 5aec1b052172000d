//! The reading text as it is written: white space as a browser shows it, and where every stretch came from.

use super::portal;
use crate::document::{Span, Stretch};

/// Stretches that are remembered; what a page has beyond them is found no more exactly than by its end.
const MOST_STRETCHES: usize = 1_000_000;
/// Tabs that stand in a row at most.
const MOST_TABS: usize = 64;

/// White space that was read and is not written yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Gap {
    #[default]
    None,
    /// One space, or nothing where it only broke a line between two wide characters.
    Space { broken: bool },
    /// Tabs between words.
    Tabs(usize),
    /// The end of a line.
    Line,
}

/// What a byte begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Ink,
    White,
    /// The first byte of a character that may be invisible or a space.
    Odd,
    /// Control characters.
    Nothing,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Ink; 256];
    let mut i = 0;
    while i < 0x20 {
        classes[i] = Class::Nothing;
        i += 1;
    }
    classes[0x7f] = Class::Nothing;
    classes[b'\t' as usize] = Class::White;
    classes[b'\n' as usize] = Class::White;
    classes[b'\x0c' as usize] = Class::White;
    classes[b'\r' as usize] = Class::White;
    classes[b' ' as usize] = Class::White;
    classes[0xc2] = Class::Odd;
    classes[0xe2] = Class::Odd;
    classes[0xef] = Class::Odd;
    classes
};

/// The bytes of an odd character at the beginning of a text, and whether it shows as a space; `None` if it is ink.
fn odd(text: &[u8]) -> Option<(usize, bool)> {
    match text {
        [0xc2, 0xa0, ..] => Some((2, true)),
        // Soft hyphen, zero-width characters, byte order mark.
        [0xc2, 0xad, ..] => Some((2, false)),
        [0xe2, 0x80, 0x8b..=0x8f, ..] | [0xe2, 0x81, 0xa0, ..] | [0xef, 0xbb, 0xbf, ..] => Some((3, false)),
        _ => None,
    }
}

/// The reading text in the making.
#[derive(Debug, Default)]
pub(super) struct Ink {
    text: Vec<u8>,
    stretches: Vec<Stretch>,
    gap: Gap,
    /// Where the last grid ends: nothing before it is looked at any more.
    kept: usize,
    /// How long the text was when its last line was looked at, if it has not changed since.
    seen: Option<usize>,
    /// Lines taken back that tell where the page stands or who runs the site.
    site: Vec<String>,
    /// How many `<pre>` are open.
    pub(super) pre: u32,
}

/// Lines about the site that are kept.
const MOST_SITE_LINES: usize = 12;
/// Longest of them in bytes.
const LONGEST_SITE_LINE: usize = 1500;

impl Ink {
    /// The bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What was written from a place on.
    pub(super) fn since(&self, at: usize) -> &[u8] {
        self.text.get(at..).unwrap_or(&[])
    }

    /// What was written between two places.
    pub(super) fn between(&self, from: usize, to: usize) -> &[u8] {
        self.text.get(from..to).unwrap_or(&[])
    }

    /// Replaces bytes by bytes that one byte stands for as well.
    pub(super) fn between_mut(&mut self, from: usize, to: usize) -> &mut [u8] {
        self.seen = None;
        self.text.get_mut(from..to).unwrap_or(&mut [])
    }

    /// The text and its stretches.
    pub(super) fn finish(mut self) -> (Vec<u8>, Vec<Stretch>, Vec<String>) {
        self.end_line();
        (self.text, self.stretches, self.site)
    }

    /// Writes characters; `at` is where they stand in the source, `length` what they take there. Where they are the
    /// very characters of the source, `length` is theirs.
    pub(super) fn write(&mut self, chars: &[u8], at: usize, length: usize) {
        let verbatim = length == chars.len();
        let source = |i: usize, j: usize| if verbatim { (at + i, at + j) } else { (at, at + length) };
        let mut i = 0;
        while i < chars.len() {
            let from = i;
            match CLASSES[usize::from(chars[i])] {
                Class::White => {
                    while chars.get(i).is_some_and(|b| CLASSES[usize::from(*b)] == Class::White) {
                        i += 1;
                    }
                    self.white(&chars[from..i], source(from, i));
                }
                Class::Nothing => i += 1,
                Class::Odd if odd(&chars[i..]).is_some_and(|o| !o.1) => i += odd(&chars[i..]).map_or(1, |o| o.0),
                Class::Odd if odd(&chars[i..]).is_some() => {
                    i += 2;
                    self.put(b" ", source(from, i));
                }
                Class::Ink | Class::Odd => {
                    i += 1;
                    while let Some(b) = chars.get(i) {
                        match CLASSES[usize::from(*b)] {
                            Class::Ink => i += 1,
                            Class::Odd if odd(&chars[i..]).is_none() => i += 1,
                            _ => break,
                        }
                    }
                    self.put(&chars[from..i], source(from, i));
                }
            }
        }
    }

    /// White space: kept in preformatted text, elsewhere a gap before what follows.
    fn white(&mut self, white: &[u8], source: (usize, usize)) {
        if self.pre > 0 {
            // A line ends in one way in a page, however it does in its file.
            if memchr::memchr(b'\r', white).is_some() {
                let unix = String::from_utf8_lossy(white).replace("\r\n", "\n").replace('\r', "\n");
                return self.put(unix.as_bytes(), source);
            }
            return self.put(white, source);
        }
        let broken = white.iter().any(|b| matches!(b, b'\n' | b'\r'));
        let tabs = white.iter().filter(|b| **b == b'\t').count();
        self.gap = match self.gap {
            Gap::None if tabs > 0 && !broken => Gap::Tabs(tabs.min(MOST_TABS)),
            Gap::None => Gap::Space { broken },
            Gap::Tabs(_) if broken => Gap::Space { broken },
            Gap::Space { broken: false } => Gap::Space { broken },
            gap => gap,
        };
    }

    /// Writes characters as they are.
    fn put(&mut self, chars: &[u8], (from, to): (usize, usize)) {
        if self.gap != Gap::None {
            self.fill(chars[0]);
        }
        let reading = Span::new(self.text.len(), self.text.len() + chars.len());
        let source = Span::new(from, to);
        self.text.extend_from_slice(chars);
        if let Some(last) = self.stretches.last_mut() {
            let gap = reading.start - last.reading.end;
            let verbatim = last.reading.end - last.reading.start == last.source.end - last.source.start
                && to - from == chars.len();
            if verbatim && gap <= 1 && last.source.end + gap == source.start {
                last.reading.end = reading.end;
                last.source.end = source.end;
                return;
            }
        }
        if self.stretches.len() < MOST_STRETCHES {
            self.stretches.push(Stretch { reading, source });
        }
    }

    /// Writes the gap before a character that begins with the given byte.
    fn fill(&mut self, next: u8) {
        let at_start = self.text.last().is_none_or(|b| *b == b'\n');
        match std::mem::take(&mut self.gap) {
            Gap::Line => {
                self.end_line();
                if self.text.last().is_some_and(|b| *b != b'\n') {
                    let mark = portal::after_line(&mut self.text, self.kept);
                    self.text.push(mark);
                }
            }
            Gap::Tabs(n) if !at_start => self.text.resize(self.text.len() + n, b'\t'),
            // A line of the source that was broken between two wide characters has no space there.
            Gap::Space { broken: true } if next >= 0xe3 && self.ends_wide() => {}
            Gap::Space { .. } if !at_start => self.text.push(b' '),
            _ => {}
        }
    }

    /// Whether the last character is a wide one of three bytes.
    fn ends_wide(&self) -> bool {
        self.text.len().checked_sub(3).is_some_and(|i| (0xe3..0xf0).contains(&self.text[i]))
    }

    /// Whether the last character of the line is a digit, with or without a space behind it.
    pub(super) fn ends_with_digit(&self) -> bool {
        matches!(self.gap, Gap::None | Gap::Space { .. }) && self.text.last().is_some_and(u8::is_ascii_digit)
    }

    /// A line ends here.
    pub(super) fn line(&mut self) {
        self.gap = Gap::Line;
    }

    /// A tab parts what was written from what follows, unless a line ends here.
    pub(super) fn tab(&mut self) {
        if self.gap != Gap::Line {
            self.gap = Gap::Tabs(1);
        }
    }

    /// Begins a line and tells where; `always` even where the line before is empty.
    pub(super) fn begin_line(&mut self, always: bool) -> usize {
        self.gap = Gap::None;
        self.end_line();
        if always || self.text.last().is_some_and(|b| *b != b'\n') {
            self.text.push(b'\n');
        }
        self.text.len()
    }

    /// Ends a stretch of text and tells where; white space at its end is none of it.
    pub(super) fn end(&mut self) -> usize {
        self.gap = Gap::None;
        self.end_line();
        self.text.len()
    }

    /// Takes back all that was written from a place on; it began a line or followed one.
    pub(super) fn cut(&mut self, at: usize, line: bool) {
        self.text.truncate(at);
        self.seen = None;
        let at = self.text.len() as u32;
        while self.stretches.last().is_some_and(|s| s.reading.start >= at) {
            self.stretches.pop();
        }
        if let Some(last) = self.stretches.last_mut()
            && last.reading.end > at
        {
            last.source.end = last.source.end.saturating_sub(last.reading.end - at).max(last.source.start);
            last.reading.end = at;
        }
        self.gap = if line { Gap::Line } else { Gap::None };
    }

    /// Keeps all that was written.
    pub(super) fn keep(&mut self) {
        self.kept = self.text.len();
    }

    /// Notes what was written from a place on as said of the site.
    pub(super) fn note(&mut self, at: usize) {
        let words = self.text.get(at..).unwrap_or(&[]);
        if self.site.len() < MOST_SITE_LINES && words.len() < LONGEST_SITE_LINE {
            self.site.push(String::from_utf8_lossy(words).trim().to_owned());
        }
    }

    /// Takes back the line that was just written, if it is none of a report's.
    fn end_line(&mut self) {
        if self.seen == Some(self.text.len()) {
            return;
        }
        if let Some(at) = portal::foreign_line(&self.text).filter(|at| *at >= self.kept) {
            let gap = self.gap;
            self.note(at);
            self.cut(at, false);
            self.gap = gap;
        }
        self.seen = Some(self.text.len());
    }
}
