//! What portals put around a report: header tables, trails of links, feet, titles in the head of the page.

use std::cell::LazyCell;

use crate::terms::portal::{COLONS, FEET, LABELS, METAS, TRAILS};

/// Bytes at the beginning of a page in which fields of a header are looked for.
const HEAD: usize = 16 * 1024;
/// Longest label of a field in bytes, its white space included.
const LABEL: usize = 48;
/// Longest line that may be a trail or a foot.
const FOREIGN: usize = 400;
/// Shortest line that may be one.
const SHORTEST: usize = 6;

/// Whether words are the name of a field, and whether a colon stands behind it.
pub(super) fn label(words: &[u8]) -> Option<bool> {
    if words.len() > LABEL || words.is_empty() {
        return None;
    }
    // Most cells are figures or blank, and no name is written in ASCII.
    if words.is_ascii() {
        return None;
    }
    let words = str::from_utf8(words).ok()?;
    let is_bracket = |c: char| matches!(c, '[' | ']' | '【' | '】');
    // The first character tells most others.
    const FIRST: Firsts = Firsts::of(LABELS);
    let first = words.trim_start_matches(|c: char| c.is_whitespace() || is_bracket(c) || COLONS.contains(&c));
    if !FIRST.may_begin(first.as_bytes()) {
        return None;
    }
    let (mut shown, mut length) = ([0; LABEL], 0);
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        length += c.encode_utf8(&mut shown[length..]).len();
    }
    let words = str::from_utf8(&shown[..length]).ok()?;
    let bare = words.trim_matches(|c| is_bracket(c) || COLONS.contains(&c));
    LABELS.contains(&bare).then(|| words.trim_end_matches(is_bracket).ends_with(COLONS))
}

/// What ends the line just written: a line break, or a mark between the name of a field and its value. What stands
/// before `kept` stays as it is.
pub(super) fn after_line(text: &mut [u8], kept: usize) -> u8 {
    if text.len() > HEAD {
        return b'\n';
    }
    let tail = text.len().saturating_sub(3 * LABEL).max(kept);
    let start = memchr::memrchr2(b'\n', b':', &text[tail..]).map_or(tail, |i| tail + i + 1);
    let Some(colon) = label(&text[start..]) else { return b'\n' };
    // The field before had no value.
    if let Some(mark @ b':') = start.checked_sub(1).filter(|i| *i >= kept).and_then(|i| text.get_mut(i)) {
        *mark = b'\n';
    }
    if colon { b' ' } else { b':' }
}

/// Where the line just written begins, if it tells where the page stands on its site or who runs the site.
pub(super) fn foreign_line(text: &[u8]) -> Option<usize> {
    // Most lines are figures and short labels.
    if text.iter().rev().take(SHORTEST).any(|b| *b == b'\n') {
        return None;
    }
    let tail = text.len().saturating_sub(FOREIGN);
    let start = match memchr::memrchr(b'\n', &text[tail..]) {
        Some(at) => tail + at + 1,
        None if tail == 0 => 0,
        None => return None,
    };
    let line = &text[start..];
    if line.len() < SHORTEST {
        return None;
    }
    let shown = line.trim_ascii_start();
    const FIRST: Firsts = Firsts::of(TRAILS);
    let trail = || FIRST.may_begin(shown) && TRAILS.iter().any(|w| begins(shown, w.as_bytes()));
    let foot = || has_foot(line);
    (trail() || foot()).then_some(start)
}

/// Whether one of the words of a foot stands in a line. This is asked of every line: all words are looked for at once,
/// each by a bit of its first two bytes.
fn has_foot(line: &[u8]) -> bool {
    const BITS: [[u8; 256]; 2] = {
        assert!(FEET.len() <= 8, "each word has a bit");
        let mut bits = [[0; 256]; 2];
        let mut word = 0;
        while word < FEET.len() {
            let bytes = FEET[word].as_bytes();
            bits[0][bytes[0] as usize] |= 1 << word;
            bits[1][bytes[1] as usize] |= 1 << word;
            word += 1;
        }
        bits
    };
    line.windows(2).enumerate().any(|(at, pair)| {
        let maybe = BITS[0][usize::from(pair[0])] & BITS[1][usize::from(pair[1])];
        maybe != 0 && FEET.iter().any(|word| line[at..].starts_with(word.as_bytes()))
    })
}

/// The first characters of Chinese words: for each of their three bytes, whether one of the words has it there.
struct Firsts([[bool; 256]; 3]);

impl Firsts {
    const fn of(words: &[&str]) -> Firsts {
        let mut firsts = [[false; 256]; 3];
        let mut word = 0;
        while word < words.len() {
            let bytes = words[word].as_bytes();
            let mut at = 0;
            while at < firsts.len() {
                firsts[at][bytes[at] as usize] = true;
                at += 1;
            }
            word += 1;
        }
        Firsts(firsts)
    }

    /// Whether a text may begin with one of the words.
    fn may_begin(&self, text: &[u8]) -> bool {
        let Some(first) = text.first_chunk::<3>() else { return false };
        self.0.iter().zip(first).all(|(known, byte)| known[usize::from(*byte)])
    }
}

/// Whether a text begins with words, white space behind their first character aside.
fn begins(text: &[u8], words: &[u8]) -> bool {
    if text.first_chunk::<3>() != words.first_chunk::<3>() {
        return false;
    }
    let mut shown = text.iter().filter(|b| !b.is_ascii_whitespace());
    words.iter().all(|w| shown.next() == Some(w))
}

/// What the head of a page says: its title and the values of its meta tags, each with its place in the source.
#[derive(Debug, Default)]
pub(super) struct Heading {
    /// The title.
    pub(super) title: (Vec<u8>, usize),
    /// The values of the tags in [`METAS`].
    pub(super) metas: [Option<(Vec<u8>, usize)>; METAS.len()],
}

impl Heading {
    /// Takes a meta tag.
    pub(super) fn meta(&mut self, name: &[u8], content: &[u8], at: usize) {
        let known = METAS.iter().position(|(key, _)| name.eq_ignore_ascii_case(key.as_bytes()));
        if let Some(slot) =
            known.and_then(|i| self.metas.get_mut(i)).filter(|slot| slot.is_none() && content.len() < 600)
        {
            *slot = Some((content.to_vec(), at));
        }
    }

    /// The title of the page, white space folded.
    pub(super) fn site_title(&self) -> Option<String> {
        let title = String::from_utf8_lossy(&self.title.0).split_whitespace().collect::<Vec<_>>().join(" ");
        (!title.is_empty() && title.len() < 600).then_some(title)
    }

    /// The lines that the head adds to a body, each with the place of its value; what the body says itself is left
    /// out.
    pub(super) fn lines(&self, body: &str) -> Vec<(String, usize)> {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let mut end = body.len().min(HEAD);
        while !body.is_char_boundary(end) {
            end -= 1;
        }
        // Made for those that ask only, and most words stand there as they are.
        let shown = LazyCell::new(|| squeezed(&body[..end]));
        let is_shown = |words: &str| {
            memchr::memmem::find(&body.as_bytes()[..end], words.as_bytes()).is_some() || shown.contains(words)
        };
        let mut lines = Vec::new();
        for ((_, label), value) in METAS.iter().zip(&self.metas) {
            let Some((value, at)) = value else { continue };
            let value = String::from_utf8_lossy(value).split_whitespace().collect::<Vec<_>>().join(" ");
            let said = label.is_empty() && is_shown(&squeezed(&value));
            if !value.is_empty() && !said {
                lines.push((format!("{label}{value}"), *at));
            }
        }
        // A title without a year is the name of a column, and a title above others would hide them.
        let title = String::from_utf8_lossy(&self.title.0).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = squeezed(title.split(['_', '|', '-', '—', '–']).next().unwrap_or(""));
        let year = name.as_bytes().windows(4).any(|w| w.starts_with(b"20") && w.iter().all(u8::is_ascii_digit));
        let said = || is_shown(&name) || lines.iter().any(|l| squeezed(&l.0).contains(&name));
        if year && title.len() < 600 && !said() {
            lines.push((title, self.title.1));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields() {
        for (words, expected) in [
            ("发文字号", Some(false)),
            (" 索 引\u{3000}号：", Some(true)),
            ("【发布日期】", Some(false)),
            ("【 发布机构：】", Some(true)),
            ("行政规章", None),
            ("", None),
        ] {
            assert_eq!(label(words.as_bytes()), expected, "{words}");
        }
    }

    #[test]
    fn a_field_and_its_value_share_a_line() {
        let mut text = "甲\n发文字号".as_bytes().to_vec();
        assert_eq!(after_line(&mut text, 0), b':');
        text.extend_from_slice(":索引号：".as_bytes());
        assert_eq!(after_line(&mut text, 0), b' ');
        assert_eq!(String::from_utf8_lossy(&text), "甲\n发文字号\n索引号：");
        assert_eq!(after_line(&mut "总体情况".as_bytes().to_vec(), 0), b'\n');
    }

    #[test]
    fn lines_of_the_site() {
        let place = |text: &str| foreign_line(text.as_bytes());
        assert_eq!(place("甲\n 当前位置：首页"), Some(4));
        assert_eq!(place("首页 > 公开"), Some(0));
        assert_eq!(place("京ICP备0号"), Some(0));
        assert_eq!(place("版权所有\n首页的访问量"), None);
        assert_eq!(place(&"甲版权所有".repeat(100)), None);
    }

    #[test]
    fn the_head_of_a_page() {
        let mut heading = Heading { title: ("甲镇2025年报告_乙市".into(), 7), ..Heading::default() };
        heading.meta(b"PubDate", b"2026-01-02", 9);
        heading.meta(b"viewport", b"x", 9);
        let lines = |heading: &Heading, body: &str| heading.lines(body).into_iter().map(|l| l.0).collect::<Vec<_>>();
        assert_eq!(lines(&heading, "正文"), ["发布日期：2026-01-02", "甲镇2025年报告_乙市"]);
        assert_eq!(lines(&heading, "甲镇 2025年\n报告"), ["发布日期：2026-01-02"]);
        heading.title.0 = "年报".into();
        assert_eq!(lines(&heading, "正文"), ["发布日期：2026-01-02"]);
    }
}
